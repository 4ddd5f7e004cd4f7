"""Level ruling lines in a table that has no others: they part rows, and underline headings."""

from bisect import bisect_left, bisect_right

from kc_analysis.reading.forms.pdf.boxes import Span
from kc_analysis.reading.forms.pdf.columns import Placed
from kc_analysis.reading.forms.pdf.pieces import Line
from kc_analysis.reading.forms.pdf.sheet import SNAP, Level


def between(above: Line, line: Line, levels: list[Level]) -> list[Level]:
    """The rules between two lines of text."""
    first = bisect_left(levels, (above[0].middle, 0, 0))
    return levels[first : bisect_left(levels, (line[0].middle, 0, 0))]


def are_parted(above: Line, line: Line, levels: list[Level]) -> bool:
    """Whether a rule parts two lines along their whole length."""
    x0, x1 = min(above[0].x0, line[0].x0), max(above[-1].x1, line[-1].x1)
    return any(
        left < x0 + SNAP and right > x1 - SNAP for _, left, right in between(above, line, levels)
    )


def underlined(line: Placed, rules: list[Level], columns: list[Span]) -> Placed:
    """A line whose headings, each by itself on a rule, reach as far as the rule."""
    line = list(line)
    for _, left, right in rules:
        first = bisect_left(columns, (left - SNAP, 0))
        last = bisect_right(columns, right + SNAP, key=lambda span: span[1]) - 1
        over = [i for i, (reach, _) in enumerate(line) if first <= reach[0] and reach[1] <= last]
        if first and len(over) == 1:
            line[over[0]] = ((first, last), line[over[0]][1])
    return line
