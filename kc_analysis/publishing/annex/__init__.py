"""The review as an Excel annex: every total and rate a live formula, every chart native."""

from datetime import datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from kc_analysis.midterm.review import Review
from kc_analysis.publishing.annex.drawings import add_charts
from kc_analysis.publishing.annex.origins import add_origin, add_rules
from kc_analysis.publishing.annex.paper import FONT, Paper
from kc_analysis.publishing.annex.rows import Rows
from kc_analysis.publishing.annex.sheets import add_projects, add_tables
from kc_analysis.publishing.annex.words import SUBJECT
from kc_analysis.publishing.aside import aside
from kc_analysis.wording import citation

__all__ = ["write_annex"]


def write_annex(path: Path | str, review: Review, lang: str = "vi") -> None:
    """Write the Excel annex of a mid-term review.

    The figures stand on one sheet as they were planned and recorded; all else is formulas over
    them, each with its result, and charts over those. The same review gives the same bytes.

    Parameters
    ----------
    path : Path or str
        A file that is there already is replaced, once the new one is whole.
    review : Review
    lang : {"vi", "en"}

    Examples
    --------
    >>> import tempfile
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_annex(Path(folder, "annex.xlsx"), kc.review(plan, example))
    """
    path = Path(path)
    body = {"font_name": FONT, "font_size": 11}
    with (
        aside(path.parent) as folder,
        Workbook(folder / path.name, {"default_format_properties": body}) as book,
    ):
        book.set_properties(
            {
                "title": SUBJECT[lang].format(cycle=review.plan.cycle.replace("-", "–")),
                "subject": citation(review.plan, lang),
                "created": datetime.combine(review.as_of, time()),
            }
        )
        paper, rows = Paper(book, review, lang), Rows(review, lang)
        add_charts(paper, add_tables(paper, rows))
        add_projects(paper)
        add_rules(paper)
        add_origin(paper, rows)
