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
DRAFT = kc.draft_cycle(
    PLAN, "2026-2030", kc.Assumptions(inflation_pct=3.3), kc.load_norms(), kc.load_cpi()
)
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
    assert values["H17"].value == 18246
    assert formulas["C6"].value == "=SUM(C7:C11)"
    assert formulas["C17"].value == "=SUM(C6,C12)"
    assert formulas["H17"].value == "=SUM(C17:G17)"
    for row in formulas.iter_rows(min_row=6, max_row=17):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                assert isinstance(values[cell.coordinate].value, int | float)


def test_an_amount_in_excel_is_quantity_times_unit_cost(tmp_path):
    path = tmp_path / "draft.xlsx"
    write_appendices_excel(path, PLAN)
    money = openpyxl.load_workbook(path)["PHỤ LỤC 1"]
    values = openpyxl.load_workbook(path, data_only=True)
    work = values["PHỤ LỤC 2"]
    assert [work.cell(5, column).value for column in (4, 9, 10)] == [
        "2021", "Tổng cộng", "Đơn giá 2021 (tr.đ)",
    ]  # fmt: skip
    # Three projects of I.1 at 200 in 2021, four at 160 in 2022.
    assert (money["C7"].value, money["D7"].value) == (
        "='PHỤ LỤC 2'!D7*'PHỤ LỤC 2'!J7", "='PHỤ LỤC 2'!E7*'PHỤ LỤC 2'!K7",
    )  # fmt: skip
    assert [work[at].value for at in ("D7", "J7", "E7", "K7")] == [3, 200, 4, 160]
    products = 0
    for row in money.iter_rows(min_row=7, max_row=16, min_col=3, max_col=7):
        for cell in row:
            if "*" in str(cell.value):
                one, other = (
                    work[name.rpartition("!")[2]].value for name in cell.value[1:].split("*")
                )
                assert values["PHỤ LỤC 1"][cell.coordinate].value == pytest.approx(one * other)
                products += 1
    assert products == len(PLAN.budget)


def test_unit_costs_in_word(tmp_path):
    path = tmp_path / "draft.docx"
    write_appendices_word(path, DRAFT)
    rows = docx.Document(str(path)).tables[1].rows
    assert rows[0].cells[9].text == "Đơn giá 2026 (tr.đ)"
    (machinery,) = [
        row for row in rows if row.cells[0].text == "2" and "máy móc" in row.cells[1].text
    ]
    assert [cell.text for cell in machinery.cells[9:]] == ["300"] * 5


def printed_heads(path) -> list[str]:
    """What stands at the head of every printed page."""
    if path.suffix == ".xlsx":
        return [sheet.oddHeader.right.text or "" for sheet in openpyxl.load_workbook(path)]
    return [section.header.paragraphs[0].text for section in docx.Document(str(path)).sections]


@pytest.mark.parametrize("form", WRITERS)
def test_a_draft_says_so_on_each_page(tmp_path, form):
    for name, plan, mark in (("draft", DRAFT, "DỰ THẢO"), ("approved", PLAN, "")):
        path = tmp_path / f"{name}.{form}"
        WRITERS[form](path, plan)
        assert set(printed_heads(path)) == {mark}


def texts(path) -> list[str]:
    if path.suffix == ".xlsx":
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
        return [str(cell.value) for cell in cells if cell.value]
    document = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in (*document.paragraphs, *cells)]


@pytest.mark.parametrize("form", WRITERS)
def test_it_is_worded_as_decisions_are(tmp_path, form):
    for name, plan, attached in (
        ("draft", DRAFT, "(Kèm theo Quyết định số …/QĐ-UBND ngày … tháng … năm … của "),
        ("approved", PLAN, "(Kèm theo Quyết định số 470/QĐ-UBND ngày 08 tháng 4 năm 2020 của "),
    ):
        path = tmp_path / f"{name}.{form}"
        WRITERS[form](path, plan)
        told = texts(path)
        assert told.count(f"{attached}Ủy ban nhân dân tỉnh Cao Bằng)") == 2
        assert "Tổng kinh phí theo hai nguồn (I+II)" in told
        for note in DRAFT.notes:
            assert (note.message.vi in told) == (plan is DRAFT)


def test_each_drafted_figure_tells_its_assumption(tmp_path):
    path = tmp_path / "draft.xlsx"
    write_appendices_excel(path, DRAFT)
    sheets = openpyxl.load_workbook(path)
    comments = [
        cell.comment.text
        for sheet in sheets
        for row in sheet.iter_rows(min_row=6)
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
