"""Rows and columns of the plan's tables whose figures are not the plan's."""

from collections.abc import Iterator

from kc_analysis.model import Finding, Text
from kc_analysis.reading.plan.choice import PLANNED, Half
from kc_analysis.reading.table.parts import Row, Table, finding
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.vocabulary import find


def left_out(tables: list[Settled], money: Half, work: Half) -> Iterator[Finding]:
    """Parts of lines (a note), columns of what nobody tells (a warning), and such rows (errors)."""
    yield from _parts(money, work)
    yield from _rows(money, work)
    yield from _columns(tables)


def _parts(money: Half, work: Half) -> Iterator[Finding]:
    """Numbered rows with figures that are parts of the line above, and not added."""
    for name, half in (("budget", money), ("quantities", work)):
        for part in half.parts:
            rows = part.settled.table.rows
            parts = [row for row in rows if row.role == "of which" and row.number[:1].isdigit()]
            if parts:
                first: Row = parts[0]
                message = Text(
                    f"{len(parts)} hàng như “{first.prefixed} {first.label.text}” được coi là chi "
                    "tiết của dòng ở trên, không cộng riêng",
                    f"{len(parts)} rows such as “{first.prefixed} {first.label.text}” are held to "
                    "be parts of the line above and are not added",
                )
                yield finding("parts-not-added", "note", first.label, message, name)


def _rows(money: Half, work: Half) -> Iterator[Finding]:
    """Rows that are no line, no sum and part of none."""
    for name, half in (("budget", money), ("quantities", work)):
        taken = {id(number.cell) for number in half.numbers}
        for part in half.parts:
            table, values, _, sums = part.settled
            down = [promise for promise in sums if promise.parts[0][1] == promise.total[1]]
            held = {place for promise in down for place in (promise.total, *promise.parts)}
            for r, row in enumerate(table.rows):
                own = [c for c in row.cells if values.get((r, c)) and _is_plan(table, row, c, half)]
                if row.role in ("item", "second"):
                    doubtful = any(
                        id(row.cells[c]) not in taken and (r, c) not in held for c in own
                    )
                else:
                    doubtful = bool(own) and _may_be_a_line(table, row)
                if doubtful:
                    message = Text(
                        f"Hàng “{row.label.text}” có số nhưng không rõ là nội dung riêng hay là "
                        "phần của hàng khác; không đưa vào kế hoạch",
                        f"The row “{row.label.text}” has figures, but nothing tells whether it is "
                        "a line or part of another; left out of the plan",
                    )
                    yield finding("row-passed-over", "error", row.label, message, name, row.key)


def _is_plan(table: Table, row: Row, c: int, half: Half) -> bool:
    said = table.facets(row, c)
    if not (table.columns[c].is_known or row.facets.year):
        return False
    planned = (said.phase or "plan") in PLANNED and said.year and not said.period
    return bool(planned) and table.measure(row, c) == half.measure


def _may_be_a_line(table: Table, row: Row) -> bool:
    """Whether a row is held to be part of the numbered one above, and no word or mark says so."""
    if row.role != "of which" or row.given or row.number or row.parent is None:
        return False
    above = table.rows[row.parent]
    beside = [table.rows[r].label.text for r in above.children]
    return not above.is_unnumbered and "of_which" not in [find("row", title) for title in beside]


def _columns(tables: list[Settled]) -> Iterator[Finding]:
    """Columns of numbers of which no heading tells what they are."""
    for settled in tables:
        table = settled.table
        for c in table.values:
            column = table.columns[c]
            cells = [row.cells[c] for row in table.rows if c in row.cells and not row.facets.year]
            if cells and not column.is_known:
                message = Text(
                    f"Cột “{column.heading}” có số nhưng tiêu đề không cho biết là số gì; không "
                    "đưa vào kế hoạch",
                    f"The column “{column.heading}” holds numbers but its heading does not tell of "
                    "what; left out of the plan",
                )
                yield finding("column-left-out", "warning", cells[0], message)
