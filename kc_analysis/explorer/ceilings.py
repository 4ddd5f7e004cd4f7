"""Whether a plan stays below what each source may give."""

from collections.abc import Iterable
from typing import NamedTuple

from kc_analysis.explorer.figures import by_source
from kc_analysis.model import Plan
from kc_analysis.scenarios.scenario import Ceiling, Scenario


class Limits(NamedTuple):
    """Ceilings, and the scenario that declares them; the approved plan's amounts, if None does."""

    ceilings: tuple[Ceiling, ...]
    declared_by: Scenario | None


def limits(approved: Plan, scenario: Scenario) -> Limits:
    """The ceilings of the nearest scenario that declares any.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> limits(plan, kc.load_scenario("national-cut")).ceilings[0].amount_million_vnd
    2400
    """
    if declaring := scenario.declaring:
        return Limits(declaring.ceilings, declaring)
    own = by_source(approved).items()
    return Limits(tuple(Ceiling(*place, amount) for place, amount in own), None)


def passed(plan: Plan, ceilings: Iterable[Ceiling]) -> list[tuple[Ceiling, float]]:
    """The ceilings that a plan passes, each with what the plan takes instead."""
    sums = by_source(plan)
    taken = [
        (
            ceiling,
            sum(
                amount
                for (source, year), amount in sums.items()
                if year == ceiling.year and ceiling.source in (None, source)
            ),
        )
        for ceiling in ceilings
    ]
    # A sum of quotients may be a hair above the figure that it comes from.
    return [(one, amount) for one, amount in taken if amount > one.amount_million_vnd + 1e-6]
