"""How far the decision's targets have been reached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.checks.coverage import coverage
from kc_analysis.midterm.status import percent
from kc_analysis.model import TEXT, Plan
from kc_analysis.reading.actuals import Actuals
from kc_analysis.reading.vocabulary import money_unit


def reached(plan: Plan, actuals: Actuals, as_of: date) -> pd.DataFrame:
    """Each target of the decision beside what has been done of it.

    Parameters
    ----------
    plan : Plan
        With its targets.
    actuals : Actuals
    as_of : date

    Returns
    -------
    DataFrame
        The columns of ``plan.targets``; done_low and done_high, what was done (the least and the
        most in a year, for a yearly target), done_unit_vi, done_unit_en, done_pct of the least
        that the target asks for, and status: ``reached``; ``not_yet``; ``not_reported``, where
        nothing is known of its lines; ``other_unit``, where what is recorded counts something
        else; ``no_line``, where nothing recorded tells.
    """
    # Years that are still to come are not years in which nothing was done.
    years = f"{plan.years[0]}-{min(as_of.year, plan.years[-1])}"
    lines = pd.concat([plan.lines, actuals.plan.lines]).drop_duplicates("line")
    done = replace(
        actuals.plan,
        cycle=years,
        lines=lines,
        budget=actuals.plan.budget.query("year <= @as_of.year"),
        quantities=actuals.plan.quantities.query("year <= @as_of.year"),
        targets=plan.targets,
    )
    frame = coverage(done)
    names = {name: name.replace("planned", "done") for name in map(str, frame) if "planned" in name}
    frame = frame.rename(columns=names)
    unknown = pd.Series([_unknown(target, done) for target in frame.to_dict("records")])
    done_of = [name for name in ("done_low", "done_high") if name in frame]
    frame[done_of] = frame[done_of].mask(unknown)
    told = frame["status"].isin(["other_unit", "no_line"])
    part = percent(frame["done_low"], frame["low"]).where(~told)
    met = np.where(frame["done_low"] >= frame["low"], "reached", "not_yet")
    status = pd.Series(met, frame.index, dtype=TEXT).mask(unknown, "not_reported")
    return frame.assign(done_pct=part, status=status.mask(told, frame["status"]))


def _unknown(target: Mapping[Any, Any], done: Plan) -> bool:
    """Whether a target has lines, and none of them is reported."""
    if not isinstance(target["budget_line"], str):
        return False
    money = money_unit(target["unit_vi"])
    lines = set((done.budget if money else done.quantities)["line"])
    keys = target["budget_line"].split(";")
    sections = {line.rpartition(".")[0] for line in done.lines["line"]}
    every = any("." not in key and key not in sections for key in keys)
    return not any(every or line in keys or line.rpartition(".")[0] in keys for line in lines)
