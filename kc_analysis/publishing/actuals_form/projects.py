"""The sheet of projects, for planners who record by project."""

from math import isnan

import pandas as pd

from kc_analysis.publishing.actuals_form import words
from kc_analysis.publishing.actuals_form.book import FIRST, HEAD, Page
from kc_analysis.publishing.actuals_form.guide import Lists
from kc_analysis.reading.actuals.projects import PROJECT_MONEY
from kc_analysis.reading.actuals.words import PROJECTS, STATUSES

#: Rows for projects; a province has some sixty in a cycle.
ROWS = 100
COLUMN = {name: place for place, name in enumerate(PROJECTS)}

_WIDTHS = {
    "name": 44, "line": 8, "title": 34, "year": 8, "beneficiary": 34, "status": 16,
}  # fmt: skip


def last_row(projects: pd.DataFrame | None) -> int:
    """The last row for projects."""
    return FIRST + max(ROWS, 0 if projects is None else len(projects) + ROWS // 2) - 1


def add_projects(
    page: Page,
    projects: pd.DataFrame | None,
    titles: dict[str, str],
    lists: Lists,
    results: tuple[str, ...],
) -> None:
    """Fill the sheet of projects.

    Parameters
    ----------
    page : Page
    projects : DataFrame or None
        Those that are known already.
    titles : dict
        The title of each line.
    lists : Lists
    results : tuple of str
        The columns of line numbers and of titles on the sheet of results, in a formula.
    """
    rows = (FIRST, last := last_row(projects))
    page.head(PROJECTS, [_WIDTHS.get(name, 13) for name in PROJECTS])
    page.sheet.freeze_panes(FIRST, 1)
    page.sheet.autofilter(HEAD, 0, last, len(PROJECTS) - 1)
    records = [] if projects is None else projects.to_dict("records")
    page.write((HEAD - 1, 0), page.form.say(words.SHOWN_TOTAL), "total_label")
    for name, column in COLUMN.items():
        if name in PROJECT_MONEY:
            known = [record[name] for record in records if not isnan(record[name])]
            page.total((HEAD - 1, column), column, rows, known, "total_money")
        elif column:
            page.write((HEAD - 1, column), None, "total_label")
    for row in range(FIRST, last + 1):
        record = records[row - FIRST] if row - FIRST < len(records) else {}
        if record:
            record = {**record, "status": page.form.say(STATUSES[record["status"]])}
        for name, column in COLUMN.items():
            if name != "title":
                page.write((row, column), record.get(name), _look(name))
        cell = f"$B{row + 1}"
        formula = f'=IF({cell}="","",IFERROR(INDEX({results[1]},MATCH({cell},{results[0]},0)),""))'
        title = titles.get(str(record.get("line")), "")
        page.formula((row, COLUMN["title"]), formula, title, "computed_text")
    for name in PROJECT_MONEY:
        page.allow("money", rows, COLUMN[name])
    page.allow("line", rows, COLUMN["line"], source=f"={lists.lines}")
    page.allow("choice", rows, COLUMN["year"], source=list(page.form.plan.years))
    page.allow("choice", rows, COLUMN["status"], source=f"={lists.statuses}")


def _look(name: str) -> str:
    if name in PROJECT_MONEY:
        return "input_money"
    return "input_text" if name in ("name", "beneficiary") else "input_center"
