"""Where the cycle ends: as planned, at the rate so far, or caught up; and the way there."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.midterm.status import percent
from kc_analysis.model import Plan

AMOUNT = "amount_million_vnd"


def outlook(plan: Plan, cells: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """The end of the cycle three ways, and whether catching up is plausible.

    Parameters
    ----------
    plan : Plan
    cells : DataFrame
        As ``kc_analysis.midterm.execution.cells`` gives them.
    by : sequence of {"line", "source", "activity"}

    Returns
    -------
    DataFrame
        ``by``; planned_cycle_million_vnd; spent_million_vnd to date; remaining_million_vnd, what
        is planned for the years to come; then the cycle's end:

        - as_planned_million_vnd: spent to date, and the years to come as planned;
        - at_rate_million_vnd: the years to come spend as large a part of their plan as the
          years so far have (of_plan_pct);
        - needed_million_vnd_per_year: what each year to come must spend to reach the cycle's plan;
          best_year, best_year_million_vnd: the most that a year has spent so far; plausible,
          whether no more is needed than that.

        A year that is not over is still to come, and ends with no less than it has spent.
    """
    last = _last_over(plan, cells)
    years_left = plan.years[-1] - last
    keys = list(by)
    budget = plan.budget
    whole = _sum(budget, keys, AMOUNT, "planned_cycle_million_vnd")
    ahead = _sum(budget[budget["year"] > last], keys, AMOUNT, "remaining_million_vnd")
    done = cells[~cells["under_way"]]
    reported = done[done["spent_million_vnd"].notna()]
    frame = whole
    for part in (
        _sum(cells, keys, "spent_million_vnd", "spent_million_vnd"),
        ahead,
        _sum(done, keys, "spent_million_vnd", "spent_done"),
        _sum(done, keys, "planned_million_vnd", "due"),
        _sum(reported, keys, "planned_million_vnd", "planned_reported"),
        _best(done, keys),
    ):
        frame = frame.join(part, how="outer", sort=False)
    frame["remaining_million_vnd"] = frame["remaining_million_vnd"].fillna(0.0)
    spent, remaining = frame["spent_done"], frame["remaining_million_vnd"]
    # Where nothing was due yet, nothing is late.
    spent = spent.mask(spent.isna() & frame["due"].isna(), 0.0)
    # What a year under way has spent already is the least that it will have spent.
    begun = frame["spent_million_vnd"].fillna(0.0) - spent.fillna(0.0)
    rate = percent(spent, frame["planned_reported"])
    needed = (frame["planned_cycle_million_vnd"].fillna(0.0) - spent).clip(lower=0)
    needed = needed / years_left if years_left else needed * np.nan
    plausible = (needed <= frame["best_year_million_vnd"]).astype("boolean")
    frame = frame.assign(
        of_plan_pct=rate,
        as_planned_million_vnd=spent + np.maximum(remaining, begun),
        at_rate_million_vnd=spent + np.maximum(remaining * rate / 100, begun),
        needed_million_vnd_per_year=needed,
        plausible=plausible.mask(needed.isna() | frame["best_year_million_vnd"].isna()),
    )
    order = [
        "planned_cycle_million_vnd", "spent_million_vnd", "remaining_million_vnd", "of_plan_pct",
        "as_planned_million_vnd", "at_rate_million_vnd", "needed_million_vnd_per_year",
        "best_year", "best_year_million_vnd", "plausible",
    ]  # fmt: skip
    frame = frame[order]
    if not keys:
        return frame.reset_index(drop=True)
    # In the plan's order; lines outside the plan come last.
    named = plan.lines[keys].drop_duplicates()
    named = pd.concat([named, frame.reset_index()[keys]]).drop_duplicates()
    return named.merge(frame.reset_index(), "inner", keys)


def path(plan: Plan, cells: pd.DataFrame) -> pd.DataFrame:
    """The cumulative way through the cycle: planned, spent, and the three outlooks.

    Parameters
    ----------
    plan : Plan
    cells : DataFrame

    Returns
    -------
    DataFrame
        year (every year of the cycle); planned_million_vnd, spent_million_vnd,
        as_planned_million_vnd, at_rate_million_vnd, caught_up_million_vnd: each the sum from the
        first year on. Spent is missing after the last year that is over; the outlooks start there.
    """
    end = outlook(plan, cells).iloc[0]
    rate, needed = float(end["of_plan_pct"]), float(end["needed_million_vnd_per_year"])
    years = pd.Index(plan.years, name="year")
    planned = plan.budget.groupby("year")[AMOUNT].sum().reindex(years, fill_value=0.0)
    done = cells[~cells["under_way"]]
    spent = done.groupby("year")["spent_million_vnd"].sum(min_count=1).reindex(years)
    last = _last_over(plan, cells)
    so_far = spent.fillna(0.0).cumsum().where(years <= last)
    reached = so_far.get(last, 0.0)
    ahead = planned.where(years > last, 0.0).cumsum()
    left = pd.Series(years - last, years)
    begun = (left > 0) * (cells["spent_million_vnd"].sum() - reached)
    ways = {
        "as_planned_million_vnd": reached + np.maximum(ahead, begun),
        "at_rate_million_vnd": reached + np.maximum(ahead * rate / 100, begun),
        "caught_up_million_vnd": reached + left * needed,
    }
    frame = pd.DataFrame({"planned_million_vnd": planned.cumsum(), "spent_million_vnd": so_far})
    return frame.assign(
        **{name: way.where(years >= last) for name, way in ways.items()}
    ).reset_index()


def _last_over(plan: Plan, cells: pd.DataFrame) -> int:
    """The last year that is over; the one before the cycle, if none is."""
    over = cells.loc[~cells["under_way"], "year"]
    return plan.years[0] - 1 if over.empty else int(over.max())


def _sum(frame: pd.DataFrame, keys: list[str], value: str, name: str) -> pd.DataFrame:
    groups: list[Any] = keys or [np.zeros(len(frame))]
    return frame.groupby(groups, sort=False)[[value]].sum(min_count=1).set_axis([name], axis=1)


def _best(done: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The year in which the most was spent, and how much."""
    whole: list[Any] = keys or [np.zeros(len(done))]
    yearly = done.groupby([*whole, "year"])["spent_million_vnd"]
    sums = yearly.sum(min_count=1).dropna().reset_index(name="best_year_million_vnd")
    groups = keys or ["level_0"]
    best = sums.sort_values(
        "best_year_million_vnd", ascending=False, kind="stable"
    ).drop_duplicates(groups)
    return best.rename(columns={"year": "best_year"}).set_index(groups)
