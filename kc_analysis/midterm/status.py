"""How far a plan is carried out, in words, by thresholds that every report states."""

from typing import Any

import numpy as np
import pandas as pd

#: From how many per cent of the plan on each status holds.
THRESHOLDS = {"behind": 0.0, "slow": 80.0, "done": 95.0, "over": 105.0}


def execution_status(frame: pd.DataFrame) -> pd.Series:
    """The status of each row that has been planned or reported.

    Parameters
    ----------
    frame : DataFrame
        planned, spent (of whatever is counted) and under_way (whether the year is not over yet).

    Returns
    -------
    Series
        ``not_reported`` (planned, and nothing is known), ``unplanned`` (carried out and not
        planned), ``not_carried_out`` (planned, and reported as nothing), ``under_way`` (not done,
        but the year is not over), else by ``THRESHOLDS``: behind, slow, done, over.
    """
    planned, spent = frame["planned"].fillna(0.0), frame["spent"]
    part = percent(spent, planned)
    names, floors = list(THRESHOLDS), list(THRESHOLDS.values())
    by_part = pd.Series(pd.NA, index=frame.index, dtype="object")
    for name, floor in zip(names, floors, strict=True):
        # 94.99 and a bit, which is written 95.0, is 95.
        by_part = by_part.mask(part.round(1) >= floor, name)
    by_part = by_part.mask(frame["under_way"] & (part.round(1) < THRESHOLDS["done"]), "under_way")
    by_part = by_part.mask((planned > 0) & (spent == 0) & ~frame["under_way"], "not_carried_out")
    by_part = by_part.mask((planned == 0) & (spent > 0), "unplanned")
    return by_part.mask((planned > 0) & spent.isna(), "not_reported")


def percent(part: Any, whole: Any) -> pd.Series:
    """Part of the whole in per cent, missing where the whole is nothing."""
    share: pd.Series = 100 * part / whole.where(whole != 0, np.nan)
    return share
