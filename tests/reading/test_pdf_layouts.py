"""Tables in PDF that lack rules, or are turned, or whose cells are too narrow."""

import io
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from kc_analysis.model import DataError
from kc_analysis.reading.forms.pdf import read_pdf, sheet
from kc_analysis.reading.grid import Cell, Document

Texts = list[list[str]]

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
for name, file in (("kc", "DejaVuSans.ttf"), ("kc-Bold", "DejaVuSans-Bold.ttf")):
    pdfmetrics.registerFont(TTFont(name, FONTS / file))

WIDE, HIGH = landscape(A4)
GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
FRAME = [("BOX", (0, 0), (-1, -1), 0.5, colors.black)]
COLUMNS = [*FRAME, ("LINEAFTER", (0, 0), (-1, -1), 0.5, colors.black)]
ROWS = [
    ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black),
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black),
]


def below(*rows: int) -> list[Any]:
    return [("LINEBELOW", (0, row), (-1, row), 0.5, colors.black) for row in rows]


def drawn(
    rows: list[list[Any]],
    style: list[Any] | None = None,
    widths: list[float] | None = None,
    *,
    padding: float = 3,
    turn: int = 0,
    above: str = "Đơn vị tính: triệu đồng",
    **options: Any,
) -> bytes:
    """A table on a page of its own, turned so many degrees."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(HIGH, WIDE) if turn % 180 else (WIDE, HIGH), **options)
    canvas.rotate(turn)
    canvas.translate(-WIDE * (turn in (180, 270)), -HIGH * (turn in (90, 180)))
    paddings = [(f"{side}PADDING", (0, 0), (-1, -1), padding) for side in ("TOP", "BOTTOM")]
    face = [("FONT", (0, 0), (-1, -1), "kc", 9), ("ALIGN", (2, 1), (-1, -1), "RIGHT")]
    table = Table(rows, widths or [40, 220, *[70] * (len(rows[0]) - 2)])
    table.setStyle([*face, *paddings, *(style or [])])
    _, height = table.wrap(WIDE, HIGH)
    table.drawOn(canvas, 60, HIGH - 100 - height)
    canvas.setFont("kc", 9)
    canvas.drawString(60, HIGH - 60, above)
    canvas.save()
    return file.getvalue()


def read(*args: Any, **options: Any) -> Document:
    return read_pdf(drawn(*args, **options), "x.pdf")


def texts(document: Document) -> Texts:
    [grid] = document.grids
    return [[cell.text for cell in row] for row in grid.rows]


def paragraph(text: str, alignment: int = 0, indent: float = 0) -> Paragraph:
    style = ParagraphStyle("", fontName="kc", fontSize=9, leading=11, leftIndent=indent)
    style.alignment = alignment
    return Paragraph(text, style)


WORK = [
    ["TT", "Nội dung", "ĐVT", "Năm 2021", "Năm 2022", "Năm 2023"],
    ["I", "Khuyến công địa phương", "", "", "", ""],
    ["1", "Tư vấn mẫu mã bao bì", "Cơ sở", "8", "10", "3"],
    ["2", "Hội chợ hàng công nghiệp nông thôn", "Hội chợ", "12", "", "8"],
    ["II", "Khuyến công quốc gia", "", "", "", ""],
    ["1", "Tập huấn quản lý xưởng", "Lớp", "6", "5", "2"],
    ["", "Tổng cộng", "", "26", "15", "13"],
]
UNDER_RULES = {
    "no rules": [],
    "level rules": ROWS,
    "a rule under the heading": below(0, -1),
    "columns, and rules at sections": [*COLUMNS, *below(0, 1, 3, 4)],
    "columns only": COLUMNS,
    "all rules": GRID,
}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("style", UNDER_RULES.values(), ids=UNDER_RULES)
def test_headings_and_figures_are_of_one_column(style: list[Any], turn: int) -> None:
    """Headings flush left over figures flush right, with nothing in common but the column."""
    document = read(WORK, style, turn=turn)
    assert texts(document) == WORK
    assert [line.text for line in document.grids[0].above] == ["Đơn vị tính: triệu đồng"]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setPageRotation(90)
    canvas.rotate(90)
    table = Table(WORK, style=[("FONT", (0, 0), (-1, -1), "kc", 9), *GRID])
    table.wrap(WIDE, HIGH)
    table.drawOn(canvas, 60, -300)
    canvas.save()
    assert texts(read_pdf(file.getvalue(), "x.pdf")) == WORK


@pytest.mark.parametrize("style", [GRID, ROWS, [*COLUMNS, *below(0)]])
def test_a_wrapped_title_is_one_cell(style: list[Any]) -> None:
    title = "Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào sản xuất công nghiệp nông thôn"
    rows = [WORK[0][:4], ["1", title, "Đề án", "7"], ["2", "Hội chợ", "Lần", "11"]]
    for place in ("TOP", "MIDDLE", "BOTTOM"):
        wrapped = [[a, paragraph(b), *rest] for a, b, *rest in rows]
        laid = read(wrapped, [*style, ("VALIGN", (0, 0), (-1, -1), place)], [40, 150, 60, 60])
        assert texts(laid) == rows


def test_lines_that_could_be_of_either_row_are_no_table() -> None:
    """Set at the bottom of rows without a gap, a title's first line stands under the row before."""
    long = "Tổ chức hội chợ triển lãm hàng công nghiệp nông thôn"
    rows = [[str(i), paragraph(long), str(i), str(2 * i)] for i in range(1, 5)]
    style = [("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    document = read([["TT", "Nội dung", "A", "B"], *rows], style, [40, 150, 60, 60], padding=0)
    assert document.grids == []


def test_two_numbers_in_a_cell_are_never_two_rows_by_themselves() -> None:
    rows = [["TT", "Nội dung", "A", "B"], ["1", "Hội chợ", "5\n7", "6"], ["2", "Lớp", "8", "9"]]
    assert texts(read(rows, GRID))[1] == ["1", "Hội chợ", "5 · 7", "6"]


@pytest.mark.parametrize("style", [[], ROWS, [*FRAME, ("GRID", (0, 2), (-1, -1), 0.5, "black")]])
@pytest.mark.parametrize("years", [2, 3])
def test_a_heading_over_several_columns_reaches_over_them(style: list[Any], years: int) -> None:
    names = [f"Năm {2021 + i}" for i in range(years)]
    head = ["TT", "Nội dung", "Kinh phí", *[""] * (years - 1), "Khối lượng", *[""] * (years - 1)]
    rows = [
        [paragraph(text, 1) for text in head],
        [paragraph(text, 1) for text in ["", "", *names, *names]],
        *([str(i), "Tập huấn", *[str(i + j) for j in range(2 * years)]] for i in (1, 2, 3)),
    ]
    over = [("SPAN", (first, 0), (first + years - 1, 0)) for first in (2, 2 + years)] + [
        ("LINEBELOW", (first, 0), (first + years - 1, 0), 0.5, "black") for first in (2, 2 + years)
    ]
    document = read(rows, [*style, *(over if style else over[:2])])
    first, second, *_ = document.grids[0].rows
    assert [cell.text for cell in first[2:]] == ["Kinh phí"] * years + ["Khối lượng"] * years
    assert [cell.covered for cell in first[2:]] == [i % years > 0 for i in range(2 * years)]
    assert [cell.text for cell in second[2:]] == names * 2


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ("1 850 000\n000", "1 850 000 000"),
        ("12\n050", "12 050"),
        ("1 85\n0 000", "1 850 000"),
        ("1.850.000\n.000", "1.850.000.000"),
        ("1 850\n1 750", "1 850 · 1 750"),
        ("1 850\n750", "1 850 · 750"),
        ("Doanh\nnghi\nệp", "Doanh nghiệp"),
        ("Chuyế\nn", "Chuyến"),
        ("M\nô hình", "Mô hình"),
        ("Ngh\niệ\np", "Nghiệp"),
        ("Máy\nép", "Máy ép"),
        ("cơ sở\nở xã", "cơ sở ở xã"),
        ("100 m\nống", "100 m ống"),
    ],
)
def test_a_narrow_cell_cuts_words_and_numbers(lines: str, seen: str) -> None:
    width = max(pdfmetrics.stringWidth(line, "kc", 9) for line in lines.split("\n")) + 14
    document = read([["TT", "A"], ["1", lines]], GRID, [40, width])
    assert texts(document)[1] == ["1", seen]


