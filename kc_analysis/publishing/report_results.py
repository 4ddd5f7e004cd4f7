"""A review's sentences on what was carried out: by source, line and year, and against the plan."""

from typing import Any

from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.numerals import write_number
from kc_analysis.publishing.report_words import (
    WORDS,
    Row,
    figure,
    join,
    known,
    listed,
    money,
    names_of,
    percent,
    units_of,
)
from kc_analysis.publishing.sentences import Prose

_CAUSES = {
    "volume_million_vnd": Text("khối lượng", "volume"),
    "unit_cost_million_vnd": Text("đơn giá", "unit cost"),
    "new_million_vnd": Text("thực hiện ngoài kế hoạch", "work outside the plan"),
    "ended_million_vnd": Text("không thực hiện", "work not carried out"),
    "unsplit_million_vnd": Text(
        "chưa tách được vì thiếu khối lượng", "not split for want of quantities"
    ),
}


def results(review: Review, by: str, lang: str = "vi") -> Prose:
    """What was planned, allocated, spent, delivered: a bullet each source, line or year.

    Parameters
    ----------
    review : Review
    by : {"source", "line", "year"}
    lang : {"vi", "en"}
    """
    frame = {"source": review.by_source, "line": review.by_line, "year": review.by_year}[by]
    names = names_of(review, by, lang)
    work: dict[Any, Row] = {}
    if by == "line":
        work = {row["line"]: row for row in review.delivery.to_dict("records")}
    units = units_of(review, lang)
    bullets = []
    for row in frame.to_dict("records"):
        facts = _amounts(row, lang)
        if row[by] in work:
            facts += _quantities(work[row[by]], units[row[by]], lang)
        if known(row["status"]) and row["status"] != "not_reported":
            said = WORDS[row["status"]][lang].lower()
            facts.append(Text(f"tình trạng: {said}", f"status: {said}")[lang])
        bullets.append(f"**{names[row[by]]}**: {'; '.join(facts)}.")
    return listed(bullets)


def not_reported(review: Review, lang: str = "vi") -> Prose:
    """The lines and years of the plan due of which nothing is known."""
    cells = review.cells
    missing = cells[cells["spent_million_vnd"].isna() & cells["planned_million_vnd"].gt(0)]
    names = names_of(review, "line", lang)
    bullets = []
    for line, years in missing.groupby("line", sort=False):
        missed = join(
            (
                f"{row['year']} ({money(row['planned_million_vnd'], lang)})"
                for row in years.to_dict("records")
            ),
            lang,
        )
        bullets.append(f"{names[line]}: {Text('năm ', '')[lang]}{missed}.")
    everything = Text(
        "Mọi nội dung của kế hoạch đến hạn đều đã có báo cáo.",
        "All of the plan due is reported on.",
    )
    return listed(bullets) if bullets else Prose(everything[lang])


def causes(review: Review, lang: str = "vi") -> Prose:
    """Why more or less was spent than planned, as far as figures show: in all, then by line.

    What the workbook of results notes of a line is quoted as it stands there.
    """
    frame, names = review.variance, names_of(review, "line", lang)
    whole = frame[[*_CAUSES, "change_million_vnd"]].sum().to_dict()
    head = Text("Tính trên phần đã báo cáo, giải ngân ", "Of what is reported, spending is ")
    off = frame[frame[list(_CAUSES)].abs().ge(0.05).any(axis=1)]
    bullets = [
        Text(
            f"{names[row['line']]}: giải ngân {_change(row, lang)}.",
            f"{names[row['line']]}: spending is {_change(row, lang)}.",
        )[lang]
        + _noted(review, row["line"], lang)
        for row in off.to_dict("records")
    ]
    return listed(bullets, f"{head[lang]}{_change(whole, lang)}.")


