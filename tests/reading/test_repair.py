"""What the printed totals convict is put right; what they leave open is left alone."""

from dataclasses import replace

import pytest
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.reading.cells import settled_tables
from kc_analysis.reading.forms.text import read_text
from kc_analysis.reading.grid import Document
from kc_analysis.reading.table.mending import damage, mend
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.table.sums import Values

DOCUMENT = read_text(EXTRACT.read_text(encoding="utf-8"), "x")


def read(document: Document) -> list[Settled]:
    settled, _ = settled_tables(document, None)
    assert not any(one.table.troubles for one in settled)
    return settled


def with_values(settled: list[Settled], values: list[Values]) -> list[Settled]:
    """The tables with other numbers."""
    return [one._replace(values=own) for one, own in zip(settled, values, strict=True)]


def values_of(settled: list[Settled]) -> list[Values]:
    return [one.values for one in settled]


TRUTH = values_of(read(DOCUMENT))


def opened_under_english_settings(cell):
    """The number that a spreadsheet stores for a cell's text: 1.056 for "1.056"."""
    try:
        return cell._replace(value=float(cell.text))
    except ValueError:
        return cell


@pytest.fixture
def english():
    grids = [
        replace(
            grid, rows=[[opened_under_english_settings(cell) for cell in row] for row in grid.rows]
        )
        for grid in DOCUMENT.grids
    ]
    return read(replace(DOCUMENT, grids=grids))


def test_all_24_thousandths_are_restored(english):
    values = values_of(english)
    wrong = [
        place
        for numbers, truth in zip(values, TRUTH, strict=True)
        for place in truth
        if numbers[place] != truth[place]
    ]
    assert len(wrong) == 24
    mended, findings = mend(english, apply=True)
    assert values_of(mended) == TRUTH
    assert len(findings) == 24
    assert {finding.severity for finding in findings} == {"warning"}
    assert values_of(english) != TRUTH, "the values given stay as they were"


@pytest.mark.parametrize("r", range(13))
def test_thousandths_are_restored_beside_one_wrong_figure(english, r):
    (money, work), truth = values_of(english), TRUTH[0]
    for place in [place for place in truth if place[0] == r]:
        damaged = {**money, place: money[place] + 70}
        (one, _), _ = mend(with_values(english, [damaged, work]), apply=True)
        assert {p: v for p, v in one.values.items() if p != place} == {
            p: v for p, v in truth.items() if p != place
        }
        assert one.values[place] in (truth[place], damaged[place])


def test_whole_numbers_of_thousands_are_restored_too(english):
    # In nghìn đồng, "750.000" is stored as 750, and "1.056.000" stays text.
    money = english[0]
    truth = {place: 1000 * value for place, value in TRUTH[0].items()}
    stored = {place: value / 1000 if value < 1_000_000 else value for place, value in truth.items()}
    rows = [
        replace(
            row,
            cells={
                c: cell._replace(value=stored[r, c] if stored[r, c] < 1000 else None)
                for c, cell in row.cells.items()
            },
        )
        for r, row in enumerate(money.table.rows)
    ]
    table = replace(money.table, rows=rows)
    repairs = list(damage(money._replace(table=table, values=stored)))
    assert {**stored, **{repair.place: repair.becomes for repair in repairs}} == truth


def test_unless_asked_each_is_shown_and_left(english):
    unchanged, findings = mend(english, apply=False)
    assert unchanged == english
    assert len(findings) == 24
    assert {(f.rule, f.severity) for f in findings} == {("damaged", "error")}
    one = next(f for f in findings if (f.line, f.year) == ("I", 2025))
    assert (one.found, one.expected) == (1.056, 1056)
    assert "1.056" in one.message.vi
    assert "tổng của dòng I; tổng dọc ở dòng I, cột Năm 2025" in one.message.vi


def test_the_decision_itself_needs_no_repair():
    for one in read(DOCUMENT):
        assert list(damage(one)) == []


MONEY, WORK = read(DOCUMENT)
NUMBERS = MONEY.values


@pytest.mark.parametrize("place", NUMBERS, ids=lambda p: f"{MONEY.table.rows[p[0]].key}-{p[1]}")
@pytest.mark.parametrize("wrong", [lambda v: v + 1, lambda v: v * 1000, lambda v: v / 1000 + 1])
def test_any_one_wrong_figure_of_the_money_is_named_and_put_right(place, wrong):
    broken = {**NUMBERS, place: wrong(NUMBERS[place])}
    (repair,) = damage(MONEY._replace(values=broken))
    assert repair.place == place
    assert repair.becomes == pytest.approx(NUMBERS[place])
    assert len(repair.proofs) >= 2


def test_a_row_total_alone_convicts_nobody():
    for place, value in WORK.values.items():
        assert list(damage(WORK._replace(values={**WORK.values, place: value + 1}))) == []


def test_two_wrong_figures_are_not_guessed_at():
    places = list(NUMBERS)
    for first, second in ((places[0], places[8]), (places[7], places[40])):
        broken = {**NUMBERS, first: NUMBERS[first] + 7, second: NUMBERS[second] + 5}
        for repair in damage(MONEY._replace(values=broken)):
            assert repair.becomes == NUMBERS[repair.place]


def test_the_years_of_a_quantity_row_are_ranked_by_unit_cost(read_changed):
    plan = read_changed("I.1", 2023, "quantities", "4", "9")
    findings = kc.check(plan).set_index("rule")
    message = findings.loc["line-suspects", "message_vi"]
    assert message.index("2023 (4)") == min(
        message.index(text) for text in ("2021", "2022", "2023", "2024", "2025") if text in message
    )


def test_read_plan_repairs_only_when_asked(read_changed):
    plan = read_changed("II.2", 2022, "budget", "900", "950")
    damaged = kc.check(plan).query("rule == 'damaged'")
    assert damaged[["line", "year", "found", "expected"]].values.tolist() == [
        ["II.2", 2022, 950, 900]
    ]
    assert 950 in plan.budget["amount_million_vnd"].tolist()
    repaired = read_changed("II.2", 2022, "budget", "900", "950", repair=True)
    findings = kc.check(repaired)
    assert "error" not in set(findings["severity"])
    assert findings.query("rule == 'repaired'")["severity"].tolist() == ["warning"]
    assert repaired.budget["amount_million_vnd"].sum() == 18246


@pytest.fixture
def read_changed(tmp_path, plan):
    """Read the decision with one printed figure changed."""

    def _read(line, year, table, old, new, *, repair=False):
        origin = plan.origin.query("line == @line and year == @year and table == @table")
        at = int(origin["place_en"].item().removeprefix("line "))
        lines = EXTRACT.read_text(encoding="utf-8").split("\n")
        assert lines[at - 1] in (old, f"0{old}")
        lines[at - 1] = new
        path = tmp_path / "changed.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return kc.read_plan(path, repair=repair)

    return _read
