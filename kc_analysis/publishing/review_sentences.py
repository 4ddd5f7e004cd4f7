"""The sentences of a mid-term review: what its figures say, and nothing of what is not reported.

Each function takes a review and gives Markdown in one language, a paragraph a line.
"""

from kc_analysis.midterm.review import Review
from kc_analysis.midterm.status import THRESHOLDS
from kc_analysis.model import Text
from kc_analysis.numerals import format_number, write_number
from kc_analysis.publishing.report_outlook import outlook as outlook
from kc_analysis.publishing.report_outlook import targets as targets
from kc_analysis.publishing.report_results import causes as causes
from kc_analysis.publishing.report_results import not_reported as not_reported
from kc_analysis.publishing.report_results import results as results
from kc_analysis.publishing.report_results import spent_rates
from kc_analysis.publishing.report_words import (
    WORDS,
    Row,
    join,
    known,
    listed,
    money,
    names_of,
    percent,
    written_day,
)
from kc_analysis.publishing.sentences import Prose
from kc_analysis.wording import citation, labels


def summary(review: Review, lang: str = "vi") -> Prose:
    """How much of the plan due was spent, of what, by whom, best and worst, and what is missing.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> summary(kc.review(plan, example), "en").startswith("By 31 December 2023, ")
    True
    """
    (total,) = review.total.to_dict("records")
    day, spent = written_day(review.as_of, lang), money(total["spent_million_vnd"], lang)
    said = [
        Text(f"Đến ngày {day}, đã giải ngân **{spent}**", f"By {day}, **{spent}** had been spent")
    ]
    if known(planned := total["planned_million_vnd"]):
        due = money(planned, lang)
        said.append(Text(f" trên **{due}** kế hoạch đến hạn", f", of **{due}** planned by then"))
    if rates := spent_rates(total, lang):
        said.append(Text(f". Giải ngân đạt {rates}", f". Spending comes to {rates}"))
    sentences = ["".join(text[lang] for text in said) + "."]
    if len(review.by_source) > 1:
        names = labels(review.plan, "source", lang)
        parts = [
            f"{names[row['source']]}: {_spent(row, lang)}"
            for row in review.by_source.to_dict("records")
        ]
        sentences.append(Text("Theo nguồn: ", "By source: ")[lang] + "; ".join(parts) + ".")
    sentences += _extremes(review, lang)
    if (missing := total["not_reported_million_vnd"]) > 0:
        due = money(missing, lang)
        sentences.append(
            Text(
                f"Chưa có báo cáo về **{due}** kế hoạch; phần này không tính vào các tỷ lệ.",
                f"Of **{due}** of the plan nothing is reported; no rate counts it.",
            )[lang]
        )
    if total["under_way"]:
        year = review.as_of.year
        sentences.append(
            Text(
                f"Năm {year} chưa kết thúc; kế hoạch đến hạn gồm kế hoạch cả năm {year}.",
                f"The year {year} is not over; the plan due holds the whole of {year}.",
            )[lang]
        )
    return Prose(" ".join(sentences))


def thresholds(lang: str = "vi") -> Prose:
    """From which part of the plan on each status holds.

    Examples
    --------
    >>> thresholds("en").split("; ")[1]
    'slow: from 80% to under 95%'
    """
    names, floors = list(THRESHOLDS), list(THRESHOLDS.values())
    parts = []
    for name, floor, ceiling in zip(names, floors, [*floors[1:], None], strict=True):
        least = format_number(floor, lang)
        bounds = [Text(f"từ {least}%", f"from {least}%")[lang]] if floor else []
        if ceiling is not None:
            most = format_number(ceiling, lang)
            upper = Text(f"dưới {most}%", f"under {most}%")[lang]
            bounds.append(Text("đến ", "to ")[lang] + upper if floor else upper)
        status, span = WORDS[name][lang].lower(), " ".join(bounds)
        parts.append(Text(f"{span} là {status}", f"{status}: {span}")[lang])
    head = Text("Mức đánh giá theo tỷ lệ so với kế hoạch", "Each status by its part of the plan")
    return Prose(f"{head[lang]}: {'; '.join(parts)}.")


