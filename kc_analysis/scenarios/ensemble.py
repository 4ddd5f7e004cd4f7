"""How sure a plan's amounts are: many draws of a scenario's ranges, and what they come to."""

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, YEAR, DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.scenarios.draws import Draws
from kc_analysis.scenarios.figures import Figures
from kc_analysis.scenarios.histogram import Histograms
from kc_analysis.scenarios.scenario import Scenario

QUANTILES = (0.1, 0.5, 0.9)
Key = tuple[str | None, int | None]  # source, or all; year, or the whole cycle
ENSEMBLE: dict[str, Any] = {
    "source": TEXT,
    "year": YEAR,
    **dict.fromkeys(
        (
            "p10_million_vnd", "p50_million_vnd", "p90_million_vnd", "mean_million_vnd",
            "middle_million_vnd", "ceiling_million_vnd", "chance_over_pct", "error_million_vnd",
        ),
        np.float64,
    ),
}  # fmt: skip


def ensemble(plan: Plan, scenario: Scenario, draws: int = 100_000, seed: int = 1) -> pd.DataFrame:
    """What the amounts come to when a scenario's ranges are drawn many times.

    Each draw is carried out as ``apply_scenario`` does, in whole units. Memory does not grow with
    the draws: quantiles are read from histograms.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario
        At least one of its numbers is a range.
    draws : int
    seed : int
        The same seed gives the same result to the bit.

    Returns
    -------
    DataFrame
        A row for each source (missing: all) and year (missing: the whole cycle):
        p10_million_vnd, p50_million_vnd, p90_million_vnd, mean_million_vnd; middle_million_vnd,
        what the plan of ``apply_scenario`` comes to, with each number at its middle;
        ceiling_million_vnd, the scenario's or its base's, or the plan's own amount where there is
        none; chance_over_pct of passing it; error_million_vnd, the most by which a quantile can be
        off because of the histogram.

    Raises
    ------
    DataError
        If the scenario does not fit the plan or has no range, if there is no draw, or if a draw
        leads to less than nothing.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> sure = kc.ensemble(plan, kc.load_scenario("uncertain-costs"))
    >>> total = sure[sure["source"].isna() & sure["year"].isna()].iloc[0]
    >>> bool(total["p10_million_vnd"] < total["mean_million_vnd"] < total["p90_million_vnd"])
    True
    """
    if draws < 1:
        where = Text("số lần rút thăm", "draws")
        raise DataError([Trouble(where, Text("ít nhất 1", "at least 1"), same(str(draws)))])
    drawn = Draws(plan, scenario)
    keys = _keys(plan)
    ceilings = _ceilings(plan, scenario, keys)
    limits = ceilings[:, None] * (1 + 1e-9)
    totals, over = np.zeros(len(keys)), np.zeros(len(keys), np.int64)
    histograms = Histograms(len(keys))
    for places in drawn.blocks(draws, seed):
        amounts = _told(drawn.engine.run(drawn.values(places)), keys, places.shape[1])
        totals += amounts.sum(axis=1)
        over += np.count_nonzero(amounts > limits, axis=1)
        histograms.add(amounts)
    means = np.clip(totals / draws, histograms.low, histograms.high)
    middle = _told(drawn.middle, keys, 1)[:, 0]
    figures = [*histograms.quantiles(QUANTILES).T, means, middle, ceilings, 100 * over / draws,
               histograms.error]  # fmt: skip
    rows = zip(*(column.tolist() for column in figures), strict=True)
    return tabulate(ENSEMBLE, [(*key, *row) for key, row in zip(keys, rows, strict=True)])


def _keys(plan: Plan) -> list[Key]:
    """What is told, as it is read: all sources first."""
    years = (*plan.years, None)
    return [(source, year) for source in (None, *plan.sources["source"]) for year in years]


def _told(figures: Figures, keys: list[Key], draws: int) -> np.ndarray:
    """The amounts of each key, keys × draws."""
    place = {key: row for row, key in enumerate(keys)}
    told = np.zeros((len(keys), draws))
    for row in np.flatnonzero(~np.isnan(figures.amount[:, 0])).tolist():
        told[place[figures.source[row], figures.at[row][1]]] += figures.amount[row]
    by_source = told.reshape(len({source for source, _ in keys}), -1, draws)
    np.sum(by_source[1:, :-1], axis=0, out=by_source[0, :-1])
    np.sum(by_source[:, :-1], axis=1, out=by_source[:, -1])
    return told


def _ceilings(plan: Plan, scenario: Scenario, keys: list[Key]) -> np.ndarray:
    own: dict[Key, float] = defaultdict(float)
    columns = (plan.budget[name] for name in ("source", "year", "amount_million_vnd"))
    for source, year, amount in zip(*columns, strict=True):
        for key in ((source, year), (source, None), (None, year), (None, None)):
            own[key] += amount
    if declaring := scenario.declaring:
        own.update({(c.source, c.year): c.amount_million_vnd for c in declaring.ceilings})
    return np.array([own[key] for key in keys])
