"""The decision reconciles; a copy with any one figure changed does not."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.model import FINDINGS

PLAN = kc.load_plan("2021-2025")
TEXT = EXTRACT.read_text(encoding="utf-8")
NUMBERS = [
    (row.table, row.line, row.year, int(row.place_en.removeprefix("line ")), row.printed)
    for row in PLAN.origin.itertuples()
]


def errors(plan):
    findings = kc.check(plan)
    return findings[findings["severity"] == "error"]


def changed(at: int, old: str, new: str) -> str:
    lines = TEXT.split("\n")
    assert old in lines[at - 1]
    lines[at - 1] = lines[at - 1].replace(old, new)
    return "\n".join(lines)


def test_the_decision_reconciles(plan):
    findings = kc.check(plan)
    assert list(findings.columns) == list(FINDINGS)
    assert "error" not in set(findings["severity"])


def test_a_column_of_totals_without_a_number_is_an_error(plan, read):
    lines = TEXT.split("\n")
    wholes = plan.origin[plan.origin["year"].isna() & (plan.origin["table"] == "quantities")]
    for row in wholes.itertuples():
        lines[int(row.place_en.removeprefix("line ")) - 1] = ""
    (error,) = errors(read("\n".join(lines))).itertuples()
    assert (error.rule, error.table) == ("empty-totals", "quantities")


def test_the_missing_thousands_mark_is_a_note(plan):
    findings = kc.check(plan).set_index("rule")
    note = findings.loc["separator-left-out"]
    assert (note["severity"], note["line"], note["year"]) == ("note", "III", 2024)
    assert note["place_vi"] == "470-QD-UBND.txt, dòng 211"
    assert "3.960" in note["message_vi"]
    assert "3,960" in note["message_en"]


@pytest.mark.parametrize(
    ("table", "line", "year", "at", "printed"),
    NUMBERS,
    ids=[f"{table}-{line}-{year}" for table, line, year, _, _ in NUMBERS],
)
def test_any_one_changed_figure_is_found(read, table, line, year, at, printed):
    """Each digit of each printed number is raised by one (9 becomes 0)."""
    figure = printed.split(" ")[0]
    for i, digit in enumerate(figure):
        if not digit.isdigit():
            continue
        wrong = figure[:i] + str((int(digit) + 1) % 10) + figure[i + 1 :]
        found = errors(read(changed(at, figure, wrong)))
        assert len(found), f"{figure} -> {wrong}"
        if table != "narrative":
            # Some error names the very row, or the total that the row is part of.
            named = {(row.table, row.line) for row in found.itertuples()}
            above = {(table, line), (table, line.split(".")[0]), (table, "III")}
            assert named & above


def test_what_an_error_says(read, plan):
    at = next(n[3] for n in NUMBERS if n[:3] == ("budget", "I.1", 2021))
    found = errors(read(changed(at, "600", "610"))).set_index("rule")
    assert set(found.index) == {"damaged", "line-total", "section-year", "section-total"}
    damaged = found.loc["damaged"]
    assert (damaged["line"], damaged["year"]) == ("I.1", 2021)
    assert (damaged["found"], damaged["expected"]) == (610, 600)
    row = found.loc["section-year"]
    assert (row["line"], row["year"], row["expected"], row["found"]) == ("I", 2021, 760, 750)
    assert row["place_en"].startswith("decision.txt, line ")
    assert "cộng lại được 760 nhưng in là 750" in row["message_vi"]
    assert pd.isna(found.loc["line-total", "year"])


def test_a_blanked_total_is_an_error(read):
    for line, year in (("I", 2021), ("II", None), ("I.3", None)):
        place = next(
            n for n in NUMBERS if n[1] == line and (n[2] == year or (pd.isna(n[2]) and not year))
        )
        found = errors(read(changed(place[3], place[4], "").replace("\n\n", "\n")))
        assert line in set(found["line"])


def test_money_without_work_and_work_without_money(plan):
    without = replace(plan, quantities=plan.quantities.query("line != 'I.4'"))
    assert set(errors(without)["rule"]) >= {"unpaired-line"}
    keep = ~((plan.budget["line"] == "I.5") & (plan.budget["year"] == 2025))
    found = errors(replace(plan, budget=plan.budget[keep])).query("rule == 'unpaired-year'")
    assert found[["table", "line", "year"]].values.tolist() == [["quantities", "I.5", 2025]]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("Tổ chức Hội chợ", "warning"),
        ("Đào tạo nghề", "error"),
        ("Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu", "error"),  # line 2's
    ],
)
def test_a_title_that_differs_between_the_tables(read, extract, name, severity):
    first, second = extract.split("PHỤ LỤC 2")
    title = re.search(r"Tham gia Hội chợ[^|]*", second)[0]
    new = f"{name}\n" if severity == "error" else title.replace("Tham gia Hội chợ", name)
    found = kc.check(read(first + "PHỤ LỤC 2" + second.replace(title, new)))
    found = found[found["rule"] == "title-differs"]
    assert found[["line", "severity"]].values.tolist() == [["I.3", severity]]


def test_a_table_without_totals_says_that_nothing_covers_it(read, extract):
    first, second = extract.split("PHỤ LỤC 2")
    lines = second.split("\n")
    text = first + "PHỤ LỤC 2" + "\n".join(lines)
    plan = read(text)
    bare = plan.printed[plan.printed["table"] != "quantities"]
    findings = kc.check(replace(plan, printed=bare))
    assert findings.query("rule == 'no-totals'")["table"].tolist() == ["quantities"]


def test_checks_change_nothing(plan):
    before = {name: getattr(plan, name).copy() for name in ("budget", "quantities", "printed")}
    kc.check(plan)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(plan, name), frame)


def test_an_error_is_acknowledged_only_by_its_name(read):
    at = next(n[3] for n in NUMBERS if n[:3] == ("quantities", "I.1", 2021))
    findings = kc.check(read(changed(at, "3", "4")))
    (error,) = errors(read(changed(at, "3", "4"))).itertuples()
    known = {"rule": error.rule, "table": error.table, "line": error.line}
    assert kc.open_errors(findings, []).shape[0] == 1
    assert kc.open_errors(findings, [known]).empty
    assert kc.open_errors(findings, [known | {"year": 2021}]).shape[0] == 1
    assert kc.open_errors(findings, [known | {"line": "I.2"}]).shape[0] == 1
