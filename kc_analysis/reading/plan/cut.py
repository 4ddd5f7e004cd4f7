"""Where a table's outline is cut: which rows are lines of the plan, and whose funds pay them."""

from collections.abc import Iterator
from typing import NamedTuple

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.titles import core, slug
from kc_analysis.reading.vocabulary import is_year

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Number(NamedTuple):
    """A number of the plan.

    ``level`` is line, second (another measure of a line), section, grand, or "" for what only the
    sums of its table speak of. ``year`` is None for the whole cycle; ``value`` is in ``unit``.
    """

    level: str
    key: str
    source: str
    year: int | None
    value: float
    unit: str
    label: Cell
    cell: Cell
    parent: str = ""


class Fund(NamedTuple):
    """A source of funds: its number, and the cell that names it."""

    number: str
    title: Cell


class Funds:
    """The funds of a document, numbered as its sections are, or else in order."""

    def __init__(self) -> None:
        self.by_source: dict[str, Fund] = {}

    def of(self, table: Table, r: int, c: int) -> tuple[str, str]:
        """The source that pays a number, and the number that lines of it begin with.

        Headings, the row itself and those above it tell the source, or else the table's title;
        where none names a known one, the outermost row above is the fund. The number is "" where a
        row above the line is the fund's, whose own number begins the line's.
        """
        row = table.rows[r]
        chain = [*ancestors(table, r)]
        told = table.columns[c].facets.source
        # A line's title may speak of another fund than the section's.
        above = (row, *chain) if row.children else chain
        fund = next((a for a in above if a.is_fund and a.facets.source), None)
        if not told and fund is not None:
            return self._note(fund.facets.source, fund.key, fund.label), ""
        source = told or row.facets.source or table.said.source
        if source:
            title = table.columns[c].path[-1] if told and table.columns[c].path else table.head
            return source, self._numbered(source, title, row)
        stands_alone = (
            row.children
            or row.is_fund
            or any(
                other.parent is None and other.children and other.style == row.style
                for other in table.rows
                if other.role != "total"
            )
        )
        outer = chain[-1] if chain else row if stands_alone else None
        if outer is None:
            return "", ""
        return self._note(slug(core(outer.label.text)), outer.key, outer.label), ""

    def _note(self, source: str, key: str, title: Cell) -> str:
        self.by_source.setdefault(source, Fund(key, title))
        return source

    def _numbered(self, source: str, title: Cell, row: Row) -> str:
        if source not in self.by_source:
            if row.is_fund and row.parent is None and not row.children:
                self.by_source[source] = Fund(row.key, row.label)
                return ""
            taken = {fund.number for fund in self.by_source.values()}
            number = next(n for n in (*_ROMAN, source) if n not in taken)
            self.by_source[source] = Fund(number, title._replace(text=NAMES.get(source, source)))
        fund = self.by_source[source]
        return "" if fund.title is row.label else fund.number


#: What a fund is called that a heading has shortened, or that only the title names.
NAMES = {
    "local": "Khuyến công địa phương",
    "national": "Khuyến công quốc gia",
    "counterpart": "Vốn đối ứng",
}


def ancestors(table: Table, r: int) -> Iterator[Row]:
    """The rows above a row in the outline, nearest first."""
    parent = table.rows[r].parent
    while parent is not None:
        yield table.rows[parent]
        parent = table.rows[parent].parent


def counted_lines(table: Table) -> set[int]:
    """The lines of a table of quantities: the outermost rows that have some and a unit."""
    has_units = any(row.unit for row in table.rows)
    found: set[int] = set()

    def walk(rows: list[int]) -> None:
        for r in rows:
            row = table.rows[r]
            counts = any(table.measure(row, c) == "quantity" for c in row.cells)
            if row.role in ("item", "second") and counts and (row.unit or not has_units):
                if row.is_fund and row.children and not has_units:
                    walk(row.children)
                    continue
                found.add(r)
                walk([child for child in row.children if table.rows[child].role == "second"])
            elif row.role in ("item", "heading"):
                walk(row.children)

    walk([r for r, row in enumerate(table.rows) if row.parent is None])
    return found


