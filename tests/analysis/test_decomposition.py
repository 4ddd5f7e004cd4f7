"""The change of the budget from 2021 to 2025, taken apart by hand, and the identities."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc

PLAN = kc.load_plan("2021-2025")
PARTS = ["volume_million_vnd", "unit_cost_million_vnd", "new_million_vnd", "ended_million_vnd"]


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


@given(st.data())
def test_any_amounts_and_quantities_are_taken_apart_without_a_rest(data):
    numbers = st.floats(0.01, 1e6)
    n = len(PLAN.budget)
    budget = PLAN.budget.assign(
        amount_million_vnd=data.draw(st.lists(numbers, min_size=n, max_size=n))
    )
    work = PLAN.quantities.assign(quantity=data.draw(st.lists(numbers, min_size=n, max_size=n)))
    random = replace(PLAN, budget=budget, quantities=work)
    there = kc.decompose_growth(random, 2021, 2025)
    back = kc.decompose_growth(random, 2025, 2021)
    rest = there[PARTS].sum(axis=1) - there["change_million_vnd"]
    # Floating point cancels what is large: volume and unit cost may far exceed the change.
    scale = there[PARTS].abs().sum(axis=1) + 1
    assert (np.abs(rest) <= 1e-9 * scale).all()
    # Symmetric weights: the way back is the way there with the other sign.
    turned = there["volume_million_vnd"] + back["volume_million_vnd"]
    assert (turned.abs() <= 1e-9 * scale).all()
    assert (there["new_million_vnd"] + back["ended_million_vnd"]).abs().max() == 0


def test_a_year_outside_the_cycle(plan):
    with pytest.raises(kc.DataError, match="2030"):
        kc.decompose_growth(plan, 2021, 2030)


def test_money_without_work_cannot_be_taken_apart(plan):
    work = plan.quantities[plan.quantities["line"] != "I.3"]
    with pytest.raises(kc.DataError, match=r"I\.3"):
        kc.decompose_growth(replace(plan, quantities=work), 2021, 2025)
