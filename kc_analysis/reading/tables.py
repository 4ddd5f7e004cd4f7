"""Years, sections, lines and totals are found in a grid, by what they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.outline import numbered, outline, totals

_NUMERIC = re.compile(r"[\s().,%-]*\d[\d\s().,%-]*")


@dataclass(frozen=True)
class Column:
    """What a column holds.

    ``role`` is number, title, unit, value, note or unknown. A column of values stands under a year
    (None: the whole cycle), a phase (plan or actual), a measure (money, quantity, or "" where the
    heading does not say) and perhaps a unit of money of its own.
    """

    role: str
    heading: Cell
    year: int | None = None
    phase: str = ""
    measure: str = ""
    money: str = ""


@dataclass(frozen=True)
class Row:
    """A row: its key in the table, number, title, level, section, unit, and cells by column.

    ``level`` is grand, section, line or detail. A detail is a part or an of-which of the line above
    it; it is shown, and never added.
    """

    key: str
    number: str
    title: Cell
    level: str
    section: str
    unit: str
    cells: dict[int, Cell]


class Header(NamedTuple):
    """A table's header: its first row, the row after it, the column of numbers, what each says."""

    start: int
    end: int
    number: int
    headings: list[Cell]


@dataclass(frozen=True)
class Table:
    """A planning table: title, the unit of money that stands above it, columns and rows."""

    title: str
    head: Cell
    money: str
    columns: list[Column]
    rows: list[Row]

    @cached_property
    def counts(self) -> bool:
        """Whether the rows have units, and not all of them of money."""
        return any(row.unit and not words.money_unit(row.unit) for row in self.rows)

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
    tables = []
    yearless = []
    for grid in document.grids:
        if not (header := header_of(grid)):
            continue
        columns = _columns(header.headings)
        if any(column.year for column in columns):
            tables.append(_table(document, grid, header, columns, troubles))
        else:
            yearless.append((grid.rows[header.start][0], columns))
    if tables:
        troubles += _headless(document, tables)
        return tables
    if not yearless:
        expected = Text(
            "một bảng có cột TT và các cột năm", "a table with a TT column and columns of years"
        )
        found = Text("không có bảng nào như vậy", "no such table")
        raise DataError([Trouble(same(document.file), expected, found)])
    raise DataError(
        document.trouble(
            cell,
            Text("các cột năm trong tiêu đề bảng", "columns of years in the table's header"),
            same("“" + " | ".join(column.heading.text for column in columns) + "”"),
        )
        for cell, columns in yearless
    )


def _headless(document: Document, tables: list[Table]) -> Iterator[Trouble]:
    """Grids that go on like one of the tables, but have lost its header: never passed over."""
    widths = {len(table.columns) for table in tables}
    for grid in document.grids:
        first = grid.rows[0]
        numbers = sum(cell.text[:1].isdigit() for cell in first[1:])
        numbered = words.numbering(first[0].text) in ("I", "A", "1", "1.1")
        if not header_of(grid) and len(first) in widths and numbered and numbers:
            expected = Text("một hàng tiêu đề (TT, nội dung, năm)", "a header (TT, title, years)")
            found = Text("các hàng không có tiêu đề", "rows without a header")
            yield document.trouble(first[0], expected, found)


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, or something like it."""
    return bool(_NUMERIC.fullmatch(cell.text))


def header_of(grid: Grid) -> Header | None:
    """The header of a planning table: from the row with the heading over the rows' numbers on."""
    heads = (
        (r, c)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if words.is_number_heading(cell.text)
    )
    if not (head := next(heads, None)):
        return None
    start, number = head
    first = grid.rows[start]
    end = start + 1
    while end < len(grid.rows) and _continues(first, grid.rows[end], number):
        end += 1
    headings = []
    for i, cell in enumerate(first):
        # A heading that reaches over several rows or columns is said once.
        texts = dict.fromkeys(
            row[i].text for row in grid.rows[start:end] if i < len(row) and row[i].text
        )
        headings.append(cell._replace(text=" ".join(texts)))
    if end < len(grid.rows) and _numbers_columns(grid.rows[end], number):
        end += 1
    return Header(start, end, number, headings)