def costed_lines(table: Table, counted: set[str]) -> set[int]:
    """The lines of a table of money: those of keys that are counted, or with nothing below."""
    found: set[int] = set()

    def counts_below(r: int) -> bool:
        return any(
            table.rows[child].key in counted or counts_below(child)
            for child in table.rows[r].children
        )

    def walk(rows: list[int]) -> None:
        for r in rows:
            row = table.rows[r]
            items = [c for c in row.children if table.rows[c].role == "item"]
            split = bool(items) and all(is_share(table, c) for c in items)
            if row.role != "item" and row.role != "heading":
                continue
            if row.cells and (row.key in counted or split):
                found.add(r)
                # Lines that the totals count in though they stand below another.
                walk([c for c in row.children if table.rows[c].key in counted and not split])
            elif (row.cells and not items) or (
                row.cells and not row.is_fund and row.parent is not None and not counts_below(r)
            ):
                found.add(r)
            else:
                walk(row.children)

    walk([r for r, row in enumerate(table.rows) if row.parent is None])
    return found


def is_share(table: Table, r: int) -> bool:
    """Whether a row says what one fund pays of the row above it."""
    row = table.rows[r]
    above = None if row.parent is None else table.rows[row.parent]
    alone = not any(table.rows[child].cells for child in row.children)
    return bool(above and row.is_fund and row.facets.source and alone and not above.is_fund)


def numbers_of(settled: Settled, measure: str, lines: set[int], funds: Funds) -> list[Number]:
    """A table's numbers of one measure that are the plan's, each with its line and fund."""
    table, values = settled.table, settled.values
    phases = [table.facets(table.rows[r], c).phase or "plan" for r, c in values]
    phase = next((p for p in ("plan", "adjusted", "allotted") if p in phases), "")
    found = []
    for (r, c), value in values.items():
        row, said = table.rows[r], table.facets(table.rows[r], c)
        if table.measure(row, c) != measure or (said.phase or "plan") != phase:
            continue
        if said.period and "-" not in said.period:
            continue
        if not table.columns[c].is_known and not row.facets.year:
            continue
        number = _number(table, r, c, lines, funds, value)
        if number:
            found.append(number)
    return found


def _number(
    table: Table, r: int, c: int, lines: set[int], funds: Funds, value: float
) -> Number | None:
    row, said = table.rows[r], table.facets(table.rows[r], c)
    cell, unit = row.cells[c], table.unit(row, c)
    year = said.year
    if row.role == "total":
        source = table.columns[c].facets.source
        if not any(other.is_fund for other in table.rows):
            source = source or table.said.source
        if row.key == "grand":
            key, level = row.number or row.label.text, "grand"
            if source:
                key, level = funds.of(table, r, c)[1], "section"
        elif row.parent is not None:
            key, level = table.rows[row.parent].key, "section"
            source, _ = funds.of(table, row.parent, c)
        else:
            return None
        return Number(level, key, source, year, value, unit, row.label, cell)
    line = row
    if row.parent in lines and is_share(table, r):
        line = table.rows[row.parent]
    elif r not in lines:
        nought = not value and table.measure(row, c) == "quantity"
        if row.role == "item" and not nought and _stands_over(table, r, lines):
            source, number = funds.of(table, r, c)
            key = f"{number}.{row.key}" if number else row.key
            return Number("section", key, source, year, value, unit, row.label, cell)
        return None
    source, number = funds.of(table, r, c)
    label = line.label
    if is_year(label.text[-4:]) and table.columns[c].rest:
        # Years down, lines across.
        label = label._replace(text=table.columns[c].rest[-1])
        key = f"{number}.{_column_rank(table, c)}"
        return Number("line", key, source, year, value, unit, label, cell)
    over = any(is_share(table, child) for child in line.children) and line is row
    if over or _over_sources(table, row, c):
        return Number("", line.key, "", year, value, unit, label, cell)
    key = f"{number}.{line.key}" if number else line.key
    parent = ""
    if row.role == "second" and row.parent is not None:
        parent = key.rpartition(".")[0]
    return Number(
        "second" if parent else "line", key, source, year, value, unit, label, cell, parent
    )


def _stands_over(table: Table, r: int, lines: set[int]) -> bool:
    """Whether there are lines below a row."""
    return any(one in lines or _stands_over(table, one, lines) for one in table.rows[r].children)


def _column_rank(table: Table, c: int) -> int:
    said = table.columns[c].facets.source
    alike = [at for at in table.values if table.columns[at].facets.source == said]
    return alike.index(c) + 1


def _over_sources(table: Table, row: Row, c: int) -> bool:
    """Whether a column adds up the funds that other columns tell apart."""
    if table.columns[c].facets.source or row.facets.source or table.said.source:
        return False
    measure = table.measure(row, c)
    return any(
        table.columns[at].facets.source and table.measure(row, at) == measure for at in table.values
    )
