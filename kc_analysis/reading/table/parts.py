"""A table as read: its columns, its rows, and what is said of it as a whole."""

from dataclasses import dataclass, field
from functools import cached_property
from math import nan

from kc_analysis.model import Finding, Text, Trouble
from kc_analysis.numerals import Marks
from kc_analysis.reading.grid import Cell, Grid
from kc_analysis.reading.vocabulary import NO_FACETS, Facets, find, money_unit


@dataclass(frozen=True)
class Column:
    """A column: its headings, outermost first, what it holds, and what its headings say.

    ``role`` is number, title, unit, source, place, year, note or value. ``rest`` are the headings
    that the vocabulary does not know: they tell columns apart, and nothing more. ``given`` is
    whether a person has said what the innermost heading says.
    """

    path: tuple[Cell, ...]
    role: str
    facets: Facets
    unit: str = ""
    given: bool = False

    @cached_property
    def heading(self) -> str:
        """The headings as one text."""
        return " ".join(cell.text for cell in self.path)

    @cached_property
    def is_known(self) -> bool:
        """Whether the vocabulary knows anything of the headings."""
        return any(self.facets)

    @cached_property
    def rest(self) -> tuple[str, ...]:
        """The headings that say nothing that the vocabulary knows."""
        path = self.path[:-1] if self.given else self.path
        return tuple(c.text for c in path if not any(_known(c.text)))


def _known(text: str) -> Facets:
    from kc_analysis.reading.vocabulary import facets

    said = facets(text)
    return said._replace(place="", total=said.total or bool(find("row", text)))


@dataclass
class Row:
    """A row: its number, label and unit, its figures by column, and where it stands.

    ``role`` is item, heading (without figures of its own), total, of which (of the row above),
    second (another measure of it), extra (below the grand total) or aside (rates, notes).
    ``parent`` and ``children`` are the rows above and below it in the outline; of a total,
    ``children`` are the rows that it adds up. ``beside`` is the row below which it stands in print,
    though it is a line as that. ``own`` is what the row itself says, ``facets`` what those above it
    say too. ``given`` is whether a person has said what it is; its role is then "beside" until it
    is moved.
    """

    number: str
    label: Cell
    unit: str
    own: Facets
    cells: dict[int, Cell]
    facets: Facets = NO_FACETS
    role: str = "item"
    given: bool = False
    style: str = ""
    prefix: str = ""
    depth: int = 0
    parent: int | None = None
    children: list[int] = field(default_factory=list)
    beside: int | None = None
    key: str = ""
    is_fund: bool = False

    @property
    def name(self) -> str:
        """What messages call the row: the numbers that lead to it, or a total's title."""
        return self.key if self.role != "total" else self.number or self.label.text

    @property
    def prefixed(self) -> str:
        """The row's number with the numbers before it, as printed: 1.1."""
        return f"{self.prefix}.{self.number}" if self.prefix else self.number

    @property
    def is_unnumbered(self) -> bool:
        """Whether a row has no number that tells it from those beside it."""
        return not any(map(str.isalnum, self.number))


@dataclass
class Table:
    """A table as read.

    Attributes
    ----------
    grid : Grid
    head : Cell
        The first cell of its header, that stands for the table in messages.
    title : str
    about : list of str
        The lines just above it, nearest last.
    said : Facets
        What title and lines above say of all of its numbers.
    cycle : tuple of int, optional
        The first and last year that the lines above name.
    columns : list of Column
    body : list of list of Cell
        What stands below the header, but for headers that a page repeats.
    rows : list of Row
    is_hidden : bool
    counted : str
        The unit that a line above states for what is no money, "Ha".
    troubles : list of Trouble
        What is wrong with its rows.
    notes : list of Finding
    marks : Marks, optional
        What the marks in its numbers mean, where a person has said so.
    counts : tuple of str, optional
        Of what half of the plan a person has said that it is, "money" or "quantity"; none, or both.
    """

    grid: Grid
    head: Cell
    title: str
    about: list[str]
    said: Facets
    cycle: tuple[int, int] | None
    columns: list[Column]
    body: list[list[Cell]]
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    implied: str = ""
    counted: str = ""
    marks: Marks | None = None
    counts: tuple[str, ...] | None = None

    @property
    def values(self) -> list[int]:
        """Where the columns of numbers stand."""
        return [at for at, column in enumerate(self.columns) if column.role == "value"]

    def measure(self, row: Row, at: int) -> str:
        """What a number is of: by its column, its row's unit, or its table.

        "money", "quantity", "share", "growth" or "other"; "" where nothing tells.
        """
        column = self.columns[at]
        if column.facets.measure:
            return column.facets.measure
        if money_unit(row.unit):
            return "money"
        said = find("measure", row.unit)
        if said in ("share", "other"):
            return said
        return self.implied or ("quantity" if row.unit else "")

    def unit(self, row: Row, at: int) -> str:
        """The unit of a number; "" where none is told."""
        column = self.columns[at]
        if self.measure(row, at) == "money":
            return column.facets.money or money_unit(row.unit) or self.said.money
        if self.measure(row, at) == "growth" or column.facets.measure == "share":
            return "%"
        amount = self.said.money if self.measure(row, at) == "other" else ""
        return row.unit or column.unit or amount or self.counted

    def facets(self, row: Row, at: int) -> Facets:
        """What headings, rows and title say of a number."""
        return self.columns[at].facets.within(row.facets).within(self.said)

    def note(self, rule: str, severity: str, cell: Cell, message: Text) -> None:
        """Add a finding about a cell of the table."""
        self.notes.append(finding(rule, severity, cell, message))


def finding(
    rule: str,
    severity: str,
    cell: Cell,
    message: Text,
    table: str = "",
    line: str = "",
    year: int | None = None,
    expected: float = nan,
    found: float = nan,
) -> Finding:
    """A finding at a cell's place."""
    return Finding(rule, severity, table, line, year, expected, found, cell.where, message)


def left_out(table: Table, why: Text) -> Finding:
    """The finding that a table is none of the plan's, and why."""
    title = f" “{table.title}”" if table.title else ""
    message = Text(
        f"Bảng{title} không được đưa vào kế hoạch: {why.vi}",
        f"The table{title} is left out of the plan: {why.en}",
    )
    return finding("table-left-out", "warning", table.head, message)
