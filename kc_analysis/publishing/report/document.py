"""A review's report from its letterhead to its last appendix."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from matplotlib.axes import Axes

from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.publishing.aside import aside
from kc_analysis.publishing.report import letterhead
from kc_analysis.publishing.report.contents import ANNEXES, SECTIONS, Part, shown
from kc_analysis.publishing.report.paper import Paper
from kc_analysis.publishing.report_words import join, written_day
from kc_analysis.publishing.review_sentences import origin
from kc_analysis.wording import citation

Pictures = Mapping[str, Callable[[], Axes]]

ILLUSTRATIVE = Text("SỐ LIỆU MINH HOẠ", "ILLUSTRATIVE FIGURES")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_CHARTS = Text("Biểu đồ", "Charts")
_APPENDIX = Text("Phụ lục", "Appendix")


def write_report(path: Path | str, review: Review, pictures: Pictures, lang: str = "vi") -> None:
    """Write a review as a Word report to the People's Committee.

    The form is that of Decree 30/2020/NĐ-CP, Appendix I. What only the office knows (its name,
    number and date, the reasons behind the figures, who signs) is left to be filled, in brackets
    and marked. The file takes its place when all of it is written; the same review gives the same
    bytes.

    Parameters
    ----------
    path : Path or str
        A ``.docx``; one that is there is replaced.
    review : Review
    pictures : mapping
        Name to what draws a chart, as ``review_gallery`` gives them. A chart that no section knows
        comes in an appendix of its own.
    lang : {"vi", "en"}

    Examples
    --------
    >>> import tempfile
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_report(Path(folder, "report.docx"), kc.review(plan, example), {})
    ...     Path(folder, "report.docx").exists()
    True
    """
    path = Path(path)
    mark = ILLUSTRATIVE[lang] if review.actuals.illustrative else ""
    paper, subject = Paper(lang, mark), _subject(review, lang)
    letterhead.add_letterhead(paper, review.plan.issuer)
    letterhead.add_title(paper, subject)
    letterhead.add_address(paper, review.plan.issuer)
    paper.add(_opening(review, lang))
    tables = {name: shown(review, annex, lang) for name, annex in ANNEXES.items()}
    tables = {name: table for name, table in tables.items() if not table.empty}
    numbers = dict(zip(tables, _ROMAN, strict=False))
    for number, (title, parts) in zip(_ROMAN, SECTIONS, strict=False):
        paper.document.add_heading(f"{number}. {title[lang].upper()}", 1)
        for place, part in enumerate(parts, 1):
            if part.title:
                paper.document.add_heading(f"{place}. {part.title[lang]}", 2)
            _add_part(paper, part, review, numbers, pictures)
    known = {name for _, parts in SECTIONS for part in parts for name in part.pictures}
    rest = [draw for name, draw in pictures.items() if name not in known]
    if rest:
        others = f"{_APPENDIX[lang]} {_ROMAN[len(tables)]}"
        paper.add(Text(f"Các biểu đồ khác ở {others}.", f"More charts are in {others}.")[lang])
    paper.add(_closing(review, lang))
    # A signature never stands on a page without text.
    for paragraph in paper.document.paragraphs[-2:]:
        paragraph.paragraph_format.keep_with_next = True
    letterhead.add_signature(paper)
    note = origin(review, lang)
    for name, table in tables.items():
        annex = ANNEXES[name]
        paper.appendix(
            f"{_APPENDIX[lang]} {numbers[name]}", annex.title[lang], _with(lang), wide=annex.wide
        )
        unit = f", {annex.unit[lang]}" if annex.unit else ""
        paper.table(table, annex.title[lang] + unit, note, total=bool(annex.total))
    if rest:
        paper.appendix(others, _CHARTS[lang], _with(lang))
        for draw in rest:
            paper.picture(draw)
    with aside(path.parent) as folder:
        day = datetime.combine(review.as_of, time())
        paper.save(folder / path.name, letterhead.REPORT[lang], subject, day)


def _add_part(
    paper: Paper, part: Part, review: Review, numbers: Mapping[str, str], pictures: Pictures
) -> None:
    lang = paper.lang
    blank = part.blank[lang] if part.blank else ""
    for line in part.says(review, lang).splitlines():
        paper.add(line)
        if blank and part.each and line.startswith("- "):
            paper.add(blank)
    if blank and not part.each:
        paper.add(blank)
    if annexes := [
        f"{_APPENDIX[lang]} {numbers[name]}" for name in part.annexes if name in numbers
    ]:
        listed = join(annexes, lang)
        paper.add(Text(f"Chi tiết tại {listed}.", f"Details are in {listed}.")[lang])
    for name in part.pictures:
        if name in pictures:
            paper.picture(pictures[name])


def _subject(review: Review, lang: str) -> str:
    cycle = review.plan.cycle.replace("-", " - ")
    return Text(
        f"Sơ kết giữa kỳ việc thực hiện kế hoạch khuyến công giai đoạn {cycle}",
        f"Mid-term review of the industrial promotion plan {cycle}",
    )[lang]


def _opening(review: Review, lang: str) -> str:
    """On what ground who reports what, up to which day."""
    plan, subject = review.plan, _subject(review, lang)
    day, office = written_day(review.as_of, lang), letterhead.OFFICE[lang]
    subject = subject[0].lower() + subject[1:]
    ground = ""
    if plan.number:
        decision = citation(replace(plan, variant=None), lang).partition(": ")[2]
        by = letterhead.committee(plan.issuer, lang)
        ground = Text(
            f"Thực hiện {decision} của {by}, ", f"In carrying out {decision} of the {by}, "
        )[lang]
    against = ""
    if plan.variant:
        name = plan.variant[lang]
        against = Text(
            f", so với phương án “{name}” thay cho kế hoạch đã duyệt",
            f", held against the variant “{name}” in place of the approved plan",
        )[lang]
    return (
        ground
        + Text(
            f"{office} báo cáo {subject}{against}, tính đến ngày {day}, như sau:",
            f"{office} reports the {subject}{against}, by {day}, as follows:",
        )[lang]
    )


def _closing(review: Review, lang: str) -> str:
    committee, subject = letterhead.committee(review.plan.issuer, lang), _subject(review, lang)
    subject, office = subject[0].lower() + subject[1:], letterhead.OFFICE[lang]
    return Text(
        f"Trên đây là báo cáo {subject}; {office} kính báo cáo {committee} xem xét, chỉ đạo./.",
        f"This is the {subject}, which {office} submits to the {committee}.",
    )[lang]


def _with(lang: str) -> str:
    """Which document an appendix goes with, to be filled."""
    office = letterhead.OFFICE[lang]
    return Text(
        f"(Kèm theo Báo cáo số …/BC-… ngày … tháng … năm … của {office})",
        f"(With Report No. …/BC-… of … … … of {office})",
    )[lang]
