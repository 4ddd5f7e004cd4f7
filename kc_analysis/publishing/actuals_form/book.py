"""A form's sheets: their look, their protection, their headings, and what may be typed."""

from collections.abc import Iterable, Mapping
from math import ceil, fsum, isnan
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from kc_analysis.model import Plan, Text
from kc_analysis.publishing.actuals_form.words import (
    INVALID,
    INVALID_TITLE,
    MARK,
    PAGE,
    SUBTITLES,
    TITLES,
)
from kc_analysis.reading.actuals.words import SHEETS, YES
from kc_analysis.wording import citation

#: Where the sheets have their mark of illustrative figures, their headings and their first row.
MARK_ROW, HEAD, FIRST = 2, 4, 5
#: The answers on the first sheet.
CYCLE, AS_OF, ILLUSTRATIVE = (4, 1), (5, 1), (6, 1)

_MONEY, _COUNT = "#,##0.0", "#,##0"
_BOX = {"border": 1, "border_color": "#B7B7B7", "valign": "vcenter", "font_size": 10}
_PROSE = {"text_wrap": True, "indent": 1}
_INPUT = {**_BOX, "bg_color": "#FFF8DC", "locked": False}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3864"},
    "subtitle": {"italic": True, "font_size": 10, "font_color": "#444444"},
    "mark": {"bold": True, "font_size": 12, "font_color": "#C00000"},
    "section": {"bold": True, "font_size": 12, "font_color": "#1F3864"},
    "head": {
        **_BOX, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#D9E2F3",
    },
    "text": {**_BOX, **_PROSE},
    "center": {**_BOX, "align": "center"},
    "bold": {**_BOX, **_PROSE, "bold": True},
    "money": {**_BOX, "num_format": _MONEY},
    "count": {**_BOX, "num_format": _COUNT},
    "percent": {**_BOX, "num_format": "0.0%"},
    "ratio": {**_BOX, "num_format": "0.00"},
    "total_text": {**_BOX, **_PROSE, "bold": True, "bg_color": "#EDEDED"},
    "total_center": {**_BOX, "bold": True, "bg_color": "#EDEDED", "align": "center"},
    "total_label": {**_BOX, "bold": True, "bg_color": "#EDEDED", "align": "right", "indent": 1},
    "total_money": {**_BOX, "bold": True, "bg_color": "#EDEDED", "num_format": _MONEY},
    "total_count": {**_BOX, "bold": True, "bg_color": "#EDEDED", "num_format": _COUNT},
    "total_percent": {**_BOX, "bold": True, "bg_color": "#EDEDED", "num_format": "0.0%"},
    "total_ratio": {**_BOX, "bold": True, "bg_color": "#EDEDED", "num_format": "0.00"},
    "computed_money": {**_BOX, "bg_color": "#F2F2F2", "num_format": _MONEY},
    "computed_count": {**_BOX, "bg_color": "#F2F2F2", "num_format": _COUNT},
    "computed_text": {**_BOX, **_PROSE, "bg_color": "#F2F2F2"},
    "input_text": {**_INPUT, **_PROSE},
    "input_center": {**_INPUT, "align": "center"},
    "input_money": {**_INPUT, "num_format": _MONEY},
    "input_count": {**_INPUT, "num_format": _COUNT},
    "input_day": {**_INPUT, "num_format": "dd/mm/yyyy", "align": "center", "bold": True},
    "input_answer": {**_INPUT, "align": "center", "bold": True},
    "new": {"border": 1, "border_color": "#B7B7B7", "top_color": "#1F3864"},
    "again": {"font_color": "#8A8A8A"},
    "over": {"font_color": "#C00000", "bold": True},
}  # fmt: skip


class Form:
    """A workbook under way.

    Parameters
    ----------
    book : Workbook
    plan : Plan
    lang : {"vi", "en"}
    illustrative : bool
    """

    def __init__(self, book: Workbook, plan: Plan, lang: str, *, illustrative: bool) -> None:
        self.book, self.plan, self.lang, self.illustrative = book, plan, lang, illustrative
        self.formats = {name: book.add_format(look) for name, look in _FORMATS.items()}

    def say(self, text: Text, **values: object) -> str:
        """A text in the form's language, with what goes into it."""
        return text[self.lang].format(**values)

    def refer(self, key: str, column: int, first: int, last: int | None = None) -> str:
        """A cell of a sheet, or some of a column, in a formula."""
        area = xl_range_abs(first, column, first if last is None else last, column)
        return f"'{SHEETS[key][self.lang]}'!{area}"


