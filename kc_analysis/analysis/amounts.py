"""The budget by year and by group: what every analysis starts from."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from kc_analysis.model import Plan

AMOUNT = "amount_million_vnd"
Per = Literal["year", "cycle"]


def amounts(plan: Plan, by: Sequence[str] = (), per: Per = "year") -> pd.DataFrame:
    """The budget by year, or over the cycle.

    Parameters
    ----------
    plan : Plan
    by : sequence of {"source", "line", "activity"}
    per : {"year", "cycle"}

    Returns
    -------
    DataFrame
        ``by``, year (with ``per="year"``: every year of the cycle), amount_million_vnd; an amount
        is missing where the plan has none.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.amounts(kc.load_plan("2021-2025"))["amount_million_vnd"].tolist()
    [2950.0, 3300.0, 3680.0, 3960.0, 4356.0]
    """
    keys = columns(by, per)
    if not keys:
        return pd.DataFrame({AMOUNT: [plan.budget[AMOUNT].sum()]})
    sums = plan.budget.groupby(keys, as_index=False)[AMOUNT].sum()
    return grid(plan, by, per).merge(sums, "left", keys)


def columns(by: Sequence[str], per: Per) -> list[str]:
    """The columns that set rows apart, the year among them where it does."""
    return [*by, "year"] if per == "year" else [*by]


def grid(plan: Plan, by: Sequence[str], per: Per) -> pd.DataFrame:
    """A row for each group, in the document's order, and for each year of the cycle."""
    groups = plan.lines[list(by)].drop_duplicates(ignore_index=True)
    if per == "cycle":
        return groups
    years = pd.DataFrame({"year": plan.years})
    return groups.merge(years, how="cross") if by else years


def ratio(part: Any, whole: Any) -> Any:
    """Part over whole, missing where the whole is nothing."""
    part, whole = np.asarray(part), np.asarray(whole)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
