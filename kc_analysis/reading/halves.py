"""The two halves of a plan: what it costs, and what it buys."""

from collections.abc import Callable
from itertools import compress
from math import isclose, nan
from typing import NamedTuple

from kc_analysis.model import DataError, Finding, Text
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

    def sums(self) -> dict[int | None, float]:
        """Its lines' numbers added up by year."""
        sums: dict[int | None, float] = {}
        for number in self.numbers:
            if number.row.level == "line" and number.year:
                value = words.in_million_vnd(number.value, number.unit or "triệu đồng")
                sums[number.year] = sums.get(number.year, 0) + value
        return sums

    @property
    def is_result(self) -> bool:
        """Whether the words above call it the result of the cycle that its columns are of."""
        cycle = (min(self.years), max(self.years)) if self.years else None
        named = cycle and self.table.cycle_named == cycle
        return bool(named) and any(map(words.names_result, self.table.about))

    @property
    def empty_totals(self) -> list[Column]:
        """The columns of totals in which no line, section or total has a number."""
        filled = {at for row in self.table.rows if row.level != "detail" for at in row.cells}
        return [c for at, c in self.columns.items() if not c.year and at not in filled]


def halves(
    document: Document, tables: list[Table], values: list[Values]
) -> tuple[Half, Half, list[Finding]]:
    """What the plan costs and what it buys, from two tables or from the columns of one.

    Beside them a document may hold tables of sums by source, of an earlier cycle, or hidden ones:
    these are left out, each with a finding.

    Raises
    ------
    DataError
        If there is none, or more than one, of what it costs or of what it buys.
    """
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
    left_out: dict[int, Finding] = {}  # by table: one may hold both money and quantities
    kept = [_of_the_plan(document, side, left_out) for side in sides.values()]
    if list(map(len, kept)) == [1, 1]:
        (money,), (work,) = kept
        return money, work, list(left_out.values())
    expected = Text(
        "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
        "one table of money and one table of quantities (with a column of units)",
    )
    places = [[document.place(half.table.head.at) for half in side] for side in kept]
    listed = [
        [
            f"{len(side)} {name}" + (f" ({', '.join(p[lang] for p in side)})" if side else "")
            for side, name in zip(places, names, strict=True)
        ]
        for lang, names in (
            ("vi", ("bảng kinh phí", "bảng khối lượng")),
            ("en", ("of money", "of quantities")),
        )
    ]
    found_in = Text(*(", ".join(parts) for parts in listed))
    raise DataError([document.trouble(tables[0].head, expected, found_in)])


def _of_the_plan(document: Document, side: list[Half], left_out: dict[int, Finding]) -> list[Half]:
    """Those that may be of the plan; what is certain to be none of it is left out."""
    for why, is_other in _OTHERS:
        others = [is_other(half, side) for half in side]
        if not all(others):
            for half in compress(side, others):
                left_out[id(half.table)] = _left_out(document, half.table, why)
            side = [half for half, other in zip(side, others, strict=True) if not other]
    return side


def _is_summary(half: Half, side: list[Half]) -> bool:
    """Whether a table has no lines but funds, each once, and another's sums, perhaps rounded."""
    lines = [row for row in half.table.rows if row.level == "line"]
    funds = {words.source_of(row.title.text) for row in lines if words.names_fund(row.title.text)}
    if len(funds) < len(lines) or any(row.section for row in lines):
        return False
    sums = half.sums()
    return any(
        all(isclose(sums[year], other.sums().get(year, 0), rel_tol=0.01) for year in sums)
        for other in side
        if other is not half
    )


def _is_result(half: Half, side: list[Half]) -> bool:
    """Whether a table is called the result of its cycle, and another is of later years."""
    return half.is_result and any(max(half.years) < max(other.years, default=0) for other in side)


#: What stands beside a plan's tables, and how it is known.
_OTHERS: list[tuple[Text, Callable[[Half, list[Half]], bool]]] = [
    (Text("bảng tổng hợp theo nguồn", "sums by source"), _is_summary),
    (Text("kết quả của giai đoạn trước", "results of an earlier cycle"), _is_result),
    (Text("bảng ẩn", "a hidden table"), lambda half, _: half.table.hidden),
]


def _left_out(document: Document, table: Table, why: Text) -> Finding:
    title = f" “{table.title}”" if table.title else ""
    return Finding(
        rule="table-left-out",
        severity="warning",
        table="",
        line="",
        year=None,
        expected=nan,
        found=nan,
        place=document.where(table.head),
        message=Text(
            f"Bảng{title} không được đưa vào kế hoạch: {why.vi}",
            f"The table{title} is left out of the plan: {why.en}",
        ),
    )
