"""How the sheets of the annex look, on the screen and in print."""

from collections.abc import Sequence
from math import ceil
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kc_analysis.midterm.review import Review
from kc_analysis.publishing.annex.words import ACTUALS, MARK, MONEY, PAGE, SHEETS, TABLE
from kc_analysis.wording import citation

FONT = "Times New Roman"
#: The heads of every table, below its title, its source and what has to be known; its first row.
HEAD = 4
FIRST = HEAD + 1
BOX: dict[str, Any] = {"border": 1, "border_color": "#808080", "valign": "vcenter"}
_HEADING = {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#D9E2F3"}
_SUBHEADING = {"bold": True, "bg_color": "#F2F2F2"}
_A4 = 9
#: How many characters of the body's font a sheet is wide in print: at most when it stands
#: upright, and at least, for its title.
_UPRIGHT, _TITLE = 116, 105
_WITHOUT_MONEY = ("delivery", "targets", "charts", "rules", "origin")


class Paper:
    """The workbook that the annex is written in.

    Parameters
    ----------
    book : Workbook
    review : Review
    lang : {"vi", "en"}
    """

    def __init__(self, book: Workbook, review: Review, lang: str) -> None:
        self.book, self.review, self.lang = book, review, lang
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._tables = 0
        self.heading = self.look(**BOX, **_HEADING)
        self.subheading = self.look(**BOX, **_SUBHEADING)

    def look(self, **properties: Any) -> Format:
        """A cell format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, **properties})
        return self._formats[key]

    def marked(self, title: str) -> str:
        """A title that says so where the figures are made up."""
        return f"{MARK[self.lang]} – {title}" if self.review.actuals.illustrative else title

    def add_sheet(self, key: str, widths: Sequence[float]) -> Worksheet:
        """Add a sheet: its title, its source and what has to be known, on A4 paper.

        Parameters
        ----------
        key : str
            One of ``words.SHEETS``.
        widths : sequence of float
            Of its columns, in characters.
        """
        name, title, note = (text[self.lang] for text in SHEETS[key])
        title = title.format(**self._periods())
        sheet = self.book.add_worksheet(name)
        if note:
            self._tables += 1
            title = TABLE[self.lang].format(number=self._tables, title=title)
        marked, money = self.marked(title), "" if key in _WITHOUT_MONEY else MONEY[self.lang]
        source = citation(self.review.plan, self.lang)
        source += "; " + ACTUALS[self.lang].format(day=self.review.as_of)
        sheet.write_string(0, 0, marked, self.look(bold=True, font_size=14))
        sheet.write_string(1, 0, source, self.look(italic=True))
        sheet.write_string(2, 0, money + note, self.look(italic=True))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.look())
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.center_horizontally()
        font = f'&"{FONT},Regular"&9'
        sheet.set_header(f"&L{font}{marked.replace('&', '&&')}")
        sheet.set_footer(f"&C{font}{PAGE[self.lang]}")
        return sheet

    def fit(self, sheet: Worksheet, widths: Sequence[float], last: int) -> None:
        """Print a table as wide as the page, down to its last row, its heads on each page."""
        if sum(widths) > _UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD)
        # A title that is wider than its table is printed too.
        spare = max(0, ceil((_TITLE - sum(widths)) / 9))
        sheet.print_area(0, 0, last, len(widths) - 1 + spare)

    def _periods(self) -> dict[str, str]:
        plan = self.review.plan
        so_far = dict.fromkeys((plan.years[0], min(self.review.as_of.year, plan.years[-1])))
        return {
            "cycle": plan.cycle.replace("-", "–"),
            "so_far": "–".join(str(year) for year in so_far),
        }


def height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """How high a row is in which texts are wrapped, in points.

    Not every reader finds that out for itself.
    """
    # A letter is a little narrower than a digit, by which columns are measured; bold is wider.
    fits = (width if bold else 1.1 * width - 1.5 for width in widths)
    lines = (len(wrap(text, int(fit))) for text, fit in zip(texts, fits, strict=True))
    return 14.5 * max([1, *lines]) + 2.5
