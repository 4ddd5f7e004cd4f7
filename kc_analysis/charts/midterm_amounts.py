"""The mid-term review in million VND: planned and spent, why they differ, where the cycle ends."""

from textwrap import fill
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kc_analysis.charts.midterm import WORDS, each, finish_review, whole_plan
from kc_analysis.charts.style import (
    DARK,
    GREY,
    MILLION,
    apart,
    axes,
    styled,
    ticks,
    titles,
    written,
)
from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.wording import COLUMNS, IN_REVIEW

#: As in IBCS notation: what is planned is outlined, what happened is solid.
PLANNED: dict[str, Any] = {"fc": "white", "ec": DARK, "lw": 1.1}
MISSING: dict[str, Any] = {"fc": "white", "ec": GREY, "lw": 1.1, "ls": "--"}
SPENT: dict[str, Any] = {"fc": GREY, "ec": GREY, "lw": 1.1}
MORE: dict[str, Any] = {"fc": "#3f9c85", "ec": "white"}
LESS: dict[str, Any] = {"fc": "#c8553d", "ec": "white", "hatch": "////"}

PLAN, ACTUAL = Text("Kế hoạch", "Plan"), Text("Giải ngân", "Spent")
CAUSES = ["volume", "unit_cost", "new", "ended", "unsplit"]
WAYS: dict[str, tuple[Text, dict[str, Any]]] = {
    "planned": (PLAN, {"color": GREY, "marker": "s", "mfc": "white"}),
    "caught_up": (Text("Bù đủ", "Caught up"), {"color": "#c8553d", "ls": ":", "marker": "^"}),
    "as_planned": (
        Text("Các năm sau đúng kế hoạch", "Later years as planned"),
        {"color": "#1f4e79", "ls": "--", "marker": "D"},
    ),
    "at_rate": (
        Text("Giữ tỷ lệ như đến nay", "At the rate so far"),
        {"color": "#3f9c85", "ls": "-.", "marker": "v"},
    ),
    "spent": (ACTUAL, {"color": DARK, "lw": 2.6, "marker": "o"}),
}


@styled
def plan_and_spent(
    review: Review,
    *,
    by: Literal["year", "line"] = "year",
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """Plan outlined, spent solid, and on an axis of its own, to the same scale, the difference.

    The difference is that to the plan of what is reported; the rest of the plan is dashed.

    Parameters
    ----------
    review : Review
    by : {"year", "line"}

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = plan_and_spent(review(plan, example), lang="en")
    >>> ax.get_title(loc="left")
    'Planned and spent by year, 2021–2023'
    """
    upright = by == "year"
    frame = review.by_year if upright else review.by_line
    planned, spent = frame["planned_million_vnd"], frame["spent_million_vnd"]
    missing = frame["not_reported_million_vnd"]
    reported = planned.fillna(0) - missing
    gap = spent - reported
    most = np.nanmax([planned.max(), spent.max()])
    zero = (1.15 if upright else 1.4) * most + max(0, -gap.min())
    ax, places = axes(ax, 5.8 if upright else 2.3 + 0.55 * len(frame)), np.arange(len(frame))
    draw: Any = ax.bar if upright else ax.barh
    known, hidden = reported.where(reported > 0), missing.where(missing > 0)
    draw(places - 0.2, known, 0.38, 0, label=PLAN[lang], **PLANNED)
    unseen = Text("Kế hoạch chưa báo cáo", "Plan, not reported")[lang]
    draw(places - 0.2, hidden, 0.38, reported, label=unseen, **MISSING)
    whole = draw(places - 0.2, planned, 0.38, 0, alpha=0)
    ax.bar_label(whole, each(planned, lang), padding=3, size=8)
    done = draw(places + 0.2, spent, 0.38, 0, label=ACTUAL[lang], **SPENT)
    ax.bar_label(done, each(spent, lang), padding=3, size=8, weight="bold")
    above = Text("Cao hơn kế hoạch", "Above the plan")[lang]
    below = Text("Thấp hơn kế hoạch", "Below the plan")[lang]
    for part, label, look in ((gap >= 0, above, MORE), (gap < 0, below, LESS)):
        gaps = draw(places, gap.where(part), 0.38, zero, label=label, **look)
        ax.bar_label(gaps, each(gap, lang, sign=True), padding=3, size=8, weight="bold")
    span = (0, zero + max(0, gap.max()) + 0.12 * most)
    grid = MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(0, most)
    numbers = [tick for tick in grid if tick <= most]
    names = titles(whole_plan(review), lang)
    texts = [str(key) if upright else fill(names[key], 40) for key in frame[by]]
    for row, amount in enumerate(each(missing, lang)):
        if missing[row]:
            texts[row] += f"\n{WORDS['not_reported'][lang].lower()}: {amount}"
        if upright and frame["under_way"][row]:
            texts[row] += f"\n{WORDS['under_way'][lang].lower()}"
    difference = Text("Chênh lệch", "Difference")[lang]
    if upright:
        ax.axhline(zero, color=DARK, lw=0.8)
        ax.set_ylim(span)
        ax.set_yticks([*numbers, zero], [*written(numbers, lang), difference])
        ax.set_xticks(places, texts)
    else:
        ax.axvline(zero, color=DARK, lw=0.8)
        ax.set(xlim=span, ylim=(len(frame) - 0.5, -0.5))
        ax.set_xticks([*numbers, zero], [*written(numbers, lang), difference])
        ax.set_yticks(places, texts)
        ax.grid(visible=False, axis="y")
        ax.grid(visible=True, axis="x")
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=5 if upright else 3)
    title = Text("Kế hoạch và giải ngân theo năm", "Planned and spent by year")
    if not upright:
        title = Text("Kế hoạch và giải ngân theo nội dung", "Planned and spent by line")
    return finish_review(ax, review, lang, title, MILLION, lift=20 if upright else 34)


