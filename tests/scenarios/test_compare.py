"""Plans side by side, against figures worked out by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc

PLAN = kc.load_plan("2021-2025")
CUT = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
SHIPPED = {name: kc.apply_scenario(PLAN, kc.load_scenario(name)) for name in kc.scenarios()}
LINES = PLAN.lines["line"].tolist()
BY = ["source", "line", "activity", "year"]


def test_totals():
    sides = kc.compare({"plan": PLAN, "cut": CUT})
    assert list(sides) == ["plan", "amount_million_vnd", "change_million_vnd", "change_pct"]
    assert sides["plan"].tolist() == ["plan", "cut"]
    assert sides["amount_million_vnd"].tolist() == [18246, 16646]
    assert sides["change_pct"].tolist() == pytest.approx([0, -100 * 1600 / 18246])


def test_by_year():
    cut = kc.compare({"plan": PLAN, "cut": CUT}, by=["year"]).query("plan == 'cut'")
    assert cut["year"].tolist() == [2021, 2022, 2023, 2024, 2025]
    assert cut["change_million_vnd"].tolist() == [0, 0, 0, -800, -800]
    assert cut["change_pct"].tolist() == pytest.approx(
        [0, 0, 0, -100 * 800 / 3960, -100 * 800 / 4356]
    )


def test_by_line_with_quantities():
    cut = kc.compare({"plan": PLAN, "cut": CUT}, by=["line"]).query("plan == 'cut'")
    assert cut["line"].tolist() == LINES
    rows = cut.set_index("line")
    # Nine models were planned and fifteen machinery projects; a model less is done in either year.
    assert rows.loc["II.1", ["amount_million_vnd", "quantity", "change_quantity"]].tolist() == [
        5600, 7, -2,
    ]  # fmt: skip
    assert rows.loc["II.2", ["amount_million_vnd", "quantity", "change_quantity"]].tolist() == [
        4500, 15, 0,
    ]  # fmt: skip
    assert rows.loc["II.4", ["amount_million_vnd", "quantity", "change_pct"]].tolist() == [
        1000, 2, 0,
    ]  # fmt: skip
    assert rows.loc["II.2", "unit"] == "Đề án"


def test_quantities_are_added_up_within_an_activity_only():
    both = kc.compare({"plan": PLAN, "cut": CUT}, by=["activity"]).query("plan == 'plan'")
    machinery = both.query("activity == 'ho-tro-ung-dung-may-moc-thiet-bi'")
    assert machinery["quantity"].tolist() == [21 + 15]
    for by in ([], ["source"], ["year"], ["source", "year"]):
        assert "quantity" not in kc.compare({"plan": PLAN, "cut": CUT}, by=by)


def test_an_activity_counted_in_two_units_is_two_rows():
    work = PLAN.quantities.assign(
        unit=PLAN.quantities["unit"].where(PLAN.quantities["line"] != "I.1", "Cơ sở")
    )
    lines = PLAN.lines.assign(unit=PLAN.lines["unit"].where(PLAN.lines["line"] != "I.1", "Cơ sở"))
    plan = replace(PLAN, lines=lines, quantities=work)
    rows = kc.compare({"plan": plan}, by=["activity"]).query(
        "activity.str.startswith('ho-tro-ung')"
    )
    assert rows.set_index("unit")["quantity"].to_dict() == {"Cơ sở": 21, "Đề án": 15}


def test_a_line_without_a_unit_is_compared_too():
    units = PLAN.lines["unit"].where(PLAN.lines["line"] != "I.1")
    work = PLAN.quantities["unit"].where(PLAN.quantities["line"] != "I.1")
    plan = replace(
        PLAN, lines=PLAN.lines.assign(unit=units), quantities=PLAN.quantities.assign(unit=work)
    )
    rows = kc.compare({"plan": plan, "again": plan}, by=["line"])
    assert rows["line"].tolist() == 2 * LINES
    assert rows["quantity"].tolist()[:1] == [21]
    assert rows["change_quantity"].tolist() == [0] * 18


def test_what_only_one_plan_has_stands_in_its_place():
    budget, work = PLAN.budget, PLAN.quantities
    fewer = replace(
        PLAN, budget=budget.query("line != 'I.2'"), quantities=work.query("line != 'I.2'")
    )
    for plans, change in (({"a": PLAN, "b": fewer}, -60), ({"a": fewer, "b": PLAN}, 60)):
        rows = kc.compare(plans, by=["line"])
        assert rows["line"].tolist() == 2 * LINES
        other = rows.query("plan == 'b' and line == 'I.2'").iloc[0]
        assert other["change_million_vnd"] == change
        assert other["change_quantity"] == change / 30
        assert other["change_pct"] == -100 if change < 0 else np.isnan(other["change_pct"])


def test_rows_are_in_the_documents_order():
    later = replace(PLAN, budget=PLAN.budget.query("not (line == 'I.1' and year == 2021)"))
    assert kc.compare({"plan": later}, by=["year"])["year"].tolist() == list(PLAN.years)
    rows = kc.compare({"later": later, "plan": PLAN}, by=["line", "year"])
    places = list(zip(rows["line"], rows["year"], strict=True))
    assert places[: len(places) // 2] == sorted(
        set(places), key=lambda at: (LINES.index(at[0]), at)
    )


def test_no_plan_is_an_error_in_both_languages():
    with pytest.raises(kc.DataError) as caught:
        kc.compare({})
    assert caught.value.in_language("en") == "compare: expected at least one plan, found none"
    assert caught.value.in_language("vi").startswith("compare: cần ít nhất một kế hoạch")


@given(
    st.lists(st.sampled_from(sorted(SHIPPED)), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(BY), unique=True),
)
def test_rows_add_up_to_each_plans_total_and_changes_to_the_difference(names, by):
    plans = {name: SHIPPED[name] for name in names}
    rows = kc.compare(plans, by=by)
    sums = rows.groupby("plan")[["amount_million_vnd", "change_million_vnd"]].sum()
    first = plans[names[0]].budget["amount_million_vnd"].sum()
    for name, plan in plans.items():
        total = plan.budget["amount_million_vnd"].sum()
        assert sums.loc[name].tolist() == pytest.approx([total, total - first], abs=1e-6)
    of_first = rows[rows["plan"] == names[0]]
    assert (of_first["change_million_vnd"].dropna() == 0).all()
    assert list(rows["plan"].unique()) == names
    if "quantity" in rows:
        for name, plan in plans.items():
            bought = rows.loc[rows["plan"] == name, "quantity"].sum()
            assert bought == plan.quantities["quantity"].sum()


@pytest.mark.parametrize("by", [[], ["year"], ["line"], ["line", "year"], ["activity"]])
def test_a_plan_beside_itself_shows_no_change(by):
    rows = kc.compare({"a": PLAN, "b": PLAN}, by=by)
    one, other = (rows[rows["plan"] == name].reset_index(drop=True) for name in "ab")
    pd.testing.assert_frame_equal(one.drop(columns="plan"), other.drop(columns="plan"))
    assert (rows["change_million_vnd"] == 0).all()
