"""The page that shows how a document was read: all of it, and what of it is to be looked at."""

import re

import pytest
from lxml import html
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.cli import main
from kc_analysis.publishing.explain import explain
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.plan.attempt import attempt


@pytest.fixture
def page(tmp_path, extract):
    """The page of the decision, with some of its text changed."""

    def _page(*changes: tuple[str, str], lang: str = "vi"):
        text = extract
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "decision.txt"
        path.write_text(text, encoding="utf-8")
        return html.fromstring(explain(open_document(path), lang=lang))

    return _page


def cells(page, class_: str) -> list[str]:
    return [
        " ".join(cell.text_content().split())
        for cell in page.iter("td")
        if class_ in cell.get("class", "").split()
    ]


def test_every_cell_of_every_table_stands_in_the_page():
    document = open_document(EXTRACT)
    page = html.fromstring(explain(document))
    shown = [" ".join((cell.text or "").split()) for cell in page.iter("td")]
    for taken in attempt(document).tables:
        for row in taken.settled.table.grid.rows:
            for cell in row:
                if cell.text:
                    shown.remove(cell.text)


def test_what_each_cell_was_taken_for(page):
    made = page()
    assert cells(made, "section")[0] == "Kinh phí khuyến công địa phương"
    assert "836" in cells(made, "line")
    assert "18.246 ✓ ✓" in cells(made, "total")
    assert cells(made, "heading")[:3] == ["TT", "Nội dung", "Năm 2021"]
    assert "Hội chợ" in cells(made, "unit")
    assert cells(made, "read")[:4] == ["Cột được hiểu là", "số thứ tự", "nội dung", "2021 · tiền"]
    assert "I.1 dòng ĐP" in cells(made, "read") and "III tổng" in cells(made, "read")
    assert len(cells(made, "fund-national")) > 20


def test_what_is_said_above_each_table(page):
    text = " ".join(page().text_content().split())
    assert "Thuộc kế hoạch: bảng kinh phí." in text
    assert "Thuộc kế hoạch: bảng khối lượng." in text
    assert "Dấu “.” tách hàng nghìn" in text
    assert "suy ra “triệu đồng”" in text
    # Six rows of years, a total column, two sections and the grand total.
    assert text.count("✗") == 1  # in the legend


def test_a_total_that_does_not_agree_shows_both_figures(page):
    made = page(("3.616", "3.617"))
    (wrong,) = [text for text in cells(made, "line") if "✗" in text]
    assert wrong == "3.617 ? ✗ 3.617 ≠ 3.616"
    (cell,) = [c for c in made.iter("td") if "3.617" in (c.text or "")]
    assert "Năm 2021 (600)" in cell.get("title") and "in là 3.617" in cell.get("title")
    # The section's total, of which it is a part, does not agree either.
    assert [text for text in cells(made, "section") if "✗" in text] == ["4.446 ✓ ✗ 4.446 ≠ 4.447"]


def test_what_could_not_be_read_is_told_in_its_place(page):
    made = page(("\n836\n", "\n8x6\n"))
    assert cells(made, "unread") == ["8x6 ?"]
    (cell,) = [c for c in made.iter("td") if (c.text or "").strip() == "8x6"]
    assert "cần một số như 1.250,5" in cell.get("title")
    text = made.text_content()
    assert "Chưa đọc được kế hoạch" in text
    assert "“8x6”" in " ".join(li.text_content() for li in made.iter("li"))


def test_a_table_that_is_left_out_says_why(tmp_path, extract):
    appendix = extract[extract.index("PHỤ LỤC 1") : extract.index("PHỤ LỤC 2")]
    path = tmp_path / "decision.txt"
    path.write_text(f"{extract}\n{appendix}", encoding="utf-8")
    text = html.fromstring(explain(open_document(path))).text_content()
    assert text.count("Thuộc kế hoạch: bảng kinh phí.") == 2  # in the list, and above the table
    assert text.count("không được đưa vào kế hoạch: lặp lại số của bảng khác") == 2


def test_marks_that_nothing_decides(tmp_path):
    path = tmp_path / "decision.html"
    path.write_text(
        "<meta charset=utf-8><table><tr><td>TT<td>Nội dung<td>Năm 2026"
        "<tr><td>1<td>Máy sấy<td>1.500<tr><td>2<td>Máy ép<td>20</table>",
        encoding="utf-8",
    )
    made = html.fromstring(explain(open_document(path)))
    assert cells(made, "unread") == ["1.500 ?"]
    assert "20" in cells(made, "line")
    assert "Chưa rõ dấu nào tách hàng nghìn" in made.text_content()


def test_merged_cells_stand_merged(tmp_path):
    path = tmp_path / "decision.html"
    path.write_text(
        "<meta charset=utf-8><table><tr><td rowspan=2>TT<td rowspan=2>Nội dung<td colspan=2>Năm"
        "<tr><td>2026<td>2027<tr><td>1<td>Máy sấy<td>1<td>2</table>",
        encoding="utf-8",
    )
    made = html.fromstring(explain(open_document(path)))
    spans = {
        c.text.strip(): (c.get("colspan"), c.get("rowspan")) for c in made.iter("td") if c.text
    }
    assert spans["Năm"] == ("2", None)
    assert spans["Nội dung"] == (None, "2")


def test_what_a_document_says_is_no_markup(tmp_path):
    path = tmp_path / "decision.html"
    path.write_text(
        "<meta charset=utf-8><p>&lt;TITLE&gt;</p><table><tr><td>TT<td>Nội dung<td>Năm 2026"
        '<tr><td>1<td>&lt;script&gt;alert("x")&lt;/script&gt;<td>1</table>',
        encoding="utf-8",
    )
    made = html.fromstring(explain(open_document(path)))
    assert not list(made.iter("script"))
    assert cells(made, "line") == ['<script>alert("x")</script>', "1"]


def test_the_page_needs_no_other_file():
    text = explain(open_document(EXTRACT))
    assert not re.findall(r"https?://|<link|<script|<img|@import|url\(", text)


def test_in_english(page):
    made = page(lang="en")
    assert made.get("lang") == "en"
    assert "Of the plan: a table of money." in made.text_content()
    assert "I.1 line L" in cells(made, "read")


def test_the_command_writes_the_page_of_a_refused_document_too(tmp_path, extract, capsys):
    path, page = tmp_path / "decision.txt", tmp_path / "page.html"
    path.write_text(extract.replace("\n836\n", "\n8x6\n"), encoding="utf-8")
    assert main(["check", str(path), "--explain", str(page)]) == 2
    assert "8x6" in capsys.readouterr().err
    before = page.read_text(encoding="utf-8")
    assert "8x6" in before
    assert main(["check", str(path), "--explain", str(page)]) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == before


def test_a_document_without_a_table(tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("không có bảng nào", encoding="utf-8")
    with pytest.raises(kc.DataError, match=r"none\.txt"):
        explain(open_document(path))
