"""Excel workbooks: the stored values, and what stands hidden, merged or without a result."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice, repeat
from math import fsum
from posixpath import join, normpath
from typing import Any, cast

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kc_analysis.model import DataError, Text, Trouble
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.limits import CELLS, COLUMNS, UNPACKED_BYTES, check_size, refuse, unpack

Place = tuple[int, int]  # row and column, from zero

# Where a cell stands is one whole number: a sheet, and in it as many rows of as many columns as
# Excel has.
_ROW = 2**14
_SHEET = 2**20 * _ROW


def read_excel(data: bytes, file: str) -> Document:
    """Split a workbook's sheets into lines and grids.

    Rows of two cells and more make a grid. Rows of one cell (a title may be merged over many
    columns) are lines, but stand in the grid, as a section's heading does, where one or two part
    its rows; so does a single blank row. A new grid begins after that many rows and more, and
    where the row after them looks like a heading: it holds no number, or begins as the grid did.
    Rows of two cells and more that hold no number at all (a letterhead, signatures) are lines.

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
        If the file is broken, of another kind or too large; or with all cells that hold an error
        or a formula without a result.

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
    >>> document.where(document.grids[0].rows[1][2]).en
    'x.xlsx, sheet Sheet, cell C3'
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        # Old workbooks, and new ones with a password. calamine can be made to crash by damaged old
        # ones, and does not tell an error from a blank cell in them.
        raise refuse(
            file,
            Text(
                "tệp .xlsx không đặt mật khẩu (mở bằng Excel rồi lưu lại dạng .xlsx)",
                "an .xlsx without a password (open it in Excel and save it as .xlsx)",
            ),
            Text("tệp .xls cũ hoặc có mật khẩu", "an old .xls or one with a password"),
        )
    notes = _notes(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read(book, file, notes)
    except CalamineError as error:
        raise _broken(file) from error


def _broken(file: str) -> DataError:
    return refuse(
        file,
        Text("một tệp Excel (.xlsx) nguyên vẹn", "a whole Excel file (.xlsx)"),
        Text("tệp bị hỏng hoặc thuộc loại khác", "a damaged file or one of another kind"),
    )


# What calamine does not tell ------------------------------------------------------------------


@dataclass
class _Notes:
    """What a sheet's XML says beyond its values."""

    height: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)  # only those without a result


