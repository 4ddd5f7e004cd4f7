"""Draws against an independent slow computation, closed forms, and what is true of quantiles."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.draws import PLACES, Draws
from kc_analysis.scenarios.ranges import KINDS, Normal, Percentiles, Triangular, Uniform
from kc_analysis.scenarios.scenario import Ceiling, Change, Scenario

PLAN = kc.load_plan("2021-2025")
YEARS = tuple(PLAN.years)
RANGES = (Uniform(0.9, 1.2), Triangular(0.8, 1.0, 1.4), Normal(1, 0.1), Percentiles(0.9, 1, 1.2))
ALL = ["source", "year"]


def scenario(*changes: Change, ceilings: tuple[Ceiling, ...] = ()) -> Scenario:
    return Scenario("x", Text("x", "x"), PLAN.cycle, changes, ceilings)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change by a range."""
    by = draw(st.sampled_from(["multiply", "grow_pct", "add", "set"]))
    of = draw(st.sampled_from(["unit_cost", "amount", "quantity"]))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, unique=True).map(sorted))
    where = draw(st.sampled_from([{}, {"source": ("national",)}, {"line": ("I.1", "II.2")}]))
    if by in ("add", "set"):
        where = {"line": ("I.1", "II.2")}  # where there is work in every year
    return Change(
        of, by, draw(st.sampled_from(RANGES)), tuple(years),
        gives_way=draw(st.sampled_from(["unit_cost", "quantity"])) if of == "amount" else None,
        from_year=YEARS[0] if by == "grow_pct" else None,
        independent=tuple(draw(st.lists(st.sampled_from(["source", "line", "year"]), unique=True))),
        **where,
    )  # fmt: skip


def spelt(made: Scenario, drawn: Draws, places: np.ndarray) -> Scenario:
    """The scenario with one draw's values spelt out for each line and year."""
    shares = (places + 0.5) / PLACES
    changes = []
    for number, change in enumerate(made.changes, 1):
        for line, source in zip(PLAN.lines["line"], PLAN.lines["source"], strict=True):
            chosen = not (change.line and line not in change.line)
            chosen = chosen and not (change.source and source not in change.source)
            for year in change.years if chosen else ():
                if PLAN.budget.query("line == @line and year == @year").empty:
                    continue
                (value,) = (
                    one.range.quantile(share)
                    for one, share in zip(drawn.inputs, shares, strict=True)
                    if one.change == number
                    and one.source in (None, source)
                    and one.line in (None, line)
                    and one.year in (None, year)
                )
                where = {"line": (line,), "source": (), "years": (year,), "independent": ()}
                changes.append(replace(change, value=float(value), **where))
    return replace(made, changes=tuple(changes))


def carried_out(made: Scenario) -> Draws:
    """The scenario's draws; what cannot be carried out is another test's matter."""
    try:
        return Draws(PLAN, made)
    except kc.DataError:
        reject()


@given(st.lists(changes(), min_size=1, max_size=3), st.integers(0, 2**32))
def test_each_draw_is_the_scenario_with_its_numbers(some, seed):
    made = scenario(*(change for i, change in enumerate(some) if change.by != "set" or i == 0))
    drawn = carried_out(made)
    (places,) = drawn.blocks(3, seed)
    try:
        amounts = np.nan_to_num(drawn.engine.run(drawn.values(places)).amount)
    except kc.DataError:
        reject()
    for column in range(3):
        plan = kc.apply_scenario(PLAN, spelt(made, drawn, places[:, column]))
        alone = kc.compare({"x": plan}, ["line", "year"]).set_index(["line", "year"])
        expected = [alone["amount_million_vnd"].get(at, 0.0) for at in drawn.engine.start.at]
        one = amounts[:, column] if amounts.shape[1] > 1 else amounts[:, 0]
        np.testing.assert_allclose(one, expected, rtol=1e-9)


@given(st.lists(changes(), min_size=1, max_size=3), st.data())
def test_where_ranges_are_points_all_is_the_plan_to_the_digit(some, data):
    some = [change for i, change in enumerate(some) if change.by != "set" or i == 0]
    kinds = [type(change.value) for change in some]
    numbers = data.draw(st.lists(st.integers(80, 120), min_size=3, max_size=3))
    points = [
        replace(change, value=_point(kind, number / 100))
        for change, kind, number in zip(some, kinds, numbers, strict=False)
    ]
    made = scenario(*points)
    carried_out(made)
    sure = kc.ensemble(PLAN, made, 300)
    plan = kc.apply_scenario(PLAN, made)
    for row in sure.itertuples():
        rows = plan.budget["source"].eq(row.source) | pd.isna(row.source)
        rows &= plan.budget["year"].eq(row.year) | pd.isna(row.year)
        expected = plan.budget.loc[rows, "amount_million_vnd"].sum()
        told = (row.p10_million_vnd, row.p50_million_vnd, row.p90_million_vnd, row.mean_million_vnd,
                row.middle_million_vnd)  # fmt: skip
        assert told == pytest.approx((expected,) * 5, rel=1e-14)
        assert row.error_million_vnd == 0