@styled
def variance(review: Review, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """From the plan to what is spent: what is not reported, then each cause of the difference.

    Parameters
    ----------
    review : Review

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = variance(review(plan, example), lang="en")
    >>> ax.get_xticklabels()[0].get_text()
    'Plan'
    """
    whole, missing, spent = (
        review.total[f"{name}_million_vnd"].item() for name in ("planned", "not_reported", "spent")
    )
    causes = review.variance[[f"{name}_million_vnd" for name in CAUSES]].sum().to_numpy()
    heights = np.array([whole, -missing, whole - missing, *causes, spent])
    floors = np.array([0, whole, 0, *(whole - missing + causes.cumsum() - causes), 0])
    looks = [PLANNED, MISSING, PLANNED, *(LESS if cause < 0 else MORE for cause in causes), SPENT]
    signs = [False, True, False, *[True] * len(causes), False]
    ax, places = axes(ax), np.arange(len(heights))
    for place, look in zip(places, looks, strict=True):
        text = each([heights[place]], lang, sign=signs[place])
        bar = ax.bar(place, heights[place], 0.6, floors[place], **look)
        ax.bar_label(bar, text, padding=3, weight="bold")
    tops = floors + heights
    ax.hlines(tops[:-1], places[:-1] - 0.3, places[:-1] + 1.3, color=DARK, lw=0.8)
    words = COLUMNS | IN_REVIEW
    names = [PLAN, WORDS["not_reported"], Text("Kế hoạch đã báo cáo", "Plan of what is reported")]
    names += [*(words[f"{name}_million_vnd"] for name in CAUSES), ACTUAL]
    ax.set_xticks(places, [fill(name[lang], 11) for name in names])
    ax.set_ylim(0, 1.1 * max(tops.max(), floors.max()))
    ax.yaxis.set_major_formatter(ticks(lang))
    title = Text("Nguyên nhân chênh lệch so với kế hoạch", "Why spending differs from the plan")
    return finish_review(ax, review, lang, title, MILLION)


@styled
def outlook(review: Review, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """The cumulative way through the cycle: planned, spent, and its end three ways.

    Parameters
    ----------
    review : Review

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = outlook(review(plan, example), lang="en")
    >>> ax.get_title(loc="left")
    'Cumulative spending and where it leads, 2021–2025'
    """
    frame = review.path
    ax, places = axes(ax, 5.4), np.arange(len(frame))
    told = review.by_year.set_index("year")["spent_million_vnd"].notna()
    told = told.reindex(frame["year"], fill_value=False).reset_index(drop=True)
    ends: dict[str, tuple[Any, float]] = {}
    for name, (_, look) in WAYS.items():
        way = frame[f"{name}_million_vnd"].where(told | (name != "spent"))
        # An outlook of a cycle that is over has nowhere to go.
        if way.notna().sum() >= (1 if name == "spent" else 2):
            ax.plot(places, way, **look)
            ends[name] = (way.last_valid_index(), way.dropna().iloc[-1])
    top = 1.08 * np.nanmax(frame.drop(columns="year"))
    ax.set(xlim=(-0.2, len(frame) - 0.9), ylim=(0, top))
    final = {name: value for name, (place, value) in ends.items() if place == places[-1]}
    for name, at in zip(final, apart(final.values(), 0.055 * top), strict=True):
        text = f"{WAYS[name][0][lang]}: {written([final[name]], lang, 0)[0]}"
        ax.text(places[-1] + 0.12, at, text, va="center", color=WAYS[name][1]["color"])
    if "spent" in ends and "spent" not in final:
        place, value = ends["spent"]
        text = f"{ACTUAL[lang]}: {written([value], lang, 0)[0]}"
        under: dict[str, Any] = {"textcoords": "offset points", "va": "top", "weight": "bold"}
        ax.annotate(text, (place, value), (6, -8), **under)
    ax.set_xticks(places, [str(year) for year in frame["year"]])
    ax.yaxis.set_major_formatter(ticks(lang))
    title = Text("Giải ngân lũy kế và triển vọng", "Cumulative spending and where it leads")
    unit = Text(
        "Đơn vị tính: triệu đồng, cộng dồn từ đầu giai đoạn",
        "Unit: million VND, added up from the first year",
    )
    cycle = review.plan.cycle.replace("-", "–")
    return finish_review(ax, review, lang, title, unit, period=cycle, note=_needed(review, lang))


def _needed(review: Review, lang: str) -> str:
    """What is not known, and what catching up asks of each year to come."""
    (end,) = review.outlook.to_dict("records")
    missing = review.total["not_reported_million_vnd"].item()
    amounts = [end["needed_million_vnd_per_year"], end["best_year_million_vnd"], missing]
    needed, best, unknown = written(amounts, lang, 0)
    notes = []
    if missing:
        unseen = Text(
            f"Chưa báo cáo: {unknown} triệu đồng kế hoạch",
            f"Nothing is reported of {unknown} million VND of the plan",
        )
        notes.append(unseen[lang])
    if not np.isnan(amounts[0]):
        year = end["best_year"]
        asked = Text(
            f"Bù đủ cần {needed} triệu đồng mỗi năm còn lại; năm cao nhất ({year}): {best}",
            f"Catching up needs {needed} million VND a year; the best year ({year}): {best}",
        )
        notes.append(asked[lang])
    return ". ".join(notes)
