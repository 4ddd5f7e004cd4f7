"""The Excel annex: what its cells show is the library's, and its formulas reckon the same."""

import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
import pytest
from midterm.made_up import PLAN, ROWS, actuals
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

import kc_analysis as kc
from kc_analysis import wording
from kc_analysis.midterm.review import Review, review
from kc_analysis.midterm.status import THRESHOLDS
from kc_analysis.model import BUDGET, LINES, QUANTITIES, SOURCES, TARGETS, Text, tabulate
from kc_analysis.publishing import annex
from kc_analysis.publishing.annex import words, write_annex

HEAD = 5
EXECUTION = [
    "planned_million_vnd", "not_reported_million_vnd", "allocated_million_vnd",
    "spent_million_vnd", "of_plan_pct", "of_allocation_pct", "status",
]  # fmt: skip
QUANTITY = ["planned_quantity", "not_reported_quantity", "delivered_quantity"]
PARTS = ["volume", "unit_cost", "new", "ended", "unsplit", "change"]
EFFECTS = [
    "spent_million_vnd", "counterpart_million_vnd", "establishments", "jobs", "leverage",
    "cost_million_vnd_per_establishment", "cost_million_vnd_per_job",
]  # fmt: skip
CHANGED = ROWS | {("II.2", 2021): (600, 450.5, 2, 900, 2, 11), ("I.1", 2022): (640, 0, 0, 0, 0, 0)}


def other_cycle() -> Review:
    """Three sources, lines whose numbers are alike as numbers, a year under way, projects."""
    rng = np.random.default_rng(7)
    lines = [(f"{s}.{n}", f"{s}") for s in (1, 2, 3) for n in range(1, 13)]
    plan = replace(
        PLAN,
        cycle="2026-2030",
        number=None,
        title="Kế hoạch khuyến công 2026 - 2030",
        sources=tabulate(
            SOURCES, [(f"s{n}", str(n), f"Nguồn {n}", f"Fund {n}") for n in (1, 2, 3)]
        ),
        lines=tabulate(
            LINES,
            [
                (
                    line,
                    f"s{source}",
                    line,
                    "a",
                    *(f"{word} {line}" for word in ("=Việc", "=Work")),
                    "Lớp",
                    "classes",
                    None,
                )
                for line, source in lines
            ],
        ),
        targets=tabulate(TARGETS, []),
    )
    planned = [
        (line, f"s{source}", "a", year, round(rng.uniform(10, 900), 2), int(rng.integers(1, 9)))
        for line, source in lines
        for year in plan.years
        if rng.random() < 0.7
    ]
    plan = replace(
        plan,
        budget=tabulate(BUDGET, [row[:5] for row in planned]),
        quantities=tabulate(QUANTITIES, [(*row[:3], "Lớp", row[3], row[5]) for row in planned]),
    )
    with_new = replace(
        plan,
        lines=pd.concat(
            [
                plan.lines,
                tabulate(LINES, [("3.13", "s3", "13", "b", "+Việc mới", None, "Lượt", None, None)]),
            ],
            ignore_index=True,
        ),
    )

    def reported() -> tuple[float | None, ...]:
        money = round(rng.uniform(0, 900), 1)
        figures = (money * 1.1, money, *map(int, rng.integers(0, 9, 1)), 2 * money, 3, 20)
        return tuple(None if rng.random() < 0.2 else figure for figure in figures)

    reports = {
        (line, year): reported()
        for line in with_new.lines["line"]
        for year in (2026, 2027, 2028)
        if rng.random() < 0.6
    }
    made = actuals(reports, date(2028, 6, 30), with_new)
    projects = pd.DataFrame(
        {
            "name": ["@Đề án 1", "Đề án 2", "Đề án sau"],
            "line": ["1.1", "1.10", "2.1"],
            "year": [2026, 2028, 2029],
            "beneficiary": ["-HTX", None, "X"],
            "total_cost_million_vnd": [900.5, np.nan, 1],
            "support_million_vnd": [300.0, 200.0, 1],
            "counterpart_million_vnd": [np.nan, np.nan, 1],
            "status": ["completed", "under_way", "approved"],
        }
    )
    return review(plan, replace(made, projects=projects, illustrative=False))


