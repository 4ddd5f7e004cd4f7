"""The planning tables of a document, found by their headers and rows, whatever the form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.header import Column, Header, header_of, is_planning_table, numbers_columns
from kc_analysis.reading.outline import Numbered, Outline, numbered, outline
from kc_analysis.reading.rows import Row, figures, is_number, rows_of

#: How many lines above a table are taken to speak of it: its number, title, decision and unit.
_JUST_ABOVE = 6


@dataclass(frozen=True)
class Table:
    """A planning table: title, the unit of money that stands above it, columns and rows.

    ``about`` are the lines just above it; ``hidden`` says that a reader of the document does not
    see it.
    """

    title: str
    head: Cell
    money: str
    columns: list[Column]
    rows: list[Row]
    about: list[str]
    hidden: bool

    @cached_property
    def counts(self) -> bool:
        """Whether the rows have units, and not all of them of money."""
        return any(row.unit and not words.money_unit(row.unit) for row in self.rows)

    @cached_property
    def cycle_named(self) -> tuple[int, int] | None:
        """The cycle that its title names, or else the nearest line above that names one."""
        named = (words.cycles_in(text) for text in (self.title, *reversed(self.about)))
        return max(next(filter(None, named), {}), default=None)

    def measure(self, row: Row, at: int) -> str:
        """Whether a cell holds money or a quantity: by its column, its row's unit, its table."""
        if column_says := self.columns[at].measure:
            return column_says
        return "money" if words.money_unit(row.unit) or not self.counts else "quantity"


def find_tables(document: Document, troubles: list[Trouble]) -> list[Table]:
    """The planning tables of a document: numbered rows under a header that names years.

    Parameters
    ----------
    document : Document
    troubles : list of Trouble
        Gets what is wrong with the tables' rows and columns, so that all of a document's troubles
        come in one list.

    Returns
    -------
    list of Table
        In the document's order.

    Raises
    ------
    DataError
        If there is no such table.
    """
    bodies = list(_bodies(document))
    if dated := [body for body in bodies if any(column.year for column in body.columns)]:
        deeper = _are_deeper(dated)
        tables = [
            _table(document, body, outline(body.parted, deeper=deeper), troubles) for body in dated
        ]
        troubles += _headless(document, tables)
        return tables
    if not bodies:
        expected = Text(
            "một bảng có cột TT và các cột năm", "a table with a TT column and columns of years"
        )
        found = Text("không có bảng nào như vậy", "no such table")
        raise DataError([Trouble(same(document.file), expected, found)])
    raise DataError(
        document.trouble(
            body.head,
            Text("các cột năm trong tiêu đề bảng", "columns of years in the table's header"),
            same("“" + " | ".join(column.heading.text for column in body.columns) + "”"),
        )
        for body in bodies
    )


class _Body(NamedTuple):
    """A table before its rows are told apart.

    ``above`` are the lines above it; ``before``, the cells of a table with no header that stands
    there, such as one that holds a title and a unit.
    """

    head: Cell
    header: Header
    columns: list[Column]
    rows: list[list[Cell]]
    parted: list[Numbered]
    above: list[Cell]
    before: list[Cell]
    hidden: bool


def _bodies(document: Document) -> Iterator[_Body]:
    before: list[Cell] = []
    for grid in document.grids:
        if header := header_of(grid):
            yield _body(grid, header, before)
            before = []
        else:
            before = [cell for row in grid.rows for cell in row]


def _body(grid: Grid, header: Header, before: list[Cell]) -> _Body:
    start, end, number, title, columns = header
    heads = {tuple(cell.text for cell in row) for row in grid.rows[start:end]}
    rows = [
        row
        for row in grid.rows[end:]
        if any(cell.text for cell in row)
        and tuple(cell.text for cell in row) not in heads
        and not numbers_columns(row, number)
    ]
    return _Body(
        head=grid.rows[start][0],
        header=header,
        columns=[_settled(i, column, rows) for i, column in enumerate(columns)],
        rows=rows,
        parted=[numbered(row, number, title) for row in rows],
        above=grid.above
        + [cell for row in grid.rows[:start] for cell in row if cell.text and not cell.covered],
        before=before,
        hidden=grid.rows[start][number] in grid.hidden,
    )


def _settled(i: int, column: Column, rows: list[list[Cell]]) -> Column:
    """A column whose heading says nothing of years holds remarks, unless numbers stand in it."""
    if column.role != "unknown":
        return column
    is_value = any(is_number(row[i]) for row in rows if i < len(row))
    return column if is_value else replace(column, role="note")


