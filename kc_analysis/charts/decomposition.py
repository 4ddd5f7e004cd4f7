"""What changes a budget: from one year to another as a waterfall, and on each year before."""

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kc_analysis.charts.style import (
    DARK,
    GREY,
    HATCHES,
    HUES,
    MILLION,
    axes,
    finish,
    ink,
    paler,
    styled,
    ticks,
    written,
)
from kc_analysis.model import Plan, Text
from kc_analysis.wording import COLUMNS

AMOUNT = "amount_million_vnd"
EFFECTS = ["volume_million_vnd", "unit_cost_million_vnd", "new_million_vnd", "ended_million_vnd"]
REAL = [f"real_{name}" for name in EFFECTS]
TITLE = Text("Nguyên nhân thay đổi kinh phí khuyến công", "What changed the promotion budget")
NOMINAL = Text("Giá hiện hành", "Prices of the day")
CONSTANT = Text("Giá năm {}, tính theo chỉ số giá tiêu dùng", "Prices of {}, by the consumer index")


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
    """From one year's budget to another's: by volume, unit cost, lines that start and that end.

    Parameters
    ----------
    frame : DataFrame
        ``decompose_growth(plan, start, end)``; rows are stacked into one. With the split in
        constant prices (``cpi``), that stands beside, paler.
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
    first = totals.set_index("year")[AMOUNT].loc[start]
    real = set(REAL) <= set(frame)
    ax, places = axes(ax), np.arange(6)
    if real:
        tops = [
            _waterfall(ax, places - 0.22, 0.42, first, frame[EFFECTS].sum().to_numpy(), lang),
            _waterfall(ax, places + 0.22, 0.42, first, frame[REAL].sum().to_numpy(), lang, 0.5),
        ]
        prices = [NOMINAL[lang], CONSTANT[lang].format(start)]
        ax.legend([ax.containers[0][0], ax.containers[1][0]], prices, loc="upper left")
    else:
        tops = [_waterfall(ax, places, 0.6, first, frame[EFFECTS].sum().to_numpy(), lang)]
    total = Text("Tổng năm {}", "Total {}")[lang]
    names = [total.format(start), *(COLUMNS[name][lang] for name in EFFECTS), total.format(end)]
    ax.set_xticks(places, [fill(name, 12) for name in names])
    ax.set_ylim(0, (1.25 if real else 1.1) * max(tops))
    ax.yaxis.set_major_formatter(ticks(lang))
    return finish(ax, plan, lang, TITLE, MILLION, period=f"{start}–{end}")


def _waterfall(
    ax: Axes,
    places: np.ndarray,
    width: float,
    first: float,
    effects: np.ndarray,
    lang: str,
    pale: float = 0,
) -> float:
    """Bars from the first total over the effects to the last; how high they reach."""
    last = first + effects.sum()
    heights = np.array([first, *effects, last])
    bottoms = np.array([0, *(first + effects.cumsum() - effects), 0])
    tops = bottoms + heights
    fills = [GREY, *np.where(effects < 0, "#c8553d", "#3f9c85"), GREY]
    hatches = ["", *np.where(effects < 0, "////", ""), ""]
    one, other = written([first, last], lang)
    bars = ax.bar(
        places,
        heights,
        width,
        bottoms,
        color=[paler(str(colour), pale) for colour in fills],
        hatch=hatches,
        edgecolor="white",
    )
    texts = [one, *written(effects, lang, sign=True), other]
    ax.bar_label(bars, texts, padding=3, weight="bold", size=8 if pale or width < 0.5 else None)
    left = places - width / 2
    ax.hlines(tops[:-1], left[:-1], left[1:] + width, color=DARK, linewidth=0.8)
    return float(max(tops.max(), bottoms.max()))


@styled
def decomposition_by_year(
    frame: pd.DataFrame, plan: Plan, *, lang: str = "vi", ax: Axes | None = None
) -> Axes:
    """What changes the budget on each year before: parts above and below nothing, and their sum.

    Parameters
    ----------
    frame : DataFrame
        ``decompose_years(plan)``; the rows of a year are stacked into one.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> ax = decomposition_by_year(kc.decompose_years(plan), plan)
    >>> [text.get_text() for text in ax.texts[:4]]
    ['+350', '+380', '+280', '+396']
    """
    wide = frame.groupby("year")[EFFECTS].sum()
    changes = wide.sum(axis=1)
    ax = axes(ax, 5.5)
    places = np.arange(len(wide))
    tops = wide.clip(lower=0).sum(axis=1)
    reach = tops.max() - wide.clip(upper=0).sum(axis=1).min() or 1
    whole = ax.bar(places, tops, alpha=0)
    ax.bar_label(whole, written(changes, lang, sign=True), padding=3, weight="bold")
    above, below = np.zeros(len(wide)), np.zeros(len(wide))
    for number, name in enumerate(EFFECTS):
        part, colour = wide[name].to_numpy(), paler(HUES[number], 0.2)
        bars = ax.bar(
            places,
            part,
            0.6,
            np.where(part < 0, below, above),
            color=colour,
            hatch=HATCHES[number % len(HATCHES)],
            edgecolor="white",
            label=COLUMNS[name][lang],
        )
        above, below = above + part.clip(min=0), below + part.clip(max=0)
        values = zip(part, written(part, lang, sign=True), strict=True)
        texts = [text if abs(value) > 0.04 * reach else "" for value, text in values]
        box = {"facecolor": colour, "edgecolor": "none", "pad": 1}
        ax.bar_label(bars, texts, label_type="center", size=8, color=ink(colour), bbox=box)
    ax.axhline(0, color=DARK, linewidth=0.8)
    ax.set_xticks(places, [str(year) for year in wide.index])
    ax.margins(y=0.1)
    ax.yaxis.set_major_formatter(ticks(lang))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=4)
    unit = Text(
        "Đơn vị tính: triệu đồng so với năm trước; trên cột là tổng thay đổi",
        "Unit: million VND on the year before; above each bar, the whole change",
    )
    by = Text(" từng năm", " year by year")[lang]
    return finish(ax, plan, lang, TITLE, unit, by=by)
