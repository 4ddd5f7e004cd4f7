"""A draft of the next cycle: its money, its whole units, and where each figure comes from."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis.scenarios.assumptions import Assumptions, NewLine
from kc_analysis.scenarios.draft import draft_cycle
from kc_analysis.scenarios.placing import Demand, place
from kc_analysis.scenarios.scenario import Ceiling

PLAN = kc.load_plan("2021-2025")
NEXT = "2026-2030"
YEARS = range(2026, 2031)


def draft(plan=PLAN, cpi=None, unfinished=None, **assumed):
    cpi = kc.load_cpi() if cpi is None else cpi
    known = Assumptions(**{"inflation_pct": 3.0} | assumed)
    return draft_cycle(plan, NEXT, known, kc.load_norms(), cpi, unfinished)


def years(plan, line: str) -> list[int]:
    return plan.budget.loc[plan.budget["line"] == line, "year"].tolist()


def quantity(plan, line: str, year: int) -> float:
    return plan.quantities.query("line == @line and year == @year")["quantity"].item()


def quantities(plan, line: str) -> list[float]:
    return plan.quantities.loc[plan.quantities["line"] == line, "quantity"].tolist()


def amount(plan, line: str, year: int) -> float:
    return plan.budget.query("line == @line and year == @year")["amount_million_vnd"].item()


def sums(plan) -> pd.DataFrame:
    return plan.budget.pivot_table("amount_million_vnd", "source", "year", "sum")


def told(plan, rule: str) -> list[str]:
    return [note.message.en for note in plan.notes if note.rule == rule]


#: Local funds grow from 750 to 1056 in four years, national ones from 2200 to 3300.
RATES = {"local": (1056 / 750) ** 0.25, "national": (3300 / 2200) ** 0.25}
LAST = {"local": 1056, "national": 3300}
PATHS = {
    source: [round(LAST[source] * rate**passed, 6) for passed in range(1, 6)]
    for source, rate in RATES.items()
}


def test_patterns_are_kept():
    plan = draft()
    assert years(plan, "I.2") == [2026, 2028, 2030]  # the product vote, in even years
    assert years(plan, "I.5") == [2026, 2030]  # the study tour, at the ends
    assert years(plan, "I.4") == [2027, 2028, 2029, 2030]
    assert years(plan, "II.3") == [2028]
    assert years(plan, "II.1") == list(range(2026, 2031))


def test_the_sum_is_what_the_growth_says():
    placed = sums(draft()).sum(axis=1)
    for source, path in PATHS.items():
        assert 0.985 * sum(path) <= placed[source] <= sum(path)


@pytest.mark.parametrize("inflation_pct", [0, 2.5, 3.3, 4, 6])
def test_the_sum_of_all_sources_holds_whatever_prices_do(inflation_pct):
    whole = sum(map(sum, PATHS.values()))
    assert 0.985 * whole <= sums(draft(inflation_pct=inflation_pct)).to_numpy().sum() <= whole


@pytest.mark.parametrize("inflation_pct", [0, 3, 6])
@pytest.mark.parametrize("amounts", ["compound", "real"])
def test_the_first_year_is_not_below_the_last(amounts, inflation_pct):
    placed = sums(draft(amounts=amounts, inflation_pct=inflation_pct))
    assert placed.loc["local", 2026] >= 1056
    assert placed.loc["national", 2026] >= 3300


def test_what_is_left_is_told_to_the_dong():
    plan = draft()
    placed = sums(plan).sum(axis=1)
    notes = told(plan, "draft-growth")
    left = {source: sum(path) - placed[source] for source, path in PATHS.items()}
    for note, value in zip(notes, (*left.values(), sum(left.values())), strict=True):
        assert note.endswith(f"left unplaced: {round(1_000_000 * value):,} VND")
    # In the last year a project of I.1 costs 212, one of II.2 300.
    assert (0 <= left["local"] < 212, 0 <= left["national"] < 300) == (True, True)


def test_the_growth_that_results_is_told():
    plan = draft()
    placed = sums(plan)
    local, national, whole = told(plan, "draft-growth")
    assert "; a growth of 8.9% a year makes 6,874.781; " in local
    assert "; a growth of 10.7% a year makes 22,594.614; " in national
    last = placed[2030]
    for note, before, after in (
        (local, 1056, last["local"]), (national, 3300, last["national"]), (whole, 4356, last.sum()),
    ):  # fmt: skip
        rate = 100 * ((after / before) ** (1 / 5) - 1)
        assert f"from {before:,} in 2025 to {after:,.0f} in 2030 ({rate:.1f}% a year)" in note
    assert plan.variant.en.endswith(f"in 2030 ({rate:.1f}% a year)")
    assert f"{placed.to_numpy()[placed.notna()].sum():,.0f} million VND" in plan.variant.en


def test_unit_costs_start_from_the_mean_in_constant_prices():
    # 1.0315, 1.0325, 1.0363, 1.0331 are the index from 2022 to 2025. Models cost 800 each year:
    # 1600, 1600, 800, 1600, 1600 are 7702.5 in prices of 2025, 855.8 for each of the nine;
    # five years at 3 % on 992.1.
    plan = draft()
    level = [
        1.0315 * 1.0325 * 1.0363 * 1.0331,
        1.0325 * 1.0363 * 1.0331,
        1.0363 * 1.0331,
        1.0331,
        1,
    ]
    money = (1600, 1600, 800, 1600, 1600)
    mean = sum(one * rise for one, rise in zip(money, level, strict=True)) / 9
    for passed, year in enumerate(YEARS, 1):
        cost = amount(plan, "II.1", year) / quantity(plan, "II.1", year)
        assert cost == round(mean * 1.03**passed)
    # A fair each year: 70, 80, 80, 90, 90 are 87.5 on average in prices of 2025.
    assert amount(plan, "I.3", 2026) == 90


def test_the_index_counts_where_it_is_known():
    cpi = kc.load_cpi()
    more = pd.concat([cpi, cpi.tail(1).assign(year=2026, cpi_annual_average_change_pct=10.0)])
    plan = draft(cpi=more)
    assert amount(plan, "I.3", 2026) == round(87.4 * 1.1)
    assert amount(plan, "I.3", 2027) == round(87.4 * 1.1 * 1.03)
    why = kc.trace(plan, line="I.3", year=2027)["place_en"]
    assert why.str.contains("with the price index to 2026, then by 3% a year").all()


def test_a_unit_costs_no_more_than_the_norm():
    # Circular 28/2018/TT-BTC: 300 million a machinery project. 15 projects of II.2 cost 4772.1 in
    # prices of 2025, 318.1 each: 328 in 2026 and 369 in 2030.
    plan = draft()
    for year in YEARS:
        assert amount(plan, "II.2", year) == 300 * quantity(plan, "II.2", year)
    (note,) = told(plan, "norm-binds")
    assert note.startswith("Line II.2, 2026, 2027, 2028, 2029, 2030: a unit costs 328 – 369")
    assert "the norm is 300 million VND; the draft takes the norm" in note
    # What is below the norm is not lifted to it: I.1 cost 183.2 in prices of 2025.
    assert amount(plan, "I.1", 2026) == 189 * quantity(plan, "I.1", 2026)


def test_a_norm_that_is_passed_is_told():
    plan = draft(within_norms=False)
    assert amount(plan, "II.2", 2026) == 328 * quantity(plan, "II.2", 2026)
    (note,) = told(plan, "norm-passed")
    assert "the norm is 300 million VND; the draft passes the norm" in note
    new = NewLine("II.5", "Hỗ trợ ứng dụng máy móc thiết bị", "More machinery", "Đề án", "projects",
                  350.0, {2027: 2})  # fmt: skip
    assert "Line II.5, 2027: a unit costs 350" in told(draft(added=(new,)), "norm-passed")[0]


def test_flat_lines_stay_flat_unless_told():
    plan = draft()
    for line in ("I.2", "I.3", "I.4", "I.5", "II.3", "II.4"):
        assert set(quantities(plan, line)) == {1}
    # Fairs had 410 of 4446 of the local funds; a tenth of 1150 and more buys more than one.
    assert max(quantities(draft(grow=("I.3",)), "I.3")) > 1


def test_what_is_unfinished():
    # Made-up figures to the end of 2023. Planned and delivered: I.1 3, 4, 4 and 2, 4, 4; I.3 a fair
    # a year and 0, 1, 1; II.1 2, 2, 1 and 1, 2, 1. The tour of 2021 was made in 2022.
    actuals = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    assert kc.unfinished(PLAN, actuals) == {"I.1": 1, "I.3": 1, "II.1": 1}


def test_unfinished_work_comes_first():
    usual, plan = draft(), draft(unfinished={"II.3": 1, "II.1": 2})
    assert years(plan, "II.3") == [2026, 2028]
    why = kc.trace(plan, line="II.1", year=2026)["place_en"]
    assert why.str.contains("2 unfinished of the last cycle").any()
    assert told(plan, "unfinished") == [
        "Line II.3: 1 of 2021-2025 unfinished, placed before all else",
        "Line II.1: 2 of 2021-2025 unfinished, placed before all else",
    ]
    assert sums(plan).loc["national"].sum() <= sum(PATHS["national"])
    assert sums(plan).loc["local"].tolist() == sums(usual).loc["local"].tolist()


def test_unfinished_work_of_a_line_that_ends_is_told():
    plan = draft(unfinished={"II.3": 1}, ended=("II.3",))
    assert told(plan, "unfinished") == [
        "Line II.3: 1 of 2021-2025 unfinished, not placed, as the line ends"
    ]


def test_unfinished_work_that_a_year_cannot_pay_goes_on():
    # 3652 pay for two fairs at 1213 and 1226 more; a model costs 881.
    plan = draft(unfinished={"II.3": 4})
    assert years(plan, "II.3")[:2] == [2026, 2027]
    assert quantity(plan, "II.3", 2026) + quantity(plan, "II.3", 2027) == 4


def test_ceilings_hold_and_what_they_take_is_told():
    ceilings = tuple(Ceiling("national", year, 2000.0) for year in range(2026, 2031))
    plan = draft(ceilings=ceilings)
    assert (sums(plan).loc["national"] <= 2000).all()
    assert (plan.quantities["quantity"] > 0).all()
    fewer = kc.trace(plan, line="II.2", year=2030)["place_en"]
    assert fewer.str.contains("to keep within the ceiling").all()
    left = round(1_000_000 * (sum(PATHS["national"]) - sums(plan).loc["national"].sum()))
    assert told(plan, "draft-growth")[1].endswith(f"{left:,} VND")


def test_a_line_that_gets_nothing_is_told():
    none = tuple(Ceiling("local", year, 0.0) for year in YEARS)
    plan = draft(ceilings=none)
    assert told(plan, "draft-empty") == [
        f"Line I.{number} has no money in the draft" for number in range(1, 6)
    ]


def test_lines_ended_and_added():
    new = NewLine("II.5", "Sản xuất sạch hơn", "Cleaner production", "Cơ sở", "establishments",
                  200.0, {2027: 2, 2029: 1})  # fmt: skip
    plan = draft(ended=("II.3",), added=(new,))
    assert plan.lines["line"].tolist() == [
        "I.1", "I.2", "I.3", "I.4", "I.5", "II.1", "II.2", "II.4", "II.5",
    ]  # fmt: skip
    assert (amount(plan, "II.5", 2027), quantity(plan, "II.5", 2029)) == (400, 1)
    assert plan.lines.set_index("line").loc["II.5", "source"] == "national"
    # The new line's money is the source's.
    assert 0.985 * sum(PATHS["national"]) <= sums(plan).loc["national"].sum()
    assert sums(plan).loc["national"].sum() <= sum(PATHS["national"])


def test_every_figure_tells_its_assumption_and_all_checks_take_the_draft():
    plan = draft()
    assert len(plan.origin) == len(plan.budget) + len(plan.quantities)
    why = kc.trace(plan, line="II.2", year=2030)
    assert why["place_en"].str.contains("by 3% a year").all()
    assert why["place_vi"].str.contains("10,7%/năm").any()
    assert "error" not in set(kc.check(plan)["severity"])
    assert plan.title.endswith("2026 - 2030")
    joined = plan.budget.merge(plan.quantities)
    costs = joined["amount_million_vnd"] / joined["quantity"]
    assert (costs % 1 == 0).all()


def test_a_scenario_can_be_drafted_from():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    before = cut.budget.query("source == 'national'").groupby("year")["amount_million_vnd"].sum()
    rate = (before[2025] / before[2021]) ** 0.25
    path = sum(before[2025] * rate**passed for passed in range(1, 6))
    plan = draft(cut)
    assert "Draft for 2026-2030 from " in plan.variant.en
    assert path - 300 < sums(plan).loc["national"].sum() <= path


FUTURE = [2026, 2027, 2028]
PRICE = st.floats(0.5, 500).map(lambda value: round(value, 3))


@st.composite
def demands(draw):
    """Lines of one source, and its money in three years."""
    lines = [
        Demand(
            f"I.{number}",
            draw(st.floats(1, 1000)),
            {year: draw(PRICE) for year in FUTURE},
            tuple(sorted(draw(st.sets(st.sampled_from(FUTURE), min_size=1)))),
            draw(st.none() | st.integers(1, 5)),
            draw(st.integers(0, 3)),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]
    money = {year: draw(st.floats(0, 5000).map(lambda value: round(value, 3))) for year in FUTURE}
    return money, lines


@given(demands(), st.floats(0, 5000))
def test_random_sources(given_source, least):
    money, lines = given_source
    placed = place(money, lines, least)
    prices = {one.line: one.prices for one in lines}
    cost = dict.fromkeys(FUTURE, 0.0)
    for (line, year), bought in placed.bought.items():
        assert min(bought.due, bought.flat, bought.shared) >= 0 < bought.units
        cost[year] += bought.units * prices[line][year]
    # What was there is placed or left, and what is left pays for no unit that may be bought.
    left = placed.handed_on[2028]
    assert sum(money.values()) == pytest.approx(sum(cost.values()) + left, abs=1e-5)
    growing = [one for one in lines if one.flat is None and 2028 in one.years]
    free = growing or [one for one in lines if 2028 in one.years]
    assert min(placed.handed_on[2027], left) >= 0
    if free:
        assert left < min(one.prices[2028] for one in free)


@given(demands())
def test_no_money_is_used_twice(given_source):
    money, lines = given_source
    placed = place(money, lines, 0.0)
    assert all(left >= 0 for left in placed.handed_on.values())


@given(st.floats(0.3, 3), st.sampled_from(["compound", "real"]), st.booleans())
def test_random_plans(factor, amounts, within_norms):
    budget = PLAN.budget.copy()
    later = budget["year"] == 2025
    budget.loc[later, "amount_million_vnd"] = (
        budget.loc[later, "amount_million_vnd"] * factor
    ).round()
    plan = PLAN.__class__(**{**vars(PLAN), "budget": budget})
    made = draft(plan, amounts=amounts, within_norms=within_norms)
    assert (made.budget["amount_million_vnd"] > 0).all()
    assert (made.quantities["quantity"] % 1 == 0).all()
    for note in made.notes:
        if note.rule == "draft-growth":
            assert note.found <= note.expected + 1e-6


FILE = """
inflation_pct = 3.3
amounts = "real"
within_norms = false
ended = ["II.3"]
grow = ["I.3", "I.4"]

