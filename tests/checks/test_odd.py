"""What totals cannot tell: they are formulas in a draft, and follow any slip."""

from dataclasses import replace

import pytest

import kc_analysis as kc

PLAN = kc.load_plan("2021-2025")


def changed(table: str, line: str, year: int, value: float):
    """The plan without totals, with one figure changed."""
    frame = getattr(PLAN, table).copy()
    column = "amount_million_vnd" if table == "budget" else "quantity"
    frame.loc[(frame["line"] == line) & (frame["year"] == year), column] = value
    return replace(PLAN, printed=PLAN.printed[:0], targets=PLAN.targets[:0], **{table: frame})


def rules(plan) -> set[tuple[str, str]]:
    frame = kc.check(plan)
    return set(zip(frame["rule"], frame["severity"], strict=True))


@pytest.mark.parametrize(
    ("table", "line", "year", "value", "found"),
    [
        ("budget", "I.1", 2023, 1.1, ("thousandth", "warning")),  # 1.100 damaged
        ("budget", "I.1", 2023, 1.5, ("thousandth", "warning")),
        ("budget", "I.1", 2023, 4500, ("odd-unit-cost", "warning")),
        ("quantities", "I.1", 2023, 40, ("odd-unit-cost", "warning")),
        ("quantities", "I.1", 2023, 2.5, ("part-of-a-unit", "warning")),
        ("budget", "I.3", 2022, -80, ("negative", "error")),
    ],
)
def test_a_slip_is_told(table, line, year, value, found):
    assert found in rules(changed(table, line, year, value))


def test_several_thousandths_are_an_error():
    budget = changed("budget", "I.1", 2023, 1.1).budget
    at = (budget["line"] == "I.1") & (budget["year"] == 2024)
    plan = replace(
        PLAN, budget=budget.assign(amount_million_vnd=budget["amount_million_vnd"].mask(at, 1.2))
    )
    assert ("thousandth", "error") in rules(plan)


def test_the_decision_itself_has_nothing_odd():
    names = {rule for rule, _ in rules(PLAN)}
    assert not names & {"negative", "part-of-a-unit", "odd-unit-cost", "thousandth"}


def test_a_place_and_figures_are_in_the_message():
    frame = kc.check(changed("budget", "I.1", 2023, 4500)).set_index("rule")
    message = frame.loc["odd-unit-cost", "message_en"]
    assert "line I.1 in 2023" in message and "1,125 million VND" in message
