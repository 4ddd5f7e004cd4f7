"""The two appendices of a plan as an Excel workbook, with what was put right marked in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kc_analysis.model import Plan, Text
from kc_analysis.publishing.aside import new_file
from kc_analysis.wording import citation

#: A row's identifier and a year, None of a total.
Place = tuple[str, int | None]

_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CHANGED = PatternFill("solid", fgColor="FFE699")
_BOLD = Font(name="Calibri", size=11, bold=True)
_WORDS = {
    "budget": Text("Kinh phí", "Money"),
    "quantities": Text("Khối lượng", "Quantities"),
    "changes": Text("Đã sửa", "Put right"),
    "number": Text("TT", "No."),
    "title": Text("Nội dung", "Title"),
    "unit": Text("ĐVT", "Unit"),
    "total": Text("Tổng cộng", "Total"),
    "million": Text("Đơn vị tính: triệu đồng", "Unit: million VND"),
}


def write_workbook(path: Path, plan: Plan, findings: pd.DataFrame, lang: str = "vi") -> None:
    """Write a plan's appendices, the figures that were put right marked, and the list of them.

    Parameters
    ----------
    path : Path
        A new file; one that is there already is never overwritten.
    plan : Plan
        As ``read_plan(path, repair=True)`` gives it.
    findings : DataFrame
        As ``check`` gives them.
    lang : {"vi", "en"}

    Raises
    ------
    DataError
        If the file is there already.
    """
    repaired = findings[findings["rule"] == "repaired"]
    message, place = Text("message_vi", "message_en")[lang], Text("place_vi", "place_en")[lang]
    book = Workbook()
    book.remove(book.active)
    for table in ("budget", "quantities"):
        changed = {
            (row["line"], None if row["year"] is pd.NA else row["year"]): row[message]
            for row in repaired[repaired["table"] == table].to_dict("records")
        }
        add_table(book, table, plan, changed, lang)
    sheet = book.create_sheet(_WORDS["changes"][lang])
    for row in zip(repaired[place], repaired[message], strict=True):
        write_row(sheet, list(row))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 32, 110
    with new_file(path) as aside:
        book.save(aside)


def add_table(
    book: Workbook, table: str, plan: Plan, changed: Mapping[Place, str], lang: str
) -> None:
    """Add a sheet with one appendix of a plan.

    Parameters
    ----------
    book : Workbook
    table : {"budget", "quantities"}
    plan : Plan
        Its printed totals are the totals of the sheet.
    changed : mapping
        What to remark on a figure, which is then marked: (line, year), the year None of a total.
    lang : {"vi", "en"}
    """
    sheet = book.create_sheet(_WORDS[table][lang])
    years: list[int | None] = [*plan.years, None]
    figures = _figures(plan, table)
    for text in (
        plan.title,
        citation(plan, lang),
        *([_WORDS["million"][lang]] * (table == "budget")),
    ):
        write_row(sheet, [text])
    heads = [_WORDS["number"][lang], _WORDS["title"][lang]]
    heads += [_WORDS["unit"][lang]] * (table == "quantities")
    heads += [str(year) if year else _WORDS["total"][lang] for year in years]
    write_row(sheet, heads, bold=True, boxed=True)
    sheet.freeze_panes = f"C{sheet.max_row + 1}"
    for key, number, title, unit in _rows(plan, table, lang):
        leading = [number, title] + [unit] * (table == "quantities")
        values = [figures.get((key, year)) for year in years]
        cells = write_row(sheet, leading + values, bold="." not in key, boxed=True)
        for cell, year in zip(cells[len(leading) :], years, strict=True):
            cell.number_format = (
                "#,##0.###" if isinstance(cell.value, float) and cell.value % 1 else "#,##0"
            )
            if (key, year) in changed:
                cell.fill = _CHANGED
                cell.comment = Comment(changed[key, year], "kc")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 6, 56
    for i in range(3, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(i)].width = 11
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _figures(plan: Plan, table: str) -> dict[Place, float]:
    """Every printed figure of one table, by row and year."""
    part, value = {
        "budget": (plan.budget, "amount_million_vnd"),
        "quantities": (plan.quantities, "quantity"),
    }[table]
    printed = plan.printed[plan.printed["table"] == table]
    figures: dict[Place, float] = dict(
        zip(zip(part["line"], part["year"], strict=True), part[value], strict=True)
    )
    for line, year, total in zip(printed["line"], printed["year"], printed["value"], strict=True):
        figures[line, None if pd.isna(year) else int(year)] = total
    return figures


def _rows(plan: Plan, table: str, lang: str) -> list[tuple[str, str, str, str]]:
    """Sections, their lines and the grand total, in the document's order."""
    rows = []
    label, unit = f"label_{lang}", "unit" if lang == "vi" else "unit_en"
    for source in plan.sources.to_dict("records"):
        title = source[label] if isinstance(source[label], str) else source["label_vi"]
        rows.append((source["number"], source["number"], title, ""))
        lines = plan.lines[plan.lines["source"] == source["source"]]
        for line in lines.to_dict("records"):
            title = line[label] if isinstance(line[label], str) else line["label_vi"]
            named = line[unit] if isinstance(line[unit], str) else line["unit"]
            rows.append((line["line"], line["number"], title, named))
    totals = plan.printed[(plan.printed["level"] == "grand") & (plan.printed["table"] == table)]
    grand = totals["line"].drop_duplicates()
    return rows + [(key, "", _WORDS["total"][lang], "") for key in grand]


def write_row(
    sheet: Worksheet, values: list[Any], *, bold: bool = False, boxed: bool = False
) -> list[Any]:
    """Write values below what a sheet has; a text stays a text, whatever it begins with."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value else 1
    cells = [sheet.cell(row, i) for i in range(1, len(values) + 1)]
    for cell, value in zip(cells, values, strict=True):
        cell.value = value
        if isinstance(value, str):
            # Whatever a document says is text: never a formula, though it begin with "=".
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=boxed, vertical="top")
        if bold:
            cell.font = _BOLD
        if boxed:
            cell.border = _BOX
    return cells