# Most sheets have no more to tell than their values and reach no further than calamine can spread
# them out; they are spared the closer look, which takes longer than reading them.
_MARKS = (b"hidden=", b't="e"')
# A cell that does not say where it stands, or that stands far off.
_FAR = re.compile(rb'<c(?! r="(?:[A-Z]\d{1,5}|[A-Z]{2}\d{1,4})")[\s/>]')
# A formula without a result.
_UNSOLVED = (
    re.compile(rb"</f>(?!<v>[^<])"),
    re.compile(rb"<f(?:\s[^>]*)?/>(?!<v>[^<])"),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _notes(data: bytes, file: str) -> dict[str, _Notes]:
    """The notes of each sheet that has any, by its name.

    calamine trusts what a package says of its parts' sizes, copies a text for each cell that shows
    it, and spreads a sheet out from its first cell to its last, however far they lie apart; so
    each part is read through here first.
    """
    notes = {}
    longest = cells = 0
    try:
        package = unpack(data, file)
        for part in package.namelist():
            xml = package.read(part)
            if b"sheetData" in xml:
                cells += xml.count(b"<") // 4  # a cell and its value, opened and closed
                if not _is_plain(xml):
                    notes[part] = _look(xml, file)
            elif b"si>" in xml:
                longest = max(longest, *map(len, xml.split(b"</si>")))
        sheets = _sheets(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        ArithmeticError,
        EOFError,
        LookupError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        if isinstance(error, DataError):
            raise
        raise _broken(file) from error
    if longest * cells > UNPACKED_BYTES:
        raise refuse(
            file,
            Text("các ô có ít chữ hơn", "cells with less text"),
            Text(
                f"{cells:,} ô, có ô tới {longest:,} byte",
                f"{cells:,} cells, of up to {longest:,} bytes",
            ),
        )
    return {name: notes[part] for name, part in sheets.items() if part in notes}


def _is_plain(xml: bytes) -> bool:
    return (
        _is_near(xml)
        and not any(mark in xml for mark in _MARKS)
        and not (b"<f" in xml and any(odd.search(xml) for odd in _UNSOLVED))
    )


def _is_near(xml: bytes) -> bool:
    return b"<worksheet" in xml[:2000] and b":c" not in xml and not _FAR.search(xml)


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet."""
    book = etree.fromstring(package.read("xl/workbook.xml"), _PARSER)
    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _PARSER)
    parts = {link.get("Id"): normpath(join("/xl", link.get("Target", "")))[1:] for link in links}
    return {
        sheet.get("name"): parts[sheet.xpath("string(@*[local-name()='id'])")]
        for sheet in book.iterfind("{*}sheets/{*}sheet")
    }


def _look(xml: bytes, file: str) -> _Notes:
    if b"<!DOCTYPE" in xml:
        raise _broken(file)
    notes = _Notes()
    far = not _is_near(xml)
    row = -1
    for _, element in etree.iterparse(
        io.BytesIO(xml), tag=("{*}row", "{*}col"), resolve_entities=False, no_network=True
    ):
        hidden = element.get("hidden") in ("1", "true")
        if not element.tag.endswith("row"):
            if hidden:
                span = range(int(element.get("min")) - 1, int(element.get("max")))
                notes.hidden_columns.append(span)
                if len(notes.hidden_columns) > COLUMNS:
                    raise _broken(file)
            continue
        row = int(element.get("r", row + 2)) - 1
        if hidden:
            notes.hidden_rows.add(row)
        _look_at_row(notes, element, row, far)
        # Memory is for one row at a time.
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    check_size(file, notes.height, notes.width)
    return notes


def _look_at_row(notes: _Notes, cells: Iterable[Any], row: int, far: bool) -> None:
    column = -1
    for cell in cells:
        blank = not len(cell)
        error = cell.get("t") == "e"
        unsolved = not blank and not error and _is_unsolved(cell)
        if not (far or error or unsolved):
            continue
        name = cell.get("r")
        row, column = _place_of(name) if name else (row, column + 1)
        if blank:
            continue
        notes.height = max(notes.height, row + 1)
        notes.width = max(notes.width, column + 1)
        if error:
            notes.errors[row, column] = cell.findtext("{*}v") or "#"
        elif unsolved:
            # A formula of many cells, or shared with others, is not a plain sum.
            plain = cell[0].get("t", "normal") == "normal"
            notes.formulas[row, column] = (plain and cell[0].text) or ""


def _is_unsolved(cell: Any) -> bool:
    """Whether a cell holds a formula without a result; the formula stands first in it."""
    return str(cell[0].tag).endswith("}f") and cell.get("t") != "str" and not cell.findtext("{*}v")


def _place_of(name: str) -> Place:
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]) - 1, _column(letters)


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return letters


# Formulas without a result -----------------------------------------------------------------------

_TOKEN = re.compile(
    r"\s*(?:(?P<sum>SUM\()|\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>\d{1,7})"
    r"(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>\d{1,7}))?|(?P<number>\d+(?:\.\d+)?)|(?P<mark>[-+(),]))"
    r"\s*",
    re.IGNORECASE | re.ASCII,
)


@dataclass
class _Term:
    """A number, a cell or a range of cells to add or take away."""

    sign: int
    rows: range = range(0)
    columns: range = range(0)
    number: float = 0.0
    summed: bool = False  # inside SUM, which passes over text


def _terms(formula: str) -> list[_Term] | None:
    """What a plain sum adds up; None for any other formula."""
    terms: list[_Term] = []
    # In each bracket: its sign, and whether it is a SUM's.
    brackets = [(1, False)]
    sign = 1
    operand = True  # whether one is due
    at = 0
    while at < len(formula):
        token = _TOKEN.match(formula, at)
        if not token:
            return None
        at = token.end()
        mark = token["mark"]
        outer, summed = brackets[-1]
        if operand and mark in ("+", "-"):
            sign = -sign if mark == "-" else sign
        elif operand and (token["sum"] or mark == "("):
            brackets.append((outer * sign, bool(token["sum"])))
            sign = 1
        elif operand and token["number"]:
            terms.append(_Term(outer * sign, number=float(token["number"])))
            operand = False
        elif operand and token["c1"] and (summed or not token["c2"]):
            row, column = int(token["r1"]), _column(token["c1"])
            last = int(token["r2"] or row)
            to = _column(token["c2"]) if token["c2"] else column
            if last < row or to < column:
                return None
            rows, columns = range(row - 1, last), range(column, to + 1)
            terms.append(_Term(outer * sign, rows, columns, summed=summed))
            operand = False
        elif not operand and mark in ("+", "-"):
            sign, operand = (-1 if mark == "-" else 1), True
        elif not operand and mark == "," and summed:
            sign, operand = 1, True
        elif not operand and mark == ")" and len(brackets) > 1:
            brackets.pop()
        else:
            return None
    return terms if len(brackets) == 1 and not operand else None


def _compute(formulas: dict[Place, str], rows: list[list[Any]]) -> list[Place]:
    """Put the results of plain sums into a sheet that starts at A1.

    Returns
    -------
    list of Place
        The formulas that are no plain sums, or of cells without a result, or of themselves.
    """
    sums = {place: _terms(formula) for place, formula in formulas.items()}
    # Sums of long ranges, each longer by a cell, would take for ever.
    room = CELLS // 10
    todo = list(formulas)
    begun: set[Place] = set()
    failed: set[Place] = set()
    done: set[Place] = set()
    while todo:
        place = todo[-1]
        terms = sums[place] or []
        if place in done:
            todo.pop()
            continue
        cells = list(islice(_cells(terms, rows), max(0, room)))
        room -= len(cells) + 1
        waiting = [cell for cell in cells if cell in formulas and cell not in done]
        if place not in begun and waiting:
            begun.add(place)
            todo += waiting
            continue
        result = (
            None
            if not terms or waiting or room < 0 or failed.intersection(cells)
            else _add(terms, rows)
        )
        if result is None:
            failed.add(place)
        else:
            rows[place[0]][place[1]] = result
        done.add(place)
    return [place for place in formulas if place in failed]


def _cells(terms: list[_Term], rows: list[list[Any]]) -> Iterator[Place]:
    """The cells of a sum that lie within the sheet."""
    for term in terms:
        for row in term.rows[: max(0, len(rows) - term.rows.start)]:
            for column in term.columns[: max(0, len(rows[row]) - term.columns.start)]:
                yield row, column


def _add(terms: list[_Term], rows: list[list[Any]]) -> float | None:
    parts = []
    for term in terms:
        parts.append(term.sign * term.number)
        for row, column in _cells([term], rows):
            value = rows[row][column]
            if isinstance(value, float):
                parts.append(term.sign * value)
            elif value and not term.summed:
                return None
    return fsum(parts)


# Values into cells -------------------------------------------------------------------------------


class _Texts(dict[Any, str]):
    """The text of each value met so far: a table repeats many."""

    def __missing__(self, value: str | float) -> str:
        if isinstance(value, str):
            text = " ".join(unicodedata.normalize("NFC", value).split())
        else:
            # As many digits as Excel shows.
            text = f"{Decimal(f'{value:.15g}'):f}"
        self[value] = text
        return text


def _read(book: CalamineWorkbook, file: str, notes: dict[str, _Notes]) -> Document:
    names = book.sheet_names

    def place(at: int) -> Text:
        name, (row, column) = names[at // _SHEET], divmod(at % _SHEET, _ROW)
        cell = f"{_letters(column)}{row + 1}"
        return Text(f"trang {name}, ô {cell}", f"sheet {name}, cell {cell}")

    document = Document(file, [], [], place)
    texts = _Texts()
    troubles: list[Trouble] = []
    area = 0
    for number, about in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(number)
        note = notes.get(about.name) or _Notes()
        if about.typ is not SheetTypeEnum.WorkSheet or not (sheet.height or note.height):
            continue
        check_size(file, sheet.height, sheet.width)
        area += max(sheet.height * sheet.width, note.height * note.width)
        check_size(file, area, 1)
        (top, left), values = _values(sheet, note)
        start = number * _SHEET
        troubles += _troubles(document, note, _compute(note.formulas, values), start)
        rows, filled = _cells_of(values, start + top * _ROW + left, texts)
        if merged := sheet.merged_cell_ranges:
            _merge(rows, filled, (top, left), merged, file)
        if about.visible is not SheetVisibleEnum.Visible:
            note.hidden_rows.update(range(top, top + len(rows)))
        _split(document, rows, filled, note, (top, left))
    if troubles:
        raise DataError(troubles)
    return document


def _troubles(
    document: Document, note: _Notes, unsolved: list[Place], start: int
) -> Iterator[Trouble]:
    for (row, column), error in note.errors.items():
        cell = Cell(error, start + row * _ROW + column)
        yield document.trouble(cell, Text("một giá trị", "a value"))
    for row, column in unsolved:
        formula = note.formulas[row, column][:100]
        yield document.trouble(
            Cell(formula, start + row * _ROW + column),
            Text(
                "kết quả của công thức (mở bằng Excel rồi lưu lại)",
                "a formula's result (open it in Excel and save it again)",
            ),
            Text(f"“={formula}” chưa có kết quả", f"“={formula}” without a result"),
        )


def _values(sheet: CalamineSheet, note: _Notes) -> tuple[Place, list[list[Any]]]:
    """Where a sheet's values begin, and its rows of values, each a text or a number."""
    corner = (0, 0) if note.formulas else sheet.start or (0, 0)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=not note.formulas)
    if note.formulas:
        # A formula without a result is no value to calamine, so it may stand beyond the last.
        width = max(note.width, *map(len, rows[:1]))
        rows = [row + [""] * (width - len(row)) for row in rows]
        rows += [[""] * width for _ in range(note.height - len(rows))]
    if not set(map(type, chain.from_iterable(rows))) <= {str, float}:
        rows = [[_text_or_number(value) for value in row] for row in rows]
    return corner, rows


def _text_or_number(value: Any) -> str | float:
    if isinstance(value, str | float):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _cells_of(
    values: list[list[Any]], at: int, texts: _Texts
) -> tuple[list[list[Cell]], list[int]]:
    """The rows of cells, and how many in each are not blank."""
    width = max(map(len, values[:1]), default=0)
    flat = list(chain.from_iterable(values))
    shown = list(map(texts.__getitem__, flat))
    numbers = [value if type(value) is float else None for value in flat]
    starts = range(at, at + _ROW * len(values), _ROW)
    places = chain.from_iterable([range(start, start + width) for start in starts])
    # A named tuple's own making is twice as slow, and a sheet has little else to do.
    made = map(tuple.__new__, repeat(Cell), zip(shown, places, numbers, repeat(False)))
    cells = cast("list[Cell]", list(made))
    steps = range(0, len(flat), max(1, width))
    return (
        [cells[start : start + width] for start in steps],
        [width - shown[start : start + width].count("") for start in steps],
    )


def _merge(
    rows: list[list[Cell]],
    filled: list[int],
    corner: Place,
    merged: list[tuple[Place, Place]],
    file: str,
) -> None:
    """Spread merged cells over the places that they reach over, as far as the values reach."""
    height, width = len(rows), len(rows[0])
    room = height * width
    top, left = corner
    for (first, start), (last, end) in merged:
        across = range(max(start - left, 0), min(end - left + 1, width))
        down = range(max(first - top, 0), min(last - top + 1, height))
        room -= max(1, len(down) * len(across))
        if room < 0:
            # They would lie over one another.
            raise _broken(file)
        if first < top or start < left or not across or not down:
            continue
        cell = rows[down[0]][across[0]]
        cover = cell._replace(covered=True)
        for i in down:
            row = rows[i]
            filled[i] += bool(cell.text) - sum(bool(row[j].text) for j in across)
            row[across.start : across.stop] = [cover] * len(across)
        rows[down[0]][across[0]] = cell


# Rows into tables --------------------------------------------------------------------------------


def _split(
    document: Document, rows: list[list[Cell]], filled: list[int], note: _Notes, corner: Place
) -> None:
    """Add a sheet's lines and grids to the document."""
    top, left = corner
    hidden_columns = [
        column
        for column in range(len(rows[0]) if rows else 0)
        if any(column + left in span for span in note.hidden_columns)
    ]
    done = 0
    for start, end in _blocks(rows, filled):
        if not any(_is_number(cell) for row in rows[start:end] for cell in row):
            continue
        above = _lines(rows[done:start])
        hidden = [
            cell
            for number, row in enumerate(rows[start:end], top + start)
            for cell in (
                row if number in note.hidden_rows else [row[column] for column in hidden_columns]
            )
            if cell.text and not cell.covered
        ]
        document.lines.extend(above)
        document.grids.append(Grid(rows[start:end], above, hidden))
        done = end
    document.lines.extend(_lines(rows[done:]))


def _blocks(rows: list[list[Cell]], filled: list[int]) -> list[tuple[int, int]]:
    """The first row of each block of rows that belong together, and the row after its last."""
    blocks: list[tuple[int, int]] = []
    for i, count in enumerate(filled):
        if count < 2:
            continue
        if blocks:
            start, end = blocks[-1]
            gap = filled[end:i]
            if not gap or (
                len(gap) < 3
                and gap.count(0) < 2
                and any(map(_is_number, rows[i]))
                and _first(rows[i]) != _first(rows[start])
            ):
                blocks[-1] = (start, i + 1)
                continue
        blocks.append((i, i + 1))
    return blocks


def _is_number(cell: Cell) -> bool:
    return cell.value is not None or cell.text.replace(".", "").replace(",", "").isdecimal()


def _first(row: list[Cell]) -> str:
    return next(cell.text for cell in row if cell.text)


def _lines(rows: list[list[Cell]]) -> list[Cell]:
    return [cell for row in rows for cell in row if cell.text and not cell.covered]
