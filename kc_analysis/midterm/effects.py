"""What the money moved: counterpart capital, establishments, jobs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.midterm.status import percent

_MOVED = ("counterpart_million_vnd", "establishments", "jobs")


def effects(cells: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Counterpart capital per đồng of support, support per establishment and per job.

    Parameters
    ----------
    cells : DataFrame
        As ``kc_analysis.midterm.execution.cells`` gives them.
    by : sequence of {"line", "source", "activity", "year"}

    Returns
    -------
    DataFrame
        ``by``; spent_million_vnd, counterpart_million_vnd, establishments, jobs as reported;
        leverage (counterpart over spent, a pure number), cost_million_vnd_per_establishment,
        cost_million_vnd_per_job: each over the lines and years in which both are reported.
    """
    spent = cells["spent_million_vnd"]
    parts = cells.assign(**{f"spent_{name}": spent.where(cells[name].notna()) for name in _MOVED})
    for name in _MOVED:
        parts[f"known_{name}"] = parts[name].where(spent.notna())
    pairs = [f"{side}_{name}" for name in _MOVED for side in ("spent", "known")]
    groups: list[Any] = list(by) or [np.zeros(len(parts))]
    grouped = parts.groupby(groups, sort=False)[["spent_million_vnd", *_MOVED, *pairs]]
    frame = grouped.sum(min_count=1).reset_index(drop=not by)
    counterpart, establishments, jobs = _MOVED
    frame["leverage"] = percent(frame[f"known_{counterpart}"], frame[f"spent_{counterpart}"]) / 100
    for name, unit in ((establishments, "establishment"), (jobs, "job")):
        cost = percent(frame[f"spent_{name}"], frame[f"known_{name}"]) / 100
        frame[f"cost_million_vnd_per_{unit}"] = cost
    return frame.drop(columns=pairs)
