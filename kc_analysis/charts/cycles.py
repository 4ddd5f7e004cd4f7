"""Two cycles side by side: their years in one row, and unit costs then and now."""

from dataclasses import replace
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from kc_analysis.charts.style import (
    DARK,
    GREY,
    MILLION,
    PALE,
    axes,
    finish,
    ink,
    looks,
    styled,
    ticks,
    written,
)
from kc_analysis.model import Plan, Text
from kc_analysis.wording import citation, labels

AMOUNT = "amount_million_vnd"
COSTS = ("old_cost_million_vnd_per_unit", "new_cost_million_vnd_per_unit")


@styled
def cycle_series(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    later: Plan,
    prices: int | None = None,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """The years of two cycles in one row, stacked by source, each year's total on top.

    Parameters
    ----------
    frame : DataFrame
        ``compare_cycles(old, new, crosswalk)``.
    plan, later : Plan
        The two cycles' plans.
    prices : int, optional
        The year whose prices the amounts are in, if not those of the day.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> draft = kc.draft_cycle(plan, "2026-2030", kc.Assumptions(3.3))
    >>> both = kc.compare_cycles(plan, draft, kc.match_lines(plan, draft))
    >>> [text.get_text() for text in cycle_series(both, plan, later=draft).texts[:2]]
    ['2.950', '3.300']
    """
    wide = frame.pivot_table(index="year", columns="source", values=AMOUNT, aggfunc="sum")
    sources = list(dict.fromkeys([*plan.sources["source"], *later.sources["source"]]))
    both = replace(plan, sources=pd.concat([plan.sources, later.sources]).drop_duplicates("source"))
    wide = wide.reindex(columns=sources)
    cycles = frame.drop_duplicates("year").set_index("year")["cycle"].reindex(wide.index)
    # A gap parts one cycle from the next.
    places = np.arange(len(wide)) + 0.6 * (cycles != cycles.iloc[0]).to_numpy()
    ax, fills, names = axes(ax, width=10), looks(both), labels(both, "source", lang)
    tops = wide.sum(axis=1)
    ax.bar_label(ax.bar(places, tops, alpha=0), written(tops, lang), padding=2, weight="bold")
    floor = np.zeros(len(wide))
    for source in wide.columns[::-1]:
        bars = ax.bar(places, wide[source], 0.88, floor, **fills[source])
        floor = floor + wide[source].fillna(0)
        texts = [
            text if value > 0.05 * tops.max() else ""
            for value, text in zip(wide[source], written(wide[source], lang), strict=True)
        ]
        colour = ink(fills[source]["facecolor"])
        ax.bar_label(bars, texts, label_type="center", size=8, color=colour)
    for cycle, part in pd.Series(places, cycles).groupby(level=0):
        whole = written([tops[(cycles == cycle).to_numpy()].sum()], lang)[0]
        text = Text(f"{cycle}: tổng {whole}", f"{cycle}: {whole} in all")[lang]
        ax.text(part.mean(), 1.13 * tops.max(), text, ha="center", color=DARK)
    ax.set_xticks(places, [str(year) for year in wide.index])
    ax.set_ylim(0, 1.2 * tops.max())
    ax.yaxis.set_major_formatter(ticks(lang))
    entries = {names[source]: Patch(**fills[source]) for source in wide.columns}
    ax.legend(entries.values(), entries, loc="upper left", bbox_to_anchor=(1.01, 1))
    title = Text("Kinh phí khuyến công qua hai giai đoạn", "Promotion budget over two cycles")
    unit = _in_prices(MILLION, prices)
    period = f"{wide.index[0]}–{wide.index[-1]}"
    return finish(ax, plan, lang, title, unit, period=period, note=citation(later, lang))


@styled
def cost_change(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    later: Plan,
    prices: int | None = None,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """Each line's mean unit cost in the one cycle and in the next, and the change in per cent.

    Parameters
    ----------
    frame : DataFrame
        ``cycle_growth(compare_cycles(old, new, crosswalk))``; threads without a unit cost in one
        of the cycles, or counted in unlike units, are left out.
    plan, later : Plan
        The two cycles' plans.
    prices : int, optional
        The year whose prices the costs are in, if not those of the day.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> draft = kc.draft_cycle(plan, "2026-2030", kc.Assumptions(3.3))
    >>> both = kc.compare_cycles(plan, draft, kc.match_lines(plan, draft))
    >>> cost_change(kc.cycle_growth(both), plan, later=draft).texts[0].get_text()
    '172,2 → 202,5 (+17,6%)'
    """
    known = frame.dropna(subset=[*COSTS, "cost_change_pct"]).reset_index(drop=True)
    ax = axes(ax, 1.9 + 0.42 * len(known))
    before, after = (known[name] for name in COSTS)
    rows = np.arange(len(known))
    for row, one, two in zip(rows, before, after, strict=True):
        ax.plot([one, two], [row, row], color=GREY, linewidth=2, zorder=2)
        ax.axhline(row + 0.5, color=PALE, linewidth=0.6)
    ax.scatter(before, rows, 45, "white", edgecolors=DARK, zorder=3, label=plan.cycle)
    ax.scatter(after, rows, 45, DARK, edgecolors=DARK, zorder=3, label=later.cycle)
    changes = written(known["cost_change_pct"], lang, sign=True)
    for place, one, two, change in zip(range(len(known)), before, after, changes, strict=True):
        text = f"{' → '.join(written([one, two], lang))} ({change}%)"
        ax.text(1.02, place, text, va="center", transform=ax.get_yaxis_transform())
    titles = (known["thread"] + " " + known[f"label_{lang}"].fillna(known["label_vi"])).map(
        lambda text: fill(text, 42)
    )
    ax.set_yticks(rows, titles)
    right = max(1.0, before.max(), after.max()) if len(known) else 1.0
    ax.set(xlim=(0, 1.05 * right), ylim=(len(known) - 0.5, -0.5))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(ticks(lang))
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=2)
    title = Text("Đơn giá bình quân hai giai đoạn", "Mean unit costs of two cycles")
    per_unit = Text(
        "Đơn vị tính: triệu đồng/đơn vị khối lượng", "Unit: million VND per unit of work"
    )
    unit, note = _in_prices(per_unit, prices), citation(later, lang)
    period = " → ".join((plan.cycle, later.cycle))
    return finish(ax, plan, lang, title, unit, period=period, note=note, lift=20)


def _in_prices(unit: Text, year: int | None) -> Text:
    return Text(f"{unit.vi}, giá năm {year}", f"{unit.en}, prices of {year}") if year else unit
