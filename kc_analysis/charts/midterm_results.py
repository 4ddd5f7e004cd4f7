"""The mid-term review's results: what the money moved, and the targets so far."""

from textwrap import fill
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes

from kc_analysis.charts.midterm import WORDS, finish_review, whole_plan
from kc_analysis.charts.style import (
    DARK,
    GREY,
    axes,
    looks,
    styled,
    ticks,
    titles,
    written,
    written_range,
)
from kc_analysis.midterm.review import Review
from kc_analysis.model import Text
from kc_analysis.wording import COLUMNS

#: Behind figures that a line passes.
GROUND = {"fc": "white", "ec": "none", "pad": 0.8}
#: Further than this a bar says no more than its figure.
MOST_PCT = 125
STATUSES = {"reached": "#2f6fa5", "not_yet": "#c9d7e5"}


@styled
def leverage(
    review: Review,
    *,
    by: Literal["line", "source"] = "line",
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """Counterpart capital for each đồng of support; beside it, support per establishment and job.

    Parameters
    ----------
    review : Review
    by : {"line", "source"}

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = leverage(review(plan, example), lang="en")
    >>> ax.get_title(loc="left")
    'Counterpart capital brought in, 2021–2023'
    """
    plan = whole_plan(review)
    fills, names = looks(plan), titles(plan, lang)
    frame = review.effects_by_line if by == "line" else review.effects_by_source
    moved, mean = frame["leverage"], review.effects["leverage"].item()
    ax, rows = axes(ax, 2.4 + 0.42 * len(frame)), np.arange(len(frame))
    shades = [fills[key]["facecolor"] for key in frame[by]]
    bars = ax.barh(rows, moved, 0.6, color=shades, ec=DARK, lw=0.6)
    ax.bar_label(bars, written(moved, lang, 2), padding=4, weight="bold", bbox=GROUND)
    right = 1.15 * max(1.0, np.nan_to_num(np.nanmax([*moved, mean])))
    for row, effect in enumerate(frame.to_dict("records")):
        if np.isnan(moved[row]):
            known = effect["counterpart_million_vnd"] + effect["spent_million_vnd"]
            text = WORDS["not_reported"][lang] if np.isnan(known) else "–"
            ax.text(0.01 * right, row, text, va="center", color=GREY)
    aside: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points"}
    aside |= {"ha": "right", "va": "center"}
    for shift, what in ((72, "establishment"), (150, "job")):
        name = f"cost_million_vnd_per_{what}"
        head = fill(COLUMNS[name][lang], 17)
        ax.annotate(head, (1, -1.1), (shift, 0), size=8, weight="bold", **aside)
        for row, text in enumerate(written(frame[name], lang)):
            ax.annotate(text, (1, row), (shift, 0), **aside)
    if not np.isnan(mean):
        ax.vlines(mean, -0.5, len(frame) - 0.5, color=DARK, lw=0.9, ls="--")
        text = Text("bình quân: {}", "mean: {}")[lang].format(written([mean], lang, 2)[0])
        ax.text(mean, -0.75, text, ha="center", va="center")
    ax.set_yticks(rows, [fill(names[key], 40) for key in frame[by]])
    ax.set(xlim=(0, right), ylim=(len(frame) - 0.5, -1.6))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(ticks(lang))
    title = Text("Vốn đối ứng huy động được", "Counterpart capital brought in")
    unit = Text("Đơn vị tính: đồng trên 1 đồng hỗ trợ", "Unit: VND per VND of support")
    return finish_review(ax, review, lang, title, unit)


@styled
def targets(review: Review, *, lang: str = "vi", ax: Axes | None = None) -> Axes:
    """How far each target of the decision that a line pays for has been reached.

    Parameters
    ----------
    review : Review

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> ax = targets(review(plan, example), lang="en")
    >>> ax.get_title(loc="left")
    'Targets so far, 2021–2023'
    """
    lined = review.targets[review.targets["budget_line"].notna()]
    frame = lined[lined["status"] != "other_unit"].reset_index(drop=True)
    ax, rows = axes(ax, 2.2 + 0.42 * len(frame)), np.arange(len(frame))
    for status, colour in STATUSES.items():
        done = frame["done_pct"].where(frame["status"] == status)
        bars = ax.barh(rows, done.clip(upper=MOST_PCT), 0.6, color=colour, ec=DARK, lw=0.6)
        texts = [f"{text}%" for text in written(done, lang)]
        ax.bar_label(bars, texts, padding=4, weight="bold", bbox=GROUND)
    for row in rows[frame["done_pct"].isna()]:
        ax.text(1, row, WORDS["not_reported"][lang], va="center", color=GREY)
    for row, target in enumerate(frame.to_dict("records")):
        text = f"{_done(target, lang)}\n{WORDS[target['status']][lang]}"
        ax.text(1.02, row, text, va="center", size=8, transform=ax.get_yaxis_transform())
    ax.axvline(100, color=DARK, lw=1.2)
    ax.set_yticks(rows, [fill(name, 40) for name in frame[f"what_{lang}"]])
    right = 1.2 * min(MOST_PCT, np.nanmax([100, frame["done_pct"].max()]))
    ax.set(xlim=(0, right), ylim=(len(frame) - 0.5, -0.5))
    ax.set_xticks(range(0, 101, 25), [f"{share}%" for share in range(0, 101, 25)])
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    title = Text("Kết quả thực hiện chỉ tiêu", "Targets so far")
    unit = Text("Đơn vị tính: % mức tối thiểu của chỉ tiêu", "Unit: % of the least asked for")
    others = "; ".join(lined.loc[lined["status"] == "other_unit", f"what_{lang}"])
    count = len(review.targets) - len(lined)
    notes = []
    if others:
        notes.append(Text("Khác đơn vị, không so được: ", "Other units: ")[lang] + others)
    if count:
        without = Text(f"{count} chỉ tiêu không có dòng kinh phí", f"{count} targets have no line")
        notes.append(without[lang])
    return finish_review(ax, review, lang, title, unit, note=". ".join(notes))


def _done(target: dict[Any, Any], lang: str) -> str:
    """What is done of what is asked for, with its unit."""
    done = written_range([target["done_low"], target["done_high"]], lang, 3)
    asked = written_range([target["low"], target["high"]], lang, 3)
    over = Text("trên ", "over ")[lang] if np.isnan(target["high"]) else ""
    per = "" if target["per"] == "cycle" else f"/{WORDS[target['per']][lang]}"
    return f"{done} / {over}{asked} {target[f'unit_{lang}']}{per}"
