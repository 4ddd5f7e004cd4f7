"""A scenario makes a plan another plan."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from kc_analysis import model
from kc_analysis.model import Finding, Plan, Text, tabulate
from kc_analysis.scenarios.engine import Engine
from kc_analysis.scenarios.placement import notes_of
from kc_analysis.scenarios.scenario import Scenario
from kc_analysis.scenarios.steps import At, Cell, begin


def apply_scenario(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as it would be.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario
        A number given as a range counts with its middle: the mode, the mean or the median,
        whichever its kind is given by.

    Returns
    -------
    Plan
        Amount = quantity × unit cost in every line and year. Where money changes, notes tell for
        each source and year what was asked for, what is short of the need, what whole units took
        and what is left (``placement`` gives the same as a frame). No printed totals, and no origin
        of figures that changed.

    Raises
    ------
    DataError
        With all that is wrong with the scenario; or with the change that cannot be carried out.

    Notes
    -----
    A change of unit cost changes the need (quantity × unit cost) and not the funds. A change of
    money acts on the funds of the plan that the scenario starts from, and the quantity, or the unit
    cost, gives way; what the need then exceeds the funds by is short. A change of quantity takes
    its money with it. Lines in whole units keep whole units: what that leaves of the money of a
    source in a year is pooled, and handed out a unit at a time in the scenario's ``order``, until
    it buys none.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    >>> cut.quantities.query("line == 'II.2' and year == 2025")["quantity"].item()
    4.0
    """
    figures = Engine(plan, scenario).run()
    return with_cells(plan, figures.cells(), scenario.title, notes_of(plan, figures))


def with_cells(
    plan: Plan, cells: dict[At, Cell], title: Text, notes: Iterable[Finding] = ()
) -> Plan:
    """The plan with other figures: no printed totals, and no origin of figures that changed."""
    before = begin(plan)
    units = dict(zip(plan.lines["line"], plan.lines["unit"], strict=True))
    budget, quantities = [], []
    for at, cell in cells.items():
        line, year = at
        who = (line, before.sources[line], before.activities[line])
        if cell.amount is not None:
            budget.append((*who, year, cell.amount))
        if cell.quantity is not None:
            quantities.append((*who, units[line], year, cell.quantity))
    return replace(
        plan,
        variant=title,
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, quantities),
        printed=tabulate(model.PRINTED, []),
        origin=_origin_of(
            plan.origin, {at for at in cells if cells[at][:2] == before.cells[at][:2]}
        ),
        notes=(*plan.notes, *notes),
    )


def _origin_of(origin: pd.DataFrame, unchanged: set[At]) -> pd.DataFrame:
    """Where the unchanged figures stand; totals are of sums that are no more."""
    places = zip(origin["line"].tolist(), origin["year"].tolist(), strict=True)
    return origin[[place in unchanged for place in places]].reset_index(drop=True)
