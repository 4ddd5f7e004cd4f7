"""Years, sections, lines and totals are found in a grid, by what they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.numerals import parse_number
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document, Grid

#: What a column holds: a year's values, or number, title, unit, total, unknown.
Column = int | str


class Number(NamedTuple):
    """A number of a table: its year (None for the whole cycle), its value and its cell."""

    year: int | None
    value: float
    cell: Cell


@dataclass(frozen=True)
class Row:
    """A row: its number as printed, title, level (section, line, grand), unit and numbers."""

    key: str
    number: str
    title: Cell
    level: str
    section: str
    unit: str
    numbers: list[Number]


@dataclass(frozen=True)
class Table:
    """A planning table: its title, years and rows.

    ``money`` is the unit of money that stands with the title, or "" where none does; ``has_units``
    says whether a column gives each row its own unit.
    """

    title: str
    head: Cell
    years: list[int]
    money: str
    has_units: bool
    rows: list[Row]


def find_tables(document: Document) -> list[Table]:
    """The planning tables of a document: those whose header names years.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Table
        In the document's order.

    Raises
    ------
    DataError
        If there is none, or with every cell that cannot be read.
    """
    if not document.grids:
        expected = Text(
            "một bảng có cột TT và các cột năm", "a table with a TT column and columns of years"
        )
        place = same(document.file)
        found = Text("không có bảng nào như vậy", "no such table")
        raise DataError([Trouble(place, expected, found)])
    troubles: list[Trouble] = []
    tables = [_table(document, grid, troubles) for grid in document.grids]
    if troubles:
        raise DataError(troubles)
    return tables


def _table(document: Document, grid: Grid, troubles: list[Trouble]) -> Table:
    header = grid.rows[0]
    columns = _columns(header)
    years = [column for column in columns if isinstance(column, int)]
    if not years:
        headings = " | ".join(cell.text for cell in header)
        troubles.append(
            document.trouble(
                header[0],
                Text("các cột năm trong tiêu đề bảng", "columns of years in the table's header"),
                same(f"“{headings}”"),
            )
        )
    for cell, column in zip(header, columns, strict=True):
        if column == "unknown":
            troubles.append(
                document.trouble(
                    cell, Text("một năm hoặc “Tổng cộng”", "a year or “Tổng cộng” (total)")
                )
            )
        elif columns.count(column) > 1 and column in years:
            troubles.append(
                document.trouble(
                    cell,
                    Text("mỗi năm một cột", "one column for each year"),
                    Text(f"năm {column} hai lần", f"the year {column} twice"),
                )
            )
    rows = list(_rows(document, grid.rows[1:], columns, troubles))
    money = next(filter(None, (words.stated_money(line.text) for line in grid.above[::-1])), "")
    return Table(_title(grid.above), header[0], sorted(years), money, "unit" in columns, rows)


def _columns(header: list[Cell]) -> list[Column]:
    columns: list[Column] = []
    for cell in header:
        if year := words.year_of(cell.text):
            columns.append(year)
        elif words.is_number_heading(cell.text):
            columns.append("number")
        elif words.is_unit_heading(cell.text):
            columns.append("unit")
        elif "title" not in columns:
            columns.append("title")
        else:
            columns.append("total" if words.is_total(cell.text) else "unknown")
    return columns


def _rows(
    document: Document, rows: list[list[Cell]], columns: list[Column], troubles: list[Trouble]
) -> Iterator[Row]:
    section = ""
    seen: set[str] = set()
    for row in rows:
        if len(row) != len(columns):
            name = " ".join(cell.text for cell in row[:2])
            expected = Text(
                f"{len(columns)} ô trong hàng “{name}”", f"{len(columns)} cells in the row “{name}”"
            )
            found = Text(f"{len(row)} ô", f"{len(row)} cells")
            troubles.append(document.trouble(row[0], expected, found))
            if words.is_section_number(row[0].text):
                section = row[0].text
            continue
        number = row[columns.index("number")].text.lstrip("0")
        title = row[columns.index("title")]
        level, key = _level(number, title.text, section)
        if level != "line":
            section = number if level == "section" else ""
        if key in seen:
            expected = Text("mỗi số thứ tự một hàng", "one row for each number")
            found = Text(f"số {key} lần thứ hai", f"the number {key} a second time")
            troubles.append(document.trouble(row[0], expected, found))
        seen.add(key)
        if level == "line" and not section:
            expected = Text("một phần (I, II…) ở phía trên", "a section (I, II…) above")
            troubles.append(document.trouble(title, expected))
        unit = row[columns.index("unit")].text if "unit" in columns else ""
        numbers = list(_numbers(document, row, columns, troubles))
        yield Row(key, number, title, level, section, unit, numbers)


def _level(number: str, title: str, section: str) -> tuple[str, str]:
    """A row's level and the key that no other row of its table has."""
    if words.is_line_number(number):
        return "line", f"{section}.{number}"
    if words.is_total(title):
        return "grand", number or title
    return "section", number


def _numbers(
    document: Document, row: list[Cell], columns: list[Column], troubles: list[Trouble]
) -> Iterator[Number]:
    for cell, column in zip(row, columns, strict=True):
        if cell.text and (isinstance(column, int) or column == "total"):
            try:
                value = parse_number(cell.text)
            except ValueError:
                expected = Text("một số như 1.250,5", "a number such as 1.250,5")
                troubles.append(document.trouble(cell, expected))
            else:
                yield Number(column if isinstance(column, int) else None, value, cell)


def _title(above: list[Cell]) -> str:
    """The capitals nearest above the table, without the appendix's number."""
    title: list[str] = []
    for line in reversed(above):
        if line.text.isupper() and not line.text.startswith("PHỤ LỤC"):
            title.insert(0, line.text)
        elif title:
            break
    return " ".join(title)