def _continues(first: list[Cell], row: list[Cell], number: int) -> bool:
    """Whether a row is still header: its number's heading reaches down, or more headings follow."""
    if number >= len(row) or len(row) != len(first):
        return False
    if row[number].covered:
        return True
    says = (words.years_in(c.text) or words.measure_of(c.text) for c in row[number + 2 :])
    return not row[number].text and not row[number + 1].text and any(says)


def _numbers_columns(row: list[Cell], number: int) -> bool:
    """Whether a row numbers the columns: A, B, 1, 2, 3."""
    texts = [cell.text for cell in row if cell.text]
    return (
        len(row) > number + 1
        and words.is_column_number(row[number + 1].text)
        and all(words.is_column_number(text) for text in texts)
    )


def _columns(headings: list[Cell]) -> list[Column]:
    columns: list[Column] = []
    for heading in headings:
        text = heading.text
        years = words.years_in(text)
        titled = any(column.role == "title" for column in columns)
        if words.is_number_heading(text):
            columns.append(Column("number", heading))
        elif words.is_unit_heading(text):
            columns.append(Column("unit", heading))
        elif not titled and len(years) != 1 and not words.is_total_heading(text):
            columns.append(Column("title", heading))
        elif years or words.is_total_heading(text):
            columns.append(
                Column(
                    "value",
                    heading,
                    year=years[0] if len(years) == 1 else None,
                    phase=words.phase_of(text),
                    measure=words.measure_of(text),
                    money=words.money_inside(text) or "",
                )
            )
        else:
            columns.append(Column("unknown", heading))
    return columns


def _table(
    document: Document,
    grid: Grid,
    header: Header,
    columns: list[Column],
    troubles: list[Trouble],
) -> Table:
    first = grid.rows[header.start][0]
    heads = [[c.text for c in row] for row in grid.rows[header.start : header.end]]
    rows = [
        row
        for row in grid.rows[header.end :]
        if any(cell.text for cell in row)
        and [c.text for c in row] not in heads
        and not _numbers_columns(row, header.number)
    ]
    columns = [_settled(i, column, rows) for i, column in enumerate(columns)]
    seen: set[tuple[object, ...]] = set()
    implied = "quantity" if any(column.role == "unit" for column in columns) else "money"
    for column in columns:
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
    if not rows:
        expected = Text("các hàng có số thứ tự dưới tiêu đề", "numbered rows below the header")
        troubles.append(document.trouble(first, expected, Text("không có hàng nào", "none")))
    above = grid.above + [
        cell for row in grid.rows[: header.start] for cell in row if cell.text and not cell.covered
    ]
    title_heading = next((c.heading.text for c in columns if c.role == "title"), "")
    stated = (words.stated_money(line.text) for line in reversed(above))
    money = next(filter(None, stated), "") or words.money_inside(title_heading) or ""
    if not any(column.role == "title" for column in columns):
        expected = Text(
            "một cột nội dung bên cạnh cột số thứ tự", "a column of titles beside the TT"
        )
        troubles.append(document.trouble(first, expected, Text("không có", "none")))
        rows = []
    read = list(_rows(document, rows, columns, troubles)) if rows else []
    return Table(_title(above), first, money, columns, read)


def _settled(i: int, column: Column, rows: list[list[Cell]]) -> Column:
    """A column whose heading says nothing of years holds remarks, unless numbers stand in it."""
    if column.role != "unknown":
        return column
    is_value = any(is_number(row[i]) for row in rows if i < len(row))
    return column if is_value else replace(column, role="note")


