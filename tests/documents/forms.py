"""Sheets written in every form in which a decision may come."""

import io
from collections.abc import Callable
from html import escape
from pathlib import Path

import matplotlib
from docx import Document
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from documents.layouts import Sheet, Span, placed


def can_write(form: str, sheets: list[Sheet]) -> bool:
    """Text has no merged cells, so a header of headings over headings is lost in it."""
    merged = any(s.columns > 1 or s.rows > 1 for sheet in sheets for row in sheet.rows for s in row)
    return not (merged and form in ("bars_text", "rows_text", "paragraph_text"))


# --- text ---------------------------------------------------------------------------------------


def as_bars_text(sheets: list[Sheet]) -> bytes:
    """A cell a line, a bar between cells: a web page's table copied."""
    return _text(sheets, lambda rows: "".join(f"{s.text}\n|\n" for row in rows for s in row), "\n")


def as_rows_text(sheets: list[Sheet]) -> bytes:
    """A row a line, bars between and around the cells."""
    return _text(
        sheets,
        lambda rows: "".join(f"| {' | '.join(s.text for s in row)} |\n" for row in rows) + "\n",
        "\n",
    )


def as_tabs_text(sheets: list[Sheet]) -> bytes:
    """A row a line, tabs between the cells: a table copied out of Word or Excel."""
    return _text(
        sheets,
        lambda rows: "".join("\t".join(s.text for s in row) + "\n" for row in rows) + "\n",
        "\n",
    )


def as_paragraph_text(sheets: list[Sheet]) -> bytes:
    """A cell a paragraph, with a blank line after each; a blank cell is a blank paragraph."""
    return _text(sheets, lambda rows: "".join(f"{s.text}\n\n" for row in rows for s in row), "\n\n")


def _text(sheets: list[Sheet], table: Callable[[list[list[Span]]], str], end: str) -> bytes:
    text = ""
    for sheet in sheets:
        text += "".join(line + end for line in sheet.above) + table(sheet.rows)
        text += "".join(line + end for line in sheet.below)
    return text.encode()


# --- web pages ----------------------------------------------------------------------------------


def as_html(sheets: list[Sheet]) -> bytes:
    page = '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"></head><body>\n'
    for sheet in sheets:
        page += "".join(f"<p>{escape(line)}</p>\n" for line in sheet.above)
        page += f'<table border="1">\n<thead>\n{_html_rows(sheet.head, "th")}</thead>\n'
        page += f"<tbody>\n{_html_rows(sheet.body, 'td')}</tbody>\n</table>\n"
        page += "".join(f"<p>{escape(line)}</p>\n" for line in sheet.below)
    return (page + "</body></html>\n").encode()


def _html_rows(rows: list[list[Span]], tag: str) -> str:
    def cell(span: Span) -> str:
        reach = {"colspan": span.columns, "rowspan": span.rows}
        attributes = "".join(f' {name}="{n}"' for name, n in reach.items() if n > 1)
        return f"<{tag}{attributes}>{escape(span.text)}</{tag}>"

    return "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in rows)


# --- Word ---------------------------------------------------------------------------------------


def as_docx(sheets: list[Sheet]) -> bytes:
    document = Document()
    for sheet in sheets:
        for line in sheet.above:
            document.add_paragraph(line)
        width = _width(sheet)
        table = document.add_table(len(sheet.rows), width, "Table Grid")
        cells = [row.cells for row in table.rows]
        for r, c, span in placed(sheet.rows):
            cells[r][c].text = span.text
            if span.columns > 1 or span.rows > 1:
                cells[r][c].merge(cells[r + span.rows - 1][c + span.columns - 1])
        ends = _ends(sheet)
        for r in range(len(sheet.head), len(cells)):
            for cell in cells[r][ends[r] :]:
                cell._tc.getparent().remove(cell._tc)
        for line in sheet.below:
            document.add_paragraph(line)
    return _saved(document.save)


# --- Excel --------------------------------------------------------------------------------------


def as_xlsx_text(sheets: list[Sheet]) -> bytes:
    """Every number stored as the text that is printed."""
    return _xlsx(sheets, numbers=False)


def as_xlsx_numbers(sheets: list[Sheet]) -> bytes:
    """Every number stored as a number: row numbers and years too, as when they are typed."""
    return _xlsx(sheets, numbers=True)


def _xlsx(sheets: list[Sheet], numbers: bool) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        width = _width(sheet)
        for r, line in enumerate(sheet.above, 1):
            page.cell(r, 1, line)
            page.merge_cells(start_row=r, end_row=r, start_column=1, end_column=width)
        top = len(sheet.above) + 2
        for r, c, span in placed(sheet.rows):
            cell = page.cell(top + r, 1 + c)
            if numbers and span.value is not None:
                share = span.text.endswith("%")
                cell.value = float(span.value) / (100 if share else 1)
                cell.number_format = "0%" if share else "#,##0.###"
            elif numbers and span.text.isdecimal():
                cell.value = int(span.text)
            else:
                cell.value = span.text or None
            if span.columns > 1 or span.rows > 1:
                page.merge_cells(
                    start_row=top + r,
                    end_row=top + r + span.rows - 1,
                    start_column=1 + c,
                    end_column=c + span.columns,
                )
        for r, line in enumerate(sheet.below, top + len(sheet.rows) + 1):
            page.cell(r, 1, line)
    return _saved(book.save)


