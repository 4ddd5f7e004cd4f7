"""The same tables come back from each way in which text shows a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_analysis.model import DataError
from kc_analysis.reading.forms.text import read_text


def texts(document):
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


def above(document):
    return [[cell.text for cell in grid.above] for grid in document.grids]


def markdown(row):
    return f"| {' | '.join(row)} |"


def ruled(rows):
    return [markdown(rows[0]), "|" + "---|" * len(rows[0]), *map(markdown, rows[1:])]


FORMS = {
    "markdown": ruled,
    "bar at the end": lambda rows: [" | ".join(row) + " |" for row in rows],
    "bar between": lambda rows: [" | ".join(row) for row in rows],
    "tabs": lambda rows: ["\t".join(row) for row in rows],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_a_line(extract, form):
    bars = read_text(extract, "x.txt")
    lines = []
    for rows, before in zip(texts(bars), above(bars), strict=True):
        lines += ["", *before, *FORMS[form](rows), ""]
    again = read_text("\n".join([*lines, "CHỦ TỊCH"]), "x.txt")
    assert texts(again) == texts(bars)
    assert above(again) == above(bars)
    assert again.lines[-1].text == "CHỦ TỊCH"


def paragraphs(document):
    pieces = []
    for rows, before in zip(texts(document), above(document), strict=True):
        pieces += ["\n".join(before), *(cell for row in rows for cell in row)]
    return "".join(piece + "\n\n" for piece in pieces)


def test_a_paragraph_a_cell(extract):
    bars = read_text(extract, "x.txt")
    again = read_text(paragraphs(bars), "x.txt")
    assert texts(again) == texts(bars)
    assert above(again) == above(bars)


def test_a_paragraph_a_cell_wrapped_over_lines(extract):
    bars = read_text(extract, "x.txt")
    again = read_text(paragraphs(bars).replace("khuyến công", "khuyến\ncông"), "x.txt")
    assert texts(again) == texts(bars)


def test_blank_lines_and_a_signature_after_the_last_paragraph(extract):
    bars = read_text(extract, "x.txt")
    tail = "\n\n\n\nTM. ỦY BAN NHÂN DÂN\n\n\n\n\n\nCHỦ TỊCH\n"
    again = read_text(paragraphs(bars) + tail, "x.txt")
    assert texts(again) == texts(bars)
    assert [line.text for line in again.lines[-2:]] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def test_blank_paragraphs_that_vanished_leave_rows_short(extract):
    bars = read_text(extract, "x.txt")
    text = paragraphs(bars)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    widths = [{len(row) for row in rows} for rows in texts(read_text(text, "x.txt"))]
    assert all(len(found) > 1 for found in widths)


def test_each_cell_knows_its_line():
    text = "BIỂU\n\n| TT | Nội dung | Năm 2021 |\n|---|---|---|\n| 1 | Hội chợ | 70 |"
    document = read_text(text, "x.txt")
    assert document.grids[0].rows[1][2].where.vi == "x.txt, dòng 5"
    assert document.lines[0].where.en == "x.txt, line 1"


def test_white_space_is_folded():
    document = read_text("|  TT | Nội \xa0  dung | 2021 |\n| 1 | Hội chợ | 70\xa0|", "x.txt")
    assert texts(document) == [[["TT", "Nội dung", "2021"], ["1", "Hội chợ", "70"]]]


def test_text_set_off_by_tabs_is_no_table():
    text = "ỦY BAN NHÂN DÂN\tCỘNG HÒA\nSố: 470/QĐ-UBND\tCao Bằng, ngày 08\n\tĐiều 1.\n\tĐiều 2."
    document = read_text(text, "x.txt")
    assert not document.grids
    assert [line.text for line in document.lines][2:5] == [
        "Số: 470/QĐ-UBND",
        "Cao Bằng, ngày 08",
        "Điều 1.",
    ]


def test_a_row_without_end_is_refused():
    with pytest.raises(DataError, match="columns"):
        read_text("|".join("a" * 2000) + "\n" + "a|b|c", "x.txt")


@given(st.text(st.sampled_from("TT1I|\t\n -Ộă,.")))
def test_any_text_is_a_document(text):
    document = read_text(text, "x.txt")
    found = {cell.at for cell in document.lines}
    found |= {cell.at for grid in document.grids for row in grid.rows for cell in row}
    assert found <= set(range(text.count("\n") + 2))
    assert all(line.text for line in document.lines)
