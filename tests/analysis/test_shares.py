"""Shares and concentration against figures worked out by hand."""

import pytest

import kc_analysis as kc


def test_local_share_by_year_and_over_the_cycle(plan):
    local = kc.shares(plan, of="source").query("source == 'local'")
    assert local["share_pct"].round(2).tolist() == [25.42, 24.24, 23.91, 24.24, 24.24]
    assert local["change_points"].round(2).tolist()[1:] == [-1.18, -0.33, 0.33, 0.0]
    cycle = kc.shares(plan, of="source", per="cycle").set_index("source")["share_pct"]
    assert cycle.round(2).to_dict() == {"local": 24.37, "national": 75.63}


@pytest.mark.parametrize("of", ["source", "line", "activity"])
def test_shares_add_up_to_one_hundred(plan, of):
    yearly = kc.shares(plan, of).groupby("year")["share_pct"].sum()
    assert yearly.tolist() == pytest.approx([100] * 5)
    assert kc.shares(plan, of, per="cycle")["share_pct"].sum() == pytest.approx(100)


def test_concentration(plan):
    by_source = kc.concentration(plan, "source").set_index("year")
    # 2021: 750 and 2200 of 2950, so 25.4237² + 74.5763².
    assert by_source.loc[2021, "hhi"] == pytest.approx(6207.99, abs=0.01)
    assert by_source.loc[2021, "effective_number"] == pytest.approx(10000 / 6207.99, rel=1e-5)
    by_line = kc.concentration(plan, "line").set_index("year")
    # 2021: lines of 600, 70, 80, 1600 and 600.
    squares = sum(amount**2 for amount in (600, 70, 80, 1600, 600))
    assert by_line.loc[2021, "hhi"] == pytest.approx(10_000 * squares / 2950**2)


def test_concentration_lies_between_equal_shares_and_one(plan):
    for of, count in (("source", 2), ("line", 9), ("activity", 8)):
        hhi = kc.concentration(plan, of, per="cycle")["hhi"].item()
        assert 10_000 / count <= hhi <= 10_000


def test_by_activity_what_two_sources_pay_for_is_one(plan):
    by_line, by_activity = (
        kc.concentration(plan, of).set_index("year")["hhi"] for of in ("line", "activity")
    )
    # 2021: machinery takes 600 of local and 600 of national funds; else as by line.
    squares = sum(amount**2 for amount in (1200, 70, 80, 1600))
    assert by_activity[2021] == pytest.approx(10_000 * squares / 2950**2)
    assert (by_activity > by_line).all()
