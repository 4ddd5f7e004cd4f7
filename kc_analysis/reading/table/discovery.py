"""Which numbers of a table are totals of which others, told by the numbers alone."""

from collections.abc import Mapping

import numpy as np

from kc_analysis.reading.table.evidence import (
    DOUBT,
    MISS,
    NEAR,
    SLIP,
    Floats,
    first_of_its_kind,
    stretches,
    units,
    worth,
)
from kc_analysis.reading.table.runs import ABOUT, NEXT, Flags, Ints, Runs, View
from kc_analysis.reading.table.sums import Place, Sum

#: Bits that must speak for a sum; more for parts that do not stand next to their total, and for
#: every so manyeth line.
NEEDED, APART, EVERY = 14.0, 6.6, 3.0
STRIDES = range(2, 7)
#: In how many columns runs are looked for, next to their totals and about them; all weigh them.
PROBES, FEWER = 16, 6
#: Bits by which a sum must be better than one of a part less.
LONGER = 10.0


def find_sums(values: Mapping[Place, float], shape: tuple[int, int] | None = None) -> list[Sum]:
    """Every sum, down and across, that a table's numbers bear out.

    A line (a row, or a column) that totals others does so wherever they have numbers, or in a
    stretch of it that says enough: a hit counts by how improbable it is. Nearest parts come
    first, and stand for their total from then on; so totals of totals are found. Within a
    stretch, a number that is off by a slip still is a total.

    Parameters
    ----------
    values : mapping of (row, column) to float
        The numbers; blank cells are left out.
    shape : tuple of int, optional
        Rows and columns of the table; as far as its numbers reach, unless given.

    Returns
    -------
    list of Sum
        Sums down, then sums across. A total may have several: a cell of both kinds, or one that
        is split up in several ways.

    Examples
    --------
    >>> find_sums({(0, 0): 602093.0, (1, 0): 101042.0, (2, 0): 501051.0})
    [Sum(total=(0, 0), parts=[(1, 0), (2, 0)])]
    """
    if not values:
        return []
    grid = np.full(shape or tuple(1 + np.max(list(values), axis=0)), np.nan)
    for place, value in values.items():
        grid[place] = value
    unit = units(grid)
    down = [
        Sum((total, c), [(line, c) for line in parts])
        for total, c, parts in _Search(grid, unit).sums()
    ]
    across = [
        Sum((r, total), [(r, line) for line in parts])
        for total, r, parts in _Search(grid.T, unit.T).sums()
    ]
    return down + across


