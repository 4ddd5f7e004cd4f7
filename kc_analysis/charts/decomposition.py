"""From one year's budget to another's, as a waterfall."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kc_analysis.charts.style import DARK, GREY, MILLION, axes, finish, styled, ticks, written
from kc_analysis.model import Plan, Text
from kc_analysis.wording import COLUMNS

AMOUNT = "amount_million_vnd"
EFFECTS = ["volume_million_vnd", "unit_cost_million_vnd", "new_million_vnd", "ended_million_vnd"]


@styled
def decomposition(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    totals: pd.DataFrame,
    start: int,
    end: int,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """From one year's budget to another's: by volume, unit cost, new and ended lines.

    Parameters
    ----------
    frame : DataFrame
        ``decompose_growth(plan, start, end)``; rows are stacked into one.
    totals : DataFrame
        ``amounts(plan)``, in million VND.
    start, end : int

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> parts = kc.decompose_growth(plan, 2021, 2025)
    >>> ax = decomposition(parts, plan, totals=kc.amounts(plan), start=2021, end=2025)
    >>> [text.get_text() for text in ax.texts[:6]]
    ['2.950', '+967,2', '−111,2', '+550,0', '0,0', '4.356']
    """
    first, last = totals.set_index("year")[AMOUNT].loc[[start, end]]
    effects = frame[EFFECTS].sum().to_numpy()
    heights = np.array([first, *effects, last])
    bottoms = np.array([0, *(first + effects.cumsum() - effects), 0])
    tops = bottoms + heights
    fills = [GREY, *np.where(effects < 0, "#c8553d", "#3f9c85"), GREY]
    hatches = ["", *np.where(effects < 0, "////", ""), ""]
    one, other = written([first, last], lang)
    ax = axes(ax)
    bars = ax.bar(range(6), heights, 0.6, bottoms, color=fills, hatch=hatches, edgecolor="white")
    texts = [one, *written(effects, lang, sign=True), other]
    ax.bar_label(bars, texts, padding=3, weight="bold")
    ax.hlines(tops[:-1], np.arange(5) - 0.3, np.arange(5) + 1.3, color=DARK, linewidth=0.8)
    total = Text("Tổng năm {}", "Total {}")[lang]
    names = [total.format(start), *(COLUMNS[name][lang] for name in EFFECTS), total.format(end)]
    ax.set_xticks(range(6), [fill(name, 12) for name in names])
    ax.set_ylim(0, 1.1 * max(tops.max(), bottoms.max()))
    ax.yaxis.set_major_formatter(ticks(lang))
    title = Text("Nguyên nhân thay đổi kinh phí khuyến công", "What changed the promotion budget")
    return finish(ax, plan, lang, title, MILLION, period=f"{start}–{end}")
