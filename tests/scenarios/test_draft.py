"""A draft of the next cycle: patterns, assumptions and where each figure comes from."""

import pytest

import kc_analysis as kc
from kc_analysis.scenarios.draft import Assumptions, NewLine, draft_cycle
from kc_analysis.scenarios.scenario import Ceiling

PLAN = kc.load_plan("2021-2025")
NEXT = "2026-2030"


def draft(**assumed):
    return draft_cycle(PLAN, NEXT, Assumptions(inflation_pct=3.3, **assumed), kc.load_norms())


def years(plan, line: str) -> list[int]:
    return plan.budget.loc[plan.budget["line"] == line, "year"].tolist()


def quantity(plan, line: str, year: int) -> float:
    return plan.quantities.query("line == @line and year == @year")["quantity"].item()


def amount(plan, line: str, year: int) -> float:
    return plan.budget.query("line == @line and year == @year")["amount_million_vnd"].item()


def test_patterns_are_kept():
    plan = draft()
    assert years(plan, "I.2") == [2026, 2028, 2030]  # the product vote, in even years
    assert years(plan, "I.5") == [2026, 2030]  # the study tour, at the ends
    assert years(plan, "I.4") == [2027, 2028, 2029, 2030]
    assert years(plan, "II.3") == [2028]
    assert years(plan, "II.1") == list(range(2026, 2031))


def test_what_holds_its_worth_buys_the_same():
    plan = draft(amounts="real")
    for line in set(PLAN.lines["line"]) - {"I.2"}:
        old = PLAN.quantities.loc[PLAN.quantities["line"] == line, "quantity"].tolist()
        assert plan.quantities.loc[plan.quantities["line"] == line, "quantity"].tolist() == old


def test_compound_growth_goes_on():
    # National funds grow from 2200 to 3300 in four years: 10.668 per cent a year.
    # II.2 of 2025 is 1200 at 300 each: five years on 1992 at 353 (1.033^5), which buys five.
    plan = draft()
    assert (quantity(plan, "II.2", 2030), amount(plan, "II.2", 2030)) == (5, 5 * 353)


def test_unit_costs_at_the_norms():
    plan = draft(at_norms=True)
    # Circular 28/2018/TT-BTC: 1000 million a model, 300 a machinery project.
    assert amount(plan, "II.1", 2026) == 1000 * quantity(plan, "II.1", 2026)
    assert amount(plan, "I.1", 2026) == 300 * quantity(plan, "I.1", 2026)


def test_ceilings_hold_and_what_they_take_is_told():
    ceilings = tuple(Ceiling("national", year, 2000.0) for year in range(2026, 2031))
    plan = draft(ceilings=ceilings)
    sums = plan.budget.query("source == 'national'").groupby("year")["amount_million_vnd"].sum()
    assert (sums <= 2000).all()
    assert (plan.quantities["quantity"] > 0).all()
    assert (quantity(draft(), "II.1", 2026), years(plan, "I.1")) == (2, list(range(2026, 2031)))
    fewer = kc.trace(plan, line="II.2", year=2030)["place_en"]
    assert fewer.str.contains("to keep within the ceiling").all()


def test_lines_ended_and_added():
    new = NewLine("II.5", "Sản xuất sạch hơn", "Cleaner production", "Cơ sở", "establishments",
                  200.0, {2027: 2, 2029: 1})  # fmt: skip
    plan = draft(ended=("II.3",), added=(new,))
    assert plan.lines["line"].tolist() == [
        "I.1", "I.2", "I.3", "I.4", "I.5", "II.1", "II.2", "II.4", "II.5",
    ]  # fmt: skip
    assert (amount(plan, "II.5", 2027), quantity(plan, "II.5", 2029)) == (400, 1)
    assert plan.lines.set_index("line").loc["II.5", "source"] == "national"


def test_every_figure_tells_its_assumption_and_all_checks_take_the_draft():
    plan = draft()
    assert len(plan.origin) == len(plan.budget) + len(plan.quantities)
    why = kc.trace(plan, line="II.2", year=2030)
    assert why["place_en"].str.contains("3.3% a year").all()
    assert why["place_vi"].str.contains("10,7%/năm").any()
    assert "error" not in set(kc.check(plan)["severity"])
    assert plan.title.endswith("2026 - 2030")
    joined = plan.budget.merge(plan.quantities)
    costs = joined["amount_million_vnd"] / joined["quantity"]
    assert (costs % 1 == 0).all()


def test_a_scenario_can_be_drafted_from():
    cut = kc.apply_scenario(PLAN, kc.load_scenario("machinery-for-model"))
    plan = draft_cycle(cut, NEXT, Assumptions(inflation_pct=3.3, amounts="real"))
    assert quantity(plan, "II.1", 2029) == 1


FILE = """
inflation_pct = 3.3
amounts = "real"
ended = ["II.3"]

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