REVIEWS = {
    "made-up": review(PLAN, actuals()),
    "begun": review(
        PLAN, actuals({key: ROWS[key] for key in ROWS if key[1] == 2021}, date(2021, 6, 30))
    ),
    "under-way": review(PLAN, actuals(), date(2023, 6, 30)),
    "over": review(PLAN, actuals(), date(2026, 1, 31)),
    "cut": review(kc.apply_scenario(PLAN, kc.load_scenario("national-cut")), actuals()),
    "other": other_cycle(),
}
CASES = [(name, lang) for name in REVIEWS for lang in ("vi", "en")]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    folder = tmp_path_factory.mktemp("annex")
    paths = {(name, lang): folder / f"{name}-{lang}.xlsx" for name, lang in CASES}
    for (name, lang), path in paths.items():
        write_annex(path, REVIEWS[name], lang)
    return paths


def sheets(path: Path, *, formulas: bool = False) -> dict[str, Any]:
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return {sheet.title: sheet for sheet in book}


def tabled(made: Review, lang: str) -> dict[str, tuple[list[str], list[pd.DataFrame]]]:
    """What the library gives for each sheet: its last columns, and its rows frame by frame."""
    parts = [f"{part}_million_vnd" for part in PARTS]
    ends = [
        "planned_cycle_million_vnd", *EXECUTION[3:4], "remaining_million_vnd", "of_plan_pct",
        "as_planned_million_vnd", "at_rate_million_vnd", "needed_million_vnd_per_year",
        "best_year", "best_year_million_vnd", "plausible",
    ]  # fmt: skip
    tables = {
        "lines": (EXECUTION, [made.by_line, made.total]),
        "sources": (EXECUTION, [made.by_source, made.total]),
        "source_years": (EXECUTION, [made.by_source_year, made.total]),
        "years": (EXECUTION, [made.by_year, made.total]),
        "delivery": (
            [name for name in made.delivery if name in (*EXECUTION, *QUANTITY)],
            [made.delivery],
        ),
        "variance": (parts, [made.variance, made.variance[parts].sum().to_frame().T]),
        "effects": (
            EFFECTS,
            [made.effects_by_line, made.effects_by_source, made.effects_by_year, made.effects],
        ),
        "outlook": (ends, [made.outlook_by_line, made.outlook_by_source, made.outlook]),
        "path": (list(made.path), [made.path]),
    }
    if not made.targets.empty:
        done = ["done_low", "done_high", f"done_unit_{lang}", "done_pct", "status", "where"]
        tables["targets"] = (done, [made.targets])
    return {words.SHEETS[key][0][lang]: table for key, table in tables.items()}


def shown(value: Any, name: str, lang: str) -> Any:
    """A value of the library as a cell shows it."""
    if pd.isna(value):
        return None
    if name == "plausible":
        return (words.YES if value else words.NO)[lang]
    return words.WORDS[value][lang] if name == "status" else value


def assert_as_the_library(found: dict[str, Any], made: Review, lang: str) -> None:
    for name, (columns, frames) in tabled(made, lang).items():
        sheet = found[name]
        heads = {cell.value: cell.column for cell in sheet[HEAD]}
        rows = [
            row
            for row in sheet.iter_rows(HEAD + 1)
            if row[0].value not in {text[lang] for text in words.BY.values()}
        ]
        records = [record for frame in frames for record in frame.to_dict("records")]
        assert len(rows) == len(records), name
        for column in columns:
            head = words.HEADINGS[re.sub(r"_(vi|en)$", "", column)][lang]
            head = head.replace(words.IN_MILLION[lang], "")
            place = heads.get(head) or heads[words.SO_FAR[lang]]
            for row, record in zip(rows, records, strict=True):
                expected = shown(record[column], column, lang)
                value = row[place - 1].value
                value = None if value == "" else value
                if isinstance(expected, float):
                    expected = pytest.approx(expected, abs=1e-6)
                assert value == expected, (name, column, row[place - 1].coordinate)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_cells_show_the_figures_of_the_library(books, case):
    assert_as_the_library(sheets(books[case]), REVIEWS[case[0]], case[1])


