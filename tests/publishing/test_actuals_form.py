"""The workbook for what happened: its locks, its checks, its sums, in the language asked for."""

import os
import re
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

import kc_analysis as kc
from kc_analysis.publishing.actuals_form import write_actuals_form

EXAMPLE = kc.raw_folder("2021-2025") / "actuals-example.xlsx"
SHEETS = {
    "vi": ["Hướng dẫn", "Kết quả", "Đề án", "Tổng hợp"],
    "en": ["Instructions", "Results", "Projects", "Summary"],
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory, plan):
    folder = tmp_path_factory.mktemp("forms")
    for lang in SHEETS:
        write_actuals_form(folder / f"{lang}.xlsx", plan, lang)
    return folder


@pytest.fixture(scope="module")
def book(forms):
    return openpyxl.load_workbook(forms / "vi.xlsx")


def texts(path):
    """All that can be seen in a workbook: cells as shown, messages, names, footers."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title
        yield sheet.oddFooter.right.text
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))
        for rule in sheet.data_validations.dataValidation:
            yield from (rule.error, rule.errorTitle)


def test_the_sheets(forms):
    for lang, names in SHEETS.items():
        assert openpyxl.load_workbook(forms / f"{lang}.xlsx").sheetnames == names


def test_nothing_english_in_the_vietnamese_form(forms):
    english = set(texts(forms / "en.xlsx"))
    shared = {
        "2021-2025",
        "I",
        "II",
        *(f"I.{i}" for i in range(1, 6)),
        *(f"II.{i}" for i in range(1, 5)),
    }
    assert english & set(texts(forms / "vi.xlsx")) <= shared


def test_nothing_vietnamese_in_the_english_form(forms):
    accented = re.compile(r"[À-ỹđĐ]")
    assert [text for text in texts(forms / "en.xlsx") if accented.search(text)] == []


def test_every_line_and_year_stands_with_its_plan(book, plan):
    rows = [row[:7] for row in book["Kết quả"].iter_rows(min_row=6, max_row=50, values_only=True)]
    assert len(rows) == 9 * 5 == len({(row[0], row[4]) for row in rows})
    assert rows[3] == (
        *("I.1", "Hỗ trợ ứng dụng máy móc thiết bị", "Khuyến công địa phương", "Đề án"),
        *(2024, 790, 5),
    )
    assert sum(row[5] or 0 for row in rows) == 18246
    assert rows[5][5:] == (None, None)  # I.2 in 2021
    assert plan.quantities["quantity"].sum() == sum(row[6] or 0 for row in rows)


def test_only_what_is_to_be_filled_is_open(book):
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    opened = {
        sheet.title: {
            cell.coordinate for row in sheet for cell in row if not cell.protection.locked
        }
        for sheet in book
    }
    assert opened["Hướng dẫn"] == {"B6", "B7"} and opened["Tổng hợp"] == set()
    planned = {f"{letter}{row}" for letter in "HIJKLMQ" for row in range(6, 51)}
    spare = {f"{letter}{row}" for letter in "ABCDEHIJKLMQ" for row in range(51, 61)}
    assert opened["Kết quả"] == planned | spare
    assert opened["Đề án"] == {f"{letter}{row}" for letter in "ABDEFGHI" for row in range(6, 106)}
    for name, cells in opened.items():
        colours = {book[name][cell].fill.fgColor.rgb for cell in cells}
        assert colours <= {"FFFFF8DC"}


def test_what_may_be_typed(book):
    rules = {}
    for sheet in book:
        for rule in sheet.data_validations.dataValidation:
            assert rule.error and rule.errorTitle == "Không nhập được"
            rules[sheet.title, str(rule.sqref)] = (rule.type, rule.operator, rule.formula1)
    results = "Kết quả"
    for column in "HIK":
        assert rules[results, f"{column}6:{column}60"] == ("decimal", "greaterThanOrEqual", "0")
    for column in "JLM":
        assert rules[results, f"{column}6:{column}60"] == ("whole", "greaterThanOrEqual", "0")
    listed = {}
    for place in [(results, "C51:C60"), ("Đề án", "B6:B105"), ("Đề án", "I6:I105")]:
        sheet, cells = rules[place][2].replace("$", "").replace("'", "").split("!")
        listed[place] = [cell.value for (cell,) in book[sheet][cells]]
    assert list(listed.values()) == [
        ["Khuyến công địa phương", "Khuyến công quốc gia"],
        ["I.1", "I.2", "I.3", "I.4", "I.5", "II.1", "II.2", "II.3", "II.4"],
        ["Đã phê duyệt", "Đang thực hiện", "Đã giải ngân", "Hoàn thành", "Dừng thực hiện"],
    ]
    assert rules[results, "E51:E60"][2] == '"2021,2022,2023,2024,2025"'


def test_its_pages(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert "Quyết định số 470/QĐ-UBND" in sheet.oddFooter.left.text
    for sheet in book.worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$3:$5"
        assert sheet.freeze_panes.endswith("6")
    assert book["Kết quả"]["I6"].number_format == "#,##0.0"


def test_text_that_looks_like_a_formula_stays_text(tmp_path, plan):
    lines = plan.lines.assign(label_vi=["=1+1", "+A1", "-A1", "@A1", *plan.lines["label_vi"][4:]])
    write_actuals_form(tmp_path / "x.xlsx", replace(plan, lines=lines))
    cells = [
        openpyxl.load_workbook(tmp_path / "x.xlsx")["Kết quả"][f"B{row}"] for row in (6, 11, 16, 21)
    ]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"), ("+A1", "s"), ("-A1", "s"), ("@A1", "s"),
    ]  # fmt: skip


def test_a_file_that_is_there_is_never_overwritten(tmp_path, plan):
    path = tmp_path / "there.xlsx"
    path.write_text("mine")
    with pytest.raises(kc.DataError, match="left alone"):
        write_actuals_form(path, plan)
    with pytest.raises(kc.DataError, match="no such folder"):
        write_actuals_form(tmp_path / "none" / "x.xlsx", plan)
    assert path.read_text() == "mine" and list(tmp_path.iterdir()) == [path]


def test_the_sums_stand_in_the_file():
    book = openpyxl.load_workbook(EXAMPLE, data_only=True)
    results, summary = book["Kết quả"], book["Tổng hợp"]
    assert [results[f"{c}4"].value for c in "FHIKLM"] == [18246, 9545, 8778.6, 15627, 108, 186]
    assert [results[f"{c}7"].value for c in "HIJKNOP"] == [700, None, None, None, 690, 4, 1410]
    rows = {(row[0], row[1]): row[2:] for row in summary.iter_rows(min_row=6, values_only=True)}
    planned, given, spent, of_plan, of_given, *_ = rows["Tất cả các nguồn", "Luỹ kế"]
    assert (planned, given, spent) == (9930, 9545, 8778.6)
    assert (of_plan, of_given) == (8778.6 / 9930, 8778.6 / 9545)
    assert rows["Khuyến công địa phương", 2023][-1] == 1  # line I.4 has no figure
    assert rows["Khuyến công quốc gia", 2024][1:-1] == (None,) * 8  # nothing known is not zero
    for sheet in book:
        assert sheet["A3"].value == "SỐ LIỆU MINH HOẠ – KHÔNG PHẢI SỐ LIỆU THẬT"
    assert openpyxl.load_workbook(EXAMPLE)["Tổng hợp"]["A3"].value.startswith("=IF(")


def test_the_sums_are_those_that_libreoffice_computes(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert os.environ.get("CI_OFFICE") != "1", "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    emptied = tmp_path / "in" / "example.xlsx"
    emptied.parent.mkdir()
    openpyxl.load_workbook(EXAMPLE).save(emptied)  # without the formulas' values
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(emptied)], check=True, timeout=300, capture_output=True)
    written = openpyxl.load_workbook(EXAMPLE, data_only=True)
    computed = openpyxl.load_workbook(tmp_path / "example.xlsx", data_only=True)
    for sheet in written:
        for row in sheet:
            for cell in row:
                found = computed[sheet.title][cell.coordinate].value
                assert found == (
                    pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value
                ), cell
