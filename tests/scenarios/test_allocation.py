"""The best allocation: by hand on the real plan, and beside all allocations of small ones."""

from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.model import DataError, tabulate
from kc_analysis.scenarios import lexicographic
from kc_analysis.scenarios.scenario import Ceiling

NATIONAL = [Ceiling("national", 2024, 2400), Ceiling("national", 2025, 2640)]


def quantity(plan, line, year):
    return plan.quantities.query("line == @line and year == @year")["quantity"].item()


def table(*rows, columns=("line", "year", "quantity")):
    return pd.DataFrame(rows, columns=columns)


def totals(*rows):
    return table(*rows, columns=("line", "at_least", "at_most"))


def test_by_hand(plan):
    # 2024: 2 × 800 + 1 × 300 + 500 is all of 2.400. 2025: 2.500 is the most that fits.
    best = kc.allocate(plan, NATIONAL, maximum=plan.quantities)
    assert best.left["planned_million_vnd"].tolist() == [2400, 2500]
    assert best.left["left_million_vnd"].tolist() == [0, 140]
    assert [quantity(best.plan, line, 2024) for line in ("II.1", "II.2", "II.4")] == [2, 1, 1]
    assert best.worth == pytest.approx(18246 - 600 - 800)
    assert best.approved is plan


def test_the_objective_is_told_and_whether_the_best_is_the_only_one(plan):
    most = "most money used, counted in each line's mean price over the cycle"
    # 2.400 in 2024 is 2 × 800 + 300 + 500 and no other sum of what is planned.
    only = kc.allocate(plan, NATIONAL[:1], maximum=plan.quantities)
    assert (only.unique, only.objective.en) == (True, most)
    assert only.choice.en == "no other plan meets the objective as well"
    # 2.500 in 2025 is 2 × 800 + 3 × 300 and 800 + 4 × 300 + 500: 800 less than planned, both.
    one_of_two = kc.allocate(plan, NATIONAL[1:], maximum=plan.quantities)
    assert one_of_two.unique is False
    assert "one of several that are equally close to the approved plan" in one_of_two.choice.en
    assert "một trong các phương án cùng gần kế hoạch đã duyệt nhất" in one_of_two.choice.vi


def test_of_those_as_good_the_closest_to_the_plan(plan):
    nothing_counts = dict.fromkeys(plan.lines["line"], 0.0)
    # 500 of 3.300 are to go: that is II.4; all else that adds up to 500 or more is more.
    best = kc.allocate(plan, [Ceiling("national", 2025, 2800)], weights=nothing_counts)
    assert [quantity(best.plan, line, 2025) for line in ("II.1", "II.2", "II.4")] == [2, 4, 0]
    assert best.unique is True
    assert best.choice.en.startswith("others meet the objective as well; this alone is closest")
    assert best.objective.vi == "khối lượng có giá trị lớn nhất theo các trọng số đã cho"


def test_whether_others_are_as_good_may_stay_open(plan, monkeypatch):
    monkeypatch.setattr(lexicographic, "_another", lambda *_: None)
    best = kc.allocate(plan, NATIONAL, maximum=plan.quantities)
    assert best.unique is None
    assert "was not proven within 60 seconds" in best.choice.en


def test_targets_of_the_text_as_minima(plan):
    best = kc.allocate(plan, NATIONAL, maximum=plan.quantities, targets=plan.targets)
    # 9 models: 5 until 2023, so 4 more; 2 cluster plans: one each year. 300 and 540 are left.
    kept = [(quantity(best.plan, line, year)) for year in (2024, 2025) for line in ("II.1", "II.4")]
    assert kept == [2, 1, 2, 1]
    assert best.left["left_million_vnd"].tolist() == [0, 240]
    status = best.targets.set_index("target_id")["status"]
    assert (
        status[["demonstration-models", "machinery-supports", "cluster-plans"]].eq("minimum").all()
    )
    assert status["fair-exhibitors"] == "other_unit"
    assert status["training-classes"] == status["funds-national"] == "no_line"
    assert status["fairs-yearly"] == "no_ceiling"  # local funds stay as planned
    assert len(status) == 32
    without = kc.allocate(plan, NATIONAL, maximum=plan.quantities)
    assert without.targets.empty


