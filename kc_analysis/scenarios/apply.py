"""A scenario makes a plan another plan."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from kc_analysis import model
from kc_analysis.model import Finding, Plan, Text, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.scenario import Change, Scenario
from kc_analysis.scenarios.steps import At, Cell, Remainder, begin, take, years_grown
from kc_analysis.scenarios.validity import validate


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
        Amount = quantity × unit cost in every line and year. Where whole units leave a remainder,
        a note says how much. No printed totals, and no origin of figures that changed.

    Raises
    ------
    DataError
        With all that is wrong with the scenario; or with the change that cannot be carried out.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    >>> cut.quantities.query("line == 'II.2' and year == 2025")["quantity"].item()
    3.0
    """
    validate(plan, scenario)
    steps = begin(plan)
    take(steps, scenario, middle)
    return with_cells(plan, steps.cells, scenario.title, map(_note, steps.remainders))


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


def middle(change: Change, at: At) -> float:
    """The number that a change puts at a place, a range's middle."""
    value = change.value if isinstance(change.value, int | float) else change.value.middle
    if change.by == "grow_pct":
        return (1 + value / 100) ** years_grown(change, at)
    return float(value)


def _origin_of(origin: pd.DataFrame, unchanged: set[At]) -> pd.DataFrame:
    """Where the unchanged figures stand; totals are of sums that are no more."""
    places = zip(origin["line"].tolist(), origin["year"].tolist(), strict=True)
    return origin[[place in unchanged for place in places]].reset_index(drop=True)


def _note(remainder: Remainder) -> Finding:
    (line, year), of, wanted, bought = remainder
    left = [write_number(wanted - bought, lang) for lang in ("vi", "en")]
    if of == "amount":
        message = Text(
            f"Dòng {line} năm {year}: số đơn vị nguyên vẹn dùng {write_number(bought)} trong "
            f"{write_number(wanted)} triệu đồng, còn lại {left[0]}",
            f"Line {line} in {year}: whole units take {write_number(bought, 'en')} of "
            f"{write_number(wanted, 'en')} million VND and leave {left[1]}",
        )
    else:
        message = Text(
            f"Dòng {line} năm {year}: {write_number(wanted)} làm tròn xuống {write_number(bought)}",
            f"Line {line} in {year}: {write_number(wanted, 'en')} is rounded down to "
            f"{write_number(bought, 'en')}",
        )
    table = "budget" if of == "amount" else "quantities"
    place = Text("", "")
    return Finding("remainder", "note", table, line, year, wanted, bought, place, message)
