"""The narrative's targets against the appendices, as read by hand."""

from dataclasses import replace

import pandas as pd
import pytest

import kc_analysis as kc

EXPECTED = {
    "demonstration-models": ("II.1", 9, "agrees"),
    "machinery-supports": ("I.1;II.2", 21 + 15, "exceeds"),
    "product-votes": ("I.2", 2, "agrees"),
    "fair-exhibitors": ("I.3", 5, "other_unit"),
    "fairs-yearly": ("I.3", 1, "short"),
    "cluster-plans": ("II.4", 2, "agrees"),
    "study-tours-domestic": ("I.5", 2, "agrees"),
    "funds-total": ("III", 18.246, "agrees"),
    "funds-local": ("I", 4.446, "agrees"),
    "funds-national": ("II", 13.8, "agrees"),
}


@pytest.fixture
def covered(plan):
    return kc.coverage(plan).set_index("target_id")


def test_all_targets_are_there(covered):
    assert len(covered) == 32
    assert covered["status"].notna().all()


@pytest.mark.parametrize("target", EXPECTED)
def test_status_of_a_target(covered, target):
    line, planned, status = EXPECTED[target]
    row = covered.loc[target]
    assert (row["budget_line"], row["planned_low"], row["status"]) == (line, planned, status)


def test_two_training_classes_a_year_have_no_budget_line(covered):
    row = covered.loc["training-classes"]
    assert (row["low"], row["per"], row["status"]) == (2, "year", "no_line")
    assert (covered["status"] == "no_line").sum() == covered["budget_line"].isna().sum() == 18


def test_votes_in_odd_years_do_not_agree(plan):
    moved = plan.quantities.copy()
    moved.loc[(moved["line"] == "I.2") & (moved["year"] == 2022), "year"] = 2021
    covered = kc.coverage(replace(plan, quantities=moved)).set_index("target_id")
    assert covered.loc["product-votes", "status"] == "other_years"


def test_more_than_the_text_says(plan):
    more = plan.quantities.assign(quantity=plan.quantities["quantity"] + 1)
    covered = kc.coverage(replace(plan, quantities=more)).set_index("target_id")
    assert covered.loc["demonstration-models", "status"] == "over"
    assert covered.loc["fairs-yearly", "status"] == "agrees"


def test_each_target_that_does_not_agree_is_a_finding(plan, covered):
    findings = kc.check(plan).query("table == 'targets'").set_index("line")
    assert set(findings.index) == set(covered.index[covered["status"] != "agrees"])
    assert findings.loc["fairs-yearly", "severity"] == "warning"
    assert "2 hội chợ nhưng dòng I.3 chỉ có 1 Hội chợ" in findings.loc["fairs-yearly", "message_vi"]
    assert "2 fairs but line I.3 plans only 1 fair" in findings.loc["fairs-yearly", "message_en"]
    assert "trên 25" in findings.loc["machinery-supports", "message_vi"]
    assert "36" in findings.loc["machinery-supports", "message_vi"]


def test_a_target_for_a_line_that_is_not_there(plan):
    targets = plan.targets.assign(budget_line="I.9")
    with pytest.raises(kc.DataError, match=r"I\.9"):
        kc.coverage(replace(plan, targets=targets))


def test_a_plan_without_printed_totals_is_covered_alike(plan):
    bare = replace(plan, printed=plan.printed[:0])
    pd.testing.assert_frame_equal(kc.coverage(bare), kc.coverage(plan))
