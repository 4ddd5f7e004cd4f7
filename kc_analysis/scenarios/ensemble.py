"""How sure a plan's amounts are: many draws of a scenario's ranges, and what they come to."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from kc_analysis.model import TEXT, YEAR, DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.scenarios.formula import BLOCK, VALUES, Formula, formula_of
from kc_analysis.scenarios.scenario import Scenario
from kc_analysis.scenarios.sums import Sum

#: Classes of the histograms from which quantiles are read.
CLASSES = 2**12
QUANTILES = (0.1, 0.5, 0.9)
Key = tuple[str | None, int | None]  # source, or all; year, or the whole cycle
ENSEMBLE: dict[str, Any] = {
    "source": TEXT,
    "year": YEAR,
    **dict.fromkeys(
        (
            "p10_million_vnd", "p50_million_vnd", "p90_million_vnd", "mean_million_vnd",
            "ceiling_million_vnd", "chance_over_pct", "error_million_vnd",
        ),
        np.float64,
    ),
}  # fmt: skip


def ensemble(plan: Plan, scenario: Scenario, draws: int = 100_000, seed: int = 1) -> pd.DataFrame:
    """What the amounts come to when a scenario's ranges are drawn many times.

    Quantities are not rounded down; the amounts are of the money at hand. Memory does not grow
    with the draws: quantiles are read from histograms between exact bounds.

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
        p10_million_vnd, p50_million_vnd, p90_million_vnd, mean_million_vnd; ceiling_million_vnd,
        the scenario's or its base's, or the plan's own amount where there is none;
        chance_over_pct of passing it; error_million_vnd, the most by which a quantile can be off
        because of the histogram.

    Raises
    ------
    DataError
        If the scenario does not fit the plan or has no range, or if there is no draw.

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
    formula = formula_of(plan, scenario)
    keys = _told(plan)
    ceilings = _ceilings(plan, scenario, keys)
    low, high = _bounds(formula, plan)
    # What is said of a single number is not to hang on the last digit of a float.
    slack = 1e-5 * np.maximum(np.abs(low), np.abs(high)) + 1e-9
    floor, width = low - slack, (high - low + 2 * slack) / CLASSES
    counts = np.zeros((len(keys), CLASSES), np.int64)
    totals, over = np.zeros(len(keys)), np.zeros(len(keys), np.int64)
    limits = (ceilings * (1 + 1e-6)).astype(np.float32)
    floors, scale = floor[:, None].astype(np.float32), (1 / width)[:, None].astype(np.float32)
    classes = np.empty((len(keys), BLOCK), np.int32)
    for amounts in _draw(formula, plan, draws, seed):
        totals += amounts.sum(axis=1)
        over += [np.count_nonzero(row > limit) for row, limit in zip(amounts, limits, strict=True)]
        amounts -= floors
        amounts *= scale
        # New memory for each block would take as long as the rest.
        np.copyto(places := classes[:, : amounts.shape[1]], amounts, casting="unsafe")
        for row, place in zip(counts, places, strict=True):
            row += np.bincount(place, minlength=CLASSES)
    quantiles = np.clip(_quantiles(counts, floor, width), low[:, None], high[:, None])
    error = np.where(low == high, 0.0, width)
    figures = [*quantiles.T, totals / draws, ceilings, 100 * over / draws, error]
    told = zip(keys, zip(*(column.tolist() for column in figures), strict=True), strict=True)
    order = {key: place for place, key in enumerate(_in_order(plan))}
    rows = sorted(((*key, *row) for key, row in told), key=lambda row: order[row[:2]])
    return tabulate(ENSEMBLE, rows)


def _told(plan: Plan) -> list[Key]:
    """What is told, as it is worked out: the amounts, each source's cycle, all sources."""
    sources, years = plan.sources["source"].tolist(), list(plan.years)
    amounts: list[Key] = [(source, year) for source in sources for year in years]
    cycles: list[Key] = [(source, None) for source in sources]
    return [*amounts, *cycles, *((None, year) for year in years), (None, None)]


def _in_order(plan: Plan) -> list[Key]:
    """What is told, as it is read: all sources first."""
    years = (*plan.years, None)
    return [(source, year) for source in (None, *plan.sources["source"]) for year in years]


