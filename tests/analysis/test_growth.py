"""Growth, nominal and real, against figures worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

import kc_analysis as kc

TOTALS = [2950, 3300, 3680, 3960, 4356]


def test_totals_by_year_and_over_the_cycle(plan):
    assert kc.amounts(plan)["amount_million_vnd"].tolist() == TOTALS
    assert kc.amounts(plan, per="cycle")["amount_million_vnd"].tolist() == [18246]
    by_source = kc.amounts(plan, ["source"]).pivot(
        index="source", columns="year", values="amount_million_vnd"
    )
    assert by_source.loc["local"].tolist() == [750, 800, 880, 960, 1056]
    assert by_source.loc["national"].tolist() == [2200, 2500, 2800, 3000, 3300]
    cycle = kc.amounts(plan, ["source"], per="cycle")
    assert cycle["amount_million_vnd"].tolist() == [4446, 13800]


def test_growth_of_the_total(plan):
    growth = kc.growth(plan)
    assert growth["growth_pct"].round(2).tolist()[1:] == [11.86, 11.52, 7.61, 10.00]
    assert growth["change_million_vnd"].tolist()[1:] == [350, 380, 280, 396]
    assert growth["compound_pct"].iloc[-1] == pytest.approx(10.23, abs=0.005)
    assert growth["index"].round(2).tolist() == [100, 111.86, 124.75, 134.24, 147.66]
    assert growth.loc[0, ["change_million_vnd", "growth_pct", "compound_pct"]].isna().all()


def test_compound_growth_by_source(plan):
    last = kc.growth(plan, by=["source"]).query("year == 2025").set_index("source")
    assert last["compound_pct"].round(2).to_dict() == {"local": 8.93, "national": 10.67}


def test_growth_from_nothing_is_undefined(plan):
    line = kc.growth(plan, by=["line"]).query("line == 'I.2'").set_index("year")
    assert line.loc[2022, "amount_million_vnd"] == 30
    assert line[["growth_pct", "index", "compound_pct"]].isna().all(axis=None)
    assert line.loc[[2021, 2023, 2025], "amount_million_vnd"].isna().all()


def test_growth_from_a_printed_zero_is_undefined_too(plan):
    budget = plan.budget.assign(
        amount_million_vnd=plan.budget["amount_million_vnd"].where(plan.budget["year"] != 2021, 0.0)
    )
    growth = kc.growth(replace(plan, budget=budget)).set_index("year")
    assert pd.isna(growth.loc[2022, "growth_pct"])
    assert growth["index"].isna().all()


@pytest.mark.parametrize("by", [[], ["source"], ["line"], ["activity"], ["source", "activity"]])
def test_groups_add_up_to_the_total(plan, by):
    sums = kc.amounts(plan, by).groupby("year")["amount_million_vnd"].sum()
    assert sums.tolist() == TOTALS


def test_an_activity_from_two_sources_is_one(plan):
    machinery = kc.amounts(plan, ["activity"]).query("activity.str.startswith('ho-tro-ung-dung')")
    assert machinery["amount_million_vnd"].tolist() == [1200, 1540, 1650, 1690, 2036]


def test_constant_prices(plan):
    real = kc.at_constant_prices(plan, kc.load_cpi(), 2021)
    amounts = kc.amounts(real)["amount_million_vnd"].tolist()
    # The index: 2022 is 1.0315 of 2021, 2023 a further 1.0325, then 1.0363 and 1.0331.
    level = [1, 1.0315, 1.0315 * 1.0325, 1.0315 * 1.0325 * 1.0363]
    level.append(level[-1] * 1.0331)
    assert amounts == pytest.approx([total / p for total, p in zip(TOTALS, level, strict=True)])
    assert real.printed.empty
    assert real.quantities is plan.quantities


def test_prices_of_another_year_change_the_level_not_the_real_growth(plan):
    cpi = kc.load_cpi()
    of_2021, of_2025, of_2019 = (
        kc.growth(kc.at_constant_prices(plan, cpi, year)) for year in (2021, 2025, 2019)
    )
    for other in (of_2025, of_2019):
        pd.testing.assert_series_equal(of_2021["growth_pct"], other["growth_pct"])
    assert of_2025["amount_million_vnd"].iloc[-1] == 4356
    # 2019 prices: 2020's and 2021's own changes count.
    assert of_2019["amount_million_vnd"].iloc[0] == pytest.approx(2950 / 1.0323 / 1.0184)


def test_a_missing_year_of_the_index_is_named(plan):
    with pytest.raises(kc.DataError, match="2024 missing"):
        kc.at_constant_prices(plan, kc.load_cpi().query("year != 2024"), 2021)
