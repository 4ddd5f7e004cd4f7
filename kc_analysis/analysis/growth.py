"""How the budget grows, in the prices of the day and in those of one year."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from kc_analysis.analysis.amounts import AMOUNT, amounts, ratio
from kc_analysis.model import PRINTED, DataError, Plan, Text, Trouble, tabulate


def growth(plan: Plan, by: Sequence[str] = ()) -> pd.DataFrame:
    """Change, growth, index and compound annual rate of the budget.

    Growth in real terms is the growth of a plan at constant prices:
    ``growth(at_constant_prices(plan, cpi, 2021))``.

    Parameters
    ----------
    plan : Plan
    by : sequence of {"source", "line", "activity"}

    Returns
    -------
    DataFrame
        ``by``, year, amount_million_vnd; change_million_vnd and growth_pct on the year before;
        index (the cycle's first year = 100); compound_pct, the yearly rate that leads from the
        first year to this one, (amount / first) ** (1 / years passed) - 1.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.growth(kc.load_plan("2021-2025"))["growth_pct"].round(2).tolist()
    [nan, 11.86, 11.52, 7.61, 10.0]
    """
    frame = amounts(plan, by)
    wide = frame[AMOUNT].to_numpy().reshape(-1, len(plan.years))
    first = np.broadcast_to(wide[:, :1], wide.shape)
    before = np.full_like(wide, np.nan)
    before[:, 1:] = wide[:, :-1]
    compound = np.full_like(wide, np.nan)
    compound[:, 1:] = ratio(wide, first)[:, 1:] ** (1 / np.arange(1, len(plan.years))) - 1
    return frame.assign(
        change_million_vnd=(wide - before).ravel(),
        growth_pct=(100 * (ratio(wide, before) - 1)).ravel(),
        index=(100 * ratio(wide, first)).ravel(),
        compound_pct=(100 * compound).ravel(),
    )


def at_constant_prices(plan: Plan, cpi: pd.DataFrame, base_year: int) -> Plan:
    """The plan with each year's amounts in the prices of one year.

    Parameters
    ----------
    plan : Plan
    cpi : DataFrame
        year, cpi_annual_average_change_pct: the average price level against the year before.
    base_year : int
        The year whose prices count.

    Returns
    -------
    Plan
        Quantities unchanged; no printed totals, since no document prints these amounts.

    Raises
    ------
    DataError
        If the index lacks a year between the base year and any year of the budget.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> real = kc.at_constant_prices(plan, kc.load_cpi(), 2021)
    >>> round(real.budget.query("year == 2022")["amount_million_vnd"].sum(), 1)  # 3300 / 1.0315
    np.float64(3199.2)
    """
    years = range(min(base_year, *plan.years), max(base_year, *plan.years) + 1)
    change = cpi.set_index("year")["cpi_annual_average_change_pct"]
    # The first year's own change does not count: the level is relative.
    if missing := [str(year) for year in years[1:] if year not in change.index]:
        expected = Text(
            f"mọi năm từ {years[1]} đến {years[-1]}", f"every year from {years[1]} to {years[-1]}"
        )
        found = Text(f"thiếu {', '.join(missing)}", f"{', '.join(missing)} missing")
        place = Text("chỉ số giá tiêu dùng", "the consumer price index")
        raise DataError([Trouble(place, expected, found)])
    factors = 1 + change.reindex(years) / 100
    factors.iloc[0] = 1.0
    level = factors.cumprod()
    deflator = plan.budget["year"].map(level / level[base_year])
    budget = plan.budget.assign(**{AMOUNT: plan.budget[AMOUNT] / deflator})
    return replace(plan, budget=budget, printed=tabulate(PRINTED, []))


def recent_inflation(cpi: pd.DataFrame) -> float:
    """The mean yearly rise of prices in the index's last five years, in per cent, to a decimal.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> recent_inflation(kc.load_cpi())  # 1.84, 3.15, 3.25, 3.63, 3.31
    3.0
    """
    return round(float(cpi["cpi_annual_average_change_pct"].tail(5).mean()), 1)


def extend_cpi(cpi: pd.DataFrame, until: int, change_pct: float | None = None) -> pd.DataFrame:
    """The price index carried on by an assumption, which its last columns say of each year.

    Parameters
    ----------
    cpi : DataFrame
        As ``load_cpi`` gives it.
    until : int
        The last year.
    change_pct : float, optional
        Of every year that the index does not know yet; else as ``recent_inflation``.

    Returns
    -------
    DataFrame

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.extend_cpi(kc.load_cpi(), 2030, 3.3)["year"].tolist()[-3:]
    [2028, 2029, 2030]
    """
    years = range(int(cpi["year"].max()) + 1, until + 1)
    assumed = pd.DataFrame(
        {
            "year": np.array(years, dtype=np.int64),
            "cpi_annual_average_change_pct": recent_inflation(cpi)
            if change_pct is None
            else change_pct,
            "source": "–",
            "confidence_vi": "giả định",
            "confidence_en": "assumed",
        }
    )
    return pd.concat([cpi, assumed.astype(cpi.dtypes)], ignore_index=True)
