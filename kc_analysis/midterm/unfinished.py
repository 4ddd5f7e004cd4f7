"""Work that a cycle planned and did not carry out, for the next to begin with."""

from kc_analysis.midterm.execution import cells
from kc_analysis.model import Plan
from kc_analysis.reading.actuals import Actuals


def unfinished(plan: Plan, actuals: Actuals) -> dict[str, float]:
    """What is left of each line in the years that are over, where it is reported.

    Parameters
    ----------
    plan : Plan
        The approved plan, an adjusted one, a scenario.
    actuals : Actuals
        Of the same cycle.

    Returns
    -------
    dict of str to float
        By line, in the plan's order: units that were planned and not delivered, what was done
        in another year than planned making up for it; of a line without quantities, million VND not
        spent. Lines with nothing left are left out.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> unfinished(plan, example)
    {'I.1': 1.0, 'I.3': 1.0, 'II.1': 1.0}
    """
    table = cells(plan, actuals, actuals.as_of)
    table = table[~table["under_way"]]
    left = {}
    for line, own in table.groupby("line", sort=False):
        counted = own["planned_quantity"].notna().any()
        wanted = "planned_quantity" if counted else "planned_million_vnd"
        done = "delivered_quantity" if counted else "spent_million_vnd"
        reported = own[own[done].notna()]
        less = float(reported[wanted].sum() - reported[done].sum())
        if round(less, 3) > 0:
            left[str(line)] = round(less, 3)
    return left
