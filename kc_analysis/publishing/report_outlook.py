"""A review's sentences on the decision's targets and on where the cycle ends."""

from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.numerals import write_number
from kc_analysis.publishing.report_words import (
    WORDS,
    Row,
    counted,
    known,
    listed,
    money,
    names_of,
    percent,
)
from kc_analysis.publishing.sentences import Prose
from kc_analysis.wording import labels


def targets(review: Review, lang: str = "vi") -> Prose:
    """How many of the decision's targets are reached, then each that can be judged."""
    frame = review.targets
    if frame.empty:
        return Prose(Text("Kế hoạch không kèm chỉ tiêu.", "The plan has no targets.")[lang])
    counts = frame["status"].value_counts()
    tally = "; ".join(
        f"{WORDS[status][lang].lower()}: {counts[status]}"
        for status in ("reached", "not_yet", "other_unit", "no_line")
        if status in counts
    )
    count = len(frame)
    head = Text(
        f"Trong {count} chỉ tiêu của kế hoạch, tính theo số đã báo cáo: {tally}.",
        f"Of the plan's {counted(count, 'target', 'targets')}, by what is reported: {tally}.",
    )
    judged = frame[frame["status"].isin(["reached", "not_yet"])]
    bullets = [_target(row, lang) for row in judged.to_dict("records")]
    return listed(bullets, head[lang])


def outlook(review: Review, lang: str = "vi") -> Prose:
    """Where the cycle ends, three ways; whether catching up is plausible, in all and by line."""
    (whole,) = review.outlook.to_dict("records")
    cycle = review.plan.cycle.replace("-", "–")
    planned, spent = (
        money(whole[name], lang) for name in ("planned_cycle_million_vnd", "spent_million_vnd")
    )
    sentences = [
        Text(
            f"Kế hoạch cả giai đoạn {cycle} là **{planned}**; đến nay đã giải ngân {spent}.",
            f"The plan of the whole cycle {cycle} is **{planned}**; so far {spent} has been spent.",
        )[lang]
    ]
    if whole["remaining_million_vnd"] > 0 and known(whole["as_planned_million_vnd"]):
        sentences.append(_ways(whole, lang))
    if known(whole["needed_million_vnd_per_year"]):
        sentences.append(_needed(whole, lang))
    if (review.total["not_reported_million_vnd"] > 0).any():
        sentences.append(
            Text(
                "Phần kế hoạch chưa báo cáo được coi là chưa giải ngân.",
                "What is not reported is taken as not spent.",
            )[lang]
        )
    names = labels(review.plan, "source", lang)
    bullets = [
        f"{names[row['source']]}: {_needed(row, lang, begin=False)}"
        for row in review.outlook_by_source.to_dict("records")
        if known(row["needed_million_vnd_per_year"])
    ]
    return listed([*bullets, *_plausible(review, lang)], " ".join(sentences))


def _target(row: Row, lang: str) -> str:
    done, asked = (
        "–".join(dict.fromkeys(write_number(row[name], lang) for name in names if known(row[name])))
        for names in (("done_low", "done_high"), ("low", "high"))
    )
    per = Text(" mỗi năm", " a year")[lang] if row["per"] == "year" else ""
    part = percent(row["done_pct"], lang)
    units = [str(row[name]) for name in (f"done_unit_{lang}", f"unit_{lang}")]
    if lang == "vi":
        done_unit, unit = (name.lower() for name in units)
        return (
            f"{row['what_vi']}: đã báo cáo {done} {done_unit}{per}; chỉ tiêu {asked} "
            f"{unit}{per}; đạt {part}."
        )
    return f"{row['what_en']} ({units[1]}{per}): {done} reported; {asked} asked for; {part}."


def _ways(row: Row, lang: str) -> str:
    as_planned, at_rate = (
        money(row[f"{name}_million_vnd"], lang) for name in ("as_planned", "at_rate")
    )
    said = Text(
        f"Đến hết giai đoạn, giải ngân sẽ là **{as_planned}** nếu các năm còn lại thực hiện đúng "
        "kế hoạch",
        f"By its end, **{as_planned}** will have been spent if the years to come go as planned",
    )[lang]
    if known(row["at_rate_million_vnd"]):
        rate = percent(row["of_plan_pct"], lang)
        said += Text(
            f", và **{at_rate}** nếu giữ tỷ lệ giải ngân như đến nay ({rate} kế hoạch)",
            f", and **{at_rate}** at the rate so far ({rate} of the plan)",
        )[lang]
    return f"{said}."


def _needed(row: Row, lang: str, *, begin: bool = True) -> str:
    """What each year to come must spend, beside the best year."""
    needed = row["needed_million_vnd_per_year"]
    if needed == 0:
        said = Text("kế hoạch cả giai đoạn đã đạt", "the plan of the whole cycle is reached")
    else:
        each = money(needed, lang)
        said = Text(
            f"để đạt kế hoạch cả giai đoạn, mỗi năm còn lại phải giải ngân {each}",
            f"to reach the plan of the whole cycle, each year to come must spend {each}",
        )
        if known(row["best_year"]):
            year, best = f"{row['best_year']:.0f}", money(row["best_year_million_vnd"], lang)
            verdict = (
                Text("có thể đạt được", "which is plausible")
                if row["plausible"]
                else Text("khó có thể đạt được", "which is hardly plausible")
            )
            said = Text(
                f"{said.vi}, trong khi năm cao nhất ({year}) giải ngân {best}: {verdict.vi}",
                f"{said.en}, and the best year ({year}) spent {best}, {verdict.en}",
            )
    text = said[lang]
    return f"{text[0].upper() if begin else text[0]}{text[1:]}."


def _plausible(review: Review, lang: str) -> list[str]:
    """The lines that can catch up, those that hardly can, and those of which one cannot tell."""
    # A line outside the plan has nothing to catch up.
    frame = review.outlook_by_line.dropna(subset="planned_cycle_million_vnd")
    names = names_of(review, "line", lang)
    answers = frame["plausible"]
    kinds = (
        (answers.eq(True), Text("Có thể bù đủ", "Can catch up")),
        (answers.eq(False), Text("Khó có thể bù đủ", "Can hardly catch up")),
        (answers.isna(), Text("Chưa đủ số liệu để dự báo", "Not enough is reported to tell")),
    )
    return [
        f"{name[lang]}: {'; '.join(names[line] for line in frame['line'][chosen.fillna(False)])}."
        for chosen, name in kinds
        if chosen.any()
    ]
