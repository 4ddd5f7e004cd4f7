"""Why more or less was spent than planned: volume, unit cost, outside the plan, undone."""

import pandas as pd

from kc_analysis.analysis.decomposition import split_change


def variance(cells: pd.DataFrame) -> pd.DataFrame:
    """Split spent less planned into its causes, line by line, over what is reported.

    The split is that of ``decompose_growth``, from the plan to what happened.

    Parameters
    ----------
    cells : DataFrame
        As ``kc_analysis.midterm.execution.cells`` gives them.

    Returns
    -------
    DataFrame
        line, source, activity; volume_million_vnd, unit_cost_million_vnd; new_million_vnd, spent
        outside the plan; ended_million_vnd, planned and reported as nothing; unsplit_million_vnd,
        where a quantity is not known; change_million_vnd, the sum of all.
    """
    known = cells[cells["spent_million_vnd"].notna()].reset_index(drop=True)
    columns = ("planned_million_vnd", "planned_quantity", "spent_million_vnd", "delivered_quantity")
    a0, q0, a1, q1 = (known[name].fillna(0.0).to_numpy() for name in columns)
    parts = known[["line", "source", "activity"]].assign(**split_change(a0, q0, a1, q1))
    unsplit = (a0 != 0) & (a1 != 0) & ((q0 == 0) | (q1 == 0))
    parts.loc[unsplit, ["volume_million_vnd", "unit_cost_million_vnd"]] = 0.0
    parts.insert(7, "unsplit_million_vnd", parts["change_million_vnd"].where(unsplit, 0.0))
    return parts.groupby(["line", "source", "activity"], sort=False, as_index=False).sum()
