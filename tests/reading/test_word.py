"""Word documents: what a reader sees is what is read."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis.model import DataError
from kc_analysis.reading.forms import word as word_module
from kc_analysis.reading.forms.text import read_text
from kc_analysis.reading.forms.word import read_word
from kc_analysis.reading.grid import Document, Grid

Texts = list[list[str]]


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add_table(parent: Any, rows: Texts) -> Any:
    width = max(map(len, rows))
    table = parent.add_table(len(rows), width)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    return table


def package(body: str, name: str = "word/document.xml", before: str = "") -> bytes:
    """A Word document reduced to its text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            name, f"{before}<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
        )
    return file.getvalue()


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def read(body: str) -> Document:
    return read_word(package(body), "x.docx")


def texts(grid: Grid) -> Texts:
    return [[cell.text for cell in row] for row in grid.rows]


def lines(document: Document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.fixture
def decision(extract: str) -> Document:
    return read_text(extract, "decision.txt")


def as_word(decision: Document) -> Any:
    """The decision as a Word document: text, and each table under its own heading."""
    document = docx.Document()
    for grid in decision.grids:
        for line in grid.above:
            document.add_paragraph(line.text)
        add_table(document, texts(grid))
    document.add_paragraph()  # with which Word ends every document
    return document


def test_tables_come_back_as_they_were_written(decision: Document) -> None:
    read = read_word(saved(as_word(decision)), "decision.docx")
    assert [texts(grid) for grid in read.grids] == [texts(grid) for grid in decision.grids]
    for grid, written in zip(read.grids, decision.grids, strict=True):
        assert [line.text for line in grid.above] == [line.text for line in written.above]
    assert lines(read) == [line.text for grid in decision.grids for line in grid.above]


def test_a_cell_says_where_it_stands(decision: Document) -> None:
    read = read_word(saved(as_word(decision)), "decision.docx")
    number = read.grids[1].rows[2][3]
    assert number.text == "3"
    assert number.where.vi == "decision.docx, bảng 2, hàng 3, cột 4"
    assert number.where.en == "decision.docx, table 2, row 3, column 4"
    assert read.lines[1].where.vi == "decision.docx, đoạn 2"


def test_a_merged_cell_stands_wherever_it_reaches() -> None:
    document = docx.Document()
    made = add_table(document, [["TT", "Năm", "", "Cộng"], ["", "2021", "2022", ""]])
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(0, 0).merge(made.cell(1, 0))
    made.cell(0, 3).merge(made.cell(1, 3))
    rows = read_word(saved(document), "x.docx").grids[0].rows
    assert [[cell.text for cell in row] for row in rows] == [
        ["TT", "Năm", "Năm", "Cộng"],
        ["TT", "2021", "2022", "Cộng"],
    ]
    assert [[cell.covered for cell in row] for row in rows] == [
        [False, False, True, False],
        [True, False, False, True],
    ]
    assert rows[1][3].at == rows[0][3].at


def test_a_row_may_start_late_and_end_early() -> None:
    short = "<w:trPr><w:gridBefore w:val='1'/><w:gridAfter w:val='2'/></w:trPr>" + cell("x")
    whole = "".join(map(cell, "abcd"))
    assert texts(read(table(short, whole)).grids[0]) == [["", "x", "", ""], ["a", "b", "c", "d"]]


def test_text_split_into_runs_is_one_text() -> None:
    body = (
        "<w:p><w:r><w:t>18</w:t></w:r><w:r><w:t>,246</w:t></w:r><w:r><w:tab/><w:t>tỷ</w:t>"
        "<w:br/><w:t>đồng\u00a0</w:t></w:r><w:hyperlink><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(read(body)) == ["18,246 tỷ đồng x"]


def test_paragraphs_of_a_cell_are_parted_by_a_space() -> None:
    body = table(f"<w:tc>{paragraph('Năm')}{paragraph('')}{paragraph('2021')}</w:tc>")
    assert texts(read(body).grids[0]) == [["Năm 2021"]]


def test_only_the_result_of_a_field_is_text() -> None:
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>=SUM(ABOVE)</w:instrText>"
        "<w:fldChar w:fldCharType='separate'/><w:t>750</w:t><w:fldChar w:fldCharType='end'/>"
        "</w:r></w:p>"
    )
    assert lines(read(body)) == ["750"]


def test_content_controls_hide_nothing() -> None:
    inner = f"<w:sdt><w:sdtContent>{cell('2')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('3')}{inner}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent>{paragraph('a')}<w:tbl><w:tr>{cell('1')}{inner}</w:tr>{row}"
    document = read(f"{body}</w:tbl></w:sdtContent></w:sdt>")
    assert lines(document) == ["a"]
    assert texts(document.grids[0]) == [["1", "2"], ["3", "2"]]


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = (
        "<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange>"
        "</w:tcPr><w:p><w:del><w:r><w:delText>600</w:delText><w:tab/></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>700</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>75</w:t></w:r></w:ins><w:r><w:t>0</w:t></w:r></w:p></w:tc>"
    )
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('gone')}"
    assert texts(read(table(changed, deleted, cell("kept"))).grids[0]) == [["750"], ["kept"]]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('khung')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent><w:t>ngoài</w:t></w:r></w:p>"
    )
    assert lines(read(body)) == ["khung", "ngoài"]


