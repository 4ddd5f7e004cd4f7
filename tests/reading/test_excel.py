"""A workbook reads as what its sheets hold: values, places, and what stands hidden or unsolved."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

import kc_analysis as kc
from kc_analysis.model import DataError
from kc_analysis.reading.forms.excel import book as book_module
from kc_analysis.reading.forms.excel import read_excel
from kc_analysis.reading.forms.text import read_text
from kc_analysis.reading.grid import Cell, Document, Grid

SOURCE = kc.raw_folder("2021-2025") / "470-QD-UBND.txt"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["TT", "Nội dung", "Năm 2021"]


def decision() -> Document:
    return read_text(SOURCE.read_text(encoding="utf-8"), SOURCE.name)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(
    rows: Iterable[Iterable[Any]], change: Callable[[Worksheet], Any] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "PL1"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(book)


def edited(data: bytes, change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


def with_xml(cells: bytes) -> bytes:
    """A workbook whose sheet holds just these rows."""
    body = re.compile(rb"<sheetData.*(?:</sheetData>|<sheetData/>)", re.DOTALL)
    rows = b"<sheetData>" + cells + b"</sheetData>"
    return edited(book_of([HEAD]), lambda xml: body.sub(rows, xml))


def texts(rows: list[list[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def only(data: bytes) -> Grid:
    (grid,) = read_excel(data, "x.xlsx").grids
    return grid


def refusal(data: bytes) -> str:
    with pytest.raises(DataError) as raised:
        read_excel(data, "x.xlsx")
    return raised.value.in_language("en")


def doubts(data: bytes) -> list[str]:
    """What is doubtful in a workbook, cell by cell."""
    document = read_excel(data, "x.xlsx")
    cells = [cell for grid in document.grids for row in grid.rows for cell in row]
    return [
        cell.trouble(*cell.doubt).in_language("en")
        for cell in cells + document.lines
        if cell.doubt and not cell.covered
    ]


def as_number(text: str) -> float | str | None:
    plain = text.replace(".", "")
    return float(plain) if plain.isdecimal() else text or None


@pytest.mark.parametrize("stored", [lambda text: text or None, as_number], ids=["text", "number"])
def test_the_decision_on_two_sheets(stored):
    book = openpyxl.Workbook()
    book.remove(book.active)
    source = decision().grids
    for number, grid in enumerate(source, 1):
        sheet = book.create_sheet(f"PL{number}")
        for line in grid.above:
            sheet.append([line.text])
        sheet.append([None])
        for row in grid.rows:
            sheet.append([row[0].text, row[1].text, *(stored(cell.text) for cell in row[2:])])
        sheet.append([None])
        sheet.append([None, "Ghi chú: số liệu làm tròn"])
    document = read_excel(saved(book), "x.xlsx")
    assert len(document.grids) == 2
    for found, given in zip(document.grids, source, strict=True):
        assert [line.text for line in found.above] == [line.text for line in given.above]
        assert [[cell.text for cell in row][:2] for row in found.rows] == [
            [cell.text for cell in row][:2] for row in given.rows
        ]
        for row, other in zip(found.rows, given.rows, strict=True):
            for cell, printed in zip(row[2:], other[2:], strict=True):
                value = stored(printed.text)
                assert cell.value == (value if isinstance(value, float) else None)
                assert cell.text == (f"{value:.0f}" if isinstance(value, float) else printed.text)
    assert [line.text for line in document.lines].count("Ghi chú: số liệu làm tròn") == 2
    assert document.grids[1].rows[0][3].where.vi.startswith("x.xlsx, trang PL2, ô D")


@pytest.mark.parametrize(
    ("stored", "text", "value"),
    [
        (1056, "1056", 1056),
        (1.056, "1.056", 1.056),
        (0.1 + 0.2, "0.3", 0.3),
        (1e20, "100000000000000000000", 1e20),
        (-0.0000001, "-0.0000001", -1e-7),
        ("1.056", "1.056", None),
        ("01", "01", None),
        (" Hội\u00a0chợ \n cấp  vùng ", "Hội chợ cấp vùng", None),
        ("Hội chợ", "Hội chợ", None),
        (True, "TRUE", None),
        (date(2020, 4, 8), "08/04/2020", None),
    ],
)
def test_a_value(stored, text, value):
    cell = only(book_of([HEAD, ["1", "Máy móc", stored]])).rows[1][2]
    assert cell.text == text
    assert cell.value == pytest.approx(value) if value else cell.value is None


def test_a_format_changes_no_value():
    def show_thousandths(sheet):
        sheet["C2"].number_format = "0"

    cell = only(book_of([HEAD, [1, "Máy móc", 1.056]], show_thousandths)).rows[1][2]
    assert (cell.text, cell.value) == ("1.056", 1.056)


def test_merged_cells_stand_at_every_place():
    def merge(sheet):
        for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(area)

    rows = [["BIỂU 1"], ["TT", "Nội dung", "Kinh phí"], ["", "", "2021", "2022"], [1, "Máy", 5, 6]]
    grid = only(book_of(rows, merge))
    assert texts(grid.rows)[:2] == [
        ["TT", "Nội dung", "Kinh phí", "Kinh phí"],
        ["TT", "Nội dung", "2021", "2022"],
    ]
    assert [[cell.covered for cell in row] for row in grid.rows[:2]] == [
        [False, False, False, True],
        [True, True, False, False],
    ]
    assert grid.rows[0][0].at == grid.rows[1][0].at
    assert [line.text for line in grid.above] == ["BIỂU 1"]


def test_hidden_rows_and_columns_are_read_and_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    grid = only(book_of([HEAD, [1, "Máy móc", 5], [2, "Hội chợ", 6]], hide))
    assert len(grid.rows) == 3
    assert {cell.text for cell in grid.hidden} == {"Nội dung", "Máy móc", "2", "Hội chợ", "6"}


def test_a_hidden_sheet_is_read_and_told():
    book = openpyxl.Workbook()
    sheet = book.create_sheet("ẩn")
    sheet.append(HEAD)
    sheet.append([1, "Máy móc", 5])
    sheet.sheet_state = "veryHidden"
    grid = only(saved(book))
    assert len(grid.hidden) == 6


TABLE = [HEAD, ["I", "Địa phương", 9], ["1", "Máy móc", 9]]


@pytest.mark.parametrize(
    ("rows", "grids"),
    [
        ([*TABLE, ["Khuyến công quốc gia"], ["1", "Máy móc", 4]], 1),
        ([*TABLE, [None], ["1", "Máy móc", 4]], 1),
        ([*TABLE, [None], ["Khuyến công quốc gia"], ["1", "Máy móc", 4]], 1),
        ([*TABLE, [None], ["BIỂU 2"], *TABLE], 2),
        ([*TABLE, ["BIỂU 2"], *TABLE], 2),
        ([*TABLE, [None], [None], [None], ["1", "Máy móc", 4]], 1),
        ([*TABLE, ["BIỂU 2"], ["TT", "Nội dung", 2021], ["1", "Máy móc", 4]], 2),
        ([["UBND TỈNH", "CỘNG HÒA"], ["CAO BẰNG", "Độc lập"], [None], ["BIỂU 1"], *TABLE], 1),
        ([*TABLE, [None], ["Nơi nhận:", "CHỦ TỊCH"], ["Như trên", "Nguyễn Văn A"]], 1),
        ([["Không có bảng"], ["nào cả", "ở đây"]], 0),
        ([[None]], 0),
    ],
)
def test_where_a_grid_ends(rows, grids):
    document = read_excel(book_of(rows), "x.xlsx")
    assert len(document.grids) == grids
    # Nothing is lost, and nothing is told twice.
    held = [cell for grid in document.grids for row in grid.rows for cell in row if cell.text]
    given = [value for row in rows for value in row if value is not None]
    assert sorted(cell.text for cell in held + document.lines) == sorted(map(str, given))


def test_lines_above_belong_to_the_next_grid():
    rows = [["BIỂU 1"], *TABLE, [None], ["BIỂU 2"], ["Đơn vị: đồng"], *TABLE, [None], ["Ghi chú"]]
    document = read_excel(book_of(rows), "x.xlsx")
    assert [[line.text for line in grid.above] for grid in document.grids] == [
        ["BIỂU 1"],
        ["BIỂU 2", "Đơn vị: đồng"],
    ]
    assert [line.text for line in document.lines] == ["BIỂU 1", "BIỂU 2", "Đơn vị: đồng", "Ghi chú"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(C2:C3)", 3),
        ("=sum(C2, $C$3) + 0.5", 3.5),
        ("=C3-(C2-5)", 6),
        ("=-SUM(C2:C3,C3)", -5),
        ("=C5+C2", 10),  # C5 is a formula below it
        ("=SUM(B1:C3)", 3),  # text is passed over
        ("=C3*C5/2", 9),
        ("=C2+C3*2-C3/4", 4.5),
        ("=ROUND(C3/3,1)", 0.7),
        ("=ROUND(C2/8,2)", 0.13),  # a half is rounded up
        ("=SUBTOTAL(9,C2:C3)", 3),
        ("=C3+C9", 2),  # a blank is nothing
    ],
)
def test_a_plain_formula_without_a_result_is_computed(formula, value):
    rows = [HEAD, [1, "a", 1], [2, "b", 2], [3, "c", formula], [4, "d", "=SUM(C2:C3,C3,C3,C3)"]]
    assert only(book_of(rows)).rows[3][2].value == value


@pytest.mark.parametrize(
    "formula",
    [
        "=C2/0",
        "=C2^2",
        "=B2*2",
        "=SUM(C2)&C2",
        "=ROUND(C2)",
        "=SUBTOTAL(1,C2:C2)",
        "=SUBTOTAL(9,C2:C2)+SUM(C2:C2)",
        "=AVERAGE(C2:C2)",
        "=PL2!C2",
        "=[1]PL1!C2",
        "=C3",
        "=SUM(C2:C3)",
        "=B2+C2",
        "=C2:C2",
        "=(C2",
        "=C2)",
        "=",
        "=SUM()",
        "=WEBSERVICE(C2)",
    ],
)
def test_any_other_formula_without_a_result_is_doubtful(formula):
    data = with_xml(
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="2"><c r="B2" t="inlineStr"><is><t>b</t></is></c><c r="C2"><v>1</v></c></row>'
        b'<row r="3"><c r="C3"><f>' + formula[1:].replace("&", "&amp;").encode() + b"</f></c></row>"
    )
    assert doubts(data) == [
        "x.xlsx, sheet PL1, cell C3: expected a formula's result (open it in Excel and save it "
        f"again), found “{formula}” without a result"
    ]


def test_subtotals_leave_out_subtotals():
    rows = [HEAD, [1, "a", 1], [2, "b", "=SUBTOTAL(9,C2:C2)"], [3, "c", 4]]
    data = book_of([*rows, [4, "d", "=SUBTOTAL(9,C2:C4)"]])
    assert only(data).rows[4][2].value == 5

    # What a filter has hidden is left out too, and what other formulas are is not known.
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True

    assert len(doubts(book_of([*rows, [4, "d", "=SUBTOTAL(9,C2:C4)"]], hide))) == 2
    stored = edited(data, lambda xml: xml.replace(b"<v></v>", b"<v>1</v>", 1))
    assert len(doubts(stored)) == 1


def test_formulas_that_wait_for_one_another():
    assert len(doubts(book_of([HEAD, [1, "a", "=C3"], [2, "b", "=C2"], [3, "c", 1]]))) == 2
    chain = [HEAD, [1, "a", 1]] + [[n, "b", f"=C{n}+1"] for n in range(2, 5000)]
    assert only(book_of(chain)).rows[-1][2].value == 4999
    backward = [HEAD] + [[n, "b", f"=C{n + 1}+1"] for n in range(2, 5000)] + [[0, "a", 1]]
    assert only(book_of(backward)).rows[1][2].value == 4999


def test_sums_of_too_many_cells_are_doubtful_soon():
    data = book_of([HEAD] + [[n, "a", f"=SUM(C{n + 1}:C4000)"] for n in range(2, 3999)])
    assert len(doubts(data)) == 3997


def test_a_stored_result_is_taken():
    data = edited(
        book_of([HEAD, [1, "a", "=PL2!C2*3"]]), lambda xml: xml.replace(b"<v></v>", b"<v>12</v>")
    )
    assert only(data).rows[1][2].value == 12
    data = edited(
        data, lambda xml: xml.replace(b"<v>12</v>", b"<v></v>").replace(b'"C2"', b'"C2" t="str"')
    )
    assert only(data).rows[1][2].text == ""


def test_errors_stand_where_they_are_and_are_doubtful():
    book = openpyxl.Workbook()
    for name in ("PL1", "PL2"):
        sheet = book.create_sheet(name)
        sheet.append(HEAD)
        sheet.append([1, "Máy móc", "#REF!"])
        sheet["C2"].data_type = "e"
        sheet["C3"] = "=C2*C2"
    told = doubts(saved(book))
    assert len(told) == 4
    assert told[1] == "x.xlsx, sheet PL2, cell C2: expected a value, found “#REF!”"
    assert [c.text for c in read_excel(saved(book), "x").grids[1].rows[1]] == [
        "1",
        "Máy móc",
        "#REF!",
    ]


def test_text_in_pieces():
    rich = CellRichText("Hội ", TextBlock(InlineFont(b=True), "chợ"), " vùng")
    assert only(book_of([HEAD, [1, rich, 5]])).rows[1][1].text == "Hội chợ vùng"


def test_other_ways_to_write_a_sheet():
    rows = (
        b"<row><c t='inlineStr'><is><t>TT</t></is></c><c t='inlineStr'><is><t>a</t></is></c></row>"
    )
    rows += b"<row><c><v>1</v></c><c><v>2</v></c></row>"
    assert texts(only(with_xml(rows)).rows) == [["TT", "a"], ["1", "2"]]
    prefixed = edited(
        book_of([HEAD, [1, "a", "#REF!"]], lambda sheet: setattr(sheet["C2"], "data_type", "e")),
        lambda xml: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"xmlns=", b"xmlns:x="),
    )
    assert "#REF!" in doubts(prefixed)[0]


def test_a_claimed_size_means_nothing():
    for claim in (b"A1:XFD1048576", b"A1"):
        data = edited(
            book_of(TABLE),
            lambda xml, claim=claim: xml.replace(b'ref="A1:C3"', b'ref="%s"' % claim),
        )
        assert texts(only(data).rows) == [[str(value) for value in row] for row in TABLE]


def test_formatted_blank_cells_afar_are_no_cells():
    data = with_xml(
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="XFD1" s="0"/></row>'
        b'<row r="1048576"><c r="A1048576" s="0"/></row>'
    )
    assert texts(only(data).rows) == [["1", "2"]]


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row><c r="ZZZ9"><v>1</v></c></row>',
        b"<row><c r='XFD99999'><v>1</v></c></row>",
        b'<row r="90000"><c r="ZZ9000"><v>1</v></c></row>',
        b'<row r="1"><c r="A99999999999"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 2000 + b"</row>",
    ],
)
def test_cells_too_far_apart_are_refused(far):
    assert "at most" in refusal(with_xml(b'<row r="1"><c r="A1"><v>1</v></c></row>' + far))


def with_shared(text: bytes, times: int) -> bytes:
    """A workbook whose cells all show one shared text, as Excel itself stores text."""
    cells = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d" t="s"><v>0</v></c></row>' % (n, n, n)
        for n in range(1, times + 1)
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    data = edited(
        with_xml(cells),
        lambda xml: xml.replace(b"</Relationships>", link),
        "xl/_rels/workbook.xml.rels",
    )
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", 8) as package:
        package.writestr("xl/sharedStrings.xml", SHARED % text)
    return file.getvalue()


SHARED = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><r><t>%s</t></r></si></sst>"
)


def test_shared_texts():
    assert only(with_shared("Hội chợ".encode(), 3)).rows[2][1].text == "Hội chợ"


def test_bombs_are_refused():
    data = with_shared(b"a" * 100_000, 5000)
    assert "less text" in refusal(data)
    entities = b'<!DOCTYPE a [<!ENTITY b "x">]>'
    data = book_of(TABLE, lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True))
    assert "damaged" in refusal(edited(data, lambda xml: entities + xml))
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:C3"/>' * 2 + b"</mergeCells>"
    assert "damaged" in refusal(
        edited(book_of(TABLE), lambda xml: xml.replace(b"</sheetData>", merged))
    )


def test_other_files_are_refused():
    assert "damaged" in refusal(b"")
    assert "damaged" in refusal(b"TT,1")
    assert "password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert "damaged" in refusal(file.getvalue())


def test_damaged_files_are_read_or_refused():
    data = book_of([*TABLE, [2, "c", "=SUM(C2:C3)"]], lambda sheet: sheet.merge_cells("A1:B1"))
    dice = random.Random(1)
    for cut in range(0, len(data), 97):
        refusal(data[:cut])
    for _ in range(300):
        damaged = bytearray(data)
        damaged[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read_excel(bytes(damaged), "x.xlsx")
        except DataError:
            continue
    xml = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    for _ in range(300):
        start = dice.randrange(len(xml))
        end = start + dice.randrange(12)
        try:
            read_excel(edited(data, lambda xml, s=start, e=end: xml[:s] + xml[e:]), "x.xlsx")
        except DataError:
            continue


@pytest.mark.parametrize(
    ("form", "doubted"),
    [
        ("#,##0,,", 2),
        ("#,##0,", 2),
        ("#,##0", 0),
        ("#,##0.0", 0),
        ("0", 0),
        ('0" tr,"', 0),
    ],
)
def test_a_format_that_shows_a_part_of_the_number(form, doubted):
    def scale(sheet):
        for cell in sheet["C"][1:]:
            cell.value, cell.number_format = cell.value * 1_000_000, form

    data = book_of(TABLE, scale)
    assert sum("what is shown is not what is stored" in told for told in doubts(data)) == doubted


@pytest.mark.parametrize("form", ["0%", "0.00%", "#,##0.0 %"])
def test_percents(form):
    def show(sheet):
        for cell in sheet["C"]:
            cell.number_format = form

    rows = only(
        book_of([HEAD, ["1", "Tỷ lệ", 0.55], ["2", "Tỷ lệ", 1.1], ["3", "b", "x"]], show)
    ).rows
    assert [(row[2].text, row[2].value) for row in rows[1:]] == [
        ("55%", 55),
        ("110%", 110),
        ("x", None),
    ]


def test_a_percent_sign_that_is_only_said():
    def show(sheet):
        sheet["C2"].number_format = '0.0"%"'

    assert only(book_of([HEAD, ["1", "Tỷ lệ", 55]], show)).rows[1][2].value == 55


@pytest.mark.parametrize("look", [{"vertAlign": "superscript"}, {"strike": True}])
def test_a_number_of_which_a_part_looks_otherwise_is_doubtful(look):
    mark = TextBlock(InlineFont(**look), "1")
    rows = [
        ["TT", "Năm 2026", "Năm 2027"],
        ["1", CellRichText("10", mark), 101],
        ["2", CellRichText("xem", mark), 5],
    ]
    (told,) = doubts(book_of(rows))
    assert "cell B2: expected a number with no part struck out" in told


def test_a_number_that_is_struck_out_is_doubtful():
    def strike(sheet):
        sheet["B3"].font = Font(strike=True)

    (told,) = doubts(book_of([["TT", "Năm 2026"], [1, 10], [2, 20]], strike))
    assert "cell B3" in told


def test_bold_and_set_in_text():
    def look(sheet):
        sheet["B2"].font = Font(bold=True)
        sheet["B3"].alignment = Alignment(indent=2)
        sheet.row_dimensions[5].hidden = True  # after which the sheet is looked at closely

    rows = [HEAD, ["I", "Địa phương", 5], ["1", "Máy móc", 2], ["2", "  Hội chợ", 3], ["3", "x", 0]]
    for change in (look, lambda sheet: [look(sheet), sheet.row_dimensions.pop(5)]):
        labels = [row[1] for row in only(book_of(rows, change)).rows]
        assert [cell.bold for cell in labels] == [False, True, False, False, False]
        assert [cell.indent for cell in labels] == [0, 0, 2, 2, 0]
        assert labels[3].text == "Hội chợ"


BESIDE = [["TT", "Nội dung", 2021, 2022], [1, "Máy móc", 5, 6], [2, "Hội chợ", 7, 8]]


def beside(gap, *right):
    """The table with other rows to its right, beyond so many blank columns."""
    return [
        [*row, *[None] * gap, *other]
        for row, other in zip(BESIDE, [*right, [], [], []], strict=False)
    ]


@pytest.mark.parametrize(
    ("rows", "grids"),
    [
        (beside(3, [], [5], [6]), [BESIDE]),
        (beside(1, [], [11], [15]), [BESIDE]),
        (beside(4, ["nháp", 1], ["b", 2]), [BESIDE, [["nháp", 1], ["b", 2]]]),
        (beside(1, *BESIDE), [BESIDE, BESIDE]),
        (beside(2, *BESIDE), [BESIDE, BESIDE]),
    ],
)
def test_what_stands_beside_a_table_is_none_of_its_columns(rows, grids):
    rows = [["BIỂU 1"], *rows, [None], [None], ["BIỂU 2"], *TABLE]
    document = read_excel(book_of(rows), "x.xlsx")
    assert [texts(grid.rows) for grid in document.grids] == [
        [[str(value) for value in row] for row in grid] for grid in [*grids, TABLE]
    ]
    assert [line.text for line in document.grids[0].above] == ["BIỂU 1"]
    assert "BIỂU 2" in [line.text for line in document.grids[-1].above]
    held = [cell for grid in document.grids for row in grid.rows for cell in row if cell.text]
    given = [str(value) for row in rows for value in row if value is not None]
    assert sorted(cell.text for cell in held + document.lines) == sorted(given)


@pytest.mark.parametrize(
    "rows",
    [
        [["Nội dung", None, 2021, 2022], ["Một tên dài", None, 5, 6], ["Hội chợ", None, 7, 8]],
        [["TT", "Nội dung", "2021", None, "2022"], [1, "a", 5, None, 6], [2, "b", 7, None, 8]],
        [["TT", "Nội dung", "2021", None, "Ghi chú"], [1, "a", 5], [2, "b", 7, None, "x"]],
    ],
)
def test_a_blank_column_within_a_table(rows):
    (grid,) = read_excel(book_of([["BIỂU 1"], *rows]), "x.xlsx").grids
    assert len(grid.rows) == 3
    assert len(grid.rows[0]) == len(rows[0])


def test_cells_merged_throughout_part_no_table():
    def merge(sheet):
        for row in (1, 2, 3):
            sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=5)

    rows = [["TT", "Nội dung", "2021", None, None, "2022"]]
    rows += [[1, "a", 5, None, None, 6], [2, "b", 7, None, None, 8]]
    assert texts(only(book_of(rows, merge)).rows) == [
        ["TT", "Nội dung", "2021", "2022"],
        ["1", "a", "5", "6"],
        ["2", "b", "7", "8"],
    ]


def test_an_error_far_off_stretches_no_table():
    def err(sheet):
        sheet["Z40"], sheet["Z3"] = "#DIV/0!", "#DIV/0!"
        sheet["Z40"].data_type = sheet["Z3"].data_type = "e"

    document = read_excel(book_of(TABLE, err), "x.xlsx")
    assert [texts(grid.rows) for grid in document.grids] == [
        [[str(value) for value in row] for row in TABLE]
    ]
    assert [line.text for line in document.lines] == ["#DIV/0!"] * 2


def test_a_fault_of_the_reader_is_none_of_the_file(monkeypatch):
    def fault(*_args, **_kinds):
        return [][0]

    for name in ("cells_of", "take_notes", "blocks", "sheet_parts", "looks_of"):
        with monkeypatch.context() as patch:
            patch.setattr(book_module, name, fault)
            with pytest.raises(IndexError):
                read_excel(book_of(TABLE), "x.xlsx")