def spent_rates(row: Row, lang: str) -> str:
    """Spent in per cent of the plan and of the allocation, as far as they are known."""
    said = []
    if known(row["of_plan_pct"]):
        whole = Text("kế hoạch", "the plan")
        if row["not_reported_million_vnd"] > 0:
            whole = Text("kế hoạch của phần đã báo cáo", "the plan of what is reported")
        rate = percent(row["of_plan_pct"], lang)
        said.append(Text(f"**{rate}** {whole.vi}", f"**{rate}** of {whole.en}")[lang])
    if known(row["of_allocation_pct"]):
        rate = percent(row["of_allocation_pct"], lang)
        whole = Text("kinh phí được giao", "the allocation")
        # The rate leaves out what is allocated or spent where the other is not reported.
        of_all = 100 * row["spent_million_vnd"] / row["allocated_million_vnd"]
        if abs(row["of_allocation_pct"] - of_all) >= 0.05:
            whole = Text(
                f"{whole.vi} (ở phần có cả hai số liệu)", f"{whole.en} (where both are reported)"
            )
        said.append(Text(f"{rate} {whole.vi}", f"{rate} of {whole.en}")[lang])
    return join(said, lang) if said else ""


def _amounts(row: Row, lang: str) -> list[str]:
    names = ("planned", "allocated", "spent", "not_reported")
    planned, allocated, spent, missing = (row[f"{name}_million_vnd"] for name in names)
    facts = [Text("ngoài kế hoạch", "outside the plan")]
    if planned > 0:
        facts = [Text(f"kế hoạch {money(planned, lang)}", f"planned {money(planned, lang)}")]
    if known(allocated):
        facts.append(
            Text(f"được giao {money(allocated, lang)}", f"allocated {money(allocated, lang)}")
        )
    if not known(spent):
        facts.append(Text("chưa có báo cáo giải ngân", "spending not reported"))
    else:
        rates = spent_rates(row, lang)
        said = money(spent, lang)
        facts.append(
            Text(f"giải ngân {said}, đạt {rates}", f"spent {said}, {rates}")
            if rates
            else Text(f"giải ngân {said}", f"spent {said}")
        )
        if missing > 0:
            said = money(missing, lang)
            facts.append(Text(f"chưa báo cáo {said} kế hoạch", f"{said} of the plan not reported"))
    return [fact[lang] for fact in facts]


def _quantities(row: Row, unit: str, lang: str) -> list[str]:
    delivered, planned = row["delivered_quantity"], row["planned_quantity"]
    if not known(delivered):
        return []
    said = write_number(delivered, lang)
    facts = [Text(f"thực hiện {said}", f"{said} delivered")]
    if planned > 0:
        said = write_number(planned, lang)
        facts.append(Text(f"kế hoạch {said}", f"{said} planned"))
    if (missing := row["not_reported_quantity"]) > 0:
        said = write_number(missing, lang)
        facts.append(Text(f"chưa báo cáo {said}", f"{said} not reported"))
    told = ", ".join(fact[lang] for fact in facts)
    return [Text(f"khối lượng ({unit.lower()}): {told}", f"{unit}: {told}")[lang]]


def _noted(review: Review, line: str, lang: str) -> str:
    """What the workbook notes of a line, year by year."""
    noted = review.cells[review.cells["line"].eq(line) & review.cells["note"].notna()]
    notes = "; ".join(
        f"{row['year']}: “{' '.join(row['note'].split())}”" for row in noted.to_dict("records")
    )
    head = Text(" Ghi chú của đơn vị: ", " The office notes: ")[lang]
    return f"{head}{notes}." if notes else ""


def _change(row: Row, lang: str) -> str:
    """Below, above or on the plan, and what that is made of."""
    change = row["change_million_vnd"]
    if abs(change) < 0.05:
        said = Text("bằng kế hoạch", "on the plan")
    else:
        by = money(abs(change), lang)
        said = (
            Text(f"thấp hơn kế hoạch {by}", f"{by} below the plan")
            if change < 0
            else Text(f"cao hơn kế hoạch {by}", f"{by} above the plan")
        )
    parts = "; ".join(
        f"{name[lang]} {figure(row[cause], lang, sign=True)}"
        for cause, name in _CAUSES.items()
        if abs(row[cause]) >= 0.05
    )
    return f"{said[lang]} ({parts})" if parts else said[lang]
