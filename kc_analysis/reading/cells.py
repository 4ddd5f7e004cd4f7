"""What lies under a plan: every table of a document as a tidy frame."""

from dataclasses import dataclass
from math import nan
from pathlib import Path

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, YEAR, DataError, Finding, Text, Trouble, same, tabulate
from kc_analysis.numerals import VIETNAMESE, Marks
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.grid import Document
from kc_analysis.reading.layout import overrule
from kc_analysis.reading.table.assembly import tables_of
from kc_analysis.reading.table.header import is_figure
from kc_analysis.reading.table.parts import Row, Table, finding
from kc_analysis.reading.table.solve import Settled, settle
from kc_analysis.reading.vocabulary import Facets

CELLS = {
    **dict.fromkeys(("number", "label", "parent", "role", "source", "place", "unit"), TEXT),
    "year": YEAR,
    **dict.fromkeys(("period", "phase", "measure"), TEXT),
    "value": np.float64,
    **dict.fromkeys(("heading", "printed", "place_vi", "place_en"), TEXT),
}


@dataclass(frozen=True, eq=False)
class TidyTable:
    """A table of a document.

    Attributes
    ----------
    title : str
        The capitals above it, or else the line nearest above it; "" where there is none.
    unit : str
        The unit of money that stands above or below it; "" where none does.
    place : Text
        Where its header begins.
    frame : DataFrame
        A row a printed number: number, label and parent (the label of the row above it in the
        outline); role (total, section, line, of which, second, aside); source (local,
        national, counterpart), place; unit; year, or period where it is no whole year
        ("2021-2025", "to 2023", "6M 2025", "Q1 2025"); phase (plan, need, allotted, adjusted,
        estimate, actual); measure (money, quantity, share, growth, other, or "" where nothing
        tells); value as printed; heading; printed; place_vi, place_en: where the cell stands in the
        file. Blank cells are no rows.
    notes : tuple of Finding
        What decided the marks of thousands; cells that hold no number (warnings); what is wrong
        with rows (errors). What they are about is not in ``frame``.
    """

    title: str
    unit: str
    place: Text
    frame: pd.DataFrame
    notes: tuple[Finding, ...] = ()


def read_tables(
    path: str | Path, layout: str | Path | None = None, *, thousands: str | None = None
) -> list[TidyTable]:
    """Read every table of a document, whatever it is about.

    Parameters
    ----------
    path : str or Path
        Text, HTML, Word, Excel or PDF.
    layout : str or Path, optional
        A file in which a person has put right how the tables are to be read.
    thousands : {".", ","}, optional
        The mark between thousands, for a document in which nothing decides it.

    Returns
    -------
    list of TidyTable
        In the document's order.

    Raises
    ------
    DataError
        If there is no such file, it holds no table of numbers, nothing decides what the marks in
        them mean, or with all that is wrong in the layout.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> money, work = kc.read_tables(kc.raw_folder("2021-2025") / "470-QD-UBND.txt")
    >>> len(money.frame), len(work.frame), work.frame["unit"].iloc[0]
    (58, 40, 'Đề án')
    """
    document = open_document(Path(path))
    settled, _ = settled_tables(document, thousands, Path(layout) if layout else None)
    return [_tidy(one) for one in settled]


def settled_tables(
    document: Document, thousands: str | None, layout: Path | None = None
) -> tuple[list[Settled], list[Finding]]:
    """The tables of a document with their numbers, and a finding for each grid that is none.

    Raises
    ------
    DataError
        If there is no table of numbers, if nothing decides what the marks mean, or if the layout
        is not the document's.
    """
    tables, unread = tables_in(document, layout)
    return settle(tables, thousands), unread


def tables_in(document: Document, layout: Path | None) -> tuple[list[Table], list[Finding]]:
    """The tables of a document, as a person's layout has them where it speaks of them."""
    tables, others = tables_of(document)
    if not any(table.rows for table in tables):
        expected = Text("một bảng có tiêu đề và số", "a table with a header and numbers")
        found = Text("không có bảng nào như vậy", "no such table")
        doubts = [
            line.trouble(line.doubt.code, line.doubt.expected, line.doubt.found)
            for line in document.lines
            if line.doubt
        ]
        if doubts:
            raise DataError(doubts)
        if tables:
            raise DataError(
                table.head.trouble(
                    "no-rows", Text("các hàng dưới tiêu đề", "rows below the header"), found
                )
                for table in tables
            )
        raise DataError([Trouble(same(document.file.name), expected, found, "no-table")])
    unread = []
    for grid in others:
        numbers = [c for row in grid.rows for c in row if is_figure(c) and not c.covered]
        if len(numbers) > 2:
            message = Text(
                "Các ô có số ở đây không thuộc bảng nào đọc được",
                "The numbers here stand in no table that could be read",
            )
            unread.append(finding("grid-unread", "warning", numbers[0], message))
    for line in document.lines:
        if line.doubt and line.doubt.code == "row-unclear":
            message = Text(
                f"Dòng này có thể thuộc một bảng: cần {line.doubt.expected.vi}",
                f"This line may be a row of a table: expected {line.doubt.expected.en}",
            )
            unread.append(finding(line.doubt.code, "error", line, message))
    if layout:
        overrule(tables, layout)
    return tables, unread


def time_of(said: Facets) -> tuple[int | None, str]:
    """The whole year that a number is of, or the period where it is no whole year."""
    if said.year and said.period:
        return None, f"{said.period} {said.year}"
    return said.year, said.period


def unread(table: Table, row: Row, c: int, marks: Marks) -> Trouble:
    """Why a cell's number cannot be taken."""
    cell = row.cells[c]
    if cell.doubt:
        return cell.trouble(*cell.doubt)
    sample = "1.250,5" if marks == VIETNAMESE else "1,250.5"
    expected = Text(f"một số như {sample}", f"a number such as {sample}")
    return cell.trouble("no-number", expected)


def role_of(table: Table, row: Row) -> str:
    """What a row is: total, section (others make it up), line, of which, second or aside."""
    if row.role in ("total", "of which", "second", "aside"):
        return row.role
    if any(table.rows[child].role == "item" for child in row.children):
        return "section"
    return "line"


def _told(trouble: Trouble, severity: str) -> Finding:
    """A trouble that keeps nobody from reading the rest."""
    message = Text(
        f"cần {trouble.expected.vi}, nhưng thấy {trouble.found.vi}",
        f"expected {trouble.expected.en}, found {trouble.found.en}",
    )
    return Finding(trouble.code, severity, "", "", None, nan, nan, trouble.place, message)


def _tidy(settled: Settled) -> TidyTable:
    table, values, marks, _ = settled
    rows = []
    notes = [*table.notes, *(_told(trouble, "error") for trouble in table.troubles)]
    for r, row in enumerate(table.rows):
        parent = "" if row.parent is None else table.rows[row.parent].label.text
        for c, cell in row.cells.items():
            if (r, c) not in values:
                notes.append(_told(unread(table, row, c, marks), "warning"))
                continue
            said = table.facets(row, c)
            measure = "growth" if row.role == "aside" else table.measure(row, c)
            rows.append(
                (
                    *(row.number, row.label.text, parent, role_of(table, row)),
                    *(said.source, said.place, table.unit(row, c)),
                    *(*time_of(said), said.phase or "plan", measure),
                    *(values[r, c], table.columns[c].heading, cell.text),
                    *(cell.where.vi, cell.where.en),
                )
            )
    return TidyTable(
        table.title, table.said.money, table.head.where, tabulate(CELLS, rows), tuple(notes)
    )
