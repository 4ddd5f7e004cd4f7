"""A workbook is opened, if it is sound and not too large, and its sheets become a document."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kc_analysis.model import Text, same
from kc_analysis.numerals import format_number
from kc_analysis.reading.forms.excel.address import SHEET, Place, name_of
from kc_analysis.reading.forms.excel.blocks import blocks
from kc_analysis.reading.forms.excel.values import cells_of, merge, values_of
from kc_analysis.reading.forms.excel.formulas import compute
from kc_analysis.reading.forms.excel.looks import (
    blurred_texts,
    scaled_styles,
    struck_styles,
    styled_numbers,
)
from kc_analysis.reading.forms.excel.notes import Notes, sheet_parts, take_notes
from kc_analysis.reading.grid import Cell, Document, Doubt, File, Grid, document
from kc_analysis.reading.forms.limits import UNPACKED_BYTES, check_size, damaged, refuse, unpack


def read_excel(data: bytes, file: str) -> Document:
    """Split a workbook's sheets into lines and grids.

    Rows of two cells and more make a grid. Rows of one cell (a title may be merged over many
    columns) are lines, but stand in the grid, as a section's heading does, where rows with numbers
    follow; so does a single blank row. A new grid begins after more blank rows, and where a row
    looks like a heading. Rows that hold no number (a letterhead, signatures) are lines.

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
        shows; dates are text, ``08/04/2020``. A formula has its stored result; where none is
        stored, sums and differences of cells of the same sheet are computed.

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
    with unpack(data, file) as package:
        notes = inspect(package, file)
    try:
        return _read(CalamineWorkbook.from_filelike(io.BytesIO(data)), file, notes)
    except CalamineError as error:
        raise damaged(file) from error


def inspect(package: ZipFile, file: str) -> dict[str, Notes]:
    """The notes on each sheet, by its name.

    calamine trusts what a package says of its parts' sizes, copies a text for each cell that shows
    it, and spreads a sheet out from its first cell to its last, however far they lie apart; so
    each part is read through here first.
    """
    notes = {}
    blurred: set[str] = set()
    longest = cells = 0
    names = package.namelist()
    styles = package.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    if b"<!DOCTYPE" in styles:
        raise damaged(file)
    scaled, struck = scaled_styles(styles), struck_styles(styles)
    for part in names:
        xml = package.read(part)
        if b"<!DOCTYPE" in xml:
            raise damaged(file)  # Excel writes none, and there, entities could be declared
        blurred |= blurred_texts(xml) if b"<rPr>" in xml else set()
        if b"sheetData" in xml:
            cells += xml.count(b"<") // 4  # a cell and its value, opened and closed
            check_size(file, cells, 1)
            notes[part] = take_notes(xml, file)
            notes[part].scaled = styled_numbers(xml, scaled)
            notes[part].struck = styled_numbers(xml, struck)
        elif b"si>" in xml:
            longest = max(longest, *map(len, xml.split(b"</si>")))
    for note in notes.values():
        note.blurred = blurred
    if longest * cells > UNPACKED_BYTES:
        raise refuse(
            file,
            Text("các ô có ít chữ hơn", "cells with less text"),
            Text(
                f"{format_number(cells)} ô, có ô tới {format_number(longest)} byte",
                f"{cells:,} cells, of up to {longest:,} bytes",
            ),
        )
    return {name: notes[part] for name, part in sheet_parts(package).items() if part in notes}


def _read(book: CalamineWorkbook, file: str, notes: dict[str, Notes]) -> Document:
    names = book.sheet_names

    def place(at: int) -> Text:
        name, cell = names[at // SHEET], name_of(at)
        return Text(f"trang {name}, ô {cell}", f"sheet {name}, cell {cell}")

    source = File(file, place)
    sheets: list[Iterator[Cell | Grid]] = []
    area = 0
    for number, about in enumerate(book.sheets_metadata):
        note = notes.get(about.name, Notes())
        sheet = book.get_sheet_by_index(number)
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        last_row, last_column = sheet.end or (-1, -1)
        area += max(last_row + 1, note.height) * max(last_column + 1, note.width)
        check_size(file, area, 1)
        start = number * SHEET
        values = values_of(sheet, note)
        unsolved = compute(note.formulas, values)
        rows = cells_of(values, start, source)
        _doubt(note, rows, unsolved)
        merge(rows, sheet.merged_cell_ranges or [], file)
        visible = about.visible is SheetVisibleEnum.Visible
        sheets.append(blocks(rows, note.hidden_cells(rows) if visible else rows))
    return document(source, *sheets)


def _doubt(note: Notes, rows: list[list[Cell]], unsolved: list[Place]) -> None:
    """Say of each cell that holds no figure to rely on why that is so."""
    doubts = {
        at: (Doubt("error-value", _VALUE, same(f"“{e}”")), e) for at, e in note.errors.items()
    }
    doubts |= dict.fromkeys(note.scaled, (_SCALED, ""))
    doubts |= dict.fromkeys(note.struck, (_STRUCK, ""))
    if note.blurred:
        doubts |= {
            (at, column): (_STRUCK, "")
            for at, row in enumerate(rows)
            for column, cell in enumerate(row)
            if cell.text in note.blurred
        }
    for at in unsolved:
        formula = f"={note.formulas[at][:100]}"
        found = Text(f"“{formula}” chưa có kết quả", f"“{formula}” without a result")
        doubts[at] = Doubt("no-result", _RESULT, found), formula
    for (row, column), (doubt, text) in doubts.items():
        cell = rows[row][column]
        rows[row][column] = cell._replace(text=cell.text or text, doubt=doubt)


_VALUE = Text("một giá trị", "a value")
_SCALED = Doubt(
    "scaled-format",
    Text("định dạng số hiện đủ số được lưu", "a number format that shows what is stored"),
    Text(
        "định dạng chia bớt hàng nghìn: số hiện khác số lưu",
        "one that divides by thousands: what is shown is not what is stored",
    ),
)
_STRUCK = Doubt(
    "struck-out",
    Text(
        "một số không có phần gạch ngang hay viết trên (hãy xóa hẳn phần đó)",
        "a number with no part struck out or raised (delete that part for good)",
    ),
    Text("số có phần gạch ngang hoặc viết trên", "one with a part struck out or raised"),
)
_RESULT = Text(
    "kết quả của công thức (mở bằng Excel rồi lưu lại)",
    "a formula's result (open it in Excel and save it again)",
)
