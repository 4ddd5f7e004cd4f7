"""Figures that no total speaks against, and that can hardly be meant."""

from collections.abc import Iterator
from statistics import median

from kc_analysis.checks.figures import Figures
from kc_analysis.model import Finding, Text

#: How many times a unit may cost what it costs in the line's other years.
FAR = 5


def odd(figures: Figures) -> Iterator[Finding]:
    """Figures below zero; parts of a unit among whole ones; unit costs far from the line's others.

    Parameters
    ----------
    figures : Figures

    Yields
    ------
    Finding
        An error for what is below zero, else a warning.
    """
    for table, lines in figures.parts.items():
        for line, years in lines.items():
            for year, value in years.items():
                if value < 0:
                    yield figures.finding(
                        "negative", "error", (table, line, year), 0, value, _BELOW
                    )
    for line, years in figures.parts["quantities"].items():
        parts = [year for year, value in years.items() if value % 1]
        if 0 < len(parts) < len(years) / 2:
            for year in parts:
                key = ("quantities", line, year)
                value = years[year]
                yield figures.finding("part-of-a-unit", "warning", key, round(value), value, _PART)
    for line, years in figures.parts["budget"].items():
        work = figures.parts["quantities"].get(line, {})
        costs = {year: value / work[year] for year, value in years.items() if work.get(year)}
        for year, cost in costs.items():
            others = [other for one, other in costs.items() if one != year]
            usual = median(others) if len(others) > 1 else 0
            if cost > 0 and usual > 0 and not 1 / FAR <= cost / usual <= FAR:
                key = ("budget", line, year)
                yield figures.finding("odd-unit-cost", "warning", key, usual, cost, _COST)


_BELOW = Text(
    "{table}, dòng {line} năm {year}: {found} nhỏ hơn 0",
    "{table}, line {line} in {year}: {found} is below 0",
)
_PART = Text(
    "{table}, dòng {line} năm {year}: {found} là số lẻ, các năm khác đều nguyên",
    "{table}, line {line} in {year}: {found} is a part of a unit, the other years are whole",
)
_COST = Text(
    "dòng {line} năm {year}: đơn giá {found} triệu đồng, các năm khác khoảng {expected}; "
    "kiểm tra kinh phí và khối lượng",
    "line {line} in {year}: a unit costs {found} million VND, about {expected} in other years; "
    "look at the amount and the quantity",
)
