"""The workbook of what happened reads as it was filled; troubles are told by their cells."""

import os
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

import kc_analysis as kc
from kc_analysis.publishing.actuals_form import write_actuals_form

EXAMPLE = kc.raw_folder("2021-2025") / "actuals-example.xlsx"
GUIDE, RESULTS, PROJECTS = "Hướng dẫn", "Kết quả", "Đề án"
SPARE = 51  # the first row for what was not planned, in an empty form


@pytest.fixture
def form(tmp_path, plan):
    """An empty form."""
    path = tmp_path / "form.xlsx"
    write_actuals_form(path, plan)
    return path


def type_in(path, cells, *more):
    """Type values into cells; then do more with the book."""
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    for change in more:
        change(book)
    book.save(path)
    return path


def filled(path, cells, *more):
    asked = {(GUIDE, "B6"): date(2023, 12, 31)}
    return type_in(path, asked | {(RESULTS, name): value for name, value in cells.items()}, *more)


def refusal(path, plan=None, lang="en"):
    with pytest.raises(kc.DataError) as raised:
        kc.read_actuals(path, plan)
    return raised.value.in_language(lang).splitlines()


def only(path):
    (line,) = refusal(path)
    return line


# I.1 stands in rows 6 to 10 (2021 to 2025), II.2 in rows 36 to 40.
FIRST = {"H6": 450, "I6": 380.5, "J6": 2, "K6": 790, "L6": 2, "M6": 14, "Q6": "ghi chú"}


def test_what_was_typed_is_what_is_read(form, plan):
    actuals = kc.read_actuals(filled(form, FIRST), plan)
    assert (actuals.as_of, actuals.illustrative) == (date(2023, 12, 31), False)
    (row,) = actuals.indicators.to_dict("records")
    activity = "ho-tro-ung-dung-may-moc-thiet-bi"
    assert tuple(row.values()) == (
        *("I.1", "local", activity, "Đề án", 2021),
        *(450.0, 380.5, 2.0, 790.0, 2.0, 14.0, "ghi chú"),
    )
    assert actuals.plan.budget.values.tolist() == [["I.1", "local", activity, 2021, 380.5]]
    assert actuals.plan.quantities.values.tolist() == [
        ["I.1", "local", activity, "Đề án", 2021, 2.0]
    ]
    assert actuals.plan.variant["vi"] == "Thực hiện" and actuals.plan.variant["en"] == "Actual"
    assert actuals.plan.printed.empty and actuals.projects.empty and actuals.plan.notes == ()
    traced = kc.trace(actuals.plan, "I.1").drop(columns=["table", "line", "year"])
    assert traced.values[0].tolist() == [
        *("form.xlsx", "trang Kết quả, ô I6", "sheet Kết quả, cell I6", "380.5")
    ]


def test_the_plan_is_that_of_the_cycle_which_the_workbook_names(form, plan):
    assert kc.read_actuals(filled(form, FIRST)).plan.cycle == plan.cycle


def test_the_english_form_reads_the_same(tmp_path, form, plan):
    path = tmp_path / "english.xlsx"
    write_actuals_form(path, plan, "en")
    cells = {("Instructions", "B6"): date(2023, 12, 31), ("Instructions", "B7"): "Yes"}
    cells |= {("Results", cell): value for cell, value in FIRST.items()}
    english, vietnamese = (
        kc.read_actuals(type_in(path, cells)),
        kc.read_actuals(filled(form, FIRST)),
    )
    assert english.illustrative
    assert english.plan.variant["vi"] == "Thực hiện (SỐ LIỆU MINH HOẠ)"
    pd.testing.assert_frame_equal(english.indicators, vietnamese.indicators)


def test_an_empty_cell_is_not_zero_and_a_zero_is_not_empty(form):
    actuals = kc.read_actuals(filled(form, {"I6": 0, "J7": 1}))
    indicators = actuals.indicators.set_index("year")
    assert indicators.loc[2021, "disbursed_million_vnd"] == 0
    assert indicators.loc[2021].isna().sum() == 6  # all other figures, and the note
    assert pd.isna(indicators.loc[2022, "disbursed_million_vnd"])
    assert actuals.plan.budget["amount_million_vnd"].tolist() == [0.0]
    assert actuals.plan.quantities["year"].tolist() == [2022]


