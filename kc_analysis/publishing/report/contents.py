"""What a report says, and in which order: its sections, and the tables of its appendices."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from kc_analysis.charts.midterm import whole_plan
from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.numerals import write_number
from kc_analysis.publishing import review_sentences as sentences
from kc_analysis.publishing.report.recommendations import recommendations
from kc_analysis.publishing.report_words import units_of
from kc_analysis.publishing.sentences import Prose
from kc_analysis.wording import labels, present

Says = Callable[[Review, str], Prose]


class Part(NamedTuple):
    """A part of a section: its sentences, and the appendices and charts that belong to it.

    What ``blank`` asks the planner to write stands after each bullet, or at the end.
    """

    title: Text | None
    says: Says
    annexes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    blank: Text | None = None
    each: bool = False


SECTIONS: tuple[tuple[Text, tuple[Part, ...]], ...] = (
    (
        Text("Đánh giá chung", "Overview"),
        (
            Part(None, sentences.summary),
            Part(None, lambda _, lang: sentences.thresholds(lang)),
            Part(None, sentences.origin),
        ),
    ),
    (
        Text("Kết quả thực hiện", "Results"),
        (
            Part(
                Text("Theo nguồn kinh phí", "By source"),
                lambda review, lang: sentences.results(review, "source", lang),
            ),
            Part(
                Text("Theo năm", "By year"),
                lambda review, lang: sentences.results(review, "year", lang),
                ("cells",),
                ("plan_and_spent_by_year", "execution_map"),
            ),
            Part(
                Text("Theo nội dung", "By line"),
                lambda review, lang: sentences.results(review, "line", lang),
                ("execution", "delivery"),
                ("execution",),
            ),
            Part(Text("Phần chưa có báo cáo", "What is not reported"), sentences.not_reported),
        ),
    ),
    (
        Text("Nguyên nhân chênh lệch so với kế hoạch", "Causes of departures from the plan"),
        (
            Part(
                None,
                sentences.causes,
                ("variance",),
                ("variance",),
                Text("[Đơn vị ghi nguyên nhân …]", "[The office writes the reasons …]"),
                each=True,
            ),
        ),
    ),
    (
        Text("Hiệu quả của kinh phí hỗ trợ", "What the support moved"),
        (Part(None, sentences.effects, ("effects",), ("leverage_by_source",)),),
    ),
    (
        Text("Mức độ đạt chỉ tiêu", "Targets so far"),
        (Part(None, sentences.targets, ("targets",), ("targets",)),),
    ),
    (
        Text("Dự báo đến hết giai đoạn", "Outlook to the end of the cycle"),
        (Part(None, sentences.outlook, ("outlook",), ("outlook",)),),
    ),
    (
        Text("Kiến nghị", "Recommendations"),
        (
            Part(
                None,
                recommendations,
                blank=Text(
                    "[Đơn vị bổ sung kiến nghị …]", "[The office adds its recommendations …]"
                ),
            ),
        ),
    ),
)


class Annex(NamedTuple):
    """An appendix: the columns that it shows of a review's frame, and the frame of its last row.

    ``unit`` is what all its figures are counted in, where the headings do not say so.
    """

    title: Text
    frame: str
    columns: tuple[str, ...]
    wide: bool = True
    total: str = ""
    unit: Text | None = None


ANNEXES = {
    "cells": Annex(
        Text("Kết quả theo nội dung và năm", "Results by line and year"),
        "cells",
        (
            "line", "label", "year", "planned_million_vnd", "allocated_million_vnd",
            "spent_million_vnd", "of_plan_pct", "status",
        ),
    ),
    "execution": Annex(
        Text("Kinh phí theo nội dung", "Money by line"),
        "by_line",
        (
            "line", "label", "planned_million_vnd", "allocated_million_vnd", "spent_million_vnd",
            "not_reported_million_vnd", "of_plan_pct", "of_allocation_pct", "status",
        ),
        total="total",
    ),
    "delivery": Annex(
        Text("Khối lượng theo nội dung", "Work by line"),
        "delivery",
        (
            "line", "label", "unit", "planned_quantity", "delivered_quantity",
            "not_reported_quantity", "of_plan_pct", "status",
        ),
    ),
    "variance": Annex(
        Text("Nguyên nhân chênh lệch", "Causes of departures from the plan"),
        "variance",
        (
            "line", "label", "volume_million_vnd", "unit_cost_million_vnd", "new_million_vnd",
            "ended_million_vnd", "unsplit_million_vnd", "change_million_vnd",
        ),
        unit=Text("triệu đồng", "million VND"),
    ),
    "effects": Annex(
        Text("Vốn đối ứng, cơ sở và lao động", "Counterpart capital, establishments and jobs"),
        "effects_by_line",
        (
            "line", "label", "spent_million_vnd", "counterpart_million_vnd", "leverage",
            "establishments", "cost_million_vnd_per_establishment", "jobs",
            "cost_million_vnd_per_job",
        ),
        total="effects",
    ),
    "targets": Annex(
        Text("Chỉ tiêu của kế hoạch", "Targets of the plan"),
        "targets",
        (
            "what_vi", "what_en", "low", "high", "unit_vi", "unit_en", "per", "done_low",
            "done_high", "done_unit_vi", "done_unit_en", "done_pct", "status",
        ),
    ),
    "outlook": Annex(
        Text("Dự báo theo nội dung", "Outlook by line"),
        "outlook_by_line",
        (
            "line", "label", "planned_cycle_million_vnd", "spent_million_vnd",
            "as_planned_million_vnd", "at_rate_million_vnd", "needed_million_vnd_per_year",
            "best_year", "best_year_million_vnd", "plausible",
        ),
        total="outlook",
    ),
}  # fmt: skip


def shown(review: Review, annex: Annex, lang: str) -> pd.DataFrame:
    """An appendix's table as it is read; empty where the review has nothing of it.

    Parameters
    ----------
    review : Review
    annex : Annex
    lang : {"vi", "en"}

    Returns
    -------
    DataFrame
        Text throughout.
    """
    plan, whole = whole_plan(review), Text("Tổng cộng", "Total")[lang]
    frame: pd.DataFrame = getattr(review, annex.frame)
    if "line" in frame:
        frame = frame.assign(label=frame["line"].map(labels(plan, "line", lang)))
    if "unit" in frame:
        frame = frame.assign(unit=frame["line"].map(units_of(review, lang)))
    if annex.total:
        total = getattr(review, annex.total).assign(line="", label=whole)
        frame = pd.concat([frame, total], ignore_index=True)
    # A target may be counted in anything: each figure has its own decimals.
    for name in {"low", "high", "done_low", "done_high"} & set(frame):
        frame = frame.assign(**{name: [write_number(value, lang) for value in frame[name]]})
    return present(frame[list(annex.columns)], plan, lang)
