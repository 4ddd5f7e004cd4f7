"""Plans side by side: in amounts, in per cent, in quantities."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kc_analysis.model import DataError, Plan, Text, Trouble, same

AMOUNT = "amount_million_vnd"
#: Quantities are added up only within lines, or within an activity counted in one unit.
_COUNTED = ("line", "activity")


def compare(plans: Mapping[str, Plan], by: Sequence[str] = ()) -> pd.DataFrame:
    """Any number of plans beside the first.

    Parameters
    ----------
    plans : mapping of str to Plan
        The first is what the others are compared with.
    by : sequence of {"source", "line", "activity", "year"}

    Returns
    -------
    DataFrame
        plan, ``by``, amount_million_vnd, change_million_vnd and change_pct against the first plan
        (missing where that has nothing). By line or activity also unit, quantity and
        change_quantity; quantities of unlike units are never added up. The change of a scenario's
        plan is what comes of it; what was asked for and what is left ``placement`` tells.

    Raises
    ------
    DataError
        If there is no plan.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    >>> sides = kc.compare({"plan": plan, "cut": cut})
    >>> sides["change_million_vnd"].tolist()
    [0.0, -1600.0]
    """
    if not plans:
        expected = Text("ít nhất một kế hoạch", "at least one plan")
        raise DataError([Trouble(same("compare"), expected, Text("không có", "none"))])
    counted = any(name in by for name in _COUNTED)
    keys = [*by, "unit"] if counted else [*by]
    sides = [_side(plan, keys, counted=counted) for plan in plans.values()]
    rows = _rows(list(plans.values()), pd.concat(sides)[keys]) if keys else None
    first = _beside(rows, sides[0], keys)
    frames = []
    for name, side in zip(plans, sides, strict=True):
        frame = _beside(rows, side, keys)
        frame.insert(0, "plan", name)
        # Where one plan has a line and year and the other has not, the other's is nothing.
        known = frame[AMOUNT].notna() | first[AMOUNT].notna()
        change = (frame[AMOUNT].fillna(0) - first[AMOUNT].fillna(0)).where(known)
        base = first[AMOUNT].replace(0, np.nan)
        frame = frame.assign(change_million_vnd=change, change_pct=100 * change / base)
        if counted:
            worked = frame["quantity"].notna() | first["quantity"].notna()
            more = frame["quantity"].fillna(0) - first["quantity"].fillna(0)
            frame["change_quantity"] = more.where(worked)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _rows(plans: list[Plan], rows: pd.DataFrame) -> pd.DataFrame:
    """What any plan has a figure for, in the document's order."""
    lines = pd.concat([plan.lines for plan in plans])

    def place(column: pd.Series) -> pd.Series:
        if column.name == "year":
            return column
        return pd.Series(pd.Index(lines[column.name].unique()).get_indexer(column), column.index)

    return rows.drop_duplicates().sort_values(rows.columns.tolist(), key=place, ignore_index=True)


def _side(plan: Plan, keys: list[str], *, counted: bool) -> pd.DataFrame:
    units = plan.lines[["line", "unit"]]
    budget = plan.budget.merge(units, "left", "line")
    if not keys:
        return pd.DataFrame({AMOUNT: [budget[AMOUNT].sum()]})
    side = _sums(budget, keys, AMOUNT)
    if counted:
        side = side.merge(_sums(plan.quantities, keys, "quantity"), "outer", keys, sort=False)
    return side


def _sums(frame: pd.DataFrame, keys: list[str], value: str) -> pd.DataFrame:
    """The sum of each group; a line that has no unit is a group too."""
    return frame.groupby(keys, as_index=False, sort=False, dropna=False)[[value]].sum()


def _beside(rows: pd.DataFrame | None, side: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return side.copy() if rows is None else rows.merge(side, "left", keys)
