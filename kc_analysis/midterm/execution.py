"""Planned, allocated, spent, delivered: by line and year, and added up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.midterm.status import execution_status, percent
from kc_analysis.model import Plan
from kc_analysis.reading.actuals import Actuals

_WHO = ["line", "source", "activity", "unit"]


def cells(plan: Plan, actuals: Actuals, as_of: date) -> pd.DataFrame:
    """Every line and year up to a day in which something was planned or reported.

    Parameters
    ----------
    plan : Plan
        The approved plan, an adjusted one, a scenario.
    actuals : Actuals
    as_of : date

    Returns
    -------
    DataFrame
        line, source, activity, unit, year; planned_million_vnd, planned_quantity,
        allocated_million_vnd, spent_million_vnd, delivered_quantity, counterpart_million_vnd,
        establishments, jobs, note (missing: not planned, or not reported); under_way, whether the
        year is not over; of_plan_pct, of_allocation_pct, status.
    """
    lines = pd.concat([plan.lines, actuals.plan.lines]).drop_duplicates("line")[_WHO]
    years = pd.DataFrame({"year": [year for year in plan.years if year <= as_of.year]})
    frame = lines.merge(years, how="cross")
    planned = _by_cell(plan.budget, "amount_million_vnd", "planned_million_vnd")
    work = _by_cell(plan.quantities, "quantity", "planned_quantity")
    names = {"disbursed_million_vnd": "spent_million_vnd", "quantity": "delivered_quantity"}
    reported = actuals.indicators.drop(columns=[*_WHO[1:]]).rename(columns=names)
    for part in (planned, work, reported):
        frame = frame.merge(part, "left", ["line", "year"])
    told = frame.drop(columns=[*_WHO, "year", "note"]).notna().any(axis=1)
    frame = frame[told].reset_index(drop=True)
    frame["under_way"] = (frame["year"] == as_of.year) & ((as_of.month, as_of.day) < (12, 31))
    return _judged(
        frame.assign(
            of_plan_pct=percent(frame["spent_million_vnd"], frame["planned_million_vnd"]),
            of_allocation_pct=percent(frame["spent_million_vnd"], frame["allocated_million_vnd"]),
        )
    )


def execution(cells: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Execution added up, so that what is not reported counts neither as spent nor as nothing.

    Parameters
    ----------
    cells : DataFrame
        As ``cells`` gives them.
    by : sequence of {"line", "source", "activity", "year"}

    Returns
    -------
    DataFrame
        ``by``; planned_million_vnd, all that was due; not_reported_million_vnd, what of it nothing
        is known of; allocated_million_vnd, spent_million_vnd; of_plan_pct, spent against the plan
        of what is reported; of_allocation_pct, spent against allocated where both are known;
        under_way, whether a year is not over; status.
    """
    spent, allocated = cells["spent_million_vnd"], cells["allocated_million_vnd"]
    planned = cells["planned_million_vnd"]
    both = spent.notna() & allocated.notna()
    parts = cells.assign(
        not_reported_million_vnd=planned.where(spent.isna()),
        planned_reported=planned.where(spent.notna()),
        spent_allocated=spent.where(both),
        allocated_spent=allocated.where(both),
    )
    sums = [
        "planned_million_vnd", "not_reported_million_vnd", "allocated_million_vnd",
        "spent_million_vnd", "planned_reported", "spent_allocated", "allocated_spent",
    ]  # fmt: skip
    groups: list[Any] = list(by) or [np.zeros(len(parts))]
    grouped = parts.groupby(groups, sort=False)
    frame = grouped[sums].sum(min_count=1).join(grouped["under_way"].any())
    frame = frame.reset_index(drop=not by)
    frame["not_reported_million_vnd"] = frame["not_reported_million_vnd"].fillna(0.0)
    judged = _judged(
        frame.assign(
            of_plan_pct=percent(frame["spent_million_vnd"], frame["planned_reported"]),
            of_allocation_pct=percent(frame["spent_allocated"], frame["allocated_spent"]),
        ),
        planned="planned_reported",
    )
    nothing = judged["spent_million_vnd"].isna() & judged["planned_million_vnd"].gt(0)
    judged["status"] = judged["status"].mask(nothing, "not_reported")
    return judged.drop(columns=["planned_reported", "spent_allocated", "allocated_spent"])


def delivery(cells: pd.DataFrame) -> pd.DataFrame:
    """Work delivered against work planned, line by line; unlike units are never added up.

    Parameters
    ----------
    cells : DataFrame

    Returns
    -------
    DataFrame
        line, source, activity, unit, planned_quantity (all that was due), not_reported_quantity,
        delivered_quantity, of_plan_pct (against the plan of what is reported), status.
    """
    planned, delivered = cells["planned_quantity"], cells["delivered_quantity"]
    parts = cells.assign(
        not_reported_quantity=planned.where(delivered.isna()),
        planned_reported=planned.where(delivered.notna()),
    )
    sums = ["planned_quantity", "not_reported_quantity", "delivered_quantity", "planned_reported"]
    grouped = parts.groupby(_WHO, sort=False)
    frame = grouped[sums].sum(min_count=1).join(grouped["under_way"].any()).reset_index()
    frame["not_reported_quantity"] = frame["not_reported_quantity"].fillna(0.0)
    judged = frame.assign(
        of_plan_pct=percent(frame["delivered_quantity"], frame["planned_reported"])
    )
    judged = _judged(judged, planned="planned_reported", spent="delivered_quantity")
    nothing = judged["delivered_quantity"].isna() & judged["planned_quantity"].gt(0)
    judged["status"] = judged["status"].mask(nothing, "not_reported")
    return judged.drop(columns=["planned_reported", "under_way"])


def _judged(
    frame: pd.DataFrame, planned: str = "planned_million_vnd", spent: str = "spent_million_vnd"
) -> pd.DataFrame:
    known = frame[["under_way"]].assign(planned=frame[planned], spent=frame[spent])
    return frame.assign(status=execution_status(known))


def _by_cell(frame: pd.DataFrame, value: str, name: str) -> pd.DataFrame:
    return frame[["line", "year", value]].rename(columns={value: name})
