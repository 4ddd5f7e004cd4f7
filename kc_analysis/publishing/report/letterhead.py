"""What stands above and below a report's text: names, number, title; recipients, signature."""

import re

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kc_analysis.model import Text
from kc_analysis.publishing.report.form import add
from kc_analysis.publishing.report.paper import Paper, draw_line, set_widths

_COMMITTEE = re.compile(r"ủy ban nhân dân (tỉnh|thành phố) (.+)", re.IGNORECASE)
_KINDS = {"tỉnh": Text("tỉnh", "province"), "thành phố": Text("thành phố", "city")}
NATION = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
#: As long as the motto at 13 points.
_MOTTO_LENGTH = {"vi": Mm(53), "en": Mm(73)}
OFFICE = Text("[Cơ quan báo cáo]", "[Reporting office]")
NUMBER = Text("Số: …/BC-…", "No.: …/BC-…")
DAY = Text("…, ngày … tháng … năm …", "…, day … month … year …")
REPORT = Text("BÁO CÁO", "REPORT")
_UNKNOWN = Text("[Ủy ban nhân dân tỉnh …]", "[People's Committee of … province]")
_RECIPIENTS = Text("Nơi nhận:", "To:")
_LISTED = (
    Text("- Như trên;", "- As above;"),
    Text("- [Cơ quan, đơn vị liên quan];", "- [Others concerned];"),
    Text("- Lưu: VT, [đơn vị soạn thảo].", "- Filed: VT, [drafting unit]."),
)
_POST = Text("[QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ]", "[AUTHORITY AND POST OF THE SIGNER]")
_NAME = Text("[Họ và tên]", "[Full name]")
_TO = Text("Kính gửi:", "To:")


def committee(issuer: str | None, lang: str) -> str:
    """The body that approved the plan, to which the report goes; to be filled if it is not known.

    Examples
    --------
    >>> committee("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "vi")
    'Ủy ban nhân dân tỉnh Cao Bằng'
    >>> committee("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "en")
    "People's Committee of Cao Bằng province"
    """
    if not issuer:
        return _UNKNOWN[lang]
    if not (parts := _COMMITTEE.fullmatch(issuer)):
        return issuer
    kind, name = _KINDS[parts[1].lower()][lang], parts[2].title()
    return Text(f"Ủy ban nhân dân {kind} {name}", f"People's Committee of {name} {kind}")[lang]


def add_letterhead(paper: Paper, issuer: str | None) -> None:
    """The top of the first page: who reports, the nation's name and motto, number and date."""
    lang = paper.lang
    (left, right), (number, day) = _sides(paper, 0.43, rows=2)
    above = committee(issuer, lang)
    if lang == "vi":
        above = above.replace("Ủy ban nhân dân", "UBND")
    write(left, above.upper(), 12)
    write(left, OFFICE[lang].upper(), 12, bold=True)
    draw_line(left.add_paragraph(), Mm(18), Length(left.width or 0))
    write(number, NUMBER[lang], 13, before=6)
    write(right, NATION[lang], 12, bold=True)
    write(right, MOTTO[lang], 13, bold=True)
    draw_line(right.add_paragraph(), _MOTTO_LENGTH[lang], Length(right.width or 0))
    write(day, DAY[lang], 13, before=6, italic=True)


def add_title(paper: Paper, subject: str) -> None:
    """The kind of document, its subject, a line, and whether its figures are made up."""
    paper.add(REPORT[paper.lang], "Title")
    paper.add(subject, "Subtitle")
    paper.rule(Mm(60))
    if paper.mark:
        paper.add(paper.mark, "Subtitle").paragraph_format.space_before = Pt(6)


def add_address(paper: Paper, issuer: str | None) -> None:
    """To whom the report goes."""
    line = paper.add(f"{_TO[paper.lang]} {committee(issuer, paper.lang)}")
    line.alignment, line.paragraph_format.first_line_indent = ALIGN.CENTER, Mm(0)
    line.paragraph_format.space_before = Pt(12)


def add_signature(paper: Paper) -> None:
    """The foot of the report: recipients at the left, the signer at the right."""
    lang = paper.lang
    ((left, right),) = _sides(paper, 0.5)
    write(left, _RECIPIENTS[lang], 12, ALIGN.LEFT, bold=True, italic=True)
    for line in _LISTED:
        write(left, line[lang], 11, ALIGN.LEFT)
    write(right, _POST[lang], 14, bold=True)
    write(right, _NAME[lang], 14, bold=True, before=84)


def write(
    cell: _Cell,
    text: str,
    size: float,
    align: ALIGN = ALIGN.CENTER,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
) -> Paragraph:
    """A line of a cell, what is to be filled in marked."""
    first: Paragraph = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs else first
    paragraph.alignment, paragraph.paragraph_format.space_before = align, Pt(before)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if "[" in text:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def _sides(paper: Paper, part: float, rows: int = 1) -> list[tuple[_Cell, ...]]:
    """Rows of two cells beside each other without borders, none broken by a page's end."""
    table: Table = paper.document.add_table(rows, 2)
    table.autofit = False
    for row in table.rows:
        add(row._tr.get_or_add_trPr(), "w:cantSplit")
    left = Length(int(paper.width * part))
    set_widths(table, [left, Length(paper.width - left)])
    return [row.cells for row in table.rows]
