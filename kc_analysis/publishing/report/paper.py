"""A document that grows: headings, paragraphs, tables, pictures, appendices."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pandas as pd
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from matplotlib.axes import Axes

from kc_analysis import charts
from kc_analysis.model import Text
from kc_analysis.publishing.report.form import LANGUAGES, add, set_form, text_width, turn

_NUMBER = re.compile(r"[−+]?\d[\d.,]*|–")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BLANK = re.compile(r"(\[[^\]]*\])")
_CAPTIONS = {"table": Text("Bảng", "Table"), "picture": Text("Hình", "Figure")}
# A column has room for its longest word; what is left goes to those with more to say, up to so
# many letters.
_PADDING, _BOLD_LETTER, _LETTER, _LONGEST = Mm(6), Mm(2.4), Mm(2.3), 40


class Paper:
    """A Word document in the decree's form.

    Parameters
    ----------
    lang : {"vi", "en"}
    mark : str
        What every page, table and picture has to say; "" for nothing.
    """

    def __init__(self, lang: str, mark: str = "") -> None:
        self.lang, self.mark = lang, mark
        self.document = docx.Document()
        set_form(self.document, lang)
        self._counts = dict.fromkeys(_CAPTIONS, 0)
        section = self.document.sections[0]
        add_field(section.header.paragraphs[0], "PAGE", "2")
        if mark:
            first = section.first_page_header.paragraphs[0]
            for line in (section.header.add_paragraph(style="Header"), first):
                line.add_run(mark).bold = True

    @property
    def width(self) -> Length:
        """How wide the text is."""
        return text_width(self.document.sections[-1])

    def add(self, text: str, style: str = "Body Text") -> Paragraph:
        """A paragraph: what is between asterisks bold, what is to be filled in brackets marked."""
        paragraph = self.document.add_paragraph(style=style)
        for index, piece in enumerate(_BOLD.split(text)):
            for part in _BLANK.split(piece):
                if part:
                    run = paragraph.add_run(part)
                    run.bold = True if index % 2 else None
                    if _BLANK.fullmatch(part):
                        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return paragraph

    def rule(self, length: Length) -> None:
        """A line of a given length in the middle, under what stands above it."""
        draw_line(self.document.add_paragraph(), length, self.width)

    def table(self, frame: pd.DataFrame, title: str, note: str, *, total: bool = False) -> None:
        """A table of text with its caption above, its head repeated, and its source below."""
        self._caption("table", title).paragraph_format.keep_with_next = True
        table = self.document.add_table(len(frame) + 1, len(frame.columns), "Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        rows = [list(frame.columns), *frame.to_numpy().tolist()]
        for index, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            properties = row._tr.get_or_add_trPr()
            add(properties, "w:cantSplit")
            if index == 0:
                add(properties, "w:tblHeader")
            strong = index == 0 or (total and index == len(frame))
            for cell, text in zip(row.cells, texts, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.add_run(text).bold = strong or None
                if index == 0:
                    paragraph.alignment = ALIGN.CENTER
                    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                elif _NUMBER.fullmatch(text):
                    paragraph.alignment = ALIGN.RIGHT
                # The last row takes its source along to the next page.
                paragraph.paragraph_format.keep_with_next = index == len(frame) or None
        set_widths(table, shared(frame, self.width))
        self.add(note, "Quote")

    def picture(self, draw: Callable[[], Axes]) -> None:
        """A chart with its caption below; its title and note tell those who do not see it."""
        ax = draw()
        title = ax.get_title(loc="left")
        told = f"{title}. {' '.join(ax.get_xlabel().split())}"
        paragraph = self.document.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.keep_with_next = ALIGN.CENTER, True
        paragraph.paragraph_format.space_before = Pt(6)
        with TemporaryDirectory() as folder:
            path, _ = charts.save(ax, Path(folder, "chart"))
            shape = paragraph.add_run().add_picture(str(path), self.width)
        highest = Mm(200)
        if shape.height > highest:
            shape.width, shape.height = Length(shape.width * highest // shape.height), highest
        shape._inline.docPr.set("descr", told)
        self._caption("picture", title)

    def appendix(self, number: str, title: str, source: str, *, wide: bool = False) -> None:
        """An appendix on a new page, its pages numbered from one, on its side if it is wide."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        turn(section, wide=wide)
        properties = section._sectPr
        if properties.find(qn("w:pgNumType")) is None:
            numbering = add(properties, "w:pgNumType", start="1")
            properties.find(qn("w:cols")).addprevious(numbering)
        heading = self.document.add_heading(number, 1)
        name = self.document.add_paragraph(title.upper(), "Subtitle")
        whence = self.add(source, "Subtitle")
        for run in whence.runs:
            run.bold, run.italic = False, True
        for paragraph in (heading, name, whence):
            paragraph.alignment, paragraph.paragraph_format.first_line_indent = ALIGN.CENTER, Mm(0)
            paragraph.paragraph_format.space_before = Pt(0)
            paragraph.paragraph_format.space_after = Pt(6)

    def save(self, path: Path, title: str, subject: str, day: datetime) -> None:
        """Write the document; the same content gives the same bytes."""
        about = self.document.core_properties
        about.title, about.subject, about.language = title, subject, LANGUAGES[self.lang]
        about.author = about.comments = about.last_modified_by = about.keywords = ""
        about.created = about.modified = day
        made = io.BytesIO()
        self.document.save(made)
        with (
            zipfile.ZipFile(made) as parts,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package,
        ):
            for name in parts.namelist():
                # A member without a time of its own gets that of the first day that a zip knows.
                package.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)

    def _caption(self, kind: str, title: str) -> Paragraph:
        self._counts[kind] += 1
        word = _CAPTIONS[kind][self.lang]
        paragraph = self.document.add_paragraph(f"{word} ", "Caption")
        add_field(paragraph, f"SEQ {word} \\* ARABIC", str(self._counts[kind]))
        marked = f" ({self.mark})" if self.mark else ""
        paragraph.add_run(f". {title}{marked}")
        return paragraph


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field that Word computes; what it shows until then."""
    field = add(paragraph._p, "w:fldSimple", instr=code)
    run = add(field, "w:r")
    add(run, "w:t").text = shown


def draw_line(paragraph: Paragraph, length: Length, width: Length) -> None:
    """Make a paragraph a line of a given length in the middle of a width."""
    side = Length((width - length) // 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.first_line_indent = Mm(0)
    form.line_spacing, form.space_before, form.space_after = Pt(3), Pt(3), Pt(0)
    properties = paragraph._p.get_or_add_pPr()
    borders = add(properties, "w:pBdr")
    add(borders, "w:top", val="single", sz="6", space="0", color="000000")
    # Word wants a paragraph's properties in their order.
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def shared(frame: pd.DataFrame, width: Length) -> list[Length]:
    """The columns' parts of a width, by what stands in them."""
    least, wishes = [], []
    for heading, column in frame.items():
        in_head = max(map(len, str(heading).split())) * _BOLD_LETTER
        in_cells = max(len(word) for text in column for word in text.split(" ")) * _LETTER
        least.append(_PADDING + max(in_head, in_cells))
        wishes.append(max(0, min(max(map(len, column)), _LONGEST) * _LETTER - least[-1]))
    rest = max(0, width - sum(least)) / max(1, sum(wishes))
    room = [own + wish * rest for own, wish in zip(least, wishes, strict=True)]
    return [Length(int(width * own / sum(room))) for own in room]


def set_widths(table: Table, widths: list[Length]) -> None:
    """Set the columns, of which Word heeds the cells' and others the table's."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
