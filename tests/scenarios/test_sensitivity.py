"""Shares of the variance against SALib, and against what is known of sums."""

import numpy as np
import pytest

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.draws import PLACES, Draws
from kc_analysis.scenarios.ranges import Normal, Triangular, Uniform
from kc_analysis.scenarios.scenario import Change, Scenario

PLAN = kc.load_plan("2021-2025")
YEARS = tuple(PLAN.years)


def scenario(*changes: Change) -> Scenario:
    return Scenario("x", Text("x", "x"), PLAN.cycle, changes)


COSTS = Change("unit_cost", "multiply", Uniform(0.8, 1.2), YEARS, independent=("line",))
GROWTH = Change("unit_cost", "grow_pct", Triangular(0, 5, 30), YEARS, from_year=2020)
FUNDS = Change("amount", "multiply", Normal(1, 0.2), (2024, 2025), source=("national",),
               gives_way="quantity", independent=("year",))  # fmt: skip


def test_in_a_sum_each_share_is_the_square_of_its_weight():
    frame = kc.sensitivity(PLAN, scenario(COSTS)).set_index("line")
    weights = PLAN.budget.groupby("line")["amount_million_vnd"].sum() ** 2
    shares = 100 * weights / weights.sum()
    for name in ("main_pct", "total_pct"):
        np.testing.assert_allclose(frame[name], shares[frame.index], atol=0.1)


def test_of_one_number_the_share_is_all_and_the_ends_are_its_own():
    (row,) = kc.sensitivity(PLAN, scenario(GROWTH)).itertuples()
    assert (row.main_pct, row.total_pct) == (pytest.approx(100, abs=0.5),) * 2
    amounts = PLAN.budget.groupby("year")["amount_million_vnd"].sum()
    for share, found in ((0.1, row.low_million_vnd), (0.9, row.high_million_vnd)):
        rate = GROWTH.value.quantile(np.array([share]))[0] / 100
        expected = sum(amount * (1 + rate) ** (year - 2020) for year, amount in amounts.items())
        assert found == pytest.approx(expected, rel=1e-3)


def test_of_one_number_in_whole_units_the_share_is_all_too():
    funds = Change("amount", "multiply", Uniform(0.5, 1), (2025,), gives_way="quantity")
    (row,) = kc.sensitivity(PLAN, scenario(funds)).itertuples()
    assert (row.main_pct, row.total_pct) == (pytest.approx(100, abs=2),) * 2


def test_products_share_more_than_the_parts_alone():
    frame = kc.sensitivity(PLAN, scenario(COSTS, GROWTH, FUNDS))
    assert (frame["total_pct"] >= frame["main_pct"] - 1).all()
    assert frame["main_pct"].sum() < 100 < frame["total_pct"].sum()
    swing = frame["high_million_vnd"] - frame["low_million_vnd"]
    assert swing.is_monotonic_decreasing


@pytest.mark.parametrize("changes", [(COSTS, GROWTH), (COSTS, GROWTH, FUNDS)])
def test_shares_are_those_of_salib(changes):
    sobol = pytest.importorskip("SALib.analyze.sobol")
    sampler = pytest.importorskip("SALib.sample.sobol")
    made = scenario(*changes)
    drawn = Draws(PLAN, made)
    names = [str(i) for i in range(len(drawn.inputs))]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    shares = sampler.sample(problem, 2**12, calc_second_order=False, seed=5)
    places = (shares.T * (PLACES - 1)).round().astype(np.uint16)
    totals = np.nansum(drawn.engine.run(drawn.values(places)).amount, axis=0)
    theirs = sobol.analyze(problem, totals, calc_second_order=False, num_resamples=2, seed=5)
    frame = kc.sensitivity(PLAN, made).fillna({"line": "", "year": 0})
    ours = frame.set_index(["change", "line", "year"])
    for i, given in enumerate(drawn.inputs):
        row = ours.loc[(given.change, given.line or "", given.year or 0)]
        assert row["main_pct"] / 100 == pytest.approx(theirs["S1"][i], abs=0.02)
        assert row["total_pct"] / 100 == pytest.approx(theirs["ST"][i], abs=0.02)


def test_correlated_numbers_are_as_the_closed_form_has_them():
    spread, correlation = 0.1, 0.5
    costs = Change("unit_cost", "multiply", Normal(1, spread), YEARS, independent=("line",),
                   correlation=correlation)  # fmt: skip
    frame = kc.sensitivity(PLAN, scenario(costs)).set_index("line")
    weights = PLAN.budget.groupby("line")["amount_million_vnd"].sum()
    sources = PLAN.lines.set_index("line")["source"].reindex(weights.index).to_numpy()
    together = np.equal.outer(sources, sources)  # lines of one source go together
    matrix = spread**2 * (correlation * together + (1 - correlation) * np.eye(len(weights)))
    variance = weights @ matrix @ weights
    for i, line in enumerate(weights.index):
        # The total goes with the line's cost as far as they vary together.
        slope = (matrix @ weights)[i] / spread
        row = frame.loc[line]
        assert row["main_pct"] == pytest.approx(100 * slope**2 / variance, abs=1)
        for end, sign in (("low", -1), ("high", 1)):
            expected = weights.sum() + sign * 1.2816 * slope
            assert row[f"{end}_million_vnd"] == pytest.approx(expected, abs=0.01 * variance**0.5)
        # Given all others, what is left of its variance is the inverse's diagonal.
        own = weights.iloc[i] ** 2 / np.linalg.inv(matrix)[i, i]
        assert row["total_pct"] == pytest.approx(100 * own / variance, abs=1)


def test_a_number_that_adds_and_whose_mean_is_nothing():
    more = Change("amount", "add", Uniform(-50, 50), YEARS, line=("I.1",), gives_way="unit_cost")
    frame = kc.sensitivity(PLAN, scenario(more, GROWTH))
    assert frame["main_pct"].between(0, 100).all()
    assert frame["main_pct"].sum() < 100 < frame["total_pct"].sum()