[[ceiling]]
source = "national"
year = 2026
amount_million_vnd = 2000

[[added]]
line = "II.5"
label_vi = "Sản xuất sạch hơn"
label_en = "Cleaner production"
unit = "Cơ sở"
unit_en = "establishments"
unit_cost = 200
quantities = {2027 = 2, 2029 = 1}
"""


def test_assumptions_are_read_from_a_file(tmp_path):
    path = tmp_path / "giả định.toml"
    path.write_text(FILE, encoding="utf-8")
    assert kc.load_assumptions(path) == Assumptions(
        inflation_pct=3.3,
        amounts="real",
        within_norms=False,
        grow=("I.3", "I.4"),
        ceilings=(Ceiling("national", 2026, 2000.0),),
        ended=("II.3",),
        added=(
            NewLine("II.5", "Sản xuất sạch hơn", "Cleaner production", "Cơ sở", "establishments",
                    200.0, {2027: 2.0, 2029: 1.0}),
        ),
    )  # fmt: skip


def test_all_that_is_wrong_in_the_file_is_told_at_once(tmp_path):
    path = tmp_path / "wrong.toml"
    text = FILE.replace("inflation_pct", "inflation").replace('"real"', '"more"')
    text = text.replace("2029 = 1", "2029 = -1").replace("year = 2026", 'year = "2026"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kc.DataError) as error:
        kc.load_assumptions(path)
    assert len(error.value.troubles) == 5
    assert "wrong.toml, new line 1: expected quantities: year = quantity" in str(error.value)


@pytest.mark.parametrize("cycle", ["2021-2025", "2025-2029", "2026", "2030-2026", "next"])
def test_a_cycle_that_is_not_the_next(cycle):
    with pytest.raises(kc.DataError, match="a cycle after 2021-2025, such as 2026-2030"):
        draft_cycle(PLAN, cycle, Assumptions(inflation_pct=3.3))


def test_all_that_does_not_fit_is_told_at_once():
    with pytest.raises(kc.DataError) as error:
        draft(
            ended=("IV.1",),
            added=(NewLine("V.1", "x", "x", "x", "x", 1.0, {2025: 1}),),
            ceilings=(Ceiling("local", 2025, 1.0), Ceiling("foreign", 2026, 1.0)),
        )
    assert len(error.value.troubles) == 5
