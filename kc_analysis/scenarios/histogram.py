"""Quantiles of more values than are kept: counted in classes."""

from collections.abc import Sequence

import numpy as np

CLASSES = 2**12


class Histograms:
    """Histograms of several quantities, whose values come a block at a time.

    The first block tells where values lie; what later lies beyond counts in the outer classes. With
    a thousand values in the first block, no quantile that is asked for lies there.

    Parameters
    ----------
    count : int
        Of how many quantities.

    Attributes
    ----------
    low, high, error : ndarray
        The least and greatest values, and the width of a class.
    """

    def __init__(self, count: int) -> None:
        self.low, self.high = np.full(count, np.inf), np.full(count, -np.inf)
        self.error = np.zeros(count)
        self._counts = np.zeros((count, CLASSES), np.int64)
        self._floor: np.ndarray | None = None

    def add(self, values: np.ndarray) -> None:
        """Count a block of values, quantities × draws."""
        np.minimum(self.low, values.min(axis=1), out=self.low)
        np.maximum(self.high, values.max(axis=1), out=self.high)
        if self._floor is None:
            self._floor = self.low.copy()
            self.error = (self.high - self.low) / (CLASSES - 1)
        scale = 1 / np.where(self.error > 0, self.error, np.inf)
        places = (values - self._floor[:, None]) * scale[:, None]
        classes = np.clip(places, 0, CLASSES - 1).astype(np.intp)
        for row, of in zip(self._counts, classes, strict=True):
            row += np.bincount(of, minlength=CLASSES)

    def quantiles(self, shares: Sequence[float]) -> np.ndarray:
        """Quantities × shares, read evenly within a class."""
        assert self._floor is not None
        below = self._counts.cumsum(axis=1)
        found = np.empty((len(below), len(shares)))
        for i, (row, count) in enumerate(zip(below, self._counts, strict=True)):
            for j, share in enumerate(shares):
                wanted = share * row[-1]
                at = int(np.searchsorted(row, wanted))
                found[i, j] = at + 1 - (row[at] - wanted) / count[at]
        values = self._floor[:, None] + self.error[:, None] * found
        return np.clip(values, self.low[:, None], self.high[:, None])
