"""Scenarios applied: the shipped ones worked by hand, and what holds of any."""

from copy import deepcopy
from dataclasses import fields, replace

import matplotlib
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from matplotlib import pyplot as plt

import kc_analysis as kc
from kc_analysis import charts, model
from kc_analysis.model import Text, tabulate
from kc_analysis.scenarios.engine import Engine
from kc_analysis.scenarios.ranges import Percentiles, Triangular, Uniform
from kc_analysis.scenarios.scenario import Ceiling, Change, Scenario

matplotlib.use("Agg")

PLAN = kc.load_plan("2021-2025")
LINES = PLAN.lines["line"].tolist()
YEARS = tuple(PLAN.years)
MODEL = {"line": ("II.1",), "years": (2025,)}


def scenario(*changes, base=None, ceilings=()):
    return Scenario("x", Text("thử", "a try"), "2021-2025", changes, tuple(ceilings), base)


def apply(plan, *changes):
    return kc.apply_scenario(plan, scenario(*changes))


def cells(plan):
    """Amount and quantity by line and year."""
    amounts = plan.budget.set_index(["line", "year"])["amount_million_vnd"]
    quantities = plan.quantities.set_index(["line", "year"])["quantity"]
    return pd.concat([amounts, quantities], axis=1)


def assert_same_figures(left, right):
    pd.testing.assert_frame_equal(left.budget, right.budget)
    pd.testing.assert_frame_equal(left.quantities, right.quantities)


def remainders(plan):
    return {
        (note.line, note.year): note.expected - note.found
        for note in plan.notes
        if note.rule == "remainder"
    }


# The shipped scenarios.


def test_national_cut_buys_whole_projects_of_pooled_money():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    now = cells(cut)
    # In 2024 a fifth less leaves 1280 for models of 800, 720 for machinery of 300, 400 for a
    # cluster's plan of 500: 1, 2 and 0 of them, and a pool of 480 + 120 + 400. The cluster's plan
    # lacks the least part of a unit (0.2), then the model (0.4, which 500 does not pay for), then
    # machinery (0.6).
    assert now.loc[("II.4", 2024)].tolist() == [500, 1]
    assert now.loc[("II.1", 2024)].tolist() == [800, 1]
    assert now.loc[("II.2", 2024)].tolist() == [900, 3]
    # In 2025 it is 1280, 960 and 400, and the pool 480 + 60 + 400.
    assert now.loc[("II.4", 2025)].tolist() == [500, 1]
    assert now.loc[("II.1", 2025)].tolist() == [800, 1]
    assert now.loc[("II.2", 2025)].tolist() == [1200, 4]
    same = [at for at in now.index if at[0].startswith("I.") or at[1] < 2024]
    pd.testing.assert_frame_equal(now.loc[same], cells(PLAN).loc[same])
    assert kc.amounts(cut)["amount_million_vnd"].tolist() == [2950, 3300, 3680, 3160, 3556]


def test_what_was_asked_placed_and_left():
    placed = kc.placement(PLAN, kc.load_scenario("national-cut"))
    assert placed.to_numpy().tolist() == [
        ["national", 2024, -600, 2400, 600, 2200, 200, "II.2", 100],
        ["national", 2025, -660, 2640, 660, 2500, 140, "II.2", 160],
    ]


def test_what_is_left_is_told_in_both_languages():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    assert remainders(cut) == {("II.2", 2024): 200, ("II.2", 2025): 140}
    note = next(note for note in cut.notes if (note.rule, note.year) == ("remainder", 2024))
    assert note.message.vi == (
        "Khuyến công quốc gia năm 2024: thay đổi −600 thành 2.400 triệu đồng; đã bố trí 2.200; "
        "chưa bố trí được 200 (dòng II.2 gần đủ nhất, thiếu 100 cho một đơn vị nữa)"
    )
    assert note.message.en == (
        "National funds in 2024: a change of −600 to 2,400 million VND; 2,200 is placed; 200 is "
        "left (line II.2 is nearest to one more unit, 100 short of it)"
    )