class Page:
    """A sheet of the form, protected, set up to be printed on A4, with its title and mark."""

    def __init__(self, form: Form, key: str) -> None:
        self.form, self.sheet = form, form.book.add_worksheet(SHEETS[key][form.lang])
        self.sheet.set_default_row(16)
        for row, height in enumerate((24, 16, 20)):
            self.sheet.set_row(row, height)
        self.write((0, 0), form.say(TITLES[key], cycle=form.plan.cycle), "title")
        if key in SUBTITLES:
            self.write((1, 0), form.say(SUBTITLES[key]), "subtitle")
        answer, mark = form.refer("guide", ILLUSTRATIVE[1], ILLUSTRATIVE[0]), form.say(MARK)
        formula = f'=IF({answer}="{form.say(YES)}","{mark}","")'
        self.formula((MARK_ROW, 0), formula, mark if form.illustrative else "", "mark")
        # No password: whoever must change more than the form foresees can.
        allowed = ("autofilter", "format_columns", "format_rows")
        self.sheet.protect("", dict.fromkeys(allowed, True))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L&9{citation(form.plan, form.lang)}&R&9{form.say(PAGE)}")
        self.sheet.hide_gridlines(2)

    def head(self, headings: Mapping[str, Text], widths: Iterable[float]) -> None:
        """A row of headings, which stays in sight and stands on every page."""
        for column, (heading, width) in enumerate(zip(headings.values(), widths, strict=True)):
            self.sheet.set_column(column, column, width)
            self.write((HEAD, column), self.form.say(heading), "head")
        self.sheet.set_row(HEAD, 62)
        self.sheet.repeat_rows(MARK_ROW, HEAD)

    def fit(self, row: int, *texts: tuple[str, float]) -> None:
        """Give a row the height that texts take in columns of some width.

        A row of one line is left to Excel, which fits it as it is typed in.
        """
        lines = max(ceil(len(text) / (1.2 * width)) for text, width in texts)
        if lines > 1:
            self.sheet.set_row(row, 13.5 * lines + 3)

    def write(self, at: tuple[int, int], value: object, look: str) -> None:
        """A value; a text stays a text, whatever it begins with, and what is missing is blank."""
        look = self.form.formats[look]
        if isinstance(value, str) and value:
            self.sheet.write_string(*at, value, look)
        elif isinstance(value, int | float) and not isnan(value):
            self.sheet.write_number(*at, value, look)
        else:
            self.sheet.write_blank(*at, None, look)

    def formula(self, at: tuple[int, int], formula: str, value: float | str, look: str) -> None:
        """A formula with its value."""
        self.sheet.write_formula(*at, formula, self.form.formats[look], value)

    def total(
        self,
        at: tuple[int, int],
        column: int,
        rows: tuple[int, int],
        values: list[float],
        look: str,
    ) -> None:
        """The sum of a column's rows that a filter leaves in sight."""
        area = xl_range_abs(rows[0], column, rows[1], column)
        formula = f'=IF(SUBTOTAL(102,{area})=0,"",SUBTOTAL(109,{area}))'
        self.formula(at, formula, fsum(values) if values else "", look)

    def allow(self, kind: str, rows: tuple[int, int], column: int, **rule: Any) -> None:
        """What may be typed into some cells of a column; what is refused is explained."""
        say = self.form.say
        message = {"error_title": say(INVALID_TITLE), "error_message": say(INVALID[kind])}
        rule = {**_RULES[kind], **message, **rule}
        self.sheet.data_validation(rows[0], column, rows[1], column, rule)


_RULES: dict[str, dict[str, Any]] = {
    "money": {"validate": "decimal", "criteria": ">=", "value": 0},
    "count": {"validate": "integer", "criteria": ">=", "value": 0},
    "choice": {"validate": "list"},
    # An unplanned line is named by typing its number.
    "line": {"validate": "list", "error_type": "warning"},
    "day": {"validate": "date", "criteria": "between"},
}
