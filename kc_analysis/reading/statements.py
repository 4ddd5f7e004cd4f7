"""The sums that a decision's text states, and the unit of money that they give its table."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from math import log
from statistics import median
from typing import NamedTuple

from kc_analysis.model import DataError, Finding, Text
from kc_analysis.numerals import Marks, is_marked, marks_shown
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.halves import Half
from kc_analysis.reading.header import is_planning_table
from kc_analysis.reading.rows import Row

_MONEY = re.compile(r"(?<![\d.,])(\d(?:[\d.,]*\d)?)\s+((?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng)")
# A line that goes on from the one before begins no clause.
_CLAUSE_LENGTH = 500
_CLAUSE = re.compile(r"[.;:]|\n(?=[A-ZĐÀ-Ỹ\d])")


class Statement(NamedTuple):
    """A sum of money that the text states for a section or for the whole."""

    row: Row
    value: float
    unit: str
    cell: Cell
    sure: bool


def text_of(document: Document) -> list[Cell]:
    """The text outside the planning tables; a letterhead is often set as a table of its own."""
    others = [grid for grid in document.grids if not is_planning_table(grid)]
    cells = [cell for grid in others for row in grid.rows for cell in row]
    return [cell for cell in cells if cell.text and not cell.covered] + document.lines


def statements(
    text: list[Cell], money: Half, marks: Marks, *, settled: bool
) -> Iterator[Statement]:
    """The sums that the text states for a section or for the whole cycle.

    Where the tables have not ``settled`` what the marks mean, a sum such as "18,246" may be unsure.
    """
    prose = "\n".join(line.text for line in text)
    rows = money.table.rows
    sections = {words.core(row.title.text): row for row in rows if row.level == "section"}
    grand = [row for row in rows if row.level == "grand"]
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    for match in _MONEY.finditer(prose):
        before = prose[max(0, match.start() - _CLAUSE_LENGTH) : match.start()]
        # Back to where the clause begins; a line that goes on from the one before is no beginning.
        label = " ".join(_CLAUSE.split(before.rstrip(" :\n"))[-1].split()).casefold()
        named = [sections[name] for name in sorted(sections, key=len) if name in label]
        whole = grand if words.states_total(label) else []
        if (named or whole) and not words.states_year(label):
            try:
                value = marks.parse(match[1])
            except ValueError:
                continue  # a number of the narrative that these marks do not explain
            line = text[bisect_right(starts, match.start()) - 1]
            yield Statement(
                row=(named or whole)[-1],
                value=value,
                unit=words.money_unit(" ".join(match[2].split())) or "",
                cell=line._replace(text=" ".join(match[0].split())),
                sure=settled or not is_marked(match[1]) or marks_shown(match[1]) is not None,
            )


def in_million(
    document: Document, money: Half, statements: list[Statement]
) -> tuple[Half, list[Finding]]:
    """The money in million VND: by the units printed, else by the one that the text's sums give."""
    notes: list[Finding] = []
    inferred = ""
    if not all(number.unit for number in money.numbers):
        inferred, note = _infer_unit(document, money, statements)
        notes.append(note)
    numbers = [
        number._replace(value=words.in_million_vnd(number.value, number.unit or inferred))
        for number in money.numbers
    ]
    return money._replace(numbers=numbers), notes


def _infer_unit(
    document: Document, money: Half, statements: list[Statement]
) -> tuple[str, Finding]:
    pairs = [
        (statement, number)
        for statement in statements
        for number in money.numbers
        if number.row is statement.row
        and number.year is None
        and min(number.value, statement.value) > 0
    ]
    if not pairs:
        expected = Text(
            "đơn vị tiền ở đầu bảng, như “Đơn vị tính: triệu đồng”, hoặc tổng số trong phần lời",
            "a unit of money above the table, such as “Đơn vị tính: triệu đồng”, or its total in "
            "the text",
        )
        raise DataError([document.trouble(money.table.head, expected, Text("không có", "none"))])
    scale = {unit: log(times / over) for unit, (times, over) in words.MONEY.items()}
    # Units lie a thousandfold apart, so the sums' ratios tell them apart even where a figure is
    # misprinted; the median does not follow a single misprint.
    ratio = median(log(s.value / n.value) + scale[s.unit] for s, n in pairs)
    unit = min(scale, key=lambda name: abs(ratio - scale[name]))
    statement, number = pairs[0]
    return unit, Finding(
        rule="unit-inferred",
        severity="note" if statement.sure else "warning",
        table="budget",
        line=statement.row.key,
        year=None,
        expected=words.in_million_vnd(statement.value, statement.unit),
        found=words.in_million_vnd(number.value, unit),
        place=document.where(statement.cell),
        message=Text(
            f"Bảng kinh phí không ghi đơn vị tính; suy ra “{unit}” vì phần lời ghi "
            f"{statement.cell.text}, bảng ghi {number.cell.text}"
            + ("" if statement.sure else "; giả định dấu viết theo cách Việt Nam, cần xem lại"),
            f"The table of money prints no unit; {words.MONEY_EN[unit]} follows, since the text "
            f"says “{statement.cell.text}” and the table “{number.cell.text}”"
            + ("" if statement.sure else "; its marks are taken to be Vietnamese: look again"),
        ),
    )