def test_the_order_of_the_plan_if_the_scenario_declares_it():
    cut = replace(kc.load_scenario("national-cut"), order="plan")
    now = cells(kc.apply_scenario(PLAN, cut))
    # The pool of 1000 buys a model (800) first; 200 pay for nothing more.
    assert [now.loc[(line, 2024), "quantity"] for line in ("II.1", "II.2", "II.4")] == [2, 2, 0]
    # That of 940 likewise.
    assert [now.loc[(line, 2025), "quantity"] for line in ("II.1", "II.2", "II.4")] == [2, 3, 0]


def test_local_catch_up_is_what_its_comment_says():
    catching_up = kc.load_scenario("local-catch-up")
    # 30/70 of 3300, less fairs 90, capacity 50 and study tours 80: what I.1 lacks of that is
    # added by thirds from 2023.
    lacking = 30 / 70 * 3300 - (90 + 50 + 80) - 836
    steps = {change.years: change.value for change in catching_up.changes}
    assert steps == {
        (2023,): round(lacking / 3, 1),
        (2024,): round(lacking * 2 / 3, 1),
        (2025,): round(lacking, 1),
    }
    plan = kc.apply_scenario(PLAN, catching_up)
    now = cells(plan).loc["I.1"]
    # 869.4 of 187.5, 1028.9 of 158 and 1194.3 of 167.2 each.
    assert now["quantity"].tolist() == [3, 4, 4, 6, 7]
    assert now["amount_million_vnd"].tolist() == pytest.approx([600, 640, 750, 948, 1170.4])
    share = kc.shares(plan, "source").query("source == 'local' and year == 2025")["share_pct"]
    assert share.item() == pytest.approx(100 * 1390.4 / 4690.4)
    assert 29.5 < share.item() < 30


def test_costs_follow_the_consumer_prices_that_are_on_file():
    costs = kc.load_scenario("costs-follow-cpi")
    cpi = kc.load_cpi().set_index("year")["cpi_annual_average_change_pct"]
    for year, change in zip(range(2022, 2026), costs.changes, strict=True):
        assert change.value == pytest.approx(1 + cpi[year] / 100, abs=1e-12)
        assert change.years == tuple(range(year, 2026))
    plan = kc.apply_scenario(PLAN, costs)
    pd.testing.assert_frame_equal(plan.quantities, PLAN.quantities)
    totals = kc.amounts(plan)["amount_million_vnd"].tolist()
    assert totals[0] == 2950
    assert totals[4] == pytest.approx(4356 * 1.0315 * 1.0325 * 1.0363 * 1.0331)
    # At constant prices the plan is the approved one again.
    real = kc.at_constant_prices(plan, kc.load_cpi(), 2021)
    assert kc.amounts(real)["amount_million_vnd"].tolist() == pytest.approx(
        kc.amounts(PLAN)["amount_million_vnd"].tolist()
    )


def test_machinery_for_a_model_leaves_200_over():
    plan = kc.apply_scenario(PLAN, kc.load_scenario("machinery-for-model"))
    now = cells(plan)
    assert now.loc[("II.1", 2024)].tolist() == [800, 1]
    assert now.loc[("II.2", 2024)].tolist() == [1500, 5]
    assert kc.amounts(plan)["amount_million_vnd"].tolist() == [2950, 3300, 3680, 3760, 4356]


@pytest.mark.parametrize("first", kc.scenarios())
@pytest.mark.parametrize("second", kc.scenarios())
def test_a_scenario_applies_to_what_another_made(first, second):
    one, other = kc.load_scenario(first), kc.load_scenario(second)
    plan = kc.apply_scenario(PLAN, one)
    after = kc.apply_scenario(plan, other)
    based = kc.apply_scenario(PLAN, replace(other, base=one))
    pd.testing.assert_frame_equal(after.budget, based.budget)
    pd.testing.assert_frame_equal(after.quantities, based.quantities)
    assert after.variant == other.title


