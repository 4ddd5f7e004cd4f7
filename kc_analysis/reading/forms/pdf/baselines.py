"""Rows told by the lines on which their cells begin, where no rule parts them."""

from collections.abc import Iterator
from itertools import pairwise

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.columns import Placed, Reach
from kc_analysis.reading.forms.pdf.pieces import Line, text_of
from kc_analysis.reading.forms.pdf.wrapped import fits, goes_on, is_figure, one_number

#: In parts of the letter size: a gap that parts a cell's lines from the next row's, and how far the
#: lines of cells that are centred in a row's height pass each other by.
WRAP = 0.5
PASS = 0.1


class Row:
    """A row being put together from its lines."""

    def __init__(self, line: Placed) -> None:
        self.cells: dict[Reach, list[Line]] = {}
        self.bottom = float("-inf")
        self.add(line)

    def add(self, line: Placed) -> None:
        """Put a line into the row."""
        for reach, pieces in line:
            self.cells.setdefault(reach, []).append(pieces)
            self.bottom = max(self.bottom, pieces[0].bottom)

    @property
    def is_labelled(self) -> bool:
        """Whether anything says what the row's figures are of: a number, or words."""
        return self.is_numbered or any(
            not is_figure(text_of(line)) for lines in self.cells.values() for line in lines
        )

    @property
    def is_numbered(self) -> bool:
        """Whether there is a first cell."""
        return any(not column for column, _ in self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether the row has a number, or words and figures."""
        figures = any(is_figure(text_of(lines[0])) for lines in self.cells.values())
        return self.is_numbered or (self.is_labelled and figures)

    def texts(self, width: int) -> list[str]:
        """Each column's text."""
        texts = [""] * width
        for (column, _), lines in self.cells.items():
            texts[column] = " ".join(map(text_of, lines))
        return texts

    def stands_over(self, other: "Row") -> int:
        """In how many cells both have a figure, each its own."""
        return sum(
            _are_two(lines[-1], other.cells[reach][0])
            for reach, lines in self.cells.items()
            if reach in other.cells
        )

    def is_another(self, line: Placed, columns: list[Span], *, passes: bool) -> bool:
        """Whether a line must be a row of its own: it has a number, or a name and figures, too."""
        below = Row(line)
        is_apart = not (passes or self.cells.keys() & below.cells.keys())
        if below.is_numbered and (self.is_numbered or is_apart):
            return True
        figures = self.stands_over(below)
        if self.parts_otherwise(line) or (below.is_numbered and figures and self.is_labelled):
            return True
        if not (figures and self.is_labelled and below.is_labelled):
            return False
        reach, name = next(cell for cell in line if not is_figure(text_of(cell[1])))
        if reach not in self.cells:
            return True
        left, right = columns[reach[0]][0], columns[reach[1]][1]
        has_room = fits(self.cells[reach][-1], name, left, right)
        return has_room or (figures > 1 and not goes_on(text_of(name)))

    def parts_otherwise(self, line: Placed) -> bool:
        """Whether a heading in the one stands over several cells of the other."""
        return any(
            one != other and one[0] <= other[1] and other[0] <= one[1]
            for one, _ in line
            for other in self.cells
        )


def _are_two(above: Line, below: Line) -> bool:
    over, under = text_of(above), text_of(below)
    return bool(is_figure(over) and is_figure(under) and one_number(over, under) is None)


def runs_on(above: list[str], below: list[str]) -> bool:
    """Whether a row is but the rest of the one above: no first cell, and what stands goes on."""
    return not below[0] and all(
        not text or (bool(over) and (goes_on(text) or one_number(over, text) is not None))
        for over, text in zip(above, below, strict=True)
    )


def rows_of(lines: list[Placed], columns: list[Span]) -> list[Row]:
    """The rows that lines make up; none where there is no telling."""
    width = len(columns)
    rows: list[Row] = []
    centred = unsure = False
    for group in _close(lines):
        start = len(rows)
        for above, line in zip([[], *group], group, strict=False):
            if not above:
                rows.append(Row(line))
                continue
            hangs = not Row(above).is_whole and any(goes_on(text_of(pieces)) for _, pieces in line)
            passes = rows[-1].bottom - _top(line) > PASS * line[0][1][0].size
            centred |= passes and len(rows) > 1
            if not rows[-1].is_another(line, columns, passes=passes):
                rows[-1].add(line)
            elif (passes or hangs) and not rows[-1].parts_otherwise(line):
                return []
            else:
                unsure |= not rows[-1].parts_otherwise(line)
                rows.append(Row(line))
        if start and len(rows) == start + 1 and runs_on(*(r.texts(width) for r in rows[-2:])):
            rest = rows.pop()
            for reach, more in rest.cells.items():
                rows[-1].cells.setdefault(reach, []).extend(more)
            rows[-1].bottom = rest.bottom
            unsure = True
    # A line between two rows could be of either.
    return [] if centred and unsure else rows


def _close(lines: list[Placed]) -> Iterator[list[Placed]]:
    """Lines that stand as close as the lines of one cell do."""
    group = lines[:1]
    for above, line in pairwise(lines):
        if _top(line) - max(pieces[0].bottom for _, pieces in above) > WRAP * line[0][1][0].size:
            yield group
            group = []
        group.append(line)
    yield group


def _top(line: Placed) -> float:
    return min(pieces[0].top for _, pieces in line)
