"""Grids become tables: the columns' roles, the rows' numbers, labels, units and outline."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from kc_analysis.model import Text, Trouble
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.numbering import are_column_numbers, marks_of, split_number
from kc_analysis.reading.table.context import context_of
from kc_analysis.reading.table.figures import is_blank
from kc_analysis.reading.table.header import Header, header_of, is_figure
from kc_analysis.reading.table.outline import Entry, outline
from kc_analysis.reading.table.parts import Column, Row, Table
from kc_analysis.reading.titles import without_footnote
from kc_analysis.reading.vocabulary import (
    NO_FACETS,
    Facets,
    counted,
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
_WITH_UNIT = re.compile(r"\d[^/]*")


def tables_of(document: Document) -> tuple[list[Table], list[Grid]]:
    """The tables of a document, in its order, and the grids that are none.

    A grid without a header that goes on from the table before it is of that table.
    """
    tables: list[tuple[Grid, Header]] = []
    others: list[Grid] = []
    before: Grid | None = None  # a grid that is no table may say what the next one is of
    for grid in document.grids:
        header = header_of(grid.rows)
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
    troubles: list[Trouble] = []
    body = []
    for row in grid.rows[end:]:
        texts = tuple(cell.text for cell in row)
        if any(texts) and texts not in heads and not are_column_numbers([t for t in texts if t]):
            body.append(row)
    columns = _columns(paths, [row for row in body if len(row) == width])
    rows = [_fitted(row, columns, troubles) for row in body]
    above = grid.above + _texts(grid.rows[:start])
    title, about, said, cycle, unit = context_of(above, grid.below)
    words = [path for path, c in zip(paths, columns, strict=True) if c.role in ("title", "unit")]
    inside = [money for path in words for cell in path if (money := money_inside(cell.text))]
    said = said._replace(money=next(iter(inside), said.money))
    if any(column.facets.year for column in columns):
        said = said._replace(year=None)  # that of the decision, or of the first year
    head = grid.rows[start][0]
    table = Table(
        grid, head, title, about, said, cycle, columns, [],
        is_hidden=any(cell in grid.hidden for cell in grid.rows[start][:2]) if grid.hidden else False,
        troubles=troubles, counted=unit,
    )  # fmt: skip
    _fill(table, rows)
    return table


def _columns(paths: list[list[Cell]], body: list[list[Cell]]) -> list[Column]:
    made: list[Column] = []
    roles = [_role(path, [row[c] for row in body]) for c, path in enumerate(paths)]
    if "title" not in roles:
        # The first column of words is of the rows' labels, whatever stands over it.
        words = [c for c, role in enumerate(roles) if role in ("text", "place", "source", "year")]
        words = words or [c for c, role in enumerate(roles) if role == "unit"]
        for c in words[:1] or ([0] if roles and roles[0] == "number" else []):
            roles[c] = "title"
    seen = False
    for path, role in zip(paths, roles, strict=True):
        if role == "title" and seen:
            role = "note"
        seen |= role == "title"
        said = NO_FACETS
        for cell in path:
            said = facets(cell.text).within(said)
        total = bool(path) and _is_total(path)
        unit = next(filter(None, (counted(cell.text) for cell in reversed(path))), "")
        if role == "value":
            made.append(Column(tuple(path), role, said._replace(total=total), unit))
        else:
            made.append(Column(tuple(path), "note" if role == "text" else role, NO_FACETS))
    return _phased(made)


def _is_total(path: list[Cell]) -> bool:
    """Whether a column, or the group that it stands in, is of totals."""
    return any(facets(cell.text).total for cell in path)


def _phased(columns: list[Column]) -> list[Column]:
    """Bare years that stand before years of what was done are of what was done too."""
    done = [
        c.facets.year
        for c in columns
        if c.facets.year and c.facets.phase in ("actual", "estimate") and not c.facets.period
    ]
    if not done:
        return columns
    planned = {c.facets.year for c in columns if c.facets.year and c.facets.phase == "plan"}
    return [
        replace(c, facets=c.facets._replace(phase="actual"))
        if c.facets.year and not c.facets.phase and c.facets.year <= max(done) and planned
        else c
        for c in columns
    ]


def _role(path: list[Cell], cells: list[Cell]) -> str:
    """What a column holds, by its headings or else by its cells."""
    headings = " ".join(cell.text for cell in path)
    said = NO_FACETS
    for cell in path:
        said = facets(cell.text).within(said)
    own = [cell for cell in cells if cell.text and not cell.covered]
    # A figure may stand with its unit, "1.200 triệu".
    figures = sum(
        is_figure(cell) or (any(said) and bool(_WITH_UNIT.fullmatch(cell.text))) for cell in own
    )
    role = find("column", path[-1].text) if path else ""
    role = role or find("column", headings)
    if role == "number":
        return role
    if said.year and figures:
        return "value"
    if role in ("unit", "year", "source", "place"):
        return role if not figures or role == "year" else "value"
    if role == "title" and (figures <= len(own) / 2 or not own):
        return role
    if role == "code":
        return "note"
    amounts = sum(is_figure(cell) and not is_year(cell.text) for cell in own)
    if role == "note" and not said.year and amounts <= len(own) / 2:
        return role
    if said.year or said.total or (said.measure and figures):
        return "value"
    if figures and figures >= len(own) / 2:
        return "value" if path or figures else "note"
    numbered = [cell for cell in own if marks_of(cell.text)]
    if not path and own and len(numbered) == len(own):
        return "number"
    if own:
        return "text"
    if said.source or said.phase or "-" in said.period:
        return "value"
    return "text" if path else "note"


def _fitted(row: list[Cell], columns: list[Column], troubles: list[Trouble]) -> list[Cell]:
    """A row of as many cells as there are columns; lost blanks at its end are made good."""
    width = len(columns)
    if len(row) == width:
        return row
    bare = not any(is_figure(cell) for cell in row[1:])
    lost = all(column.role == "note" for column in columns[len(row) :])
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


def _fill(table: Table, body: list[list[Cell]]) -> None:
    """The table's rows: what they are called, their figures, and their outline."""
    at = {column.role: c for c, column in reversed([*enumerate(table.columns)])}
    source_above = ""
    entries: list[Entry] = []
    before: list[str] = []
    said = _said_by(body, at)
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
        is_total = _totals(said[i], said[i + 1 :], table.rows[-1:])
        aside = find("row", title.text) == "rate" and bool(cells) and not unit
        label = title._replace(text=without_footnote(title.text))
        made = Row(marks[0].text if marks else "", label, unit, _said_of(title, own), cells, row[0])
        made.is_fund = is_fund
        made.role = "total" if is_total else "aside" if aside else "item" if cells else "heading"
        table.rows.append(made)
        entries.append(
            Entry(
                marks, number, is_fund, is_total or (aside and not marks),
                find("row", title.text) == "of_which", (title.indent, title.bold),
                own.get("source", ""),
            )
        )  # fmt: skip
    for made, node in zip(table.rows, outline(entries), strict=True):
        made.style, made.prefix = node.mark.style, node.mark.prefix
        made.number = node.mark.text or made.number
        made.depth, made.parent, made.children = node.depth, node.parent, node.children
        if node.parent is not None:
            made.facets = made.facets.within(table.rows[node.parent].facets)
        if trouble := _elsewhere(table.rows, made):
            table.troubles.append(trouble)


