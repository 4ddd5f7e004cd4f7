"""How far a heading reaches: over the columns that a rule beneath it spans, or it is centred on."""

from bisect import bisect_left, bisect_right

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.columns import Placed, Reach
from kc_analysis.reading.forms.pdf.pieces import Line, text_of
from kc_analysis.reading.forms.pdf.sheet import SNAP, Level
from kc_analysis.reading.forms.pdf.wrapped import goes_on, is_figure

DEEPEST = 6  # lines in a row of headings, at most


def over_rules(line: Placed, rules: list[Level], columns: list[Span]) -> Placed:
    """A line with each piece that stands alone on a rule reaching as far as the rule."""
    line = list(line)
    for _, left, right in rules:
        first = bisect_left(columns, (left - SNAP, 0))
        last = bisect_right(columns, right + SNAP, key=lambda span: span[1]) - 1
        over = [i for i, (reach, _) in enumerate(line) if first <= reach[0] and reach[1] <= last]
        if first and len(over) == 1:
            line[over[0]] = ((first, last), line[over[0]][1])
    return line


def over_columns(lines: list[Placed]) -> list[Placed]:
    """The lines, each heading reaching over those below on which it is centred."""
    result: list[Placed] = []
    for i, line in enumerate(lines):
        if any(reach[0] and is_figure(text_of(pieces)) for reach, pieces in line):
            return result + lines[i:]
        result.append(
            [(_centred(reach, pieces, lines[i : i + DEEPEST]), pieces) for reach, pieces in line]
        )
    return result


def _centred(reach: Reach, heading: Line, lines: list[Placed]) -> Reach:
    """The columns of the texts below on which a heading is centred, or but its own."""
    own = _columns(reach)
    taken: set[int] = set()
    for line in lines:
        columns = {column for other, _ in line for column in _columns(other)}
        if taken and own & columns:
            break
        taken |= columns
    else:
        return reach
    free = [(r, below) for r, below in line if own & _columns(r) or not taken & _columns(r)]
    beneath = [i for i, (other, _) in enumerate(free) if own & _columns(other)]
    if goes_on(text_of(free[beneath[0]][1])):
        return reach
    for a in range(beneath[0] + 1):
        for b in range(len(free) - 1, beneath[-1] - 1, -1):
            (first, left), (last, right) = free[a], free[b]
            is_whole = last[1] - first[0] == sum(1 + r[1] - r[0] for r, _ in free[a : b + 1]) - 1
            off = left[0].x0 + right[-1].x1 - heading[0].x0 - heading[-1].x1
            if is_whole and abs(off) <= heading[0].size:
                return min(first[0], reach[0]), max(last[1], reach[1])
    return reach


def _columns(reach: Reach) -> set[int]:
    return set(range(reach[0], reach[1] + 1))
