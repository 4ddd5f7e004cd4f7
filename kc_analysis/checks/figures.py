"""A plan's figures in plain dictionaries, as the checks go over them.

On tables of this size, grouping and joining frames would take ten times as long as reading the
document does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import isclose
from typing import Any

import pandas as pd

from kc_analysis.model import Finding, Plan, Text
from kc_analysis.numerals import write_number

TABLES = {
    "budget": Text("bảng kinh phí", "the table of money"),
    "quantities": Text("bảng khối lượng", "the table of quantities"),
}
#: Units of money in million VND, by a word of each; what has none of these is in đồng.
_UNITS: dict[str, float] = {"tỷ": 1000, "tỉ": 1000, "triệu": 1, "nghìn": 1e-3, "ngàn": 1e-3}

#: A row's figures: each year's, and under None the cycle's where a total is printed.
Years = dict[int | None, float]


class Figures:
    """A plan's figures, to be looked up by table, level, row and year."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.parts: dict[str, dict[str, Years]] = {
            "budget": defaultdict(dict),
            "quantities": defaultdict(dict),
        }
        for table, frame, value in (
            ("budget", plan.budget, "amount_million_vnd"),
            ("quantities", plan.quantities, "quantity"),
        ):
            for line, year, figure in rows(frame, "line", "year", value):
                self.parts[table][line][year] = figure
        self.totals: dict[tuple[str, str], dict[str, Years]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self.units = {
            line: (vi, en if isinstance(en, str) else vi)
            for line, vi, en in rows(plan.lines, "line", "unit", "unit_en")
        }
        #: Lines that are another measure of a line, by it; they have no money of their own.
        self.seconds = {
            line: parent
            for line, parent in rows(plan.lines, "line", "parent")
            if isinstance(parent, str)
        }
        self.labels = dict(rows(plan.lines, "line", "label_vi"))
        #: Sums in the text: level, row, amount, and by how much rounding may have changed it.
        self.stated: list[tuple[str, str, float, float]] = []
        origin = rows(plan.origin, "table", "printed")
        texts = (text for table, text in origin if table == "narrative")  # in the sums' order
        for table, level, line, year, figure in rows(
            plan.printed, "table", "level", "line", "year", "value"
        ):
            if table == "narrative":
                self.stated.append((level, line, figure, _rounding(next(texts, ""), figure)))
            else:
                self.totals[table, level][line][None if year is pd.NA else year] = figure

    @cached_property
    def printed(self) -> dict[tuple[str, str, int | None], str]:
        """Each number as it is printed."""
        columns = ("table", "line", "year", "printed")
        return {
            (table, line, None if year is pd.NA else year): text
            for table, line, year, text in rows(self.plan.origin, *columns)
        }

    @cached_property
    def places(self) -> dict[tuple[str, str, int | None], Text]:
        """Where each number stands."""
        columns = ("table", "line", "year", "file", "place_vi", "place_en")
        return {
            (table, line, None if year is pd.NA else year): Text(f"{file}, {vi}", f"{file}, {en}")
            for table, line, year, file, vi, en in rows(self.plan.origin, *columns)
        }

    def members(self, table: str, key: str) -> dict[str, Years]:
        """The lines that a row adds up: the line itself, a section's lines, or all."""
        grand = self.totals["budget", "grand"]
        below = [line for line in self.units if line == key or line.startswith(f"{key}.")]
        # A plan that prints no totals, as a scenario, has no number for the grand total: there it
        # is the one that no section has.
        every = key in grand or (not grand and "." not in key and not below)
        lines = self.units if every else below
        return {line: self.parts[table].get(line, {}) for line in lines}

    def finding(
        self,
        rule: str,
        severity: str,
        key: tuple[str, str, int | None],
        expected: float,
        found: float,
        message: Text,
    ) -> Finding:
        """A finding at the place of the number that it is about, its figures in its message."""
        place = self.places.get(key) or self.places.get((*key[:2], None)) or Text("", "")
        written = (
            message[lang].format(
                table=TABLES[key[0]][lang],
                line=key[1],
                year=key[2] or Text("cả giai đoạn", "the cycle")[lang],
                expected=write_number(expected, lang),
                found=write_number(found, lang),
            )
            for lang in ("vi", "en")
        )
        return Finding(rule, severity, *key, expected, found, place, Text(*written))


def rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns, as tuples."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def section(line: str) -> str:
    """The number of the section that a line stands in."""
    return line.rpartition(".")[0]


def add(parts: Iterable[Years], year: int | None) -> float:
    """What rows add up to in a year; for the cycle, from their totals where they print one."""
    if year is None:
        return sum((row[None] if None in row else sum(row.values()) for row in parts), 0.0)
    return sum((row.get(year, 0.0) for row in parts), 0.0)


def _rounding(text: str, stated: float) -> float:
    """Half of the last digit with which a text states an amount, in million VND."""
    unit = next((size for name, size in _UNITS.items() if name in text), 1e-6)
    amount = stated / unit
    half: dict[int, float] = {0: 0.5, 1: 0.05, 2: 0.005, 3: 0.0005}
    return unit * next((half[d] for d in half if isclose(round(amount, d), amount)), 0.0)