def origin(review: Review, lang: str = "vi") -> Prose:
    """Where the figures come from: the plan's decision, the workbook of results and its day."""
    day = written_day(review.as_of, lang)
    file = ", ".join(review.actuals.plan.origin["file"].dropna().unique())
    told = Text(f"số liệu đến ngày {day}", f"figures by {day}")[lang]
    results = f"{file} ({told})" if file else told
    label = Text("thực hiện", "results")[lang]
    return Prose(f"{citation(review.plan, lang)}; {label}: {results}.")


def effects(review: Review, lang: str = "vi") -> Prose:
    """What the money moved, in all and by source; each figure only where it is reported."""
    (total,) = review.effects.to_dict("records")
    moved = _moved(total, lang)
    if not moved:
        return Prose(
            Text(
                "Chưa có báo cáo về vốn đối ứng, số cơ sở và số lao động.",
                "Counterpart capital, establishments and jobs are not reported.",
            )[lang]
        )
    spent = money(total["spent_million_vnd"], lang)
    head = Text(f"Với {spent} đã giải ngân: ", f"With {spent} spent: ")[lang]
    tail = Text(
        "Các tỷ lệ chỉ tính trên những nội dung và năm có báo cáo cả hai số liệu.",
        "Each rate is over the lines and years in which both of its figures are reported.",
    )[lang]
    names = labels(review.plan, "source", lang)
    sources = [
        f"{names[row['source']]}: {'; '.join(facts)}."
        for row in review.effects_by_source.to_dict("records")
        if (facts := _moved(row, lang))
    ]
    return listed(sources, f"{head}{'; '.join(moved)}. {tail}")


def _spent(row: Row, lang: str) -> str:
    if not known(row["spent_million_vnd"]):
        return Text("chưa có báo cáo", "not reported")[lang]
    spent = money(row["spent_million_vnd"], lang)
    if not known(row["of_plan_pct"]):
        return spent
    rate = percent(row["of_plan_pct"], lang)
    return spent + Text(f" ({rate} kế hoạch)", f" ({rate} of the plan)")[lang]


def _extremes(review: Review, lang: str) -> list[str]:
    """The best and the worst line; nothing where there is only one."""
    frame = review.by_line.dropna(subset="of_plan_pct")
    parts = frame["of_plan_pct"].round(1)
    if frame.empty or parts.nunique() < 2:
        return []
    names = names_of(review, "line", lang)
    ends = [
        (join((names[line] for line in frame["line"][parts == end]), lang), percent(end, lang))
        for end in (parts.max(), parts.min())
    ]
    (best, most), (worst, least) = ends
    return [
        Text(
            f"So với kế hoạch của phần đã báo cáo, đạt cao nhất là {best}: {most}; thấp nhất là "
            f"{worst}: {least}.",
            f"Of the plan of what is reported, the most was spent on {best}: {most}; the least on "
            f"{worst}: {least}.",
        )[lang]
    ]


def _moved(row: Row, lang: str) -> list[str]:
    facts = []
    if known(counterpart := row["counterpart_million_vnd"]):
        said = money(counterpart, lang)
        facts.append(Text(f"vốn đối ứng {said}", f"{said} of counterpart capital"))
        if known(row["leverage"]):
            rate = format_number(row["leverage"], lang, 2)
            facts[-1] = Text(
                f"{facts[-1].vi}, bình quân mỗi đồng hỗ trợ có {rate} đồng đối ứng",
                f"{facts[-1].en}, {rate} VND for each VND of support",
            )
    for name, cost, words in (
        ("establishments", "cost_million_vnd_per_establishment", Text("cơ sở", "establishment")),
        ("jobs", "cost_million_vnd_per_job", Text("lao động", "job")),
    ):
        if not known(row[name]):
            continue
        count = write_number(row[name], lang)
        several = words.en if row[name] == 1 else f"{words.en}s"
        fact = Text(f"{count} {words.vi}", f"{count} {several}")
        if known(row[cost]):
            each = money(row[cost], lang)
            fact = Text(
                f"{fact.vi}, bình quân hỗ trợ {each}/{words.vi}",
                f"{fact.en}, {each} of support for each",
            )
        facts.append(fact)
    return [fact[lang] for fact in facts]
