"""The sheet of results: a row for each line and year, held against the plan."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.actuals.book import Taker
from kc_analysis.reading.actuals.lines import Lines
from kc_analysis.reading.actuals.table import find_table
from kc_analysis.reading.actuals.words import COUNTED, COUNTS, REPORTED, RESULTS
from kc_analysis.reading.forms.excel.address import Place

At = tuple[str, int]  #: a line and a year


class Figure(NamedTuple):
    """A number, its place within the file, and what stands there."""

    value: float
    place: Text
    printed: str


class Row(NamedTuple):
    """What is reported of a line in a year."""

    figures: dict[str, Figure]
    note: str


def read_results(taker: Taker, plan: Plan, lines: Lines, as_of: date | None) -> dict[At, Row]:
    """What the sheet reports, by line and year; lines that were not planned join the others.

    Parameters
    ----------
    taker : Taker
        Gets all that is wrong with the sheet.
    plan : Plan
    lines : Lines
    as_of : date or None
        None where it could not be read.
    """
    before = len(taker.troubles)
    table = find_table(taker, RESULTS, COUNTS)
    if not {"line", "year"} <= table.columns.keys():
        return {}
    planned = {
        "planned_million_vnd": by_cell(plan.budget, "amount_million_vnd"),
        "planned_quantity": by_cell(plan.quantities, "quantity"),
    }
    in_parts = {line for (line, _), value in planned["planned_quantity"].items() if value % 1}
    rows: dict[At, Row] = {}
    first: dict[At, Place] = {}
    for row in table.rows:
        at = table.places(row)
        line, year = lines.take(taker, at), take_year(taker, at["year"], plan)
        figures = _figures(taker, at, in_parts=line in in_parts)
        note = taker.text(at.get("note"))
        if line is None or year is None:
            continue
        cell = line, year
        if cell in first:
            place = taker.sheet.place(first[cell])
            expected = Text("mỗi dòng, mỗi năm một hàng", "one row for each line and year")
            again = Text(f"{line}, {year} đã có ở {place.vi}", f"{line}, {year} as in {place.en}")
            taker.wrong(at["line"], expected, again)
            continue
        first[cell] = at["line"]
        for name, figures_planned in planned.items():
            if name in at:
                _compare(taker, at[name], figures_planned.get(cell))
        if as_of and year > as_of.year and figures:
            expected = Text(
                f"ô trống (năm {year} ở sau ngày {as_of:%d/%m/%Y})",
                f"a blank cell ({year} is after {as_of:%d/%m/%Y})",
            )
            taker.wrong(at[next(iter(figures))], expected)
        rows[cell] = Row(figures, note)
    if len(taker.troubles) == before:
        _find_missing(taker, set(rows), set.union(*map(set, planned.values())))
    return rows


def take_year(taker: Taker, at: Place, plan: Plan) -> int | None:
    """A year of the cycle."""
    years = {str(year): year for year in plan.years}
    if (text := taker.text(at)) in years:
        return years[text]
    first, last = plan.years[0], plan.years[-1]
    taker.wrong(at, Text(f"một năm từ {first} đến {last}", f"a year from {first} to {last}"))
    return None


def _figures(taker: Taker, at: dict[str, Place], *, in_parts: bool) -> dict[str, Figure]:
    figures = {}
    for name in REPORTED:
        whole = name in COUNTED and not (name == "quantity" and in_parts)
        if (value := taker.number(at.get(name), whole=whole)) is not None:
            place = at[name]
            figures[name] = Figure(value, taker.sheet.place(place), taker.sheet.cell(place).text)
    return figures


def _compare(taker: Taker, at: Place, planned: float | None) -> None:
    """What is locked in the form has to be as it was."""
    expected = Text("ô trống (không có trong kế hoạch)", "a blank cell (nothing is planned)")
    if planned is not None:
        expected = Text(
            f"{write_number(planned)}, như trong kế hoạch",
            f"{write_number(planned, 'en')}, as in the plan",
        )
    if taker.blank([at]):
        if planned is not None:
            taker.wrong(at, expected)
    elif (value := taker.number(at)) is not None and value != planned:
        taker.wrong(at, expected)


def _find_missing(taker: Taker, there: set[At], planned: set[At]) -> None:
    if missing := sorted(planned - there):
        listed = "; ".join(f"{line}, {year}" for line, year in missing)
        expected = Text("mọi dòng và năm của kế hoạch", "every line and year of the plan")
        taker.wrong_sheet(expected, Text(f"thiếu {listed}", f"none for {listed}"))


def by_cell(frame: pd.DataFrame, value: str) -> dict[At, float]:
    """A column of a frame by line and year."""
    columns = (frame[name].tolist() for name in ("line", "year", value))
    return {(line, year): figure for line, year, figure in zip(*columns, strict=True)}
