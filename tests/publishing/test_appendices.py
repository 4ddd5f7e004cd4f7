"""What is drafted is written as a decision prints it, and read back as the same plan."""

import docx
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis.publishing.appendices import write_appendices_excel, write_appendices_word

PLAN = kc.load_plan("2021-2025")
DRAFT = kc.draft_cycle(PLAN, "2026-2030", kc.Assumptions(inflation_pct=3.3))
WRITERS = {"xlsx": write_appendices_excel, "docx": write_appendices_word}
FIGURES = {
    "sources": ["source", "number", "label_vi"],
    "lines": ["line", "source", "number", "activity", "label_vi", "unit"],
    "budget": None,
    "quantities": None,
}


def assert_same_figures(one, other):
    assert (one.cycle, one.title) == (other.cycle, other.title)
    for name, columns in FIGURES.items():
        left, right = getattr(one, name), getattr(other, name)
        columns = columns or list(left)
        pd.testing.assert_frame_equal(left[columns], right[columns], obj=name)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("plan", [PLAN, DRAFT], ids=["approved", "draft"])
def test_what_is_written_is_read_back(tmp_path, form, plan):
    path = tmp_path / f"draft.{form}"
    WRITERS[form](path, plan)
    again = kc.read_plan(path)
    assert_same_figures(again, plan)
    assert "error" not in set(kc.check(again)["severity"])


@given(
    rate=st.floats(0, 15),
    amounts=st.sampled_from(["compound", "real"]),
    ended=st.sets(st.sampled_from(PLAN.lines["line"].tolist()), max_size=3),
)
def test_any_draft_is_read_back(tmp_path_factory, rate, amounts, ended):
    assumed = kc.Assumptions(round(rate, 1), amounts, ended=tuple(ended))
    plan = kc.draft_cycle(PLAN, "2026-2030", assumed)
    for form, write in WRITERS.items():
        path = tmp_path_factory.mktemp("draft") / f"draft.{form}"
        write(path, plan)
        assert_same_figures(kc.read_plan(path), plan)


def test_totals_in_excel_follow_the_lines(tmp_path):
    path = tmp_path / "draft.xlsx"
    write_appendices_excel(path, PLAN)
    formulas = openpyxl.load_workbook(path)["PHỤ LỤC 1"]
    values = openpyxl.load_workbook(path, data_only=True)["PHỤ LỤC 1"]
    assert values["H16"].value == 18246
    assert formulas["C5"].value == "=SUM(C6:C10)"
    assert formulas["C16"].value == "=SUM(C5,C11)"
    assert formulas["H16"].value == "=SUM(C16:G16)"
    assert formulas["C6"].value == 600
    for row in formulas.iter_rows(min_row=5, max_row=16):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                assert isinstance(values[cell.coordinate].value, int | float)


def test_each_drafted_figure_tells_its_assumption(tmp_path):
    path = tmp_path / "draft.xlsx"
    write_appendices_excel(path, DRAFT)
    sheets = openpyxl.load_workbook(path)
    comments = [
        cell.comment.text
        for sheet in sheets
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if cell.comment
    ]
    assert len(comments) == len(DRAFT.budget) + len(DRAFT.quantities)
    assert all("đơn giá" in comment for comment in comments)


def test_an_edited_line_that_its_totals_do_not_bear_out_is_found(tmp_path):
    path = tmp_path / "draft.docx"
    write_appendices_word(path, PLAN)
    document = docx.Document(str(path))
    (run,) = document.tables[0].rows[2].cells[2].paragraphs[0].runs
    assert run.text == "600"
    run.text = "650"
    document.save(str(path))
    assert "error" in set(kc.check(kc.read_plan(path))["severity"])


@pytest.mark.parametrize("form", WRITERS)
def test_no_file_is_written_over(tmp_path, form):
    path = tmp_path / f"draft.{form}"
    path.write_bytes(b"kept")
    with pytest.raises(kc.DataError, match="it is left alone"):
        WRITERS[form](path, PLAN)
    assert path.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", WRITERS)
def test_text_stays_text(tmp_path, form):
    label = "=1+1"
    lines = PLAN.lines.assign(
        label_vi=PLAN.lines["label_vi"].where(PLAN.lines["line"] != "I.1", label)
    )
    path = tmp_path / f"draft.{form}"
    WRITERS[form](path, PLAN.__class__(**{**vars(PLAN), "lines": lines}))
    assert kc.read_plan(path).lines["label_vi"].iloc[0] == label
