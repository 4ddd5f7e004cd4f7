"""Tables without rules: words that stand in columns; what cannot be told for certain is text."""

from collections.abc import Iterator
from itertools import accumulate, pairwise

from kc_analysis.reading.forms.pdf.bands import told_apart
from kc_analysis.reading.forms.pdf.baselines import PASS, WRAP
from kc_analysis.reading.forms.pdf.boxes import Box, PageTable, Span, page_table
from kc_analysis.reading.forms.pdf.columns import DEEPEST, Reach, centred, columns_of, placed
from kc_analysis.reading.forms.pdf.levels import are_parted, between, underlined
from kc_analysis.reading.forms.pdf.pieces import Line, Piece, text_of
from kc_analysis.reading.forms.pdf.sheet import Level
from kc_analysis.reading.forms.pdf.wrapped import goes_on, is_figure

# In parts of the letter size: a gap that parts a table's lines from what follows.
_BREAK = 2.5
# How much wider than any before it is a gap that sets off a title.
_SET_OFF = 1.3
#: A page with more has letters strewn over it.
_MOST_COLUMNS = 100


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
    end = start + 1
    widest = lines[start]
    if len(widest) < 2 and not (
        (columns and _is_rest_of_row(lines[start : start + 2], columns))
        or _is_heading(lines[max(start - 1, 0) : start + DEEPEST], levels, first=not start)
    ):
        return end
    usual = 0.0
    while end < len(lines):
        line = lines[end]
        step = _step(lines[end - 1], line)
        if step > _BREAK or (len(line) == 1 and _is_title(line[0], widest, step, usual)):
            break
        widest = max(widest, line, key=len)
        usual = max(usual, step)
        end += 1
    # A line beneath the last row is of that row only if it stands close.
    while (
        end - start > 1
        and len(lines[end - 1]) == 1
        and _step(lines[end - 2], lines[end - 1]) > WRAP
    ):
        end -= 1
    return end


def _is_title(piece: Piece, row: Line, step: float, usual: float) -> bool:
    """Whether a line by itself is no row's: it stands over several columns, and as none does."""
    begins = any(abs(piece.x0 - other.x0) < 0.5 * piece.size for other in row)
    return sum(map(piece.overlaps, row)) > 1 and (step > _SET_OFF * usual or not begins)


def _is_heading(lines: list[Line], levels: list[Level], *, first: bool) -> bool:
    """Whether a line by itself begins a table: a rule stands over it, or a heading is cut."""
    above, line, *below = [[], *lines] if first else lines
    if above and are_parted(above, line, levels):
        parted = [are_parted(*pair, levels) for pair in pairwise([line, *below])]
        head = below[: parted.index(True)] if True in parted else []
        return any(len(row) > 1 for row in head)
    if not below or len(below[0]) < 2:
        return False
    over = [piece.text for piece in below[0] if piece.overlaps(line[0])]
    step = _step(line, below[0])
    return step < -PASS or (step < WRAP and len(over) == 1 and goes_on(over[0]))


def _is_rest_of_row(lines: list[Line], columns: list[Span]) -> bool:
    """Whether the first line on a page is words of the last row before it, above the next row."""
    return (
        len(lines) == 2
        and bool(placed(lines[0], columns))
        and not lines[0][0].text[:1].isdigit()
        and _step(*lines) < 1
    )


def _table(block: list[Line], levels: list[Level], open_columns: list[Span]) -> PageTable | None:
    """The table that a block of lines is, if that can be told for certain."""
    if max(map(len, block)) > _MOST_COLUMNS:
        return None
    columns = open_columns
    lines = [placed(line, columns) for line in block]
    is_rest = max(map(len, block)) > 1 and all(
        line and all(first == last for (first, last), _ in line) for line in lines
    )
    if not is_rest:
        columns = columns_of(block)
        lines = [placed(line, columns) for line in block]
        if len(block) < 3 or len(columns) < 3 or not all(lines):
            return None
    pairs = list(pairwise(block))
    rules = [*(between(*pair, levels) for pair in pairs), []]
    ruled = [underlined(line, under, columns) for line, under in zip(lines, rules, strict=True)]
    lines = centred(lines) if ruled == lines else ruled
    bands = list(accumulate((are_parted(*pair, levels) for pair in pairs), initial=0))
    boxes: dict[tuple[int, Reach], list[Line]] = {}
    for band, line in zip(bands, lines, strict=True):
        for reach, pieces in line:
            boxes.setdefault((band, reach), []).append(pieces)
    cells, height = told_apart(
        [Box(band, band, *reach, pieces) for (band, reach), pieces in boxes.items()],
        bands[-1] + 1,
        columns,
        ruled=bands[-1] > 0,
    )
    return page_table(block[0][0].top, height, columns, cells, ruled=False) if cells else None


def _prose(block: list[Line]) -> Iterator[Piece]:
    """Lines of text; where they stand in two columns (a letterhead), a column after the other."""
    columns = columns_of(block) if len(block) > 1 and max(map(len, block)) < 3 else []
    lines = [placed(line, columns) for line in block]
    if len(columns) == 2 and all(lines):
        cells = [cell for line in lines for cell in line]
        block = [pieces for column in range(2) for (first, _), pieces in cells if first == column]
    for line in block:
        figures = sum(map(is_figure, " ".join(p.text for p in line if is_figure(p.text)).split()))
        yield line[0]._replace(x1=line[-1].x1, text=text_of(line), has_figures=figures > 1)
