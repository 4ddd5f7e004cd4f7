"""What really happened: the workbook that a planner has filled, as a Plan and its indicators."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis import model
from kc_analysis.model import DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.reading.actuals.asked import Asked, read_asked
from kc_analysis.reading.actuals.book import Taker, open_sheets
from kc_analysis.reading.actuals.lines import Lines
from kc_analysis.reading.actuals.projects import DONG, PROJECT_MONEY, Project, add_up, read_projects
from kc_analysis.reading.actuals.remarks import remarks
from kc_analysis.reading.actuals.results import At, Figure, Row, read_results
from kc_analysis.reading.actuals.words import ILLUSTRATIVE, REPORTED, SHEETS
from kc_analysis.reading.cycle import raw_folder


@dataclass(frozen=True, eq=False)
class Actuals:
    """A cycle as carried out, up to a day.

    Attributes
    ----------
    plan : Plan
        Money spent and quantities delivered, where they are reported, as a plan: its variant says
        that it is carried out, and whether its figures are illustrative. It holds the lines that
        were not planned too, prints no totals, and gives for each figure its place in the workbook.
        Its notes are what the workbook makes one wonder.
    indicators : DataFrame
        A row for each line and year of which anything is reported: line, source, activity, unit,
        year, allocated_million_vnd, disbursed_million_vnd, quantity, counterpart_million_vnd,
        establishments, jobs, note. What is not reported is missing, never zero.
    projects : DataFrame
        name, line, year, beneficiary, total_cost_million_vnd, support_million_vnd,
        counterpart_million_vnd, status (approved, under_way, disbursed, completed, stopped).
    as_of : date
        The day up to which the figures are known.
    illustrative : bool
        Whether the figures are made up.
    """

    plan: Plan
    indicators: pd.DataFrame
    projects: pd.DataFrame
    as_of: date
    illustrative: bool


def actuals_file(cycle: str) -> Path | None:
    """The workbook of what happened in a cycle: the real one, else the worked example, else none.

    Parameters
    ----------
    cycle : str

    Returns
    -------
    Path or None
        ``actuals.xlsx`` or ``actuals-example.xlsx`` in the cycle's folder of raw data.

    Examples
    --------
    >>> actuals_file("2021-2025").name
    'actuals-example.xlsx'
    """
    names = ("actuals.xlsx", "actuals-example.xlsx")
    found = (raw_folder(cycle) / name for name in names)
    return next((path for path in found if path.is_file()), None)


def read_actuals(path: str | Path, plan: Plan | None = None) -> Actuals:
    """Read the workbook of ``kc template actuals`` once it is filled.

    Parameters
    ----------
    path : str or Path
        An .xlsx, in either language, as Excel or LibreOffice has saved it.
    plan : Plan, optional
        The plan that it was made for; if left out, that of the cycle which it names.

    Returns
    -------
    Actuals
        A figure that is left blank is taken from the projects of its line and year, if any: their
        support and counterpart once disbursed, a unit of work for each that is completed.

    Raises
    ------
    DataError
        If there is no such file, or with all that is wrong in it.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> actuals = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> actuals.as_of.isoformat(), actuals.plan.variant["en"]
    ('2023-12-31', 'Actual (ILLUSTRATIVE)')
    """
    path, troubles = Path(path), list[Trouble]()
    takers = _takers(path, troubles)
    asked = read_asked(takers["guide"], plan) if "guide" in takers else Asked(plan, None, False)
    if asked.plan is None:
        raise DataError(troubles)
    plan, lines = asked.plan, Lines(asked.plan)
    rows, projects, doubtful = dict[At, Row](), list[Project](), set[At]()
    if "results" in takers:
        rows = read_results(takers["results"], plan, lines, asked.as_of)
    if "projects" in takers:
        projects, doubtful = read_projects(takers["projects"], plan, lines, asked.as_of)
    sums = _sums(projects)
    troubles += _contradictions(path.name, rows, sums, lines, doubtful)
    figures = {
        at: {**sums.get(at, {}), **(rows[at].figures if at in rows else {})}
        for at in _in_order(rows.keys() | sums.keys(), lines)
    }
    if not troubles and not any(figures.values()):
        found = Text("không có số nào", "none")
        troubles.append(Trouble(same(path.name), _A_FIGURE, found))
    if troubles or asked.as_of is None:
        raise DataError(troubles)
    carried_out = _as_plan(path.name, plan, lines, figures, illustrative=asked.illustrative)
    typed = [*((at, row.figures) for at, row in rows.items()), *map(_figures, projects)]
    notes = {at: row.note for at, row in rows.items() if row.note}
    return Actuals(
        plan=replace(carried_out, notes=tuple(remarks(path.name, plan, figures, typed))),
        indicators=_indicators(lines, figures, notes),
        projects=tabulate(_PROJECTS, map(_record, projects)),
        as_of=asked.as_of,
        illustrative=asked.illustrative,
    )


def _takers(path: Path, troubles: list[Trouble]) -> dict[str, Taker]:
    """What takes values out of each sheet that is read; a trouble for each that is not there."""
    sheets, takers = open_sheets(path), {}
    for key in ("guide", "results", "projects"):
        name = SHEETS[key]
        sheet = sheets.get(name.vi) or sheets.get(name.en)
        if sheet:
            takers[key] = Taker(sheet, troubles)
        else:
            expected = Text(f"trang “{name.vi}”", f"the sheet “{name.en}”")
            troubles.append(Trouble(same(path.name), expected, same(", ".join(sheets))))
    return takers


def _sums(projects: list[Project]) -> dict[At, dict[str, Figure]]:
    grouped: dict[At, list[Project]] = {}
    for project in projects:
        grouped.setdefault((project.line, project.year), []).append(project)
    return {at: add_up(members) for at, members in grouped.items()}


def _contradictions(
    file: str,
    rows: dict[At, Row],
    sums: dict[At, dict[str, Figure]],
    lines: Lines,
    doubtful: set[At],
) -> Iterator[Trouble]:
    """Figures that are reported, where the projects of their line and year add up to others."""
    for at in rows.keys() & sums.keys() - doubtful:
        # A project may deliver several fairs, but where projects are counted, it is one of them.
        counted = lines.known[at[0]]["unit"].casefold() in ("đề án", "projects")
        for name, total in sums[at].items():
            reported = rows[at].figures.get(name)
            if reported is None or (name == "quantity" and not counted):
                continue
            if abs(reported.value - total.value) > DONG:
                numbers = [write_number(total.value, lang) for lang in ("vi", "en")]
                yield Trouble(
                    Text(f"{file}, {reported.place.vi}", f"{file}, {reported.place.en}"),
                    Text(
                        f"{numbers[0]}, tổng của các đề án ({total.place.vi}), hoặc ô trống",
                        f"{numbers[1]}, the projects' sum ({total.place.en}), or a blank cell",
                    ),
                    same(f"“{reported.printed}”"),
                )


def _in_order(places: Iterable[At], lines: Lines) -> list[At]:
    order = lines.frame()["line"].tolist()
    return sorted(places, key=lambda at: (order.index(at[0]), at[1]))


def _as_plan(
    file: str,
    plan: Plan,
    lines: Lines,
    figures: dict[At, dict[str, Figure]],
    *,
    illustrative: bool,
) -> Plan:
    budget, quantities, origin = [], [], []
    for (line, year), row in figures.items():
        known = lines.known[line]
        who = (line, known["source"], known["activity"])
        if money := row.get("disbursed_million_vnd"):
            budget.append((*who, year, money.value))
        if work := row.get("quantity"):
            quantities.append((*who, known["unit"], year, work.value))
        for table, figure in (("budget", money), ("quantities", work)):
            if figure:
                place = figure.place
                origin.append((table, line, year, file, place.vi, place.en, figure.printed))
    mark = Text(f" ({ILLUSTRATIVE.vi})", f" ({ILLUSTRATIVE.en})") if illustrative else same("")
    return replace(
        plan,
        lines=lines.frame(),
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, quantities),
        printed=tabulate(model.PRINTED, []),
        origin=tabulate(model.ORIGIN, origin),
        notes=(),
        variant=Text(f"Thực hiện{mark.vi}", f"Actual{mark.en}"),
    )


def _indicators(
    lines: Lines, figures: dict[At, dict[str, Figure]], notes: dict[At, str]
) -> pd.DataFrame:
    rows = []
    for at, row in figures.items():
        if row or at in notes:
            known = (lines.known[at[0]][name] for name in ("line", "source", "activity", "unit"))
            values = (row[name].value if name in row else nan for name in REPORTED)
            rows.append((*known, at[1], *values, notes.get(at)))
    return tabulate(_INDICATORS, rows)


def _figures(project: Project) -> tuple[At, dict[str, Figure]]:
    parts = project._asdict()
    figures = {name: parts[name] for name in PROJECT_MONEY if parts[name] is not None}
    return (project.line, project.year), figures


def _record(project: Project) -> tuple[Any, ...]:
    values = (part.value if isinstance(part, Figure) else part for part in project[:-1])
    return tuple(nan if value in (None, "") else value for value in values)


_INDICATORS: model.Columns = {
    **dict.fromkeys(("line", "source", "activity", "unit"), model.TEXT),
    "year": np.int64,
    **dict.fromkeys(REPORTED, np.float64),
    "note": model.TEXT,
}
_PROJECTS: model.Columns = {
    **dict.fromkeys(("name", "line"), model.TEXT),
    "year": np.int64,
    "beneficiary": model.TEXT,
    **dict.fromkeys(PROJECT_MONEY, np.float64),
    "status": model.TEXT,
}
_A_FIGURE = Text("ít nhất một số liệu thực hiện", "a figure of what happened, at least")
