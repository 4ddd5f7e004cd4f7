"""PDF documents: tables come back whole, or not at all."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imsave
from pdfminer import pdftypes
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from kc_analysis.model import DataError
from kc_analysis.reading.forms.pdf import read_pdf
from kc_analysis.reading.forms.text import read_text
from kc_analysis.reading.grid import Document, Grid

Texts = list[list[str]]

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
pdfmetrics.registerFont(TTFont("kc", FONT))
PLAIN = ParagraphStyle("kc", fontName="kc", fontSize=9, leading=11)

RULES = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
FACE = [("FONT", (0, 0), (-1, -1), "kc", 9)]
TOP = [("VALIGN", (0, 0), (-1, -1), "TOP")]
MIDDLE = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
TIGHT = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("TOP", "BOTTOM")]
RIGHT = [("ALIGN", (2, 1), (-1, -1), "RIGHT")]


def made(story: list[Any], **options: Any) -> bytes:
    file = io.BytesIO()
    on_page = options.pop("on_page", lambda canvas, template: None)
    template = SimpleDocTemplate(file, pagesize=landscape(A4), **options)
    template.build(story, onFirstPage=on_page, onLaterPages=on_page)
    return file.getvalue()


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    canvas.setFont("kc", 9)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def laid_out(rows: Texts, style: list[Any], *, title_width: float = 130, **options: Any) -> Any:
    """A table with the second column's texts wrapped, as a decision's table has them."""
    width = len(rows[0])
    cells: list[list[Any]] = [
        [Paragraph(text, PLAIN) if column == 1 else text for column, text in enumerate(row)]
        for row in rows
    ]
    return LongTable(
        cells, [35, title_width, *[62] * (width - 2)], style=[*FACE, *RIGHT, *style], **options
    )


def texts(grid: Grid) -> Texts:
    return [[cell.text for cell in row] for row in grid.rows]


def lines(document: Document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.fixture
def decision(extract: str) -> Document:
    return read_text(extract, "decision.txt")


def story(decision: Document, style: list[Any], **options: Any) -> list[Any]:
    flow: list[Any] = []
    for grid in decision.grids:
        flow += [Paragraph(line.text, PLAIN) for line in grid.above]
        flow += [Spacer(1, 30), laid_out(texts(grid), style, **options), PageBreak()]
    return flow


STYLES = {
    "ruled, top": [*RULES, *TOP],
    "ruled, middle": [*RULES, *MIDDLE],
    "ruled, tight": [*RULES, *TOP, *TIGHT],
    "unruled, top": TOP,
    "unruled, middle": MIDDLE,
    "unruled, tight": [*TOP, *TIGHT],
    "lines beneath rows only": [*TOP, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_tables_come_back_as_they_were_written(decision: Document, style: list[Any]) -> None:
    read = read_pdf(made(story(decision, style)), "decision.pdf")
    assert [texts(grid) for grid in read.grids] == [texts(grid) for grid in decision.grids]
    for grid, written in zip(read.grids, decision.grids, strict=True):
        above = " ".join(line.text for line in grid.above)
        assert above == " ".join(line.text for line in written.above)


def test_what_cannot_be_told_is_no_table(decision: Document) -> None:
    """Centred in rows without a gap, the title's lines could be of the row above or below."""
    read = read_pdf(made(story(decision, [*MIDDLE, *TIGHT], title_width=90)), "decision.pdf")
    assert read.grids == []
    assert "13.800" in " ".join(lines(read))


def test_a_cell_says_where_it_stands(decision: Document) -> None:
    money, work = (laid_out(texts(grid), [*RULES, *TOP]) for grid in decision.grids)
    text = Paragraph("PHỤ LỤC", PLAIN)
    read = read_pdf(made([text, money, PageBreak(), text, work]), "decision.pdf")
    number = read.grids[1].rows[2][3]
    assert number.text == "3"
    assert number.where.vi == "decision.pdf, trang 2, bảng 1, hàng 3, cột 4"
    assert number.where.en == "decision.pdf, page 2, table 1, row 3, column 4"
    assert read.lines[0].where.vi == "decision.pdf, trang 1, dòng 1"


HEADER = ["TT", "Nội dung", "Năm 2021", "Năm 2022", "Tổng cộng"]


def long_table(rows: int) -> Texts:
    return [
        HEADER,
        *(
            [str(i), f"Hỗ trợ ứng dụng máy móc thiết bị {i}", f"{i}.250", "", f"{i}.250"]
            for i in range(1, rows)
        ),
    ]


def number_pages(canvas: Canvas, template: Any) -> None:
    canvas.setFont("kc", 9)
    canvas.drawCentredString(400, 560, str(template.page))


