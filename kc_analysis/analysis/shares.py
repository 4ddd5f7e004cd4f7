"""Who takes which part of the budget, and how concentrated it is."""

import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, Per, amounts
from kc_analysis.model import Plan


def shares(plan: Plan, of: str = "source", per: Per = "year") -> pd.DataFrame:
    """The share of each source, line or activity in the budget.

    Parameters
    ----------
    plan : Plan
    of : {"source", "line", "activity"}
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        ``of``, year (with ``per="year"``), amount_million_vnd, share_pct, and with
        ``per="year"`` change_points, the change in percentage points on the year before.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.shares(kc.load_plan("2021-2025"), per="cycle")["share_pct"].round(2).tolist()
    [24.37, 75.63]
    """
    frame = amounts(plan, [of], per)
    if per == "cycle":
        return frame.assign(share_pct=100 * frame[AMOUNT] / frame[AMOUNT].sum())
    share = 100 * frame[AMOUNT] / frame.groupby("year")[AMOUNT].transform("sum")
    return frame.assign(share_pct=share, change_points=share.groupby(frame[of]).diff())


def concentration(plan: Plan, of: str = "line", per: Per = "year") -> pd.DataFrame:
    """How far the budget is concentrated on few sources, lines or activities.

    The Herfindahl-Hirschman index is the sum of the squared shares in per cent: 10,000 where one
    takes all. Its inverse is the number of equal shares that would be as concentrated.

    Parameters
    ----------
    plan : Plan
    of : {"source", "line", "activity"}
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        year (with ``per="year"``), hhi (0 to 10,000), effective_number.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.concentration(kc.load_plan("2021-2025"), "source", "cycle")["hhi"].round().tolist()
    [6314.0]
    """
    frame = shares(plan, of, per)
    square = frame["share_pct"] ** 2
    hhi = square.groupby(frame["year"]).sum() if per == "year" else pd.Series([square.sum()])
    result = pd.DataFrame({"hhi": hhi, "effective_number": 10_000 / hhi})
    return result.reset_index() if per == "year" else result