@pytest.mark.parametrize("name", REVIEWS)
def test_the_figures_are_plain_numbers_and_the_unreported_is_blank(books, name):
    made = REVIEWS[name]
    sheet = sheets(books[name, "en"], formulas=True)["Figures"]
    names = ("Line", "Year", "Planned", "Spent", "Quantity delivered", "Jobs")
    heads = {cell.value: cell.column - 1 for cell in sheet[HEAD]}
    rows = [tuple(row[heads[head]] for head in names) for row in sheet.iter_rows(HEAD + 1)]
    found = {(row[0].value, row[1].value): [cell.value for cell in row[2:]] for row in rows}
    columns = ["planned_million_vnd", "spent_million_vnd", "delivered_quantity", "jobs"]
    for record in made.cells.to_dict("records"):
        expected = [None if pd.isna(record[column]) else record[column] for column in columns]
        assert found.pop((record["line"], record["year"])) == expected
    ahead = made.plan.budget[made.plan.budget["year"] > made.as_of.year]
    expected = {
        (line, year): [amount, None, None, None]
        for line, year, amount in ahead[["line", "year", "amount_million_vnd"]].itertuples(
            index=False
        )
    }
    assert found == expected


def test_each_line_and_year_is_judged_and_split(books):
    made = REVIEWS["made-up"]
    sheet = sheets(books["made-up", "en"])["Line by line, year by year"]
    heads = [cell.value for cell in sheet[HEAD]]
    found = {
        (row[0], row[2]): dict(zip(heads, row, strict=True))
        for row in sheet.iter_rows(HEAD + 1, values_only=True)
    }
    for record in made.cells.to_dict("records"):
        row = found[record["line"], record["year"]]
        assert row["Status"] == words.WORDS[record["status"]]["en"]
        change = record["spent_million_vnd"] - np.nan_to_num(record["planned_million_vnd"])
        assert row["Variance"] == (None if np.isnan(change) else change)
        parts = ["Volume", "Unit cost", "Outside the plan", "Not carried out", "Not split"]
        assert np.isnan(change) or sum(row[part] for part in parts) == pytest.approx(change)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_formula_has_a_result_and_none_an_error(books, case):
    with zipfile.ZipFile(books[case]) as package:
        parts = {n: package.read(n).decode() for n in package.namelist() if "/sheet" in n}
    formulas = 0
    for text in parts.values():
        cells = re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>.*?</c>", text)
        formulas += len(cells)
        assert all("<v>" in cell for cell in cells)
        assert not re.search(r't="e"|#(DIV|N/A|REF|VALUE|NAME|NUM)', text)
        assert not re.search(r"LAMBDA|_xlfn|\[\d+\]|http", "".join(re.findall("<f>.*?</f>", text)))
    assert formulas > 300


@pytest.mark.parametrize("name", REVIEWS)
def test_excel_counts_no_truths_that_are_not_multiplied(books, name):
    """LibreOffice would, so that trying them there does not tell."""
    for sheet in sheets(books[name, "en"], formulas=True).values():
        texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for argument in (one for text in texts for one in arguments("SUMPRODUCT", text)):
            assert re.fullmatch(r"\w+", argument) or re.search(r"\)\*[\w(]", argument), argument


def arguments(function: str, formula: str) -> list[str]:
    """The arguments of each call of a function in a formula."""
    found = []
    for call in formula.split(f"{function}(")[1:]:
        depth, found = 0, [*found, ""]
        for sign in call:
            depth += (sign == "(") - (sign == ")")
            if depth < 0:
                break
            if sign == "," and not depth:
                found.append("")
            else:
                found[-1] += sign
    return found


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_charts_are_bound_to_the_cells_of_tables(books, case):
    found = sheets(books[case])
    texts = charts(books[case])
    assert len(texts) == 4
    for text in texts:
        ranges = re.findall(r"<c:f>'?(.*?)'?!(.*?)</c:f>", text)
        assert ranges
        for name, cells in ranges:
            left, top, right, bottom = range_boundaries(cells)
            assert left == right
            assert HEAD < top <= bottom <= found[name].max_row
            held = [found[name].cell(row, left).value for row in range(top, bottom + 1)]
            assert any(value is not None for value in held)
        assert ElementTree.fromstring(text.encode()).tag.endswith("chartSpace")


def charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return [package.read(n).decode() for n in package.namelist() if "charts/chart" in n]


