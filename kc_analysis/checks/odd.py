"""Figures that no total speaks against, and that can hardly be meant."""

import re
from collections.abc import Iterator
from statistics import median

from kc_analysis.checks.figures import Figures, Years
from kc_analysis.model import Finding, Text
from kc_analysis.reading.vocabulary import find

#: How many times a unit may cost what it costs in the line's other years.
FAR = 5
SEVERAL = 2
#: Three digits after a mark, as after one of thousands.
_AS_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")


def odd(figures: Figures) -> Iterator[Finding]:
    """Figures below zero; parts of a unit; thousandths; unit costs far from the line's others.

    Parameters
    ----------
    figures : Figures

    Yields
    ------
    Finding
        An error for what is below zero, for parts of people, and for amounts that several
        thousandfolds would set right; else a warning.
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
        keys = [("quantities", line, year) for year in parts]
        kind = find("count", figures.units[line][0])
        # Thousands that were read as decimals leave no year whole.
        as_thousands = all(_AS_THOUSANDS.fullmatch(figures.printed.get(key, "")) for key in keys)
        all_parts = bool(parts) and len(parts) == len(years) and (bool(kind) or as_thousands)
        if kind or all_parts or 0 < len(parts) < len(years) / 2:
            severity = "error" if kind == "people" or all_parts else "warning"
            for key, year in zip(keys, parts, strict=True):
                value = years[year]
                yield figures.finding("part-of-a-unit", severity, key, round(value), value, _PART)
    thousandths = dict(_thousandths(figures))
    # One such amount may be meant; several are the settings under which a workbook was opened.
    several = sum(thousandths.values()) >= SEVERAL or len(thousandths) > SEVERAL
    severity = "error" if several else "warning"
    for key in thousandths:
        value = figures.parts["budget"][key[1]][key[2]]
        yield figures.finding("thousandth", severity, key, 1000 * value, value, _THOUSANDTH)
    for key, usual, cost in _unit_costs(figures):
        if key not in thousandths and not _near(cost / usual):
            yield figures.finding("odd-unit-cost", "warning", key, usual, cost, _COST)


_Key = tuple[str, str, int | None]


def _costs(figures: Figures, line: str) -> Years:
    """What a unit of a line costs, by year."""
    work = figures.parts["quantities"].get(line, {})
    amounts = figures.parts["budget"][line].items()
    return {year: value / work[year] for year, value in amounts if work.get(year)}


def _unit_costs(figures: Figures) -> Iterator[tuple[_Key, float, float]]:
    """What a unit usually costs in a line's other years, and what it costs in a year."""
    for line in figures.parts["budget"]:
        costs = _costs(figures, line)
        for year, cost in costs.items():
            others = [other for one, other in costs.items() if one != year]
            usual = median(others) if len(others) > 1 else 0
            if cost > 0 and usual > 0:
                yield ("budget", line, year), usual, cost


def _thousandths(figures: Figures) -> Iterator[tuple[_Key, bool]]:
    """Amounts whose thousandfold would be one among the whole amounts.

    Also whether a unit would then cost what it does in another year of the line.
    """
    budget = figures.parts["budget"]
    amounts = [value for years in budget.values() for value in years.values() if value > 0]
    whole = [value for value in amounts if not value % 1]
    if not whole:
        return
    least, most, largest = min(whole), max(whole), max(amounts)
    for line, years in budget.items():
        costs = _costs(figures, line)
        for year, value in years.items():
            key = ("budget", line, year)
            # "1.056" has become 1.056, never less than 1 nor written with a comma.
            if not (value > 1 and value % 1) or "," in figures.printed.get(key, ""):
                continue
            cost = 1000 * costs.get(year, 0)
            as_others = any(_near(cost / other) for other in costs.values() if other)
            # Where totals follow, none of a thousand and more is left.
            if value < least <= 1000 * value <= most or (as_others and largest < 1000):
                yield key, as_others


def _near(times: float) -> bool:
    return 1 / FAR <= times <= FAR


_BELOW = Text(
    "{table}, dòng {line} năm {year}: {found} nhỏ hơn 0",
    "{table}, line {line} in {year}: {found} is below 0",
)
_PART = Text(
    "{table}, dòng {line} năm {year}: {found} là số lẻ",
    "{table}, line {line} in {year}: {found} is no whole number of units",
)
_THOUSANDTH = Text(
    "dòng {line} năm {year}: {found} triệu đồng khó là số đúng; nếu đúng ra là {expected} thì bảng "
    "tính đã được mở với dấu thập phân kiểu Anh",
    "line {line} in {year}: {found} million VND is hardly meant; if {expected} is, the workbook "
    "was opened under English settings",
)
_COST = Text(
    "dòng {line} năm {year}: đơn giá {found} triệu đồng, các năm khác khoảng {expected}; "
    "kiểm tra kinh phí và khối lượng",
    "line {line} in {year}: a unit costs {found} million VND, about {expected} in other years; "
    "look at the amount and the quantity",
)