@pytest.mark.parametrize("name", kc.scenarios())
def test_everything_takes_a_derived_plan(name):
    plan = kc.apply_scenario(PLAN, kc.load_scenario(name))
    assert plan.printed.empty
    assert kc.open_errors(kc.check(plan), known=[]).empty
    assert plan.years == PLAN.years
    for by in ([], ["source"], ["line"], ["activity"]):
        assert not kc.growth(plan, by).empty
        assert not kc.unit_costs(plan).empty
    assert kc.shares(plan, "source").groupby("year")["share_pct"].sum().tolist() == pytest.approx(
        [100] * 5
    )
    parts = kc.decompose_growth(plan, 2021, 2025, by=[])
    charts.decomposition(parts, plan, totals=kc.amounts(plan), start=2021, end=2025)
    charts.budget(kc.amounts(plan, ["line"]), plan)
    charts.unit_costs(kc.unit_costs(plan), plan)
    ax = charts.shares(kc.shares(plan, "source"), plan)
    plt.close("all")
    words = " ".join(ax.get_xlabel().split())
    assert words == (f"Phương án: {plan.variant.vi}; gốc: Quyết định số 470/QĐ-UBND ngày 08/4/2020")


def test_a_derived_plan_is_checked():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    findings = kc.check(cut)
    assert kc.open_errors(findings, known=[]).empty
    assert (findings["rule"] == "remainder").sum() == 2


def test_figures_that_stay_keep_their_origin():
    plan = kc.apply_scenario(PLAN, kc.load_scenario("machinery-for-model"))
    places = set(zip(plan.origin["line"], plan.origin["year"], strict=True))
    planned = {(line, year) for line, year in cells(PLAN).index}
    assert places == planned - {("II.1", 2024), ("II.2", 2024)}


# What each way of changing does.


def test_a_ways_effect_by_hand():
    def now(*changes):
        return cells(apply(PLAN, *changes)).loc[("II.1", 2025)].tolist()

    assert now(Change("unit_cost", "set", 900, **MODEL)) == [1800, 2]
    assert now(Change("unit_cost", "add", -100, **MODEL)) == [1400, 2]
    assert now(Change("unit_cost", "grow_pct", 10, from_year=2023, **MODEL)) == pytest.approx(
        [1600 * 1.21, 2]
    )
    assert now(Change("quantity", "set", 5, **MODEL)) == [4000, 5]
    assert now(Change("quantity", "multiply", 1.6, **MODEL)) == [2400, 3]
    amount = {"gives_way": "quantity", **MODEL}
    assert now(Change("amount", "set", 2399, **amount)) == [1600, 2]
    assert now(Change("amount", "set", 2400, **amount)) == [2400, 3]
    assert now(Change("amount", "add", 799, **amount)) == [1600, 2]
    assert now(Change("amount", "set", 1700, gives_way="unit_cost", **MODEL)) == [1700, 2]


def test_growth_starts_from_its_year():
    change = Change("unit_cost", "grow_pct", 10, (2021, 2022, 2023), line=("II.1",), from_year=2021)
    amounts = cells(apply(PLAN, change)).loc["II.1", "amount_million_vnd"]
    assert amounts.tolist() == pytest.approx([1600, 1760, 968, 1600, 1600])


def test_a_line_is_planned_anew_where_a_cost_is_set_first():
    cost = Change("unit_cost", "set", 30, (2021,), line=("I.2",))
    work = Change("quantity", "set", 2, (2021,), line=("I.2",))
    assert cells(apply(PLAN, cost, work)).loc[("I.2", 2021)].tolist() == [60, 2]
    with pytest.raises(kc.DataError, match=r"x\.toml, change 1, line I\.2 in 2021.*a unit cost"):
        apply(PLAN, work)


def test_lines_counted_in_fractions_stay_so():
    work = PLAN.quantities
    halves = replace(PLAN, quantities=work.assign(quantity=work["quantity"] + 0.5))
    change = Change("quantity", "multiply", 0.7, YEARS)
    plan = apply(halves, change)
    assert plan.quantities["quantity"].tolist() == pytest.approx(
        (0.7 * halves.quantities["quantity"]).tolist()
    )
    assert not remainders(plan)


@pytest.mark.parametrize("factor", [1.1, 3.3, 1 / 3, 1.0315])
def test_money_for_whole_units_leaves_no_crumb(factor):
    costs = Change("unit_cost", "multiply", factor, YEARS)
    money = Change("amount", "multiply", 2 * factor, YEARS, gives_way="quantity")
    plan = apply(PLAN, costs, money)
    assert plan.quantities["quantity"].tolist() == (2 * PLAN.quantities["quantity"]).tolist()
    assert not remainders(plan)


