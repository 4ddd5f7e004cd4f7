"""What was inferred of a document stands in a file, and what a person changes in it is obeyed."""

import re
from pathlib import Path

import pytest
from documents import kinds
from support import EXTRACT, assert_same_plan

import kc_analysis as kc
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.plan.attempt import attempt
from kc_analysis.reading.plan.layout_file import layout_file

MONEY = """
TT | Nội dung | Năm 2026 | Năm 2027 | Tổng cộng
I | Kinh phí khuyến công địa phương | 300 | 500 | 800
1 | Hỗ trợ máy móc | 100 | 200 | 300
2 | Đào tạo nghề | 200 | 300 | 500
II | Kinh phí khuyến công quốc gia | 40 | 50 | 90
1 | Mô hình trình diễn | 40 | 50 | 90
| Tổng cộng | 340 | 550 | 890
"""
WORK = """
TT | Nội dung | ĐVT | Năm 2026 | Năm 2027
I | Khuyến công địa phương | | |
1 | Hỗ trợ máy móc | Đề án | 1 | 2
2 | Đào tạo nghề | Lớp | 2 | 3
II | Khuyến công quốc gia | | |
1 | Mô hình trình diễn | Mô hình | 1 | 1
"""


@pytest.fixture
def document(tmp_path):
    """Write a web page of tables: a line a row, "|" between cells."""

    def _document(*tables: str, unit: str = "(Đơn vị tính: triệu đồng)") -> Path:
        parts = []
        for table in tables:
            rows = [
                "".join(f"<td>{cell.strip()}</td>" for cell in line.split("|"))
                for line in table.strip().splitlines()
            ]
            parts.append(f"<p>{unit}</p><table><tr>{'</tr><tr>'.join(rows)}</tr></table>")
        path = tmp_path / "decision.html"
        path.write_text(f"<meta charset=utf-8>{''.join(parts)}", encoding="utf-8")
        return path

    return _document


@pytest.fixture
def written(tmp_path):
    """Write what was inferred, with some of its text changed."""

    def _written(path: Path, *changes: tuple[str, str]) -> Path:
        text = layout_file(attempt(open_document(path)))
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        layout = tmp_path / "layout.toml"
        layout.write_text(text, encoding="utf-8")
        return layout

    return _written


def amounts(plan):
    return plan.budget.set_index(["line", "year"])["amount_million_vnd"].to_dict()


def said(plan):
    """All that is found, but why a table is left out, and how marks were told: the file says so."""
    found = kc.check(plan)
    known = found["rule"].isin(["table-left-out", "thousands-mark"])
    return found[~known].reset_index(drop=True)


def assert_nothing_changes(path: Path, layout: Path) -> None:
    try:
        before = kc.read_plan(path)
    except kc.DataError as error:
        with pytest.raises(kc.DataError) as again:
            kc.read_plan(path, layout)
        assert set(again.value.troubles) == set(error.troubles)
        return
    after = kc.read_plan(path, layout)
    assert_same_plan(before, after)
    assert said(before).equals(said(after))


def test_of_the_decision_nothing_changes(written):
    layout = written(EXTRACT)
    assert_nothing_changes(EXTRACT, layout)
    shipped = EXTRACT.with_name("layout.toml").read_text(encoding="utf-8")
    assert layout.read_text(encoding="utf-8") == shipped


@pytest.mark.parametrize("name", kinds.PLANS)
def test_of_a_document_of_each_kind_nothing_changes(name, tmp_path, written):
    form = kinds.forms(name)[0]
    data = kinds.write(kinds.make_case(name, 0), form)
    if data is None:
        pytest.skip("this form cannot hold it")
    path = tmp_path / f"document.{kinds.WRITERS[form][1]}"
    path.write_bytes(data)
    assert_nothing_changes(path, written(path))


def test_a_line_for_each_table_column_and_row(document, written):
    text = written(document(MONEY, WORK)).read_text(encoding="utf-8")
    assert text.count("[[table]]") == 2
    assert 'counts = "money"' in text and 'counts = "quantity"' in text
    assert '{at = 3, heading = "Năm 2026", role = "value", year = 2026},' in text
    assert '{at = 2, key = "I.1", label = "Hỗ trợ máy móc", role = "item", under = "I"},' in text
    assert '{at = 6, label = "Tổng cộng", role = "total", under = ""},' in text


def test_only_what_is_put_right_need_stand_in_the_file(document, tmp_path):
    layout = tmp_path / "layout.toml"
    layout.write_text('[[table]]\nplace = "bảng 1, hàng 1, cột 1"\nunit = "nghìn đồng"')
    plan = kc.read_plan(document(MONEY, WORK), layout)
    assert amounts(plan)["I.1", 2026] == 0.1
    assert kc.check(plan).query("severity == 'error'").empty