def test_the_sums_of_the_example():
    actuals = kc.read_actuals(EXAMPLE)
    assert actuals.as_of == date(2023, 12, 31) and actuals.illustrative
    assert actuals.plan.variant["en"] == "Actual (ILLUSTRATIVE)"
    by_year = actuals.plan.budget.groupby("year")["amount_million_vnd"].sum()
    # 380 + 0 + 0 + 760 + 540; 690 + 28.5 + 76.4 + 46.5 + 74 + 1545 + 865;
    # 790 + 88.2 + 780 + 885 + 985 + 245
    assert by_year.round(6).to_dict() == {2021: 1680.0, 2022: 3325.4, 2023: 3773.2}
    told = actuals.indicators.set_index(["line", "year"])
    # I.1 of 2022 stands among the projects: 170 + 180 + 165 + 175, and four of them.
    assert told.loc[("I.1", 2022), "disbursed_million_vnd"] == 690
    assert told.loc[("I.1", 2022), "counterpart_million_vnd"] == 340 + 395 + 310 + 365
    assert told.loc[("I.1", 2022), "quantity"] == 4
    # Of four projects of II.2 in 2023, three are completed and one is under way.
    assert told.loc[("II.2", 2023), "disbursed_million_vnd"] == 300 + 290 + 295
    assert told.loc[("II.2", 2023), "quantity"] == 3
    assert ("I.4", 2023) not in told.index
    assert told.loc[("I.5", 2022), "disbursed_million_vnd"] == 74  # planned for 2021
    assert actuals.plan.lines["line"].tolist()[-1] == "II.5" and actuals.plan.notes == ()
    assert told["allocated_million_vnd"].sum() == 9545 and told["jobs"].sum() == 186


def test_the_example_is_what_its_script_makes(tmp_path, plan):
    again = tmp_path / "again.xlsx"
    write_actuals_form(again, plan, actuals=kc.read_actuals(EXAMPLE))
    one, two = (openpyxl.load_workbook(path) for path in (EXAMPLE, again))
    assert one.sheetnames == two.sheetnames
    for name in one.sheetnames:
        assert list(one[name].values) == list(two[name].values)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.056,5", 1056.5), ("12,5", 12.5), ("1056", 1056), ("1 056", 1056), ("1.056.000", 1056000)],
)
def test_a_text_is_read_the_vietnamese_way(form, typed, read):
    actuals = kc.read_actuals(filled(form, {"I6": typed}))
    assert actuals.plan.budget["amount_million_vnd"].tolist() == [read]


@pytest.mark.parametrize("typed", ["1.056", "1,056"])
def test_a_text_that_may_be_a_thousandth_is_refused(form, typed):
    assert only(filled(form, {"I6": typed})) == (
        "form.xlsx, sheet Kết quả, cell I6: expected a number with one meaning: type 1056, without "
        f"a mark between thousands, found “{typed}”"
    )


def test_a_workbook_typed_as_text_reads_the_same(form):
    def as_text(book):
        for name in (RESULTS, PROJECTS):
            for row in book[name].iter_rows(min_row=6):
                for cell in row:
                    if isinstance(cell.value, int | float):
                        cell.value = str(cell.value).replace(".", ",")
        book[GUIDE]["B6"] = "31/12/2023"

    shutil.copy(EXAMPLE, form)
    texts, numbers = kc.read_actuals(type_in(form, {}, as_text)), kc.read_actuals(EXAMPLE)
    pd.testing.assert_frame_equal(texts.indicators, numbers.indicators)
    pd.testing.assert_frame_equal(texts.projects, numbers.projects)


def test_what_may_be_stored_as_a_thousandth_is_wondered_at(form):
    actuals = kc.read_actuals(filled(form, {"H43": 1000, "I43": 1.056}))
    (note,) = actuals.plan.notes
    assert (note.rule, note.line, note.year, note.expected) == (
        "actual-thousandth",
        "II.3",
        2023,
        1056,
    )
    assert note.place.en == "form.xlsx, sheet Kết quả, cell I43"
    assert note.message.vi == "Giải ngân (triệu đồng): lưu là 1,056; phải chăng là 1.056?"


def test_a_project_stored_as_a_thousandth_is_wondered_at(form):
    path = with_projects(form, PROJECT | {"I6": "Hoàn thành", "G6": 0.15})
    (note,) = kc.read_actuals(path).plan.notes
    assert (note.rule, note.expected) == ("actual-thousandth", 150)
    assert note.place.en == "form.xlsx, sheet Đề án, cell G6"


def test_more_disbursed_than_allocated_is_a_warning(form):
    actuals = kc.read_actuals(filled(form, {"H6": 450, "I6": 460}))
    (note,) = actuals.plan.notes
    assert (note.rule, note.severity) == ("actual-over-allocation", "warning")
    assert (note.expected, note.found) == (450, 460)