def test_a_chart_never_draws_what_is_not_known_as_zero(books):
    (path,) = (text for text in charts(books["made-up", "vi"]) if "scatterChart" in text)
    sheet = sheets(books["made-up", "vi"])["Lũy kế"]
    for name, cells in re.findall(r"<c:f>'?(.*?)'?!(.*?)</c:f>", path):
        assert name == "Lũy kế"
        left, top, _, bottom = range_boundaries(cells)
        assert all(sheet.cell(row, left).value is not None for row in range(top, bottom + 1))
    (bars, _) = (text for text in charts(books["made-up", "vi"]) if '<c:barDir val="bar"/>' in text)
    assert bars.count("Chưa báo cáo</a:t>") == 3  # of I.4, I.5 and II.3 nothing is reported


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_made_up_figures_are_marked_everywhere_and_real_ones_nowhere(books, lang):
    mark = words.MARK[lang]
    for sheet in sheets(books["made-up", lang], formulas=True).values():
        assert sheet["A1"].value.startswith(mark)
        assert mark in sheet.oddHeader.left.text
    assert all(mark in title(text) for text in charts(books["made-up", lang]))
    for sheet in sheets(books["other", lang], formulas=True).values():
        assert mark not in sheet["A1"].value + sheet.oddHeader.left.text
    assert not any(mark in text for text in charts(books["other", lang]))


def title(chart: str) -> str:
    (text,) = re.findall(r"<c:chart><c:title>.*?<a:t>(.*?)</a:t>", chart)
    return text


def wordings(of: ModuleType) -> list[Text]:
    """Every wording that a module holds, however deep."""

    def inside(value: Any) -> list[Text]:
        if isinstance(value, Text):
            return [value]
        held = tuple(value.values()) if isinstance(value, dict) else value
        return [text for one in held for text in inside(one)] if isinstance(held, tuple) else []

    return [text for value in vars(of).values() for text in inside(value)]


