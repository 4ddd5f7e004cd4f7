"""Grids become tables: the columns' roles, the rows' numbers, labels, units and outline."""

import re
from collections.abc import Iterable
from dataclasses import replace

from kc_analysis.model import Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.numbering import are_column_numbers, marks_of
from kc_analysis.reading.table.context import context_of, units_just_above
from kc_analysis.reading.table.figures import is_blank
from kc_analysis.reading.table.header import Header, headers_of, is_figure
from kc_analysis.reading.table.labels import is_total, labels_of
from kc_analysis.reading.table.marks import read_values
from kc_analysis.reading.table.nesting import inherit
from kc_analysis.reading.table.outline import Entry, outline
from kc_analysis.reading.table.parts import Column, Row, Table
from kc_analysis.reading.table.roles import columns_of
from kc_analysis.reading.table.sums import holds, sums_of
from kc_analysis.reading.titles import without_footnote
from kc_analysis.reading.vocabulary import (
    Facets,
    counted_inside,
    facets,
    find,
    is_year,
    money_inside,
    money_unit,
    names_fund,
    source_of,
    years_in,
)

_DIGIT = re.compile(r"\d")


def tables_of(document: Document) -> tuple[list[Table], list[Grid]]:
    """The tables of a document, in its order, and the grids that are none.

    A grid without a header that goes on from the table before it is of that table.
    """
    tables: list[tuple[Grid, Header]] = []
    others: list[Grid] = []
    before: Grid | None = None  # a grid that is no table may say what the next one is of
    for grid in document.grids:
        header = _header(grid)
        if tables and (rest := _rest(*tables[-1], grid, header)):
            last, head = tables[-1]
            hidden = last.hidden + grid.hidden
            tables[-1] = (
                replace(last, rows=last.rows + rest, hidden=hidden, below=grid.below),
                head,
            )
        elif header and len(header.paths) > 1 and _has_figures(grid, header):
            above = [*_texts(before.rows), *grid.above] if before else grid.above
            tables.append((replace(grid, above=above), header))
            before = None
        else:
            others.append(grid)
            before = grid
    return [_table(grid, header) for grid, header in tables], others


def _header(grid: Grid) -> Header | None:
    """A table's header: of several that may be, the one under which more sums hold than others."""
    headers = headers_of(grid.rows)
    if len(headers) < 2:
        return next(iter(headers), None)
    held = [_sums_held(_table(grid, header)) for header in headers]
    return headers[held.index(max(held))] if held.count(max(held)) == 1 else None


def _sums_held(table: Table) -> int:
    readings = [read_values(table, marks) for marks in (VIETNAMESE, ENGLISH)]
    sums = sums_of(table)
    return max(sum(holds(promise, values) for promise in sums) for values in readings)


def _texts(rows: Iterable[list[Cell]]) -> list[Cell]:
    return [cell for row in rows for cell in row if cell.text and not cell.covered]


def _has_figures(grid: Grid, header: Header) -> bool:
    """Whether figures stand below a header; below one of years, they may come on the next page."""
    figures = any(is_figure(cell) for row in grid.rows[header.end :] for cell in row[1:])
    return figures or any(years_in(cell.text) for path in header.paths for cell in path)


def _rest(last: Grid, head: Header, grid: Grid, again: Header | None) -> list[list[Cell]]:
    """The rows of a grid that go on from a table; none where it does not."""
    said = {_said(cell) for cell in [*last.above, *_texts(last.rows[: head.start])]} | {""}
    above = [*grid.above, *_texts(grid.rows[: again.start if again else 0])]
    if not {_said(cell) for cell in above} <= said:
        return []
    start = 0
    if again:
        ours, theirs = ([[c.text for c in path] for path in h.paths] for h in (head, again))
        if ours != theirs:
            return []
        start = again.end
    elif grid.rows and are_column_numbers([cell.text for cell in grid.rows[0] if cell.text]):
        start = 1
    rest = grid.rows[start:]
    if any(len(row) != len(head.paths) for row in rest):
        return []
    if not again and not all(map(_is_planned, rest)):
        return []
    return rest if _goes_on(last.rows[head.end :], rest) else []


def _said(cell: Cell) -> str:
    """What a line says that may be a title, or a unit of money; "" for any other."""
    said = facets(cell.text)
    unit = money_unit(cell.text.strip("()")) or _unit_of(cell.text)
    return cell.text if cell.text.isupper() or said.source or "-" in said.period else unit


