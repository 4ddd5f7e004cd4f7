"""The change of the budget from 2021 to 2025, taken apart by hand, and the identities."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.model import tabulate

PLAN = kc.load_plan("2021-2025")
PARTS = ["volume_million_vnd", "unit_cost_million_vnd", "new_million_vnd", "ended_million_vnd"]
REAL = [f"real_{name}" for name in PARTS]


def test_from_2021_to_2025(plan):
    total = kc.decompose_growth(plan, 2021, 2025, by=[])
    assert total[PARTS].iloc[0].tolist() == pytest.approx([967.2, -111.2, 550, 0])
    assert total["change_million_vnd"].item() == 1406


def test_by_line(plan):
    lines = kc.decompose_growth(plan, 2021, 2025).set_index("line")
    # I.1: 3 at 200 become 5 at 167.2: 2 × 183.6 and -32.8 × 4.
    assert lines.loc["I.1", PARTS].tolist() == pytest.approx([367.2, -131.2, 0, 0])
    assert lines.loc["II.2", PARTS].tolist() == pytest.approx([600, 0, 0, 0])
    assert lines.loc["I.4", PARTS].tolist() == [0, 0, 50, 0]
    assert lines.loc["II.4", PARTS].tolist() == [0, 0, 500, 0]
    ended = kc.decompose_growth(plan, 2021, 2022).set_index("line")
    assert ended.loc["I.5", PARTS].tolist() == [0, 0, 0, -80]


@pytest.mark.parametrize("by", [[], ["source"], ["line"], ["activity"]])
@pytest.mark.parametrize(("start", "end"), [(2021, 2025), (2022, 2023), (2025, 2021), (2023, 2023)])
def test_parts_add_up_to_the_change_of_the_budget(plan, by, start, end):
    parts = kc.decompose_growth(plan, start, end, by)
    amounts = kc.amounts(plan).set_index("year")["amount_million_vnd"]
    assert parts[PARTS].sum(axis=1).tolist() == pytest.approx(parts["change_million_vnd"].tolist())
    assert parts["change_million_vnd"].sum() == pytest.approx(amounts[end] - amounts[start])


def test_in_constant_prices_beside_the_nominal(plan):
    total = kc.decompose_growth(plan, 2021, 2025, by=[], cpi=kc.load_cpi()).iloc[0]
    assert total[PARTS].tolist() == pytest.approx([967.2, -111.2, 550, 0])
    level = 1.0315 * 1.0325 * 1.0363 * 1.0331  # of 2025, where that of 2021 is 1
    # I.1, I.3, I.5, II.1 and II.2 stand in both years: their cost now at 2021 prices less that
    # then, times the mean of both quantities. What costs the same as before has become cheaper.
    unit_cost = (
        (167.2 / level - 200) * 4
        + (90 / level - 70)
        + (80 / level - 80)
        + (800 / level - 800) * 2
        + (300 / level - 300) * 3
    )
    assert unit_cost == pytest.approx(-521.78, abs=0.005)
    volume = 2 * (200 + 167.2 / level) / 2 + 2 * (300 + 300 / level) / 2
    assert volume == pytest.approx(909.75, abs=0.005)
    assert total[REAL].tolist() == pytest.approx([volume, unit_cost, 550 / level, 0])
    assert total["real_change_million_vnd"] == pytest.approx(4356 / level - 2950)
    by_source = kc.decompose_growth(plan, 2021, 2025, ["source"], cpi=kc.load_cpi())
    assert by_source[REAL].sum().tolist() == pytest.approx(total[REAL].tolist())


def test_each_year_on_the_year_before(plan):
    years = kc.decompose_years(plan).set_index("year")
    assert years.index.tolist() == [2022, 2023, 2024, 2025]
    assert years["change_million_vnd"].tolist() == [350, 380, 280, 396]
    # I.2 (30) in 2022 and 2024; I.4 (50) from 2022; I.5 (80) in 2021 and 2025; II.3 (1.100) in
    # 2023 alone; II.4 (500) from 2024.
    assert years["new_million_vnd"].tolist() == [30 + 50, 1100, 30 + 500, 80]
    assert years["ended_million_vnd"].tolist() == [-80, -30, -1100, -30]
    by_line = kc.decompose_years(plan, ["line"]).set_index(["line", "year"])
    assert by_line["new_million_vnd"].loc["I.2"].tolist() == [30, 0, 30, 0]
    assert by_line["ended_million_vnd"].loc["I.2"].tolist() == [0, -30, 0, -30]


def random_plan(data):
    """Any amounts and quantities, and lines that start, pause, come back or end at will."""
    numbers = st.floats(0.01, 1e6)
    cells = [(line, year) for line in PLAN.lines["line"] for year in PLAN.years]
    kept = data.draw(st.lists(st.sampled_from(cells), min_size=1, unique=True))
    who = PLAN.lines.set_index("line")
    rows = [
        (line, who["source"][line], who["activity"][line], year, data.draw(numbers))
        for line, year in kept
    ]
    work = [(*row[:3], who["unit"][row[0]], row[3], data.draw(numbers)) for row in rows]
    return replace(
        PLAN,
        budget=tabulate(model.BUDGET, rows),
        quantities=tabulate(model.QUANTITIES, work),
        printed=tabulate(model.PRINTED, []),
    )


@given(st.data())
def test_any_amounts_and_quantities_are_taken_apart_without_a_rest(data):
    random = random_plan(data)
    amounts = kc.amounts(random).fillna(0).set_index("year")["amount_million_vnd"]
    for start, end in product(PLAN.years, repeat=2):
        there = kc.decompose_growth(random, start, end, cpi=kc.load_cpi())
        # Floating point cancels what is large: volume and unit cost may far exceed the change.
        for parts, change in ((PARTS, "change_million_vnd"), (REAL, "real_change_million_vnd")):
            scale = there[parts].abs().sum(axis=1) + 1
            rest = there[parts].sum(axis=1) - there[change]
            assert (np.abs(rest) <= 1e-9 * scale).all()
        change = there["change_million_vnd"].sum()
        assert change == pytest.approx(amounts[end] - amounts[start], abs=1e-6)
        # Symmetric weights: the way back is the way there with the other sign.
        back = kc.decompose_growth(random, end, start)
        turned = there["volume_million_vnd"] + back["volume_million_vnd"]
        assert (turned.abs() <= 1e-9 * (there[PARTS].abs().sum(axis=1) + 1)).all()
        assert (there["new_million_vnd"] + back["ended_million_vnd"]).abs().max() == 0
    years = kc.decompose_years(random)
    whole = amounts.iloc[-1] - amounts.iloc[0]
    assert years[PARTS].to_numpy().sum() == pytest.approx(whole, abs=1e-4)


def test_a_year_outside_the_cycle(plan):
    with pytest.raises(kc.DataError, match="2030"):
        kc.decompose_growth(plan, 2021, 2030)


def test_money_without_work_cannot_be_taken_apart(plan):
    work = plan.quantities[plan.quantities["line"] != "I.3"]
    with pytest.raises(kc.DataError, match=r"I\.3"):
        kc.decompose_growth(replace(plan, quantities=work), 2021, 2025)
