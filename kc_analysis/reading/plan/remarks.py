"""What only the reader of a document sees, and a planner should know."""

from collections.abc import Iterator

from kc_analysis.model import Finding, Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.reading.grid import Document
from kc_analysis.reading.plan.choice import LINES, PLANNED, Half, Part
from kc_analysis.reading.plan.cut import Number
from kc_analysis.reading.plan.left_out import left_out
from kc_analysis.reading.plan.naming import names
from kc_analysis.reading.table.parts import finding
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.table.sums import columns_added, is_meant, rest_of


def remarks(
    document: Document,
    tables: list[Settled],
    money: Half,
    work: Half,
    amounts: list[Number],
    cycle: tuple[int, int] | None,
) -> Iterator[Finding]:
    """What differs, is empty, does not add up beside the plan, lacks its mark, or is hidden."""
    yield from names(money, work)
    yield from _years(money, work, cycle)
    yield from _sums(tables, [*money.numbers, *work.numbers])
    yield from _adjusted(money, work)
    yield from _blank_done(tables)
    yield from left_out(tables, money, work)
    yield from _empty_totals(money, work)
    yield from _separators(amounts, work.numbers)
    yield from _hidden(tables)


def _years(money: Half, work: Half, cycle: tuple[int, int] | None) -> Iterator[Finding]:
    """Columns that are of other years than the cycle that is named above, or leave one out."""
    for name, half in (("budget", money), ("quantities", work)):
        years = half.years
        if not years:
            continue
        table = half.parts[0].settled.table
        named = table.cycle or cycle or (years[0], years[-1])
        if named != (years[0], years[-1]):
            message = Text(
                f"Phía trên bảng ghi giai đoạn {named[0]}-{named[1]} nhưng các cột là của các năm "
                f"{years[0]}-{years[-1]}",
                f"What stands above the table names {named[0]}-{named[1]} but its columns are of "
                f"{years[0]}-{years[-1]}",
            )
        elif years != list(range(years[0], years[-1] + 1)) or not _are_in_order(half):
            printed = ", ".join(map(str, _as_printed(half.parts) or years))
            message = Text(
                f"Các cột năm không liền nhau: {printed}", f"The years do not follow: {printed}"
            )
        else:
            continue
        yield finding("cycle-differs", "error", table.head, message, name)


def _as_printed(parts: list[Part]) -> list[int]:
    """The years in the order of the columns."""
    said = (
        part.settled.table.columns[c].facets.year
        for part in parts
        for c in part.settled.table.values
    )
    return list(dict.fromkeys(year for year in said if year))


def _are_in_order(half: Half) -> bool:
    """Whether each table's years run from the first to the last, or from the last to the first."""
    for part in half.parts:
        printed = [year for year in _as_printed([part]) if year in half.years]
        if sorted(printed) not in (printed, printed[::-1]):
            return False
    return True


def _sums(tables: list[Settled], numbers: list[Number]) -> Iterator[Finding]:
    """Sums of the plan's tables that no check of the plan's own figures can tell.

    Those of parts under their line, of funds beside each other, of groups, of what was done.
    """
    checked = {id(n.cell) for n in numbers if n.level and (n.level not in LINES or n.year is None)}
    for settled in tables:
        table, values = settled.table, settled.values
        for promise in settled.sums:
            r, c = promise.total
            row = table.rows[r]
            cell = row.cells[c]
            known = promise.total in values and all(part in values for part in promise.parts)
            if id(cell) in checked or not known or not rest_of(promise, values):
                continue
            if not is_meant(table, promise, values):
                continue
            parts, total = sum(values[part] for part in promise.parts), values[promise.total]
            is_done = (table.facets(row, c).phase or "plan") not in PLANNED
            heading = table.columns[c].heading
            message = Text(
                f"Dòng {row.name} “{row.label.text}”, cột “{heading}”: các phần cộng lại được "
                f"{write_number(parts, 'vi')} nhưng in là {write_number(total, 'vi')}",
                f"Row {row.name} “{row.label.text}”, column “{heading}”: the parts add up to "
                f"{write_number(parts, 'en')} but {write_number(total, 'en')} is printed",
            )
            yield finding(
                "done-total" if is_done else "sum-differs",
                "error",
                cell,
                message,
                "budget" if table.measure(row, c) == "money" else "quantities",
                row.name,
                table.columns[c].facets.year,
                parts,
                total,
            )