# --- PDF ----------------------------------------------------------------------------------------

_FONT, _SIZE, _PADDING, _TITLE = "DejaVuSans", 6, 3, 120
_STYLE = ParagraphStyle("cell", fontName=_FONT, fontSize=_SIZE, leading=_SIZE + 1.5)


def as_pdf(
    sheets: list[Sheet], rules: str = "all", narrow: str = "", turned: bool = False
) -> bytes:
    """Tables with their header repeated on every page; titles wrap, numbers do not.

    ``rules`` are "all", those between "rows", those at "sections" (and all upright ones), or
    "none". A column of ``narrow`` "numbers" or "units" breaks what stands in it. A ``turned``
    page is a wide one printed along the height of the paper.
    """
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        file = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
        pdfmetrics.registerFont(TTFont(_FONT, file))
    story: list[Flowable] = []
    widest, height = landscape(A4)
    for sheet in sheets:
        widths = _column_widths(sheet, narrow)
        widest = max(widest, sum(widths) + 80)
        rows: list[list[Paragraph | str]] = [[""] * len(widths) for _ in sheet.rows]
        style = [*_rules(sheet, rules), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        style += [
            (f"{side}PADDING", (0, 0), (-1, -1), _PADDING)
            for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
        ]
        for r, c, span in placed(sheet.rows):
            rows[r][c] = Paragraph(escape(span.text), _STYLE)
            style.append(("SPAN", (c, r), (c + span.columns - 1, r + span.rows - 1)))
        story += [Paragraph(escape(line), _STYLE) for line in sheet.above]
        story.append(Table(rows, widths, repeatRows=len(sheet.head), style=TableStyle(style)))
        story += [Paragraph(escape(line), _STYLE) for line in sheet.below]
        story.append(PageBreak())
    out = io.BytesIO()

    def turn(canvas: Canvas, _: object) -> None:
        if turned:
            canvas.setPageSize((height, widest))
            canvas.translate(height, 0)
            canvas.rotate(90)

    SimpleDocTemplate(
        out, pagesize=(widest, height), leftMargin=30, rightMargin=30, invariant=1
    ).build(story, onFirstPage=turn, onLaterPages=turn)
    return out.getvalue()


def _rules(sheet: Sheet, rules: str) -> list[tuple[object, ...]]:
    line = (0.5, "black")
    if rules == "sections":
        first = len(sheet.head)
        heads = [r for r, row in enumerate(sheet.body, first) if not row[0].text.isdecimal()]
        over = [("LINEABOVE", (0, r), (-1, r), *line) for r in {*heads, *(r + 1 for r in heads)}]
        head = ("GRID", (0, 0), (-1, first - 1), *line)
        return [
            ("BOX", (0, 0), (-1, -1), *line),
            ("LINEAFTER", (0, 0), (-1, -1), *line),
            head,
            *over,
        ]
    command = {"all": "GRID", "rows": "LINEBELOW"}.get(rules)
    return [(command, (0, 0), (-1, -1), *line)] if command else []


def _column_widths(sheet: Sheet, narrow: str = "") -> list[float]:
    widths = [0.0] * _width(sheet)
    for _, c, span in placed(sheet.rows):
        pieces = [span.text] if span.value is not None else span.text.split()
        length = max((pdfmetrics.stringWidth(piece, _FONT, _SIZE) for piece in pieces), default=0)
        widths[c] = max(widths[c], length / span.columns + 2 * _PADDING + 1)
    titles = max(range(len(widths)), key=lambda c: _letters(sheet, c))
    widths[titles] = _TITLE
    if narrow == "units":
        widths[2] -= 12
    if narrow == "numbers":
        widths = [w if c <= titles else max(30, w * 0.75) for c, w in enumerate(widths)]
    return widths


def _letters(sheet: Sheet, column: int) -> int:
    return sum(len(s.text) for _, c, s in placed(sheet.body) if c == column and s.columns == 1)


def _ends(sheet: Sheet) -> dict[int, int]:
    """How far each row reaches, under what reaches down into it too."""
    ends = dict.fromkeys(range(len(sheet.rows)), 0)
    for r, c, span in placed(sheet.rows):
        for i in range(r, r + span.rows):
            ends[i] = max(ends[i], c + span.columns)
    return ends


# ------------------------------------------------------------------------------------------------


def _width(sheet: Sheet) -> int:
    return sum(span.columns for span in sheet.head[0])


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


FORMS: dict[str, Callable[[list[Sheet]], bytes]] = {
    "bars_text": as_bars_text,
    "rows_text": as_rows_text,
    "paragraph_text": as_paragraph_text,
    "html": as_html,
    "docx": as_docx,
    "xlsx_text": as_xlsx_text,
    "xlsx_numbers": as_xlsx_numbers,
    "pdf": as_pdf,
}
