"""Unit costs, gaps between sources and headroom under the norms, worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

import kc_analysis as kc

COST = "cost_million_vnd_per_unit"


def costs(plan, line):
    return kc.unit_costs(plan).query("line == @line")[COST].tolist()


def test_machinery_and_models(plan):
    assert costs(plan, "I.1") == [200, 160, 187.5, 158, 167.2]
    assert costs(plan, "II.2") == [300] * 5
    assert costs(plan, "II.1") == [800] * 5
    cycle = kc.unit_costs(plan, per="cycle").set_index("line")
    assert cycle.loc["I.1", COST] == pytest.approx(172.19, abs=0.005)
    assert cycle.loc["I.1", ["amount_million_vnd", "quantity"]].tolist() == [3616, 21]


def test_only_years_with_money_or_work_have_a_row(plan):
    frame = kc.unit_costs(plan)
    assert len(frame) == len(plan.budget) == len(plan.quantities)
    assert frame.query("line == 'I.5'")["year"].tolist() == [2021, 2025]


def test_cost_over_no_quantity_is_undefined(plan):
    work = plan.quantities
    without = replace(plan, quantities=work[work["line"] != "II.3"])
    row = kc.unit_costs(without).query("line == 'II.3'")
    assert row["amount_million_vnd"].tolist() == [1100]
    assert row[COST].isna().all()
    zero = replace(plan, quantities=work.assign(quantity=0.0))
    assert kc.unit_costs(zero)[COST].isna().all()


def test_gap_between_the_sources(plan):
    cycle = kc.source_gaps(plan, per="cycle")
    assert len(cycle) == 1
    row = cycle.iloc[0]
    assert (row["source"], row["other_source"]) == ("local", "national")
    assert row["gap_million_vnd_per_unit"] == pytest.approx(300 - 3616 / 21)
    yearly = kc.source_gaps(plan)
    assert yearly["gap_million_vnd_per_unit"].tolist() == pytest.approx(
        [100, 140, 112.5, 142, 132.8]
    )
    assert yearly["gap_pct"].iloc[0] == pytest.approx(50)


def test_headroom(plan):
    room = kc.headroom(plan, kc.load_norms()).set_index(["line", "year"])
    free = room["headroom_million_vnd_per_unit"]
    assert free.loc["II.2"].tolist() == [0] * 5
    assert free.loc["I.1"].tolist() == pytest.approx([100, 140, 112.5, 142, 132.8])
    assert free.loc["II.1"].tolist() == [200] * 5
    machinery = room.loc[("II.2", 2021)]
    assert machinery["instrument"] == "Thông tư 28/2018/TT-BTC"
    assert machinery["provision"] == "Điều 8 khoản 4"
    assert "secondary" in machinery["seen_en"]
    assert "thứ cấp" in machinery["seen_vi"]


def test_an_expired_norm_gives_no_headroom(plan):
    room = kc.headroom(plan, kc.load_norms()).query("line == 'II.4'")
    assert not room["in_force"].any()
    assert room["headroom_million_vnd_per_unit"].isna().all()
    assert room["norm_million_vnd_per_unit"].tolist() == [500, 500]


def test_a_norm_for_one_source_leaves_the_other_alone(plan):
    norms = kc.load_norms().query("norm_id == 'machinery'")
    room = kc.headroom(plan, norms.assign(source="local"))
    assert set(room["line"]) == {"I.1"}


def test_a_norm_that_ends_within_the_cycle(plan):
    norms = kc.load_norms().query("norm_id == 'machinery'").assign(in_force_to="2023-06-30")
    room = kc.headroom(plan, norms).query("line == 'II.2'")
    assert room["in_force"].tolist() == [True, True, True, False, False]
    assert not kc.headroom(plan, norms, per="cycle")["in_force"].any()


def test_no_norm_at_all(plan):
    none = kc.headroom(plan, kc.load_norms().iloc[:0])
    assert none.empty
    assert isinstance(none, pd.DataFrame)
