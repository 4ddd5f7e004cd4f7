"""Columns told by the places in which texts stand, where no rule parts them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate, pairwise

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.pieces import Line, Piece

Reach = tuple[int, int]  # the columns over which a cell reaches, first and last
Placed = list[tuple[Reach, Line]]  # what stands on one line of a table

# In parts of the letter size: how unlike the edges of texts that are set flush may be.
_FLUSH = 0.5


class _Column:
    """A column being put together: its texts, and on which rows they stand."""

    def __init__(self, x0: float) -> None:
        self.x0, self.x1 = x0, x0
        self.pieces: list[tuple[int, Piece]] = []

    def add(self, row: int, piece: Piece) -> None:
        self.pieces.append((row, piece))
        self.x1 = max(self.x1, piece.x1)

    def is_one_with(self, other: "_Column") -> bool:
        """Whether one is but the headings of the other, whose texts are set flush beyond them."""
        head, body = sorted((self, other), key=lambda column: column.pieces[-1][0])
        if max(row for row, _ in head.pieces) >= min(row for row, _ in body.pieces):
            return False
        side = 1 if head is self else 0  # the edge of a piece farther from the heading
        edges = [piece[side] for _, piece in body.pieces]
        return max(edges) - min(edges) <= _FLUSH * body.pieces[0][1].size

    def is_between(self, before: "_Column", after: "_Column") -> bool:
        """Whether this is but a heading, centred over the columns on both sides."""
        rows = {row for row, _ in self.pieces}
        beside = {row for column in (before, after) for row, _ in column.pieces}
        off = self.x0 + self.x1 - before.x0 - after.x1
        return not rows & beside and abs(off) <= 2 * _FLUSH * self.pieces[0][1].size


def columns_of(lines: list[Line]) -> list[Span]:
    """Where the columns stand: between them no line has a letter, headings over several aside."""
    is_heading = _headings(lines)
    rows: list[int] = []  # lines that pass each other by are of one row
    for above, line in zip([[], *lines], lines, strict=False):
        beside = above and line[0].top < above[0].bottom
        rows.append(rows[-1] + (not beside) if rows else 0)
    pieces = [
        (row, piece)
        for row, line in zip(rows, lines, strict=True)
        for piece in line
        if not is_heading(piece)
    ]
    columns: list[_Column] = []
    for row, piece in sorted(pieces, key=lambda at: at[1].x0):
        if not columns or piece.x0 >= columns[-1].x1:
            columns.append(_Column(piece.x0))
        columns[-1].add(row, piece)
    whole: list[_Column] = []
    for column in columns:
        if whole and whole[-1].is_one_with(column):
            for row, piece in column.pieces:
                whole[-1].add(row, piece)
        else:
            whole.append(column)
    return [
        (column.x0, column.x1)
        for before, column, after in zip([None, *whole], whole, [*whole[1:], None], strict=False)
        if not (before and after and column.is_between(before, after))
    ]


def _headings(lines: list[Line]) -> Callable[[Piece], bool]:
    """What tells whether a piece stands over two pieces of any line."""
    gaps = sorted((a.x1, b.x0) for line in lines for a, b in pairwise(line))
    ends = [end for end, _ in gaps]
    nearest = list(accumulate((begin for _, begin in reversed(gaps)), min))[::-1]

    def is_heading(piece: Piece) -> bool:
        gap = bisect_right(ends, piece.x0)
        return gap < len(gaps) and nearest[gap] < piece.x1

    return is_heading


def placed(line: Line, columns: list[Span]) -> Placed:
    """A line's pieces and the columns over which they reach; nothing if one reaches over none."""
    places: Placed = []
    for piece in line:
        first = bisect_right(columns, piece.x0, key=lambda span: span[1])
        last = bisect_left(columns, piece.x1, key=lambda span: span[0]) - 1
        if 0 <= last < first < len(columns):  # a heading over the columns on both sides
            first, last = last, first
        if first > last or (
            places and first <= places[-1][0][1] and (first, last) != places[-1][0]
        ):
            return []
        if places and (first, last) == places[-1][0]:
            places[-1][1].append(piece)
        else:
            places.append(((first, last), [piece]))
    return places
