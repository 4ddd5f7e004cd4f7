"""The sums that a decision's text states, and the unit of money that they give its table."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from math import log
from statistics import median
from typing import NamedTuple

from kc_analysis.model import DataError, Finding, Text
from kc_analysis.numerals import Marks, is_marked, marks_shown
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.money import MONEY, MONEY_EN, in_million_vnd
from kc_analysis.reading.plan.choice import Half
from kc_analysis.reading.plan.cut import Funds, Number
from kc_analysis.reading.table.parts import finding
from kc_analysis.reading.titles import core
from kc_analysis.reading.vocabulary import money_unit

_MONEY = re.compile(r"(?<![\d.,])(\d(?:[\d.,]*\d)?)\s+((?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng)")
_ONE_YEAR = re.compile(r"năm\s+20\d\d(?!\s*[-–])", re.IGNORECASE)
# A line that goes on from the one before begins no clause.
_CLAUSE_LENGTH = 500
_CLAUSE = re.compile(r"[.;:]|\n(?=[A-ZĐÀ-Ỹ\d])")


class Statement(NamedTuple):
    """A sum of money that the text states for a fund ("section") or for the whole ("grand")."""

    level: str
    key: str
    source: str
    value: float
    unit: str
    cell: Cell
    sure: bool


def statements(
    text: list[Cell], money: Half, funds: Funds, marks: Marks, *, settled: bool
) -> Iterator[Statement]:
    """The sums that the text states for a fund or for the whole cycle.

    Where the tables have not ``settled`` what the marks mean, a sum such as "18,246" may be unsure.
    """
    prose = "\n".join(line.text for line in text)
    sections = {core(fund.title.text): source for source, fund in funds.by_source.items()}
    grand = [number for number in money.numbers if number.level == "grand"]
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    for match in _MONEY.finditer(prose):
        before = prose[max(0, match.start() - _CLAUSE_LENGTH) : match.start()]
        # Back to where the clause begins; a line that goes on from the one before is no beginning.
        label = " ".join(_CLAUSE.split(before.rstrip(" :\n"))[-1].split()).casefold()
        named = [sections[name] for name in sorted(sections, key=len) if name in label]
        whole = bool(grand) and "tổng" in label
        if not (named or whole) or _ONE_YEAR.search(label):
            continue
        try:
            value = marks.parse(match[1])
        except ValueError:
            continue  # a number of the narrative that these marks do not explain
        line = text[bisect_right(starts, match.start()) - 1]
        source = named[-1] if named else ""
        yield Statement(
            "section" if source else "grand",
            funds.by_source[source].number if source else grand[-1].key,
            source,
            value,
            money_unit(" ".join(match[2].split())),
            line._replace(text=" ".join(match[0].split())),
            settled or not is_marked(match[1]) or marks_shown(match[1]) is not None,
        )


def infer_unit(money: Half, stated: list[Statement]) -> tuple[str, Finding]:
    """The unit of money that the text's sums give a table that prints none, and how.

    Raises
    ------
    DataError
        If the text states no sum that the table holds too.
    """
    pairs = [
        (statement, number)
        for statement in stated
        for number in money.numbers
        if (number.level, number.key) == (statement.level, statement.key)
        and number.year is None
        and min(number.value, statement.value) > 0
    ]
    if not pairs:
        expected = Text(
            "đơn vị tiền ở đầu bảng, như “Đơn vị tính: triệu đồng”, hoặc tổng số trong phần lời",
            "a unit of money above the table, such as “Đơn vị tính: triệu đồng”, or its total in "
            "the text",
        )
        head = money.parts[0].settled.table.head
        raise DataError([head.trouble("no-unit", expected, Text("không có", "none"))])
    scale = {unit: log(times / over) for unit, (times, over) in MONEY.items()}
    # Units lie a thousandfold apart, so the sums' ratios tell them apart even where a figure is
    # misprinted; the median does not follow a single misprint.
    ratio = median(log(s.value / n.value) + scale[s.unit] for s, n in pairs)
    unit = min(scale, key=lambda name: abs(ratio - scale[name]))
    statement, number = pairs[0]
    message = Text(
        f"Bảng kinh phí không ghi đơn vị tính; suy ra “{unit}” vì phần lời ghi "
        f"{statement.cell.text}, bảng ghi {number.cell.text}"
        + ("" if statement.sure else "; giả định dấu viết theo cách Việt Nam, cần xem lại"),
        f"The table of money prints no unit; {MONEY_EN[unit]} follows, since the text "
        f"says “{statement.cell.text}” and the table “{number.cell.text}”"
        + ("" if statement.sure else "; its marks are taken to be Vietnamese: look again"),
    )
    return unit, finding(
        "unit-inferred",
        "note" if statement.sure else "warning",
        statement.cell,
        message,
        "budget",
        statement.key,
        None,
        in_million_vnd(statement.value, statement.unit),
        in_million_vnd(number.value, unit),
    )


def in_one_unit(money: Half, inferred: str) -> list[Number]:
    """Amounts in million VND: by the units printed, those of the table before, or the inferred."""
    amounts = []
    unit = inferred
    for part in money.parts:
        unit = part.settled.table.said.money or unit
        amounts += [n._replace(value=in_million_vnd(n.value, n.unit or unit)) for n in part.numbers]
    return amounts