def test_a_yearly_target_holds_in_each_year(plan):
    ceilings = [Ceiling("local", year, 1000) for year in (2021, 2024)]
    best = kc.allocate(plan, ceilings, targets=plan.targets)
    # Two fairs a year, where one is planned; nothing is decided of the other years.
    assert [quantity(best.plan, "I.3", year) >= 2 for year in (2021, 2024)] == [True, True]
    assert [quantity(best.plan, "I.3", year) for year in (2022, 2023, 2025)] == [1, 1, 1]


def test_targets_that_cannot_be_kept(plan):
    with pytest.raises(DataError) as error:
        tight = [Ceiling("national", 2025, 2000)]
        kc.allocate(plan, tight, maximum=plan.quantities, targets=plan.targets)
    told = {one.place.en: one.expected.en for one in error.value.troubles}
    assert told["target “Technical demonstration models” (line II.1)"] == "at least 9"
    assert told["target “Industrial clusters with a detailed plan” (line II.4)"] == "at least 2"
    assert told["ceiling of source national in 2025"] == "at most 2,000 million VND"
    assert "chỉ tiêu “Mô hình trình diễn kỹ thuật” (dòng II.1): cần ít nhất 9" in str(error.value)


def test_cuts_in_proportion(plan):
    # A fifth less in both years. II.4, of 1 and 1, keeps all, half or nothing: all is nearest to
    # 80 %, 20 away. Then 1.400 are to go of II.1 (4 at 800) and II.2 (7 at 300): 1 and 2 of them.
    best = kc.allocate(plan, NATIONAL, aim="proportion")
    cut = {
        line: sum(quantity(best.plan, line, year) for year in (2024, 2025))
        for line in ("II.1", "II.2", "II.4")
    }
    assert cut == {"II.1": 3, "II.2": 5, "II.4": 2}
    assert "the line that is furthest from it is 20 % of its money away" in best.objective.en
    assert "chỉ lệch 20 % kinh phí của nó" in best.objective.vi


def test_cuts_in_proportion_of_what_is_counted_in_parts_are_exact(plan):
    parts = plan.quantities.assign(quantity=lambda q: q["quantity"] + 0.5)
    best = kc.allocate(replace(plan, quantities=parts), NATIONAL, aim="proportion")
    kept = kc.compare({"plan": plan, "allocation": best.plan}, by=["line", "year"])
    kept = kept.query("plan == 'allocation' and line.str.startswith('II') and year >= 2024")
    by_line = kept.groupby("line")[["amount_million_vnd", "change_million_vnd"]].sum()
    before = by_line["amount_million_vnd"] - by_line["change_million_vnd"]
    assert (by_line["amount_million_vnd"] / before).tolist() == pytest.approx([0.8] * 3, abs=1e-4)


def test_what_no_ceiling_covers_stays_as_it_is(plan):
    best = kc.allocate(plan, NATIONAL, maximum=plan.quantities).plan
    for name in ("budget", "quantities"):
        apart = "source == 'local' or year < 2024"
        before, after = getattr(plan, name).query(apart), getattr(best, name).query(apart)
        pd.testing.assert_frame_equal(
            before.reset_index(drop=True), after.reset_index(drop=True), check_like=True
        )


def test_it_is_a_plan_again(plan):
    best = kc.allocate(plan, NATIONAL, maximum=plan.quantities)
    assert not (kc.check(best.plan)["severity"] == "error").any()
    assert best.plan.variant["vi"] == "Phân bổ tối ưu dưới mức trần"
    assert best.plan.printed.empty
    places = set(zip(best.plan.origin["line"], best.plan.origin["year"], strict=True))
    assert ("II.1", 2024) in places
    assert ("II.2", 2024) not in places
    both = {"plan": plan, "allocation": best.plan}
    pd.testing.assert_frame_equal(best.comparison, kc.compare(both, ["line", "year"]))
    assert best.comparison["change_million_vnd"].sum() == pytest.approx(-600 - 800)


