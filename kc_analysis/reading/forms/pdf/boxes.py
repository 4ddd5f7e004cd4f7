"""A page's table: cells that reach over rows and columns, laid out place by place."""

from typing import NamedTuple

from kc_analysis.reading.forms.pdf.pieces import Line
from kc_analysis.reading.forms.pdf.wrapped import cell_text

Span = tuple[float, float]


class Box(NamedTuple):
    """A cell: the first and last row and column over which it reaches, and its lines."""

    row: int
    last_row: int
    column: int
    last_column: int
    lines: list[Line]


class Spot(NamedTuple):
    """A place in a table: what its cell holds and where this begins."""

    text: str
    row: int
    column: int
    bold: bool = False
    indent: int = 0


class PageTable(NamedTuple):
    """A table on a page: what stands at each place, and where its columns stand."""

    top: float
    rows: list[list[Spot]]
    columns: list[Span]
    ruled: bool


def page_table(
    top: float, height: int, columns: list[Span], boxes: list[Box], *, ruled: bool
) -> PageTable:
    """The table that boxes make up; what no box reaches over is blank."""
    rows = [[Spot("", row, column) for column in range(len(columns))] for row in range(height)]
    edges = _left_edges(boxes)
    for box in boxes:
        if not box.lines:
            spot = Spot("", box.row, box.column)
        else:
            first = box.lines[0][0]
            text = cell_text(box.lines, columns[box.column][0], columns[box.last_column][1])
            bold = all(piece.bold for line in box.lines for piece in line)
            # Half a letter's height is a step: a space or two.
            steps = int(2 * (first.x0 - edges.get(box.column, first.x0)) / first.size)
            spot = Spot(text, box.row, box.column, bold, max(steps, 0))
        for row in range(box.row, box.last_row + 1):
            rows[row][box.column : box.last_column + 1] = [spot] * (
                box.last_column - box.column + 1
            )
    return PageTable(top, rows, columns, ruled)


def _left_edges(boxes: list[Box]) -> dict[int, float]:
    """Where the text of each column begins, if it is set flush left."""
    ends: dict[int, tuple[set[int], set[int]]] = {}
    for box in boxes:
        if box.lines and box.column == box.last_column:
            lefts, rights = ends.setdefault(box.column, (set(), set()))
            lefts.add(round(box.lines[0][0].x0))
            rights.add(round(box.lines[0][-1].x1))
    return {
        column: min(lefts) for column, (lefts, rights) in ends.items() if len(lefts) < len(rights)
    }
