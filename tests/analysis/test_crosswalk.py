"""Lines of two cycles matched, never in silence, and set in one series."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import kc_analysis as kc

PLAN = kc.load_plan("2021-2025")
DRAFT = kc.draft_cycle(PLAN, "2026-2030", kc.Assumptions(inflation_pct=3.3))


def renamed(plan, line: str, label: str, number: str | None = None):
    """The plan with one line called, and perhaps numbered, otherwise."""

    def change(frame):
        new = frame.copy()
        at = new["line"] == line
        if "label_vi" in new:
            new.loc[at, ["label_vi", "activity"]] = [label, label.lower().replace(" ", "-")]
        else:
            new.loc[at, "activity"] = label.lower().replace(" ", "-")
        new.loc[at, "line"] = number or line
        return new

    parts = {name: change(getattr(plan, name)) for name in ("lines", "budget", "quantities")}
    return replace(plan, **parts)


def how(frame, **where) -> tuple:
    for name, value in where.items():
        frame = frame[frame[name] == value]
    (row,) = frame.itertuples()
    return row.old_line, row.new_line, row.how


def test_the_same_activities_are_matched_and_said_to_be():
    frame = kc.match_lines(PLAN, DRAFT)
    assert frame["old_line"].tolist() == frame["new_line"].tolist() == PLAN.lines["line"].tolist()
    assert set(frame["how"]) == {"activity"}
    assert frame["likeness_pct"].eq(100).all()


def test_the_same_activity_of_another_source_is_another_line():
    # I.1 and II.2 are one activity from two funds.
    frame = kc.match_lines(PLAN, DRAFT).set_index("old_line")
    assert frame.loc["II.2", "new_line"] == "II.2"


def test_a_near_title_is_matched_with_its_likeness():
    new = renamed(DRAFT, "II.3", "Tổ chức Hội chợ, triển lãm cấp vùng", "II.9")
    frame = kc.match_lines(PLAN, new)
    assert how(frame, old_line="II.3") == ("II.3", "II.9", "near_title")
    assert 75 <= frame.set_index("old_line").loc["II.3", "likeness_pct"] < 100


def test_another_title_is_ended_and_new():
    new = renamed(DRAFT, "II.3", "Sản xuất sạch hơn")
    frame = kc.match_lines(PLAN, new)
    assert how(frame, old_line="II.3")[2] == "ended"
    assert how(frame, new_line="II.3")[2] == "new"
    # Of one number, but not one thread.
    series = kc.compare_cycles(PLAN, new, frame)
    assert set(series.query("thread == 'II.3'")["year"]) == {2023}
    assert set(series.query("thread == 'II.3*'")["year"]) == {2028}


def test_a_planner_corrects_it():
    new = renamed(DRAFT, "II.3", "Sản xuất sạch hơn")
    corrections = pd.DataFrame({"old_line": ["II.3", "I.5"], "new_line": ["II.3", ""]})
    frame = kc.match_lines(PLAN, new, corrections)
    assert how(frame, old_line="II.3") == ("II.3", "II.3", "crosswalk")
    old, matched, said = how(frame, old_line="I.5")
    assert (old, said) == ("I.5", "crosswalk")
    assert not isinstance(matched, str)


def test_every_line_is_told_once_on_each_side():
    new = renamed(
        renamed(DRAFT, "II.3", "Sản xuất sạch hơn"), "I.4", "Nâng cao năng lực khuyến công"
    )
    frame = kc.match_lines(PLAN, new)
    assert sorted(frame["old_line"].dropna()) == sorted(PLAN.lines["line"])
    assert sorted(frame["new_line"].dropna()) == sorted(new.lines["line"])


def test_a_line_that_no_plan_has_is_an_error():
    corrections = pd.DataFrame({"old_line": ["IX.1"], "new_line": ["I.1"]})
    with pytest.raises(kc.DataError, match=r"crosswalk\.csv, line 2: expected a line of 2021-2025"):
        kc.match_lines(PLAN, DRAFT, corrections)


def test_two_cycles_are_one_series_that_adds_up():
    series = kc.compare_cycles(PLAN, DRAFT, kc.match_lines(PLAN, DRAFT))
    for plan in (PLAN, DRAFT):
        part = series[series["cycle"] == plan.cycle]
        assert part["amount_million_vnd"].sum() == plan.budget["amount_million_vnd"].sum()
        assert part["quantity"].sum() == plan.quantities["quantity"].sum()
    assert series.groupby("thread", sort=False).ngroup().is_monotonic_increasing
    machinery = series.query("thread == 'I.1'")
    assert machinery["year"].tolist() == list(range(2021, 2031))
    assert machinery["cost_million_vnd_per_unit"].iloc[0] == 200


def test_lines_merged_and_split_are_one_thread():
    corrections = pd.DataFrame(
        {"old_line": ["I.1", "II.2", "I.3", "I.3"], "new_line": ["II.2", "II.2", "I.3", "I.1"]}
    )
    frame = kc.match_lines(PLAN, DRAFT, corrections)
    series = kc.compare_cycles(PLAN, DRAFT, frame)
    one = series.query("thread == 'I.1'")
    assert one.query("year == 2021")["line"].item() == "I.1, II.2"
    assert one.query("year == 2021")["amount_million_vnd"].item() == 1200
    assert one.query("year == 2021")["quantity"].item() == 5
    # A fair and a project are unlike units.
    other = series.query("thread == 'I.3'")
    assert other.query("year == 2026")["line"].item() == "I.1, I.3"
    assert np.isnan(other.query("year == 2026")["quantity"].item())


def test_growth_between_cycles():
    new = renamed(DRAFT, "II.3", "Sản xuất sạch hơn")
    series = kc.compare_cycles(PLAN, new, kc.match_lines(PLAN, new))
    frame = kc.cycle_growth(series).set_index("thread")
    model = frame.loc["II.1"]
    assert (model["old_amount_million_vnd"], model["old_quantity"]) == (7200, 9)
    # 2, 3, 2, 3 and 3 models at 883, 912, 942, 973 and 1005.
    assert model["cost_change_pct"] == pytest.approx(100 * (12320 / 13 / 800 - 1))
    assert frame.loc["II.3", "change_million_vnd"] == -1100
    assert np.isnan(frame.loc["II.3*", "change_pct"])
    total = new.budget["amount_million_vnd"].sum() - 18246
    assert frame["change_million_vnd"].sum() == pytest.approx(total)
