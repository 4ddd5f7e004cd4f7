"""Columns told by the places in which texts stand, where no rule parts them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate, pairwise

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.pieces import Line, Piece, text_of
from kc_analysis.reading.forms.pdf.wrapped import goes_on, is_figure

Reach = tuple[int, int]  # the columns over which a cell reaches, first and last
Placed = list[tuple[Reach, Line]]  # what stands on one line of a table

#: How many lines headings over headings have, at most.
DEEPEST = 6
# How far texts that are set flush, or centred, may miss each other, in parts of the letter size.
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
        # The edges farther from the heading.
        edges = [piece.x1 if head is self else piece.x0 for _, piece in body.pieces]
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
    """A line's pieces and the columns over which they reach; nothing if two share but a part."""
    places: Placed = []
    for piece in line:
        first = bisect_right(columns, piece.x0, key=lambda span: span[1])
        last = bisect_left(columns, piece.x1, key=lambda span: span[0]) - 1
        if 0 <= last < first < len(columns):  # a heading over the columns on both sides
            first, last = last, first
        before, pieces = places[-1] if places else ((-1, -1), [])
        if before == (first, last):
            pieces.append(piece)
        elif before[1] < first <= last:
            places.append(((first, last), [piece]))
        else:
            return []
    return places


def centred(lines: list[Placed]) -> list[Placed]:
    """The lines, each heading reaching over the columns of those below on which it is centred."""
    taken = [{c for (first, last), _ in line for c in range(first, last + 1)} for line in lines]
    result: list[Placed] = []
    for i, line in enumerate(lines):
        if any(reach[0] and is_figure(text_of(pieces)) for reach, pieces in line):
            return result + lines[i:]
        wide: Placed = []
        for reach, pieces in line:
            below = (j for j in range(i + 1, min(i + DEEPEST, len(lines))) if reach[0] in taken[j])
            if (end := next(below, 0)) and not goes_on(text_of(pieces)):
                # No heading reaches over the numbers of rows.
                beside = {0}.union(*taken[i:end]) - set(range(reach[0], reach[1] + 1))
                free = [text for text in lines[end] if text[0][0] not in beside]
                reach = _centred_on(free, reach, pieces)
            wide.append((reach, pieces))
        result.append(wide)
    return result


def _centred_on(texts: Placed, reach: Reach, heading: Line) -> Reach:
    """The columns of the most texts side by side on which a heading is centred; or its own."""
    own = next(i for i, ((_, last), _) in enumerate(texts) if last >= reach[0])
    if goes_on(text_of(texts[own][1])):
        return reach
    first = last = own
    while first and texts[first - 1][0][1] + 1 == texts[first][0][0]:
        first -= 1
    while last + 1 < len(texts) and texts[last][0][1] + 1 == texts[last + 1][0][0]:
        last += 1
    while first <= own <= last:
        off = texts[first][1][0].x0 + texts[last][1][-1].x1 - heading[0].x0 - heading[-1].x1
        if abs(off) <= _FLUSH * heading[0].size:
            return min(texts[first][0][0], reach[0]), max(texts[last][0][1], reach[1])
        first, last = (first, last - 1) if off > 0 else (first + 1, last)
    return reach
