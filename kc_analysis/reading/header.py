"""The header of a planning table: what each column holds."""

from dataclasses import dataclass
from typing import NamedTuple

from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Grid


@dataclass(frozen=True)
class Column:
    """What a column holds.

    ``role`` is number, title, unit, value, note or unknown. A column of values stands under a year
    (None: the whole cycle), a phase (plan or actual), a measure (money, quantity, or "" where the
    heading does not say) and perhaps a unit of money of its own.
    """

    role: str
    heading: Cell
    year: int | None = None
    phase: str = ""
    measure: str = ""
    money: str = ""


class Header(NamedTuple):
    """A table's header: its first row, the row after it, and the columns.

    The rows' numbers stand in the column ``number``, their titles in ``title``; which may be one.
    """

    start: int
    end: int
    number: int
    title: int
    columns: list[Column]


def is_planning_table(grid: Grid) -> bool:
    """Whether a grid has the header of a planning table."""
    return _head(grid) is not None


def header_of(grid: Grid) -> Header | None:
    """The header of a planning table; None if the grid is none."""
    if not (head := _head(grid)):
        return None
    start, number = head
    first = grid.rows[start]
    end = start + 1
    while end < len(grid.rows) and _continues(first, grid.rows[end], number):
        end += 1
    headings = []
    for i, cell in enumerate(first):
        # A heading that reaches over several rows or columns is said once.
        texts = dict.fromkeys(
            row[i].text for row in grid.rows[start:end] if i < len(row) and row[i].text
        )
        headings.append(cell._replace(text=" ".join(texts)))
    if end < len(grid.rows) and numbers_columns(grid.rows[end], number):
        end += 1
    columns = _columns(headings)
    title = next((i for i, column in enumerate(columns) if column.role == "title"), number)
    return Header(start, end, number, title, columns)


def numbers_columns(row: list[Cell], number: int) -> bool:
    """Whether a row numbers the columns: A, B, 1, 2, 3."""
    texts = [cell.text for cell in row if cell.text]
    return (
        len(row) > number + 1
        and words.is_column_number(row[number + 1].text)
        and all(words.is_column_number(text) for text in texts)
    )


def _head(grid: Grid) -> tuple[int, int] | None:
    """Where the header begins: at the row with a heading over the rows' numbers (TT).

    Or else at one with a heading over titles that hold them ("1. Hội chợ"), among years.
    """
    heads = (
        (r, c)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if words.is_number_heading(cell.text)
    )
    return next(heads, None) or _titles(grid)


def _titles(grid: Grid) -> tuple[int, int] | None:
    """Where a heading over titles stands in a header that has none over numbers."""
    for r, row in enumerate(grid.rows):
        if row and words.is_title_heading(row[0].text):
            years = {year for below in grid.rows[r : r + 2] for c in below for year in _years(c)}
            if len(years) > 1:
                return r, 0
    return None


def _years(cell: Cell) -> list[int]:
    years = words.years_in(cell.text)
    return years if len(years) == 1 else []


def _continues(first: list[Cell], row: list[Cell], number: int) -> bool:
    """Whether a row is still header: its number's heading reaches down, or more headings follow."""
    if number >= len(row) or len(row) != len(first):
        return False
    if row[number].covered:
        return True
    says = (words.years_in(c.text) or words.measure_of(c.text) for c in row[number + 2 :])
    return not any(cell.text for cell in row[number : number + 2]) and any(says)


def _columns(headings: list[Cell]) -> list[Column]:
    columns: list[Column] = []
    named = any(words.is_title_heading(heading.text) for heading in headings)
    for heading in headings:
        text = heading.text
        years = words.years_in(text)
        titled = any(column.role == "title" for column in columns)
        is_first = not titled and len(years) != 1 and not words.is_total_heading(text)
        if words.is_number_heading(text):
            columns.append(Column("number", heading))
        elif words.is_unit_heading(text):
            columns.append(Column("unit", heading))
        elif words.is_note_heading(text):
            columns.append(Column("note", heading))
        elif words.is_title_heading(text) if named and not titled else is_first:
            columns.append(Column("title", heading))
        elif years or words.is_total_heading(text):
            columns.append(
                Column(
                    "value",
                    heading,
                    year=years[0] if len(years) == 1 else None,
                    phase=words.phase_of(text),
                    measure=words.measure_of(text),
                    money=words.money_inside(text) or "",
                )
            )
        else:
            columns.append(Column("unknown", heading))
    return columns
