"""What the marks in a table's numbers mean: its sums tell, or numbers that read one way only."""

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE, Marks, is_marked, marks_shown
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.table.discovery import find_sums
from kc_analysis.reading.table.figures import figure_of, number_of
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.sums import Values, holds, sums_of


def marks_of(thousands: str) -> Marks:
    """The marks of which one, "." or ",", separates thousands."""
    return VIETNAMESE if thousands == VIETNAMESE.thousands else ENGLISH


def read_values(table: Table, marks: Marks) -> Values:
    """The numbers that a table's cells store, or print under these marks; no others."""
    values = {}
    for r, row in enumerate(table.rows):
        for c, cell in row.cells.items():
            value = number_of(cell, marks, units_of(table, row, c))
            if value is not None:
                values[r, c] = value
    return values


def marks_for(tables: list[Table]) -> list[Marks]:
    """The marks of each table: as its own sums bear out, or its numbers show, or the others' do."""
    marked = [marked_cells(table) for table in tables]
    if not any(marked):
        return [VIETNAMESE] * len(tables)
    evidence: list[Marks | None] = []
    for table, cells in zip(tables, marked, strict=True):
        borne_out = _borne_out(table) if cells else {VIETNAMESE: 0, ENGLISH: 0}
        count, other = borne_out[VIETNAMESE], borne_out[ENGLISH]
        evidence.append(None if count == other else VIETNAMESE if count > other else ENGLISH)
        if evidence[-1] and table.marks in (None, evidence[-1]):
            _say_marks(table, evidence[-1], max(count, other), cells[0])
    shown = [_shown(cells) for cells in marked]
    given = [table.marks for table in tables]
    told = [g or e or s for g, e, s in zip(given, evidence, shown, strict=True)]
    if None in (marks for marks, cells in zip(told, marked, strict=True) if cells):
        known = (set(filter(None, each)) for each in (given, evidence, shown))
        whole = next(filter(None, known), set())
        if len(whole) != 1:
            raise DataError([_undecided(marked)])
        (others,) = whole
    else:
        others = VIETNAMESE
    if not any(given) and not any(evidence) and len(set(filter(None, shown))) > 1:
        raise DataError([_undecided(marked)])
    chosen = [marks or others for marks in told]
    for table, cells, borne, marks in zip(tables, marked, evidence, chosen, strict=True):
        if not borne and _shown(cells) == marks:
            _say_shown(table, marks, next(c for c in cells if marks_shown(c.text) == marks))
    return chosen


def marked_cells(table: Table) -> list[Cell]:
    """The numbers of a table that hang on what its marks mean."""
    return [
        cell._replace(text=text)
        for row in table.rows
        for c, cell in row.cells.items()
        if cell.value is None
        and not cell.doubt
        and is_marked(text := figure_of(cell.text, units_of(table, row, c)))
    ]


def units_of(table: Table, row: Row, c: int) -> tuple[str, ...]:
    """The units that may stand beside a number in its cell."""
    return row.unit, table.unit(row, c) or table.said.money


def _shown(cells: list[Cell]) -> Marks | None:
    """The marks that some numbers show beyond doubt, and none denies."""
    found = {marks for cell in cells if (marks := marks_shown(cell.text))}
    return found.pop() if len(found) == 1 else None


def _borne_out(table: Table) -> dict[Marks, int]:
    """How many sums hold under one meaning of the marks and not under the other.

    They are those that the table promises, or else those that its numbers alone bear out.
    """
    readings = {marks: read_values(table, marks) for marks in (VIETNAMESE, ENGLISH)}
    count = dict.fromkeys(readings, 0)
    for promise in sums_of(table):
        agree = [marks for marks, values in readings.items() if holds(promise, values)]
        if len(agree) == 1:
            count[agree[0]] += 1
    if not any(count.values()):
        for marks, other in ((VIETNAMESE, ENGLISH), (ENGLISH, VIETNAMESE)):
            found = find_sums(readings[marks])
            count[marks] = sum(not holds(promise, readings[other]) for promise in found)
    return count


def _undecided(marked: list[list[Cell]]) -> Trouble:
    cells = [cell for table in marked for cell in table]
    examples = [
        next((cell for cell in cells if marks_shown(cell.text) == marks), None)
        for marks in (VIETNAMESE, ENGLISH)
    ]
    told = [cell for cell in examples if cell] or cells[:1]
    expected = Text(
        "điều gì đó cho biết dấu nào tách hàng nghìn: số tổng, hoặc một số như 1.250,5; "
        "nếu biết, hãy nêu rõ: --thousands . hoặc --thousands ,",
        "something that tells which mark separates thousands: a total, or a number such as "
        "1.250,5; if you know it, say so: --thousands . or --thousands ,",
    )
    quoted = same(" / ".join(f"“{cell.text}”" for cell in told))
    return told[-1].trouble("thousands-mark", expected, quoted)


def _say_marks(table: Table, marks: Marks, count: int, cell: Cell) -> None:
    because = Text(
        f"{count} số tổng chỉ khớp khi đọc như vậy", f"{count} totals agree only when read so"
    )
    _say(table, marks, cell, because)


def _say_shown(table: Table, marks: Marks, cell: Cell) -> None:
    _say(
        table,
        marks,
        cell,
        Text(f"“{cell.text}” chỉ đọc được như vậy", f"“{cell.text}” reads only so"),
    )


def _say(table: Table, marks: Marks, cell: Cell, because: Text) -> None:
    message = Text(
        f"Dấu “{marks.thousands}” tách hàng nghìn, “{marks.decimal}” tách phần thập phân: "
        f"{because.vi}",
        f"“{marks.thousands}” separates thousands and “{marks.decimal}” decimals: {because.en}",
    )
    table.note("thousands-mark", "note", cell, message)