def test_a_line_that_was_not_planned_joins_its_source(form):
    names = ("I.6", "Hỗ trợ nhãn hiệu", "Khuyến công địa phương", "Đề án")
    cells = {}
    for row, year in ((SPARE, 2022), (SPARE + 3, 2023)):
        cells |= {f"{letter}{row}": name for letter, name in zip("ABCD", names, strict=True)}
        cells |= {f"E{row}": year, f"I{row}": 35}
    actuals = kc.read_actuals(filled(form, cells))
    assert actuals.plan.lines["line"].tolist()[4:7] == ["I.5", "I.6", "II.1"]
    assert actuals.plan.budget[["line", "source", "year"]].values.tolist() == [
        ["I.6", "local", 2022], ["I.6", "local", 2023],
    ]  # fmt: skip


PROJECT = {"A6": "Máy xẻ", "B6": "I.1", "D6": 2022, "F6": 500, "G6": 150, "H6": 350}


def with_projects(path, *projects, results=None):
    cells = {}
    for row, project in enumerate(projects, 6):
        cells |= {(PROJECTS, f"{cell[0]}{row}"): value for cell, value in project.items()}
    return type_in(filled(path, results or {}), cells)


def test_projects_fill_what_is_left_blank(form):
    done = PROJECT | {"I6": "Hoàn thành"}
    path = with_projects(
        form, done, PROJECT | {"I6": "Đã giải ngân"}, PROJECT | {"I6": "Dừng thực hiện"}
    )
    actuals = kc.read_actuals(path)
    (row,) = actuals.indicators.to_dict("records")
    assert (row["disbursed_million_vnd"], row["quantity"]) == (300, 1)
    assert row["counterpart_million_vnd"] == 700 and pd.isna(row["allocated_million_vnd"])
    place = kc.trace(actuals.plan, "I.1", 2022)
    assert place["place_en"].tolist()[0] == "sheet Đề án, cell G6; sheet Đề án, cell G7"
    assert place["printed"].tolist() == ["150 + 150", "1"]


def test_what_one_project_does_not_tell_is_not_added_up(form):
    path = with_projects(form, PROJECT | {"I6": "Hoàn thành", "G6": 0})
    assert kc.read_actuals(path).projects["support_million_vnd"].tolist() == [0.0]
    partial = {cell: value for cell, value in PROJECT.items() if cell != "H6"}
    path = with_projects(form, *(one | {"I6": "Hoàn thành"} for one in (PROJECT, partial)))
    (row,) = kc.read_actuals(path).indicators.to_dict("records")
    assert row["disbursed_million_vnd"] == 300 and pd.isna(row["counterpart_million_vnd"])


def test_projects_that_do_not_count_report_nothing(form):
    path = with_projects(form, PROJECT | {"I6": "Đã phê duyệt"}, results={"I6": 1})
    assert kc.read_actuals(path).indicators["year"].tolist() == [2021]


def test_projects_that_agree_with_their_row(form):
    path = with_projects(form, PROJECT | {"I6": "Hoàn thành"}, results={"I7": 150, "J7": 1})
    assert kc.read_actuals(path).plan.budget["amount_million_vnd"].tolist() == [150]


# By place: what is typed there, and what was expected. Row 51 of the example declares II.5.
FAULTS = {
    (RESULTS, "I6"): ("một trăm", "a number of zero or more, such as 1056.5"),
    (RESULTS, "H7"): (-5, "a number of zero or more, such as 1056.5"),
    (RESULTS, "J8"): (2.5, "a whole number of zero or more"),
    (RESULTS, "M8"): ("31,5", "a whole number of zero or more"),
    (RESULTS, "I9"): (5, "a blank cell (2024 is after 31/12/2023)"),
    (RESULTS, "E11"): (2020, "a year from 2021 to 2025"),
    (RESULTS, "A12"): ("I.2b", "a line of the plan"),
    (RESULTS, "F16"): (71, "70, as in the plan"),
    (RESULTS, "G17"): (None, "1, as in the plan"),
    (RESULTS, "F21"): (10, "a blank cell (nothing is planned)"),
    (RESULTS, "B22"): ("Khác", "Capacity building"),
    (RESULTS, "I23"): ("#REF!", "a value"),
    (RESULTS, "I28"): ("=VLOOKUP(A1,B1:C2,2,0)", "a formula's result"),
    (RESULTS, "I26"): ("1.056", "a number with one meaning"),
    (RESULTS, "C32"): ("Vốn vay", "National funds (line II.1)"),
    (RESULTS, "K33"): (True, "a number of zero or more"),
    (RESULTS, "K36"): (date(2021, 5, 1), "a number of zero or more"),
    (RESULTS, "I37"): (900, "865, the projects' sum"),
    (RESULTS, "C52"): ("Vốn vay", "one of: Local funds, National funds"),
    (RESULTS, "R44"): (985, "a blank cell (only the form's columns are to be filled)"),
    (RESULTS, "L5"): ("Số cơ sở", "the column “Establishments supported”"),
    (RESULTS, "A54"): ("II.5", "one row for each line and year"),
    (PROJECTS, "B6"): ("I.9", "a line of the plan"),
    (PROJECTS, "D7"): (2031, "a year from 2021 to 2025"),
    (PROJECTS, "I8"): ("Xong", "one of: Approved, Under way, Disbursed, Completed, Stopped"),
    (PROJECTS, "G14"): (2000, "support with counterpart of at most the total cost, 865"),
    (PROJECTS, "G15"): (None, "the support of a project that is disbursed"),
    (PROJECTS, "A16"): (None, "the project's name"),
    (GUIDE, "B7"): ("có lẽ", "one of: Yes, No"),
}


