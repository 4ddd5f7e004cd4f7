"""What a review's figures ask to be done: every rule in one place."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.publishing.report_words import known, money, names_of, percent
from kc_analysis.publishing.sentences import Prose


class Rule(NamedTuple):
    """When something is to be done, to which lines, and by which figures one sees it."""

    frame: str
    holds: Callable[[pd.DataFrame], "pd.Series[bool]"]
    shown: tuple[str, ...]
    asks: Text


RULES = (
    Rule(
        "by_line",
        lambda frame: frame["not_reported_million_vnd"] > 0,
        ("not_reported_million_vnd",),
        Text(
            "Hoàn thiện báo cáo về phần kế hoạch chưa có số liệu",
            "Complete the reports on the part of the plan of which nothing is known",
        ),
    ),
    Rule(
        "by_line",
        lambda frame: frame["status"] == "behind",
        ("of_plan_pct",),
        Text(
            "Rà soát đơn giá hỗ trợ và khả năng thực hiện, hoặc điều chuyển kinh phí của các nội "
            "dung chậm nhiều so với kế hoạch",
            "Review the unit costs and the means to carry it out, or reallocate the money, where "
            "spending is far behind the plan",
        ),
    ),
    Rule(
        "cells",
        lambda frame: frame["status"] == "not_carried_out",
        ("planned_million_vnd",),
        Text(
            "Bố trí lại thời gian thực hiện hoặc đưa ra khỏi kế hoạch những phần không thực hiện",
            "Move to another year, or take out of the plan, what was not carried out",
        ),
    ),
    Rule(
        "variance",
        lambda frame: frame["unit_cost_million_vnd"] >= 0.05,
        ("unit_cost_million_vnd",),
        Text(
            "Rà soát đơn giá của các nội dung có đơn giá thực hiện làm tăng chi so với kế hoạch",
            "Review the unit costs where they have raised spending above the plan",
        ),
    ),
    Rule(
        "cells",
        lambda frame: frame["status"] == "unplanned",
        ("spent_million_vnd",),
        Text(
            "Hoàn thiện thủ tục bổ sung vào kế hoạch những phần đã thực hiện ngoài kế hoạch",
            "Regularise what was carried out outside the plan",
        ),
    ),
    Rule(
        "outlook_by_line",
        lambda frame: frame["plausible"].eq(False).fillna(False).astype(bool),
        ("needed_million_vnd_per_year", "best_year_million_vnd"),
        Text(
            "Điều chỉnh kế hoạch các năm còn lại của các nội dung mà mức phải giải ngân mỗi năm để "
            "đạt kế hoạch cao hơn năm cao nhất đến nay",
            "Adjust the plan of the years to come where each would have to spend more than the "
            "best year so far",
        ),
    ),
)


def recommendations(review: Review, lang: str = "vi") -> Prose:
    """What the figures ask for: a bullet each rule that holds, with the lines and their figures.

    Parameters
    ----------
    review : Review
    lang : {"vi", "en"}

    Returns
    -------
    Prose
    """
    names = names_of(review, "line", lang)
    bullets = []
    for rule in RULES:
        frame: pd.DataFrame = getattr(review, rule.frame)
        rows = frame[rule.holds(frame)].to_dict("records")
        if rows:
            listed = "; ".join(_item(row, names[row["line"]], rule, lang) for row in rows)
            bullets.append(f"- {rule.asks[lang]}: {listed}.")
    none = Text("Số liệu không cho thấy việc gì phải kiến nghị.", "The figures ask for nothing.")
    return Prose("\n".join(bullets) or none[lang])


def _item(row: dict[Any, Any], name: str, rule: Rule, lang: str) -> str:
    figures = Text(" so với ", " against ")[lang].join(
        (percent if column.endswith("_pct") else money)(row[column], lang)
        for column in rule.shown
        if known(row[column])
    )
    year = Text(f", năm {row['year']}", f", {row['year']}")[lang] if "year" in row else ""
    return f"{name}{year}: {figures}"
