"""What lies under a plan: every planning table of a document as a tidy frame."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, YEAR, DataError, Text, Trouble, tabulate
from kc_analysis.reading import words
from kc_analysis.reading.forms.opening import open_document
from kc_analysis.reading.grid import Document
from kc_analysis.reading.numbers import Values, read_numbers
from kc_analysis.reading.tables import Table, find_tables

_COLUMNS = {
    **dict.fromkeys(("number", "label", "level", "section", "unit"), TEXT),
    "year": YEAR,
    **dict.fromkeys(("phase", "measure"), TEXT),
    "value": np.float64,
    **dict.fromkeys(("printed", "place_vi", "place_en"), TEXT),
}


@dataclass(frozen=True, eq=False)
class TidyTable:
    """A table of a document.

    Attributes
    ----------
    title : str
        The capitals above it; "" where there are none.
    unit : str
        The unit of money that stands above it or in its header; "" where none does.
    place : Text
        Where its header begins.
    frame : DataFrame
        A row a printed number: number, label, level (grand, section, line, detail), section, unit,
        year (missing for the cycle), phase (plan, actual), measure (money, quantity), value as
        printed, printed, place_vi, place_en. Blank cells are no rows.
    """

    title: str
    unit: str
    place: Text
    frame: pd.DataFrame


def read_tables(path: str | Path, *, thousands: str | None = None) -> list[TidyTable]:
    """Read every planning table of a document, whether or not they make a plan.

    Parameters
    ----------
    path : str or Path
        Text, HTML, Word, Excel or PDF.
    thousands : {".", ","}, optional
        The mark between thousands, for a document in which nothing decides it.

    Returns
    -------
    list of TidyTable
        In the document's order.

    Raises
    ------
    DataError
        If there is no such file, if it holds no such tables, or with all that cannot be read.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> money, work = kc.read_tables(kc.raw_folder("2021-2025") / "470-QD-UBND.txt")
    >>> len(money.frame), len(work.frame), work.frame["unit"].iloc[0]
    (58, 40, 'Đề án')
    """
    document = open_document(Path(path))
    troubles: list[Trouble] = []
    tables = find_tables(document, troubles)
    values, _, _ = read_numbers(document, tables, thousands, troubles)
    if troubles:
        raise DataError(troubles)
    return [_tidy(document, *pair) for pair in zip(tables, values, strict=True)]


def _tidy(document: Document, table: Table, values: Values) -> TidyTable:
    rows = []
    for (r, i), value in values.items():
        row, column = table.rows[r], table.columns[i]
        measure, cell = table.measure(row, i), row.cells[i]
        unit = column.money or row.unit
        if measure == "money":
            unit = column.money or words.money_unit(row.unit) or table.money
        place = document.place(cell.at)
        rows.append(
            (
                *(row.number, row.title.text, row.level, row.section, unit),
                *(column.year, column.phase, measure),
                *(value, cell.text, place.vi, place.en),
            )
        )
    return TidyTable(table.title, table.money, document.where(table.head), tabulate(_COLUMNS, rows))