def _sum(told: np.ndarray, plan: Plan) -> None:
    """Add up the amounts, which come first of all that is told, in place."""
    sources, years = len(plan.sources), len(plan.years)
    amounts = told[: sources * years].reshape(sources, years, -1)
    cycles, rest = told[sources * years :][:sources], told[sources * (years + 1) :]
    np.sum(amounts, axis=1, out=cycles)
    np.sum(amounts, axis=0, out=rest[:-1])
    np.sum(cycles, axis=0, out=rest[-1])


def _ceilings(plan: Plan, scenario: Scenario, keys: list[Key]) -> np.ndarray:
    own: dict[Key, float] = defaultdict(float)
    columns = (plan.budget[name] for name in ("source", "year", "amount_million_vnd"))
    for source, year, amount in zip(*columns, strict=True):
        for key in ((source, year), (source, None), (None, year), (None, None)):
            own[key] += amount
    if declaring := scenario.declaring:
        own.update({(c.source, c.year): c.amount_million_vnd for c in declaring.ceilings})
    return np.array([own[key] for key in keys])


def _bounds(formula: Formula, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """What cannot be less or more, term by term."""
    ends = np.zeros((len(_told(plan)), 2))
    ends[: len(formula.amounts)] = [_ends(formula, one) for one in formula.amounts.values()]
    _sum(ends, plan)
    return ends[:, 0], ends[:, 1]


def _ends(formula: Formula, amount: Sum) -> tuple[float, float]:
    low = high = 0.0
    for product, coefficient in amount.terms.items():
        ends = [coefficient, coefficient]
        for factor in product:
            table = formula.tables[factor]
            corners = [end * value for end in ends for value in (table[0], table[-1])]
            ends = [min(corners), max(corners)]
        low, high = low + ends[0], high + ends[1]
    return low, high


def _draw(formula: Formula, plan: Plan, draws: int, seed: int) -> Iterator[np.ndarray]:
    """What is told, as rows × draws, a block at a time; each block in the same memory."""
    bits = np.random.SFC64(seed)
    tables = formula.tables
    groups = _correlated(formula)
    columns = len(formula.inputs) + len(groups)
    factors = np.empty((len(tables), BLOCK), np.float32)
    told = np.empty((len(_told(plan)), BLOCK), np.float32)
    for start in range(0, draws, BLOCK):
        # Sixteen random bits are the place of a value in its table.
        places = bits.random_raw(columns * BLOCK // 4).view(np.uint16).reshape(columns, BLOCK)
        _correlate(places, groups)
        for row, (factor, table) in zip(factors, tables.items(), strict=True):
            np.take(table, places[factor.number], out=row, mode="clip")
        formula.add_up(factors, told[: len(formula.amounts)])
        _sum(told, plan)
        yield told[:, : draws - start]


def _correlated(formula: Formula) -> list[tuple[float, list[int]]]:
    """The groups of inputs that go together, and how closely."""
    numbers = [i for i, one in enumerate(formula.inputs) if one.correlation]
    numbers.sort(key=lambda i: str(formula.inputs[i].together))
    grouped = groupby(numbers, key=lambda i: formula.inputs[i].together)
    return [
        (formula.inputs[members[0]].correlation, members)
        for members in (list(group) for _, group in grouped)
    ]


def _correlate(places: np.ndarray, groups: list[tuple[float, list[int]]]) -> None:
    """Make the draws of a group go together: a Gaussian copula with one common factor."""
    for common, (correlation, members) in zip(places[::-1], groups, strict=False):
        shared = np.float32(np.sqrt(correlation)) * _NORMAL[common]
        for number in members:
            own = np.float32(np.sqrt(1 - correlation)) * _NORMAL[places[number]]
            places[number] = _SHARE[((shared + own + 8) * (VALUES / 16)).astype(np.uint16)]


#: Normal values by their place, and places by normal values from -8 to 8.
_NORMAL = ndtri((np.arange(VALUES) + 0.5) / VALUES).astype(np.float32)
_SHARE = (
    (ndtr((np.arange(VALUES) + 0.5) * 16 / VALUES - 8) * (VALUES - 1)).round().astype(np.uint16)
)


def _quantiles(counts: np.ndarray, floor: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Read from the histograms, evenly within a class; outputs × quantiles."""
    below = counts.cumsum(axis=1)
    found = np.empty((len(counts), len(QUANTILES)))
    for i, (row, count) in enumerate(zip(below, counts, strict=True)):
        for j, share in enumerate(QUANTILES):
            wanted = share * row[-1]
            at = int(np.searchsorted(row, wanted))
            found[i, j] = at + 1 - (row[at] - wanted) / count[at]
    return floor[:, None] + width[:, None] * found
