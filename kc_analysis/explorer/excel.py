"""A scenario to take along: its two appendices and the comparison with the plan, as Excel."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kc_analysis.explorer.figures import FIGURES, Table, cells
from kc_analysis.model import PRINTED, Plan, Text, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.publishing.workbook import Place, add_table, write_row
from kc_analysis.scenarios.compare import compare
from kc_analysis.wording import COLUMNS, citation, labels

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS = {
    "comparison": Text("So với kế hoạch", "Against the plan"),
    "plan": Text("Kế hoạch", "Plan"),
    "variant": Text("Phương án", "Variant"),
    "total": Text("Tổng cộng", "Total"),
}
_SIDES = ("plan", "variant")
_COMPARED = {
    "amount_million_vnd": ["change_million_vnd", "change_pct"],
    "quantity": ["change_quantity"],
}


def as_workbook(approved: Plan, plan: Plan, lang: str = "vi") -> bytes:
    """A scenario's plan as a workbook, each figure marked that departs from the approved plan.

    Parameters
    ----------
    approved, plan : Plan
    lang : {"vi", "en"}

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> as_workbook(plan, kc.apply_scenario(plan, kc.load_scenario("national-cut")))[:2]
    b'PK'
    """
    book, summed = Workbook(), replace(plan, printed=_totals(plan))
    book.remove(book.active)
    for table in FIGURES:
        add_table(book, table, summed, _remarks(approved, plan, table, lang), lang)
    _add_comparison(book.create_sheet(_WORDS["comparison"][lang]), approved, plan, lang)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _totals(plan: Plan) -> pd.DataFrame:
    """Totals where a decision prints them: of lines, and, of amounts, of sections and of all."""
    rows: list[tuple[Any, ...]] = []
    for table, value in FIGURES.items():
        frame = plan.budget if table == "budget" else plan.quantities
        sums = frame.groupby(["line", "source"], as_index=False, sort=False)[value].sum()
        columns = (sums[name].tolist() for name in ("line", "source", value))
        rows += [
            (table, "line", line, source, None, total)
            for line, source, total in zip(*columns, strict=True)
        ]
    sections = dict(zip(plan.sources["source"], plan.sources["number"], strict=True))
    by_year = plan.budget.groupby(["source", "year"])["amount_million_vnd"].sum()
    for source, number in sections.items():
        own = {year: by_year.get((source, year), 0.0) for year in plan.years}
        rows += [("budget", "section", number, source, year, own[year]) for year in own]
        rows.append(("budget", "section", number, source, None, sum(own.values())))
    whole = by_year.groupby("year").sum()
    rows += [("budget", "grand", "", None, year, whole.get(year, 0.0)) for year in plan.years]
    rows.append(("budget", "grand", "", None, None, whole.sum()))
    return tabulate(PRINTED, rows)


def _remarks(approved: Plan, plan: Plan, table: Table, lang: str) -> dict[Place, str]:
    before, after = (cells(one, table) for one in (approved, plan))
    return {
        place: f"{_WORDS['plan'][lang]}: {write_number(before.get(place, 0.0), lang)}"
        for place in before.keys() | after.keys()
        if before.get(place, 0.0) != after.get(place, 0.0)
    }


def _add_comparison(sheet: Worksheet, approved: Plan, plan: Plan, lang: str) -> None:
    """By year, by source and by line: both plans' figures and what sets them apart."""
    write_row(sheet, [citation(plan, lang)])
    heads = [COLUMNS[name][lang] for name in ("line", "label", "year")]
    for figure, changes in _COMPARED.items():
        heads += [f"{COLUMNS[figure][lang]}: {_WORDS[side][lang]}" for side in _SIDES]
        heads += [COLUMNS[change][lang] for change in changes]
    write_row(sheet, heads, bold=True, boxed=True)
    sheet.freeze_panes = "D3"
    names = labels(plan, "source", lang) | labels(plan, "line", lang)
    for by in (["year"], ["source", "year"], ["line", "year"]):
        sides = compare({"plan": approved, "variant": plan}, by)
        first, second = (sides[sides["plan"] == side].to_dict("records") for side in _SIDES)
        for one, two in zip(first, second, strict=True):
            line, key = one.get("line", ""), one.get(by[0])
            title = _WORDS["total"][lang] if by == ["year"] else names[str(key)]
            row: list[Any] = [line, title, str(one["year"])]
            for figure, changes in _COMPARED.items():
                row += [one.get(figure), two.get(figure), *(two.get(change) for change in changes)]
            known = [None if pd.isna(value) else value for value in row]
            for cell in write_row(sheet, known, bold=not line, boxed=True)[3:]:
                cell.number_format = "#,##0.##" if (cell.value or 0) % 1 else "#,##0"
    for column, width in ({"A": 8, "B": 48, "C": 8} | dict.fromkeys("DEFGHIJ", 14)).items():
        sheet.column_dimensions[column].width = width
