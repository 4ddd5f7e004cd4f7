"""The whole of a mid-term review, table by table."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kc_analysis.midterm.effects import effects
from kc_analysis.midterm.execution import cells, delivery, execution
from kc_analysis.midterm.outlook import outlook, path
from kc_analysis.midterm.targets import reached
from kc_analysis.midterm.variance import variance
from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.reading.actuals import Actuals


@dataclass(frozen=True, eq=False)
class Review:
    """A plan beside what happened, up to a day.

    Attributes
    ----------
    plan : Plan
    actuals : Actuals
    as_of : date
    cells : DataFrame
        Every line and year; see ``midterm.execution.cells``.
    total, by_source, by_line, by_year, by_source_year : DataFrame
        Execution added up; see ``midterm.execution.execution``.
    delivery : DataFrame
        Work delivered, by line; see ``midterm.execution.delivery``.
    variance : DataFrame
        Why more or less was spent, by line; see ``midterm.variance``.
    effects, effects_by_source, effects_by_line, effects_by_year : DataFrame
        What the money moved; see ``midterm.effects``.
    targets : DataFrame
        The decision's targets so far; see ``midterm.targets``.
    outlook, outlook_by_source, outlook_by_line : DataFrame
        The end of the cycle three ways; see ``midterm.outlook``.
    path : DataFrame
        The cumulative way through the cycle; see ``midterm.outlook.path``.
    """

    plan: Plan
    actuals: Actuals
    as_of: date
    cells: pd.DataFrame
    total: pd.DataFrame
    by_source: pd.DataFrame
    by_line: pd.DataFrame
    by_year: pd.DataFrame
    by_source_year: pd.DataFrame
    delivery: pd.DataFrame
    variance: pd.DataFrame
    effects: pd.DataFrame
    effects_by_source: pd.DataFrame
    effects_by_line: pd.DataFrame
    effects_by_year: pd.DataFrame
    targets: pd.DataFrame
    outlook: pd.DataFrame
    outlook_by_source: pd.DataFrame
    outlook_by_line: pd.DataFrame
    path: pd.DataFrame


def review(plan: Plan, actuals: Actuals, as_of: date | None = None) -> Review:
    """Set a plan beside what happened.

    Parameters
    ----------
    plan : Plan
        The approved plan, an adjusted one, a scenario.
    actuals : Actuals
        As ``read_actuals`` gives them.
    as_of : date, optional
        The day up to which figures count; the workbook's own, if none is given.

    Returns
    -------
    Review

    Raises
    ------
    DataError
        If the figures are of another cycle, or if nothing was reported up to that day.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> kc.review(plan, example).by_year["year"].tolist()
    [2021, 2022, 2023]
    """
    day = as_of or actuals.as_of
    place = Text("sơ kết", "the review")
    if plan.cycle != actuals.plan.cycle:
        expected = Text(f"số liệu của giai đoạn {plan.cycle}", f"figures of the cycle {plan.cycle}")
        raise DataError([Trouble(place, expected, same(actuals.plan.cycle))])
    table = cells(plan, actuals, day)
    if table["spent_million_vnd"].isna().all():
        expected = Text(f"số giải ngân đến {day:%d/%m/%Y}", f"amounts spent by {day:%d %B %Y}")
        raise DataError([Trouble(place, expected, Text("không có", "none"))])
    return Review(
        plan=plan,
        actuals=actuals,
        as_of=day,
        cells=table,
        total=execution(table),
        by_source=execution(table, ["source"]),
        by_line=execution(table, ["line"]),
        by_year=execution(table, ["year"]).sort_values("year", ignore_index=True),
        by_source_year=execution(table, ["source", "year"]),
        delivery=delivery(table),
        variance=variance(table),
        effects=effects(table),
        effects_by_source=effects(table, ["source"]),
        effects_by_line=effects(table, ["line"]),
        effects_by_year=effects(table, ["year"]).sort_values("year", ignore_index=True),
        targets=reached(plan, actuals, day),
        outlook=outlook(plan, table),
        outlook_by_source=outlook(plan, table, ["source"]),
        outlook_by_line=outlook(plan, table, ["line"]),
        path=path(plan, table),
    )