def head_pages(canvas: Canvas, template: Any) -> None:
    canvas.setFont("kc", 9)
    canvas.drawString(100, 560, "UBND tỉnh Cao Bằng")
    canvas.drawString(100, 20, f"Trang {template.page}/9")


PAGES = {"plain": lambda *_: None, "numbered": number_pages, "headed": head_pages}


@pytest.mark.parametrize("on_page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("repeat", [0, 1])
@pytest.mark.parametrize("style", [[*RULES, *TOP], TOP, [*TOP, *TIGHT]])
def test_a_table_over_pages_is_one(style: list[Any], repeat: int, on_page: Any) -> None:
    rows = long_table(120)
    data = made([laid_out(rows, style, title_width=220, repeatRows=repeat)], on_page=on_page)
    read = read_pdf(data, "x.pdf")
    assert len(read.grids) == 1
    assert texts(read.grids[0]) == rows
    assert set(lines(read)) <= {"UBND tỉnh Cao Bằng"}


def test_a_table_under_its_own_title_is_another() -> None:
    rows = long_table(4)
    table = laid_out(rows, [*RULES, *TOP], title_width=220)
    flow = [table, PageBreak(), Paragraph("PHỤ LỤC 2", PLAIN), Spacer(1, 9), table]
    read = read_pdf(made(flow), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [rows, rows]
    assert [line.text for line in read.grids[1].above] == ["PHỤ LỤC 2"]


@pytest.mark.parametrize("style", [[*RULES, *TOP], TOP])
def test_a_row_cut_by_the_page_is_one(style: list[Any]) -> None:
    title = "Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào sản xuất công nghiệp nông thôn"
    head = laid_out([HEADER, ["1", title, "600", "640", "1.240"]], style, title_width=220)
    rest = [["", "của tỉnh Cao Bằng", "", "", ""], ["2", "Hội chợ", "70", "80", "150"]]
    tail = laid_out(rest, [*style, ("ALIGN", (2, 0), (-1, -1), "RIGHT")], title_width=220)
    read = read_pdf(made([head, PageBreak(), tail]), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [
        [
            HEADER,
            ["1", f"{title} của tỉnh Cao Bằng", "600", "640", "1.240"],
            ["2", "Hội chợ", "70", "80", "150"],
        ]
    ]


def test_a_title_at_the_top_of_a_page_is_not_taken_for_the_rest_of_a_row() -> None:
    rows = [HEADER, ["1", "Hội chợ", "70", "80", "150"], ["", "Trong đó:", "", "", ""]]
    parts = [laid_out(part, [*RULES, *TOP], title_width=220) for part in (rows[:2], rows[2:])]
    read = read_pdf(made([parts[0], PageBreak(), parts[1]]), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [rows]


def test_a_merged_cell_stands_wherever_it_reaches() -> None:
    cells = [["TT", "Năm", "", "Cộng"], ["", "2021", "2022", ""], ["1", "5", "6", "11"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    read = read_pdf(made([Table(cells, [60] * 4, style=[*FACE, *RULES, *spans])]), "x.pdf")
    rows = read.grids[0].rows
    assert texts(read.grids[0]) == [
        ["TT", "Năm", "Năm", "Cộng"],
        ["TT", "2021", "2022", "Cộng"],
        ["1", "5", "6", "11"],
    ]
    assert [[cell.covered for cell in row] for row in rows[:2]] == [
        [False, False, True, False],
        [True, False, False, True],
    ]
    assert rows[1][0].at == rows[0][0].at


def test_a_frame_around_the_page_is_no_table() -> None:
    def frame(canvas: Canvas, _: Any) -> None:
        canvas.rect(20, 20, 800, 555)

    rows = long_table(4)
    flow = [Paragraph("tổng: 18,246 tỷ đồng", PLAIN), Spacer(1, 9), laid_out(rows, RULES)]
    read = read_pdf(made(flow, on_page=frame), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [rows]
    assert lines(read) == ["tổng: 18,246 tỷ đồng"]


def test_tables_side_by_side_with_text_keep_their_order() -> None:
    rows = long_table(3)
    flow: list[Any] = []
    for name in ("trước", "giữa", "sau"):
        flow += [Paragraph(name, PLAIN), Spacer(1, 30), laid_out(rows, RULES), Spacer(1, 30)]
    read = read_pdf(made(flow[:-2]), "x.pdf")
    assert [[line.text for line in grid.above] for grid in read.grids] == [
        ["trước"],
        ["giữa"],
        ["sau"],
    ][: len(read.grids)]
    assert lines(read) == ["trước", "giữa", "sau"]


def test_a_letterhead_is_read_a_column_at_a_time() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 800, "ỦY BAN NHÂN DÂN")
        canvas.drawString(300, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        canvas.drawString(85, 788, "TỈNH CAO BẰNG")
        canvas.drawString(330, 788, "Độc lập - Tự do - Hạnh phúc")
        canvas.drawString(80, 740, "Tổng số là: 18,246 tỷ đồng.")

    assert lines(read_pdf(drawn(draw), "x.pdf")) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH CAO BẰNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Tổng số là: 18,246 tỷ đồng.",
    ]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(80 + shift, 800, "kinh phí 1.115")

    assert lines(read_pdf(drawn(draw), "x.pdf")) == ["kinh phí 1.115"]


def picture(canvas: Canvas) -> None:
    image = io.BytesIO()
    imsave(image, [[0.0, 1.0], [1.0, 0.0]], format="png")
    canvas.drawImage(ImageReader(image), 0, 0, 500, 700)


def test_a_scanned_page_is_refused_and_named() -> None:
    with pytest.raises(DataError, match=r"trang quét(.|\n)*a scanned page"):
        read_pdf(drawn(picture), "x.pdf")

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 800, "chữ")
        canvas.showPage()
        picture(canvas)

    with pytest.raises(DataError, match="text on page 2"):
        read_pdf(drawn(draw), "x.pdf")


def test_a_document_under_a_password_is_refused() -> None:
    data = drawn(
        lambda canvas: canvas.drawString(80, 800, "a"),
        encrypt=pdfencrypt.StandardEncryption("secret"),
    )
    with pytest.raises(DataError, match="mật khẩu"):
        read_pdf(data, "x.pdf")


def test_one_that_anybody_may_open_is_read() -> None:
    data = drawn(
        lambda canvas: canvas.drawString(80, 800, "a"),
        encrypt=pdfencrypt.StandardEncryption("", "owner"),
    )
    assert lines(read_pdf(data, "x.pdf")) == ["a"]


def raw(content: bytes, *more: bytes, dictionary: bytes = b"") -> bytes:
    """A PDF of one page with the content given, and more objects from number 5 on."""
    stream = b"<<%s/Length %d>>stream\n%s\nendstream" % (dictionary, len(content), content)
    forms = b"".join(b"/F%d %d 0 R" % (i, i) for i in range(5, 5 + len(more)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<<%s>>>>>>" % forms,
        stream,
        *more,
    ]
    body = b"%PDF-1.4\n"
    for number, text in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    return body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def packed(size: int, times: int) -> bytes:
    data = b" " * size
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def form(content: bytes, *inner: int) -> bytes:
    names = b"".join(b"/F%d %d 0 R" % (i, i) for i in inner)
    return (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>/Length %d>>"
        b"stream\n%s\nendstream" % (names, len(content), content)
    )


BOMBS = {
    "unpacked": raw(packed(2**28, 1), dictionary=b"/Filter/FlateDecode"),
    "unpacked twice": raw(packed(2**28, 2), dictionary=b"/Filter[/FlateDecode/FlateDecode]"),
    "forms in forms": raw(
        b"/F5 Do", *[form(b"/F%d Do " % (i + 1) * 10, i + 1) for i in range(5, 20)]
    ),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_small_file_that_asks_for_endless_work_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="content"):
        read_pdf(data, "x.pdf")


def test_the_library_is_left_as_it_was() -> None:
    assert pdftypes.zlib is zlib


def test_a_page_full_of_lines_is_read_in_time() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 800, "bản đồ")
        for i in range(700):
            canvas.line(i * 0.7, 0, i * 0.7 + 4 * (i % 2), 800)
            canvas.line(0, i, 500, i)
            canvas.line(4.1 * i, 0, 4.1 * i, 800)

    assert lines(read_pdf(drawn(draw), "x.pdf")) == ["bản đồ"]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"PK\x03\x04", b"%PDF-1.4\n%%EOF", raw(b""), raw(b"BT (a) Tj ET")]
)
def test_what_is_no_sound_document_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match=r"x\.pdf"):
        read_pdf(data, "x.pdf")


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_document_is_read_or_refused(data: st.DataObject) -> None:
    whole = drawn(lambda canvas: canvas.drawString(80, 800, "1.250"), pageCompression=0)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    put = data.draw(st.binary(max_size=8))
    for damaged in (whole[:start] + put + whole[end:], whole[:start]):
        try:
            read_pdf(damaged, "x.pdf")
        except DataError as error:
            assert "x.pdf" in str(error)


def test_numbers_of_neighbouring_cells_stay_apart() -> None:
    """Where rules part the columns, letters as close as within a word are of two cells."""
    row = ["1.600"] * 8
    wide = pdfmetrics.stringWidth("1.600", "kc", 9)
    flush = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT")]
    data = made([Table([row, row], [wide + 0.6] * 8, style=[*FACE, *RULES, *flush])])
    assert texts(read_pdf(data, "x.pdf").grids[0]) == [row, row]


def test_nothing_written_is_lost(decision: Document) -> None:
    data = made(story(decision, [*RULES, *TOP]))
    read = read_pdf(data, "x.pdf")
    found = "".join(lines(read)) + "".join(
        cell.text for grid in read.grids for row in grid.rows for cell in row if not cell.covered
    )
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        written = "".join(page.extract_text() for page in pdf.pages)
    assert sorted("".join(found.split())) == sorted("".join(written.split()))


def test_tables_that_touch_are_told_apart() -> None:
    rows = long_table(3)
    plan = laid_out(rows, [*RULES, *TOP], title_width=220)
    signed = Table([["Nơi nhận:", "KT. CHỦ TỊCH"]], [200, 241], style=[*FACE, *RULES])
    read = read_pdf(made([plan, signed]), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [rows, [["Nơi nhận:", "KT. CHỦ TỊCH"]]]


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("12.665.00\n0", "12.665.000"),
        ("26.953\n,5", "26.953,5"),
        ("1.\n056", "1.056"),
        ("12\n500", "12 · 500"),
        ("1.056\n750", "1.056 · 750"),
        ("Lớ\np", "Lớp"),
        ("Mô\nhình", "Mô hình"),
        ("Ng\nười", "Người"),
        ("cơ sở\nHTX", "cơ sở HTX"),
    ],
)
def test_what_a_narrow_cell_has_cut_is_whole_and_two_numbers_stay_two(cell: str, seen: str) -> None:
    read = read_pdf(made([Table([["TT", "A"], ["1", cell]], style=[*FACE, *RULES])]), "x.pdf")
    assert texts(read.grids[0]) == [["TT", "A"], ["1", seen]]


def test_a_raised_mark_does_not_run_into_a_number() -> None:
    cells = [["TT", "A"], ["1", Paragraph("51<super size=5>2</super>", PLAIN)]]
    read = read_pdf(made([Table(cells, [40, 60], style=[*FACE, *RULES])]), "x.pdf")
    assert texts(read.grids[0])[1] == ["1", "51²"]


def test_a_note_at_a_pages_foot_does_not_part_a_table() -> None:
    def note(canvas: Canvas, template: Any) -> None:
        if template.page == 1:
            canvas.setFont("kc", 6)
            canvas.drawString(80, 40, "1 Số liệu làm tròn.")

    rows = long_table(60)
    table = laid_out(rows, [*RULES, *TOP], title_width=220)
    read = read_pdf(made([table], on_page=note), "x.pdf")
    assert [texts(grid) for grid in read.grids] == [rows]
    assert lines(read) == ["1 Số liệu làm tròn."]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["1", "Hội chợ vùng", "70"], ["", "Bắc năm 2028", ""]),
        (["1", "Mua máy (tối thiểu", "70"], ["", "50% kinh phí)", ""]),
        (["", "Chuyển giao công", ""], ["1", "nghệ mới", "70"]),
    ],
)
def test_a_row_that_the_pages_end_cuts_is_one(above: list[str], below: list[str]) -> None:
    head = [["TT", "Nội dung", "Năm 2026"]]
    parts = [
        Table(part, [40, 150, 60], style=[*FACE, *RULES]) for part in ([*head, above], [below])
    ]
    read = read_pdf(made([parts[0], PageBreak(), parts[1]]), "x.pdf")
    whole = [f"{a} {b}".strip() for a, b in zip(above, below, strict=True)]
    assert [texts(grid) for grid in read.grids] == [[*head, whole]]


def test_a_row_without_its_bottom_line_is_a_row() -> None:
    """As a browser cuts rows at a page's end."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 100, 300, 360], [700, 720, 740])
        for x in (50, 100, 300, 360):
            canvas.line(x, 680, x, 700)
        for y, row in zip((726, 706, 686), rows, strict=True):
            for x, text in zip((55, 105, 305), row, strict=True):
                canvas.drawString(x, y, text)

    rows = [["TT", "A", "B"], ["1", "x", "5"], ["2", "y", "6"]]
    assert texts(read_pdf(drawn(draw), "x.pdf").grids[0]) == rows


def test_figures_in_columns_that_make_no_table_are_doubtful_beside_one_without_rules() -> None:
    def draw(canvas: Canvas) -> None:
        for y, row in zip((726, 706, 686, 666), long_table(4), strict=True):
            for x, text in zip((50, 80, 320, 400, 480), row, strict=True):
                canvas.drawString(x, y, text)
        for x, text in zip((50, 320, 480), ("4", "5", "6"), strict=True):
            canvas.drawString(x, 500, text)

    read = read_pdf(drawn(draw), "x.pdf")
    assert len(read.grids) == 1
    assert [line.text for line in read.lines if line.doubt] == ["4 5 6"]
