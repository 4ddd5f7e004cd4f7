"""A workbook is opened, if it is sound and not too large, and its sheets become a document."""

import io
from dataclasses import dataclass

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kc_analysis.model import Text, same
from kc_analysis.numerals import format_number
from kc_analysis.reading.forms.blocks import blocks
from kc_analysis.reading.forms.excel.address import SHEET, Place, name_of
from kc_analysis.reading.forms.excel.formulas import compute
from kc_analysis.reading.forms.excel.looks import STRUCK, blurred_texts, looks_of
from kc_analysis.reading.forms.excel.notes import Notes, sheet_parts, take_notes
from kc_analysis.reading.forms.excel.values import cells_of, merge, spread
from kc_analysis.reading.forms.limits import (
    UNPACKED_BYTES,
    check_size,
    damaged,
    library_errors,
    refuse,
)
from kc_analysis.reading.forms.packages import Package
from kc_analysis.reading.grid import Cell, Document, Doubt, File, document


def read_excel(data: bytes, file: str) -> Document:
    """Split a workbook's sheets into lines and grids.

    Rows of two cells and more make a grid. Rows of one cell (a title may be merged over many
    columns) are lines, but stand in the grid, as a section's heading does, where rows with numbers
    follow; so does a single blank row. A new grid begins after more blank rows, where a row looks
    like a heading, and beyond blank columns. Rows that hold no number (a letterhead, signatures)
    are lines.

    Parameters
    ----------
    data : bytes
        A workbook as .xlsx or .xlsm; no macro runs and no link is followed.
    file : str
        The name that messages give the workbook.

    Returns
    -------
    Document
        Hidden sheets, rows and columns too. A number keeps its stored value, whatever its format
        shows, but percents, which are 50 and not 0.5; dates are text, ``08/04/2020``. A formula
        has its stored result; where none is stored, plain arithmetic on cells of the same sheet is
        computed. Error values, formulas without a result and numbers that do not show what is
        stored carry a doubt.

    Raises
    ------
    DataError
        If the file is broken, of another kind or too large.

    Examples
    --------
    >>> import io, openpyxl
    >>> book, saved = openpyxl.Workbook(), io.BytesIO()
    >>> for row in ["Đơn vị: triệu đồng"], ["TT", "Nội dung", "Năm 2021"], ["I", "Địa phương", 750]:
    ...     book.active.append(row)
    >>> book.save(saved)
    >>> document = read_excel(saved.getvalue(), "x.xlsx")
    >>> [[cell.text for cell in row] for row in document.grids[0].rows]
    [['TT', 'Nội dung', 'Năm 2021'], ['I', 'Địa phương', '750']]
    >>> document.grids[0].rows[1][2].where.en
    'x.xlsx, sheet Sheet, cell C3'
    """
    source, sheets = read_sheets(data, file)
    for sheet in sheets:
        merge(sheet.rows, sheet.merged, file)
    return document(source, *(blocks(sheet.rows, sheet.hidden) for sheet in sheets))


@dataclass(frozen=True)
class Sheet:
    """A sheet from its cell A1 on.

    Attributes
    ----------
    name : str
    rows : list of list of Cell
        All of one length.
    merged : list
        The first and the last place of each merged cell.
    hidden : set of int
        Where the cells stand that are hidden.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[Place, Place]]
    hidden: set[int]


def read_sheets(data: bytes, file: str) -> tuple[File, list[Sheet]]:
    """A workbook's sheets of cells, in order.

    Raises
    ------
    DataError
        As ``read_excel``.
    """
    notes, blurred = _inspect(Package(data, file))
    with library_errors(file):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        about = book.sheets_metadata
    names = [one.name for one in about]

    def place(at: int) -> Text:
        name, cell = names[at // SHEET], name_of(at)
        return Text(f"trang {name}, ô {cell}", f"sheet {name}, cell {cell}")

    source = File(file, place)
    sheets: list[Sheet] = []
    area = 0
    for number, one in enumerate(about):
        if one.typ is not SheetTypeEnum.WorkSheet:
            continue
        with library_errors(file):
            sheet = book.get_sheet_by_index(number)
            last_row, last_column = sheet.end or (-1, -1)
            merged = sheet.merged_cell_ranges or []
        note = notes.get(one.name, Notes())
        area += max(last_row + 1, note.height) * max(last_column + 1, note.width)
        check_size(file, area, 1)
        with library_errors(file):
            values = sheet.to_python(skip_empty_area=False)
        if note.height:
            values = spread(values, note.height, note.width)
        plain = not (note.has_results or note.hidden_rows)
        unsolved = compute(note.formulas | note.errors, values, subtotals=plain)
        rows = cells_of(values, number * SHEET, source)
        _look(rows, note, unsolved, blurred)
        hidden = note.hidden(rows, all_of_it=one.visible is not SheetVisibleEnum.Visible)
        sheets.append(Sheet(one.name, rows, merged, hidden))
    return source, sheets


def _inspect(package: Package) -> tuple[dict[str, Notes], set[str]]:
    """The notes on each sheet, by its name, and the texts of numbers that are not clear.

    calamine trusts what a package says of its parts' sizes, copies a text for each cell that shows
    it, and spreads a sheet out from its first cell to its last, however far they lie apart; so
    each part is read through here first.
    """
    file, notes, blurred = package.file, dict[str, Notes](), set[str]()
    longest = cells = 0
    looks = looks_of(package.read("xl/styles.xml"), file)
    for part in package.names:
        xml = package.read(part)
        if b"<!DOCTYPE" in xml:
            raise damaged(file)  # Excel writes none, and there, entities could be declared
        blurred |= blurred_texts(xml, file)
        if b"sheetData" in xml:
            cells += xml.count(b"<") // 4  # a cell and its value, opened and closed
            check_size(file, cells, 1)
            notes[part] = take_notes(xml, looks, file)
        elif b"si>" in xml:
            longest = max(longest, *map(len, xml.split(b"</si>")))
    if longest * cells > UNPACKED_BYTES:
        raise refuse(
            file,
            Text("các ô có ít chữ hơn", "cells with less text"),
            Text(
                f"{format_number(cells)} ô, có ô tới {format_number(longest)} byte",
                f"{cells:,} cells, of up to {longest:,} bytes",
            ),
            "too-large",
        )
    parts = sheet_parts(package)
    return {name: notes[part] for name, part in parts.items() if part in notes}, blurred


def _look(rows: list[list[Cell]], note: Notes, unsolved: list[Place], blurred: set[str]) -> None:
    """Let the cells look as they do in the sheet, and carry a doubt where they cannot be taken."""
    for row, column in unsolved:
        if error := note.errors.get((row, column)):
            text, doubt = error, Doubt("error-value", _VALUE, same(f"“{error}”"))
        else:
            text = f"={note.formulas[row, column][:100]}"
            found = Text(f"“{text}” chưa có kết quả", f"“{text}” without a result")
            doubt = Doubt("no-result", _RESULT, found)
        rows[row][column] = rows[row][column]._replace(text=text, doubt=doubt)
    for (row, column), look in note.looks.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = look.on(rows[row][column])
    if blurred:
        rows[:] = [
            [
                cell._replace(doubt=STRUCK) if cell.value is None and cell.text in blurred else cell
                for cell in row
            ]
            for row in rows
        ]


_VALUE = Text("một giá trị", "a value")
_RESULT = Text(
    "kết quả của công thức (mở bằng Excel rồi lưu lại)",
    "a formula's result (open it in Excel and save it again)",
)
