"""Shares of the variance against draws, and against what is known of sums and products."""

import numpy as np
import pytest

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.formula import formula_of
from kc_analysis.scenarios.ranges import Normal, Triangular, Uniform
from kc_analysis.scenarios.scenario import Change, Scenario

PLAN = kc.load_plan("2021-2025")
YEARS = tuple(PLAN.years)


def scenario(*changes: Change) -> Scenario:
    return Scenario("x", Text("x", "x"), PLAN.cycle, changes)


COSTS = Change("unit_cost", "multiply", Uniform(0.8, 1.2), YEARS, independent=("line",))
GROWTH = Change("unit_cost", "grow_pct", Triangular(0, 5, 30), YEARS, from_year=2020)
FUNDS = Change("amount", "multiply", Normal(1, 0.2), YEARS, source=("national",),
               gives_way="quantity", independent=("year",))  # fmt: skip


def test_in_a_sum_each_share_is_the_square_of_its_weight():
    frame = kc.sensitivity(PLAN, scenario(COSTS)).set_index("line")
    weights = PLAN.budget.groupby("line")["amount_million_vnd"].sum() ** 2
    shares = 100 * weights / weights.sum()
    for name in ("main_pct", "total_pct"):
        np.testing.assert_allclose(frame[name], shares[frame.index], rtol=1e-6)


def test_of_one_number_the_share_is_all_and_the_ends_are_its_own():
    (row,) = kc.sensitivity(PLAN, scenario(GROWTH)).itertuples()
    assert (row.main_pct, row.total_pct) == (pytest.approx(100), pytest.approx(100))
    amounts = PLAN.budget.groupby("year")["amount_million_vnd"].sum()
    for share, found in ((0.1, row.low_million_vnd), (0.9, row.high_million_vnd)):
        rate = GROWTH.value.quantile(np.array([share]))[0] / 100
        expected = sum(amount * (1 + rate) ** (year - 2020) for year, amount in amounts.items())
        assert found == pytest.approx(expected, rel=1e-4)


def test_products_share_more_than_the_parts_alone():
    frame = kc.sensitivity(PLAN, scenario(COSTS, GROWTH, FUNDS))
    assert (frame["total_pct"] >= frame["main_pct"] - 1e-9).all()
    assert frame["main_pct"].sum() < 100 < frame["total_pct"].sum()
    swing = frame["high_million_vnd"] - frame["low_million_vnd"]
    assert swing.is_monotonic_decreasing


def test_shares_agree_with_draws():
    """Saltelli's and Jansen's estimators with draws of their own."""
    made, draws = scenario(COSTS, GROWTH, FUNDS), 200_000
    formula, rng = formula_of(PLAN, made), np.random.default_rng(3)

    def sample() -> np.ndarray:
        columns = [one.range.quantile(rng.random(draws)) for one in formula.inputs]
        return np.array(columns, np.float32)

    def total(values: np.ndarray) -> np.ndarray:
        return formula.evaluate(values).astype(float).sum(axis=0)

    one, two = sample(), sample()
    first, second = total(one), total(two)
    variance = np.concatenate([first, second]).var()
    frame = kc.sensitivity(PLAN, made).fillna({"line": "", "year": 0})
    shares = frame.set_index(["change", "line", "year"])
    for i, given in enumerate(formula.inputs):
        mixed = one.copy()
        mixed[i] = two[i]
        third = total(mixed)
        main = 100 * np.mean((second - second.mean()) * (third - first)) / variance
        whole = 100 * np.mean((first - third) ** 2) / 2 / variance
        row = shares.loc[(given.change, given.line or "", given.year or 0)]
        assert row["main_pct"] == pytest.approx(main, abs=1)
        assert row["total_pct"] == pytest.approx(whole, abs=1)


def test_a_number_that_adds_and_whose_mean_is_nothing():
    more = Change("amount", "add", Uniform(-50, 50), YEARS, line=("I.1",), gives_way="unit_cost")
    frame = kc.sensitivity(PLAN, scenario(more, GROWTH))
    assert frame["main_pct"].between(0, 100).all()
    assert frame["main_pct"].sum() < 100 < frame["total_pct"].sum()


def test_correlated_numbers_have_no_shares_but_ends():
    frame = kc.sensitivity(PLAN, kc.load_scenario("uncertain-costs"))
    assert frame[["main_pct", "total_pct"]].isna().all(axis=None)
    assert (frame["low_million_vnd"] < frame["high_million_vnd"]).all()
