"""What a line carries on into the next cycle: its years, its part of the money, its unit cost."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.assumptions import Assumptions
from kc_analysis.scenarios.placing import Demand
from kc_analysis.scenarios.steps import begin


class Prices(NamedTuple):
    """The level of prices by year, relative to the plan's last, and what is told of its rise."""

    level: dict[int, float]
    rise: Text


class Carried(NamedTuple):
    """A line of the draft.

    Attributes
    ----------
    demand : Demand
        Counted in the steps in which the plan counts: units, parts of units, or millions where
        the plan has money without a quantity.
    step : float
        How many units, or million VND, a step is.
    costs, before_norm : dict of int to float
        Million VND a unit by year, with and without the norm; empty where there is no quantity.
    norm : float, optional
        The most that a unit may cost.
    priced : dict of int to Text
        Where a cost comes from.
    """

    demand: Demand
    step: float
    costs: dict[int, float]
    before_norm: dict[int, float]
    norm: float | None
    priced: dict[int, Text]


def prices(plan: Plan, years: list[int], inflation_pct: float, cpi: pd.DataFrame | None) -> Prices:
    """Prices by the index where it is known, and by the assumed inflation where it is not."""
    index = {} if cpi is None else _column(cpi, "cpi_annual_average_change_pct")
    last, level = plan.years[-1], 1.0
    levels = {plan.years[0]: level}
    for year in range(plan.years[0] + 1, years[-1] + 1):
        level *= 1 + index.get(year, inflation_pct) / 100
        levels[year] = level
    rise = [f"{write_number(inflation_pct, lang)}%" for lang in ("vi", "en")]
    told = Text(f"tăng {rise[0]}/năm", f"grown by {rise[1]} a year")
    if known := [year for year in index if last < year <= years[-1]]:
        told = Text(
            f"tăng theo chỉ số giá đến {max(known)}, sau đó {rise[0]}/năm",
            f"grown with the price index to {max(known)}, then by {rise[1]} a year",
        )
    return Prices({year: one / levels[last] for year, one in levels.items()}, told)


def norm_in_force(norms: pd.DataFrame | None, activity: str, source: str) -> float | None:
    """The most that a unit of an activity may cost today."""
    if norms is None:
        return None
    own = norms[(norms["activity"] == activity) & norms["source"].isin([source, "both"])]
    most = own.loc[own["in_force_to"].isna(), "amount_max_million_vnd"].min()
    return None if pd.isna(most) else float(most)


def carry(
    plan: Plan,
    years: list[int],
    assumptions: Assumptions,
    costs: Prices,
    norms: pd.DataFrame | None,
    unfinished: Mapping[str, float],
) -> dict[str, list[Carried]]:
    """The lines that go on, by source, in the plan's order."""
    steps = begin(plan)
    carried: dict[str, list[Carried]] = {source: [] for source in plan.sources["source"]}
    for line, source in steps.sources.items():
        cells = {
            year: cell for (one, year), cell in steps.cells.items() if one == line and cell.amount
        }
        if not cells or line in assumptions.ended:
            continue
        amounts = {year: float(cell.amount) / costs.level[year] for year, cell in cells.items()}  # type: ignore[arg-type]
        bought = {
            year: cell.quantity
            for year, cell in cells.items()
            if isinstance(cell.quantity, float) and cell.quantity
        }
        step = _step([*bought.values()] or [float(cell.amount) for cell in cells.values()])  # type: ignore[arg-type]
        flat = None
        if len(plan.years) > 1 and len(set(bought.values())) == 1 and line not in assumptions.grow:
            flat = round(next(iter(bought.values())) / step)
        mean = sum(amounts[year] for year in bought) / sum(bought.values()) if bought else 1.0
        norm = norm_in_force(norms, steps.activities[line], source)
        before = {year: _rounded(mean * costs.level[year]) for year in years if bought}
        allowed = norm if assumptions.within_norms and norm else float("inf")
        paid = {year: min(cost, allowed) for year, cost in before.items()}
        demand = Demand(
            line,
            sum(amounts.values()) / len(amounts),
            {year: step * paid.get(year, 1.0) for year in years},
            tuple(_calendar([*cells], [*plan.years], years)),
            flat,
            round(unfinished.get(line, 0.0) / step),
        )
        told = {year: _told(plan, mean, before[year], paid[year], costs.rise) for year in paid}
        carried[source].append(Carried(demand, step, paid, before, norm, told))
    return carried


def _told(plan: Plan, mean: float, before: float, paid: float, rise: Text) -> Text:
    vi, en = (
        [write_number(round(one, 1), lang) for one in (mean, before, paid)] for lang in ("vi", "en")
    )
    last = plan.years[-1]
    text = Text(
        f"đơn giá bình quân {plan.cycle} {vi[0]} (giá {last}) {rise.vi} được {vi[1]}",
        f"mean unit cost of {plan.cycle} {en[0]} (prices of {last}) {rise.en} comes to {en[1]}",
    )
    if paid == before:
        return text
    return Text(f"{text.vi}, theo định mức {vi[2]}", f"{text.en}, {en[2]} by the norm")


def _calendar(planned: list[int], old: list[int], new: list[int]) -> list[int]:
    """In which new years a line is planned."""
    for parity in (0, 1):
        alternate = [year for year in old if year % 2 == parity]
        if planned == alternate and len(planned) < len(old):
            return [year for year in new if year % 2 == parity]
    places = [old[round(i * (len(old) - 1) / max(1, len(new) - 1))] for i in range(len(new))]
    return [year for year, place in zip(new, places, strict=True) if place in planned]


def _step(figures: list[float]) -> float:
    """The greatest power of ten, 1 at most, of which all figures are multiples."""
    decimals = (d for d in range(3) if all(round(one, d) == round(one, 3) for one in figures))
    return float(f"1e-{next(decimals, 3)}")


def _rounded(cost: float) -> float:
    """To whole millions, where that moves the cost by no more than a fortieth."""
    return float(round(cost)) if cost >= 20 else float(f"{cost:.3g}")


def _column(frame: pd.DataFrame, name: str) -> dict[int, float]:
    return dict(zip(frame["year"].tolist(), frame[name].tolist(), strict=True))
