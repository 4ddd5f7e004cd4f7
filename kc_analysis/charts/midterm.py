"""The mid-term review: how far each line is carried out; and what all its charts share."""

from collections.abc import Iterable
from dataclasses import replace
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from kc_analysis.charts.style import (
    DARK,
    GREY,
    axes,
    finish,
    ink,
    looks,
    paler,
    styled,
    titles,
    written,
)
from kc_analysis.midterm.execution import execution as added_up
from kc_analysis.midterm.review import Review
from kc_analysis.midterm.status import THRESHOLDS, percent
from kc_analysis.model import Plan, Text
from kc_analysis.wording import IN_REVIEW, VALUES

WORDS = VALUES | IN_REVIEW
#: Symbol, colour and hatch of each status.
STATUSES = {
    "over": ("▲", "#8fbce0", ""),
    "done": ("✓", "#2f6fa5", ""),
    "slow": ("▽", "#f5cf8e", ""),
    "behind": ("▼", "#d0532a", ""),
    "not_carried_out": ("✗", "#7d2b3a", ""),
    "under_way": ("◔", "#d5e8d4", ""),
    "unplanned": ("✚", "#d3b5dd", ""),
    "not_reported": ("?", "#ffffff", "////"),
}
#: What is further out is cut at an arrow.
MOST_PCT = 130
TOTAL, ALLOCATED = Text("Tổng cộng", "Total"), Text("Được giao", "Allocated")


def whole_plan(review: Review) -> Plan:
    """The plan with the lines that were carried out without being in it."""
    lines = pd.concat([review.plan.lines, review.actuals.plan.lines]).drop_duplicates("line")
    return replace(review.plan, lines=lines)


def each(values: Iterable[float], lang: str, *, sign: bool = False) -> list[str]:
    """Numbers that do not stand in one column, each without decimals if it is whole."""
    return [written([value], lang, sign=sign)[0] for value in values]


def finish_review(
    ax: Axes,
    review: Review,
    lang: str,
    title: Text,
    unit: Text,
    *,
    period: str = "",
    note: str = "",
    lift: float = 0,
) -> Axes:
    """Title, unit and both sources; made-up figures are called so beside the unit."""
    years = review.by_year["year"]
    period = period or "–".join(dict.fromkeys(str(year) for year in (years.min(), years.max())))
    day = review.as_of
    source = Text(f"Số liệu thực hiện đến {day:%d/%m/%Y}", f"Actuals as of {day.day} {day:%B %Y}")[
        lang
    ]
    stamp = ""
    if review.actuals.illustrative:
        stamp = Text("SỐ LIỆU MINH HOẠ", "ILLUSTRATIVE FIGURES")[lang]
        source += Text(" (minh hoạ)", " (illustrative)")[lang]
    note = ". ".join(filter(None, (source, note)))
    return finish(
        ax, review.plan, lang, title, unit, period=period, note=note, stamp=stamp, lift=lift
    )


@styled
def execution(review: Review, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """How much of its plan each line has spent, on a ground of what each status asks for.

    The bar is what is spent, the diamond what was allocated, of the plan that is reported.

    Parameters
    ----------
    review : Review

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = execution(review(plan, example))
    >>> ax.get_title(loc="left")
    'Giải ngân so với kế hoạch, 2021–2023'
    """
    plan = whole_plan(review)
    fills, names = looks(plan), titles(plan, lang) | {"total": TOTAL[lang]}
    frame = pd.concat([review.by_line, review.total.assign(line="total")], ignore_index=True)
    known = review.cells.dropna(subset=["spent_million_vnd", "allocated_million_vnd"])
    given = pd.concat([added_up(known, ["line"]), added_up(known).assign(line="total")])
    given = given.set_index("line").reindex(frame["line"])
    marks = percent(given["allocated_million_vnd"], given["planned_million_vnd"])
    reach = frame["of_plan_pct"].max(), marks.max()
    right = 1.02 * min(MOST_PCT, np.nanmax([118, *reach]))
    ax, rows = axes(ax, 2.5 + 0.46 * len(frame)), np.arange(len(frame))
    _bands(ax, right, lang)
    unknown = frame["spent_million_vnd"].isna()
    word = WORDS["not_reported"][lang]
    if unknown.any():
        ax.barh(rows[unknown], 100, 0.7, fc="white", ec=GREY, ls="--", label=word)
    shades = [fills[line]["facecolor"] for line in frame["line"]]
    ax.barh(rows, frame["of_plan_pct"].clip(upper=right), 0.34, color=shades, ec=DARK, lw=0.6)
    edge: dict[str, Any] = {"s": 32, "fc": "white", "ec": DARK, "zorder": 3}
    ax.scatter(marks.where(marks <= right), rows, marker="D", label=ALLOCATED[lang], **edge)
    for values in (frame["of_plan_pct"], marks):
        cut = rows[values > right]
        ax.scatter(np.full(len(cut), 0.98 * right), cut, marker=">", **edge)
    for row in rows[unknown]:
        ax.text(50, row, word, ha="center", va="center", color=GREY)
    shares = written(frame["of_plan_pct"], lang)
    for row, line in enumerate(frame.to_dict("records")):
        share = "" if np.isnan(line["of_plan_pct"]) else f"{shares[row]}%  "
        beside: dict[str, Any] = {"transform": ax.get_yaxis_transform(), "size": 8}
        head = f"{share}{_status(line['status'], lang)}"
        ax.text(1.02, row - 0.04, head, va="bottom", weight="bold", **beside)
        ax.text(1.02, row + 0.04, _amounts(line, lang), va="top", **beside)
    ax.set_yticks(rows, [fill(names[line], 40) for line in frame["line"]])
    ax.set(xlim=(0, right), ylim=(len(frame) - 0.5, -0.5))
    ax.grid(visible=False)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=3, columnspacing=1.2)
    title = Text("Giải ngân so với kế hoạch", "Spent against the plan")
    unit = Text(
        "Đơn vị tính: % kế hoạch; bên phải: triệu đồng", "Unit: % of the plan; right: million VND"
    )
    note = Text("Tỷ lệ tính trên phần kế hoạch đã báo cáo", "Per cent of the plan that is reported")
    return finish_review(ax, review, lang, title, unit, note=note[lang], lift=34)