def test_nothing_stays_nothing():
    none = apply(PLAN, Change("quantity", "set", 0, (2025,), line=("II.4",)))
    assert cells(none).loc[("II.4", 2025)].tolist() == [0, 0]
    for of in ("unit_cost", "quantity", "amount"):
        way = "quantity" if of == "amount" else None
        doubled = apply(
            none, Change(of, "multiply", 2, (2025,), source=("national",), gives_way=way)
        )
        assert cells(doubled).loc[("II.4", 2025)].tolist() == [0, 0]


def test_what_costs_nothing_may_be_more():
    free = Change("unit_cost", "set", 0, **MODEL)
    more = Change("quantity", "add", 1, **MODEL)
    assert cells(apply(PLAN, free, more)).loc[("II.1", 2025)].tolist() == [0, 3]


def without_work(line):
    """The plan with money but no quantity for a line."""
    work = PLAN.quantities
    return replace(PLAN, quantities=work[work["line"] != line])


@pytest.mark.parametrize("of", ["amount", "quantity", "unit_cost"])
def test_money_without_work_grows_and_shrinks(of):
    way = "quantity" if of == "amount" else None
    change = Change(of, "multiply", 0.5, (2024,), line=("II.4",), gives_way=way)
    plan = apply(without_work("II.4"), change)
    assert cells(plan).loc[("II.4", 2024), "amount_million_vnd"] == 250
    assert "II.4" not in set(plan.quantities["line"])


@pytest.mark.parametrize("of", ["quantity", "unit_cost"])
@pytest.mark.parametrize("by", ["set", "add"])
def test_money_without_work_is_never_lost(of, by):
    change = Change(of, by, 3, (2024,), line=("II.4",))
    with pytest.raises(kc.DataError, match=r"line II\.4 in 2024"):
        apply(without_work("II.4"), change)


def test_a_change_must_find_something():
    change = Change("unit_cost", "multiply", 1.1, (2022, 2023), line=("II.4",))
    with pytest.raises(kc.DataError, match="change 1: expected at least one figure") as caught:
        apply(PLAN, change)
    assert "thay đổi 1: cần ít nhất một số" in str(caught.value)


def test_an_addition_cannot_lead_below_nothing():
    with pytest.raises(kc.DataError) as caught:
        apply(PLAN, Change("quantity", "add", -3, (2025,), line=("II.1",)))
    assert caught.value.in_language("en") == (
        "x.toml, change 1, line II.1 in 2025: expected no less than 0, found −1"
    )
    assert caught.value.in_language("vi") == (
        "x.toml, thay đổi 1, dòng II.1 năm 2025: cần số không âm, nhưng thấy −1"
    )


def test_a_base_comes_first():
    base = scenario(Change("unit_cost", "set", 500, **MODEL))
    after = scenario(Change("amount", "set", 1600, gives_way="quantity", **MODEL), base=base)
    assert [part.base for part in after.chain] == [None, base]
    assert cells(kc.apply_scenario(PLAN, after)).loc[("II.1", 2025)].tolist() == [1500, 3]


@pytest.mark.parametrize(
    ("value", "number"),
    [(Uniform(1, 2), 1.5), (Triangular(1, 1.2, 3), 1.2), (Percentiles(1, 1.1, 9), 1.1)],
)
def test_a_range_counts_with_its_middle(value, number):
    places = {"years": YEARS, "source": ("national",)}
    assert_same_figures(
        apply(PLAN, Change("unit_cost", "multiply", value, **places)),
        apply(PLAN, Change("unit_cost", "multiply", number, **places)),
    )


