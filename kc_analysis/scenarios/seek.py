"""The number of a change that meets a ceiling or a target: found exactly, or why none does."""

from bisect import bisect_left
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from itertools import chain
from math import fsum, isclose
from typing import Literal, NamedTuple

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.apply import middle
from kc_analysis.scenarios.courses import breaks_of, courses_of, known, last_that, rise_of, root_of
from kc_analysis.scenarios.scenario import Ceiling, Change, Scenario
from kc_analysis.scenarios.steps import (
    At,
    Cell,
    Number,
    Steps,
    begin,
    place_of,
    selected,
    take,
    years_grown,
)
from kc_analysis.scenarios.sums import Factor, Sum
from kc_analysis.scenarios.validity import validate


class Found(NamedTuple):
    """A number that was sought, and what it leads to.

    Attributes
    ----------
    value : float
    change : Change
        With the number.
    scenario : Scenario
        With the change as its last.
    amount_million_vnd : float
        What is counted then comes to.
    left_million_vnd : float
        What that leaves of the amount asked for.
    """

    value: float
    change: Change
    scenario: Scenario
    amount_million_vnd: float
    left_million_vnd: float


def goal_seek(
    plan: Plan,
    scenario: Scenario,
    change: Change,
    amount_million_vnd: float,
    aim: Literal["target", "ceiling"] = "target",
    *,
    source: str | None = None,
    years: Collection[int] | None = None,
) -> Found:
    """The uniform cut, the unit cost or the quantity that meets a target or keeps a ceiling.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario
        What comes before the change; a range counts with its middle.
    change : Change
        Its ``value`` is what is sought; the one that it has is ignored.
    amount_million_vnd : float
        What the counted amounts are to add up to.
    aim : {"target", "ceiling"}
        Exactly that, or the most that does not pass it.
    source : str, optional
        Of which the amounts count; else all.
    years : collection of int, optional
        In which the amounts count; else all.

    Returns
    -------
    Found
        The largest number that keeps the ceiling. Where only whole quantities change, many numbers
        buy the same: the smallest of those that buy the most. Amounts that differ by less than a
        hundredth of a đồng are the same.

    Raises
    ------
    DataError
        If the change does not fit the plan, or if no number does it: nothing that counts changes;
        the least possible number is too much already; no whole quantities cost exactly the target.

    Notes
    -----
    An amount is affine in the number, or a polynomial in the factor of growth a year. Quantities
    rounded down rise at break points, of which the last that keeps the ceiling is found by
    halving; each rounding takes less than one unit, which bounds where to look.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.model import same
    >>> from kc_analysis.scenarios.scenario import Change, Scenario
    >>> plan = kc.load_plan("2021-2025")
    >>> cut = Change("amount", "multiply", 1, (2025,), source=("national",), gives_way="quantity")
    >>> start = Scenario("cut", same("A cut"), "2021-2025", ())
    >>> found = kc.goal_seek(plan, start, cut, 2640, "ceiling", source="national", years=[2025])
    >>> found.value, found.amount_million_vnd, found.left_million_vnd
    (0.75, 1700.0, 940.0)
    """
    asked = float(amount_million_vnd)
    into = tuple(plan.years if years is None else years)
    sought = replace(change, value=1.0)
    tried = replace(scenario, changes=(*scenario.changes, sought))
    counts = (Ceiling(source, year, asked) for year in into)
    validate(plan, replace(tried, ceilings=(*scenario.ceilings, *counts)))

    def run(value: Callable[[At], Number]) -> Steps:
        steps = begin(plan)
        take(steps, tried, lambda one, at: value(at) if one is sought else middle(one, at))
        return steps

    def counted(steps: Steps) -> dict[At, Cell]:
        return {
            (line, year): cell
            for (line, year), cell in steps.cells.items()
            if year in into and source in (None, steps.sources[line])
        }

    def value_of(number: float) -> float:
        value = 100 * (number - 1) if change.by == "grow_pct" else number
        # Steps take a hair less than a whole unit for one, so that digits can be spared.
        return value if smooth else float(f"{value:.12g}")

    def amount(number: float) -> float:
        steps = run(partial(middle, replace(change, value=value_of(number))))
        return fsum(known(cell.amount) for cell in counted(steps).values())

    def none(vi: str, en: str, *numbers: float) -> DataError:
        place = place_of(scenario, len(scenario.changes))
        return DataError(
            [Trouble(place, _wanted(asked, aim, source, years), _told(vi, en, *numbers))]
        )

    steps = run(partial(_unknown, change))
    courses = list(courses_of(counted(steps), steps.whole))
    smooth = [course for course in courses if not course.whole]
    least = _least(plan, scenario, change)
    lowest = amount(least)
    if not courses:
        raise none("{}, dù số nào", "{} whatever the number", lowest)
    if not _keeps(lowest, asked):
        vi, en = "{} ngay cả với số {}, vượt {}", "{} even with {}, which is {} too much"
        raise none(vi, en, lowest, value_of(least), lowest - asked)
    breaks = breaks_of(courses, least, asked - lowest)
    after = bisect_left(breaks, True, key=lambda number: not _keeps(amount(number), asked))
    best, following = breaks[after - 1], breaks[after : after + 1]
    if smooth:
        start = best
        best = max(start, root_of(smooth, asked - amount(start) + rise_of(smooth, start)))
        if following and best >= following[0]:
            best = last_that(lambda number: _keeps(amount(number), asked), start, following[0])
    reached = amount(best)
    if aim == "target" and not _same(reached, asked):
        nearest = [(amount(number), value_of(number)) for number in (best, *following)]
        vi = " và ".join(["{} (với số {})"] * len(nearest))
        en = " and ".join(["{} (with {})"] * len(nearest))
        vi, en = (
            f"số lượng nguyên vẹn gần nhất cho {vi}",
            f"whole quantities that at best give {en}",
        )
        raise none(vi, en, *chain(*nearest))
    done = replace(change, value=value_of(best))
    changed = replace(scenario, changes=(*scenario.changes, done))
    return Found(value_of(best), done, changed, reached, asked - reached)


def _unknown(change: Change, at: At) -> Number:
    """The number itself, or of growth the factor a year, as often as it has been passed on."""
    if change.by != "grow_pct":
        return Sum.of(Factor(0))
    grown = years_grown(change, at)
    return Sum.of(Factor(0, grown)) if grown else 1.0


def _least(plan: Plan, scenario: Scenario, change: Change) -> float:
    """The least number (of growth: factor a year) that leaves nothing below zero."""
    if change.by != "add":
        return 0.0
    steps = begin(plan)
    take(steps, scenario, middle)
    return -min(known(getattr(steps.cells[at], change.of)) for at in selected(steps, change))


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-8)


def _keeps(amount: float, ceiling: float) -> bool:
    return amount <= ceiling or _same(amount, ceiling)


def _wanted(asked: float, aim: str, source: str | None, years: Collection[int] | None) -> Text:
    most = Text("nhiều nhất", "at most") if aim == "ceiling" else Text("đúng", "exactly")
    of = Text(f" của nguồn {source}", f" of source {source}") if source else same("")
    listed = "" if years is None else f" ({', '.join(map(str, years))})"
    vi, en = f"{most.vi} {{}} triệu đồng{of.vi}", f"{most.en} {{}} million VND{of.en}"
    return _told(vi + listed, en + listed, asked)


def _told(vi: str, en: str, *numbers: float) -> Text:
    english = (write_number(number, "en") for number in numbers)
    return Text(vi.format(*map(write_number, numbers)), en.format(*english))