@pytest.mark.parametrize(("lang", "other"), [("vi", "en"), ("en", "vi")])
def test_nothing_is_in_the_other_language(books, lang, other):
    texts = set(sheets(books["made-up", lang]))
    for sheet in sheets(books["made-up", lang]).values():
        texts |= {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        texts |= {sheet.oddHeader.left.text, sheet.oddFooter.center.text}
    for chart in charts(books["made-up", lang]):
        texts |= set(re.findall("<(?:a:t|c:v)>(.*?)</", chart))
    both = wordings(words) + wordings(wording)
    own = {text[lang] for text in both}
    assert not texts & {text[other] for text in both if text[other] not in own}
    assert not texts & (set(PLAN.lines[f"label_{other}"]) | set(PLAN.targets[f"what_{other}"]))
    if lang == "en":
        # Only what a document calls itself is Vietnamese: a part of it, its number.
        foreign = [text for text in texts if re.search("[À-ỹ]", re.sub("[×÷]", "", str(text)))]
        assert all("Phần II" in text or "470/QĐ-UBND" in text for text in foreign)


def test_texts_that_begin_as_formulas_do_stay_texts(books):
    found = sheets(books["other", "vi"], formulas=True)
    assert found["Số liệu"]["B6"].value == "=Việc 1.1"
    assert found["Số liệu"]["B6"].data_type == "s"
    rows = list(found["Đề án"].iter_rows(HEAD + 1))
    assert [row[0].value for row in rows] == ["@Đề án 1", "Đề án 2", "Tổng cộng"]
    assert rows[0][3].value == "-HTX"
    assert {cell.data_type for row in rows for cell in row[:4]} <= {"s", "n"}


def test_projects_are_summed_where_they_are_known(books):
    sheet = sheets(books["other", "en"])["Projects"]
    assert [cell.value for cell in sheet[sheet.max_row]][4:7] == [900.5, 500, None]
    assert "Projects" not in sheets(books["made-up", "en"])


def test_the_sources_name_the_place_of_each_figure(books):
    made = REVIEWS["made-up"]
    sheet = sheets(books["made-up", "en"])["Sources"]
    rows = {row[:3] + row[4:5]: row for row in sheet.iter_rows(HEAD + 1, values_only=True)}
    origin = made.plan.origin.query("table == 'budget' and line == 'I.1' and year == 2021")
    place = origin["place_en"].item()
    assert rows["Planned", "Money", "I.1", 2021][5:] == ("600", "470-QD-UBND.txt", place)
    assert ("Actual", "Quantity", "II.1", 2023) in rows
    assert ("Actual", "Money", "I.1", 2024) not in rows
    assert not any(row[2] in ("I", "II", "III") for row in rows)


def test_the_thresholds_are_cells_that_the_formulas_name(books):
    book = openpyxl.load_workbook(books["made-up", "en"])
    for name, text in (("slow", "Floor_slow"), ("done", "Floor_on_plan"), ("over", "Floor_over")):
        ((sheet, cell),) = book.defined_names[text].destinations
        assert book[sheet][cell.replace("$", "")].value == THRESHOLDS[name]
        assert text in book["By line"]["H6"].value


def test_print_and_screen(books):
    for sheet in sheets(books["made-up", "vi"], formulas=True).values():
        assert int(sheet.page_setup.paperSize) == 9
        assert "&P" in sheet.oddFooter.center.text
        if sheet.title != "Biểu đồ":
            assert sheet.freeze_panes.endswith("6")
            assert sheet.print_title_rows == "$5:$5"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {
                "Times New Roman"
            }


def test_other_readers_see_the_results(books):
    book = CalamineWorkbook.from_path(books["made-up", "vi"])
    rows = book.get_sheet_by_name("Theo năm").to_python()
    assert rows[-1][:5] == ["Tổng cộng", 9930, 2860, 6420, 6187]
    unknown = book.get_sheet_by_name("Theo dòng").to_python()[8]
    assert unknown[0].startswith("I.4.")
    assert unknown[3:7] == ["", "", "", ""]


def test_the_same_review_gives_the_same_bytes(books, tmp_path):
    write_annex(tmp_path / "again.xlsx", REVIEWS["made-up"], "vi")
    assert (tmp_path / "again.xlsx").read_bytes() == books["made-up", "vi"].read_bytes()


def test_nothing_half_written_takes_the_place_of_the_old(tmp_path, monkeypatch):
    path = tmp_path / "annex.xlsx"
    write_annex(path, REVIEWS["made-up"])
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(annex, "add_origin", fail)
    with pytest.raises(OSError, match="no space"):
        write_annex(path, REVIEWS["made-up"], "en")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# --- in a real spreadsheet ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reckoned(books, tmp_path_factory) -> dict[tuple[str, str], Path]:
    """The books without any result, and one with other figures, as LibreOffice reckons them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert os.environ.get("CI_OFFICE") != "1", "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("reckoned")
    bare = {case: folder / path.name for case, path in books.items()}
    for case, path in books.items():
        without_results(path, bare[case])
    bare["changed", "en"] = folder / "changed-en.xlsx"
    change_figures(bare["made-up", "en"], bare["changed", "en"])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    paths = [str(path) for path in bare.values()]
    subprocess.run(
        [*command, str(folder / "out"), *paths], check=True, timeout=600, capture_output=True
    )
    return {case: folder / "out" / path.name for case, path in bare.items()}


def without_results(path: Path, to: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if "worksheets/sheet" in name:
                text = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", text)
            new.writestr(name, text)


def change_figures(path: Path, to: Path) -> None:
    """Type other figures over those of a workbook, as a planner would."""
    book = openpyxl.load_workbook(path)
    sheet = book["Figures"]
    heads = {cell.value: cell.column - 1 for cell in sheet[HEAD]}
    typed = ["Allocated", "Spent", "Quantity delivered", "Counterpart", "Establishments", "Jobs"]
    for row in sheet.iter_rows(HEAD + 1):
        figures = CHANGED.get((row[0].value, row[heads["Year"]].value))
        for head, figure in zip(typed, figures or (), strict=bool(figures)):
            row[heads[head]].value = figure
    book.save(to)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_libreoffice_reckons_the_same(books, reckoned, case):
    formulas = sheets(books[case], formulas=True)
    ours, theirs = sheets(books[case]), sheets(reckoned[case])
    for name, sheet in formulas.items():
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                one, two = (book[name][cell.coordinate].value for book in (ours, theirs))
                one, two = (None if value == "" else value for value in (one, two))
                near = pytest.approx(one, rel=1e-9, abs=1e-9) if isinstance(one, float) else one
                assert two == near, (name, cell.coordinate, cell.value)
    assert_as_the_library(theirs, REVIEWS[case[0]], case[1])


def test_libreoffice_reckons_changed_figures_as_the_library_does(reckoned):
    assert_as_the_library(sheets(reckoned["changed", "en"]), review(PLAN, actuals(CHANGED)), "en")