def _point(kind, number):
    if kind is Normal:
        return Normal(number, 0)
    return kind(*[number] * len(kind.__annotations__))


def everything() -> Scenario:
    return scenario(
        Change("unit_cost", "multiply", Percentiles(0.95, 1.02, 1.15), YEARS,
               independent=("line",)),
        Change("unit_cost", "grow_pct", Triangular(2, 3, 6), YEARS[1:], from_year=YEARS[0]),
        Change("amount", "multiply", Uniform(0.8, 1), YEARS, source=("national",),
               gives_way="quantity", independent=("year",)),
    )  # fmt: skip


def naive(made: Scenario, draws: int) -> pd.DataFrame:
    """What readable numpy gives for draws of its own."""
    drawn, rng = Draws(PLAN, made), np.random.default_rng(7)
    places = rng.integers(0, PLACES, (len(drawn.inputs), draws), dtype=np.uint16)
    amounts = np.nan_to_num(drawn.engine.run(drawn.values(places)).amount)
    at = list(zip(drawn.engine.start.source, drawn.engine.start.at, strict=True))
    rows = []
    for source in (None, *PLAN.sources["source"]):
        for year in (*YEARS, None):
            some = [i for i, (one, (_, other)) in enumerate(at)
                    if source in (None, one) and year in (None, other)]  # fmt: skip
            total = amounts[some].sum(axis=0)
            rows.append((*np.quantile(total, [0.1, 0.5, 0.9]), total.mean(), total.std()))
    return pd.DataFrame(rows, columns=["p10", "p50", "p90", "mean", "sd"])


def test_quantiles_and_means_are_those_of_readable_numpy():
    draws = 200_000
    slow, fast = naive(everything(), draws), kc.ensemble(PLAN, everything(), draws)
    for name in ("p10", "p50", "p90", "mean"):
        away = np.abs(fast[f"{name}_million_vnd"] - slow[name])
        # Each of the two has an error of chance: six standard errors of a quantile, and a class.
        assert (away <= 6 * 2 * 1.8 * slow["sd"] / draws**0.5 + fast["error_million_vnd"]).all()


def test_the_mean_is_that_of_the_closed_form():
    *costs, funds = everything().changes
    made, draws = scenario(*costs, replace(funds, gives_way="unit_cost")), 500_000
    sure = kc.ensemble(PLAN, made, draws)
    means = {one: kind.mean() for one, kind in _tables(made).items()}
    for source in ("local", "national"):
        for year in YEARS:
            plan = PLAN.budget.query("source == @source and year == @year")["amount_million_vnd"]
            # Local money follows costs; of national money there is what the funds are.
            expected = plan.sum() * (
                means["national"]
                if source == "national"
                else means["cost"] * means[f"growth {year - YEARS[0]}"]
            )
            row = sure.query("source == @source and year == @year").iloc[0]
            # The cost is drawn by line, so no source's spread is above 20 per cent.
            assert row["mean_million_vnd"] == pytest.approx(expected, rel=6 * 0.2 / draws**0.5)


def test_the_middle_is_the_plan_of_the_scenario():
    uncertain = kc.load_scenario("uncertain-costs")
    sure = kc.ensemble(PLAN, uncertain, 1_000).set_index(ALL)
    plan = kc.apply_scenario(PLAN, uncertain)
    for (source, year), amount in plan.budget.groupby(ALL)["amount_million_vnd"].sum().items():
        assert sure.loc[(source, year), "middle_million_vnd"] == pytest.approx(amount, rel=1e-14)


def test_whole_units_in_every_draw():
    # National funds of 2025 are 3300 x for units of 800, 300 and 500: always a sum of hundreds.
    funds = Change("amount", "multiply", Uniform(0.5, 1.0), (2025,), source=("national",),
                   gives_way="quantity")  # fmt: skip
    drawn = Draws(PLAN, scenario(funds))
    (places,) = drawn.blocks(1_000, 1)
    amounts = np.nansum(drawn.engine.run(drawn.values(places)).amount, axis=0)
    rest = (amounts - (PLAN.budget["amount_million_vnd"].sum() - 3300)) / 100
    np.testing.assert_allclose(rest, rest.round(), atol=1e-9)
    money = 3300 * Uniform(0.5, 1.0).quantile((places[0] + 0.5) / PLACES)
    # What is left buys no machinery of 300.
    assert ((money - 100 * rest >= -1e-9) & (money - 100 * rest < 300)).all()