def _bands(ax: Axes, right: float, lang: str) -> None:
    """The ground: a shade for each status, from its threshold to the next."""
    floors = [*THRESHOLDS.values(), right]
    for place, (name, floor) in enumerate(THRESHOLDS.items()):
        shade, end = paler(GREY, 0.56 + 0.13 * place), floors[place + 1]
        least = Text(f"từ {floor:.0f}%", f"{floor:.0f}% and more")
        most = Text(f"dưới {end:.0f}%", f"under {end:.0f}%")
        between = Text(f"{floor:.0f}% – {most.vi}", f"{floor:.0f}% to {most.en}")
        span = most if not floor else least if end == right else between
        ax.axvspan(floor, end, color=shade, zorder=0, label=f"{WORDS[name][lang]}: {span[lang]}")
    ax.axvline(100, color=DARK, lw=1.2, zorder=1)
    ax.set_xticks(floors[:-1], [f"{floor:.0f}" for floor in floors[:-1]])


def _amounts(line: dict[Any, Any], lang: str) -> str:
    """Spent of planned, and what of the plan nothing is known of."""
    amounts = [line[f"{name}_million_vnd"] for name in ("spent", "planned", "not_reported")]
    spent, planned, missing = each(amounts, lang)
    if np.isnan(line["spent_million_vnd"]):
        return Text(f"kế hoạch {planned}", f"plan {planned}")[lang]
    if line["not_reported_million_vnd"]:
        return Text(
            f"{spent}/{planned}, chưa báo cáo {missing}",
            f"{spent}/{planned}, {missing} not reported",
        )[lang]
    return spent if np.isnan(line["planned_million_vnd"]) else f"{spent}/{planned}"


def _status(name: str, lang: str) -> str:
    return f"{STATUSES[name][0]} {WORDS[name][lang]}" if name in STATUSES else ""


@styled
def execution_map(review: Review, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """Each line's spending against the plan, year by year, in the colour of its status.

    Parameters
    ----------
    review : Review

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = execution_map(review(plan, example), lang="en")
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['2021', '2022', '2023']
    """
    frame, names = review.cells, titles(whole_plan(review), lang)
    lines, years = review.by_line["line"].tolist(), review.by_year["year"].tolist()
    ax = axes(ax, 2.1 + 0.42 * len(lines))
    shares = written(frame["of_plan_pct"], lang)
    look: dict[str, Any] = {"size": 9 if len(years) < 5 else 8, "ha": "center", "va": "center"}
    for cell, share in zip(frame.to_dict("records"), shares, strict=True):
        name = cell["status"]
        if name not in STATUSES:
            continue
        symbol, colour, _ = STATUSES[name]
        row, column = lines.index(cell["line"]), years.index(cell["year"])
        tile = Rectangle((column - 0.49, row - 0.46), 0.98, 0.92)
        tile.update_from(_tile(name))
        ax.add_patch(tile)
        if name == "unplanned":
            text = f"{symbol} {each([cell['spent_million_vnd']], lang)[0]}"
            text += Text(" triệu đồng", " million VND")[lang]
        elif name in ("not_reported", "not_carried_out"):
            text = _status(name, lang)
        else:
            text = f"{symbol} {share}%"
        box = {"fc": colour, "ec": "none", "pad": 1.5}
        ax.text(column, row, text, color=ink(colour), bbox=box, **look)
    ax.set_xticks(range(len(years)), [str(year) for year in years])
    ax.set_yticks(range(len(lines)), [fill(names[line], 40) for line in lines])
    ax.set(xlim=(-0.5, len(years) - 0.5), ylim=(len(lines) - 0.5, -0.5))
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    there = [name for name in STATUSES if frame["status"].eq(name).any()]
    entries = {_status(name, lang): _tile(name) for name in there}
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (-0.02, 1)}
    ax.legend(entries.values(), entries, **place, ncols=4, columnspacing=1.2)
    title = Text("Giải ngân theo nội dung và năm", "Spent by line and year")
    unit = Text("Đơn vị tính: % kế hoạch của năm", "Unit: % of the year's plan")
    note = Text("Ô trống: không có kế hoạch", "Empty: nothing planned")[lang]
    return finish_review(ax, review, lang, title, unit, note=note, lift=34)


def _tile(name: str) -> Patch:
    _, colour, hatch = STATUSES[name]
    return Patch(fc=colour, ec=GREY if hatch else "white", hatch=hatch)
