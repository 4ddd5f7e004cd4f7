"""What a planner can move, and the changes of a scenario that each movement is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, NamedTuple

from kc_analysis.model import Plan
from kc_analysis.scenarios.scenario import Change, Of, Scenario

GivesWay = Literal["quantity", "unit_cost"]
At = tuple[str, int]  # line, year


class Place(NamedTuple):
    """What one control is for; two changes of one place never stand in one scenario."""

    of: Of
    source: tuple[str, ...]
    line: tuple[str, ...]
    years: tuple[int, ...]


# Costs rise first, then sources give more or less; a quantity set by hand is the last word.
_ORDER = {"grow_pct": 0, "multiply": 1, "set": 2}


def place_of(change: Change) -> Place:
    """The place of a change."""
    return Place(change.of, change.source, change.line, change.years)


def money(source: str, year: int, percent: float, gives_way: GivesWay) -> Change:
    """A source that gives more, or less, in a year.

    Examples
    --------
    >>> money("national", 2024, -20, "quantity").value
    0.8
    """
    value = round(1 + percent / 100, 6)
    return Change("amount", "multiply", value, (year,), source=(source,), gives_way=gives_way)


def number_of(change: Change) -> float:
    """The number of a change; a control never makes a range."""
    assert isinstance(change.value, int | float)
    return change.value


def percent_of(change: Change) -> int:
    """The per cent that a change of money is."""
    return round(100 * (number_of(change) - 1))


def inflation(plan: Plan, percent: float) -> Change:
    """Unit costs that rise each year, from those of the first."""
    first, *later = plan.years
    return Change("unit_cost", "grow_pct", percent, tuple(later), from_year=first)


def work(at: At, quantity: float) -> Change:
    """A quantity set by hand."""
    line, year = at
    return Change("quantity", "set", quantity, (year,), line=(line,))


def price(at: At, cost: float) -> Change:
    """What a unit costs in a year for which the plan has none."""
    line, year = at
    return Change("unit_cost", "set", cost, (year,), line=(line,))


def found(scenario: Scenario, like: Change) -> Change | None:
    """The scenario's change at the place of another, its bases' left aside."""
    return next((one for one in scenario.changes if place_of(one) == place_of(like)), None)


def put(scenario: Scenario, new: Iterable[Change], instead_of: Iterable[Change]) -> Scenario:
    """The scenario with changes in place of others.

    Examples
    --------
    >>> from kc_analysis.model import same
    >>> cut = money("national", 2024, -20, "quantity")
    >>> blank = Scenario("trial", same("Trial"), "2021-2025", ())
    >>> put(put(blank, [cut], [cut]), [], [cut]) == blank
    True
    """
    gone = {place_of(change) for change in instead_of}
    kept = [change for change in scenario.changes if place_of(change) not in gone]
    changes = sorted([*kept, *new], key=_order)
    return replace(scenario, changes=tuple(changes))


def _order(change: Change) -> tuple[object, ...]:
    # A unit cost set for new work comes before its quantity, which needs it.
    return _ORDER[change.by], change.of == "quantity", change.years, change.source, change.line


def giving_way(scenario: Scenario, gives_way: GivesWay) -> Scenario:
    """The scenario with the other thing giving way where its own changes move money."""
    changes = (
        replace(change, gives_way=gives_way) if change.of == "amount" else change
        for change in scenario.changes
    )
    return replace(scenario, changes=tuple(changes))
