"""The extract's tables come back from HTML as browsers, Word and Excel write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis.model import DataError
from kc_analysis.reading.forms import html as html_module
from kc_analysis.reading.forms.html import read_html
from kc_analysis.reading.forms.text import read_text


def texts(document):
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


def page(*parts, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>"


def rows_of(rows, cell="<td>{}</td>"):
    return "".join(f"<tr>{''.join(cell.format(text) for text in row)}</tr>\n" for row in rows)


def plain(rows):
    return f"<table>{rows_of(rows)}</table>"


def sections(rows):
    head, body, foot = rows[:1], rows[1:-1], rows[-1:]
    return (
        f"<table><caption>Biểu</caption><thead>{rows_of(head, '<th>{}</th>')}</thead>"
        f"<tfoot>{rows_of(foot)}</tfoot><tbody>{rows_of(body)}</tbody></table>"
    )


def word(rows):
    cell = (
        "<td width=64 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal\n"
        "align=center><b><span lang=VI style='font-size:12.0pt'>{}<o:p>&nbsp;</o:p></span></b></p>"
        "<!--[if gte mso 9]><xml><w:x>7</w:x></xml><![endif]--></td>"
    )
    return f"<div align=center><table class=MsoNormalTable>{rows_of(rows, cell)}</table></div>"


def excel(rows):
    widths = "<td width=64 style='width:48pt'></td>" * len(rows[0])
    cell = "<td class=xl65 style='border-top:none'>{}</td>"
    return (
        f"<table><col width=64 span={len(rows[0])}>{rows_of(rows, cell)}"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'>"
        f"{widths}</tr><![endif]></table>"
    )


def unclosed(rows):
    return "<TABLE>" + "".join("<TR>" + "".join(f"<TD>{c}" for c in row) for row in rows)


def laid_out(rows):
    return (
        f"<table><tr><td>Trang chủ<td><table><tr><td>{plain(rows)}</td></tr></table>"
        "<tr><td colspan=2>Liên hệ</table>"
    )


def wrapped(rows):
    halves = [[text.replace(" ", "<br>", 1).replace("\n", " ") for text in row] for row in rows]
    return f"<table>{rows_of(halves, '<td><p>{}</p></td>')}</table>"


def in_paragraphs(rows):
    halves = [[text.replace(" ", "</p><p>") for text in row] for row in rows]
    return f"<table>{rows_of(halves, '<td><p>{}</p></td>')}</table>"


def inline(rows):
    halves = [[f"<b>{text[:1]}</b><i>{text[1:]}</i>" for text in row] for row in rows]
    return f"<table>{rows_of(halves)}</table>"


@pytest.mark.parametrize(
    "form",
    [plain, sections, word, excel, unclosed, laid_out, wrapped, in_paragraphs, inline],
    ids=lambda form: form.__name__,
)
def test_the_same_tables(extract, form):
    expected = texts(read_text(extract, "x.txt"))
    tables = [f"<h2>Phụ lục {i}</h2>{form(rows)}</table>" for i, rows in enumerate(expected, 1)]
    style = "<style>p {display:none}</style><script>var a = '<table><tr><td>1';</script>"
    document = read_html(page(style, *tables, "<p>CHỦ<br>TỊCH</p>").encode(), "x.html")
    assert texts(document) == expected
    nearest = {sections: "Biểu", laid_out: "Trang chủ"}.get(form, "Phụ lục 2")
    assert document.grids[1].above[-1].text == nearest
    assert not any(grid.hidden for grid in document.grids)
    assert [line.text for line in document.lines][-2:] == ["CHỦ", "TỊCH"]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "unicode"),
        ("windows-1252", "windows-1252"),
        ("ascii", "iso-8859-1"),
    ],
)
def test_encodings_and_entities(extract, encoding, charset):
    expected = texts(read_text(extract, "x.txt"))
    head = f"<meta http-equiv=Content-Type content='text/html; charset={charset}'>"
    data = page(*map(plain, expected), head=head).encode(encoding, "xmlcharrefreplace")
    assert texts(read_html(data, "x.html")) == expected


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "typed",
    [
        ("Kinh phÝ khuyÕn c«ng ®Þa ph\xad¬ng", "m¸y mãc"),
        ("Kinh phí khuyeán coâng ñòa phöông", "maùy moùc"),
    ],
)
def test_old_fonts(typed, encoding):
    rows = [["TT", "A", "2021"], ["I", typed[0], "1"], ["1", typed[1], "2"]]
    document = read_html(page(plain(rows)).encode(encoding, "xmlcharrefreplace"), "x.html")
    assert [row[1] for row in texts(document)[0]] == [
        "A",
        "Kinh phí khuyến công địa phương",
        "máy móc",
    ]


def test_merged_cells_stand_wherever_they_reach():
    table = (
        "<table><tr><td rowspan=2>TT<td rowspan=2>Tên<td colspan=3>Năm"
        "<tr><td>2021<td>2022<td>2023<tr><td>1<td>a<td>3<td rowspan='2'>4<td>5<tr><td>2<td>b<td>6"
        "<td>7</table>"
    )
    (grid,) = read_html(page(table).encode(), "x.html").grids
    assert [[c.text for c in row] for row in grid.rows] == [
        ["TT", "Tên", "Năm", "Năm", "Năm"],
        ["TT", "Tên", "2021", "2022", "2023"],
        ["1", "a", "3", "4", "5"],
        ["2", "b", "6", "4", "7"],
    ]
    covered = [(i, j) for i, row in enumerate(grid.rows) for j, c in enumerate(row) if c.covered]
    assert covered == [(0, 3), (0, 4), (1, 0), (1, 1), (3, 3)]
    assert grid.rows[3][3].at == grid.rows[2][3].at
    assert grid.rows[3][4].at == (1, 4, 5)


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4), max_size=5))
def test_spans_never_lose_or_double_a_cell(spans):
    table = "".join(
        "<tr>"
        + "".join(f"<td rowspan={d} colspan={a}>x{i}.{j}</td>" for j, (d, a) in enumerate(row))
        for i, row in enumerate(spans)
    )
    table += "<tr><td>1<td>2<td>3<tr><td>1<td>2<td>3"
    (grid,) = read_html(page(f"<table>{table}</table>").encode(), "x.html").grids
    said = [cell.text for row in grid.rows for cell in row if cell.text and not cell.covered]
    assert said[:-6] == [f"x{i}.{j}" for i, row in enumerate(spans) for j, _ in enumerate(row)]


def test_what_is_hidden():
    hidden = "style='DISPLAY: none'"
    table = (
        f"<table><tr><td>TT<td>A<td>B<tr {hidden}><td>1<td>2<td>3<tr><td>4<td>5"
        f"<td>6<span {hidden}>x</span>!<tr><td>7<td {hidden}>8<td>9</table>"
    )
    document = read_html(page(f"<p {hidden}>bí mật</p>", table, "<p hidden>x</p>").encode(), "x")
    (grid,) = document.grids
    assert texts(document)[0][2] == ["4", "5", "6!"]
    assert [cell.text for cell in grid.hidden] == ["1", "2", "3", "8"]
    assert not document.lines


def test_excel_hides_the_end_of_a_long_text():
    rows = [["TT", "A", "B"], ["1", "Hỗ trợ <span style='display:none'>máy móc</span>", "2"]]
    html = page(plain(rows)).replace(
        "<html", '<html xmlns:x="urn:schemas-microsoft-com:office:excel"'
    )
    assert texts(read_html(html.encode(), "x.xls"))[0][1][1] == "Hỗ trợ máy móc"


def test_a_letterhead_set_in_two_columns_is_text():
    head = (
        "<table><tr><td><p>ỦY BAN NHÂN DÂN<br>TỈNH CAO BẰNG</p><td>CỘNG HÒA"
        "<tr><td>Số: 470/QĐ-UBND<td>Cao Bằng, ngày 08</table>"
    )
    document = read_html(page(head).encode(), "x.html")
    assert not document.grids
    assert [line.text for line in document.lines] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH CAO BẰNG",
        "CỘNG HÒA",
        "Số: 470/QĐ-UBND",
        "Cao Bằng, ngày 08",
    ]
    assert document.lines[1].where.vi == "x.html, đoạn 2"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 100_000,
        f"<p>{'x' * 11_000_000}",
        "<table>" + "<tr>" + "<td colspan=1000>x" * 100_000,
        "<table>" + "<tr><td colspan=900>x" * 100_000,
        "<table><tr><td rowspan=99999 colspan=1000>x" + "<tr><td>" * 100_000,
        ("<table>" + "<tr><td colspan=999>x" * 100 + "</table>") * 1_000,
    ],
    ids=["divs", "tables", "text", "wide", "cells", "tall", "many"],
)
def test_bombs_are_refused(html):
    with pytest.raises(DataError, match=r"x\.html"):
        read_html(html.encode(), "x.html")


def test_no_entity_is_expanded_and_nothing_is_fetched():
    doctype = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "boom">]>'
    document = read_html(f"{doctype}<p>&a;&b;<img src=http://127.0.0.1:9/></p>".encode(), "x.html")
    assert "boom" not in "".join(line.text for line in document.lines).replace('"boom"', "")


TAGS = ("<table>", "<tr>", "<td>", "</td>", "</table>", "<p>", "</p>", "<br>", "<!--", "-->", "<b>")


@given(st.lists(st.sampled_from([*TAGS, "x", "&", " "])))
def test_any_page_is_a_document_or_refused(pieces):
    try:
        document = read_html("".join(pieces).encode(), "x.html")
    except DataError:
        return
    assert all(line.text for line in document.lines)


def test_a_page_cut_short_anywhere(extract):
    data = page(*map(word, texts(read_text(extract, "x.txt")))).encode()
    for end in range(0, len(data), 997):
        try:
            read_html(data[:end], "x.html")
        except DataError as error:
            assert "x.html" in str(error)


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("5<sup>1</sup>", "5¹"),
        ("5<sup><a href=#n>[1]</a></sup>", "5[¹]"),
        ("5<sup><i>1</i></sup>", "5¹"),
        ("5<span style='vertical-align:super'>1</span>", "5¹"),
        ("2<br>120", "2 · 120"),
        ("2.<br>120", "2.120"),
        ("<p>2</p><p>120</p>", "2 · 120"),
        ("<del>4</del><ins>5</ins>", "5"),
        ("<s>4</s>5", "5"),
        ("<strike>4</strike>5", "5"),
        ("<span style='text-decoration:line-through'>4</span>5", "5"),
    ],
)
def test_marks_and_struck_out_text_do_not_run_into_a_number(cell, seen):
    table = f"<table><tr><td>TT<td>A<td>B<tr><td>1<td>{cell}<td>6</table>"
    (grid,) = read_html(page(table).encode(), "x.html").grids
    assert [cell.text for cell in grid.rows[1]] == ["1", seen, "6"]


def test_a_table_in_a_cell_of_a_larger_one_follows_it():
    inner = "<table><tr><td>Máy sấy<td>2 cái<tr hidden><td>bí mật<td>x</table>"
    outer = f"<table><tr><td>TT<td>A<td>B<tr><td>1<td>Máy móc{inner} trong đó<td>6</table>"
    document = read_html(page(outer, plain([["TT", "A", "B"], ["2", "b", "7"]])).encode(), "x.html")
    assert texts(document) == [
        [["TT", "A", "B"], ["1", "Máy móc trong đó", "6"]],
        [["TT", "A", "B"], ["2", "b", "7"]],
    ]
    assert [line.text for line in document.lines] == ["Máy sấy", "2 cái"]
    assert document.grids[1].rows[0][0].where.en == "x.html, table 2, row 1, column 1"


@pytest.mark.parametrize(
    ("cell", "bold", "indent"),
    [
        ("<td>Máy móc", False, 0),
        ("<td><b>Máy</b> <strong>móc</strong>", True, 0),
        ("<td><p><b><span>Máy</span> móc</b></p>", True, 0),
        ("<td><b>Máy</b> móc", False, 0),
        ("<td>Máy <b>móc</b>", False, 0),
        ("<td style='FONT-WEIGHT: bold'>Máy", True, 0),
        ("<td><span style='font-weight:700'>Máy</span>", True, 0),
        ("<td><span style='font-weight:normal'>Máy</span>", False, 0),
        ("<td>&nbsp;&nbsp; &nbsp;Máy&nbsp;móc", False, 3),
        ("<td>  \n Máy", False, 0),
        ("<td style='padding-left: 12pt'>Máy", False, 4),
        ("<td><p style='margin-left:36.0pt;text-indent:-18.0pt'>Máy</p>", False, 6),
        ("<td style='padding-left:-px;margin-left:.5in'>Máy", False, 12),
        ("<td><p style='margin-left:-18.0pt'>Máy</p>", False, 0),
    ],
)
def test_bold_and_set_in_text(cell, bold, indent):
    table = f"<table><tr><th>TT<td>A<td>B<tr><td>1{cell}<td>6</table>"
    (grid,) = read_html(page(table).encode(), "x.html").grids
    assert [(c.bold, c.indent) for c in grid.rows[1]] == [(False, 0), (bold, indent), (False, 0)]
    assert not any(c.bold for c in grid.rows[0])


def test_a_column_that_only_merged_cells_reach_over_is_none():
    table = (
        "<table><tr><td rowspan=2>TT<td colspan=2>A<td colspan=3>B"
        "<tr><td>x<td colspan=2>y<td>x<td>y"
        "<tr><td>1<td>2<td colspan=2>3<td>4<td>5</table>"
    )
    assert texts(read_html(page(table).encode(), "x.html")) == [
        [["TT", "A", "A", "B", "B"], ["TT", "x", "y", "x", "y"], ["1", "2", "3", "4", "5"]]
    ]


@pytest.mark.parametrize("name", ["_grid", "_unnest", "folded", "decode"])
def test_a_fault_of_the_reader_is_none_of_the_file(name, monkeypatch):
    def fault(*_):
        raise IndexError

    monkeypatch.setattr(html_module, name, fault)
    with pytest.raises(IndexError):
        read_html(page(plain([["1", "2", "3"], ["4", "5", "6"]])).encode(), "x.html")
