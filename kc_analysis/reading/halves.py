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
    numbers: list[Number]


def halves(document: Document, tables: list[Table], values: list[Values]) -> tuple[Half, Half]:
    """What the plan costs and what it buys, from two tables or from the columns of one."""
    sides: dict[str, list[Half]] = {"money": [], "quantity": []}
    for table, numbers in zip(tables, values, strict=True):
        # Beside the plan a table may print what was done; a plan is what was planned.
        phase = "plan" if any(column.phase == "plan" for column in table.columns) else "actual"
        for measure, found in sides.items():
            half = [
                Number(
                    table.rows[r],
                    table.columns[i].year,
                    value,
                    table.columns[i].money or words.money_unit(table.rows[r].unit) or table.money,
                    table.rows[r].cells[i],
                )
                for (r, i), value in numbers.items()
                if table.columns[i].phase == phase
                and table.measure(table.rows[r], i) == measure
                and table.rows[r].level != "detail"
            ]
            if half:
                found.append(Half(table, half))
    if len(sides["money"]) == len(sides["quantity"]) == 1:
        return sides["money"][0], sides["quantity"][0]
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    found_vi = f"{len(sides['money'])} bảng kinh phí, {len(sides['quantity'])} bảng khối lượng"
    found_en = f"{len(sides['money'])} of money, {len(sides['quantity'])} of quantities"
    raise DataError([document.trouble(tables[0].head, expected, Text(found_vi, found_en))])
