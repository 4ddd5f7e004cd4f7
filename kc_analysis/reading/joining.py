"""A table that a page's end, a page number or other text has broken in two is one again."""

from dataclasses import replace

from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.header import Column, Header, header_of, numbers_columns
from kc_analysis.reading.outline import Numbered, numbered
from kc_analysis.reading.rows import is_number


def joined(document: Document) -> Document:
    """Put the rest of a table, with its header repeated or without one, under its beginning.

    What has a title of its own, or counts its rows from the start again, is another table.
    """
    grids: list[Grid] = []
    for grid in document.grids:
        if grids and (rest := _rest(grids[-1], grid)):
            last = grids[-1]
            grids[-1] = replace(last, rows=last.rows + rest, hidden=last.hidden + grid.hidden)
        else:
            grids.append(grid)
    return replace(document, grids=grids)


def _rest(table: Grid, grid: Grid) -> list[list[Cell]]:
    """The rows of a grid that go on from a table; none where it does not."""
    begun, again = header_of(table), header_of(grid)
    if not begun or not _said(grid, again) <= _said(table, begun):
        return []
    if again and list(map(_holds, again.columns)) != list(map(_holds, begun.columns)):
        return []
    rest = grid.rows[again.end if again else numbers_columns(grid.rows[0], begun.number) :]
    if any(len(row) != len(begun.columns) for row in rest):
        return []
    ours = [numbered(row, begun.number, begun.title) for row in table.rows[begun.end :]]
    more = [numbered(row, begun.number, begun.title) for row in rest]
    if not again and not all(map(_is_planned, rest, more)):
        return []
    return rest if _goes_on(ours, more) else []


def _said(grid: Grid, header: Header | None) -> set[str]:
    """What stands above that may be a title, and the units of money."""
    above = grid.above + [
        cell for row in grid.rows[: header.start if header else 0] for cell in row
    ]
    units = {words.stated_money(line.text) or "" for line in above}
    return units | {line.text for line in above if line.text.isupper()} | {""}


def _holds(column: Column) -> tuple[str, int | None, str, str, str]:
    return column.role, column.year, column.phase, column.measure, column.money


def _is_planned(row: list[Cell], part: Numbered) -> bool:
    """Whether a row without a header is one of a plan: it has a number or is a total."""
    if words.is_of_which(part.title.text):
        return True
    known = part.kind or words.is_total(part.title.text)
    return bool(known) and (part.kind in ("I", "A") or any(map(is_number, row[2:])))


def _goes_on(ours: list[Numbered], more: list[Numbered]) -> bool:
    """Whether the numbers go on from those above, and do not begin again."""
    first = next((row for row in more if row.kind), None)
    last = next((row for row in reversed(ours) if row.kind), None)
    if not first or not last:
        return bool(ours)
    sections = {row.number for row in ours if row.kind in ("I", "A")}
    if first.kind in ("I", "A"):
        return first.number not in sections
    # Lines begin anew only right under their section.
    return first.number.rpartition(".")[2] not in ("1", "01") or last.kind in ("I", "A")
