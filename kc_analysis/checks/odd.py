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
        An error for what is below zero, and for an amount that a thousandfold would set right;
        else a warning.
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
    thousandths = list(_thousandths(figures))
    # One such amount may be meant; several are a workbook's settings.
    severity = "error" if len(thousandths) > 1 else "warning"
    for key, value in thousandths:
        yield figures.finding("thousandth", severity, key, 1000 * value, value, _THOUSANDTH)
    told = {key for key, _ in thousandths}
    for key, usual, cost in _unit_costs(figures):
        if key not in told and not _near(cost / usual):
            yield figures.finding("odd-unit-cost", "warning", key, usual, cost, _COST)


_Key = tuple[str, str, int | None]


def _unit_costs(figures: Figures) -> Iterator[tuple[_Key, float, float]]:
    """What a unit usually costs in a line's other years, and what it costs in a year."""
    for line, years in figures.parts["budget"].items():
        work = figures.parts["quantities"].get(line, {})
        costs = {year: value / work[year] for year, value in years.items() if work.get(year)}
        for year, cost in costs.items():
            others = [other for one, other in costs.items() if one != year]
            usual = median(others) if len(others) > 1 else 0
            if cost > 0 and usual > 0:
                yield ("budget", line, year), usual, cost


def _thousandths(figures: Figures) -> Iterator[tuple[_Key, float]]:
    """Amounts below all whole ones, whose thousandfold is one that a unit usually costs."""
    budget = figures.parts["budget"]
    amounts = [value for years in budget.values() for value in years.values() if value > 0]
    whole = [value for value in amounts if not value % 1]
    for key, usual, cost in _unit_costs(figures):
        value = budget[key[1]][key[2]]
        among = bool(whole) and value < min(whole) <= 1000 * value <= max(whole)
        if value % 1 and among and _near(1000 * cost / usual):
            yield key, value


def _near(times: float) -> bool:
    return 1 / FAR <= times <= FAR


_BELOW = Text(
    "{table}, dòng {line} năm {year}: {found} nhỏ hơn 0",
    "{table}, line {line} in {year}: {found} is below 0",
)
_PART = Text(
    "{table}, dòng {line} năm {year}: {found} là số lẻ, các năm khác đều nguyên",
    "{table}, line {line} in {year}: {found} is a part of a unit, the other years are whole",
)
_THOUSANDTH = Text(
    "dòng {line} năm {year}: {found} triệu đồng nhỏ hơn mọi số nguyên của bảng; nếu đúng ra là "
    "{expected} thì bảng tính đã được mở với dấu thập phân kiểu Anh",
    "line {line} in {year}: {found} million VND is less than any whole amount; if {expected} is "
    "meant, the workbook was opened under English settings",
)
_COST = Text(
    "dòng {line} năm {year}: đơn giá {found} triệu đồng, các năm khác khoảng {expected}; "
    "kiểm tra kinh phí và khối lượng",
    "line {line} in {year}: a unit costs {found} million VND, about {expected} in other years; "
    "look at the amount and the quantity",
)