def test_the_year_of_a_column(document, written):
    named = MONEY.replace("Năm 2026", "Năm thứ nhất").replace("Năm 2027", "Năm thứ hai")
    path = document(named, WORK)
    with pytest.raises(kc.DataError):
        kc.read_plan(path)
    first, second = ('"Năm thứ nhất", role = "value"', '"Năm thứ hai", role = "value"')
    layout = written(path, (first, f"{first}, year = 2026"), (second, f"{second}, year = 2027"))
    layout.write_text(re.sub(r"# counts.*\n", "", layout.read_text("utf-8")), "utf-8")
    plan = kc.read_plan(path, layout)
    assert_same_plan(plan, kc.read_plan(document(MONEY, WORK)))
    # The years make their total, as they do under headings that are understood.
    wrong = document(named.replace("100 | 200 | 300", "100 | 200 | 310"), WORK)
    errors = kc.check(kc.read_plan(wrong, layout)).query("severity == 'error'")
    assert "310" in " ".join(errors["message_vi"])


def test_a_column_that_is_not_to_be_read(document, written):
    asked = MONEY.replace("Tổng cộng\nI |", "Tổng cộng | Năm 2028\nI |")
    asked = re.sub(r"(\d)\n", r"\1 | 7\n", asked).replace("2028 | 7", "2028")
    path = document(asked, WORK)
    last = '"Năm 2028", role = "value", year = 2028'
    plan = kc.read_plan(path, written(path, (last, '"Năm 2028", role = "note"')))
    assert_same_plan(plan, kc.read_plan(document(MONEY, WORK)))


UNTOLD = (
    "1 | Hỗ trợ máy móc | 100 | 200\n",
    "1 | Hỗ trợ máy móc | 100 | 200\n- | Máy sấy | 30 | 40\n",
)


@pytest.fixture
def untold(document):
    """Nothing tells whether the dash row is part of the row above it, or a line of its own."""
    rows = [line.rpartition(" | ")[0] for line in MONEY.strip().splitlines()[:-1]]
    rows[1], rows[4] = (re.sub(r"\| \d+ \| \d+", "| |", rows[i]) for i in (1, 4))
    return document("\n".join(rows).replace(*map(str.strip, UNTOLD)), WORK)


def test_what_is_not_decided_stays_so_until_a_person_decides(untold, written):
    layout = written(untold)
    assert '{at = 3, key = "I.1.1", label = "Máy sấy"}, # role, under?' in layout.read_text("utf-8")
    assert_nothing_changes(untold, layout)


@pytest.mark.parametrize(
    ("role", "lines"),
    [("beside", {"I.1": 100, "I.1.1": 30}), ("of which", {"I.1": 100}), ("item", {"I.1": 100})],
)
def test_what_a_row_is_of_the_row_above_it(untold, written, role, lines):
    row = 'label = "Máy sấy"'
    layout = written(untold, (row, f'{row}, role = "{role}", under = "I.1"'))
    found = amounts(kc.read_plan(untold, layout))
    assert {line: found[line, 2026] for line in lines} == lines
    assert sum(found.values()) == 890 + (70 if role == "beside" else 0)


def test_the_section_that_a_row_stands_in(document, written):
    last = "1 | Mô hình trình diễn | "
    money = MONEY.replace(f"{last}40 | 50 | 90", f"{last}40 | 50 | 90\n3 | Hội chợ | 7 | 8 | 15")
    work = WORK.replace(
        f"{last}Mô hình | 1 | 1", f"{last}Mô hình | 1 | 1\n3 | Hội chợ | Lần | 1 | 1"
    )
    path = document(money, work)
    row = 'label = "Hội chợ", role = "item", under = '
    layout = written(path)
    layout.write_text(layout.read_text("utf-8").replace(f'{row}"II"', f'{row}"I"'), "utf-8")
    plan = kc.read_plan(path, layout)
    assert amounts(plan)["I.3", 2026] == 7
    lines = plan.lines.set_index("line")
    assert (lines.loc["I.3", "source"], lines.loc["I.3", "unit"]) == ("local", "Lần")
    # The first fund is printed as 300, and is 307 with that line; the other is right without it.
    errors = kc.check(plan).query("severity == 'error' and year == 2026")
    assert dict(zip(errors["line"], errors["expected"], strict=True)) == {"I": 307}


