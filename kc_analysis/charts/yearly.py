"""The budget year by year: amounts, growth, shares."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from kc_analysis.charts.style import (
    GREY,
    MILLION,
    axes,
    finish,
    ink,
    looks,
    styled,
    ticks,
    titles,
    written,
)
from kc_analysis.model import Plan, Text

AMOUNT = "amount_million_vnd"
BY = {
    "total": Text("", ""),
    "source": Text(" theo nguồn", " by fund source"),
    "line": Text(" theo nội dung", " by line"),
}


@styled
def budget(frame: pd.DataFrame, plan: Plan, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """The budget by year, stacked by source or line, each year's total on top.

    Parameters
    ----------
    frame : DataFrame
        ``amounts(plan, by=["source"])`` or ``by=["line"]``, in million VND.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> ax = budget(kc.amounts(plan, by=["source"]), plan)
    >>> [text.get_text() for text in ax.texts[:5]]
    ['2.950', '3.300', '3.680', '3.960', '4.356']
    """
    wide = _wide(frame, plan, AMOUNT)
    tops = wide.sum(axis=1)
    ax = axes(ax, max(5.0, 1.6 + 0.36 * wide.shape[1]))
    whole = ax.bar(range(len(wide)), tops, alpha=0)
    ax.bar_label(whole, written(tops, lang), padding=2, weight="bold")
    _stack(ax, wide, plan, lang, 1.08 * tops.max())
    title = Text("Kinh phí khuyến công", "Industrial promotion budget")
    return _finish_years(ax, wide, plan, lang, title, MILLION)


@styled
def growth(frame: pd.DataFrame, plan: Plan, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """Growth on the year before, a group of bars a year.

    Parameters
    ----------
    frame : DataFrame
        ``growth(plan)``, or ``growth(plan, by=["source"])``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> ax = growth(kc.growth(plan), plan)
    >>> [text.get_text() for text in ax.texts[:4]]
    ['+11,9', '+11,5', '+7,6', '+10,0']
    """
    wide = _wide(frame, plan, "growth_pct").dropna(how="all")
    ax, fills, width = axes(ax), looks(plan), 0.84 / wide.shape[1]
    for place, key in enumerate(wide.columns):
        left = np.arange(len(wide)) - 0.42 + place * width
        bars = ax.bar(left, wide[key], width, align="edge", **fills[key])
        ax.bar_label(bars, written(wide[key], lang, sign=True), padding=2, size=10 - wide.shape[1])
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.margins(y=0.1)
    title = Text("Tăng trưởng kinh phí khuyến công", "Growth of the industrial promotion budget")
    unit = Text("Đơn vị tính: % so với năm trước", "Unit: % on the year before")
    return _finish_years(ax, wide, plan, lang, title, unit)


@styled
def shares(frame: pd.DataFrame, plan: Plan, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """The share of each source or line in each year's budget.

    Parameters
    ----------
    frame : DataFrame
        ``shares(plan, of="source")`` or ``of="line"``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> shares(kc.shares(plan, of="source"), plan, lang="en").get_title(loc="left")
    'Shares of the industrial promotion budget by fund source, 2021–2025'
    """
    wide = _wide(frame, plan, "share_pct")
    ax = axes(ax, max(5.0, 1.6 + 0.36 * wide.shape[1]))
    _stack(ax, wide, plan, lang, 100)
    title = Text("Tỷ trọng kinh phí khuyến công", "Shares of the industrial promotion budget")
    unit = Text("Đơn vị tính: % kinh phí cả năm", "Unit: % of the year's budget")
    return _finish_years(ax, wide, plan, lang, title, unit)


def _wide(frame: pd.DataFrame, plan: Plan, value: str) -> pd.DataFrame:
    """A row a year, a column a source or line in the plan's order; one it lacks is an error."""
    of = next((name for name in ("line", "source") if name in frame), "total")
    wide = frame.assign(total="total").pivot(index="year", columns=of, values=value)
    order = list(looks(plan))
    return wide[sorted(wide.columns, key=lambda key: order.index(str(key)))]


def _stack(ax: Axes, wide: pd.DataFrame, plan: Plan, lang: str, top: float) -> None:
    """A bar a year, the plan's first on top as in the legend; values where they fit."""
    fills, floor = looks(plan), np.zeros(len(wide))
    for key in wide.columns[::-1]:
        bars = ax.bar(range(len(wide)), wide[key], 0.88, floor, **fills[key])
        floor = floor + wide[key].fillna(0)
        tag = f"{key}: " if wide.columns.name == "line" else ""
        values = zip(wide[key], written(wide[key], lang), strict=True)
        texts = [tag + text if value > 0.045 * top else "" for value, text in values]
        face = fills[key]["facecolor"]
        box = {"facecolor": face, "edgecolor": "none", "pad": 1}
        ax.bar_label(bars, texts, label_type="center", size=8, color=ink(face), bbox=box)
    ax.set_ylim(0, top or 1)


def _finish_years(
    ax: Axes, wide: pd.DataFrame, plan: Plan, lang: str, title: Text, unit: Text
) -> Axes:
    """Years below, numbers at the left, and a legend with the lines of a source under its name."""
    ax.set_xticks(range(len(wide)), [str(year) for year in wide.index])
    ax.yaxis.set_major_formatter(ticks(lang))
    fills, names = looks(plan), titles(plan, lang)
    sources = dict(zip(plan.lines["line"], plan.lines["source"], strict=True))
    entries: dict[str, Patch] = {}
    for key in wide.columns:
        if key in sources:
            entries.setdefault(names[sources[key]], Patch(alpha=0))
        entries[fill(names[key], 36)] = Patch(**fills[key])
    if list(wide) != ["total"]:
        legend = ax.legend(entries.values(), entries, loc="upper left", bbox_to_anchor=(1.01, 1))
        for text, patch in zip(legend.get_texts(), entries.values(), strict=True):
            text.set_fontweight("normal" if patch.get_alpha() is None else "bold")
    return finish(ax, plan, lang, title, unit, by=BY[str(wide.columns.name)][lang])
