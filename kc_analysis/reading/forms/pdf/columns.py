"""Columns told by the places in which texts stand, where no rule parts them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.pieces import Line, Piece

Reach = tuple[int, int]  # the columns over which a cell reaches, first and last
Placed = list[tuple[Reach, Line]]  # what stands on one line of a table

# In parts of the letter size: how unlike the edges of texts that are set flush may be.
_FLUSH = 0.5


class _Column:
    """A column being put together: its texts, and on which rows they stand."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.rows: set[int] = set()
        self.x0, self.x1 = float("inf"), float("-inf")

    def add(self, pieces: Iterable[Piece], rows: Iterable[int]) -> None:
        for piece in pieces:
            self.pieces.append(piece)
            self.x0, self.x1 = min(self.x0, piece.x0), max(self.x1, piece.x1)
        self.rows.update(rows)

    def heads(self, figures: "_Column") -> bool:
        """Whether this is but the headings, flush left, of figures that are set flush right."""
        if max(self.rows) >= min(figures.rows):
            return False
        tolerance = _FLUSH * self.pieces[0].size
        return max(p.x0 for p in self.pieces) - self.x0 <= tolerance and (
            figures.x1 - min(p.x1 for p in figures.pieces) <= tolerance
        )


def columns_of(lines: list[Line]) -> list[Span]:
    """Where the columns stand: between them no line has a letter, headings over several aside.

    Lines with many pieces tell the columns; a piece that stands over several is a heading.
    """
    rows: list[int] = []
    for above, line in zip([[], *lines], lines, strict=False):
        beside = above and line[0].top < above[0].bottom
        rows.append(rows[-1] + (not beside) if rows else 0)
    columns: list[_Column] = []
    for row, line in sorted(zip(rows, lines, strict=True), key=lambda numbered: -len(numbered[1])):
        for piece in line:
            first, end = _over(piece, columns)
            if end - first < 2:
                if first == end:
                    columns.insert(first, _Column())
                columns[first].add([piece], [row])
    whole: list[_Column] = []
    for column in columns:
        if whole and whole[-1].heads(column):
            whole[-1].add(column.pieces, column.rows)
        else:
            whole.append(column)
    return [(column.x0, column.x1) for column in whole]


def _over(piece: Piece, columns: list[_Column]) -> tuple[int, int]:
    """The columns that a piece overlaps: the first, and the one after the last."""
    return (
        bisect_right(columns, piece.x0, key=lambda column: column.x1),
        bisect_left(columns, piece.x1, key=lambda column: column.x0),
    )


def placed(line: Line, columns: list[Span]) -> Placed:
    """A line's pieces and the columns over which they reach; nothing if one reaches over none."""
    places: Placed = []
    for piece in line:
        first = bisect_right(columns, piece.x0, key=lambda span: span[1])
        last = bisect_left(columns, piece.x1, key=lambda span: span[0]) - 1
        if first > last or (
            places and first <= places[-1][0][1] and (first, last) != places[-1][0]
        ):
            return []
        if places and (first, last) == places[-1][0]:
            places[-1][1].append(piece)
        else:
            places.append(((first, last), [piece]))
    return places