def test_weights_and_totals(plan):
    ceilings = [Ceiling("national", 2024, 2400)]
    worth = dict.fromkeys(plan.lines["line"], 0.0)
    best = kc.allocate(plan, ceilings, weights=worth | {"II.2": 2})
    assert quantity(best.plan, "II.2", 2024) == 8  # of 300
    assert best.worth == 2 * (2 + 3 + 3 + 8 + 4)
    fewer = kc.allocate(plan, ceilings, weights=worth | {"II.2": 2}, totals=totals(("II.2", 0, 17)))
    assert quantity(fewer.plan, "II.2", 2024) == 5
    exact = kc.allocate(plan, ceilings, totals=totals(("II.1", 10, 10), ("II.2", None, None)))
    assert quantity(exact.plan, "II.1", 2024) == 3


def test_a_ceiling_of_all_sources_and_one_as_a_frame(plan):
    ceilings = pd.DataFrame(
        {"source": [None, "local"], "year": [2024, 2024], "amount_million_vnd": [3000, 790.0]}
    )
    most = plan.quantities.assign(quantity=5)
    best = kc.allocate(plan, ceilings, maximum=most, minimum=table(("I.1", 2024, 5)))
    assert best.left["planned_million_vnd"].tolist() == [2990, 790]
    assert best.left["source"].isna().tolist() == [True, False]


def test_nothing_is_bought_at_a_guessed_price(plan):
    best = kc.allocate(plan, [Ceiling("local", 2022, 5000)])
    lines = best.plan.quantities.query("year == 2022")["line"]
    assert lines.tolist() == plan.quantities.query("year == 2022")["line"].tolist()
    with pytest.raises(DataError, match=r"line I\.5 in 2022: expected at most 0 as planned"):
        kc.allocate(plan, [Ceiling("local", 2022, 5000)], minimum=table(("I.5", 2022, 1)))


def test_money_without_a_quantity_counts_under_its_ceiling(plan):
    lump = replace(plan, quantities=plan.quantities[plan.quantities["line"] != "II.4"])
    best = kc.allocate(lump, [Ceiling("national", 2024, 2400)])
    assert best.left["planned_million_vnd"].tolist() == [2400]
    assert best.plan.budget.query("line == 'II.4'")["amount_million_vnd"].tolist() == [500, 500]
    with pytest.raises(DataError, match=r"at most −100 .* beside money .* no way to keep it"):
        kc.allocate(lump, [Ceiling("national", 2024, 400)])


def test_what_is_counted_in_parts_is_bought_in_parts(plan):
    roads = plan.quantities.assign(quantity=lambda q: q["quantity"] - 0.5 * (q["line"] == "II.2"))
    best = kc.allocate(replace(plan, quantities=roads), [Ceiling("national", 2024, 2410)])
    assert best.left["left_million_vnd"].tolist() == [0]
    # 590 are to go: of II.2 alone, or II.4 for 500 and the rest of II.2.
    assert best.unique is False


def test_limits_that_conflict(plan):
    planned = plan.quantities
    with pytest.raises(DataError) as error:
        kc.allocate(plan, [Ceiling("national", 2025, 3000)], minimum=planned)
    expected = {
        "ceiling of source national in 2025": "at most 3,000 million VND",
        "line II.1 in 2025": "at least 2 (at 800 million VND each)",
        "line II.2 in 2025": "at least 4 (at 300 million VND each)",
        "line II.4 in 2025": "at least 1 (at 500 million VND each)",
    }
    assert {one.place.en: one.expected.en for one in error.value.troubles} == expected
    assert "mức trần nguồn national năm 2025: cần nhiều nhất 3.000" in str(error.value)


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"ceilings": []}, "ceilings: expected a ceiling of a line with a unit cost"),
        ({"ceilings": [Ceiling("x", 2024, 1)]}, "row 1: expected source to be one of: local, nat"),
        ({"ceilings": [Ceiling(None, 2024, inf)]}, "0 or more, found “inf”"),
        ({"minimum": table(("I.1", 2030, 1))}, "minimum, row 1: expected year to be one of: 2021"),
        ({"maximum": table(("I.1", 2024, -1))}, "quantity to be 0 or more, found “-1”"),
        ({"totals": table(("I.1", 2024, 1))}, "expected the columns line, at_least, at_most"),
        ({"totals": totals(("I.9", 1, 1))}, "found “I.9”"),
        ({"aim": "most"}, "aim: expected worth, proportion, found “most”"),
        ({"targets": table(("I.1", 2024, 1))}, "targets: expected the columns target_id, what_vi"),
        ({"weights": {"I.1": 1.0}}, "weights: expected every line of the plan, found no I.2, I.3"),
    ],
)
def test_tables_that_are_wrong(plan, keywords, words):
    with pytest.raises(DataError) as error:
        kc.allocate(plan, **({"ceilings": NATIONAL} | keywords))
    assert words in error.value.in_language("en")


