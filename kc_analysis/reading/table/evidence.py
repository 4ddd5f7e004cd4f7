"""How much the numbers of a table speak for a sum: bits of surprise, were it chance."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Finer decimals than these are noise.
DIGITS = 6
#: What a hit is worth less than its surprise, as numbers are not spread evenly.
DOUBT = 0.3
#: What a printed number speaks against a sum that it does not bear out.
MISS = 5.0
#: The same, if it is off by a slip, of at most this share of the total.
SLIP, NEAR = 2.0, 0.02


def units(grid: Floats) -> Floats:
    """The unit that each number is printed to: the coarser of its row's and its column's."""
    filled = np.nan_to_num(grid)
    digits = np.zeros(grid.shape, int)
    for d in range(DIGITS):
        scaled = filled * 10.0**d
        digits[np.abs(scaled - np.rint(scaled)) > 1e-4] = d + 1
    finest = np.minimum(digits.max(1, keepdims=True), digits.max(0, keepdims=True))
    return np.asarray(10.0**-finest)


def worth(grid: Floats) -> tuple[Floats, Floats]:
    """What bounds a hit in each column: bits, and a share of its surprise.

    A hit among numbers that are often equal says little. A hit is worth no more than the larger
    of the two.
    """
    bits, share = np.full(grid.shape[1], 30.0), np.ones(grid.shape[1])
    for c, column in enumerate(grid.T):
        told = column[~np.isnan(column) & (column != 0)]
        if len(told) > 1:
            often = np.unique(told, return_counts=True)[1]
            share[c] = (len(often) / len(told)) ** 2
            if share[c] < 1:
                bits[c] = -np.log2((often * (often - 1)).sum() / (len(told) * (len(told) - 1)))
    return bits, share


def first_of_its_kind(marks: Floats) -> NDArray[np.bool_]:
    """Where in its row a mark stands for the first time; NaN always does."""
    order = np.argsort(marks, axis=1, kind="stable")
    ranked = np.take_along_axis(marks, order, 1)
    first = np.ones_like(ranked, bool)
    first[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    placed = np.empty_like(first)
    np.put_along_axis(placed, order, first, 1)
    return placed


def stretches(score: Floats, needed: float) -> Iterator[tuple[float, int, int]]:
    """Each stretch of a score that adds up to what is needed, best first: its sum, start, end.

    Zeros beside a stretch belong to it.
    """
    todo = [(0, len(score))]
    while todo:
        start, stop = todo.pop()
        total = np.concatenate([[0.0], score[start:stop].cumsum()])
        gain = total - np.minimum.accumulate(total)
        last = int(gain.argmax())
        if gain[last] < needed:
            continue
        begin, end = start + int(total[: last + 1].argmin()), start + last
        while begin > start and score[begin - 1] == 0:
            begin -= 1
        while end < stop and score[end] == 0:
            end += 1
        yield float(gain[last]), begin, end
        todo += [(start, begin), (end, stop)]
