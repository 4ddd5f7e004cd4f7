"""Which uncertain number moves the cycle's total most, worked out and not drawn."""

from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr

from kc_analysis.model import TEXT, YEAR, Plan, tabulate
from kc_analysis.scenarios.formula import Formula, formula_of
from kc_analysis.scenarios.ranges import Range
from kc_analysis.scenarios.scenario import Scenario
from kc_analysis.scenarios.sums import Product, Sum

SENSITIVITY: dict[str, Any] = {
    "change": np.int64,
    **dict.fromkeys(("of", "by", "source", "line"), TEXT),
    "year": YEAR,
    **dict.fromkeys(
        ("low_million_vnd", "high_million_vnd", "main_pct", "total_pct"), np.float64
    ),
}  # fmt: skip


def sensitivity(plan: Plan, scenario: Scenario) -> pd.DataFrame:
    """What each uncertain number of a scenario does to the cycle's total.

    The total is a sum of products of independent numbers, so that its variance and the variance's
    parts (I. M. Sobol', Mathematical Modeling and Computational Experiment 1, 1993) follow from
    the moments of each number. Quantities are not rounded down.

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
        and at its P90, the lower first; main_pct, the share of the variance that is the number's
        alone, and total_pct, that with its part in products. Shares are missing where numbers are
        correlated: then the variance has no such parts.

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
    formula = formula_of(plan, scenario)
    total = sum(formula.amounts.values(), Sum())
    coefficients = np.array(list(total.terms.values()))
    numbers = _numbers(formula, list(total.terms))
    means = np.array([number.means[number.form] for number in numbers])
    mean = coefficients @ means.prod(axis=0)
    moments = reduce(np.multiply, (number.moments_at(...) for number in numbers))
    variance = coefficients @ moments @ coefficients - mean**2
    correlated = any(one.correlation for one in formula.inputs)
    scale = 100 / variance if variance > 0 and not correlated else np.nan
    rows = []
    for i, (one, number) in enumerate(zip(formula.inputs, numbers, strict=True)):
        at = np.flatnonzero(number.form)
        own, moment = number.means[number.form[at]], number.moments_at(at)
        covariance = moment - np.outer(own, own)
        # What all but this number come to, in the terms that it stands in.
        rest = coefficients[at] * np.delete(means[:, at], i, axis=0).prod(axis=0)
        others = moments[np.ix_(at, at)] / moment
        main = rest @ covariance @ rest
        whole = coefficients[at] @ (others * covariance) @ coefficients[at]
        ends = sorted(mean + rest @ (end[number.form[at]] - own) for end in number.ends)
        rows.append((*one[:6], *ends, scale * main, scale * whole))
    rows.sort(key=lambda row: row[6] - row[7])
    return tabulate(SENSITIVITY, rows)


class _Number(NamedTuple):
    """An uncertain number in the terms of a sum.

    Attributes
    ----------
    form : ndarray
        In which form it stands in each term; 0 where it does not.
    means, moments : ndarray
        Of the forms, and of their products two by two; the form 0 is one.
    ends : ndarray
        The forms' values at the number's P10, and at its P90.
    """

    form: np.ndarray
    means: np.ndarray
    moments: np.ndarray
    ends: np.ndarray

    def moments_at(self, terms: Any) -> np.ndarray:
        """The means of the form's products, of any two of the terms."""
        form = self.form[terms]
        moments: np.ndarray = self.moments[form[:, None], form]
        return moments


def _numbers(formula: Formula, products: list[Product]) -> list[_Number]:
    known: dict[tuple[object, ...], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    numbers = []
    for i, one in enumerate(formula.inputs):
        parts = [tuple(f.years for f in product if f.number == i) for product in products]
        forms = list(dict.fromkeys([(), *parts]))
        # Numbers of one range, in the same forms, have the same moments.
        key = one.range, *forms
        if key not in known:
            values = _values(one.range, forms)
            weighted = values[:, 2:] * _WEIGHTS
            known[key] = weighted.sum(axis=1), weighted @ values[:, 2:].T, values[:, :2].T
        form = np.array([forms.index(part) for part in parts])
        numbers.append(_Number(form, *known[key]))
    return numbers


def _values(given: Range, forms: list[tuple[int, ...]]) -> np.ndarray:
    """What each form of a number comes to, at its P10 and P90 and at the nodes."""
    value = given.quantile(_SHARES)
    rows = [
        reduce(np.multiply, [(1 + value / 100) ** years if years else value for years in form])
        if form
        else np.ones_like(value)
        for form in forms
    ]
    return np.array(rows)


# A mean over a range is an integral of its quantiles. Spaced as normal values are, the nodes of
# the trapezoidal rule give it to six digits and more for every kind of range.
_NODES = np.linspace(-7, 7, 701)
_WEIGHTS = np.exp(-(_NODES**2) / 2) / np.exp(-(_NODES**2) / 2).sum()
_SHARES = np.concatenate([[0.1, 0.9], ndtr(_NODES)])
