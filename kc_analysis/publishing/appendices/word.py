"""The appendices in Word, as a decision prints them."""

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kc_analysis.model import Plan
from kc_analysis.numerals import write_number
from kc_analysis.publishing.appendices.layout import DRAFT, MILLION, Appendix, appendix
from kc_analysis.publishing.aside import new_file
from kc_analysis.wording import citation


def write_appendices_word(path: Path, plan: Plan, lang: str = "vi") -> None:
    """Write a plan's two appendices, each on pages of its own.

    Word adds up by the marks of the computer that it runs on, so that the totals are figures here;
    ``check`` finds any that an edited line no longer bears out. A plan without a number is marked
    as a draft at the head of each page.

    Parameters
    ----------
    path : Path
        A new file.
    plan : Plan
    lang : {"vi", "en"}
        ``read_plan`` reads back what is written in Vietnamese, as decisions are.

    Raises
    ------
    DataError
        If the file is there already.
    """
    document = docx.Document()
    document.core_properties.title = plan.title
    document.core_properties.author = ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    if not plan.number:
        head = page.header.paragraphs[0]
        head.alignment = ALIGN.RIGHT
        head.add_run(DRAFT[lang]).bold = True
    for table in ("budget", "quantities"):
        if table == "quantities":
            document.add_page_break()
        part = appendix(plan, table, lang)
        for text in (part.name, part.title):
            _line(document, text, ALIGN.CENTER).bold = True
        _line(document, part.attached, ALIGN.CENTER).italic = True
        if table == "budget":
            _line(document, MILLION[lang], ALIGN.RIGHT).italic = True
        _add_table(document, part, lang)
        _line(document, citation(plan, lang), ALIGN.LEFT).italic = True
        for note in () if plan.number or table == "quantities" else plan.notes:
            _line(document, note.message[lang], ALIGN.LEFT).italic = True
    with new_file(path) as aside:
        document.save(str(aside))


def _line(document: Any, text: str, align: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(3)
    return paragraph.add_run(text)


def _add_table(document: Any, part: Appendix, lang: str) -> None:
    rows: list[tuple[bool, list[str]]] = [(True, part.heads)]
    for row in part.rows:
        values = [*(part.value(row, year) for year in part.years), part.total(row)]
        if len(part.heads) > part.leading + len(values):
            values += [row.prices.get(year) for year in part.years]
        written = ["" if value is None else write_number(value, lang) for value in values]
        texts = [row.number, row.title, row.unit][: part.leading]
        rows.append((row.level != "line", texts + written))
    table = document.add_table(len(rows), len(part.heads), "Table Grid")
    table.autofit = False
    leading, figures = part.leading, len(part.heads) - part.leading
    # Many columns of figures are narrow: they need small letters, and room from the titles.
    narrow = figures > 8
    widths = [Mm(12), Mm(56 if narrow else 86), *[Mm(20)] * (leading - 2)]
    widths += [Mm((252 - sum(width.mm for width in widths)) / figures)] * figures
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for i, (bold, texts) in enumerate(rows):
        cells = table.rows[i].cells
        for column, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold, run.font.size = bold, Pt(10) if narrow else None
            if i == 0 or column != 1:
                paragraph.alignment = ALIGN.CENTER if i == 0 or column < leading else ALIGN.RIGHT
        row_properties = table.rows[i]._tr.get_or_add_trPr()
        row_properties.append(OxmlElement("w:cantSplit"))
        if i == 0:
            row_properties.append(OxmlElement("w:tblHeader"))
