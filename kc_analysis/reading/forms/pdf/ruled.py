"""Tables between ruling lines."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
)

from kc_analysis.reading.forms.pdf.bands import told_apart
from kc_analysis.reading.forms.pdf.boxes import Box, PageTable, Span, page_table
from kc_analysis.reading.forms.pdf.columns import Reach, centred, placed
from kc_analysis.reading.forms.pdf.pieces import Line, lines_of
from kc_analysis.reading.forms.pdf.sheet import SNAP, Letter, Sheet, turned

#: The most crossings of lines, looked for and found; a map or a chart has more and is no table.
_PAIRS = 100_000
_CROSSINGS = 5_000

_Corners = tuple[float, float, float, float]  # a cell's left, top, right and bottom


def ruled_tables(sheet: Sheet) -> tuple[list[PageTable], list[Letter]]:
    """A page's ruled tables, from the top down, and the letters outside them."""
    tables = _tables(sheet.edges)
    if not tables:
        return [], sheet.letters
    xs, ys = _marks([cell for cells in tables for cell in cells])
    owner = {
        (row, column): cell
        for cells in tables
        for cell in cells
        for row in range(ys.index(cell[1]), ys.index(cell[3]))
        for column in range(xs.index(cell[0]), xs.index(cell[2]))
    }
    held: dict[_Corners, list[Letter]] = {}
    rest: list[Letter] = []
    for letter in sheet.letters:
        # Letters go to the cell in which their middle lies.
        column = bisect_right(xs, (letter.x0 + letter.x1) / 2) - 1
        cell = owner.get((bisect_right(ys, letter.middle) - 1, column))
        (held.setdefault(cell, []) if cell else rest).append(letter)
    return [_table(cells, held) for cells in tables], rest


def _tables(edges: list[Any]) -> list[list[_Corners]]:
    """The cells of each table."""
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if not 0 < upright * (len(edges) - upright) <= _PAIRS:
        return []
    edges = [*edges, *_closing(edges)]
    crossings = edges_to_intersections(edges, SNAP, SNAP)
    if len(crossings) > _CROSSINGS:
        return []
    tables = cells_to_tables(intersections_to_cells(crossings))
    apart = [part for boxes in tables for part in _apart(boxes)]
    # Cells that all begin at one place are a frame around text.
    return [boxes for boxes in apart if len({left for left, *_ in boxes}) > 1]


def _closing(edges: list[Any]) -> Iterator[Any]:
    """The lines that a row lacks where the page's end has cut it: its columns' lines just end."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    # A thin upright box has level edges too.
    level = [e for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 2 * SNAP]
    for end in ("top", "bottom"):
        for y, ending in groupby(sorted(upright, key=itemgetter(end)), key=lambda e: round(e[end])):
            xs = [edge["x0"] for edge in ending]
            closed = (
                abs(edge["top"] - y) <= 2 * SNAP and edge["x0"] < max(xs) and min(xs) < edge["x1"]
                for edge in level
            )
            if len(xs) > 2 and not any(closed):
                yield {"orientation": "h", "top": y, "bottom": y, "x0": min(xs), "x1": max(xs)}


def _apart(boxes: list[_Corners]) -> Iterator[list[_Corners]]:
    """Tables that touch (signatures under a plan) are told by their columns: no line goes on."""
    part: list[_Corners] = []
    inner: set[float] = set()  # the lines between columns in the last row that has any
    for _, row in groupby(sorted(boxes, key=itemgetter(1)), key=itemgetter(1)):
        begun = list(row)
        top = begun[0][1]
        reaching = [box for box in part if box[3] > top]
        lines = {box[0] for box in begun} - {min(box[0] for box in begun + reaching)}
        if lines and inner and not reaching and not lines & inner:
            yield part
            part = []
        part += begun
        inner = lines or inner
    yield part


def _marks(boxes: list[_Corners]) -> tuple[list[float], list[float]]:
    """Where columns and rows begin or end."""
    return (
        sorted({x for left, _, right, _ in boxes for x in (left, right)}),
        sorted({y for _, top, _, bottom in boxes for y in (top, bottom)}),
    )


def _table(cells: list[_Corners], held: dict[_Corners, list[Letter]]) -> PageTable:
    # Lines of another table on the page are none of this one's.
    xs, ys = _marks(cells)
    columns = list(pairwise(xs))
    boxes: list[Box] = []
    for cell in cells:
        left, top, right, bottom = map(list.index, (xs, ys, xs, ys), cell)
        box = Box(top, bottom - 1, left, right - 1, _upright_lines(held.get(cell, [])))
        boxes += _parted(box, columns)
    boxes, height = told_apart(boxes, len(ys) - 1, columns, ruled=True)
    return page_table(ys[0], height, columns, boxes, ruled=True)


def _upright_lines(letters: list[Letter]) -> list[Line]:
    """A cell's lines, wherever its text is turned to."""
    return lines_of(turned(letters, letters[0].turn if letters else 0))


def _parted(box: Box, columns: list[Span]) -> list[Box]:
    """A cell as several, if its texts stand in columns of which it lacks the rules."""
    if box.column == box.last_column or max(map(len, box.lines), default=0) < 2:
        return [box]
    reached = range(box.column, box.last_column + 1)
    parts: dict[Reach, list[Line]] = {}
    inner = [columns[column] for column in reached]
    for line in centred([placed(line, inner) for line in box.lines]):
        for (first, last), pieces in line:
            parts.setdefault((first + box.column, last + box.column), []).append(pieces)
    apart = all(a == b or a[1] < b[0] or b[1] < a[0] for a in parts for b in parts)
    if not parts or not (apart or box.row == box.last_row):
        return [box]
    return [Box(box.row, box.last_row, *reach, lines) for reach, lines in parts.items()]