# What is wrong is told before anything is changed.


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change("unit_cost", "multiply", 2, (2025,), line=("II.9",)),
            ["line", "I.1, I.2, I.3, I.4, I.5, II.1, II.2, II.3, II.4", "“II.9”"],
        ),
        (
            Change("unit_cost", "multiply", 2, (2025,), source=("eu",)),
            ["source", "local, national", "“eu”"],
        ),
        (
            Change("unit_cost", "multiply", 2, (2025,), activity=("x",)),
            ["activity", "to-chuc-hoi-cho-cap-vung", "“x”"],
        ),
        (Change("unit_cost", "multiply", 2, (2026,)), ["years", "2021, 2022, 2023", "“2026”"]),
        (Change("unit_cost", "multiply", 2, ()), ["years"]),
        (Change("unit_cost", "set", -1, **MODEL), ["set", "0", "-1"]),
        (Change("unit_cost", "multiply", float("nan"), **MODEL), ["multiply", "nan"]),
        (Change("unit_cost", "add", float("inf"), **MODEL), ["add", "inf"]),
        (Change("unit_cost", "grow_pct", -101, from_year=2021, **MODEL), ["grow_pct", "-100"]),
        (Change("unit_cost", "grow_pct", 3, **MODEL), ["from_year", "years"]),
        (Change("unit_cost", "grow_pct", 3, (2022,), from_year=2023), ["from_year", "2023"]),
        (Change("unit_cost", "set", 3, from_year=2021, **MODEL), ["from_year", "grow_pct"]),
        (Change("amount", "set", 3, **MODEL), ["gives_way", "“quantity”", "“unit_cost”"]),
        (Change("quantity", "set", 3, gives_way="unit_cost", **MODEL), ["gives_way", "“amount”"]),
        (Change("unit_cost", "set", Uniform(2, 1), **MODEL), ["Uniform(low=2, high=1)"]),
        (Change("unit_cost", "set", Percentiles(1, 1, 2), **MODEL), ["Percentiles"]),
        (Change("unit_cost", "add", Percentiles(-1, 1, 2), **MODEL), ["p10", "Percentiles"]),
        (Change("unit_cost", "set", Uniform(-1, 1), **MODEL), ["set", "0", "-1"]),
        (Change("unit_cost", "set", 2, independent=("line",), **MODEL), ["2"]),
        (
            Change("unit_cost", "set", Uniform(1, 2), correlation=0.5, **MODEL),
            ["correlation", "independent", "0.5"],
        ),
        (
            Change(
                "unit_cost", "set", Uniform(1, 2), independent=("line",), correlation=1, **MODEL
            ),
            ["correlation", "1"],
        ),
        (
            Change("unit_cost", "multiply", 2, (2025,), line=("II.1",), source=("local",)),
            ["conditions that a line meets", "những điều kiện chọn cùng đúng với một dòng"],
        ),
    ],
)
def test_a_wrong_change_is_told_with_what_is_valid(change, words):
    right = Change("unit_cost", "multiply", 1.1, YEARS)
    with pytest.raises(kc.DataError) as caught:
        apply(PLAN, right, change)
    assert "x.toml, thay đổi 2: cần" in caught.value.in_language("vi")
    assert "x.toml, change 2: expected" in caught.value.in_language("en")
    assert len(caught.value.troubles) == 1
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Change("quantity", "set", 1, **MODEL), Change("quantity", "set", 2, **MODEL)),
        (
            Change("amount", "set", 800, gives_way="quantity", **MODEL),
            Change("amount", "set", 1600, gives_way="quantity", **MODEL),
        ),
        (
            Change("amount", "set", 800, gives_way="quantity", **MODEL),
            Change("unit_cost", "multiply", 2, YEARS),
        ),
        (
            Change("quantity", "set", 1, **MODEL),
            Change("amount", "set", 1600, gives_way="quantity", **MODEL),
        ),
    ],
)
def test_a_contradiction_names_the_earlier_change_and_the_place(first, second):
    with pytest.raises(kc.DataError) as caught:
        apply(PLAN, first, second)
    vi, en = (caught.value.in_language(lang) for lang in ("vi", "en"))
    assert en == (
        "x.toml, change 2: expected no contradiction of an earlier change, "
        "found change 1 has already set line II.1 in 2025"
    )
    assert vi.startswith("x.toml, thay đổi 2: ")
    assert vi.endswith("dòng II.1 năm 2025 đã được thay đổi 1 đặt cố định")