def test_all_faults_are_told_at_once_each_by_its_cell(tmp_path):
    path = tmp_path / "faults.xlsx"
    shutil.copy(EXAMPLE, path)
    names = ("II.6", "Khác", None, "Đề án", 2023)
    around = {(RESULTS, f"{c}52"): v for c, v in zip("ABCDE", names, strict=True)}
    names = (None, "Hỗ trợ áp dụng sản xuất sạch hơn", "Khuyến công quốc gia", "Mô hình", 2023)
    around |= {(RESULTS, f"{c}54"): v for c, v in zip("ABCDE", names, strict=True)}
    type_in(path, around | {place: typed for place, (typed, _) in FAULTS.items()})
    told = refusal(path)
    for (sheet, cell), (_, expected) in FAULTS.items():
        start = f"faults.xlsx, sheet {sheet}, cell {cell}: expected {expected}"
        assert sum(line.startswith(start) for line in told) == 1, (start, told)
    assert len(told) == len(FAULTS) >= 20
    assert any(
        line.startswith("faults.xlsx, trang Kết quả, ô I6: cần ")
        for line in refusal(path, lang="vi")
    )


@pytest.mark.parametrize(
    ("typed", "expected", "found"),
    [
        (None, "a date such as 31/12/2023 (day/month)", "a blank cell"),
        ("31/12/2020", "a day from 1 January 2021 to 31 December 2026", "“31/12/2020”"),
        (date(2032, 12, 31), "a day from 1 January 2021 to 31 December 2026", "“31/12/2032”"),
        ("12/31/2023", "a date such as 31/12/2023 (day/month)", "“12/31/2023”"),
        ("cuối năm", "a date such as 31/12/2023 (day/month)", "“cuối năm”"),
    ],
)
def test_a_day_that_cannot_be_meant(form, typed, expected, found):
    path = type_in(form, {(GUIDE, "B6"): typed, (RESULTS, "I6"): 380})
    assert only(path) == f"form.xlsx, sheet Hướng dẫn, cell B6: expected {expected}, found {found}"


@pytest.mark.parametrize("typed", ["31/12/2023", "31-12-2023", "2023-12-31", date(2023, 12, 31)])
def test_a_day_as_it_may_be_written(form, typed):
    path = type_in(form, {(GUIDE, "B6"): typed, (RESULTS, "I6"): 380})
    assert kc.read_actuals(path).as_of == date(2023, 12, 31)


def test_no_figure_at_all(form):
    assert only(filled(form, {"Q6": "chưa có"})) == (
        "form.xlsx: expected a figure of what happened, at least, found none"
    )


@pytest.mark.parametrize("sheet", [GUIDE, RESULTS, PROJECTS])
def test_a_sheet_that_is_missing(form, plan, sheet):
    path = filled(form, {"I6": 380}, lambda book: book.remove(book[sheet]))
    assert [line for line in refusal(path, plan, "vi") if f"cần trang “{sheet}”" in line]


def test_a_sheet_without_its_headings(form):
    path = filled(form, {"I6": 380}, lambda book: book[PROJECTS].delete_rows(5))
    assert "sheet Đề án: expected a row of headings" in only(path)


def test_a_column_that_is_missing(form):
    def delete(book):
        for merged in list(book[RESULTS].merged_cells):
            book[RESULTS].unmerge_cells(str(merged))
        book[RESULTS].delete_cols(13)

    told = only(filled(form, {"I6": 380}, delete))
    assert (
        told
        == "form.xlsx, sheet Kết quả, cell M5: expected the column “Jobs”, found no such column"
    )


