"""What makes a budget change: volume, unit cost, new lines, ended lines."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, ratio
from kc_analysis.analysis.unit_costs import unit_costs
from kc_analysis.model import DataError, Plan, Text, Trouble, same


def decompose_growth(
    plan: Plan, start: int, end: int, by: Sequence[str] = ("line",)
) -> pd.DataFrame:
    """Split the change of the budget between two years into its causes, exactly.

    With quantity q and unit cost p, a line's change is split by Bennet's symmetric weights:
    volume = (q1 - q0) (p0 + p1) / 2, unit cost = (p1 - p0) (q0 + q1) / 2. They add up to the
    change without a rest. A line with no money in the first year is new; in the last, ended.

    Parameters
    ----------
    plan : Plan
    start, end : int
        Two years of the cycle.
    by : sequence of {"source", "line", "activity"}

    Returns
    -------
    DataFrame
        ``by``, volume_million_vnd, unit_cost_million_vnd, new_million_vnd, ended_million_vnd,
        change_million_vnd.

    Raises
    ------
    DataError
        If a year is not of the cycle, or if a line has money but no quantity in one of the years.

    References
    ----------
    T. L. Bennet (1920), The theory of measurement of changes in cost of living, Journal of the
    Royal Statistical Society 83, 455-462.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.decompose_growth(kc.load_plan("2021-2025"), 2021, 2025, by=[]).round(1).iloc[0].tolist()
    [967.2, -111.2, 550.0, 0.0, 1406.0]
    """
    place = Text("phân tích tăng trưởng", "the decomposition of growth")
    if outside := [str(year) for year in (start, end) if year not in plan.years]:
        expected = Text(f"hai năm trong giai đoạn {plan.cycle}", f"two years of {plan.cycle}")
        raise DataError([Trouble(place, expected, same(", ".join(outside)))])
    costs = unit_costs(plan)
    names = plan.lines[["line", "source", "activity"]]
    (a0, q0), (a1, q1) = (
        costs[costs["year"] == year]
        .set_index("line")[[AMOUNT, "quantity"]]
        .reindex(names["line"])
        .fillna(0.0)
        .to_numpy()
        .T
        for year in (start, end)
    )
    both = (a0 != 0) & (a1 != 0)
    if (uncounted := both & ((q0 == 0) | (q1 == 0))).any():
        expected = Text(
            "khối lượng cho mỗi dòng có kinh phí", "a quantity for each line with money"
        )
        lines = ", ".join(names["line"][uncounted])
        found = Text(f"dòng {lines} không có khối lượng", f"none for line {lines}")
        raise DataError([Trouble(place, expected, found)])
    parts = names.assign(**split_change(a0, q0, a1, q1))
    effects = list(parts.columns[3:])
    if not by:
        return parts[effects].sum().to_frame().T
    return parts.groupby(list(by), sort=False, as_index=False)[effects].sum()


def split_change(
    a0: np.ndarray, q0: np.ndarray, a1: np.ndarray, q1: np.ndarray
) -> dict[str, np.ndarray]:
    """Split the way from amounts a0 for quantities q0 to a1 for q1, by Bennet's weights.

    Returns
    -------
    dict
        volume_million_vnd, unit_cost_million_vnd, new_million_vnd, ended_million_vnd and
        change_million_vnd, which is their sum where both quantities are known.

    Examples
    --------
    >>> import numpy as np
    >>> parts = split_change(*(np.array([x]) for x in (600.0, 3.0, 836.0, 5.0)))
    >>> [round(part.item(), 1) for part in parts.values()]
    [367.2, -131.2, 0.0, 0.0, 236.0]
    """
    both = (a0 != 0) & (a1 != 0)
    p0, p1 = ratio(a0, q0), ratio(a1, q1)
    return {
        "volume_million_vnd": np.where(both, (q1 - q0) * (p0 + p1) / 2, 0.0),
        "unit_cost_million_vnd": np.where(both, (p1 - p0) * (q0 + q1) / 2, 0.0),
        "new_million_vnd": np.where(a0 == 0, a1, 0.0),
        "ended_million_vnd": np.where(a1 == 0, -a0, 0.0),
        "change_million_vnd": a1 - a0,
    }
