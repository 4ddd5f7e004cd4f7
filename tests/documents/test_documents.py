"""The documents made up for other tests are what they say they are."""

import io
from random import Random

import docx
import lxml.html
import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from documents.corruptions import KINDS, corrupt
from documents.forms import FORMS, can_write
from documents.layouts import MONEY, PARTS, Marks, Sheet, Span, disagrees, documents, grid, holds

few = settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
SEEDS = st.integers(0, 2**32)


def stripped(rows: list[list[str]]) -> list[list[str]]:
    return [[" ".join(text.split()) for text in row] for row in rows]


def expected(sheet: Sheet) -> list[list[str]]:
    return stripped(grid(sheet.rows))


# --- layouts ------------------------------------------------------------------------------------


@given(documents())
def test_all_rows_are_of_one_length_and_all_totals_agree(drawn):
    truth, sheets = drawn
    for sheet in sheets:
        assert len({len(row) for row in grid(sheet.rows)}) == 1
        assert not disagrees(sheet, sheet.body)
    assert holds(sheets, truth.layout.marks)


@given(documents())
def test_lines_print_the_true_numbers_and_a_total_of_each_measure(drawn):
    truth, sheets = drawn
    titles = {title + mark for title in truth.titles.values() for mark in ("", " (1)", "*")}
    printed = [
        span
        for sheet in sheets
        for row in sheet.body
        if row[1].text in titles
        for span in row
        if span.value is not None
    ]
    measures = (truth.budget, truth.quantities, truth.budget_done, truth.quantities_done)
    totals = sum(len({key for key, _ in measure}) for measure in measures)
    assert len(printed) == sum(map(len, measures)) + totals


@given(documents())
def test_titles_are_unique_and_no_total(drawn):
    titles = list(drawn[0].titles.values())
    assert len(set(titles)) == len(titles)
    assert not any(title.startswith(("Tổng", "Cộng")) for title in titles)


@given(documents())
def test_the_grand_total_is_the_sum_of_the_budget(drawn):
    truth, sheets = drawn
    grand = [row for row in sheets[0].body if row[1].text == truth.layout.grand_title]
    total = sum(truth.budget.values()) * float(MONEY[truth.layout.money])
    assert len(grand) == 1
    assert any(float(span.value or 0) == pytest.approx(total) for span in grand[0])


@pytest.mark.parametrize("thousands", [".", " ", "\xa0", ",", ""])
@given(value=st.decimals(0, 10**12, places=4))
def test_what_marks_write_they_read(thousands, value):
    marks = Marks(thousands)
    assert marks.read(marks.write(value)) == value


def test_marks_in_odd_places_are_not_read():
    for text in ("10.56", "1.05", "1056.000", "1,", ""):
        with pytest.raises(ValueError, match=f"^{text}$"):
            Marks(".").read(text)


def test_a_merged_cell_stands_wherever_it_reaches():
    rows = [[Span("TT", rows=2), Span("2026", columns=2)], [Span("SL"), Span("KP")]]
    assert grid(rows) == [["TT", "2026", "2026"], ["TT", "SL", "KP"]]


# --- forms --------------------------------------------------------------------------------------


@few
@given(documents())
def test_text_holds_every_cell(drawn):
    _, sheets = drawn
    assume(can_write("rows_text", sheets))
    for form in ("bars_text", "rows_text", "paragraph_text"):
        text = FORMS[form](sheets).decode()
        at = 0
        for sheet in sheets:
            for piece in [*sheet.above, *(cell for row in grid(sheet.rows) for cell in row)]:
                at = text.index(piece, at) + len(piece)


@given(documents())
def test_only_text_cannot_be_written_with_merged_cells(drawn):
    _, sheets = drawn
    merged = any(len(row) < len(grid(sheet.rows)[0]) for sheet in sheets for row in sheet.rows)
    cannot = {form for form in FORMS if not can_write(form, sheets)}
    assert cannot == ({"bars_text", "rows_text", "paragraph_text"} if merged else set())


