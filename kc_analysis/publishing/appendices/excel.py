"""The appendices in Excel: whole figures that can be edited, and totals that follow them."""

from collections.abc import Iterable
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from kc_analysis.model import Plan
from kc_analysis.publishing.appendices.layout import DRAFT, MILLION, Appendix, appendix
from kc_analysis.publishing.aside import new_file
from kc_analysis.wording import citation

_COMMENT = {"x_scale": 2, "y_scale": 0.8, "font_name": "Times New Roman", "font_size": 10}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}


def write_appendices_excel(path: Path, plan: Plan, lang: str = "vi") -> None:
    """Write a plan's two appendices, a sheet each; every total is a formula with its value.

    An amount is a formula too, of the quantity and the unit cost that stand in the second. A
    comment on each figure tells where it comes from: the assumption that made it, or its place.
    A plan without a number is marked as a draft on each printed page.

    Parameters
    ----------
    path : Path
        A new file.
    plan : Plan
    lang : {"vi", "en"}
        ``read_plan`` reads back what is written in Vietnamese, as decisions are.

    Raises
    ------
    DataError
        If the file is there already.
    """
    with (
        new_file(path) as aside,
        xlsxwriter.Workbook(aside, {"strings_to_formulas": False}) as book,
    ):
        book.set_properties({"title": plan.title, "subject": citation(plan, lang)})
        money, work = (appendix(plan, table, lang) for table in ("budget", "quantities"))
        header = "" if plan.number else f'&R&"Times New Roman,Bold"{DRAFT[lang]}'
        said = [] if plan.number else [note.message[lang] for note in plan.notes]
        _add_sheet(book, money, [citation(plan, lang), *said], MILLION[lang], header, work)
        _add_sheet(book, work, [citation(plan, lang)], "", header)


def _product(work: Appendix, at: int, year: int) -> str:
    """An amount as quantity times unit cost, both in the same row of the other sheet."""
    column = work.leading + work.years.index(year)
    cells = (xl_rowcol_to_cell(at, one) for one in (column, column + len(work.years) + 1))
    return "=" + "*".join(f"'{work.name}'!{cell}" for cell in cells)


def _add_sheet(
    book: Any,
    part: Appendix,
    notes: list[str],
    unit: str,
    header: str,
    work: Appendix | None = None,
) -> None:
    def look(**more: Any) -> Any:
        return book.add_format(_FONT | more)

    sheet = book.add_worksheet(part.name)
    last = len(part.heads) - 1
    sheet.merge_range(0, 0, 0, last, part.name, look(bold=True, align="center"))
    sheet.merge_range(1, 0, 1, last, part.title, look(bold=True, align="center", text_wrap=True))
    sheet.merge_range(2, 0, 2, last, part.attached, look(italic=True, align="center"))
    sheet.merge_range(3, 0, 3, last, unit, look(italic=True, align="right"))
    head = 4
    sheet.write_row(head, 0, part.heads, look(bold=True, border=1, align="center", text_wrap=True))
    leading = part.leading
    whole_cycle = leading + len(part.years)
    for i, row in enumerate(part.rows):
        at, bold = head + 1 + i, {"bold": row.level != "line", "border": 1}
        number = look(**bold, num_format=_format(row.figures.values()), align="right")
        texts = [row.number, row.title, row.unit][:leading]
        for column, text in enumerate(texts):
            align = {"text_wrap": True} if column == 1 else {"align": "center"}
            sheet.write_string(at, column, text, look(**bold, **align))
        for column, year in enumerate(part.years, leading):
            value = part.value(row, year)
            if row.parts and value is not None:
                parts = [xl_rowcol_to_cell(head + 1 + other, column) for other in row.parts]
                sum_of = f"{parts[0]}:{parts[-1]}" if row.level == "section" else ",".join(parts)
                sheet.write_formula(at, column, f"=SUM({sum_of})", number, value)
            elif value is not None:
                if work and year in row.prices:
                    sheet.write_formula(at, column, _product(work, at, year), number, value)
                else:
                    sheet.write_number(at, column, value, number)
                if year in row.origins:
                    sheet.write_comment(at, column, row.origins[year], _COMMENT)
            else:
                sheet.write_blank(at, column, None, number)
        years = f"{xl_rowcol_to_cell(at, leading)}:{xl_rowcol_to_cell(at, whole_cycle - 1)}"
        total = part.total(row)
        if total is None and row.level != "line":
            sheet.write_blank(at, whole_cycle, None, number)
        else:
            sheet.write_formula(at, whole_cycle, f"=SUM({years})", number, total or 0)
        for column in range(whole_cycle + 1, last + 1):
            cost = row.prices.get(part.years[column - whole_cycle - 1])
            if cost is None:
                sheet.write_blank(at, column, None, number)
            else:
                sheet.write_number(at, column, cost, look(**bold, num_format=_format([cost])))
    said = look(italic=True, font_size=11, text_wrap=True)
    for offset, note in enumerate(notes, len(part.rows) + head + 2):
        sheet.merge_range(offset, 0, offset, last, note, said)
        sheet.set_row(offset, 16 * ceil(len(note) / (50 + 11 * last)))
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, last, 12)
    sheet.set_row(1, 34)
    sheet.set_header(header)
    sheet.freeze_panes(head + 1, 2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P/&N")


def _format(figures: Iterable[float]) -> str:
    return "#,##0" if all(value % 1 == 0 for value in figures) else "#,##0.0##"