def _tables(made: Scenario) -> dict[str, np.ndarray]:
    shares = (np.arange(PLACES) + 0.5) / PLACES
    cost, growth, national = (change.value.quantile(shares) for change in made.changes)
    grown = {f"growth {years}": (1 + growth / 100) ** years for years in range(len(YEARS))}
    return {"cost": cost, "national": national, **grown}


def test_the_same_seed_gives_the_same_to_the_bit_and_another_does_not():
    one, two, other = (kc.ensemble(PLAN, everything(), 20_000, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert not one.equals(other)


def test_quantiles_rise_and_chances_are_chances():
    sure = kc.ensemble(PLAN, everything(), 5_000)
    assert (sure["p10_million_vnd"] <= sure["p50_million_vnd"]).all()
    assert (sure["p50_million_vnd"] <= sure["p90_million_vnd"]).all()
    assert sure["chance_over_pct"].between(0, 100).all()
    assert len(sure) == 3 * 6


@pytest.mark.parametrize("given_range", RANGES, ids=lambda one: type(one).__name__)
def test_one_range_over_everything_is_the_range_itself(given_range):
    made = scenario(Change("unit_cost", "multiply", given_range, YEARS))
    sure = kc.ensemble(PLAN, made, 200_000)
    wanted = 18246 * given_range.quantile(np.array([0.1, 0.5, 0.9]))
    total = sure[sure["source"].isna() & sure["year"].isna()].iloc[0]
    found = [total[f"{name}_million_vnd"] for name in ("p10", "p50", "p90")]
    np.testing.assert_allclose(found, wanted, rtol=0.003)


def test_the_chance_of_passing_a_ceiling():
    made = scenario(
        Change("amount", "multiply", Uniform(0.5, 1.5), YEARS, source=("national",),
               gives_way="unit_cost"),
        ceilings=(Ceiling("national", 2024, 2400.0),),
    )  # fmt: skip
    sure = kc.ensemble(PLAN, made, 100_000).set_index(ALL)
    # National funds of 2024 are 3000: 3000 x > 2400 where x > 0.8, seven tenths of the range.
    assert sure.loc[("national", 2024), "ceiling_million_vnd"] == 2400
    assert sure.loc[("national", 2024), "chance_over_pct"] == pytest.approx(70, abs=1)
    # Without a ceiling of its own, the plan's amount is it.
    assert sure.loc[("national", 2023), "ceiling_million_vnd"] == 2800
    assert sure.loc[("national", 2023), "chance_over_pct"] == pytest.approx(50, abs=1)
    # What is certain and as planned does not pass it.
    local = sure.loc[("local", 2024)]
    assert local["chance_over_pct"] == 0
    assert local["p10_million_vnd"] == local["p90_million_vnd"] == pytest.approx(960)
    assert local["error_million_vnd"] == 0


def test_what_goes_together_spreads_further():
    change = Change("unit_cost", "multiply", Normal(1, 0.2), YEARS, independent=("line",))
    spread = []
    for correlation in (0.0, 0.5, 0.9):
        made = scenario(replace(change, correlation=correlation))
        total = kc.ensemble(PLAN, made, 100_000).query("source == 'national' and year.isna()")
        spread.append((total["p90_million_vnd"] - total["p10_million_vnd"]).item())
    national = PLAN.budget.query("source == 'national'").groupby("line")["amount_million_vnd"].sum()
    weights = national.to_numpy()
    for correlation, found in zip((0.0, 0.5, 0.9), spread, strict=True):
        matrix = np.full((4, 4), correlation) + (1 - correlation) * np.eye(4)
        sd = 0.2 * np.sqrt(weights @ matrix @ weights)
        assert found == pytest.approx(2 * 1.2816 * sd, rel=0.02)


def test_all_kinds_of_range_are_tried():
    assert {type(one) for one in RANGES} == set(KINDS)


def test_without_a_range_or_a_draw_it_says_so():
    sure = scenario(Change("unit_cost", "multiply", 1.1, YEARS))
    with pytest.raises(kc.DataError, match="at least one range"):
        kc.ensemble(PLAN, sure)
    with pytest.raises(kc.DataError, match="at least 1"):
        kc.ensemble(PLAN, everything(), draws=0)


def test_ceilings_of_the_base_hold():
    base = scenario(
        Change("unit_cost", "multiply", 1.1, YEARS), ceilings=(Ceiling("national", 2024, 1.0),)
    )
    made = replace(scenario(Change("unit_cost", "multiply", Uniform(1, 1.1), YEARS)), base=base)
    sure = kc.ensemble(PLAN, made, 1_000).set_index(ALL)
    assert sure.loc[("national", 2024), "ceiling_million_vnd"] == 1
