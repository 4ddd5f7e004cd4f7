"""Tables between ruling lines."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from kc_analysis.reading.grid import BREAK, folded
from kc_analysis.reading.forms.pdf.pieces import PageTable, lines_of, middle

#: How far ruling lines miss each other in real documents, in points.
SNAP = 3.0
#: The most crossings of lines, looked for and found; a map or a chart has more and is no table.
_PAIRS = 100_000
_CROSSINGS = 5_000

# What is no syllable or number by itself was one with what stands beside it, until a narrow cell
# broke it.
_NO_SYLLABLE = re.compile(r"(?!đ$|kg$|km$)[BCDĐGHKLMNPQRSTVX]?[bcdđghklmnpqrstvx]+")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_WHOLE = re.compile(rf"\d+|{_GROUPED.pattern}")

_Box = tuple[float, float, float, float]  # a cell's left, top, right and bottom


def ruled_tables(page: Any) -> tuple[list[PageTable], list[Any]]:
    """A page's ruled tables, from the top down, and the letters outside them."""
    tables = _tables(page.edges)
    if not tables:
        return [], page.chars
    xs, ys = _marks([box for boxes in tables for box in boxes])
    owner = {
        (row, column): box
        for boxes in tables
        for box in boxes
        for row in range(ys.index(box[1]), ys.index(box[3]))
        for column in range(xs.index(box[0]), xs.index(box[2]))
    }
    held: dict[_Box, list[Any]] = {}
    rest: list[Any] = []
    for char in page.chars:
        # Letters go to the cell in which their middle lies.
        column = bisect_right(xs, (char["x0"] + char["x1"]) / 2) - 1
        box = owner.get((bisect_right(ys, middle(char)) - 1, column))
        (held.setdefault(box, []) if box else rest).append(char)
    return [_table(boxes, held) for boxes in tables], rest


def _tables(edges: list[Any]) -> list[list[_Box]]:
    """The cells of each table."""
    edges = [edge for edge in edges if edge["orientation"]]  # a slanted line rules nothing
    edges = merge_edges(edges, SNAP, SNAP, SNAP, SNAP) if edges else []
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


def _apart(boxes: list[_Box]) -> Iterator[list[_Box]]:
    """Tables that touch (signatures under a plan) are told by their columns: no line goes on."""
    part: list[_Box] = []
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


def _marks(boxes: list[_Box]) -> tuple[list[float], list[float]]:
    """Where columns and rows begin or end."""
    return (
        sorted({x for left, _, right, _ in boxes for x in (left, right)}),
        sorted({y for _, top, _, bottom in boxes for y in (top, bottom)}),
    )


def _table(boxes: list[_Box], held: dict[_Box, list[Any]]) -> PageTable:
    # Lines of another table on the page are none of this one's.
    xs, ys = _marks(boxes)
    rows = [[("", row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    for box in boxes:
        text = _unbroken(piece.text for line in lines_of(held.get(box, [])) for piece in line)
        left, top, right, bottom = map(list.index, (xs, ys, xs, ys), box)
        for row in range(top, bottom):
            rows[row][left:right] = [(text, top, left)] * (right - left)
    return PageTable(ys[0], rows, list(pairwise(xs)), ruled=True)


def _unbroken(lines: Iterable[str]) -> str:
    """The lines of a cell as one, where a word or number that was cut at a line's end is whole.

    Two whole numbers in one cell stay two.
    """
    text = ""
    for line in lines:
        before, after = text.replace(BREAK, " ").rpartition(" ")[2], line.partition(" ")[0]
        number = _GROUPED.fullmatch(before + after)
        whole = _WHOLE.fullmatch(before) and _WHOLE.fullmatch(after)
        end = before[-1:].isalpha() and _NO_SYLLABLE.fullmatch(after)
        begin = after[:1].islower() and _NO_SYLLABLE.fullmatch(before)
        cut = (number and not whole) or begin or end
        text += line if cut or not text else BREAK + line
    return folded(text)
