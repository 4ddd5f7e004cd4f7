"""The decision itself, in every form in which it may arrive, is the same plan."""

import io
import unicodedata

import openpyxl
import pytest
from documents.decision import sheets
from documents.forms import FORMS
from support import EXTRACT, assert_same_plan

import kc_analysis as kc

TEXT = EXTRACT.read_text(encoding="utf-8")
PLAN = kc.read_plan(EXTRACT)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_plan_whatever_the_form_and_the_files_name(form, tmp_path):
    path = tmp_path / "decision.doc"
    path.write_bytes(FORMS[form](sheets()))
    plan = kc.read_plan(path)
    assert_same_plan(plan, PLAN)
    assert len(plan.origin) == len(PLAN.origin)
    assert not (kc.check(plan)["severity"] == "error").any()


@pytest.mark.parametrize(
    "encoded",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["bom", "utf-16", "nfd", "crlf"],
)
def test_the_same_plan_in_every_unicode(encoded, tmp_path):
    path = tmp_path / "decision.txt"
    path.write_bytes(encoded)
    assert_same_plan(kc.read_plan(path), PLAN)


def test_numbers_and_hidden_rows_of_a_workbook(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx_numbers"](sheets())))
    sheet = book.worksheets[0]
    sheet.row_dimensions[sheet.max_row - 1].hidden = True
    sheet.column_dimensions["D"].hidden = True
    path = tmp_path / "decision.xlsx"
    book.save(path)
    plan = kc.read_plan(path)
    assert_same_plan(plan, PLAN)
    assert any(note.rule == "hidden-cells" for note in plan.notes)


def test_each_number_of_a_workbook_is_traced_to_its_cell(tmp_path):
    path = tmp_path / "decision.xlsx"
    path.write_bytes(FORMS["xlsx_text"](sheets()))
    place = kc.trace(kc.read_plan(path), line="I", year=2025)
    book = openpyxl.load_workbook(path)
    cell = place["place_en"].item().removeprefix("sheet PL1, cell ")
    assert book["PL1"][cell].value == "1.056" == place["printed"].item()
    assert place["place_vi"].item() == f"trang PL1, ô {cell}"


def test_a_sum_whose_marks_nothing_settles_is_a_warning(tmp_path):
    path = tmp_path / "decision.xlsx"
    path.write_bytes(FORMS["xlsx_numbers"](sheets()))
    (note,) = (note for note in kc.read_plan(path).notes if note.rule == "unit-inferred")
    assert note.severity == "warning"
    assert "theo cách Việt Nam" in note.message.vi
    (sure,) = (note for note in PLAN.notes if note.rule == "unit-inferred")
    assert sure.severity == "note"


def test_rows_that_blank_rows_part_from_their_header_are_not_passed_over(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx_numbers"](sheets())))
    sheet = book.worksheets[0]
    sheet.insert_rows(sheet.max_row - 3, 3)
    path = tmp_path / "decision.xlsx"
    book.save(path)
    try:
        assert_same_plan(kc.read_plan(path), PLAN)
    except kc.DataError as error:
        assert "rows without a header" in str(error)
