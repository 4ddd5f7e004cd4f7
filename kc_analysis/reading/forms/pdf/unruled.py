"""Tables without rules: words that stand in columns; what cannot be told for certain is text."""

from collections.abc import Iterator
from itertools import pairwise

from kc_analysis.reading.forms.pdf.pieces import Line, PageItem, PageTable, Piece, Span

# In parts of the letter size: a gap that parts a table's lines from what follows, and one that
# parts a cell's lines from the next row's.
_BREAK = 2.5
_WRAP = 0.5
_MARKS = str.maketrans("", "", " .,")


def blocks(lines: list[Line], open_columns: list[Span]) -> Iterator[PageItem]:
    """Lines in which words stand in columns are tables; or are read a column at a time.

    ``open_columns`` are those of a table that the first lines may continue.
    """
    start = 0
    while start < len(lines):
        # A page number may stand above a table that continues.
        columns = open_columns if start < 2 else []
        end = _extent(lines, start, columns)
        block = lines[start:end]
        table = _table(block, columns)
        if table:
            yield table
        else:
            yield from _prose(block)
        start = end


def runs_on(above: list[str], below: list[str]) -> bool:
    """Whether a row is but the rest of the one above: words that go on under words, no first cell.

    A capital letter or a dash begins a title of its own ("Trong đó:").
    """
    return not below[0] and all(
        not text or (bool(over) and (text[0].islower() or text[0] in "(,;"))
        for over, text in zip(above, below, strict=True)
    )


def _step(above: Line, line: Line) -> float:
    """The gap between two lines, in parts of the letter size."""
    return (line[0].top - above[0].bottom) / line[0].size


def _extent(lines: list[Line], start: int, columns: list[Span]) -> int:
    """Where a block of lines in columns ends; a line that runs on is a block of its own."""
    widest = lines[start]
    end = start + 1
    if len(widest) < 2 and not (columns and _is_rest_of_row(lines[start : end + 1], columns)):
        return end
    while end < len(lines):
        line = lines[end]
        if _step(lines[end - 1], line) > _BREAK:
            break
        if len(line) == 1 and sum(map(line[0].overlaps, widest)) > 1:
            break
        widest = max(widest, line, key=len)
        end += 1
    # A line beneath the last row is of that row only if it stands close.
    while (
        end - start > 1
        and len(lines[end - 1]) == 1
        and _step(lines[end - 2], lines[end - 1]) > _WRAP
    ):
        end -= 1
    return end


def _is_rest_of_row(lines: list[Line], columns: list[Span]) -> bool:
    """Whether the first line on a page is words of the last row before it, above the next row."""
    return (
        len(lines) == 2
        and bool(_fit(lines[0], columns))
        and not lines[0][0].text[:1].isdigit()
        and _step(*lines) < 1
    )


_Reach = tuple[int, int]  # the columns over which a piece reaches, first and last


def _fit(line: Line, columns: list[Span]) -> list[_Reach]:
    """The columns over which each piece reaches; none if two pieces share one."""
    places: list[_Reach] = []
    free = 0
    for piece in line:
        over = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
        if not over or over[0] < free:
            return []
        free = over[-1] + 1
        places.append((over[0], over[-1]))
    return places


def _table(block: list[Line], open_columns: list[Span]) -> PageTable | None:
    """The table that a block of lines is, if that can be told for certain."""
    columns = open_columns
    places = [_fit(line, columns) for line in block]
    goes_on = max(map(len, block)) > 1 and all(
        line and all(first == last for first, last in line) for line in places
    )
    if not goes_on:
        columns = _columns(block)
        places = [_fit(line, columns) for line in block]
        if len(block) < 3 or len(columns) < 3 or not all(places):
            return None
    rows = _rows([_Row(len(columns), *placed) for placed in zip(block, places, strict=True)])
    cells = [row.cells(i) for i, row in enumerate(rows)]
    return PageTable(block[0][0].top, cells, columns, ruled=False) if rows else None


def _columns(block: list[Line]) -> list[Span]:
    """Where the columns stand: between them no line has a letter, headings over several aside."""
    widest = max(block, key=len)
    spans = sorted(
        (piece.x0, piece.x1)
        for line in block
        for piece in line
        if sum(map(piece.overlaps, widest)) < 2
    )
    columns: list[Span] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns


class _Row:
    """A row being put together from its lines."""

    def __init__(self, width: int, line: Line, places: list[_Reach]) -> None:
        self.top, self.bottom, self.size = line[0].top, line[0].bottom, line[0].size
        self.texts = [""] * width
        self.firsts = list(range(width))  # where the cell at each place begins
        for piece, (first, last) in zip(line, places, strict=True):
            for column in range(first, last + 1):
                self.texts[column] = piece.text
                self.firsts[column] = first

    def add(self, below: "_Row") -> None:
        self.bottom = max(self.bottom, below.bottom)
        self.texts = [f"{a} {b}".strip() for a, b in zip(self.texts, below.texts, strict=True)]
        self.firsts = [min(pair) for pair in zip(self.firsts, below.firsts, strict=True)]

    def clashes(self, other: "_Row") -> bool:
        """Whether the other must be a row of its own: it has a number, or a first cell, too."""
        both = list(zip(self.texts, other.texts, strict=True))
        return all(both[0]) or any(a[:1].isdigit() and b[:1].isdigit() for a, b in both)

    def cells(self, row: int) -> list[tuple[str, int, int]]:
        return [(text, row, first) for text, first in zip(self.texts, self.firsts, strict=True)]


def _rows(lines: list[_Row]) -> list[_Row]:
    """The rows that lines, each a row for now, make up; none where there is no telling."""
    rows: list[_Row] = []
    centred = unsure = False
    for group in _close(lines):
        start = len(rows)
        for line in group:
            # The lines of cells that are centred in a row's height pass each other by.
            passes = len(rows) > start and rows[-1].bottom - line.top > 0.1 * line.size
            centred |= passes and len(rows) > 1
            if len(rows) == start:
                rows.append(line)
            elif not rows[-1].clashes(line):
                rows[-1].add(line)
            elif passes:
                return []
            else:
                unsure = True
                rows.append(line)
        if start and len(rows) == start + 1 and runs_on(rows[-2].texts, rows[-1].texts):
            rest = rows.pop()
            rows[-1].add(rest)
            unsure = True
    # A line between two rows could be of either.
    return [] if centred and unsure else rows


def _close(lines: list[_Row]) -> Iterator[list[_Row]]:
    """Lines that stand as close as the lines of one cell do."""
    group = lines[:1]
    for above, line in pairwise(lines):
        if line.top - above.bottom > _WRAP * line.size:
            yield group
            group = []
        group.append(line)
    yield group


def _prose(block: list[Line]) -> Iterator[Piece]:
    """Lines of text; where they stand in two columns (a letterhead), a column after the other."""
    columns = _columns(block) if len(block) > 1 else []
    places = [_fit(line, columns) for line in block]
    if len(columns) == 2 and all(places):
        for column in range(2):
            for line, at in zip(block, places, strict=True):
                yield from (p for p, (first, _) in zip(line, at, strict=True) if first == column)
    else:
        for line in block:
            text = " ".join(piece.text for piece in line)
            figures = sum(piece.text.translate(_MARKS).isdecimal() for piece in line)
            yield line[0]._replace(x1=line[-1].x1, text=text, has_figures=figures > 1)
