"""A plan's figures by where they stand; a slider waits for them, so they are read in one pass."""

from typing import Literal

from kc_analysis.model import Plan
from kc_analysis.numerals import format_number

Table = Literal["budget", "quantities"]
#: The column of each appendix that holds its figures.
FIGURES: dict[Table, str] = {"budget": "amount_million_vnd", "quantities": "quantity"}


def cells(plan: Plan, table: Table) -> dict[tuple[str, int], float]:
    """The figures of an appendix, by line and year.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> cells(kc.load_plan("2021-2025"), "quantities")["II.2", 2025]
    4.0
    """
    return _by(plan, "line", table)


def by_source(plan: Plan) -> dict[tuple[str, int], float]:
    """What each source gives in each year, in million VND; nothing is 0.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> by_source(kc.load_plan("2021-2025"))["local", 2023]
    880.0
    """
    all_places = ((source, year) for source in plan.sources["source"] for year in plan.years)
    return dict.fromkeys(all_places, 0.0) | _by(plan, "source", "budget")


def unit_costs(plan: Plan, line: str) -> dict[int, float]:
    """What a unit of a line costs, in the years in which the plan tells.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> unit_costs(kc.load_plan("2021-2025"), "II.3")
    {2023: 1100.0}
    """
    amounts, quantities = cells(plan, "budget"), cells(plan, "quantities")
    return {
        year: amounts[name, year] / quantity
        for (name, year), quantity in quantities.items()
        if name == line and quantity and (name, year) in amounts
    }


def written(value: float, lang: str, *, sign: bool = False) -> str:
    """A figure with as many decimals as a plan can use: one.

    Examples
    --------
    >>> written(1056.53, "vi"), written(1056.001, "vi")
    ('1.056,5', '1.056')
    """
    whole = abs(value - round(value)) < 0.05
    return format_number(value, lang, 0 if whole else 1, sign=sign)


def _by(plan: Plan, key: str, table: Table) -> dict[tuple[str, int], float]:
    frame = plan.budget if table == "budget" else plan.quantities
    columns = (frame[name].tolist() for name in (key, "year", FIGURES[table]))
    sums: dict[tuple[str, int], float] = {}
    for name, year, figure in zip(*columns, strict=True):
        sums[name, year] = sums.get((name, year), 0.0) + figure
    return sums