def test_what_is_set_may_be_altered_on():
    plan = apply(
        PLAN,
        Change("quantity", "set", 4, **MODEL),
        Change("unit_cost", "set", 500, **MODEL),
        Change("amount", "multiply", 0.5, gives_way="quantity", **MODEL),
    )
    # Four models take 3200 with them, whatever they then cost; half of that pays for three.
    assert cells(plan).loc[("II.1", 2025)].tolist() == [1500, 3]


def test_money_after_costs_is_of_the_approved_funds_and_tells_what_is_short():
    dearer = Change("unit_cost", "multiply", 1.25, (2025,), source=("national",))
    funds = Change("amount", "multiply", 1, (2025,), source=("national",), gives_way="quantity")
    plan = apply(PLAN, dearer, funds)
    # Two models of 1000, four of machinery of 375 and a cluster's plan of 625 need 4125; there is
    # 3300. 1600, 1200 and 500 buy 1, 3 and 0; the pool of 600 + 75 + 500 buys the cluster's plan,
    # which lacks 0.2, then no model (0.4), then machinery.
    now = cells(plan)
    assert [now.loc[(line, 2025), "quantity"] for line in ("II.1", "II.2", "II.4")] == [1, 4, 1]
    (row,) = kc.placement(PLAN, scenario(dearer, funds)).to_dict("records")
    assert (row["asked_million_vnd"], row["funds_million_vnd"]) == (0, 3300)
    assert (row["short_million_vnd"], row["placed_million_vnd"]) == (825, 3125)
    assert (row["left_million_vnd"], row["nearest_line"]) == (175, "II.2")
    (note,) = (note for note in plan.notes if note.rule == "remainder")
    assert "825 short of what the work planned before needs" in note.message.en
    assert "thiếu 825 so với nhu cầu của khối lượng trước đó" in note.message.vi


def test_costs_and_quantities_may_come_in_any_order_before_money():
    some = [
        Change("unit_cost", "multiply", 1.1, YEARS),
        Change("unit_cost", "grow_pct", 5, YEARS, from_year=2021),
    ]
    money = Change("amount", "multiply", 0.9, YEARS, gives_way="quantity")
    one = apply(PLAN, *some, money)
    assert_same_figures(one, apply(PLAN, *some[::-1], money))


def test_changes_of_money_that_follow_each_other_are_one():
    half = Change("amount", "multiply", 0.5, YEARS, gives_way="quantity")
    assert_same_figures(apply(PLAN, half, replace(half, value=2)), PLAN)


def test_ceilings_and_cycles_are_looked_at_too():
    change = Change("unit_cost", "multiply", 2, YEARS)
    ceilings = (Ceiling("eu", 2024, 1.0), Ceiling(None, 2030, 1.0), Ceiling(None, 2024, -1.0))
    with pytest.raises(kc.DataError) as caught:
        kc.apply_scenario(PLAN, scenario(change, ceilings=ceilings))
    lines = caught.value.in_language("en").splitlines()
    assert [line.split(": ")[0] for line in lines] == ["x.toml, ceiling"] * 3
    assert ["local, national" in lines[0], "2021, 2022" in lines[1], "-1.0" in lines[2]] == [
        True
    ] * 3
    with pytest.raises(kc.DataError, match="a scenario for the cycle 2021-2025, found 2026-2030"):
        kc.apply_scenario(PLAN, replace(scenario(change), cycle="2026-2030"))


def test_all_that_is_wrong_is_told_at_once_the_bases_first():
    base = replace(scenario(Change("unit_cost", "set", -1, **MODEL)), name="below")
    wrong = scenario(
        Change("unit_cost", "multiply", 2, (2026,), line=("II.9",)),
        Change("amount", "add", 2, **MODEL),
        base=base,
    )
    with pytest.raises(kc.DataError) as caught:
        kc.apply_scenario(PLAN, wrong)
    places = [trouble.place.en for trouble in caught.value.troubles]
    assert places == ["below.toml, change 1", *["x.toml, change 1"] * 2, "x.toml, change 2"]


# What holds of any plan and scenario.


#: Quantity and unit cost; money alone, or nothing.
CELLS = [
    *[(None, None)] * 3,
    *[(None, 80.0), (0, 1.0), (1, 0.0), (1, 500.0), (2, 166.7), (3, 187.5), (5, 167.2), (7, 0.1)],
]