class _Said(NamedTuple):
    """A row's number, title and unit."""

    number: Cell
    title: Cell
    unit: str


def _said_by(body: list[list[Cell]], at: dict[str, int]) -> list[_Said]:
    """What the rows are called, and their units; one that is said by a ditto mark is that above."""
    said: list[_Said] = []
    above = ""
    for row in body:
        unit = _unit(row, at, above)
        above = unit or above
        said.append(_Said(*_named(row, at), unit))
    return said


def _totals(row: _Said, after: list[_Said], before: list[Row]) -> bool:
    """Whether a row adds up others: it says so, and stands where a total stands.

    One that says more than "Tổng số" and has a number, with numbers below it, is a section, "I Tổng
    thu"; one without a number, just below a title, is no total of rows of other units: "Tổng diện
    tích" before "Năng suất".
    """
    word, marks = find("total", row.title.text), marks_of(row.number.text)
    if not word or (marks and source_of(row.title.text)):
        return False
    if word == "all":
        return True
    if marks:
        return not any(marks_of(other.number.text) for other in after)
    beside = takewhile(lambda other: not marks_of(other.number.text), after)
    units = {other.unit for other in beside} - {""}
    below_title = bool(before) and before[-1].role == "heading"
    return not (below_title and row.unit and units - {row.unit})


def _named(row: list[Cell], at: dict[str, int]) -> tuple[Cell, Cell]:
    """The cells of a row's number and title, that may stand in one."""
    title = row[at["title"]] if "title" in at else row[0]
    number = row[at["number"]] if "number" in at else None
    if number and number.text and not (title.covered and title.at == number.at):
        if marks_of(number.text) or title.text:
            return number, title
        return number._replace(text=""), number  # a title that reaches over from its left
    text, rest = split_number(title.text)
    return title._replace(text=text, value=None), title._replace(text=rest)


def _unit(row: list[Cell], at: dict[str, int], above: str) -> str:
    if "unit" not in at:
        return ""
    cell = row[at["unit"]]
    if cell.covered and at["unit"] and cell.at == row[at["unit"] - 1].at:
        return ""
    return above if find("ditto", cell.text) else cell.text


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
    return row.first.trouble("other-section", expected)
