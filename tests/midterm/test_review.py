"""A review of made-up figures, worked by hand; and what is true of every review."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from midterm.made_up import PLAN, ROWS, actuals

import kc_analysis as kc
from kc_analysis.midterm.review import review

REVIEW = review(PLAN, actuals())


def cell(line: str, year: int):
    (row,) = REVIEW.cells.query("line == @line and year == @year").itertuples()
    return row


def one(frame: pd.DataFrame, **where):
    for name, value in where.items():
        frame = frame[frame[name] == value]
    (row,) = frame.itertuples()
    return row


@pytest.mark.parametrize(
    ("line", "year", "of_plan", "of_allocation", "status"),
    [
        ("I.1", 2021, 90, 90, "slow"),  # 540 of 600
        ("I.1", 2022, 105, 105, "over"),  # 672 of 640
        ("I.1", 2023, 700 / 7.5, 100, "slow"),  # 700 of 750; all that was allocated
        ("I.2", 2022, 0, 0, "not_carried_out"),
        ("I.2", 2023, None, None, "unplanned"),
        ("I.3", 2021, 100, 100, "done"),
        ("I.3", 2023, None, None, "not_reported"),
        ("II.1", 2021, 50, 80, "behind"),  # 800 of 1600; of 1000 allocated
        ("II.2", 2021, None, None, "not_reported"),
    ],
)
def test_each_line_and_year(line, year, of_plan, of_allocation, status):
    row = cell(line, year)
    assert row.status == status
    for found, expected in ((row.of_plan_pct, of_plan), (row.of_allocation_pct, of_allocation)):
        assert np.isnan(found) if expected is None else found == pytest.approx(expected)


def test_what_was_neither_planned_nor_reported_is_no_row():
    assert REVIEW.cells.query("line == 'I.2' and year == 2021").empty
    assert set(REVIEW.cells["year"]) == {2021, 2022, 2023}


def test_what_is_not_reported_is_in_neither_part_of_a_rate():
    # 2021: I.1, I.3 and II.1 are reported, 540 + 70 + 800 of 600 + 70 + 1600; I.5 and II.2 are not.
    row = one(REVIEW.by_year, year=2021)
    assert row.planned_million_vnd == 2950
    assert row.not_reported_million_vnd == 80 + 600
    assert row.spent_million_vnd == 1410
    assert row.of_plan_pct == pytest.approx(100 * 1410 / 2270)
    assert row.of_allocation_pct == pytest.approx(100 * 1410 / 1670)


def test_a_line_of_which_nothing_is_known_is_not_reported():
    row = one(REVIEW.by_line, line="I.4")
    assert row.status == "not_reported"
    assert np.isnan(row.spent_million_vnd)
    assert np.isnan(row.of_plan_pct)


def test_totals_are_the_sums_of_their_parts():
    for frame in (REVIEW.by_source, REVIEW.by_line, REVIEW.by_year, REVIEW.by_source_year):
        for name in ("planned_million_vnd", "spent_million_vnd", "not_reported_million_vnd"):
            assert frame[name].sum() == pytest.approx(REVIEW.total[name].item())
    spent = sum(row[1] or 0 for row in ROWS.values())
    assert REVIEW.total["spent_million_vnd"].item() == spent


def test_delivery_is_counted_line_by_line():
    row = one(REVIEW.delivery, line="II.1")
    assert (row.planned_quantity, row.delivered_quantity, row.of_plan_pct) == (5, 4, 80)
    assert row.status == "slow"
    # Of the three fairs due, one was reported as held; of the others nothing is known.
    row = one(REVIEW.delivery, line="I.3")
    assert (row.planned_quantity, row.not_reported_quantity, row.of_plan_pct) == (3, 2, 100)


def test_variance_by_volume_and_unit_cost():
    # II.1: 2021 one of two models at the same cost, else as planned: all of it is volume.
    row = one(REVIEW.variance, line="II.1")
    assert (row.volume_million_vnd, row.unit_cost_million_vnd) == (-800, 0)
    # I.1: the quantities are as planned: all of it is unit cost, -60 + 32 - 50.
    row = one(REVIEW.variance, line="I.1")
    assert (row.volume_million_vnd, row.unit_cost_million_vnd) == (0, pytest.approx(-78))
    row = one(REVIEW.variance, line="I.2")
    assert (row.new_million_vnd, row.ended_million_vnd) == (25, -30)


def test_the_parts_of_a_variance_add_up():
    frame = REVIEW.variance
    parts = [name for name in frame if name.endswith("_million_vnd") and "change" not in name]
    np.testing.assert_allclose(frame[parts].sum(axis=1), frame["change_million_vnd"])
    total = REVIEW.total.iloc[0]
    reported = total["planned_million_vnd"] - total["not_reported_million_vnd"]
    assert frame["change_million_vnd"].sum() == pytest.approx(total["spent_million_vnd"] - reported)


def test_an_unknown_quantity_splits_nothing():
    rows = {("I.3", 2022): (80, 88, None, None, None, None)}
    row = one(review(PLAN, actuals(rows)).variance, line="I.3")
    assert (row.unsplit_million_vnd, row.volume_million_vnd) == (8, 0)


def test_effects_count_where_both_are_reported():
    row = one(REVIEW.effects_by_line, line="I.1")
    assert row.leverage == pytest.approx((1080 + 1344) / (540 + 672))
    assert row.cost_million_vnd_per_job == pytest.approx((540 + 700) / 70)
    assert row.cost_million_vnd_per_establishment == pytest.approx((540 + 672 + 700) / 11)
    # A fair that brings no counterpart has a leverage of nothing, and no cost per job.
    row = one(REVIEW.effects_by_line, line="I.3")
    assert row.leverage == 0
    assert np.isnan(row.cost_million_vnd_per_job)


def test_targets_so_far():
    frame = REVIEW.targets.set_index("target_id")
    models = frame.loc["demonstration-models"]
    assert (models["done_low"], models["done_pct"], models["status"]) == (
        4, pytest.approx(100 * 4 / 9), "not_yet",
    )  # fmt: skip
    assert frame.loc["training-classes", "status"] == "no_line"
    assert frame.loc["fair-exhibitors", "status"] == "other_unit"
    assert len(frame) == len(PLAN.targets)
    # Of the study tours nothing is reported: that is not none.
    tours = frame.loc["study-tours-domestic"]
    assert tours["status"] == "not_reported"
    assert np.isnan(tours["done_low"]) and np.isnan(tours["done_pct"])
    assert frame.loc["funds-total", "done_low"] == pytest.approx(6.187)


def test_the_outlook_three_ways():
    # Done by 2023: 6187 of the 9930 - 2763 that are reported; 2024 and 2025 plan 3960 + 4356.
    (row,) = REVIEW.outlook.itertuples()
    spent, reported = 6187, 9930 - REVIEW.total["not_reported_million_vnd"].item()
    assert row.spent_million_vnd == spent
    assert row.as_planned_million_vnd == spent + 8316
    assert row.at_rate_million_vnd == pytest.approx(spent + 8316 * spent / reported)
    assert row.needed_million_vnd_per_year == pytest.approx((18246 - spent) / 2)
    assert (row.best_year, row.best_year_million_vnd) == (2022, 672 + 0 + 80 + 1600 + 900)
    assert not row.plausible


def test_catching_up_is_plausible_where_no_more_is_needed_than_was_done_before():
    row = one(REVIEW.outlook_by_line, line="II.1")
    # 7200 planned, 3200 spent: 2000 a year, and the best year had 1600.
    assert (row.needed_million_vnd_per_year, row.best_year_million_vnd) == (2000, 1600)
    assert not row.plausible
    row = one(REVIEW.outlook_by_line, line="I.3")
    assert row.needed_million_vnd_per_year == pytest.approx((410 - 150) / 2)


def test_the_path_leads_to_the_outlooks():
    path, (end,) = REVIEW.path.set_index("year"), REVIEW.outlook.itertuples()
    assert path["planned_million_vnd"].tolist() == [2950, 6250, 9930, 13890, 18246]
    assert path.loc[2023, "spent_million_vnd"] == end.spent_million_vnd
    assert path.loc[2024:, "spent_million_vnd"].isna().all()
    last = path.loc[2025]
    assert last["as_planned_million_vnd"] == end.as_planned_million_vnd
    assert last["at_rate_million_vnd"] == pytest.approx(end.at_rate_million_vnd)
    assert last["caught_up_million_vnd"] == pytest.approx(18246)
    for way in ("as_planned", "at_rate", "caught_up"):
        assert path.loc[2023, f"{way}_million_vnd"] == end.spent_million_vnd


def test_a_year_that_is_not_over_is_under_way():
    made = review(PLAN, actuals(), as_of=date(2023, 6, 30))
    rows = made.cells[made.cells["year"] == 2023].set_index("line")
    assert rows.loc["I.1", "status"] == "under_way"
    assert rows.loc["II.1", "status"] == "done"
    # It is still to come: the outlook counts three years.
    (row,) = made.outlook.itertuples()
    assert row.remaining_million_vnd == 3680 + 3960 + 4356


def test_a_cycle_of_which_no_year_is_over():
    rows = {key: figures for key, figures in ROWS.items() if key[1] == 2021}
    made = review(PLAN, actuals(rows), as_of=date(2021, 6, 30))
    assert made.path["spent_million_vnd"].isna().all()
    (row,) = made.outlook.itertuples()
    assert row.remaining_million_vnd == 18246
    assert np.isnan(row.of_plan_pct)


def test_an_earlier_day_leaves_later_years_out():
    made = review(PLAN, actuals(), as_of=date(2022, 12, 31))
    assert made.by_year["year"].tolist() == [2021, 2022]
    targets = made.targets.set_index("target_id")
    assert targets.loc["demonstration-models", "done_low"] == 3
    # Of the product votes, only the one of 2023 was held.
    assert targets.loc["product-votes", "done_low"] == 0


def test_a_plan_carried_out_as_planned():
    planned = PLAN.budget.merge(PLAN.quantities[["line", "year", "quantity"]])
    rows = {
        (row.line, row.year): (row.amount_million_vnd,) * 2 + (row.quantity, None, None, None)
        for row in planned.itertuples()
        if row.year <= 2023
    }
    made = review(PLAN, actuals(rows))
    assert set(made.cells["status"]) == {"done"}
    assert made.variance["change_million_vnd"].eq(0).all()
    (row,) = made.outlook.itertuples()
    assert row.as_planned_million_vnd == row.at_rate_million_vnd == 18246


def test_a_scenario_can_be_the_base():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    made = review(cut, actuals())
    assert made.outlook["planned_cycle_million_vnd"].item() == 18246 - 1600


def test_nothing_reported_and_another_cycle_are_errors():
    with pytest.raises(kc.DataError, match="amounts spent by 31 December 2020"):
        review(PLAN, actuals(), as_of=date(2020, 12, 31))
