"""A document's table as a page shows it: each cell where it stands, with what it was taken for."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from kc_analysis.model import Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.cells import role_of, time_of, unread
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.plan.attempt import Taken
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.sums import Sum, holds, is_meant

#: What cells are, in the order of the legend.
ROLES = {
    "heading": Text("tiêu đề cột", "heading"),
    "number": Text("số thứ tự", "number"),
    "section": Text("phần", "section"),
    "line": Text("dòng", "line"),
    "total": Text("tổng", "total"),
    "of-which": Text("trong đó", "of which"),
    "second": Text("số đo khác", "second measure"),
    "extra": Text("ngoài tổng", "outside the total"),
    "aside": Text("tỷ lệ, chú thích", "aside"),
    "unit": Text("đơn vị tính", "unit"),
    "word": Text("nguồn, địa bàn, năm", "fund, place, year"),
    "note": Text("không đọc", "not read"),
    "unread": Text("không đọc được", "could not be read"),
}
_COLUMNS = {
    "number": ROLES["number"],
    "title": Text("nội dung", "title"),
    "unit": ROLES["unit"],
    "source": Text("nguồn", "fund"),
    "place": Text("địa bàn", "place"),
    "year": Text("năm", "year"),
    "note": ROLES["note"],
}
_MEASURES = {
    "money": Text("tiền", "money"),
    "quantity": Text("lượng", "quantity"),
    "share": Text("tỷ lệ", "share"),
    "growth": Text("tăng trưởng", "growth"),
    "other": Text("số khác", "other"),
    "": Text("chưa rõ là gì", "not known of what"),
}
_PHASES = {
    "adjusted": Text("điều chỉnh", "adjusted"),
    "allotted": Text("được giao", "allotted"),
    "need": Text("nhu cầu", "need"),
    "estimate": Text("ước thực hiện", "estimate"),
    "actual": Text("thực hiện", "actual"),
}
_WORDS = {"source": "word", "place": "word", "year": "word", "title": "line"}
_LEVELS = {"line": "line", "second": "second", "section": "section", "grand": "total"}
_PARTS = 12


class SeenCell(NamedTuple):
    """A cell: its text, how far it reaches, what it is, its fund, its sums and what to say of it.

    ``sums`` holds for each sum whether it agrees, what to show and what to tell of it.
    """

    text: str
    across: int
    down: int
    role: str
    is_planned: bool
    source: str
    sums: list[tuple[bool, str, str]]
    told: str
    at: Any


class SeenRow(NamedTuple):
    """A row: what it was taken for, its fund, and its cells."""

    read: str
    role: str
    source: str
    cells: list[SeenCell]


class SeenColumn(NamedTuple):
    """A column: what it was taken for, its role and its fund."""

    read: str
    role: str
    source: str


def see(taken: Taken, lang: str) -> tuple[list[SeenColumn], list[SeenRow]]:
    """What each column of a table was taken for, and its rows.

    Parameters
    ----------
    taken : Taken
    lang : {"vi", "en"}

    Returns
    -------
    columns : list of SeenColumn
    rows : list of SeenRow
    """
    table = taken.settled.table
    columns = [
        SeenColumn(_column(table, c, lang), column.role, column.facets.source)
        for c, column in enumerate(table.columns)
    ]
    return columns, list(_rows(taken, lang))


def _column(table: Table, c: int, lang: str) -> str:
    column = table.columns[c]
    if column.role != "value":
        return _COLUMNS[column.role][lang]
    said = column.facets
    year, period = time_of(said)
    measure = said.measure or table.implied
    told = [
        str(year or period),
        _PHASES[said.phase][lang] if said.phase in _PHASES else "",
        # What rows tell is told of each row.
        "" if not measure and any(row.unit for row in table.rows) else _MEASURES[measure][lang],
        said.money or column.unit,
        said.place,
        Text("tổng", "total")[lang] if said.total else "",
    ]
    return " · ".join(filter(None, told))


def _rows(taken: Taken, lang: str) -> Iterator[SeenRow]:
    table, values = taken.settled.table, taken.settled.values
    number_at = {number.cell.at: number for number in taken.numbers if number.level}
    titled = defaultdict(list)
    for r, row in enumerate(table.rows):
        titled[row.label.at].append(r)
    roles, sources, told = _columns_roles(table), {}, {}
    what = [_what(table, row, number_at) for row in table.rows]
    for r, row in enumerate(table.rows):
        roles[row.label.at] = what[r]
        for c, cell in row.cells.items():
            number = number_at.get(cell.at)
            roles[cell.at] = what[r]
            sources[cell.at] = number.source if number else table.facets(row, c).source
            if (r, c) not in values:
                roles[cell.at] = "unread"
                why = unread(table, row, c, taken.settled.marks)
                told[cell.at] = Text(
                    f"cần {why.expected.vi}, nhưng thấy {why.found.vi}",
                    f"expected {why.expected.en}, found {why.found.en}",
                )[lang]
    sums = _sums(taken, lang)
    for line, spans in zip(table.grid.rows, _spans(table.grid.rows), strict=True):
        own = next((titled[cell.at].pop(0) for cell in line if titled.get(cell.at)), None)
        cells = [
            SeenCell(
                *(cell.text, across, down, roles.get(cell.at, "note" if cell.text else "")),
                not taken.counts or cell.at not in sources or cell.at in number_at,
                *(sources.get(cell.at, ""), sums.get(cell.at, []), told.get(cell.at, "")),
                cell.at,
            )
            for cell, across, down in spans
        ]
        if own is None:
            yield SeenRow("", "", "", cells)
            continue
        row = table.rows[own]
        funds = {sources[cell.at] for cell in row.cells.values()} or {row.facets.source}
        # Where columns are of several funds, a row is several lines.
        keys = {number_at[c.at].key for c in row.cells.values() if c.at in number_at}
        key = row.number if row.role == "total" else keys.pop() if len(keys) == 1 else row.key
        yield SeenRow(
            f"{key} {ROLES[what[own]][lang]}".strip(),
            what[own],
            funds.pop() if len(funds) == 1 else "",
            cells,
        )


def _columns_roles(table: Table) -> dict[Any, str]:
    """What cells are by their columns, and the headings; numbers are told by their rows."""
    roles: dict[Any, str] = {}
    for line in table.body:
        for column, cell in zip(table.columns, line, strict=False):
            if column.role != "value" and cell.text:
                roles.setdefault(cell.at, _WORDS.get(column.role, column.role))
    return roles | {cell.at: "heading" for column in table.columns for cell in column.path}


def _what(table: Table, row: Row, numbers: dict[Any, Any]) -> str:
    if row.role in ("total", "of which", "second", "extra", "aside"):
        return row.role.replace(" ", "-")
    levels = [numbers[cell.at].level for cell in row.cells.values() if cell.at in numbers]
    if levels:
        return _LEVELS[levels[0]]
    return "section" if row.children and not row.cells else role_of(table, row)


def _spans(rows: list[list[Cell]]) -> Iterator[list[tuple[Cell, int, int]]]:
    """Each row's cells that begin in it, with how far each reaches to the right and down."""
    taken: set[tuple[int, int]] = set()

    def reaches(cell: Cell, r: int, c: int) -> bool:
        if r >= len(rows) or c >= len(rows[r]) or (r, c) in taken:
            return False
        return rows[r][c].covered and rows[r][c].at == cell.at

    for r, row in enumerate(rows):
        begun = []
        for c, cell in enumerate(row):
            if (r, c) in taken:
                continue
            across, down = 1, 1
            while reaches(cell, r, c + across):
                across += 1
            while all(reaches(cell, r + down, c + i) for i in range(across)):
                down += 1
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            begun.append((cell, across, down))
        yield begun


