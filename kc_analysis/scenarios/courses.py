"""How amounts go with one sought number, and where whole units come in."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from math import fsum
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from kc_analysis.scenarios.steps import At, Cell, Number
from kc_analysis.scenarios.sums import Sum


class Course(NamedTuple):
    """How an amount goes with the number: (constant + slope · number ** power) · cost.

    Of whole quantities, only what is before the cost rounded down.
    """

    constant: float
    slope: float
    power: int
    cost: float
    whole: bool


def courses_of(cells: dict[At, Cell], whole: set[str]) -> Iterator[Course]:
    """The courses of all amounts that go with the number."""
    for (line, _), (amount, quantity, cost) in cells.items():
        stepped = isinstance(quantity, Sum) and line in whole
        number = quantity if stepped else amount
        if isinstance(number, Sum):
            unit = known(cost) if stepped else 1.0
            for product, slope in number.terms.items():
                if product and slope * unit:
                    power = product[0].years or 1
                    yield Course(number.terms.get((), 0.0), slope, power, unit, stepped)


def known(number: Number | None) -> float:
    """A number that does not go with the sought one; 0 for any other."""
    return number if isinstance(number, float) else 0.0


def breaks_of(courses: list[Course], least: float, room: float) -> list[float]:
    """The least number, and those from which on one more whole unit is bought, about a ceiling."""
    unit = fsum(course.cost for course in courses if course.whole)
    rise = rise_of(courses, least) + room
    low, high = max(root_of(courses, rise - unit), least), root_of(courses, rise + 2 * unit)
    found = [np.array([least])]
    for constant, slope, power, _, whole in courses:
        if whole:
            first, last = (constant + slope * number**power for number in (low, high))
            gone = np.arange(np.floor(first) - 1, np.floor(last) + 1) - constant
            gone = np.maximum(gone, 0 if power > 1 else slope * least)
            found.append((gone / slope) ** (1 / power))
    breaks: list[float] = np.unique(np.concatenate(found)).tolist()
    return breaks


def rise_of(courses: list[Course], number: float) -> float:
    """By how much courses rise from where the number is zero, were nothing rounded down."""
    return fsum(course.cost * course.slope * number**course.power for course in courses)


def root_of(courses: list[Course], rise: float) -> float:
    """The number with which courses rise by an amount from where it is zero."""
    slopes: dict[int, float] = defaultdict(float)
    for course in courses:
        slopes[course.power] += course.cost * course.slope
    if slopes.keys() == {1}:
        return rise / slopes[1]
    rise = max(rise, 0.0)
    high: float = min((rise / slope) ** (1 / power) for power, slope in slopes.items())
    if len(slopes) == 1 or not high:
        return high
    end = high * (1 + 1e-9)
    return float(brentq(lambda number: rise_of(courses, number) - rise, 0, end, xtol=1e-300))


def last_that(keeps: Callable[[float], bool], low: float, high: float) -> float:
    """The last float that keeps, where the first does and the other does not."""
    while low < (between := low + (high - low) / 2) < high:
        low, high = (between, high) if keeps(between) else (low, between)
    return low
