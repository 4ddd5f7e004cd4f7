"""Each form's reader beside what a user would pick, for the decision and a hundredfold of it."""

import io
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pdfplumber
from compare import compare
from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from documents.forms import as_docx, as_html, as_pdf, as_xlsx_numbers
from documents.layouts import Marks, Sheet, Span

import kc_analysis as kc
from kc_analysis.reading.forms.excel import read_excel
from kc_analysis.reading.forms.html import read_html
from kc_analysis.reading.forms.pdf import read_pdf
from kc_analysis.reading.forms.text import read_text
from kc_analysis.reading.forms.word import read_word
from kc_analysis.reading.grid import Document, Grid

DECISION = kc.raw_folder("2021-2025") / "470-QD-UBND.txt"
MARKS = Marks()
#: Headings, sections and totals stand but once, so a hundredfold of the cells takes more lines.
HUNDREDFOLD = 139


def decision(copies: int) -> list[Sheet]:
    """The decision's two tables with every line so many times, and totals to match."""
    text = read_text(DECISION.read_text(encoding="utf-8"), DECISION.name)
    return [_sheet(f"PL{i}", grid, copies) for i, grid in enumerate(text.grids, 1)]


def _sheet(name: str, grid: Grid, copies: int) -> Sheet:
    header, *rows = [[cell.text for cell in row] for row in grid.rows]
    body: list[list[Span]] = []
    lines: list[list[str]] = []
    for row in [*rows, [""]]:
        if row[0].isdecimal():
            lines.append(row)
            continue
        for i in range(copies * len(lines)):
            copy, line = divmod(i, len(lines))
            _, title, *rest = lines[line]
            titled = f"{title}, đợt {copy + 1}" if copy else title
            body.append([Span(str(i + 1)), Span(titled), *(_span(text) for text in rest)])
        lines = []
        if len(row) > 1:
            body.append([_span(text, copies) for text in row])
    above = [line.text for line in grid.above]
    return Sheet(name, above, [[Span(text) for text in header]], body, [], MARKS, [])


def _span(text: str, times: int = 1) -> Span:
    if not text[:1].isdigit():
        return Span(text)
    value: Decimal = MARKS.read(text) * times
    return Span(text if times == 1 else MARKS.write(value), value=value)


# --- what a user would pick instead -------------------------------------------------------------


def html_by_pandas(data: bytes) -> object:
    return pd.read_html(io.BytesIO(data), flavor="lxml", encoding="utf-8")


def html_by_lxml(data: bytes) -> object:
    page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    return ["".join(cell.itertext()) for cell in page.iter("td", "th")]


def excel_by_pandas(data: bytes) -> object:
    return pd.read_excel(io.BytesIO(data), engine="calamine", sheet_name=None, header=None)


def excel_by_openpyxl(data: bytes) -> object:
    return [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data))]


def word_by_docx(data: bytes) -> object:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(data)).tables
    ]


def pdf_by_pdfplumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_tables(), page.extract_text()) for page in pdf.pages]


# ------------------------------------------------------------------------------------------------


def compare_form(
    read: Callable[[bytes, str], Document],
    write: Callable[[list[Sheet]], bytes],
    others: dict[str, tuple[Callable[[bytes], object], float]],
    sizes: dict[int, int],
) -> None:
    """Compare one form's reader with the others at both sizes, and then with itself.

    ``others`` gives how each is named, how it reads, and what our time over its should be at most;
    ``sizes`` gives the copies of each line, and how many rounds to measure with so many.
    """
    name = read.__name__
    files = {copies: write(decision(copies)) for copies in sizes}
    cells = {
        copies: sum(len(row) for grid in read(data, "x").grids for row in grid.rows)
        for copies, data in files.items()
    }
    for copies, data in files.items():
        for other, (theirs, aim) in others.items():
            compare(
                f"{name}, {cells[copies]:,} cells / {other}",
                partial(read, data, "x"),
                partial(theirs, data),
                aim,
                sizes[copies],
            )
    (small, few), (large, many) = files.items()
    times = round(cells[large] / cells[small])
    compare(
        f"{name}, {cells[large]:,} cells / {times} times {cells[small]:,} cells",
        partial(read, many, "x"),
        lambda: [read(few, "x") for _ in range(times)],
        1.1,
        sizes[large],
    )


def main() -> None:
    """Run the comparisons."""
    compare_form(
        read_html, as_html,
        {"pandas.read_html (lxml)": (html_by_pandas, 0.6), "bare lxml": (html_by_lxml, 2)},
        {1: 60, HUNDREDFOLD: 10},
    )  # fmt: skip
    compare_form(
        read_excel, as_xlsx_numbers,
        {"pandas (calamine)": (excel_by_pandas, 1), "openpyxl": (excel_by_openpyxl, 0.35)},
        {1: 60, HUNDREDFOLD: 10},
    )  # fmt: skip
    compare_form(
        read_word, as_docx,
        {"python-docx": (word_by_docx, 0.2)},
        {1: 60, HUNDREDFOLD: 5},
    )  # fmt: skip
    compare_form(
        read_pdf, as_pdf,
        {"pdfplumber": (pdf_by_pdfplumber, 1.0)},
        {1: 10, HUNDREDFOLD // 3: 3},
    )  # fmt: skip