def test_a_line_that_its_author_broke_is_not_cut() -> None:
    assert texts(read([["TT", "A"], ["1", "nghi\nệp"]], GRID, [40, 200]))[1] == ["1", "nghi ệp"]


def test_wrapped_numbers_without_rules_are_whole() -> None:
    rows = [["TT", "Nội dung", "Năm 2021", "Năm 2022"]]
    rows += [[str(i), "Hội chợ", f"{i} 850 000\n000", f"{i} 350 000\n000"] for i in (1, 2, 3)]
    whole = [[text.replace("\n", " ") for text in row] for row in rows]
    assert texts(read(rows, [("VALIGN", (0, 0), (-1, -1), "TOP")])) == whole


def test_text_turned_in_a_cell_is_read_and_a_stamp_is_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 100, 250, 300], [600, 620, 680])
        for x, y, text in ((65, 606, "1"), (105, 606, "Hội chợ"), (255, 606, "5"), (65, 640, "TT")):
            canvas.drawString(x, y, text)
        canvas.drawString(105, 640, "Nội dung")
        for x, y, degrees, text in ((280, 625, 90, "Năm 2021"), (90, 580, 45, "BẢN SAO")):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(degrees)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("kc", 9)
    draw(canvas)
    canvas.save()
    document = read_pdf(file.getvalue(), "x.pdf")
    assert texts(document) == [["TT", "Nội dung", "Năm 2021"], ["1", "Hội chợ", "5"]]
    assert document.lines == []