def test_what_is_not_proven_in_time_is_told(plan, monkeypatch):
    monkeypatch.setattr(lexicographic, "SECONDS", 0.0)
    with pytest.raises(DataError, match="a proof within"):
        kc.allocate(plan, NATIONAL)


LINES = ("I.1", "I.2", "II.1")
YEARS = (2021, 2022)
PLACES = [(line, year) for line in LINES for year in YEARS]
COSTS = st.lists(st.sampled_from([30.0, 45.5, 70.0, 110.0]), min_size=6, max_size=6)
CEILINGS = st.lists(
    st.builds(
        Ceiling,
        st.sampled_from([None, "local", "national"]),
        st.sampled_from(YEARS),
        st.sampled_from([0.0, 75.5, 140.0, 230.0]),
    ),
    min_size=1,
    max_size=3,
)
COUNTS = st.dictionaries(st.sampled_from(PLACES), st.integers(0, 3), max_size=3)
TOTALS = st.dictionaries(
    st.sampled_from(LINES), st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=2
)
WEIGHTS = st.none() | st.tuples(*[st.sampled_from([0.0, 1.0, 2.5])] * 3)


def small(plan, costs, work=1.0):
    """Three lines in two years, of each of which as many units are planned."""
    who = {row.line: (row.line, row.source, row.activity) for row in plan.lines.itertuples()}
    pairs = list(zip(PLACES, costs, strict=True))
    return replace(
        plan,
        cycle="2021-2022",
        lines=plan.lines[plan.lines["line"].isin(LINES)].reset_index(drop=True),
        budget=tabulate(model.BUDGET, [(*who[line], year, work * c) for (line, year), c in pairs]),
        quantities=tabulate(
            model.QUANTITIES, [(*who[line], "u", year, work) for line, year in PLACES]
        ),
        origin=tabulate(model.ORIGIN, []),
    )


def limits_of(plan, costs, ceilings, minimum, maximum, bounds):
    """Every limit by the words that tell it, and what keeps it: a function of all quantities."""
    source = dict(zip(plan.lines["line"], plan.lines["source"], strict=True))
    limits = {}
    covered = set()
    for source_, year, most in ceilings:
        under = [
            n for n, at in enumerate(PLACES) if at[1] == year and source_ in (None, source[at[0]])
        ]
        covered |= set(under)
        of = f"source {source_}" if source_ else "all"
        key = (f"ceiling of {of} in {year}", f"at most {most:g} ")
        limits[key] = lambda q, u=under, m=most: sum(costs[n] * q[n] for n in u) <= m + 1e-9
    for line, (low, high) in bounds.items():
        of = [n for n, at in enumerate(PLACES) if at[0] == line]
        place = f"line {line} over the cycle"
        limits[place, f"at least {low}"] = lambda q, o=of, m=low: sum(q[n] for n in o) >= m
        limits[place, f"at most {high}"] = lambda q, o=of, m=high: sum(q[n] for n in o) <= m
    for n, (line, year) in enumerate(PLACES):
        place = f"line {line} in {year}"
        low, high = minimum.get((line, year), 0), maximum.get((line, year), inf)
        if n not in covered:
            low, high = max(low, 1), min(high, 1)
        limits[place, f"at least {low:g} "] = lambda q, n=n, m=low: q[n] >= m
        limits[place, f"at most {high:g} "] = lambda q, n=n, m=high: q[n] <= m
    return limits


def possible(limits):
    """All quantities up to more than any limit asks for."""
    return [q for q in product(range(5), repeat=6) if all(keeps(q) for keeps in limits)]


