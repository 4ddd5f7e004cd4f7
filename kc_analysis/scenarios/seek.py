"""The smallest change that meets a target or keeps a ceiling, or why none does."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import numpy as np

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.draws import BLOCK
from kc_analysis.scenarios.engine import Engine
from kc_analysis.scenarios.scenario import Ceiling, Change, Scenario
from kc_analysis.scenarios.search import TRIES, Search, same_amount
from kc_analysis.scenarios.steps import place_of
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
    low, high : float
        With all numbers between these, what is counted comes to the same.
    """

    value: float
    change: Change
    scenario: Scenario
    amount_million_vnd: float
    left_million_vnd: float
    low: float
    high: float


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
    """The smallest cut, rise or other change that meets a target or keeps a ceiling.

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
        Exactly that, or no more than that.
    source : str, optional
        Of which the amounts count; else all.
    years : collection of int, optional
        In which the amounts count; else all.

    Returns
    -------
    Found
        Of all numbers that do it the one nearest to no change (a factor of 1, nothing added, no
        growth), with as few decimals as the interval allows, three at least. What is set has no
        such: it is the greatest that keeps a ceiling, or nearest to the mean that there is, and of
        those that lead to the same the least. Amounts that differ by less than a hundredth of a
        đồng are the same.

    Raises
    ------
    DataError
        If the change does not fit the plan, or if no number does it: nothing that counts changes;
        the least possible number is too much already; no whole quantities cost exactly the target.

    Notes
    -----
    The plans of some thousand numbers, from no change on, are worked out at once, and again between
    the first that does it and the one before, until the two are close. As whole units are pooled,
    more money may buy less: what does it on less than an eight-thousandth of the way may be passed
    over.

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
    (0.848, 2500.0, 140.0)
    """
    asked = float(amount_million_vnd)
    into = tuple(plan.years if years is None else years)
    sought = replace(change, value=1.0)
    tried = replace(scenario, changes=(*scenario.changes, sought))
    counts = (Ceiling(source, year, asked) for year in into)
    validate(plan, replace(tried, ceilings=(*scenario.ceilings, *counts)))
    engine = Engine(plan, tried)
    counted = [
        year in into and source in (None, of)
        for (_, year), of in zip(engine.start.at, engine.start.source, strict=True)
    ]
    last = sum(len(part.changes) for part in tried.chain) - 1

    def amounts(numbers: np.ndarray) -> np.ndarray:
        found = np.empty(numbers.size)
        for first in range(0, numbers.size, BLOCK):
            block = slice(first, first + BLOCK)

            def values(number: int, one: Change, rows: np.ndarray) -> Any:
                if number < last:
                    return engine.middle(number, one, rows)
                return engine.factor(one, numbers[None, block], rows)  # noqa: B023, called at once

            found[block] = np.nansum(engine.run(values).amount[counted], axis=0)
        return found

    def none(vi: str, en: str, *numbers: float) -> DataError:
        place = place_of(scenario, len(scenario.changes))
        wanted = _wanted(asked, aim, source, years)
        return DataError([Trouble(place, wanted, _told(vi, en, *numbers))])

    start, least, scale = _ends(plan, scenario, change)
    search = Search(amounts, least, scale)
    if change.by == "set" and aim == "ceiling":
        start = search.beyond(start, lambda found: found > asked)
    best = start
    now = search.at(start)
    if not same_amount(now, asked) and (now > asked or aim == "target"):
        end = least if now > asked else search.beyond(start, lambda found: found >= asked)
        reached = search.at(end)
        if same_amount(reached, now):
            raise none("{}, dù số nào", "{} whatever the number", now)
        if now > asked and reached > asked and not same_amount(reached, asked):
            vi, en = "{} ngay cả với số {}, vượt {}", "{} even with {}, which is {} too much"
            raise none(vi, en, reached, end, reached - asked)
        way = np.linspace(start, end, TRIES)
        found = amounts(way)
        first = search.nearest(way, found, asked, exact=aim == "target")
        if first is None:
            sides = [side for side in (found < asked, found > asked) if side.any()]
            closest = [np.abs(np.where(side, found - asked, np.inf)).argmin() for side in sides]
            vi = " và ".join(["{} (với số {})"] * len(sides))
            en = " and ".join(["{} (with {})"] * len(sides))
            vi, en = (
                f"số lượng nguyên vẹn gần nhất cho {vi}",
                f"whole quantities that at best give {en}",
            )
            raise none(vi, en, *(one[i] for i in closest for one in (found, way)))
        best = first
    low, high = search.edge(best, -1), search.edge(best, 1)
    # Of a quantity, what is no whole number is rounded down to it.
    rounded = change.by == "set" or (change.of, change.by) == ("quantity", "add")
    value = search.short(low if rounded else best, low, high)
    done = replace(change, value=value)
    changed = replace(scenario, changes=(*scenario.changes, done))
    reached = search.at(value)
    return Found(value, done, changed, reached, asked - reached, min(low, value), max(high, value))


def _ends(plan: Plan, scenario: Scenario, change: Change) -> tuple[float, float, float]:
    """The number that changes nothing, the least that leaves nothing below zero, and a scale."""
    if change.by == "multiply":
        return 1.0, 0.0, 1.0
    if change.by == "grow_pct":
        return 0.0, -100.0, 100.0
    engine = Engine(plan, replace(scenario, changes=(*scenario.changes, replace(change, value=0))))
    figures = Engine(plan, scenario).run()
    name = {"amount": "funds", "unit_cost": "cost"}.get(change.of, change.of)
    known = np.nan_to_num(getattr(figures, name)[engine.rows[-1], 0])
    scale = float(known.max()) or 1.0
    return (
        (float(known.mean()), 0.0, scale)
        if change.by == "set"
        else (0.0, -float(known.min()), scale)
    )


def _wanted(asked: float, aim: str, source: str | None, years: Collection[int] | None) -> Text:
    most = Text("nhiều nhất", "at most") if aim == "ceiling" else Text("đúng", "exactly")
    of = Text(f" của nguồn {source}", f" of source {source}") if source else same("")
    listed = "" if years is None else f" ({', '.join(map(str, years))})"
    vi, en = f"{most.vi} {{}} triệu đồng{of.vi}", f"{most.en} {{}} million VND{of.en}"
    return _told(vi + listed, en + listed, asked)


def _told(vi: str, en: str, *numbers: float) -> Text:
    english = (write_number(number, "en") for number in numbers)
    return Text(vi.format(*map(write_number, numbers)), en.format(*english))