@pytest.mark.parametrize("style", [[], GRID])
def test_bold_and_indents_are_told(style: list[Any]) -> None:
    names = [("Hội chợ", 0), ("- trong nước", 9), ("ngoài nước", 18), ("Tập huấn", 0)]
    rows = [["TT", "Nội dung", "Năm 2021"]]
    rows += [[str(i), paragraph(name, 0, by), str(i)] for i, (name, by) in enumerate(names, 1)]
    bold = [("FONT", (0, 0), (-1, 0), "kc-Bold", 9)]
    grid = read(rows, [*style, *bold]).grids[0]
    assert [cell.bold for row in grid.rows for cell in row] == [True] * 3 + [False] * 12
    steps = [row[1].indent for row in grid.rows[1:]]
    assert steps[0] == steps[3] == 0 < steps[1] < steps[2]
    assert {row[2].indent for row in grid.rows} == {0}


@settings(max_examples=40)
@given(st.data())
def test_a_figure_stands_under_its_heading(data: st.DataObject) -> None:
    """Whatever is blank and however wide the figures, no figure changes its column."""
    figure = st.sampled_from(["", "3", "12", "150", "1.250", "12.500"])
    width = data.draw(st.integers(2, 4))
    body = data.draw(
        st.lists(st.lists(figure, min_size=width, max_size=width), min_size=3, max_size=6)
    )
    head = ["TT", "Nội dung", *(f"Năm {2021 + i}" for i in range(width))]
    rows = [head, *([str(i), "Hội chợ hàng", *row] for i, row in enumerate(body, 1))]
    aligned = data.draw(st.sampled_from(["LEFT", "CENTER", "RIGHT"]))
    style = [("ALIGN", (2, 0), (-1, 0), data.draw(st.sampled_from(["LEFT", "CENTER", "RIGHT"])))]
    style += [("ALIGN", (2, 1), (-1, -1), aligned)]
    assert texts(read(rows, style)) == rows


def test_our_own_fault_is_none_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    data = drawn(WORK)
    monkeypatch.setattr("kc_analysis.reading.forms.pdf.pages.ruled_tables", fail)
    with pytest.raises(ZeroDivisionError):
        read_pdf(data, "x.pdf")
    monkeypatch.setattr(sheet, "_drawn", fail)
    with pytest.raises(DataError, match="damaged"):
        read_pdf(data, "x.pdf")


def test_figures_outside_any_table_carry_a_doubt() -> None:
    document = read(WORK, above="4    15    26")
    assert [(line.text, line.doubt is not None) for line in document.lines] == [("4 15 26", True)]
    assert isinstance(document.lines[0], Cell)