def apart(costs, one, other):
    """The money of the quantities in which two allocations differ."""
    return sum(cost * abs(a - b) for cost, a, b in zip(costs, one, other, strict=True))


def least(choices, of):
    """Those for which something is the least."""
    values = [of(q) for q in choices]
    return [q for q, value in zip(choices, values, strict=True) if value < min(values) + 1e-7]


def assert_chosen(best, firsts, closest):
    """It is one of the closest of those that are as good, and says rightly whether the only one."""
    bought = tuple(best.plan.quantities["quantity"].astype(int))
    assert bought in closest
    assert best.unique == (len(closest) == 1)
    assert best.choice.en.startswith("no other" if len(firsts) == 1 else "others meet")


@given(COSTS, CEILINGS, COUNTS, COUNTS, TOTALS, WEIGHTS)
def test_beside_all_allocations(plan, costs, ceilings, minimum, maximum, bounds, weights):
    tiny = small(plan, costs)
    caps = dict.fromkeys(PLACES, 4) | maximum  # a unit costs 30 at least, so 4 are few
    worth = dict(zip(LINES, weights, strict=True)) if weights else None
    keywords = {
        "minimum": table(*((*at, n) for at, n in minimum.items())),
        "maximum": table(*((*at, n) for at, n in caps.items())),
        "totals": totals(*((line, *ends) for line, ends in bounds.items())),
        "weights": worth,
    }
    limits = limits_of(tiny, costs, ceilings, minimum, caps, bounds)
    known = worth or {line: (costs[2 * n] + costs[2 * n + 1]) / 2 for n, line in enumerate(LINES)}
    each = [known[at[0]] for at in PLACES]
    choices = possible(limits.values())
    if choices:
        best = kc.allocate(tiny, ceilings, **keywords)
        firsts = least(choices, lambda q: -np.dot(each, q))
        assert best.worth == pytest.approx(np.dot(each, firsts[0]))
        assert_chosen(best, firsts, least(firsts, lambda q: apart(costs, q, [1] * 6)))
        return
    with pytest.raises(DataError) as error:
        kc.allocate(tiny, ceilings, **keywords)
    conflict = [
        next(
            keeps
            for (place, words), keeps in limits.items()
            if place == one.place.en and f"{one.expected.en} ".startswith(words)
        )
        for one in error.value.troubles
    ]
    assert not possible(conflict)
    for n in range(len(conflict)):
        assert possible(conflict[:n] + conflict[n + 1 :])


MOST = st.sampled_from([75.5, 140.0, 230.0, 410.0, 2000.0])


@given(COSTS, MOST, MOST, CEILINGS, TOTALS)
def test_cuts_in_proportion_beside_all(plan, costs, first, second, more, bounds):
    # Ceilings of all sources in both years hold all together.
    ceilings = [Ceiling(None, 2021, first), Ceiling(None, 2022, second), *more]
    tiny = small(plan, costs, 2.0)
    limits = limits_of(tiny, costs, ceilings, {}, dict.fromkeys(PLACES, 2), bounds)
    choices = possible(limits.values())
    if not choices:
        return
    source = dict(zip(tiny.lines["line"], tiny.lines["source"], strict=True))
    left = dict.fromkeys(PLACES, 1.0)
    for of, year, most in ceilings:
        under = [at for at in PLACES if at[1] == year and of in (None, source[at[0]])]
        planned = sum(2 * costs[PLACES.index(at)] for at in under)
        for at in under:
            left[at] = min(left[at], most / planned)

    def furthest(q):
        away = []
        for n in range(0, 6, 2):  # a line's two years
            whole = 2 * (costs[n] + costs[n + 1])
            kept = sum(c * k for c, k in zip(costs[n : n + 2], q[n : n + 2], strict=True))
            fair = sum(2 * costs[m] * left[PLACES[m]] for m in (n, n + 1))
            away.append(abs(kept - fair) / whole)
        return max(away)

    kept = {"totals": totals(*((line, *ends) for line, ends in bounds.items()))}
    best = kc.allocate(tiny, ceilings, aim="proportion", **kept)
    firsts = least(choices, furthest)
    assert_chosen(best, firsts, least(firsts, lambda q: apart(costs, q, [2] * 6)))