def test_a_column_that_was_moved_with_its_heading_is_read_where_it_is(form):
    def swap(book):
        for one, two in zip(book[RESULTS]["L"][4:], book[RESULTS]["M"][4:], strict=True):
            one.value, two.value = two.value, one.value

    actuals = kc.read_actuals(filled(form, FIRST, swap))
    assert actuals.indicators[["establishments", "jobs"]].values.tolist() == [[2, 14]]


def test_merged_cells(form):
    path = filled(form, {"I6": 380}, lambda book: book[RESULTS].merge_cells("H7:I8"))
    assert only(path) == (
        "form.xlsx, sheet Kết quả, cell H7: expected cells that are not merged, found a merged cell"
    )


def test_rows_that_are_missing(form):
    path = filled(form, {"I6": 380}, lambda book: book[RESULTS].delete_rows(7))
    assert only(path) == (
        "form.xlsx, sheet Kết quả: expected every line and year of the plan, "
        "found none for I.1, 2022"
    )


def test_a_row_twice(form):
    cells = {f"{letter}{SPARE}": None for letter in "ABCDE"} | {"I6": 380, f"I{SPARE}": 380}
    cells |= {f"A{SPARE}": "I.1", f"B{SPARE}": "Hỗ trợ ứng dụng máy móc thiết bị"}
    cells |= {f"C{SPARE}": "Khuyến công địa phương", f"D{SPARE}": "Đề án", f"E{SPARE}": 2021}
    assert only(filled(form, cells)) == (
        f"form.xlsx, sheet Kết quả, cell A{SPARE}: expected one row for each line and year, "
        "found I.1, 2021 as in sheet Kết quả, cell A6"
    )


def test_another_cycle_than_the_plan(form):
    path = type_in(filled(form, {"I6": 380}), {(GUIDE, "B5"): "2016-2020"})
    assert "cell B5: expected a cycle that has data: 2021-2025, found “2016-2020”" in only(path)
    plan = kc.load_plan("2021-2025")
    assert "cell B5: expected 2021-2025, found “2016-2020”" in refusal(path, plan)[0]


def test_what_is_no_such_workbook(tmp_path):
    for name, content in (("a.xlsx", b"PK\x03\x04cut short"), ("b.xls", b"\xd0\xcf\x11\xe0")):
        (tmp_path / name).write_bytes(content)
        assert name in only(tmp_path / name)
    assert "no such file" in only(tmp_path / "none.xlsx")
    other = openpyxl.Workbook()
    other.save(tmp_path / "other.xlsx")
    assert len(refusal(tmp_path / "other.xlsx")) == 3  # one for each sheet


def test_a_hostile_workbook(tmp_path):
    path = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(EXAMPLE) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, xml.replace(b"<worksheet", b"<!DOCTYPE x><worksheet", 1))
    assert only(path) == "hostile.xlsx: expected a whole file, found a file cut short or damaged"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", bytes(101 * 2**20))
    assert "hostile.xlsx: expected at most" in only(path)


def test_text_that_looks_like_a_formula_stays_text(form):
    def type_text(book):
        cell = book[RESULTS]["Q6"]
        cell.value, cell.data_type = "=1+1", "s"

    actuals = kc.read_actuals(filled(form, {"I6": 380, "Q7": "@A1", "I7": 1}, type_text))
    assert actuals.indicators["note"].tolist() == ["=1+1", "@A1"]


def office_copy(path, folder):
    """The workbook as LibreOffice saves it, its formulas computed anew."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert os.environ.get("CI_OFFICE") != "1", "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, timeout=300, capture_output=True)
    return folder / path.name


def test_libreoffice_saves_what_reads_the_same(tmp_path):
    one, two = kc.read_actuals(EXAMPLE), kc.read_actuals(office_copy(EXAMPLE, tmp_path))
    pd.testing.assert_frame_equal(one.indicators, two.indicators)
    pd.testing.assert_frame_equal(one.projects, two.projects)
    pd.testing.assert_frame_equal(one.plan.origin, two.plan.origin)
    assert (one.as_of, one.illustrative) == (two.as_of, two.illustrative)


def test_what_is_far_above_the_plan_is_wondered_at(form, plan):
    # 600 million VND and 3 projects are planned: one is typed in đồng, the other forty.
    actuals = kc.read_actuals(filled(form, {"I6": 600_000_000, "J6": 40}), plan)
    told = [note for note in actuals.plan.notes if note.rule == "actual-far-above-plan"]
    assert [(note.expected, note.found) for note in told] == [(600, 600_000_000), (3, 40)]
    assert "ô I6" in told[0].place.vi and "gấp 1.000.000 lần" in told[0].message.vi
