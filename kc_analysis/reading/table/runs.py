"""Runs of neighbouring lines whose numbers add up to another line's."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kc_analysis.reading.table.evidence import DIGITS, Floats

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

REACH = 8
#: How parts lie from their total on: lines passed over (below 0: lines before the total, too),
#: lines taken, lines passed over, and then a run of any length.
NEXT = np.array([(0, 0, 0)])
ABOUT = np.array(
    [(0, 0, 0)]
    + [(gap, 0, 0) for gap in range(1, 2 * REACH)]
    + [(0, a, h) for a in range(1, REACH) for h in range(1, REACH) if a + h <= REACH + 2]
    + [(gap, 1, h) for gap in range(1, 6) for h in range(1, REACH) if gap + h <= REACH + 1]
    + [(-gap, 1, h) for gap in range(2, REACH) for h in range(gap - 1, REACH)]
)
#: No more runs than these are weighed at once, those with the largest numbers first.
MOST = 2000

SIDES = np.minimum, np.maximum


class Runs(NamedTuple):
    """Candidates: a total and two ranges of lines, all as positions in a view, arrays of one size.

    The first range may be empty.
    """

    total: Ints
    start: Ints
    end: Ints
    start2: Ints
    end2: Ints

    def over(self, cumulative: Floats) -> Floats:
        """What each column adds up to over the lines of each run."""
        return np.asarray(
            cumulative[self.end]
            - cumulative[self.start]
            + cumulative[self.end2]
            - cumulative[self.start2]
        )


class View:
    """Some lines of a table in some order, in blocks that no run reaches beyond.

    Parameters
    ----------
    value, unit : array of shape (lines, columns)
    there, free : array of bool of the same shape
        Whether a number stands there; whether it may be a part.
    order, block : array
        The lines; to which block each belongs, ascending.
    """

    def __init__(
        self, value: Floats, unit: Floats, there: Flags, free: Flags, order: Ints, block: Ints
    ) -> None:
        self.order = order
        self.value, self.unit, self.there = value[order], unit[order], there[order]
        self.part = free[order] & self.there
        self.first = np.searchsorted(block, block)
        self.last = np.searchsorted(block, block, side="right")
        self.finest = np.where(self.there, self.unit, np.inf).min(0, initial=1.0)
        self.sums = np.round(self.cumulative(np.where(self.part, self.value, 0)), DIGITS)

    def cumulative(self, grid: Floats | Flags) -> Floats:
        """Sums down each column of the numbers before each line, and of them all."""
        return np.vstack([np.zeros((1, grid.shape[1])), grid.cumsum(0)])

    def runs(self, shapes: Ints, enough: float, probes: int) -> Runs:
        """Every run of the given shapes that adds up to its total in some column.

        Parameters
        ----------
        shapes : array of shape (n, 3)
        enough : float
            Bits: how surprising its totals must be together.
        probes : int
            In how many columns to look.
        """
        size = len(self.order) + 2
        found, bits = [np.empty((5, 0), int)], [np.empty(0)]
        columns = np.flatnonzero(self.there.any(0))
        spread = np.linspace(0, len(columns) - 1, min(len(columns), probes)).astype(int)
        for c in columns[spread].tolist():
            for sign in (1, -1):
                runs = self._column(c, sign, shapes)
                found.append(runs)
                total = runs[0]
                bits.append(np.log2(1 + np.abs(self.value[total, c]) / self.unit[total, c]))
        runs = np.concatenate(found, 1)
        code = runs[0]
        for row in runs[1:]:
            code = code * size + row
        _, one, which = np.unique(code, return_index=True, return_inverse=True)
        surprise = np.bincount(which, np.concatenate(bits), minlength=len(one))
        best = np.argsort(-surprise, kind="stable")[:MOST]
        return Runs(*runs[:, one[best[surprise[best] > enough]]])

    def _column(self, c: int, sign: int, shapes: Ints) -> Ints:
        """The runs after (1) or before (-1) their totals that one column bears out."""
        size = len(self.order) + 2
        sums = self.sums[:, c]
        totals = np.flatnonzero(self.there[:, c] & (self.value[:, c] != 0))
        levels, level = np.unique(sums, return_inverse=True)
        # Where a level of the cumulative sums is reached next: a search in pairs (level, line).
        reached = np.sort(level * size + np.arange(len(sums)))
        gap, taken, hole = shapes.T
        start = (totals + (sign > 0))[:, None] + sign * gap
        base = start + sign * (taken + hole)
        low, high = self.first[totals][:, None], self.last[totals][:, None]
        row, shape = np.nonzero(
            (np.minimum(start, base) >= low) & (np.maximum(start, base) <= high)
        )
        total, start, base = totals[row], start[row, shape], base[row, shape]
        end = start + sign * taken[shape]
        target = sums[base] + sign * self.value[total, c] - sums[end] + sums[start]
        slack = 0.5 * self.unit[total, c] + 2.5 * self.finest[c]
        near = np.searchsorted(levels, target)
        runs = []
        for step in (-1, 0):
            at = np.minimum(np.maximum(near + step, 0), len(levels) - 1)
            close = np.flatnonzero(np.abs(levels[at] - target) <= slack)
            at, begin = at[close], base[close]
            key = at * size + begin
            hit = np.searchsorted(reached, key, side="right" if sign > 0 else "left") - (sign < 0)
            there = reached[np.minimum(np.maximum(hit, 0), len(reached) - 1)]
            stop = there % size
            ok = (there // size == at) & (sign * (stop - begin) > 0)
            ok &= (stop >= self.first[total[close]]) & (stop <= self.last[total[close]])
            close, begin, stop = close[ok], begin[ok], stop[ok]
            ends = (start[close], end[close]), (begin, stop)
            runs.append(np.stack([total[close], *(side(*pair) for pair in ends for side in SIDES)]))
        return np.concatenate(runs, 1)
