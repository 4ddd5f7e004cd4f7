"""The text's targets beside what the appendices plan, as a sheet of tiles."""

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kc_analysis.charts.style import DARK, GREY, PALE, axes, finish, ink, styled, written_range
from kc_analysis.model import Plan, Text
from kc_analysis.wording import COLUMNS, VALUES

STATUSES = {
    "agrees": ("✓", "#2f6fa5"),
    "exceeds": ("▲", "#8fbce0"),
    "short": ("▼", "#d0532a"),
    "over": ("▲", "#ee9a6f"),
    "other_years": ("≠", "#f5cf8e"),
    "other_unit": ("?", "#ececec"),
    "no_line": ("✗", "#fbdccb"),
}
# Where the columns begin, as parts of the width.
EDGES = (0.0, 0.09, 0.475, 0.63, 0.775)


@styled
def coverage(frame: pd.DataFrame, plan: Plan, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """Each target of the decision's text beside what the appendices plan for it.

    Parameters
    ----------
    frame : DataFrame
        ``coverage(plan)``.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> ax = coverage(kc.coverage(plan), plan)
    >>> [text.get_text() for text in ax.texts if text.get_text().startswith("▼")]
    ['▼  Thiếu so với phần lời']
    """
    ax = axes(ax, 1.4 + 0.32 * len(frame), 8.27)
    heads = [COLUMNS["task"], COLUMNS["what"], Text("Phần lời", "Promised")]
    heads += [Text("Phụ lục", "Planned"), COLUMNS["status"]]
    for edge, head in zip(EDGES, heads, strict=True):
        ax.text(edge, -1, head[lang], va="center", size=8, weight="bold")
    tasks = frame["task"].astype("string").fillna(VALUES["budget"][lang]).tolist()
    for row, target in enumerate(frame.to_dict("records")):
        new = tasks[row] not in tasks[:row]
        ax.axhline(row - 0.5, color=GREY if new else PALE, linewidth=0.8 if new else 0.5)
        symbol, colour = STATUSES[target["status"]]
        ax.add_patch(Rectangle((EDGES[-1] - 0.01, row - 0.4), 0.235, 0.8, color=colour))
        cells = [tasks[row] if new else "", fill(target[f"what_{lang}"], 50)]
        cells += [_measure(target, which, lang) for which in ("", "planned_")]
        cells += [f"{symbol}  {VALUES[target['status']][lang]}"]
        inks = [DARK] * 4 + [ink(colour)]
        for edge, cell, shade in zip(EDGES, cells, inks, strict=True):
            ax.text(edge, row, cell, va="center", size=8, color=shade)
    ax.set(xlim=(0, 1), ylim=(len(frame) - 0.5, -1.5), xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    title = Text("Chỉ tiêu trong phần lời và phụ lục", "Targets promised and planned")
    unit = Text(
        "Đơn vị tính ghi ở từng dòng; số của cả giai đoạn, trừ chỗ ghi /năm, /lớp, /đợt",
        "Units as stated; figures for the whole cycle unless marked /year, /class, /round",
    )
    return finish(ax, plan, lang, title, unit)


def _measure(target: dict[Any, Any], which: str, lang: str) -> str:
    """What a target promises, or what is planned for it, with its unit."""
    low, high, unit = (target[f"{which}{name}"] for name in ("low", "high", f"unit_{lang}"))
    if np.isnan(low):
        return "–"
    over = Text("trên ", "over ")[lang] if np.isnan(high) else ""
    per = "" if target["per"] == "cycle" else "/" + (COLUMNS | VALUES)[target["per"]][lang].lower()
    return fill(f"{over}{written_range([low, high], lang, 3)} {unit}{per}", 21)
