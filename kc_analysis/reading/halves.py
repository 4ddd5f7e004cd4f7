"""The two halves of a plan: what it costs, and what it buys."""

from typing import NamedTuple

from kc_analysis.model import DataError, Text
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.numbers import Values
from kc_analysis.reading.tables import Row, Table


class Number(NamedTuple):
    """A number of a table: its row, its year (None for the whole cycle), value, unit and cell."""

    row: Row
    year: int | None
    value: float
    unit: str
    cell: Cell


class Half(NamedTuple):
    """One half of a plan, what it costs or what it buys: a table and its numbers of it."""

    table: Table
    years: list[int]
    numbers: list[Number]


def halves(document: Document, tables: list[Table], values: list[Values]) -> tuple[Half, Half]:
    """What the plan costs and what it buys, from two tables or from the columns of one."""
    sides: dict[str, list[Half]] = {"money": [], "quantity": []}
    for table, numbers in zip(tables, values, strict=True):
        # Beside the plan a table may print what was done; a plan is what was planned.
        phase = "plan" if any(column.phase == "plan" for column in table.columns) else "actual"
        found: dict[str, list[Number]] = {"money": [], "quantity": []}
        for (r, i), value in numbers.items():
            row, column = table.rows[r], table.columns[i]
            if row.level != "detail" and column.phase == phase:
                unit = column.money or words.money_unit(row.unit) or table.money
                number = Number(row, column.year, value, unit, row.cells[i])
                found[table.measure(row, i)].append(number)
        for measure, side in found.items():
            if side:
                years = [c.year for c in table.columns if c.year and c.phase == phase]
                sides[measure].append(Half(table, years, side))
    if len(sides["money"]) == len(sides["quantity"]) == 1:
        return sides["money"][0], sides["quantity"][0]
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    found_vi = f"{len(sides['money'])} bảng kinh phí, {len(sides['quantity'])} bảng khối lượng"
    found_en = f"{len(sides['money'])} of money, {len(sides['quantity'])} of quantities"
    raise DataError([document.trouble(tables[0].head, expected, Text(found_vi, found_en))])
