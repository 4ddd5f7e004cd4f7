"""The Word report: in the decree's form, with the review's figures, and readable by an office."""

import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from functools import partial

import docx
import matplotlib
import pdfplumber
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from midterm.made_up import PLAN, actuals
from publishing.test_review_sentences import ENGLISH, NUMBER, REVIEWS, VIETNAMESE, figures, plain

import kc_analysis as kc
from kc_analysis.midterm.review import review
from kc_analysis.publishing.report import write_report
from kc_analysis.publishing.report.letterhead import committee

matplotlib.use("Agg")

MADE_UP = REVIEWS["made up"]
REAL = replace(MADE_UP, actuals=replace(MADE_UP.actuals, illustrative=False))
MARKS = {"vi": "SỐ LIỆU MINH HOẠ", "en": "ILLUSTRATIVE FIGURES"}


def pictures(plan, lang):
    """A chart that belongs to a section, and one that no section knows."""
    growth = partial(kc.charts.growth, kc.growth(plan), plan, lang=lang)
    return {"execution": growth, "growth": growth}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write a report, once for each review and language."""
    done = {}

    def _written(about, lang="vi"):
        if (id(about), lang) not in done:
            path = tmp_path_factory.mktemp("report") / "report.docx"
            drawn = pictures(about.plan, lang) if about is MADE_UP else {}
            write_report(path, about, drawn, lang)
            done[id(about), lang] = path
        return done[id(about), lang]

    return _written


@pytest.fixture(scope="module", params=["vi", "en"])
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def report(written, lang):
    return docx.Document(written(MADE_UP, lang))


def paragraphs(document):
    """Every paragraph of the body, those of tables among them."""
    return [docx.text.paragraph.Paragraph(p, document) for p in document.element.iter(qn("w:p"))]


def said(document):
    """The text, without what the form numbers by itself."""
    texts = [paragraph.text for paragraph in paragraphs(document)]
    numbered = r"^(?:Bảng|Table|Hình|Figure) \d+\. |^\d\. |Appendix [IVX]+|…/BC-…"
    return [re.sub(numbered, "", text) for text in texts]


def size(paragraph):
    sizes = {run.font.size for run in paragraph.runs} - {None}
    (one,) = sizes or {paragraph.style.font.size}
    return one.pt


def find(document, text):
    (found, *_) = [one for one in paragraphs(document) if one.text.startswith(text)]
    return found


# --- the decree's form --------------------------------------------------------------------------


def test_the_paper_is_a4_with_the_decree_s_margins(report):
    for section in report.sections:
        upright = section.orientation == WD_ORIENT.PORTRAIT
        sides = sorted((section.page_width, section.page_height))
        assert [round(side / Mm(1)) for side in sides] == [210, 297]
        assert (section.page_width < section.page_height) == upright
        assert Mm(20) - 400 <= section.bottom_margin and section.top_margin <= Mm(25) + 400
        assert Mm(30) - 400 <= section.left_margin <= Mm(35)
        assert Mm(15) - 400 <= section.right_margin <= Mm(20)


def test_the_font_is_times_new_roman_in_every_slot(report):
    (fonts,) = report.styles.element.iter(qn("w:rFonts"))
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert fonts.get(qn(f"w:{slot}")) == "Times New Roman"
    assert not list(report.element.iter(qn("w:rFonts")))


def test_sizes_are_the_decree_s(report, lang):
    nation = "CỘNG HÒA" if lang == "vi" else "SOCIALIST"
    recipients, filed = ("Nơi nhận:", "- Lưu") if lang == "vi" else ("To:", "- Filed")
    assert size(find(report, nation)) in (12, 13)
    title = find(report, "BÁO CÁO" if lang == "vi" else "REPORT")
    assert size(title) in (13, 14) and title.style.font.bold and title.alignment is None
    assert title.style.paragraph_format.alignment == ALIGN.CENTER
    last = [one for one in paragraphs(report) if one.text == recipients][-1]
    assert size(last) == 12 and last.runs[0].bold and last.runs[0].italic
    assert size(find(report, filed)) == 11
    for paragraph in paragraphs(report):
        assert 11 <= size(paragraph) <= 14


def test_the_body_is_justified_indented_and_spaced(report):
    form = report.styles["Body Text"].paragraph_format
    assert form.alignment == ALIGN.JUSTIFY
    assert Mm(10) <= form.first_line_indent <= Mm(12.8)
    assert form.space_after >= Pt(6)
    assert 1 <= form.line_spacing <= 1.5
    body = [one for one in report.paragraphs if one.style.name == "Body Text"]
    assert len(body) > 20
    assert all(one.alignment in (None, ALIGN.CENTER) for one in body)


def test_lines_stand_under_the_motto_the_office_and_the_subject(report):
    lines = list(report.element.iter(qn("w:pBdr")))
    assert len(lines) == 3
    for line in lines:
        assert line.find(qn("w:top")).get(qn("w:val")) == "single"


def test_page_numbers_stand_in_the_top_margin_but_not_on_first_pages(report):
    for section in report.sections:
        assert section.different_first_page_header_footer
        fields = section.header._element.iter(qn("w:fldSimple"))
        assert [field.get(qn("w:instr")) for field in fields] == ["PAGE"]
        assert not list(section.first_page_header._element.iter(qn("w:fldSimple")))
    assert report.styles["Header"].paragraph_format.alignment == ALIGN.CENTER
    assert report.styles["Header"].font.size.pt in (13, 14)


def test_each_appendix_starts_a_page_and_counts_its_own(report, lang):
    word = "Phụ lục" if lang == "vi" else "Appendix"
    titles = [one.text for one in report.paragraphs if one.style.name == "Heading 1"]
    appendices = [title for title in titles if re.fullmatch(rf"{word} [IVX]+", title)]
    assert appendices[:4] == [f"{word} {number}" for number in ("I", "II", "III", "IV")]
    assert len(report.sections) == 1 + len(appendices)
    for section in report.sections[1:]:
        (number,) = section._sectPr.iter(qn("w:pgNumType"))
        assert number.get(qn("w:start")) == "1"
    text = "\n".join(one.text for one in report.paragraphs if one.style.name == "Body Text")
    for appendix in appendices:
        assert re.search(rf"{appendix}\b", text), appendix


def test_headings_are_real(report):
    levels = [one.style.name for one in report.paragraphs if one.style.name.startswith("Heading")]
    assert levels.count("Heading 1") > 7 and levels.count("Heading 2") == 4
    for level, name in enumerate(("Heading 1", "Heading 2")):
        (outline,) = report.styles[name].element.iter(qn("w:outlineLvl"))
        assert outline.get(qn("w:val")) == str(level)
        assert report.styles[name].font.bold and report.styles[name].font.color.rgb is None


def test_tables_repeat_their_heads_and_break_no_row(report):
    tables = [table for table in report.tables if table.style.name == "Table Grid"]
    assert len(tables) == 7
    for table in tables:
        assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert len(list(table._tbl.iter(qn("w:cantSplit")))) == len(table.rows)
        for row in table.rows[1:]:
            for cell in row.cells:
                number = re.fullmatch(r"[−+]?\d[\d.,]*|–", cell.text)
                assert (cell.paragraphs[0].alignment == ALIGN.RIGHT) == bool(number), cell.text


def test_nothing_is_wider_than_the_text(report):
    for table, section in zip(
        [table for table in report.tables if table.style.name == "Table Grid"],
        report.sections[1:],
        strict=False,
    ):
        room = section.page_width - section.left_margin - section.right_margin
        # Word counts in twentieths of a point.
        assert sum(cell.width for cell in table.rows[0].cells) <= room + len(table.columns) * 635
        # A column has room for its longest word.
        for column in table.columns:
            words = [word for cell in column.cells for word in cell.text.split()]
            assert max(map(len, words)) * Mm(2) <= column.width, words
    for shape in report.inline_shapes:
        assert shape.width <= Mm(165) + 635 and shape.height <= Mm(200)


def test_pictures_have_captions_and_tell_what_they_show(report, lang):
    assert len(report.inline_shapes) == 2
    for shape in report.inline_shapes:
        told = shape._inline.docPr.get("descr")
        assert "2021–2025" in told and "470/QĐ-UBND" in told
    captions = [one for one in report.paragraphs if one.style.name == "Caption"]
    codes = [f.get(qn("w:instr")) for one in captions for f in one._p.iter(qn("w:fldSimple"))]
    words = ("Bảng", "Hình") if lang == "vi" else ("Table", "Figure")
    assert [codes.count(f"SEQ {word} \\* ARABIC") for word in words] == [7, 2]


def test_the_language_and_the_title_are_set(report, lang):
    code = {"vi": "vi-VN", "en": "en-GB"}[lang]
    (language,) = report.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:val")) == code
    about = report.core_properties
    assert (about.language, about.author, about.comments) == (code, "", "")
    assert about.title and "2021 - 2025" in about.subject


# --- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["made up", "another cycle", "three sources", "as planned", "one figure"]
)
def test_every_number_is_one_of_the_figures(written, lang, name):
    about = REVIEWS[name]
    document = docx.Document(written(about, lang))
    known = figures(about, lang)
    cycle = about.plan.cycle.replace("-", " - ")
    for text in said(document):
        assert set(NUMBER.findall(plain(text.replace(cycle, ""), about))) <= known, text
        assert not re.search(r"\b[Nn]a[Nn]\b|<NA>|None", text), text


@pytest.mark.parametrize("name", ["made up", "another cycle", "three sources"])
def test_the_text_is_in_one_language(written, lang, name):
    document = docx.Document(written(REVIEWS[name], lang))
    other = VIETNAMESE if lang == "en" else ENGLISH
    for text in said(document):
        assert unicodedata.is_normalized("NFC", text)
        # Proper names, and what the decision calls its articles, stay as they are.
        plain_text = re.sub(r"Cao Bằng|CAO BẰNG|QĐ-UBND|Phần [IV.\d]+", "", text)
        assert not other.search(plain_text), text


def test_what_the_office_has_to_write_is_marked(report, lang):
    blanks = [run for one in paragraphs(report) for run in one.runs if "[" in run.text]
    assert all(run.font.highlight_color for run in blanks)
    reason = "[Đơn vị ghi nguyên nhân …]" if lang == "vi" else "[The office writes the reasons …]"
    # One for each line that departs from the plan.
    assert sum(run.text == reason for run in blanks) == 3


def test_made_up_figures_are_called_so_everywhere(report, lang):
    mark = MARKS[lang]
    title = find(report, "BÁO CÁO" if lang == "vi" else "REPORT")
    texts = [one.text for one in report.paragraphs]
    assert mark in texts[texts.index(title.text) : texts.index(title.text) + 4]
    for section in report.sections:
        for header in (section.header, section.first_page_header):
            assert mark in [one.text for one in header.paragraphs]
    captions = [one.text for one in report.paragraphs if one.style.name == "Caption"]
    assert len(captions) == 9 and all(mark in caption for caption in captions)


def test_real_figures_are_not(written, lang):
    document = docx.Document(written(REAL, lang))
    texts = [one.text for one in paragraphs(document)]
    texts += [one.text for section in document.sections for one in section.header.paragraphs]
    assert not [text for text in texts if MARKS[lang] in text]


def test_the_source_of_the_figures_is_cited(report, lang):
    cited = "Quyết định số 470/QĐ-UBND" if lang == "vi" else "Decision 470/QĐ-UBND"
    notes = [one.text for one in report.paragraphs if one.style.name == "Quote"]
    assert len(notes) == 7
    day = "31/12/2023" if lang == "vi" else "31 December 2023"
    assert all(cited in note and day in note for note in notes)


def test_a_plan_of_which_no_decision_is_known(tmp_path, lang):
    plan = replace(MADE_UP.plan, number=None, issued=None, issuer=None)
    write_report(tmp_path / "report.docx", replace(MADE_UP, plan=plan), {}, lang)
    document = docx.Document(tmp_path / "report.docx")
    assert find(document, "[").runs[0].font.highlight_color
    assert any(committee(None, lang) in one.text for one in document.paragraphs)
    assert not any("QĐ-UBND của" in one.text for one in document.paragraphs)


@pytest.mark.parametrize(
    ("issuer", "vi", "en"),
    [
        (
            "Ủy ban nhân dân thành phố Đà Nẵng",
            "Ủy ban nhân dân thành phố Đà Nẵng",
            "People's Committee of Đà Nẵng city",
        ),
        ("BỘ CÔNG THƯƠNG", "BỘ CÔNG THƯƠNG", "BỘ CÔNG THƯƠNG"),
    ],
)
def test_the_committee_is_called_by_its_name(issuer, vi, en):
    assert (committee(issuer, "vi"), committee(issuer, "en")) == (vi, en)


# --- the file -----------------------------------------------------------------------------------


def test_the_same_review_gives_the_same_bytes(written, tmp_path):
    write_report(tmp_path / "again.docx", MADE_UP, pictures(MADE_UP.plan, "vi"), "vi")
    assert (tmp_path / "again.docx").read_bytes() == written(MADE_UP, "vi").read_bytes()


def test_a_report_that_fails_leaves_the_old_one(tmp_path):
    def fail():
        raise RuntimeError

    path = tmp_path / "report.docx"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_report(path, MADE_UP, {"execution": fail})
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_libreoffice_opens_it(written, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        assert os.environ.get("CI_OFFICE") != "1", "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")
    path = written(MADE_UP, "vi")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, timeout=300, capture_output=True)
    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        texts = [unicodedata.normalize("NFC", page.extract_text()) for page in pdf.pages]
        wide = [page.width > page.height for page in pdf.pages]
    document = docx.Document(path)
    assert len(texts) > len(document.sections) > 3
    assert any(wide) and not wide[0]
    assert all(MARKS["vi"] in text for text in texts)
    assert "\n2\n" in f"\n{texts[1][:40]}" and not re.match(r"1\b", texts[0])
    letters = {c for one in paragraphs(document) for c in one.text if c.isalpha()}
    assert len(letters - set("abcdefghijklmnopqrstuvwxyz")) > 60
    assert letters <= set("".join(texts))


def test_a_scenario_as_the_base_is_named_in_the_opening(tmp_path):
    cut = kc.apply_scenario(PLAN, kc.load_scenario("national-cut"))
    path = tmp_path / "report.docx"
    write_report(path, review(cut, actuals()), {})
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "Thực hiện Quyết định số 470/QĐ-UBND" in text
    assert f"so với phương án “{cut.variant.vi}”" in text
