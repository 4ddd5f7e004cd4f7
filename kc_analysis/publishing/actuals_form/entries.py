"""What stands in the cells of a form: the plan's figures, and those that are known already."""

from math import isnan
from typing import Any

import pandas as pd

from kc_analysis.model import Plan, same
from kc_analysis.reading.actuals import Actuals
from kc_analysis.reading.actuals.projects import DONG, Project, add_up
from kc_analysis.reading.actuals.results import Figure, by_cell
from kc_analysis.reading.actuals.words import COUNTS, REPORTED
from kc_analysis.wording import labels

#: A row of the sheet of results by the names of its columns; what is blank is not there.
Entry = dict[str, Any]
_COUNTED = dict(
    zip(COUNTS, ("disbursed_million_vnd", "quantity", "counterpart_million_vnd"), strict=True)
)


def entries(plan: Plan, lang: str, actuals: Actuals | None) -> tuple[list[Entry], list[Entry]]:
    """The rows of the sheet of results.

    Parameters
    ----------
    plan : Plan
    lang : {"vi", "en"}
    actuals : Actuals or None
        What is known already. A figure that its projects add up to is left to them.

    Returns
    -------
    planned, unplanned : list of dict
        A row for each line and year of the plan, and for those of the lines that it has not.
    """
    reported: dict[tuple[str, int], Entry] = {}
    sums: dict[tuple[str, int], dict[str, Figure]] = {}
    if actuals:
        for record in actuals.indicators.to_dict("records"):
            reported[record["line"], record["year"]] = {str(name): record[name] for name in record}
        sums = _sums(actuals.projects)
    lines = actuals.plan if actuals else plan
    titles, sources = labels(lines, "line", lang), labels(plan, "source", lang)
    budget = by_cell(plan.budget, "amount_million_vnd")
    work = by_cell(plan.quantities, "quantity")
    planned: list[Entry] = []
    unplanned: list[Entry] = []
    for line in lines.lines.to_dict("records"):
        there = line["line"] in set(plan.lines["line"])
        for year in plan.years:
            at = line["line"], year
            if not there and at not in reported:
                continue
            entry = {
                "line": line["line"],
                "title": titles[line["line"]],
                "source": sources[line["source"]],
                "unit": _unit(line, lang),
                "year": year,
                "planned_million_vnd": budget.get(at),
                "planned_quantity": work.get(at),
                **_reported(reported.get(at, {}), sums.get(at, {})),
            }
            (planned if there else unplanned).append(_known(entry))
    return planned, unplanned


def _unit(line: dict[Any, Any], lang: str) -> str:
    unit = line["unit_en"] if lang == "en" else None
    return str(unit if isinstance(unit, str) else line["unit"])


def _reported(record: Entry, sums: dict[str, Figure]) -> Entry:
    """What is typed in a row, and what its formulas make of it."""
    typed: Entry = {name: record.get(name) for name in (*REPORTED, "note")}
    counted = {column: typed[name] for column, name in _COUNTED.items()}
    for name, total in sums.items():
        if typed[name] is not None and abs(typed[name] - total.value) <= DONG:
            typed[name] = None
    return typed | counted


def _known(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if value is not None and value == value}


def _sums(projects: pd.DataFrame) -> dict[tuple[str, int], dict[str, Figure]]:
    grouped: dict[tuple[str, int], list[Project]] = {}
    for record in projects.to_dict("records"):
        known = {str(name): _figure(value) for name, value in record.items()}
        project = Project(**known, one=Figure(1.0, _NOWHERE, ""))
        grouped.setdefault((project.line, project.year), []).append(project)
    return {at: add_up(members) for at, members in grouped.items()}


def _figure(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if isnan(value) else Figure(value, _NOWHERE, "")


_NOWHERE = same("")
