"""Where a function of one number, of steps and straight pieces, meets or passes a value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

#: How many numbers are tried on the way.
TRIES = 2**13
#: How close two numbers are brought, on their scale; more than what counts as a hair of a unit.
CLOSE = 4e-9


@dataclass(frozen=True)
class Search:
    """A search for numbers.

    Attributes
    ----------
    amounts : callable
        What many numbers at once lead to.
    least : float
        No number is below.
    scale : float
        The size of the numbers.
    """

    amounts: Callable[[np.ndarray], np.ndarray]
    least: float
    scale: float

    def at(self, number: float) -> float:
        """What one number leads to."""
        return float(self.amounts(np.array([number]))[0])

    def beyond(self, number: float, does: Callable[[np.ndarray], Any], sign: int = 1) -> float:
        """The first that does of numbers ever further from another, up or down; else the last."""
        far = number + sign * max(self.scale, abs(number)) * 2.0 ** np.arange(-10, 31)
        far = np.maximum(far, self.least)
        done = does(self.amounts(far))
        return float(far[done.argmax()] if done.any() else far[-1])

    def nearest(
        self, way: np.ndarray, found: np.ndarray, asked: float, *, exact: bool
    ) -> float | None:
        """The first number on a way that meets the amount asked for, or keeps below if not exact.

        Parameters
        ----------
        way, found : ndarray
            Numbers, and what they lead to.
        asked : float
        exact : bool
        """
        met, over = same_amount(found, asked), found > asked
        for i in np.flatnonzero(met[1:] | (over[1:] != over[:-1])) + 1:

            def passes(some: np.ndarray, side: Any = over[i - 1]) -> Any:
                return same_amount(some, asked) | ((some > asked) != side)

            near, far = self._between(way[i - 1], way[i], passes)
            before, after = self.amounts(np.array([near, far]))
            # Without a step, a straight line leads there; else the hair must be left behind.
            straight = near + (far - near) * (asked - before) / (after - before)
            past = far + np.sign(far - near) * self._close(far)
            for number in (straight, past, way[i]):
                reached = self.at(number)
                if same_amount(reached, asked) or (
                    not exact and number != straight and reached < asked
                ):
                    return float(number)
        return None

    def edge(self, number: float, sign: int) -> float:
        """How far one can go from a number, up or down, for the same amount."""
        reached = self.at(number)

        def differs(found: np.ndarray) -> Any:
            return ~same_amount(found, reached)

        way = np.linspace(number, self.beyond(number, differs, sign), TRIES)
        other = differs(self.amounts(way))
        if not other.any():
            return self.least if sign < 0 else np.inf
        i = int(other.argmax())
        return self._between(way[i - 1], way[i], differs)[0]

    def short(self, number: float, low: float, high: float) -> float:
        """The number, or with fewer decimals one between the edges that leads to the same."""
        scales = 10.0 ** np.arange(3, 13)
        some = np.array([way(number * scales) / scales for way in (np.round, np.floor, np.ceil)])
        some = some.T.ravel()
        fits = (some >= low - self._close(low)) & (some <= high + self._close(high))
        fits[fits] = same_amount(self.amounts(some[fits]), self.at(number))
        return float(some[fits.argmax()]) if fits.any() else number

    def _between(
        self, near: float, far: float, does: Callable[[np.ndarray], Any]
    ) -> tuple[float, float]:
        """The last number that does not, and the first that does, close together."""
        while abs(far - near) > self._close(far):
            between = np.linspace(near, far, 2**6 + 1)
            i = max(1, int(does(self.amounts(between)).argmax()))
            near, far = between[i - 1], between[i]
        return float(near), float(far)

    def _close(self, number: float) -> float:
        return CLOSE * max(self.scale, abs(number)) if np.isfinite(number) else 0.0


def same_amount(one: Any, other: Any) -> Any:
    """Whether amounts in million VND differ by less than a hundredth of a đồng."""
    return np.isclose(one, other, rtol=1e-12, atol=1e-8)
