"""What the workbook says of itself: its cycle, the day of its figures, whether they are made up."""

import re
from datetime import date
from typing import NamedTuple

from kc_analysis.model import DataError, Plan, Text, same
from kc_analysis.reading.actuals.book import Taker
from kc_analysis.reading.actuals.words import ASKED, NO, YES
from kc_analysis.reading.cycle import load_plan
from kc_analysis.reading.forms.excel.address import Place

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00:00)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?", re.ASCII)


class Asked(NamedTuple):
    """The answers; None where there is none that could be read."""

    plan: Plan | None
    as_of: date | None
    illustrative: bool


def read_asked(taker: Taker, plan: Plan | None) -> Asked:
    """Read the answers of the first sheet, each beside its question.

    Parameters
    ----------
    taker : Taker
        Gets all that is wrong with them.
    plan : Plan or None
        If None, the plan of the cycle that the workbook names.
    """
    at = {name: _beside(taker, question) for name, question in ASKED.items()}
    plan = _plan(taker, at["cycle"], plan)
    as_of = _as_of(taker, at["as_of"], plan)
    answer = taker.one_of(at["illustrative"], {"yes": YES, "no": NO})
    return Asked(plan, as_of, answer == "yes")


def _beside(taker: Taker, question: Text) -> Place | None:
    for row, cells in enumerate(taker.sheet.rows):
        for column, cell in enumerate(cells):
            if cell.text in (question.vi, question.en):
                return row, column + 1
    expected = Text(f"ô “{question.vi}”", f"the cell “{question.en}”")
    taker.wrong_sheet(expected, Text("không có ô này", "no such cell"))
    return None


def _plan(taker: Taker, at: Place | None, plan: Plan | None) -> Plan | None:
    if at is None:
        return plan
    cycle = taker.text(at)
    if plan is None:
        try:
            return load_plan(cycle)
        except DataError as error:
            taker.wrong(at, error.troubles[0].expected)
    elif cycle != plan.cycle:
        taker.wrong(at, same(plan.cycle))
    return plan


def _as_of(taker: Taker, at: Place | None, plan: Plan | None) -> date | None:
    if at is None:
        return None
    day = _date(taker.text(at))
    if day is None:
        taker.wrong(at, Text("một ngày như 31/12/2023", "a date such as 31/12/2023 (day/month)"))
    elif plan and not plan.years[0] <= day.year <= plan.years[-1] + 1:
        # The accounts of the last year are closed in the year after it.
        taker.wrong(
            at,
            Text(
                f"một ngày từ 01/01/{plan.years[0]} đến 31/12/{plan.years[-1] + 1}",
                f"a day from 1 January {plan.years[0]} to 31 December {plan.years[-1] + 1}",
            ),
        )
        return None
    return day


def _date(text: str) -> date | None:
    if found := _DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