def _unit_of(text: str) -> str:
    from kc_analysis.reading.vocabulary import stated_unit

    return stated_unit(text)


def _is_planned(row: list[Cell]) -> bool:
    """Whether a row without a header is one of a table: it has a number, or is a total."""
    own = [cell for cell in row if cell.text and not cell.covered]
    if not own:
        return True
    if any(find("row", cell.text) == "of_which" for cell in own[:1]):
        return True
    known = bool(marks_of(own[0].text)) or any(find("total", cell.text) for cell in own[:2])
    leads = bool(marks_of(own[0].text)) and marks_of(own[0].text)[0].style in ("I", "A")
    return known and (leads or any(map(is_figure, row[2:])))


def _goes_on(rows: list[list[Cell]], rest: list[list[Cell]]) -> bool:
    """Whether row numbers go on from those above, and do not begin again."""
    before = [marks[0] for row in rows if row and (marks := marks_of(row[0].text))]
    first = next((marks[0] for row in rest if row and (marks := marks_of(row[0].text))), None)
    if not first or not before:
        return bool(rows)
    if first.style in ("I", "A"):
        return all(mark.text != first.text or mark.style != first.style for mark in before)
    return first.text != "1" or before[-1].style in ("I", "A")


def _table(grid: Grid, header: Header) -> Table:
    start, end, paths = header
    width = len(paths)
    heads = {tuple(cell.text for cell in row) for row in grid.rows[start:end]}
    body = []
    for row in grid.rows[end:]:
        texts = tuple(cell.text for cell in row)
        if any(texts) and texts not in heads and not are_column_numbers([t for t in texts if t]):
            body.append(row)
    columns = columns_of(paths, [row for row in body if len(row) == width])
    above = grid.above + _texts(grid.rows[:start])
    title, about, said, cycle, unit = context_of(above, grid.below)
    words = [path for path, c in zip(paths, columns, strict=True) if c.role in ("title", "unit")]
    inside = [money for path in words for cell in path if (money := money_inside(cell.text))]
    said = said._replace(money=next(iter(inside), said.money))
    years = [column.facets.year for column in columns if column.role == "value"]
    if said.year in years or 2 * years.count(None) <= len(years):
        said = said._replace(year=None)  # that of the decision, or of the first year
    head = grid.rows[start][0]
    table = Table(
        grid, head, title, about, said, cycle, columns, body,
        is_hidden=any(cell in grid.hidden for cell in grid.rows[start][:2]), counted=unit,
    )  # fmt: skip
    if len(units := sorted({*inside, *units_just_above(above)})) > 1:
        named = " / ".join(units)
        message = Text(
            f"Bảng ghi hai đơn vị tiền: {named}; đọc là {said.money}",
            f"Two units of money stand over the table: {named}; {said.money} was taken",
        )
        table.note("two-units", "error", head, message)
    fill(table)
    return table


def _fitted(
    row: list[Cell], columns: list[Column], kept: bool, troubles: list[Trouble]
) -> list[Cell]:
    """A row of as many cells as there are columns; lost blanks at its end are made good.

    Where blanks at the end of other rows are kept, a row of figures has lost another cell.
    """
    width = len(columns)
    if len(row) == width:
        return row
    bare = not any(is_figure(cell) for cell in row[1:])
    lost = not kept and all(column.role == "note" for column in columns[len(row) :])
    extra = not any(cell.text for cell in row[width:])
    if (len(row) < width and (bare or lost)) or (len(row) > width and extra):
        blank = row[-1]._replace(text="", value=None, covered=False, doubt=None)
        return [*row, *[blank] * (width - len(row))][:width]
    name = " ".join(cell.text for cell in row[:2])
    expected = Text(f"{width} ô trong hàng “{name}”", f"{width} cells in the row “{name}”")
    found = Text(f"{len(row)} ô", f"{len(row)} cells")
    troubles.append(row[0].trouble("row-length", expected, found))
    # What it is called still counts: the rows below it stand under it.
    return [*row[:2], *[row[0]._replace(text="", value=None)] * width][:width]