def test_a_table_for_layout_is_text_around_the_tables_in_it() -> None:
    document = docx.Document()
    outer = add_table(document, [["Phụ lục 1", "bên phải"], ["", ""]])
    add_table(outer.cell(1, 0), [["TT", "Năm 2021"], ["1", "600"]])
    outer.cell(1, 1).text = "sau"
    add_table(document, [["TT"], ["2"]])
    read = read_word(saved(document), "x.docx")
    assert [texts(grid) for grid in read.grids] == [
        [["TT", "Năm 2021"], ["1", "600"]],
        [["TT"], ["2"]],
    ]
    assert lines(read) == ["Phụ lục 1", "bên phải", "sau"]
    assert [line.text for line in read.grids[0].above] == ["Phụ lục 1", "bên phải"]
    assert [grid.rows[0][0].where.en[:15] for grid in read.grids] == [
        "x.docx, table 1",
        "x.docx, table 2",
    ]


def test_a_table_in_a_cell_of_a_larger_one_follows_it() -> None:
    document = docx.Document()
    outer = add_table(document, [["TT", "Nội dung", "Năm 2021"], ["1", "Máy móc", "600"]])
    add_table(outer.cell(1, 1), [["Máy sấy", "2 cái"]])
    outer.cell(1, 1).add_paragraph("trong đó")
    add_table(document, [["TT"], ["2"]])
    read = read_word(saved(document), "x.docx")
    assert [texts(grid) for grid in read.grids] == [
        [["TT", "Nội dung", "Năm 2021"], ["1", "Máy móc trong đó", "600"]],
        [["Máy sấy", "2 cái"]],
        [["TT"], ["2"]],
    ]
    assert lines(read) == []
    assert read.grids[2].rows[0][0].where.en == "x.docx, table 3, row 1, column 1"


def test_strict_documents_and_numbered_parts_are_read_too() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        parts.writestr(
            "word/document2.xml",
            f'<w:document xmlns:w="{space}"><w:body><w:tbl><w:tr><w:tc><w:tcPr>'
            '<w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>'
            "<w:tr><w:tc/><w:tc/></w:tr></w:tbl></w:body></w:document>",
        )
    assert texts(read_word(file.getvalue(), "x.docx").grids[0]) == [["a", "a"], ["", ""]]


def test_text_is_composed_and_its_spaces_are_single() -> None:
    assert lines(read(paragraph("Kinh phi\u0301\u00a0 \n khuye\u0302\u0301n"))) == [
        "Kinh phí khuyến"
    ]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        package("", name="xl/workbook.xml"),
        package("&b;", before=ENTITIES),
        package("<w:p>" * 300),
        package("<w:p>"),
        package("<w:tbl><w:tr><w:tc></w:tbl>"),
        package(table(cell("", "<w:gridSpan w:val='99999999999'/>"))),
        package(table("<w:trPr><w:gridBefore w:val='1000'/><w:gridBefore w:val='1'/></w:trPr>")),
        package(table(*[cell("", "<w:gridSpan w:val='1000'/>")] * 2001)),
        package("", before=f"<!--{'x' * 20_000}-->"),
    ],
)
def test_what_is_no_sound_document_is_refused(data: bytes) -> None:
    with pytest.raises(DataError):
        read_word(data, "x.docx")


@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    body = table(cell("a", "<w:vMerge/>") + cell("b"), cell("c")) + paragraph("d")
    whole = package(body)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    for damaged in (whole[:start] + whole[end:], whole[:start]):
        try:
            read_word(damaged, "x.docx")
        except DataError as error:
            assert "x.docx" in str(error)


def wild_trees() -> st.SearchStrategy[str]:
    names = ("tbl", "tr", "tc", "p", "t", "del", "moveFrom", "tcPr", "trPr", "gridBefore")
    leaf = st.sampled_from(
        [*names[:8], "vMerge", "br", "gridSpan w:val='3'", "gridAfter w:val='2'"]
    ).map(lambda name: f"<w:{name}/>")
    return st.recursive(
        leaf,
        lambda inner: st.tuples(st.sampled_from(names), st.lists(inner, max_size=4)).map(
            lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"
        ),
        max_leaves=30,
    )