class _Search:
    """The search for the sums down the columns of a grid."""

    def __init__(self, grid: Floats, unit: Floats) -> None:
        self.there = ~np.isnan(grid)
        self.value, self.unit = np.nan_to_num(grid), unit
        self.bits, self.share = worth(grid)
        self.free = np.ones(grid.shape, bool)
        self.found: dict[tuple[int, int, tuple[int, ...]], None] = {}
        self.taken: set[tuple[int, int]] = set()
        self.totals: dict[tuple[int, int], set[int]] = {}  # line, column: what it is a part of
        self.split: dict[tuple[int, tuple[int, ...]], int] = {}  # column, parts: their total

    def sums(self) -> list[tuple[int, int, list[int]]]:
        """The sums: a total's line, the column, the lines of its parts."""
        views = self._views()
        for shapes in (NEXT, ABOUT):
            while any(self._accept(order, block, self.free, shapes, 0) for order, block in views):
                pass
        free = np.ones_like(self.free)
        for order, block in views:
            rank = np.arange(len(order)) - np.searchsorted(block, block)
            for stride in STRIDES:
                if len(order) >= 3 * stride:
                    strided = block * stride + rank % stride
                    again = np.argsort(strided, kind="stable")
                    self._accept(order[again], strided[again], free, NEXT, EVERY)
        for order, block in views:
            self._accept(order, block, free, ABOUT, 0)
        return [(total, c, list(parts)) for total, c, parts in self.found]

    def _views(self) -> list[tuple[Ints, Ints]]:
        """All lines that have numbers; the same, those of one unit beside each other."""
        lines = np.flatnonzero(self.there.any(1))
        kind = np.where(self.there, self.unit, np.inf).min(1)[lines]
        views = [(lines, np.zeros(len(lines), int))]
        if len(set(kind)) > 1:
            order = np.argsort(kind, kind="stable")
            views.append((lines[order], np.unique(kind[order], return_inverse=True)[1]))
        return views

    def _accept(self, order: Ints, block: Ints, free: Flags, shapes: Ints, more: float) -> bool:
        """Take the sums of a view that enough speaks for; whether there was any."""
        once = free is self.free
        view = View(self.value, self.unit, self.there, free, order, block)
        runs = view.runs(shapes, NEEDED / 3, PROBES if shapes is NEXT else FEWER)
        score, hit = self._score(view, runs)
        lines = runs.end - runs.start + runs.end2 - runs.start2
        apart = (runs.end2 > runs.start2) & (runs.end > runs.start)
        apart |= (np.maximum(runs.end, runs.end2) < runs.total) | (
            np.minimum(runs.start, runs.start2) > runs.total + 1
        )
        needed = NEEDED + more + np.log2(lines) + APART * apart
        enough = np.flatnonzero(np.maximum(score, 0).sum(1) >= needed)
        options = sorted(
            (LONGER * lines[i] - bits + needed[i], i, begin, end)
            for i in enough
            for bits, begin, end in stretches(score[i], needed[i])
        )
        taken = [
            self._take(
                view,
                [r[i] for r in runs],
                begin + np.flatnonzero(hit[i, begin:end]),
                begin + int(score[i, begin:end].argmax()),
                once,
            )
            for _, i, begin, end in options
        ]
        return any(taken)

    def _score(self, view: View, runs: Runs) -> tuple[Floats, Flags]:
        """Bits for and against each run in each column; where it holds, or but for a slip."""
        parts = np.where(view.part, view.value, 0)
        several = runs.over(view.cumulative(parts != 0)) >= 2
        count = runs.over(view.cumulative(view.part))
        total, unit = view.value[runs.total], view.unit[runs.total]
        error = np.abs(runs.over(view.sums) - total)
        rounding = 0.5 * unit + 0.5 * view.finest * np.minimum(count, 2 * np.sqrt(count)) + 1e-5
        meant = view.there[runs.total] & (count > 0)
        exact = meant & (error <= rounding)
        hit = exact | meant & (error <= NEAR * np.abs(total))
        # The same parts again, in other columns, say nothing new.
        marks = np.round(total + runs.over(view.cumulative(np.cos(parts))), 5)
        new = several & first_of_its_kind(np.where(exact, marks, np.nan))
        surprise = np.maximum(np.log2(1 + np.abs(total) / (2 * error + unit)) - DOUBT, 0)
        surprise = np.minimum(surprise, np.maximum(self.bits, self.share * surprise))
        score = np.where(exact, new * surprise, np.where(hit, -SLIP, -MISS))
        return np.where(meant, score, 0), hit

    def _take(self, view: View, run: list[int], columns: Ints, best: int, once: bool) -> bool:
        """Take a sum in some columns, unless it goes against those taken; whether it was taken."""
        at = np.r_[run[1] : run[2], run[3] : run[4]]
        total = int(view.order[run[0]])
        parts = {int(c): tuple(sorted(view.order[at[view.part[at, c]]].tolist())) for c in columns}
        if once and not all(self.free[list(lines), c].all() for c, lines in parts.items()):
            return False
        if not once and all((total, c) in self.taken for c in parts):
            return False
        chosen = set(parts[best])
        if any(self._above(line, best) & chosen for line in (total, *chosen)):
            return False  # a number would count twice, or for itself
        if abs(self.split.get((best, parts[best]), total - 1) - total) != 1:
            return False  # a copy of the total, not beside it
        for c, lines in parts.items():
            self.taken.add((total, c))
            self.found[total, c, lines] = None
            self.split[c, lines] = total
            self.free[list(lines), c] = False
            for line in lines:
                self.totals.setdefault((line, c), set()).add(total)
        return True

    def _above(self, line: int, c: int) -> set[int]:
        """The totals, and totals of totals, that a number is a part of."""
        todo, seen = [line], set[int]()
        while todo:
            for total in self.totals.get((todo.pop(), c), set()) - seen:
                seen.add(total)
                todo.append(total)
        return seen
