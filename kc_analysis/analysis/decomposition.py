"""What makes a budget change: volume, unit cost, lines that start, lines that end."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, ratio
from kc_analysis.analysis.growth import at_constant_prices
from kc_analysis.analysis.unit_costs import unit_costs
from kc_analysis.model import DataError, Plan, Text, Trouble, same


def decompose_growth(
    plan: Plan,
    start: int,
    end: int,
    by: Sequence[str] = ("line",),
    *,
    cpi: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Split the change of the budget between two years into its causes, exactly.

    With quantity q and unit cost p, a line's change is split by Bennet's symmetric weights:
    volume = (q1 - q0) (p0 + p1) / 2, unit cost = (p1 - p0) (q0 + q1) / 2. They add up to the
    change without a rest. A line with no money in the first year starts; in the last, it ends.

    Parameters
    ----------
    plan : Plan
    start, end : int
        Two years of the cycle.
    by : sequence of {"source", "line", "activity"}
    cpi : DataFrame, optional
        As ``at_constant_prices`` takes it: the same split in the prices of ``start``, beside.

    Returns
    -------
    DataFrame
        ``by``, volume_million_vnd, unit_cost_million_vnd, new_million_vnd, ended_million_vnd,
        change_million_vnd; with ``cpi`` also real_volume_million_vnd and so on.

    Raises
    ------
    DataError
        If a year is not of the cycle, if the index lacks one, or if a line has money but no
        quantity in one of the years.

    References
    ----------
    T. L. Bennet (1920), The theory of measurement of changes in cost of living, Journal of the
    Royal Statistical Society 83, 455-462.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> total = kc.decompose_growth(plan, 2021, 2025, by=[], cpi=kc.load_cpi()).round(1)
    >>> total.filter(regex="^(volume|unit|new|ended|change)").iloc[0].tolist()
    [967.2, -111.2, 550.0, 0.0, 1406.0]
    >>> total["real_unit_cost_million_vnd"].item()
    -521.8
    """
    if outside := [str(year) for year in (start, end) if year not in plan.years]:
        expected = Text(f"hai năm trong giai đoạn {plan.cycle}", f"two years of {plan.cycle}")
        raise DataError([Trouble(_PLACE, expected, same(", ".join(outside)))])
    names = plan.lines[["line", "source", "activity"]]
    parts = names.assign(**_parts(plan, start, end))
    if cpi is not None:
        real = _parts(at_constant_prices(plan, cpi, start), start, end)
        parts = parts.assign(**{f"real_{name}": part for name, part in real.items()})
    effects = list(parts.columns[3:])
    if not by:
        return parts[effects].sum().to_frame().T
    return parts.groupby(list(by), sort=False, as_index=False)[effects].sum()


def decompose_years(
    plan: Plan, by: Sequence[str] = (), *, cpi: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Split each year's change on the year before, as ``decompose_growth`` splits it.

    A line that pauses ends in one year and starts again in a later one, so that the parts add up
    to the change in each year, and each year's changes to that of the cycle.

    Parameters
    ----------
    plan : Plan
    by : sequence of {"source", "line", "activity"}
    cpi : DataFrame, optional
        Each change also in the prices of the year before.

    Returns
    -------
    DataFrame
        ``by``, year (the cycle's second to its last) and the parts of ``decompose_growth``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> years = kc.decompose_years(kc.load_plan("2021-2025")).set_index("year")
    >>> years.loc[2025, ["new_million_vnd", "ended_million_vnd"]].tolist()
    [80.0, -30.0]
    """
    frames = []
    for start, end in pairwise(plan.years):
        frame = decompose_growth(plan, start, end, by, cpi=cpi)
        frame.insert(len(by), "year", end)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


_PLACE = Text("phân tích tăng trưởng", "the decomposition of growth")


def _parts(plan: Plan, start: int, end: int) -> dict[str, np.ndarray]:
    """The parts of each line's change, in the order of the lines."""
    costs = unit_costs(plan)
    names = plan.lines["line"]
    (a0, q0), (a1, q1) = (
        costs[costs["year"] == year]
        .set_index("line")[[AMOUNT, "quantity"]]
        .reindex(names)
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
        lines = ", ".join(names[uncounted])
        found = Text(f"dòng {lines} không có khối lượng", f"none for line {lines}")
        raise DataError([Trouble(_PLACE, expected, found)])
    return split_change(a0, q0, a1, q1)


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
        "ended_million_vnd": np.where(a1 == 0, 0.0 - a0, 0.0),
        "change_million_vnd": a1 - a0,
    }
