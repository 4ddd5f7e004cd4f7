"""The sheet of projects, and what the projects of a line and year add up to."""

from datetime import date
from math import fsum
from typing import NamedTuple

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.actuals.book import Taker
from kc_analysis.reading.actuals.lines import Lines
from kc_analysis.reading.actuals.results import At, Figure, take_year
from kc_analysis.reading.actuals.table import find_table
from kc_analysis.reading.actuals.words import DELIVERED, PROJECTS, SPENT, STATUSES
from kc_analysis.reading.forms.excel.address import Place

#: Amounts are given in million VND; what is less than a đồng is rounding.
DONG = 1e-6
PROJECT_MONEY = ("total_cost_million_vnd", "support_million_vnd", "counterpart_million_vnd")


class Project(NamedTuple):
    """A project as recorded; a figure that is not recorded is None."""

    name: str
    line: str
    year: int
    beneficiary: str
    total_cost_million_vnd: Figure | None
    support_million_vnd: Figure | None
    counterpart_million_vnd: Figure | None
    status: str
    one: Figure  # itself, as a unit of work


def read_projects(
    taker: Taker, plan: Plan, lines: Lines, as_of: date | None
) -> tuple[list[Project], set[At]]:
    """The projects that the sheet records.

    Parameters
    ----------
    taker : Taker
        Gets all that is wrong with the sheet.
    plan : Plan
    lines : Lines
        All that a project may belong to.
    as_of : date or None

    Returns
    -------
    projects : list of Project
    doubtful : set
        The lines and years of projects that could not be read.
    """
    table = find_table(taker, PROJECTS, ["title"])
    projects: list[Project] = []
    doubtful: set[At] = set()
    for row in table.rows if len(table.columns) == len(PROJECTS) - 1 else ():
        before = len(taker.troubles)
        project = _project(taker, table.places(row), plan, lines, as_of)
        if len(taker.troubles) == before:
            projects.append(project)
        else:
            doubtful.add((project.line, project.year))
    return projects, doubtful


def _project(
    taker: Taker, at: dict[str, Place], plan: Plan, lines: Lines, as_of: date | None
) -> Project:
    name, line = taker.text(at["name"]), taker.text(at["line"])
    for column, good, expected in (
        ("name", name, _A_NAME),
        ("line", line in lines.known, lines.one_line()),
    ):
        if not good:
            taker.wrong(at[column], expected)
    year, status = take_year(taker, at["year"], plan), taker.one_of(at["status"], STATUSES)
    total, support, counterpart = (_figure(taker, at[column]) for column in PROJECT_MONEY)
    if status in SPENT:
        if taker.blank([at["support_million_vnd"]]):
            taker.wrong(at["support_million_vnd"], _SUPPORT)
        if as_of and year and year > as_of.year:
            expected = Text(
                f"một năm không sau ngày {as_of:%d/%m/%Y}, khi đã giải ngân",
                f"a year not after {as_of:%d/%m/%Y}, where support is disbursed",
            )
            taker.wrong(at["year"], expected)
    _within_cost(taker, at, total, support, counterpart)
    return Project(
        name,
        line,
        year or 0,
        taker.text(at["beneficiary"]),
        total,
        support,
        counterpart,
        status or "",
        Figure(1.0, taker.sheet.place(at["name"]), "1"),
    )


def _figure(taker: Taker, at: Place) -> Figure | None:
    value = taker.number(at)
    if value is None:
        return None
    return Figure(value, taker.sheet.place(at), taker.sheet.cell(at).text)


def _within_cost(
    taker: Taker,
    at: dict[str, Place],
    total: Figure | None,
    support: Figure | None,
    counterpart: Figure | None,
) -> None:
    parts = 0.0
    for column, part in zip(PROJECT_MONEY[1:], (support, counterpart), strict=True):
        parts += part.value if part else 0.0
        if part and total and parts > total.value + DONG:
            expected = Text(
                f"hỗ trợ cùng đối ứng không quá tổng chi phí {write_number(total.value)}",
                "support with counterpart of at most the total cost, "
                f"{write_number(total.value, 'en')}",
            )
            taker.wrong(at[column], expected, Text(write_number(parts), write_number(parts, "en")))
            return


def add_up(projects: list[Project]) -> dict[str, Figure]:
    """What the projects of one line and year come to: disbursed, counterpart, quantity.

    Money counts once it is disbursed, and a project is a unit of work once it is completed. Where
    one of them does not tell its part there is no sum: it would be too small.
    """
    spent = [project for project in projects if project.status in SPENT]
    parts: dict[str, list[Figure | None]] = {
        "disbursed_million_vnd": [project.support_million_vnd for project in spent],
        "counterpart_million_vnd": [project.counterpart_million_vnd for project in spent],
        "quantity": [project.one for project in projects if project.status in DELIVERED],
    }
    sums = {}
    for name, figures in parts.items():
        known = [figure for figure in figures if figure is not None]
        if known and len(known) == len(figures):
            places = (("; ".join(one.place[lang] for one in known)) for lang in ("vi", "en"))
            printed = " + ".join(one.printed for one in known)
            sums[name] = Figure(fsum(one.value for one in known), Text(*places), printed)
    return sums


_A_NAME = Text("tên đề án", "the project's name")
_SUPPORT = Text(
    "kinh phí hỗ trợ của đề án đã giải ngân", "the support of a project that is disbursed"
)