def _sums(taken: Taken, lang: str) -> dict[Any, list[tuple[bool, str, str]]]:
    """Of each total, whether its sums agree."""
    table, values = taken.settled.table, taken.settled.values
    doubtful = {trouble.place for trouble in table.troubles}
    found = defaultdict(list)
    for promise in taken.settled.sums:
        r, c = promise.total
        known = promise.total in values and all(part in values for part in promise.parts)
        sure = not any(table.rows[part].label.where in doubtful for part, _ in promise.parts)
        if not known or not sure or not is_meant(table, promise, values):
            continue
        good = holds(promise, values)
        whole = write_number(values[promise.total], lang)
        adds = write_number(sum(values[part] for part in promise.parts), lang)
        differs = f"{_terms(table, promise, values, lang)} = {adds}"
        shown = "✓"
        if not good:
            shown = f"✗ {whole} ≠ {adds}"
            differs += Text(f", in là {whole}", f", {whole} is printed")[lang]
        found[table.rows[r].cells[c].at].append((good, shown, differs))
    return found


def _terms(table: Table, promise: Sum, values: dict[tuple[int, int], float], lang: str) -> str:
    """The parts of a sum, each by its heading or by its row."""
    along = all(r == promise.total[0] for r, _ in promise.parts)
    terms = [
        f"{table.columns[c].heading if along else table.rows[r].name} "
        f"({write_number(values[r, c], lang)})"
        for r, c in promise.parts
    ]
    if len(terms) > _PARTS:
        more = len(terms) - _PARTS
        terms[_PARTS:] = [Text(f"{more} số nữa", f"{more} more")[lang]]
    return " + ".join(terms)