def _are_deeper(bodies: list[_Body]) -> bool:
    """Whether what seems a line is a group of lines: each has parts, and only these have figures.

    A table of money may print a group's total, which looks like a line's; the table of quantities
    cannot.
    """
    bare = False
    for body in bodies:
        kinds = outline(body.parted)
        others = ("", kinds.group, kinds.section, kinds.line)
        for i, (row, parted) in enumerate(zip(body.rows, body.parted, strict=True), 1):
            if parted.kind and parted.kind == kinds.line:
                if i == len(body.rows) or body.parted[i].kind in others:
                    return False
                bare |= not figures(row, body.columns) and bool(figures(body.rows[i], body.columns))
    return bare


def _table(document: Document, body: _Body, kinds: Outline, troubles: list[Trouble]) -> Table:
    seen: set[tuple[object, ...]] = set()
    implied = "quantity" if any(column.role == "unit" for column in body.columns) else "money"
    for column in body.columns:
        what = (column.year, column.phase, column.measure or implied)
        if column.role == "unknown":
            expected = Text("một năm hoặc “Tổng cộng”", "a year or “Tổng cộng” (total)")
            troubles.append(document.trouble(column.heading, expected))
        elif column.role == "value" and what in seen:
            expected = Text("mỗi năm một cột", "one column for each year")
            twice = column.year or column.heading.text
            found = Text(f"năm {twice} hai lần", f"the year {twice} twice")
            troubles.append(document.trouble(column.heading, expected, found))
        seen.add(what if column.role == "value" else ())
    if not body.rows:
        expected = Text("các hàng có số thứ tự dưới tiêu đề", "numbered rows below the header")
        troubles.append(document.trouble(body.head, expected, Text("không có hàng nào", "none")))
    rows: list[Row] = []
    if any(column.role == "title" for column in body.columns):
        rows = list(
            rows_of(document, body.header, body.columns, body.rows, body.parted, kinds, troubles)
        )
    else:
        expected = Text(
            "một cột nội dung bên cạnh cột số thứ tự", "a column of titles beside the TT"
        )
        troubles.append(document.trouble(body.head, expected, Text("không có", "none")))
    return Table(
        title=_title(body.above),
        head=body.head,
        money=_money(body, rows),
        columns=body.columns,
        rows=rows,
        about=[line.text for line in body.above[-_JUST_ABOVE:]],
        hidden=body.hidden,
    )


def _money(body: _Body, rows: list[Row]) -> str:
    """The unit of money, "" where none is told.

    What calls itself one goes before the table's own headings and rows, these before what may be
    said of other things: a table before it, and what stands in brackets above.
    """
    above = [line.text for line in reversed(body.above)]
    before = [cell.text for cell in reversed(body.before)]
    headings = {words.money_inside(c.heading.text) for c in body.columns if c.role != "note"}
    units = {words.money_unit(row.unit) for row in rows}
    return (
        _first(map(words.labelled_money, above))
        or _only(headings - {None})
        or _only(units - {None})
        or _first(map(words.labelled_money, before))
        or _first(map(words.stated_money, above))
    )


def _first(units: Iterable[str | None]) -> str:
    return next(filter(None, units), "")


def _only(units: set[str | None]) -> str:
    return _first(units) if len(units) == 1 else ""


def _headless(document: Document, tables: list[Table]) -> Iterator[Trouble]:
    """What goes on like a table, but has lost its header or columns: never passed over."""
    for line in document.doubtful:
        expected = Text(
            "các cột tách bạch, như trong bảng có kẻ khung", "columns apart, as in a ruled table"
        )
        yield document.trouble(line, expected)
    widths = {len(table.columns) for table in tables}
    for grid in document.grids:
        first = grid.rows[0]
        numbers = sum(cell.text[:1].isdigit() for cell in first[1:])
        is_numbered = words.numbering(first[0].text) in ("I", "A", "1", "1.1")
        if not is_planning_table(grid) and len(first) in widths and is_numbered and numbers:
            expected = Text("một hàng tiêu đề (TT, nội dung, năm)", "a header (TT, title, years)")
            found = Text("các hàng không có tiêu đề", "rows without a header")
            yield document.trouble(first[0], expected, found)


def _title(above: list[Cell]) -> str:
    """The capitals nearest above the table, without the appendix's number."""
    title: list[str] = []
    for line in reversed(above):
        text = words.without_brackets(line.text).strip()
        if text.isupper() and not text.startswith("PHỤ LỤC"):
            title.insert(0, text)
        elif title:
            break
    return " ".join(title)
