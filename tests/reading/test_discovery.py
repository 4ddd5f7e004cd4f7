"""Totals are told by the numbers alone."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kc_analysis.reading.table.discovery import find_sums


def grid(text):
    """The numbers of a table; dots stand for blank cells."""
    return {
        (r, c): float(cell)
        for r, row in enumerate(text.strip().splitlines())
        for c, cell in enumerate(row.split())
        if cell != "."
    }


def down(values):
    """The rows that are totals and their parts, of all the columns together."""
    return {(t[0], tuple(r for r, _ in ps)) for t, ps in find_sums(values) if ps[0][1] == t[1]}


def across(values):
    return {(t[1], tuple(c for _, c in ps)) for t, ps in find_sums(values) if ps[0][0] == t[0]}


ROWS = "1204 3417 2219 \n 812 1093 977 \n 441 1730 86 \n"
TOTAL = "2457 6240 3282 \n"


def turned(values):
    return {(c, r): value for (r, c), value in values.items()}


def test_a_total_stands_above_below_left_or_right_of_its_parts():
    above, below = grid(TOTAL + ROWS), grid(ROWS + TOTAL)
    assert down(above) == {(0, (1, 2, 3))} and not across(above)
    assert down(below) == {(3, (0, 1, 2))} and not across(below)
    assert across(turned(above)) == {(0, (1, 2, 3))} and not down(turned(above))
    assert across(turned(below)) == {(3, (0, 1, 2))} and not down(turned(below))


def test_a_grand_total_is_of_the_sections_and_not_of_their_lines():
    sections = grid("""
        9111 8093 7207
        4210 5022 3106
        1207 2019 2003
        3003 3003 1103
        4901 3071 4101
        4101 1050 3059
         800 2021 1042
    """)
    assert down(sections) == {(0, (1, 4)), (1, (2, 3)), (4, (5, 6))}
    assert not across(sections)


def test_parts_of_which_only_some_are_told_are_passed_over():
    # Rows 0 = 1 + 3; row 2 is a part of row 1 that is told for information.
    of_which = grid("""
        8113 9217 7421
        5102 6105 3309
        1717 2048 1136
        3011 3112 4112
    """)
    assert (0, (1, 3)) in down(of_which)
    assert not across(of_which)


def test_blank_cells_are_no_parts():
    blanks = grid("""
        2457 4823 3196
        1204 3417 2219
         812    .  977
         441 1406    .
    """)
    assert sorted(find_sums(blanks)) == [
        ((0, 0), [(1, 0), (2, 0), (3, 0)]),
        ((0, 1), [(1, 1), (3, 1)]),
        ((0, 2), [(1, 2), (2, 2)]),
    ]


def test_printed_figures_are_rounded():
    # 12.04 + 8.14 + 4.43 = 24.61, 34.17 + 10.93 + 17.34 = 62.44, 22.24 + 9.77 + 0.86 = 32.87
    rounded = grid("24.6 62.4 32.9 \n 12.0 34.2 22.2 \n 8.1 10.9 9.8 \n 4.4 17.3 0.9")
    assert down(rounded) == {(0, (1, 2, 3))}


def test_zeros_and_single_parts_are_no_evidence():
    assert not find_sums(grid("0 0 0 0 \n 0 0 0 0 \n 0 0 0 0"))
    assert not find_sums(grid("512 318 977 \n 512 318 977 \n 0 0 0"))


def test_a_sum_of_small_numbers_in_one_column_is_chance():
    assert not find_sums(grid("5 \n 2 \n 3"))


def test_years_and_sections_at_once():
    plan = grid("""
        9000 2950 3050 3000
        5400 1750 1850 1800
        3300 1050 1150 1100
        2100  700  700  700
        3600 1200 1200 1200
        1500  500  500  500
        2100  700  700  700
    """)
    assert {(0, (1, 4)), (1, (2, 3)), (4, (5, 6))} <= down(plan)
    assert across(plan) == {(0, (1, 2, 3))}


@st.composite
def plans(draw):
    """A plan's numbers, and its rows of totals: years beside their total, lines below theirs."""
    random = Random(draw(st.integers(0, 10**6)))
    sizes = draw(st.lists(st.integers(2, 7), min_size=2, max_size=6))
    years, below = draw(st.integers(4, 6)), draw(st.booleans())
    rows, totals = [[0] * years], {0: []}
    for size in sizes:
        section = len(rows)
        lines = [[random.randint(100, 9999) for _ in range(years)] for _ in range(size)]
        rows += [[sum(line) for line in zip(*lines, strict=True)], *lines]
        totals[0].append(section)
        totals[section] = [*range(section + 1, len(rows))]
        rows[0] = [a + b for a, b in zip(rows[0], rows[section], strict=True)]
    rows = [[sum(row), *row] for row in rows]
    if below:
        rows.reverse()
        last = len(rows) - 1
        totals = {last - t: sorted(last - p for p in parts) for t, parts in totals.items()}
    values = {(r, c): float(x) for r, row in enumerate(rows) for c, x in enumerate(row)}
    sums = [((t, c), [(p, c) for p in ps]) for t, ps in totals.items() for c in range(years + 1)]
    sums += [((r, 0), [(r, c) for c in range(1, years + 1)]) for r in range(len(rows))]
    return values, sums


@settings(max_examples=30, deadline=None)
@given(plans())
def test_a_plan_has_the_sums_that_it_promises_and_no_others(plan):
    values, sums = plan
    assert sorted(find_sums(values)) == sorted(sums)


def test_random_numbers_have_no_sums():
    random, found = Random(3), Counter()
    for _ in range(100):
        rows, columns = random.randint(3, 25), random.randint(1, 8)
        most = random.choice([10, 100, 1000, 100_000])
        values = {
            (r, c): float(random.randrange(most)) for r in range(rows) for c in range(columns)
        }
        found[bool(find_sums(values))] += 1
    assert found[True] <= 1
