"""What a unit of work costs, line by line, and the ceiling set for it."""

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kc_analysis.charts.style import (
    DARK,
    GREY,
    PALE,
    axes,
    finish,
    looks,
    paler,
    styled,
    ticks,
    titles,
    written_range,
)
from kc_analysis.model import Plan, Text

COST = "cost_million_vnd_per_unit"
NORM = "norm_million_vnd_per_unit"
MARKERS = ("o", "s", "D", "^", "v")
IN_FORCE = Text("tối đa {}/{}", "ceiling {} per {}")
EXPIRED = Text("tối đa {}/{}, hết hiệu lực", "ceiling {} per {}, expired")


@styled
def unit_costs(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    norms: pd.DataFrame | None = None,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """What each line pays for a unit of its work, a mark a year, and the ceiling set for it.

    Parameters
    ----------
    frame : DataFrame
        ``unit_costs(plan)``.
    norms : DataFrame, optional
        ``headroom(plan, norms)``: a wall stands at a ceiling in the years it is given for, solid
        where in force and hollow where expired.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> ax = unit_costs(kc.unit_costs(plan), plan, norms=kc.headroom(plan, kc.load_norms()))
    >>> ax.texts[0].get_text().splitlines()
    ['158–200', '(tối đa 300/cơ sở)']
    """
    fills, names = looks(plan), titles(plan, lang)
    lines = plan.lines[plan.lines["line"].isin(frame["line"])].set_index("line")
    rows = {line: row for row, line in enumerate(lines.index)}
    ax = axes(ax, 1.9 + 0.44 * len(rows))
    # In a line's row each year has its own lane, so that equal costs do not hide each other.
    lanes = dict(zip(plan.years, np.linspace(-0.34, 0.34, len(plan.years)), strict=True))
    for index, (year, lane) in enumerate(lanes.items()):
        costs = frame[frame["year"] == year]
        fade = 0.85 * (1 - index / max(1, len(lanes) - 1))
        shades = [paler(fills[source]["facecolor"], fade) for source in costs["source"]]
        mark: dict[str, Any] = {"marker": MARKERS[index % len(MARKERS)], "edgecolors": DARK}
        ax.scatter(costs[COST], costs["line"].map(rows) + lane, 20, shades, zorder=3, **mark)
        ax.scatter([], [], 20, [paler(GREY, fade)], label=str(year), **mark)
    ends = frame.groupby("line")[COST].agg(["min", "max"])
    texts = {line: written_range(ends.loc[line], lang) for line in rows}
    right, note = max(1.0, frame[COST].max()), ""
    if norms is not None:
        right = max(right, norms[NORM].max())
        walls = norms.groupby(["line", NORM, f"per_{lang}", "in_force"], sort=False)["year"].agg(
            ["min", "max"]
        )
        for line, most, per, valid, start, end in walls.reset_index().itertuples(index=False):
            top, height = rows[line] + lanes[start] - 0.1, lanes[end] - lanes[start] + 0.2
            face = DARK if valid else "white"
            ax.add_patch(Rectangle((most, top), 0.015 * right, height, fc=face, ec=DARK))
            ceiling = IN_FORCE if valid else EXPIRED
            texts[line] += f"\n({ceiling[lang].format(written_range([most], lang), per)})"
        papers = (norms["instrument"] + " (" + norms[f"seen_{lang}"] + ")").dropna().unique()
        note = Text("Mức chi tối đa: ", "Ceilings: ")[lang] + "; ".join(papers)
    units = lines["unit"] if lang == "vi" else lines["unit_en"].fillna(lines["unit"])
    units = units.fillna("–").str.replace(" ", "\N{NO-BREAK SPACE}")
    for line, row in rows.items():
        ax.text(1.02, row, texts[line], va="center", transform=ax.get_yaxis_transform())
        ax.axhline(row + 0.5, color=PALE, linewidth=0.6)
    ax.set_yticks(range(len(rows)), [fill(f"{names[key]} ({units[key]})", 42) for key in rows])
    ax.set(xlim=(0, 1.05 * right), ylim=(len(rows) - 0.5, -0.5))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(ticks(lang))
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1), ncols=6, columnspacing=1)
    title = Text("Đơn giá kế hoạch và mức chi tối đa", "Planned unit costs and ceilings")
    unit = Text("Đơn vị tính: triệu đồng/đơn vị khối lượng", "Unit: million VND per unit of work")
    return finish(ax, plan, lang, title, unit, note=note, lift=20)
