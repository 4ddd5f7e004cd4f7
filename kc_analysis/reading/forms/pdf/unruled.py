"""Tables without rules: words that stand in columns; what cannot be told for certain is text."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, pairwise

from kc_analysis.reading.forms.limits import COLUMNS
from kc_analysis.reading.forms.pdf.bands import told_apart
from kc_analysis.reading.forms.pdf.boxes import Box, PageTable, Span, page_table
from kc_analysis.reading.forms.pdf.columns import Reach, columns_of, placed
from kc_analysis.reading.forms.pdf.headings import DEEPEST, over_columns, over_rules
from kc_analysis.reading.forms.pdf.pieces import Line, Piece, text_of
from kc_analysis.reading.forms.pdf.sheet import SNAP, Level

# In parts of the letter size: a gap that parts a table's lines from what follows, and one that
# parts a cell's lines from the next row's.
_BREAK = 2.5
_WRAP = 0.5
# How much wider than any before it is a gap that sets off a title.
_SET_OFF = 1.3
_MARKS = str.maketrans("", "", " .,")


def blocks(
    lines: list[Line], levels: list[Level], open_columns: list[Span]
) -> Iterator[Piece | PageTable]:
    """Lines in which words stand in columns are tables; or are read a column at a time.

    ``levels`` are rules that part lines; ``open_columns`` are the columns of a table that the
    first lines may continue.
    """
    start = 0
    while start < len(lines):
        # A page number may stand above a table that continues.
        columns = open_columns if start < 2 else []
        end = _extent(lines, start, levels, columns)
        block = lines[start:end]
        table = _table(block, levels, columns)
        if table:
            yield table
        else:
            yield from _prose(block)
        start = end


def _step(above: Line, line: Line) -> float:
    """The gap between two lines, in parts of the letter size."""
    return (line[0].top - above[0].bottom) / line[0].size


def _extent(lines: list[Line], start: int, levels: list[Level], columns: list[Span]) -> int:
    """Where a block of lines in columns ends; a line that runs on is a block of its own."""
    end = _head(lines, start, levels)
    widest = max(lines[start:end], key=len)
    if len(widest) < 2 and not (columns and _is_rest_of_row(lines[start : start + 2], columns)):
        return start + 1
    usual = 0.0
    while end < len(lines):
        line = lines[end]
        step = _step(lines[end - 1], line)
        if step > _BREAK or (
            len(line) == 1 and _is_title(line[0], widest, step > _SET_OFF * usual)
        ):
            break
        widest = max(widest, line, key=len)
        usual = max(usual, step)
        end += 1
    # A line beneath the last row is of that row only if it stands close.
    while (
        end - start > 1
        and len(lines[end - 1]) == 1
        and _step(lines[end - 2], lines[end - 1]) > _WRAP
    ):
        end -= 1
    return end


def _head(lines: list[Line], start: int, levels: list[Level]) -> int:
    """Where the first row ends, if a line by itself begins it: by rules, or by words cut."""
    end = start + 1
    if start and len(lines[start]) < 2 and _rules(lines[start - 1], lines[start], levels):
        for above, line in pairwise(lines[start : start + DEEPEST]):
            if _rules(above, line, levels):
                return end
            end += 1
    if len(lines[start]) == 1 and lines[start + 1 :] and _step(*lines[start : start + 2]) < _WRAP:
        first = lines[start][0]
        below = [p for p in lines[start + 1] if p.x0 < first.x1 and first.x0 < p.x1]
        if first.bottom - lines[start + 1][0].top > 0.1 * first.size or (
            len(below) == 1 and below[0].text[:1].islower()
        ):
            return start + 2
    return start + 1


def _is_title(piece: Piece, row: Line, is_set_off: bool) -> bool:
    """Whether a line by itself is no row's: it stands over several columns, and as none does."""
    over = sum(piece.x0 < other.x1 and other.x0 < piece.x1 for other in row)
    begins = any(abs(piece.x0 - other.x0) < 0.5 * piece.size for other in row)
    return over > 1 and (is_set_off or not begins)


def _is_rest_of_row(lines: list[Line], columns: list[Span]) -> bool:
    """Whether the first line on a page is words of the last row before it, above the next row."""
    return (
        len(lines) == 2
        and bool(placed(lines[0], columns))
        and not lines[0][0].text[:1].isdigit()
        and _step(*lines) < 1
    )


def _rules(above: Line, line: Line, levels: list[Level]) -> list[Level]:
    """The rules between two lines that reach over both."""
    x0, x1 = min(above[0].x0, line[0].x0), max(above[-1].x1, line[-1].x1)
    return [
        (y, left, right)
        for y, left, right in _between(above, line, levels)
        if left < x0 + SNAP and right > x1 - SNAP
    ]


def _between(above: Line, line: Line, levels: list[Level]) -> list[Level]:
    first = bisect_left(levels, (above[0].middle, 0, 0))
    return levels[first : bisect_left(levels, (line[0].middle, 0, 0))]


def _table(block: list[Line], levels: list[Level], open_columns: list[Span]) -> PageTable | None:
    """The table that a block of lines is, if that can be told for certain."""
    if max(map(len, block)) > COLUMNS:
        return None
    columns = open_columns
    lines = [placed(line, columns) for line in block]
    goes_on = max(map(len, block)) > 1 and all(
        line and all(first == last for (first, last), _ in line) for line in lines
    )
    if not goes_on:
        columns = columns_of(block)
        lines = [placed(line, columns) for line in block]
        if len(block) < 3 or len(columns) < 3 or not all(lines):
            return None
    gaps = [_between(above, line, levels) for above, line in pairwise(block)]
    told = [
        over_rules(line, rules, columns) for line, rules in zip(lines, [*gaps, []], strict=True)
    ]
    lines = over_columns(lines) if told == lines else told
    parts = (bool(_rules(above, line, levels)) for above, line in pairwise(block))
    boxes: dict[tuple[int, Reach], list[Line]] = {}
    band = 0
    for band, line in zip(accumulate(parts, initial=0), lines, strict=True):
        for reach, pieces in line:
            boxes.setdefault((band, reach), []).append(pieces)
    cells, height = told_apart(
        [Box(band, band, *reach, pieces) for (band, reach), pieces in boxes.items()],
        band + 1,
        columns,
        ruled=band > 0,
    )
    return page_table(block[0][0].top, height, columns, cells, ruled=False) if cells else None


def _prose(block: list[Line]) -> Iterator[Piece]:
    """Lines of text; where they stand in two columns (a letterhead), a column after the other."""
    columns = columns_of(block) if len(block) > 1 and max(map(len, block)) < 3 else []
    lines = [placed(line, columns) for line in block]
    if len(columns) == 2 and all(lines):
        for column in range(2):
            yield from (
                piece
                for line in lines
                for (first, _), ps in line
                if first == column
                for piece in ps
            )
    else:
        for line in block:
            figures = sum(piece.text.translate(_MARKS).isdecimal() for piece in line)
            text = text_of(line)
            yield line[0]._replace(x1=line[-1].x1, text=text, has_figures=figures > 1)