def fill(table: Table) -> None:
    """Set the table's rows: what they are called, their figures, and their outline."""
    table.rows, table.troubles = [], []
    width = len(table.columns)
    kept = any(len(row) == width and not row[-1].text for row in table.body)
    body = [_fitted(row, table.columns, kept, table.troubles) for row in table.body]
    at = {column.role: c for c, column in reversed([*enumerate(table.columns)])}
    source_above = ""
    entries: list[Entry] = []
    before: list[str] = []
    said = labels_of(body, at)
    for i, (row, (number, title, unit)) in enumerate(zip(body, said, strict=True)):
        cells = _cells(table, row)
        if not number.text and not any(
            cell.doubt or _DIGIT.search(cell.text) for cell in cells.values()
        ):
            cells = {}  # words below the figures, such as who signed
        own = {role: row[c].text for role, c in at.items() if role in ("source", "place", "year")}
        texts = [cell.text for cell in row]
        if cells and texts == before:
            expected = Text("mỗi nội dung một hàng", "one row for each line")
            found = Text(f"hàng “{title.text}” hai lần", f"the row “{title.text}” twice")
            table.troubles.append(row[0].trouble("row-twice", expected, found))
        before = texts
        if not title.text and not cells:
            continue
        if "source" in at and not find("total", title.text):
            # Said once for several rows, where merging is lost.
            source_above = own["source"] = own["source"] or source_above
        if find("row", title.text) == "unit" or find("row", number.text) == "unit":
            table.columns[:] = [
                replace(column, unit=row[c].text) if column.role == "value" else column
                for c, column in enumerate(table.columns)
            ]
            continue
        if _continues(number, title, cells, unit, table.rows):
            last = table.rows[-1]
            last.label = last.label._replace(text=f"{last.label.text} {title.text}")
            continue
        is_fund = names_fund(title.text)
        marks = marks_of(number.text)
        unit = unit or money_inside(title.text) or counted_inside(title.text)
        total = is_total(said, i, table.rows)
        aside = find("row", title.text) == "rate" and bool(cells) and not unit
        label = title._replace(text=without_footnote(title.text))
        made = Row(marks[0].text if marks else "", label, unit, _said_of(title, own), cells)
        made.is_fund = is_fund
        made.role = "total" if total else "aside" if aside else "item" if cells else "heading"
        table.rows.append(made)
        entries.append(
            Entry(
                marks, number, is_fund, total or (aside and not marks),
                find("row", title.text) == "of_which", (title.indent, title.bold),
                own.get("source", ""),
            )
        )  # fmt: skip
    for made, node in zip(table.rows, outline(entries), strict=True):
        made.style, made.prefix = node.mark.style, node.mark.prefix
        made.number = node.mark.text or made.number
        made.depth, made.parent, made.children = node.depth, node.parent, node.children
    inherit(table.rows)
    table.troubles += filter(None, (_elsewhere(table.rows, row) for row in table.rows))


def _cells(table: Table, row: list[Cell]) -> dict[int, Cell]:
    """A row's figures by column."""
    cells = {}
    for c in table.values:
        cell = row[c]
        if cell.covered and is_figure(cell):
            found = Text(
                f"“{cell.text}” gộp qua nhiều năm hoặc nhiều dòng; hãy tách ô",
                f"“{cell.text}” merged over several years or lines; split the cell",
            )
            expected = Text("mỗi ô một số", "a cell for each number")
            table.troubles.append(cell.trouble("merged-number", expected, found))
        elif not cell.covered and not is_blank(cell):
            cells[c] = cell
    return cells


def _continues(
    number: Cell, title: Cell, cells: dict[int, Cell], unit: str, rows: list[Row]
) -> bool:
    """Whether a row is but the rest of the title above: no number, no figures, small letters."""
    if number.text or cells or unit or not rows or not title.text:
        return False
    begins = title.text[:1]
    return begins.islower() or begins in "(,;"


def _said_of(title: Cell, own: dict[str, str]) -> Facets:
    """What a row's label and the columns of words beside it say of its figures."""
    text = title.text
    year = int(text[-4:]) if is_year(text[-4:]) and len(text) <= len("Kế hoạch năm 2026") else None
    said = facets(own.get("year", ""))
    return Facets(
        year=year or said.year,
        period=said.period,
        source=source_of(own.get("source", "")) or source_of(text),
        place=own.get("place", "") or (text if find("place", text) else ""),
    )


def _elsewhere(rows: list[Row], row: Row) -> Trouble | None:
    """What is wrong with a row whose number names another section than the one it stands in."""
    named = marks_of(row.prefix.rpartition(".")[2]) if row.prefix else ()
    above = None if row.parent is None else rows[row.parent]
    if not named or above is None or named[0].style != above.style:
        return None
    if named[0].text == above.number:
        return None
    expected = Text(f"một dòng của phần {above.number}", f"a line of section {above.number}")
    found = same(f"“{row.prefixed} {row.label.text}”")
    return row.label.trouble("other-section", expected, found)
