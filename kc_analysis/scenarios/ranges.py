"""A number that is not known for sure: a range of values, and how likely each is."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import ndtr, ndtri

from kc_analysis.model import Text


@dataclass(frozen=True)
class Uniform:
    """Any value from low to high is as likely as another."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The mean."""
        return (self.low + self.high) / 2

    def quantile(self, share: np.ndarray) -> np.ndarray:
        """The values below which the given shares lie."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Triangular:
    """From low to high, the mode likeliest."""

    low: float
    mode: float
    high: float

    @property
    def middle(self) -> float:
        """The mode."""
        return self.mode

    def quantile(self, share: np.ndarray) -> np.ndarray:
        """The values below which the given shares lie."""
        width, left = self.high - self.low, self.mode - self.low
        return np.where(
            share * width < left,
            self.low + np.sqrt(share * width * left),
            self.high - np.sqrt((1 - share) * width * (self.high - self.mode)),
        )


@dataclass(frozen=True)
class Normal:
    """A normal distribution, of which only what is above zero counts."""

    mean: float
    sd: float

    @property
    def middle(self) -> float:
        """The mean before the cut."""
        return self.mean

    def quantile(self, share: np.ndarray) -> np.ndarray:
        """The values below which the given shares lie."""
        if not self.sd:
            return np.full_like(share, self.mean)
        cut = ndtr(-self.mean / self.sd)
        return self.mean + self.sd * ndtri(cut + share * (1 - cut))


@dataclass(frozen=True)
class Percentiles:
    """One value in ten lies below p10, half below p50, nine in ten below p90; none below zero.

    A generalised lognormal distribution goes through the three (R. B. Myerson, Probability Models
    for Economic Decisions, 2005, section 4.4); it is a normal one where they lie evenly.
    """

    p10: float
    p50: float
    p90: float

    @property
    def middle(self) -> float:
        """The median."""
        return self.p50

    def quantile(self, share: np.ndarray) -> np.ndarray:
        """The values below which the given shares lie."""
        reach = ndtri(share) / ndtri(0.9)
        up, down = self.p90 - self.p50, self.p50 - self.p10
        if np.isclose(up, down):
            values = self.p50 + up * reach
        else:
            values = self.p50 + up * ((up / down) ** reach - 1) / (up / down - 1)
        return np.maximum(values, 0)


Range = Uniform | Triangular | Normal | Percentiles
KINDS: tuple[type[Range], ...] = (Uniform, Triangular, Normal, Percentiles)


def fault_of(given: Range) -> Text | None:
    """What is wrong with a range's numbers, if anything is; a range may be a point."""
    numbers = list(vars(given).values())
    if not all(isfinite(number) for number in numbers):
        return Text("các số hữu hạn", "finite numbers")
    if isinstance(given, Normal):
        return (
            None
            if given.mean > 0 and given.sd >= 0
            else Text("mean lớn hơn 0 và sd không âm", "mean above 0 and sd of 0 or more")
        )
    if sorted(numbers) != numbers:
        return Text("các số tăng dần", "numbers in rising order")
    if isinstance(given, Percentiles) and len(set(numbers)) == 2:
        return Text("ba số khác nhau, hoặc bằng nhau", "three different numbers, or equal ones")
    if isinstance(given, Percentiles) and given.p10 < 0:
        return Text("p10 không âm", "p10 of 0 or more")
    return None
