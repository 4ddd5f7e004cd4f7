"""Which uncertain number moves the cycle's total most."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import qmc

from kc_analysis.model import TEXT, YEAR, Plan, tabulate
from kc_analysis.scenarios.draws import BLOCK, Draws, correlated, places_of
from kc_analysis.scenarios.scenario import Scenario

SENSITIVITY: dict[str, Any] = {
    "change": np.int64,
    **dict.fromkeys(("of", "by", "source", "line"), TEXT),
    "year": YEAR,
    **dict.fromkeys(
        ("low_million_vnd", "high_million_vnd", "main_pct", "total_pct"), np.float64
    ),
}  # fmt: skip
#: How many draws, a power of two, and how many of them tell the swings, which vary little.
DRAWS, FEW = 2**12, 2**10


def sensitivity(plan: Plan, scenario: Scenario) -> pd.DataFrame:
    """What each uncertain number of a scenario does to the cycle's total.

    Each draw is carried out as ``apply_scenario`` does, in whole units. Shares of the variance are
    those of I. M. Sobol' (Mathematical Modeling and Computational Experiment 1, 1993), estimated
    within about one per cent from low-discrepancy draws.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario

    Returns
    -------
    DataFrame
        A row for each number drawn, the largest swing first: change (counted from 1, a base's
        changes first), of, by; source, line and year, missing where one draw is for several;
        low_million_vnd and high_million_vnd, the totals to be expected with the number at its P10
        and at its P90, the lower first; main_pct, the share of the variance that goes if the number
        is known, and total_pct, the share that stays if all the others are. Numbers that are
        correlated go with the number: then main_pct may be above total_pct.

    Raises
    ------
    DataError
        If the scenario does not fit the plan or has no range.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> kc.sensitivity(plan, kc.load_scenario("uncertain-costs"))["of"].iloc[0]
    'unit_cost'
    """
    drawn = Draws(plan, scenario)
    count = len(drawn.inputs)
    points = qmc.Sobol(2 * count, rng=1).random(DRAWS).T
    one, fresh = ndtri(np.clip(points, 1e-9, 1 - 1e-9)).astype(np.float32).reshape(2, count, -1)
    two = fresh.copy()
    for members, correlation in drawn.groups:
        for normals in (one, two):
            normals[members] = correlated(normals[members], correlation)
    first, second = _totals(drawn, one), _totals(drawn, two)
    both = np.concatenate([first, second])
    mean, variance = both.mean(), both.var()
    scale = 100 / variance if variance > 0 else np.nan
    rows = []
    for number, given in enumerate(drawn.inputs):
        # The number of the first draws, all else of the second; and the other way round.
        same = _totals(drawn, _with(drawn, two, number, one[number]))
        other = _totals(drawn, _alone(drawn, one, number, fresh[number]))
        ends = [
            mean + (_totals(drawn, _with(drawn, one[:, :FEW], number, end)) - first[:FEW]).mean()
            for end in ndtri([0.1, 0.9])
        ]
        main = np.mean((first - mean) * (same - second))
        rest = np.mean((first - other) ** 2) / 2
        rows.append((*given[:6], *sorted(ends), scale * main, scale * rest))
    rows.sort(key=lambda row: row[6] - row[7])
    return tabulate(SENSITIVITY, rows)


def _totals(drawn: Draws, normals: np.ndarray) -> np.ndarray:
    """The cycle's total for the numbers' normal values, inputs × draws."""
    totals = np.empty(normals.shape[1])
    for start in range(0, totals.size, BLOCK):
        block = slice(start, start + BLOCK)
        figures = drawn.engine.run(drawn.values(places_of(normals[:, block])))
        totals[block] = np.nansum(figures.amount, axis=0)
    return totals


def _group(drawn: Draws, number: int) -> tuple[list[int], float]:
    """The other inputs that go with one, and how closely."""
    for members, correlation in drawn.groups:
        if number in members:
            return [one for one in members if one != number], correlation
    return [], 0.0


def _with(drawn: Draws, normals: np.ndarray, number: int, value: Any) -> np.ndarray:
    """The draws with another value of one number, and the others as then to be expected."""
    changed = normals.copy()
    others, correlation = _group(drawn, number)
    # Of normal values, what is left of one when another is taken out of it goes not with that.
    changed[others] += np.float32(correlation) * (value - normals[number])
    changed[number] = value
    return changed


def _alone(drawn: Draws, normals: np.ndarray, number: int, fresh: np.ndarray) -> np.ndarray:
    """The draws with one number drawn again, given all others."""
    changed = normals.copy()
    others, correlation = _group(drawn, number)
    weight = correlation / (1 + (len(others) - 1) * correlation)
    mean = weight * normals[others].sum(axis=0)
    changed[number] = mean + np.sqrt(1 - len(others) * correlation * weight) * fresh
    return changed