def _rows(
    document: Document, rows: list[list[Cell]], columns: list[Column], troubles: list[Trouble]
) -> Iterator[Row]:
    at = {column.role: i for i, column in reversed(list(enumerate(columns)))}
    values = [i for i, column in enumerate(columns) if column.role == "value"]
    parted = [numbered(row, at["number"], at["title"]) for row in rows]
    kinds = outline(parted)
    whole = totals(parted, kinds.names)
    group: Row | None = None
    bare: Row | None = None
    section = name = ""
    lines = 0  # of the section
    seen: set[str] = set()
    of_which = False
    for i, (row, (number, kind, title)) in enumerate(zip(rows, parted, strict=True)):
        if len(row) != len(columns):
            troubles.append(_wrong_length(document, row, len(columns)))
            if words.numbering(row[0].text) == kinds.section:
                section = name = row[0].text.rstrip(".)")
            continue
        cells = {j: row[j] for j in values if not (row[j].covered or words.is_blank(row[j].text))}
        for j in values:
            if row[j].covered and is_number(row[j]):
                expected = Text("mỗi ô một số", "a cell for each number")
                found = Text(
                    f"“{row[j].text}” gộp qua nhiều năm hoặc nhiều dòng; hãy tách ô",
                    f"“{row[j].text}” merged over several years or lines; split the cell",
                )
                troubles.append(document.trouble(row[j], expected, found))
        grouping = bool(kind) and kind == kinds.group
        is_part = of_which or words.is_of_which(title.text)
        if i in whole and kind in ("", "I", "A", kinds.section):
            level, key = whole[i], number or title.text
            if level == "section":
                key = section
                if (of := words.totalled(title.text)) in kinds.names and of != name:
                    expected = Text(f"tổng của phần {name}", f"the total of section {name}")
                    troubles.append(document.trouble(title, expected))
        elif (
            kind == kinds.line
            and not (kinds.loose and (is_part or not section))
            and (kind or (cells and not row[at["number"]].text))
        ):
            prefix, _, last = number.rpartition(".")
            if prefix and words.numbering(prefix) == kinds.section and prefix != name:
                expected = Text(f"một dòng của phần {name}", f"a line of section {name}")
                troubles.append(document.trouble(row[at["number"]], expected))
            lines += 1
            number = last.lstrip("0") or number if kind not in ("-", "") else str(lines)
            level, key = "line", f"{section}.{number}" if section else number
        elif grouping:
            level, key, section, name = "detail", number, number, number
        elif kind and kind == kinds.section:
            section, name, lines = f"{group.number}.{number}" if group else number, number, 0
            level, key = "section", section
        elif kind or is_part:
            level, key = "detail", f"{section}#{i}"
        elif cells:
            expected = Text("số thứ tự của hàng", "the row's number")
            found = Text(f"hàng “{title.text}” không có", f"none in the row “{title.text}”")
            troubles.append(document.trouble(title, expected, found))
            continue
        else:
            continue  # a heading among the rows
        of_which = words.is_of_which(title.text) or (of_which and level == "detail")
        if not cells and level == "detail" and not grouping:
            continue
        if cells and level == "detail" and bare and not of_which:
            expected = Text(
                f"số của dòng {bare.key}, có các mục con",
                f"figures in line {bare.key}, which has parts",
            )
            troubles.append(document.trouble(bare.title, expected, Text("để trống", "none")))
            bare = None
        if key in seen and (cells or level != "section"):
            expected = Text("mỗi số thứ tự một hàng", "one row for each number")
            found = Text(f"số {key} lần thứ hai", f"the number {key} a second time")
            troubles.append(document.trouble(row[0], expected, found))
        if cells or level != "section":
            seen.add(key)
        unit = row[at["unit"]].text if "unit" in at and not row[at["unit"]].covered else ""
        owner = section if level != "grand" else ""
        if group and level == "section":
            # The source of funds may stand with either title.
            title = title._replace(text=f"{group.title.text}: {title.text}")
        read = Row(key, number, title, level, owner, unit, cells)
        group = read if grouping else group
        bare = read if level == "line" and not cells else None if level == "line" else bare
        yield read


def _wrong_length(document: Document, row: list[Cell], length: int) -> Trouble:
    name = " ".join(cell.text for cell in row[:2])
    expected = Text(f"{length} ô trong hàng “{name}”", f"{length} cells in the row “{name}”")
    found = Text(f"{len(row)} ô", f"{len(row)} cells")
    return document.trouble(row[0], expected, found)


def _title(above: list[Cell]) -> str:
    """The capitals nearest above the table, without the appendix's number."""
    title: list[str] = []
    for line in reversed(above):
        if line.text.isupper() and not line.text.startswith("PHỤ LỤC"):
            title.insert(0, line.text)
        elif title:
            break
    return " ".join(title)
