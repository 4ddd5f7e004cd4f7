"""Numbers sought for a change: worked out by hand, put back, and beside a slow search."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.model import DataError, same, tabulate
from kc_analysis.scenarios.scenario import Change, Scenario

YEARS = (2021, 2022, 2023, 2024, 2025)
START = Scenario("start", same("Start"), "2021-2025", ())
NATIONAL_2025 = {"source": "national", "years": [2025]}


def total(plan, scenario, source=None, years=YEARS):
    budget = kc.apply_scenario(plan, scenario).budget
    rows = budget["year"].isin(years)
    if source:
        rows &= budget["source"] == source
    return budget.loc[rows, "amount_million_vnd"].sum()


def test_a_cut_of_unit_costs(plan):
    cut = Change("amount", "multiply", 0, (2025,), source=("national",), gives_way="unit_cost")
    found = kc.goal_seek(plan, START, cut, 2640, **NATIONAL_2025)
    assert found.value == 0.8  # of 3.300
    assert (found.amount_million_vnd, found.left_million_vnd) == (2640, 0)
    assert found.scenario.changes == (replace(cut, value=0.8),) == (found.change,)
    assert total(plan, found.scenario, "national", [2025]) == 2640


def test_a_cut_to_whole_projects(plan):
    # From 0.8485 on the pool pays for a sixth project: 2,800. Below it are one model, four
    # projects and the cluster's plan: 800 + 1,200 + 500, until at 28/33 less than 2,800 is there.
    cut = Change("amount", "multiply", 0, (2025,), source=("national",), gives_way="quantity")
    found = kc.goal_seek(plan, START, cut, 2640, "ceiling", **NATIONAL_2025)
    assert (found.value, found.amount_million_vnd, found.left_million_vnd) == (0.848, 2500, 140)
    assert found.high == pytest.approx(28 / 33)
    assert total(plan, found.scenario, "national", [2025]) == 2500
    for inside in (found.low, (found.low + found.high) / 2, found.high):
        tried = replace(START, changes=(replace(cut, value=inside),))
        assert total(plan, tried, "national", [2025]) == 2500
    below = replace(START, changes=(replace(cut, value=found.low - 1e-6),))
    assert total(plan, below, "national", [2025]) != 2500
    with pytest.raises(DataError, match=r"2,500 \(with 0.848\) and 2,800 \(with"):
        kc.goal_seek(plan, START, cut, 2640, **NATIONAL_2025)


def test_any_cut_of_one_line_to_a_unit_less_is_the_smallest(plan):
    # Two models in 2025; with the least cut one is carried out, and down to a half still.
    cut = Change("amount", "multiply", 0, (2025,), line=("II.1",), gives_way="quantity")
    found = kc.goal_seek(plan, START, cut, 3000, "ceiling", **NATIONAL_2025)
    assert (found.value, found.amount_million_vnd) == (0.999, 2500)
    assert (found.low, found.high) == (pytest.approx(0.5), pytest.approx(1))


def test_what_is_kept_already_needs_no_change(plan):
    cut = Change("amount", "multiply", 0, (2025,), source=("national",), gives_way="quantity")
    found = kc.goal_seek(plan, START, cut, 4000, "ceiling", **NATIONAL_2025)
    assert (found.value, found.amount_million_vnd, found.left_million_vnd) == (1, 3300, 700)


def test_a_unit_cost(plan):
    # The other lines take 13.746; 15 projects share the rest.
    cost = Change("unit_cost", "set", 0, YEARS, line=("II.2",))
    assert kc.goal_seek(plan, START, cost, 18000).value == pytest.approx((18000 - 13746) / 15)
    dearer = replace(cost, by="add")
    assert kc.goal_seek(plan, START, dearer, 18000).value == pytest.approx(-16.4)


def test_a_quantity(plan):
    # The other local lines take 220; a project costs 167,2.
    work = Change("quantity", "set", 0, (2025,), line=("I.1",))
    found = kc.goal_seek(plan, START, work, 1500, "ceiling", source="local", years=[2025])
    assert found.value == 7
    assert found.left_million_vnd == pytest.approx(1500 - 220 - 7 * 167.2)
    fewer = Change("quantity", "add", 0, (2024, 2025), line=("II.2",))
    assert kc.goal_seek(plan, START, fewer, 18246 - 1200).value == -2


def test_growth(plan):
    once = Change("unit_cost", "grow_pct", 0, (2025,), from_year=2021)
    found = kc.goal_seek(plan, START, once, 4356 * 1.2**4, years=[2025])
    assert found.value == pytest.approx(20)
    every = replace(once, years=YEARS)
    # 2950 + 3300 g + 3680 g² + 3960 g³ + 4356 g⁴ with g = 1,05
    asked = sum(a * 1.05**n for n, a in enumerate((2950, 3300, 3680, 3960, 4356)))
    found = kc.goal_seek(plan, START, every, asked)
    assert found.value == pytest.approx(5, abs=1e-9)
    assert abs(found.left_million_vnd) < 1e-8


def test_after_a_scenario(plan):
    cut = kc.load_scenario("national-cut")
    dearer = Change("unit_cost", "multiply", 0, (2025,), source=("national",))
    found = kc.goal_seek(plan, cut, dearer, 2000, **NATIONAL_2025)
    assert found.value == pytest.approx(2000 / 2500)
    assert found.scenario.changes == (*cut.changes, found.change)
    assert total(plan, found.scenario, "national", [2025]) == pytest.approx(2000)


def test_money_without_work_fills_what_whole_projects_leave(plan):
    lump = replace(plan, quantities=plan.quantities[plan.quantities["line"] != "II.4"])
    cut = Change("amount", "multiply", 0, (2025,), source=("national",), gives_way="quantity")
    # 1,440 and 1,080 for models and projects buy one and three; the pool of 820 a second model.
    found = kc.goal_seek(lump, START, cut, 2 * 800 + 3 * 300 + 450, **NATIONAL_2025)
    assert found.value == pytest.approx(0.9)
    # Below 2500/2800 the pool buys projects in its place, two down to 2300/2800, then one.
    ceiling = kc.goal_seek(lump, START, cut, 2640, "ceiling", **NATIONAL_2025)
    assert ceiling.value == pytest.approx(2300 / 2800)
    assert ceiling.amount_million_vnd == pytest.approx(800 + 4 * 300 + 500 * 2300 / 2800)


MACHINERY = Change("amount", "multiply", 0, (2025,), line=("II.2",), gives_way="quantity")


@pytest.mark.parametrize(
    ("change", "amount", "keywords", "words"),
    [
        (MACHINERY, 100, {"source": "local"}, "4,446 whatever the number"),
        (MACHINERY, 2000, NATIONAL_2025, "2,100 even with 0, which is 100 too much"),
        (replace(MACHINERY, by="grow_pct", from_year=2024), 2000, NATIONAL_2025, "even with −100"),
        (Change("quantity", "add", 0, (2024, 2025), line=("II.2",)), 1, {}, "even with −3"),
        (MACHINERY, 100, {"source": "lcal"}, "one of: local, national, found “lcal”"),
        (MACHINERY, -1, {}, "no less than 0"),
        (replace(MACHINERY, years=(2030,)), 100, {}, "found “2030”"),
    ],
)  # fmt: skip
def test_why_none_does(plan, change, amount, keywords, words):
    with pytest.raises(DataError) as error:
        kc.goal_seek(plan, START, change, amount, "ceiling", **keywords)
    assert words in error.value.in_language("en")
    assert "cần" in error.value.in_language("vi")


LINES = ("I.1", "I.2", "II.1")
CELLS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([12.5, 40.0, 100.0, 33.3])), min_size=6, max_size=6
)


def small(plan, cells):
    """Three lines in two years, each with a quantity and a unit cost."""
    who = {row.line: (row.line, row.source, row.activity) for row in plan.lines.itertuples()}
    places = [(line, year) for line in LINES for year in (2021, 2022)]
    known = [(*place, *cell) for place, cell in zip(places, cells, strict=True)]
    budget = [(*who[line], year, float(q * cost)) for line, year, q, cost in known]
    work = [(*who[line], "u", year, float(q)) for line, year, q, _ in known]
    return replace(
        plan,
        cycle="2021-2022",
        lines=plan.lines[plan.lines["line"].isin(LINES)].reset_index(drop=True),
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, work),
        origin=tabulate(model.ORIGIN, []),
    )


@given(cells=CELLS, share=st.integers(1, 30), by=st.sampled_from(["multiply", "grow_pct"]))
def test_whole_quantities_beside_a_slow_search(plan, cells, share, by):
    tiny = small(plan, cells)
    start = Scenario("start", same("Start"), "2021-2022", ())
    change = Change("quantity", by, 0, (2021, 2022), from_year=2020 if by == "grow_pct" else None)
    exact = [(Fraction(q), Fraction(cost), 1 + n % 2) for n, (q, cost) in enumerate(cells)]
    power = (lambda n: n) if by == "grow_pct" else (lambda n: 1)

    def amount(units, of, n):
        # Floor of q · x ** n where of · x ** m = units: whole roots compared without rounding.
        def bought(q, k):
            wanted = q ** power(n) * Fraction(units, of) ** power(k)
            count = floor(float(wanted) ** (1 / power(n)) + 1)
            while Fraction(count) ** power(n) > wanted:
                count -= 1
            return count

        return sum(cost * bought(q, k) for q, cost, k in exact)

    everything = sum(q * cost for q, cost, _ in exact)
    ceiling = everything * Fraction(share, 20)
    # A factor of two costs twice as much, which is beyond every ceiling.
    steps = [
        amount(k, of, n) for of, _, n in exact if of for k in range(1 + 2 ** power(n) * int(of))
    ]
    found = kc.goal_seek(tiny, start, change, float(ceiling), "ceiling")
    kept = [step for step in [*steps, 0] if step <= ceiling]
    best = everything if everything <= ceiling else max(kept)
    assert found.amount_million_vnd == pytest.approx(float(best))
    put = kc.apply_scenario(tiny, found.scenario).budget["amount_million_vnd"].sum()
    assert put == pytest.approx(found.amount_million_vnd)


@given(cells=CELLS, asked=st.integers(0, 4000), by=st.sampled_from(["set", "multiply", "add"]))
def test_what_is_found_leads_there(plan, cells, asked, by):
    tiny = small(plan, cells)
    start = Scenario("start", same("Start"), "2021-2022", ())
    change = Change("unit_cost", by, 0, (2021, 2022), source=("local",))
    try:
        found = kc.goal_seek(tiny, start, change, asked)
    except DataError as error:
        text = error.in_language("en")
        assert "even with" in text or "whatever" in text or "at least one figure" in text
        return
    assert found.amount_million_vnd == pytest.approx(asked, abs=1e-6)
    put = kc.apply_scenario(tiny, found.scenario).budget["amount_million_vnd"].sum()
    assert put == pytest.approx(asked, abs=1e-6)
    if not asked:
        return
    dearer = replace(found.change, value=found.value + 0.001)
    more = kc.apply_scenario(tiny, replace(start, changes=(dearer,))).budget
    assert more["amount_million_vnd"].sum() > asked