@st.composite
def plans(draw, broken=True):
    """The plan with other figures: whole or, if wanted, broken quantities."""
    size = len(LINES) * len(YEARS)
    drawn = draw(st.lists(st.sampled_from(CELLS), min_size=size, max_size=size))
    halves = draw(st.sets(st.sampled_from(LINES), max_size=3)) if broken else set()
    budget, quantities = [], []
    lines = PLAN.lines[["line", "source", "activity", "unit"]].itertuples(index=False)
    places = [(*line, year) for line in lines for year in YEARS]
    for (line, source, activity, unit, year), (quantity, cost) in zip(places, drawn, strict=True):
        if quantity is not None:
            quantity += 0.25 * (line in halves)
            quantities.append((line, source, activity, unit, year, quantity))
        if cost is not None:
            amount = cost if quantity is None else quantity * cost
            budget.append((line, source, activity, year, amount))
    return replace(
        PLAN,
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, quantities),
    )


places = st.fixed_dictionaries(
    {
        "years": st.sets(st.sampled_from(YEARS), min_size=1).map(sorted).map(tuple),
        "line": st.sets(st.sampled_from(LINES), max_size=3).map(sorted).map(tuple),
    }
)
factors = st.integers(0, 40).map(lambda twentieths: twentieths / 20)


@st.composite
def changes(draw, by=("multiply", "grow_pct", "add", "set")):
    of = draw(st.sampled_from(["amount", "quantity", "unit_cost"]))
    way = draw(st.sampled_from(by))
    numbers = {
        "multiply": factors,
        "grow_pct": st.integers(-30, 30),
        "add": st.integers(0, 500),
        "set": st.integers(0, 2000),
    }
    where = draw(places)
    return Change(
        of,
        way,
        draw(numbers[way]),
        gives_way=draw(st.sampled_from(["quantity", "unit_cost"])) if of == "amount" else None,
        from_year=min(where["years"]) if way == "grow_pct" else None,
        **where,
    )


def attempt(plan, wanted):
    """The plan as it would be; what cannot be carried out is another test's matter."""
    try:
        return kc.apply_scenario(plan, wanted)
    except kc.DataError:
        reject()


scenarios = st.lists(changes(), min_size=1, max_size=3).map(lambda some: scenario(*some))
scalings = st.lists(changes(by=("multiply", "grow_pct")), min_size=1, max_size=4).map(
    lambda some: scenario(*some)
)


@given(plans(), scenarios | scalings)
def test_amount_is_quantity_times_unit_cost(plan, wanted):
    attempt(plan, wanted)
    for amount, quantity, cost in Engine(plan, wanted).run().cells().values():
        if None not in (amount, quantity, cost):
            assert amount == pytest.approx(quantity * cost)
        assert min(number for number in (amount, quantity, cost, 0) if number is not None) == 0


@given(plans(), factors, st.sampled_from(["remainder", "plan"]))
def test_what_is_asked_is_placed_or_left_and_what_is_left_buys_nothing(plan, factor, order):
    money = scenario(Change("amount", "multiply", factor, YEARS, gives_way="quantity"))
    money = replace(money, order=order)
    derived, before = cells(attempt(plan, money)), cells(plan)
    sources = dict(zip(PLAN.lines["line"], PLAN.lines["source"], strict=True))
    whole = {
        line
        for line in LINES
        if (plan.quantities.loc[plan.quantities["line"] == line, "quantity"] % 1 == 0).all()
    }
    for row in kc.placement(plan, money).itertuples():
        here = [at for at in before.index if (sources[at[0]], at[1]) == (row.source, row.year)]
        funds = factor * before.loc[here, "amount_million_vnd"].sum()
        assert row.funds_million_vnd == pytest.approx(funds, abs=1e-6)
        assert row.placed_million_vnd + row.left_million_vnd == pytest.approx(funds, abs=1e-6)
        paid = derived.loc[here, "amount_million_vnd"].sum()
        assert row.placed_million_vnd == pytest.approx(paid, abs=1e-6)
        units = before.loc[here].query("amount_million_vnd > 0 and quantity > 0")
        costs = [one.amount_million_vnd / one.quantity for one in units.itertuples()
                 if one.Index[0] in whole]  # fmt: skip
        assert 0 <= row.left_million_vnd < min(costs, default=1e-6) + 1e-6
        if row.left_million_vnd:
            lacks = min(costs) - row.left_million_vnd
            assert row.lacks_million_vnd == pytest.approx(lacks, abs=2e-6)