@given(wild_trees())
def test_elements_in_wrong_places_do_no_harm(body: str) -> None:
    read(body)


@pytest.mark.deep
def test_nothing_grows_with_what_is_not_read() -> None:
    """Tens of megabytes of nothing pack into a tenth of one; no tree of them is kept."""
    resource = pytest.importorskip("resource")
    data = package("<w:p><w:r/></w:p>" * 1_000_000 + "<w:p>" + "<w:r/>" * 2_000_000 + "</w:p>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_word(data, "x.docx").lines == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def run(text: str, look: str) -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        ('<w:vertAlign w:val="superscript"/>', "5¹"),
        ('<w:vertAlign w:val="subscript"/>', "51"),
        ('<w:position w:val="6"/>', "5¹"),
        ('<w:position w:val="-6"/>', "51"),
        ("<w:strike/>", "5"),
        ("<w:dstrike/>", "5"),
        ('<w:strike w:val="0"/>', "51"),
        ("<w:vanish/>", "5"),
    ],
)
def test_what_looks_otherwise_does_not_run_into_a_number(look: str, seen: str) -> None:
    number = f"<w:tc><w:p>{run('5', '')}{run('1', look)}</w:p></w:tc>"
    (grid,) = read(table(cell("TT") + number, cell("1") + cell("2"))).grids
    assert texts(grid) == [["TT", seen], ["1", "2"]]


def test_the_look_of_a_paragraphs_mark_is_not_its_texts() -> None:
    look = '<w:pPr><w:rPr><w:vanish/><w:vertAlign w:val="superscript"/></w:rPr></w:pPr>'
    assert lines(read(f"<w:p>{look}{run('51', '')}</w:p>")) == ["51"]


def test_a_text_box_anchored_in_a_cell_is_none_of_its_text() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent></w:pict></w:r>"
    title = f"<w:tc><w:p>{box}{run('Hội chợ', '')}</w:p></w:tc>"
    document = read(table(cell("1") + title, cell("2") + cell("Máy móc")))
    assert texts(document.grids[0]) == [["1", "Hội chợ"], ["2", "Máy móc"]]
    assert lines(document) == ["DỰ THẢO"]


NOT_BOLD = '<w:b w:val="0"/>'
STYLES = f"""<w:styles {nsdecls("w")}><w:style w:styleId="Muc"><w:pPr><w:ind w:left="360"/></w:pPr>
<w:rPr><w:b/></w:rPr></w:style></w:styles>"""


@pytest.mark.parametrize(
    ("paragraphs", "bold", "indent"),
    [
        (f"<w:p>{run('Máy', '<w:b/>')}{run(' ', '')}{run('móc', '<w:b/>')}</w:p>", True, 0),
        (f"<w:p>{run('Máy', '<w:b/>')}{run('móc', '')}</w:p>", False, 0),
        (f"<w:p>{run('Máy', '')}{run('móc', '<w:b/>')}</w:p>", False, 0),
        (f"<w:p>{run('Máy', NOT_BOLD)}</w:p>", False, 0),
        ('<w:p><w:pPr><w:ind w:left="720"/></w:pPr>' + run("Máy", "") + "</w:p>", False, 12),
        (paragraph("") + paragraph("   Máy") + paragraph(" móc"), False, 3),
        (f"<w:p><w:r><w:tab/><w:t>Máy</w:t></w:r></w:p>{paragraph('móc')}", False, 1),
        ('<w:p><w:pPr><w:pStyle w:val="Muc"/></w:pPr>' + run("Máy", "<w:i/>") + "</w:p>", True, 6),
        (paragraph(""), False, 0),
    ],
)
def test_bold_and_set_in_text(paragraphs: str, bold: bool, indent: int) -> None:
    file = io.BytesIO(package(table(f"{cell('TT')}<w:tc>{paragraphs}</w:tc>{cell('2021')}")))
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr("word/styles.xml", STYLES)
    ((first, label, last),) = read_word(file.getvalue(), "x.docx").grids[0].rows
    assert (label.bold, label.indent) == (bold, indent)
    assert (first.bold, first.indent, last.bold, last.indent) == (False, 0, False, 0)


@pytest.mark.parametrize("name", ["say", "end_paragraph", "end_table", "forget", "close"])
def test_a_fault_of_the_reader_is_none_of_the_file(name: str, monkeypatch: Any) -> None:
    def fault(*_: Any) -> None:
        raise IndexError

    monkeypatch.setattr(word_module._Body, name, fault)
    with pytest.raises(IndexError):
        read(table(cell("TT")))
