"""The two halves of a plan: what it costs, and what it buys."""

from typing import NamedTuple

from kc_analysis.model import DataError, Text
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.header import Column
from kc_analysis.reading.numbers import Values
from kc_analysis.reading.rows import Row
from kc_analysis.reading.tables import Table


class Number(NamedTuple):
    """A number of a table: its row, its year (None for the whole cycle), value, unit and cell."""

    row: Row
    year: int | None
    value: float
    unit: str
    cell: Cell


class Half(NamedTuple):
    """One half of a plan, what it costs or what it buys: a table, its columns and numbers of it."""

    table: Table
    columns: dict[int, Column]
    numbers: list[Number]

    @property
    def years(self) -> list[int]:
        """The years that the columns stand under."""
        return [column.year for column in self.columns.values() if column.year]

    @property
    def empty_totals(self) -> list[Column]:
        """The columns of totals in which no line, section or total has a number."""
        filled = {at for row in self.table.rows if row.level != "detail" for at in row.cells}
        return [c for at, c in self.columns.items() if not c.year and at not in filled]


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
                columns = {
                    at: column
                    for at, column in enumerate(table.columns)
                    if column.phase == phase and column.measure in (measure, "")
                }
                sides[measure].append(Half(table, columns, side))
    if len(sides["money"]) == len(sides["quantity"]) == 1:
        return sides["money"][0], sides["quantity"][0]
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    found_vi = f"{len(sides['money'])} bảng kinh phí, {len(sides['quantity'])} bảng khối lượng"
    found_en = f"{len(sides['money'])} of money, {len(sides['quantity'])} of quantities"
    raise DataError([document.trouble(tables[0].head, expected, Text(found_vi, found_en))])