@given(plans(), scenarios | scalings)
def test_whole_lines_stay_whole_and_the_given_plan_stays_as_it_is(plan, wanted):
    before = deepcopy(plan)
    derived = attempt(plan, wanted)
    for field in fields(plan):
        one, other = getattr(plan, field.name), getattr(before, field.name)
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)
        else:
            assert one == other
    for line, quantities in plan.quantities.groupby("line")["quantity"]:
        if (quantities % 1 == 0).all():
            now = derived.quantities.loc[derived.quantities["line"] == line, "quantity"]
            assert (now % 1 == 0).all()
    assert set(derived.budget["line"]) <= set(LINES)
    bought = {note.expected >= note.found for note in derived.notes if note.rule == "remainder"}
    assert bought <= {True}


@given(plans(), scalings)
def test_changes_elsewhere_leave_a_cell_alone(plan, wanted):
    derived = cells(attempt(plan, wanted))
    touched = {
        (line, year)
        for change in wanted.changes
        for line in change.line or LINES
        for year in change.years
    }
    before = cells(plan)
    rest = [at for at in before.index if at not in touched]
    pd.testing.assert_frame_equal(derived.loc[rest], before.loc[rest], check_exact=True)


@given(plans(), changes(by=("multiply", "grow_pct", "add")), st.booleans())
def test_a_change_that_is_none_changes_nothing(plan, change, everywhere):
    where = {"line": (), "years": YEARS} if everywhere else {}
    none = replace(
        change,
        value=1 if change.by == "multiply" else 0,
        from_year=YEARS[0] if change.by == "grow_pct" else None,
        **where,
    )
    derived = attempt(plan, scenario(none))
    assert_same_figures(derived, plan)
    assert not remainders(derived)
    known = set(zip(plan.origin["line"], plan.origin["year"], strict=True))
    kept = set(zip(derived.origin["line"], derived.origin["year"], strict=True))
    assert kept >= known & set(cells(plan).index)


@given(plans(), st.lists(changes(), min_size=2, max_size=3), st.randoms())
def test_the_order_of_changes_that_touch_different_lines_is_no_matter(plan, some, random):
    apart = [replace(change, line=tuple(LINES[place::3])) for place, change in enumerate(some)]
    one = attempt(plan, scenario(*apart))
    random.shuffle(apart)
    assert_same_figures(one, kc.apply_scenario(plan, scenario(*apart)))


@given(plans(), st.data())
def test_the_order_of_factors_of_different_things_is_no_matter(plan, data):
    where = {"years": YEARS, "line": ()}
    some = [
        Change("unit_cost", "multiply", data.draw(factors), **where),
        Change("quantity", "multiply", data.draw(factors), **where),
        Change("unit_cost", "grow_pct", data.draw(st.integers(0, 9)), from_year=2021, **where),
    ]
    one = attempt(plan, scenario(*some))
    for order in ((1, 0, 2), (2, 1, 0), (1, 2, 0)):
        other = kc.apply_scenario(plan, scenario(*(some[place] for place in order)))
        assert_same_figures(one, other)


@given(plans(broken=False), scalings, scalings)
def test_one_after_the_other_is_one_on_the_other(plan, first, second):
    after = attempt(attempt(plan, first), second)
    assert_same_figures(after, kc.apply_scenario(plan, replace(second, base=first)))


@given(plans(), scenarios)
def test_analyses_take_any_derived_plan(plan, wanted):
    derived = attempt(plan, wanted)
    total = derived.budget["amount_million_vnd"].sum()
    assert kc.amounts(derived, per="cycle")["amount_million_vnd"].item() == pytest.approx(total)
    assert len(kc.growth(derived)) == 5
    kc.check(derived)
    kc.shares(derived, "line")
    kc.unit_costs(derived)
    assert kc.compare({"a": plan, "b": derived})["amount_million_vnd"].iloc[1] == pytest.approx(
        total
    )
