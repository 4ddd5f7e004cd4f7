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
    open_table: _Table | None = None
    for grid in document.grids:
        header = header_of(grid)
        if open_table and (rest := open_table.rest(grid, header)):
            open_table.add(rest, grid.hidden)
        else:
            open_table = _Table(grid, header) if header else None
            grids.append(open_table.grid if open_table else grid)
    return replace(document, grids=grids)


class _Table:
    """A table that may go on: what stands above it, its last number and its sections'."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid = replace(grid, rows=grid.rows[: header.end], hidden=[])
        self.header, self.said = header, _said(grid, header)
        self.last = ""  # the kind of the last number
        self.sections: set[str] = set()
        self.add(grid.rows[header.end :], grid.hidden)

    def add(self, rows: list[list[Cell]], hidden: list[Cell]) -> None:
        self.grid.rows.extend(rows)
        self.grid.hidden.extend(hidden)
        for part in map(self._parted, rows):
            self.last = part.kind or self.last
            if part.kind in ("I", "A"):
                self.sections.add(part.number)

    def rest(self, grid: Grid, again: Header | None) -> list[list[Cell]]:
        """The rows of a grid that go on from this table; none where it does not."""
        if not _said(grid, again) <= self.said:
            return []
        if again and list(map(_holds, again.columns)) != list(map(_holds, self.header.columns)):
            return []
        start = again.end if again else numbers_columns(grid.rows[0], self.header.number)
        rest = grid.rows[start:]
        if any(len(row) != len(self.header.columns) for row in rest):
            return []
        parted = [self._parted(row) for row in rest]
        if not again and not all(map(_is_planned, rest, parted)):
            return []
        return rest if self._goes_on(parted) else []

    def _parted(self, row: list[Cell]) -> Numbered:
        return numbered(row, self.header.number, self.header.title)

    def _goes_on(self, parted: list[Numbered]) -> bool:
        """Whether the numbers go on from those above, and do not begin again."""
        first = next((part for part in parted if part.kind), None)
        if not first or not self.last:
            return len(self.grid.rows) > self.header.end
        if first.kind in ("I", "A"):
            return first.number not in self.sections
        # Lines begin anew only right under their section.
        return first.number.rpartition(".")[2] not in ("1", "01") or self.last in ("I", "A")


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