@pytest.mark.parametrize(("mark", "value"), [(".", 1500), (",", 1.5)])
def test_the_mark_between_thousands(document, written, mark, value):
    table = "TT | Nội dung | Năm 2026\nI | Khuyến công địa phương |\n1 | Máy sấy | {}"
    work = "TT | Nội dung | ĐVT | Năm 2026\nI | Khuyến công địa phương | |\n1 | Máy sấy | Đề án | 2"
    path = document(table.format("1.500"), work)
    with pytest.raises(kc.DataError, match="thousands"):
        kc.read_plan(path)
    asked = '# thousands = "." hoặc ","?'
    plan = kc.read_plan(path, written(path, (asked, f'thousands = "{mark}"')))
    assert amounts(plan) == {("I.1", 2026): value}


def test_which_table_is_the_plan(document, written):
    draft = MONEY.replace("100 | 200 | 300", "150 | 150 | 300").replace(
        "200 | 300 | 500", "150 | 350 | 500"
    )
    path = document(draft, MONEY, WORK)
    with pytest.raises(kc.DataError):
        kc.read_plan(path)
    asked = '# counts = "money", "quantity" hoặc "none"?'
    plan = kc.read_plan(path, written(path, (asked, 'counts = "none"')))
    assert amounts(plan)["I.1", 2026] == 100
    assert "table-left-out" in set(kc.check(plan)["rule"])


def test_a_table_that_has_not_what_it_is_said_to_have(document, written):
    path = document(MONEY, WORK)
    layout = written(path, ('counts = "quantity"', 'counts = ["money", "quantity"]'))
    with pytest.raises(kc.DataError, match=r"bảng 2, hàng 1, cột 1: cần bảng kinh phí"):
        kc.read_plan(path, layout)


def test_the_fund_of_a_section(document, written):
    path = document(
        MONEY.replace("Kinh phí khuyến công quốc gia", "Phần hai"),
        WORK.replace("Khuyến công quốc gia", "Phần hai"),
    )
    row = 'label = "Phần hai"'
    layout = written(path)
    layout.write_text(
        layout.read_text("utf-8").replace(row, f'{row}, source = "national"'), "utf-8"
    )
    assert kc.read_plan(path, layout).sources["source"].tolist() == ["local", "national"]


def test_tables_are_read_by_the_file_too(document, written):
    path = document(MONEY, WORK)
    layout = written(path, ("year = 2027}", 'year = 2029, phase = "need"}'))
    frame = kc.read_tables(path, layout)[0].frame
    assert set(frame[frame["phase"] == "need"]["year"]) == {2029}


def test_all_that_is_wrong_with_the_file_is_told_at_once(document, written):
    path = document(MONEY, WORK)
    layout = written(
        path,
        ('title = ""', 'title = ""\nowner = "me"'),
        ("{at = 3, heading", "{at = 9, heading"),
        ("year = 2027", 'year = "2027"'),
        ('role = "title"', 'role = "words"'),
        ('label = "Đào tạo nghề", role = "item", under = "I"', 'label = "Nghề", under = "X"'),
        ('key = "II.1", label', "key = 7, label"),
        ('place = "bảng 2, hàng 1, cột 1"', 'place = "bảng 5"'),
    )
    with pytest.raises(kc.DataError) as stop:
        kc.read_plan(path, layout)
    places = [trouble.place.en for trouble in stop.value.troubles]
    first = "layout.toml, table “bảng 1, hàng 1, cột 1”"
    assert sorted(places) == sorted(
        [
            first,
            f"{first}, column 9",
            f"{first}, column 4",
            f"{first}, column 2",
            *[f"{first}, row 3"] * 2,
            f"{first}, row 5",
            "layout.toml, table “bảng 5”",
        ]
    )
    assert "“Đào tạo nghề”" in str(stop.value) and "“owner”" in str(stop.value)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{at = 2, role = "of which", under = ""}', "under, vì role = “of which”"),
        ("{at = 2, under = 5}", "của đúng một hàng ở phía trên"),
        ("{at = 2}, {at = 2}", "mỗi số một dòng"),
    ],
)
def test_a_row_that_cannot_be_so(document, tmp_path, line, expected):
    layout = tmp_path / "layout.toml"
    text = f'[[table]]\nplace = "bảng 1, hàng 1, cột 1"\nrows = [{line}]'
    layout.write_text(text, encoding="utf-8")
    with pytest.raises(kc.DataError, match=expected):
        kc.read_plan(document(MONEY, WORK), layout)


def test_a_file_that_is_none(document, tmp_path):
    with pytest.raises(kc.DataError, match=r"none\.toml"):
        kc.read_plan(document(MONEY, WORK), tmp_path / "none.toml")
