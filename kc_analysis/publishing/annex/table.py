"""A table of the annex: its cells and their formulas.

The figures of the library go in as what a formula gave when it was last reckoned, so that readers
that do not reckon show them too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kc_analysis.publishing.annex.causes import PARTS
from kc_analysis.publishing.annex.formulas import Row, Rule
from kc_analysis.publishing.annex.paper import BOX, FIRST, HEAD, Paper, height
from kc_analysis.publishing.annex.words import HEADINGS, IN_MILLION, NO, SHEETS, WORDS, YES

Columns = Mapping[str, Rule | None]

_WIDE = {
    "label": 52, "title": 47, "note": 30, "name": 42, "beneficiary": 26, "what": 42, "place": 26,
    "file": 24, "status": 22, "where": 15, "unit": 15, "done_unit": 13, "line": 7, "source": 8,
    "year": 8, "task": 8, "per": 13, "budget_line": 10, "side": 11, "table": 12, "printed": 10,
    "establishments": 14, "cost_million_vnd_per_establishment": 14,
}  # fmt: skip
_NARROW = 11
_YEARS = ("year", "best_year", "task")
#: Columns that hold amounts, counts and people one below the other: each number its own decimals.
_MIXED = ("low", "high", "done_low", "done_high")


class Block(NamedTuple):
    """Rows of a table that count the same: the lines, the sources, the years, or all.

    Attributes
    ----------
    frame : DataFrame
    where : sequence of tuple
        The conditions of each row, if the rules of the table need any.
    beside : sequence of mapping
        Cells on other sheets by name, for each row.
    title : str
    is_total : bool
    """

    frame: pd.DataFrame
    where: Sequence[tuple[str, ...]] = ()
    beside: Sequence[Mapping[str, str]] = ()
    title: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the annex.

    Attributes
    ----------
    sheet : str
        One of ``words.SHEETS``.
    columns : mapping
        The columns by name, each with the rule of its formulas; None for plain values.
    blocks : sequence of Block
    headings : mapping
        Of columns for which the package's own words will not do.
    keys : int
        How many columns stay in sight.
    sifted : bool
        Whether a reader can pick rows by what they hold.
    """

    sheet: str
    columns: Columns
    blocks: Sequence[Block]
    headings: Mapping[str, str] = field(default_factory=dict)
    keys: int = 1
    sifted: bool = False


class Placed(NamedTuple):
    """Where a table stands."""

    sheet: str
    columns: Sequence[str]
    blocks: Sequence[tuple[int, int]]

    def cells(self, column: str, block: int = 0, rows: slice = slice(None)) -> list[Any]:
        """A block's cells of a column, as a chart refers to them."""
        first, last = self.blocks[block]
        held, place = range(first, last + 1)[rows], self.columns.index(column)
        return [self.sheet, held[0], place, held[-1], place]

    def range(self, column: str) -> str:
        """The first block's cells of a column, as a name refers to them."""
        sheet, *corners = self.cells(column)
        return f"='{sheet}'!{xl_range_abs(*corners)}"

    def cell(self, column: str, row: int) -> str:
        """A cell, as a formula on another sheet refers to it."""
        place = xl_rowcol_to_cell(row, self.columns.index(column), True, True)
        return f"'{self.sheet}'!{place}"


def add_table(paper: Paper, table: Table) -> Placed:
    """Add a sheet with a table."""
    columns = list(table.columns)
    widths = [_WIDE.get(name, _NARROW) for name in columns]
    sheet = paper.add_sheet(table.sheet, widths)
    heads = [
        (table.headings.get(name) or HEADINGS[name][paper.lang]).replace(IN_MILLION[paper.lang], "")
        for name in columns
    ]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD, column, head, paper.heading)
    sheet.set_row(HEAD, height(heads, widths, bold=True))
    sheet.freeze_panes(FIRST, table.keys)
    looks = {name: [block.frame[name] for block in table.blocks] for name in columns}
    places, row = [], FIRST
    for block in table.blocks:
        if block.title:
            for column in range(len(columns)):
                sheet.write_string(row, column, "" if column else block.title, paper.subheading)
            sheet.set_row(row, height([], []))
            row += 1
        places.append((row, row + len(block.frame) - 1))
        for place, record in enumerate(block.frame.to_dict("records")):
            cells = {name: xl_rowcol_to_cell(row, column) for column, name in enumerate(columns)}
            beside = block.beside[place] if block.beside else {}
            where = block.where[place] if block.where else ()
            here = Row(where, {**beside, **cells}, record)
            values = {name: _value(name, record[name], paper.lang) for name in columns}
            texts = [value if isinstance(value, str) else "" for value in values.values()]
            sheet.set_row(row, height(texts, widths))
            for column, (name, rule) in enumerate(table.columns.items()):
                look = _look(name, values[name], looks[name]) | {"bold": block.is_total}
                formula = rule(here) if rule else None
                _write(sheet, (row, column), formula, values[name], paper.look(**BOX, **look))
            row += 1
    if table.sifted:
        sheet.autofilter(HEAD, 0, places[0][1], len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, row, len(columns))})
    paper.fit(sheet, widths, row - 1)
    return Placed(SHEETS[table.sheet][0][paper.lang], columns, places)


def _write(
    sheet: Worksheet, at: tuple[int, int], formula: str | None, value: Any, look: Any
) -> None:
    if formula:
        sheet.write_formula(*at, f"={formula}", look, value)
    elif value == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        # Whatever a document says is text: never a formula, though it begin with "=".
        sheet.write_string(*at, value, look)
    else:
        sheet.write_number(*at, value, look)


def _value(name: str, value: Any, lang: str) -> Any:
    """A value as a cell holds it; "" for what is missing."""
    if pd.isna(value):
        return ""
    if name in ("status", "per") and value in WORDS:
        return WORDS[value][lang]
    if name == "plausible":
        return (YES if value else NO)[lang]
    return value if isinstance(value, str) else float(value) + 0.0  # never -0


def _look(name: str, value: Any, columns: Sequence[pd.Series]) -> dict[str, Any]:
    """How a cell's value stands and is written; no decimals where all in its column are whole."""
    if isinstance(value, str) and not all(map(_is_number, columns)):
        return {"text_wrap": True, "indent": 1}
    if name in _YEARS:
        return {"num_format": "0", "align": "center"}
    numbers = pd.Series([value]) if name in _MIXED else pd.concat(columns)
    numbers = pd.to_numeric(numbers, "coerce").dropna()
    whole = numbers.round(6).mod(1).eq(0).all() and not name.endswith("_pct")
    decimals = ".00" if name == "leverage" else "" if whole else ".0"
    decimals = ".0##" if decimals and name in _MIXED else decimals
    # The space of a bracket keeps numbers off the border; not every reader indents them.
    number = f"#,##0{decimals}_)"
    signed = f"+{number};-{number};0{decimals}_)"
    return {"num_format": signed if name in PARTS else number}


def _is_number(column: pd.Series) -> bool:
    """Whether a column holds numbers, which yes and no are not."""
    types = pd.api.types
    return types.is_numeric_dtype(column) and not types.is_bool_dtype(column)
