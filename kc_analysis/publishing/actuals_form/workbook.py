"""The workbook as a whole: written aside, then given its name."""

from datetime import datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from kc_analysis.model import Plan
from kc_analysis.publishing.actuals_form.book import FIRST, Form, Page
from kc_analysis.publishing.actuals_form.entries import entries
from kc_analysis.publishing.actuals_form.guide import add_guide
from kc_analysis.publishing.actuals_form.projects import add_projects, last_row
from kc_analysis.publishing.actuals_form.results import COLUMN, add_results
from kc_analysis.publishing.actuals_form.summary import add_summary
from kc_analysis.publishing.aside import new_file
from kc_analysis.reading.actuals import Actuals
from kc_analysis.wording import labels


def write_actuals_form(
    path: str | Path, plan: Plan, lang: str = "vi", *, actuals: Actuals | None = None
) -> None:
    """Write the workbook in which a planner records what happened; ``read_actuals`` reads it.

    Parameters
    ----------
    path : str or Path
        A new file; one that is there already is never overwritten.
    plan : Plan
        The approved plan: its lines, years, amounts and quantities are filled in and locked.
    lang : {"vi", "en"}
    actuals : Actuals, optional
        What is known already, to be filled in too.

    Raises
    ------
    DataError
        If the file is there already, or its folder is not.
    """
    with new_file(Path(path)) as aside, Workbook(str(aside)) as book:
        _fill(book, plan, lang, actuals)


def _fill(book: Workbook, plan: Plan, lang: str, actuals: Actuals | None) -> None:
    as_of = actuals.as_of if actuals else None
    if as_of:  # the same figures make the same file
        book.set_properties({"created": datetime.combine(as_of, time())})
    form = Form(book, plan, lang, illustrative=bool(actuals and actuals.illustrative))
    planned, unplanned = entries(plan, lang, actuals)
    projects = actuals.projects if actuals else None
    lists = add_guide(form, planned, as_of)
    results = Page(form, "results")
    last = add_results(results, planned, unplanned, lists, last_row(projects))
    of_results = tuple(
        form.refer("results", COLUMN[name], FIRST, last) for name in ("line", "title")
    )
    titles = labels(actuals.plan if actuals else plan, "line", lang)
    add_projects(Page(form, "projects"), projects, titles, lists, of_results)
    add_summary(Page(form, "summary"), planned + unplanned, as_of, last)
