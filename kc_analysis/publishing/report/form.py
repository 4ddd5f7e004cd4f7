"""The form of an administrative document by Decree 30/2020/NĐ-CP, Appendix I: paper and letters."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle

from kc_analysis.model import Text

FONT = "Times New Roman"
SHORT, LONG = Mm(210), Mm(297)
MARGINS = {
    # The page number and the mark of made-up figures stand in the top margin.
    "top_margin": Mm(25),
    "bottom_margin": Mm(20),
    "left_margin": Mm(30),
    "right_margin": Mm(15),
    "header_distance": Mm(10),
}
LANGUAGES = Text("vi-VN", "en-GB")


@dataclass(frozen=True)
class Letters:
    """How a style sets its paragraphs: sizes and distances in points, the indent in millimetres."""

    size: float
    align: ALIGN = ALIGN.LEFT
    bold: bool = False
    italic: bool = False
    indent: float = 0
    before: float = 0
    after: float = 0
    lines: float = 1.0
    with_next: bool = False
    level: int | None = None


_INDENT = 12.7
STYLES = {
    "Normal": Letters(13),
    "Header": Letters(13, ALIGN.CENTER),
    "Title": Letters(14, ALIGN.CENTER, bold=True, before=12, with_next=True),
    "Subtitle": Letters(14, ALIGN.CENTER, bold=True, with_next=True),
    "Heading 1": Letters(
        14, bold=True, indent=_INDENT, before=12, after=6, with_next=True, level=0
    ),
    "Heading 2": Letters(14, bold=True, indent=_INDENT, before=6, after=6, with_next=True, level=1),
    "Body Text": Letters(14, ALIGN.JUSTIFY, indent=_INDENT, after=6, lines=1.15),
    "Caption": Letters(13, ALIGN.CENTER, bold=True, before=6, after=6),
    "Quote": Letters(13, italic=True, before=3, after=6),
}


def set_form(document: Document, lang: str) -> None:
    """Give a new document the decree's paper, letters and language."""
    styles = document.styles
    for fonts in list(styles.element.iter(qn("w:rFonts"))):
        fonts.getparent().remove(fonts)
    (defaults,) = styles.element.iter(qn("w:rPrDefault"))
    letters = defaults[0]
    slots = {qn(f"w:{slot}"): FONT for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    letters.insert(0, OxmlElement("w:rFonts", attrs=slots))
    for name in ("val", "eastAsia"):
        letters.find(qn("w:lang")).set(qn(f"w:{name}"), LANGUAGES[lang])
    for name, how in STYLES.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        _restyle(style, how)
    turn(document.sections[0])


def turn(section: Section, *, wide: bool = False) -> None:
    """A section's paper: upright, or on its side for a wide table."""
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if wide else (SHORT, LONG)
    for name, margin in MARGINS.items():
        setattr(section, name, margin)
    section.different_first_page_header_footer = True


def text_width(section: Section) -> Length:
    """How wide the text between the margins is."""
    sizes = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (size or Mm(0) for size in sizes)
    return Length(width - left - right)


def add(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """A new child of an element, its attributes in the namespace of Word."""
    child: BaseOxmlElement = OxmlElement(
        tag, attrs={qn(f"w:{name}"): value for name, value in attributes.items()}
    )
    parent.append(child)
    return child


def _restyle(style: ParagraphStyle, how: Letters) -> None:
    """Put a built-in style's look aside, its name and its place in the outline stay."""
    for part in (style.element.pPr, style.element.rPr):
        if part is not None:
            style.element.remove(part)
    style.font.size, style.font.bold, style.font.italic = Pt(how.size), how.bold, how.italic
    paragraph = style.paragraph_format
    paragraph.alignment, paragraph.first_line_indent = how.align, Mm(how.indent)
    paragraph.space_before, paragraph.space_after = Pt(how.before), Pt(how.after)
    paragraph.line_spacing, paragraph.keep_with_next = how.lines, how.with_next
    if how.level is not None:
        add(style.element.get_or_add_pPr(), "w:outlineLvl", val=str(how.level))