@few
@given(documents())
def test_a_web_page_gives_back_the_grid(drawn):
    _, sheets = drawn
    tables = lxml.html.fromstring(FORMS["html"](sheets).decode()).findall(".//table")
    for sheet, table in zip(sheets, tables, strict=True):
        rows = [
            [
                Span(cell.text or "", int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
                for cell in row
            ]
            for row in table.iter("tr")
        ]
        assert grid(rows) == grid(sheet.rows)


@few
@given(documents(), SEEDS)
def test_word_gives_back_the_grid_and_a_short_row(drawn, seed):
    fault = corrupt(Random(seed), drawn[1], "cell dropped")
    document = docx.Document(io.BytesIO(FORMS["docx"](fault.sheets)))
    for sheet, table in zip(fault.sheets, document.tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert stripped(rows) == expected(sheet)


@few
@given(documents())
def test_excel_gives_back_the_texts(drawn):
    _, sheets = drawn
    book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx_text"](sheets)))
    for sheet in sheets:
        page = book[sheet.name]
        values = [value for row in page.values for value in row if value is not None]
        cells = [span.text for row in sheet.rows for span in row if span.text]
        assert values == [*sheet.above, *cells, *sheet.below]


@few
@given(documents())
def test_excel_gives_back_the_numbers(drawn):
    _, sheets = drawn
    book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx_numbers"](sheets)))
    for sheet in sheets:
        cells = [cell for row in book[sheet.name] for cell in row if cell.number_format == "#,##0"]
        numbers = [float(s.value) for row in sheet.body for s in row if s.value is not None]
        assert [cell.value for cell in cells] == numbers


@settings(few, max_examples=5)
@given(documents())
def test_a_pdf_gives_back_the_grid_page_after_page(drawn):
    _, sheets = drawn
    with pdfplumber.open(io.BytesIO(FORMS["pdf"](sheets))) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    read = iter([stripped([[text or "" for text in row] for row in table]) for table in tables])
    for sheet in sheets:
        head, body = len(sheet.head), expected(sheet)[len(sheet.head) :]
        while body:
            table = next(read)
            # pdfplumber gives a merged cell's text once; covered places are blank.
            texts = [text for row in table[:head] for text in row if text]
            assert texts == [" ".join(s.text.split()) for row in sheet.head for s in row if s.text]
            assert table[head:] == body[: len(table) - head]
            body = body[len(table) - head :]
    assert not list(read)


# --- corruptions --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@given(documents(), SEEDS)
def test_a_fault_shows_at_its_place_and_leaves_the_original_alone(kind, drawn, seed):
    _, sheets = drawn
    before = [[list(row) for row in sheet.rows] for sheet in sheets]
    try:
        fault = corrupt(Random(seed), sheets, kind)
    except ValueError:
        assume(False)
    assert [[list(row) for row in sheet.rows] for sheet in sheets] == before
    at, row, column = fault.place
    assert [i for i, each in enumerate(sheets) if each != fault.sheets[i]] == [at]
    assert fault.kind == kind
    if kind.startswith("row"):
        assert any(span.value is not None for span in before[at][row])
        assert column == 0
    elif not kind.startswith("column"):
        assert before[at][row][column].value is not None
        assert sheets[at].rows[row] != fault.sheets[at].rows[row]


@given(documents(), SEEDS)
def test_totals_cover_rows_of_money_but_no_row_of_work(drawn, seed):
    truth, sheets = drawn
    assume(truth.layout.tables != "one")
    money, work = sheets
    lost = corrupt(Random(seed), [money], "row lost")
    title = money.rows[lost.place[1]][1].text
    below = title.startswith("Cộng ")  # a section's sum: its lines stand for it
    assert lost.covered is not (title in PARTS or title == truth.layout.grand_title or below)
    assert not corrupt(Random(seed), [work], "row lost").covered
    assert corrupt(Random(seed), [work], "times 1000").covered