def _adjusted(money: Half, work: Half) -> Iterator[Finding]:
    """Figures as approved that stand beside adjusted ones: the plan in force is another."""
    for name, half in (("budget", money), ("quantities", work)):
        for part in half.parts:
            table = part.settled.table
            phases = {table.columns[c].facets.phase: table.columns[c] for c in table.values}
            if "adjusted" in phases and not phases.keys().isdisjoint(("", "plan")):
                column = phases["adjusted"]
                message = Text(
                    f"Cột “{column.heading}” điều chỉnh các cột khác; kế hoạch đọc được là số "
                    "chưa điều chỉnh",
                    f"The column “{column.heading}” adjusts others; the plan that was read is as "
                    "it was before",
                )
                yield finding("adjusted-beside", "error", column.path[-1], message, name)


def _blank_done(tables: list[Settled]) -> Iterator[Finding]:
    """Totals of what was done that are blank beside their years: the row may have slipped."""
    for settled in tables:
        table = settled.table
        planned = {o.facets.year for o in table.columns if o.facets.phase in ("", *PLANNED)}
        for whole, parts in columns_added(table):
            column = table.columns[whole]
            years = {table.columns[c].facets.year for c in parts}
            if column.facets.phase in ("", *PLANNED) or not years <= planned:
                continue
            for row in table.rows:
                filled = [c for c in parts if c in row.cells]
                if row.role == "item" and filled and whole not in row.cells:
                    message = Text(
                        f"Dòng {row.name}: có số thực hiện từng năm nhưng cột “{column.heading}” "
                        "để trống; có thể cả hàng bị lệch cột",
                        f"Line {row.name}: years of what was done are printed but the column "
                        f"“{column.heading}” is blank; the row may have slipped by a column",
                    )
                    measure = table.measure(row, whole)
                    name = "budget" if measure == "money" else "quantities"
                    yield finding(
                        "done-total", "error", row.cells[filled[0]], message, name, row.name
                    )


def _empty_totals(money: Half, work: Half) -> Iterator[Finding]:
    """Columns of totals, and the grand total of money, without a number: what proved is lost."""
    for name, half in (("budget", money), ("quantities", work)):
        for part in half.parts:
            table = part.settled.table
            mine = {id(number.cell) for number in part.numbers}
            rows = [r for r in table.rows if any(id(cell) in mine for cell in r.cells.values())]
            filled = {c for row in rows for c in row.cells}
            for c in table.values:
                column = table.columns[c]
                said = column.facets
                of_half = said.measure in ("", half.measure)
                if said.total and not said.year and of_half and c not in filled:
                    heading = column.path[-1] if column.path else table.head
                    yield finding("empty-totals", "error", heading, _column(column.heading), name)
    for part in money.parts:
        table = part.settled.table
        grand = [row for row in table.rows if row.role == "total" and row.children]
        for row in grand:
            if not row.cells and not any(number.level == "grand" for number in money.numbers):
                yield finding(
                    "empty-totals", "error", row.label, _row(row.label.text), "budget", row.name
                )


def _column(heading: str) -> Text:
    return Text(
        f"Cột “{heading}” không có số nào ở các dòng, các phần và hàng tổng, nên không kiểm được "
        "các hàng",
        f"The column “{heading}” holds no number of a line, a section or the grand total, so that "
        "no row can be proved",
    )


def _row(title: str) -> Text:
    return Text(
        f"Hàng “{title}” không có số kế hoạch nào, nên không kiểm được các phần",
        f"The row “{title}” holds no number of the plan, so that no section can be proved",
    )


def _separators(money: list[Number], work: list[Number]) -> Iterator[Finding]:
    """Numbers of a thousand and more that lack the thousands mark that others carry."""
    numbers = [
        (name, number)
        for name, half in (("budget", money), ("quantities", work))
        for number in half
        if number.cell.value is None and len(number.cell.text) > 3 and number.value
    ]
    bare = [(name, number) for name, number in numbers if number.cell.text.isdecimal()]
    if len(bare) == len([number for _, number in numbers if abs(number.value) >= 1000]):
        return
    for name, number in bare:
        text = number.cell.text
        message = Text(
            f"“{text}” in thiếu dấu phân cách hàng nghìn; đọc là {format_number(float(text))}",
            f"“{text}” is printed without its thousands mark; "
            f"read as {format_number(float(text), 'en')}",
        )
        yield finding(
            "separator-left-out", "note", number.cell, message,
            name, number.key, number.year, number.value, number.value,
        )  # fmt: skip


def _hidden(tables: list[Settled]) -> Iterator[Finding]:
    """Rows and columns that a reader of the document does not see, and that were read."""
    for settled in tables:
        if hidden := settled.table.grid.hidden:
            message = Text(
                f"Có {len(hidden)} ô ẩn; chúng vẫn được đọc",
                f"{len(hidden)} cells are hidden; they were read all the same",
            )
            yield finding("hidden-cells", "note", hidden[0], message)
