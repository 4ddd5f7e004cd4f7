"""What if: plans side by side, how sure their amounts are, and what moves them most."""

from collections.abc import Hashable, Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from kc_analysis.charts.style import (
    DARK,
    HATCHES,
    HUES,
    MILLION,
    PALE,
    apart,
    axes,
    finish,
    looks,
    paler,
    styled,
    ticks,
    titles,
    written,
)
from kc_analysis.model import Plan, Text
from kc_analysis.wording import VALUES

BAND = ["p10_million_vnd", "p50_million_vnd", "p90_million_vnd"]
CEILING = "ceiling_million_vnd"
ENDS = ["low_million_vnd", "high_million_vnd"]
ALARM = "#c8553d"
#: With more bars, each is too thin to matter.
MOST_BARS = 12


@styled
def comparison(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    names: Mapping[str, Text | str] | None = None,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """Plans side by side, year by year, the first of them outlined.

    Parameters
    ----------
    frame : DataFrame
        ``compare(plans, by=["year"])``.
    names : mapping of str to Text or str, optional
        What the plans are called; one that is not among them goes by its name in the frame.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan, cut = kc.load_plan("2021-2025"), kc.load_scenario("national-cut")
    >>> sides = kc.compare({"plan": plan, "cut": kc.apply_scenario(plan, cut)}, by=["year"])
    >>> ax = comparison(sides, plan, names={"plan": "Kế hoạch đã duyệt", "cut": cut.title})
    >>> [text.get_text() for text in ax.texts[5:10]]
    ['2.950', '3.300', '3.680', '3.160', '3.556']
    """
    wide = frame.pivot(index="year", columns="plan", values="amount_million_vnd")
    wide = wide[frame["plan"].unique()]
    count = wide.shape[1]
    # Figures that stand upright need no width.
    width, slant = 0.86 / count, 90 if count > 3 else 0
    ax = axes(ax, 4.6 + 0.2 * count)
    for place, key in enumerate(wide):
        name = (names or {}).get(str(key), str(key))
        bars = ax.bar(
            np.arange(len(wide)) - 0.43 + place * width,
            wide[key],
            width,
            align="edge",
            label=fill(name if isinstance(name, str) else name[lang], 100),
            **_look(place),
        )
        ax.bar_label(bars, written(wide[key], lang, 0), padding=3, size=8, rotation=slant)
    ax.set_xticks(range(len(wide)), [str(year) for year in wide.index])
    ax.yaxis.set_major_formatter(ticks(lang))
    ax.margins(x=0.02, y=0.14 if slant else 0.06)
    ax.legend(loc="lower left", bbox_to_anchor=(-0.01, 1))
    title = Text("Kinh phí khuyến công theo phương án", "Industrial promotion budget by variant")
    return finish(ax, plan, lang, title, MILLION, lift=15 * count + 4)


def _look(place: int) -> dict[str, Any]:
    """Fill of a plan's bars; of the first, which the others are compared with, an outline."""
    if not place:
        return {"facecolor": PALE, "edgecolor": DARK, "linewidth": 1}
    turn, hue = divmod(place - 1, len(HUES))
    return {"facecolor": HUES[hue], "edgecolor": "white", "hatch": HATCHES[turn % len(HATCHES)]}


@styled
def fan(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    source: str | None = None,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """What the budget may come to each year, and how likely it passes its ceiling.

    Parameters
    ----------
    frame : DataFrame
        ``ensemble(plan, scenario)``.
    source : str, optional
        The fund source to draw; all together if None.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> sure = kc.ensemble(plan, kc.load_scenario("uncertain-costs"))
    >>> fan(sure, plan, source="national", lang="en").get_title(loc="left")
    'Range of the promotion budget: National funds, 2021–2025'
    """
    rows = frame[frame["source"].isna() if source is None else frame["source"] == source]
    years = rows[rows["year"].notna()].sort_values("year")
    low, middle, high = (years[name].to_numpy() for name in BAND)
    ceiling, places = years[CEILING].to_numpy(), np.arange(len(years))
    hue = looks(plan)[source or "total"]["facecolor"]
    ax = axes(ax)
    band = Text("P10–P90 (tám trong mười trường hợp)", "P10–P90 (eight cases in ten)")[lang]
    ax.fill_between(places, low, high, color=paler(hue, 0.7), label=band)
    ax.plot(places, middle, "o-", color=hue, label=Text("Trung vị", "Median")[lang])
    most = Text("Mức trần", "Ceiling")[lang]
    ax.plot(places, ceiling, "s--", color=ALARM, mfc="white", label=most)
    bottom, top = np.nanmin([low, ceiling]), np.nanmax([high, ceiling])
    room = 0.08 * (top - bottom) or 1
    ax.set(xlim=(-0.25, len(years) - 0.5), ylim=(bottom - room, top + room))
    for place, figures in enumerate(zip(low, middle, high, ceiling, strict=True)):
        _write_beside(ax, place, figures, lang)
    below = Text("{}\nvượt trần: {}", "{}\nover ceiling: {}")[lang]
    chances = years["chance_over_pct"].map(_chance)
    ax.set_xticks(places, list(map(below.format, years["year"], chances)))
    ax.yaxis.set_major_formatter(ticks(lang))
    ax.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=3)
    title = Text("Khoảng dao động của kinh phí khuyến công", "Range of the promotion budget")
    by = f": {titles(plan, lang)[source]}" if source else ""
    whole = rows[rows["year"].isna()].to_dict("records")
    said = [_whole(row, lang) for row in whole] + [_outside(years, lang)]
    note = ". ".join(filter(None, said))
    return finish(ax, plan, lang, title, MILLION, by=by, note=note, lift=20)


def _write_beside(ax: Axes, place: int, figures: Sequence[float], lang: str) -> None:
    """Write figures beside their points, apart from each other; what is equal is written once."""
    inks = dict.fromkeys(figures[:3], DARK)
    inks.setdefault(figures[3], ALARM)
    values = sorted(value for value in inks if not np.isnan(value))
    bottom, top = ax.get_ylim()
    places = apart(values, 0.05 * (top - bottom))
    halo = [withStroke(linewidth=2.5, foreground="white")]  # lines pass below
    for value, at in zip(values, places, strict=True):
        look: dict[str, Any] = {"weight": "bold"} if value == figures[1] else {}
        text = written([value], lang, 0)[0]
        ax.text(place + 0.07, at, text, va="center", color=inks[value], path_effects=halo, **look)


def _chance(percent: float) -> str:
    """A chance in whole per cent; none is called sure that is not."""
    if np.isnan(percent):
        return "–"
    if percent in (0, 100) or 1 <= round(percent) <= 99:
        return f"{percent:.0f}%"
    return "< 1%" if percent < 1 else "> 99%"


def _whole(row: dict[Hashable, Any], lang: str) -> str:
    """The figures of the whole cycle as a sentence."""
    low, middle, high, most = written([row[name] for name in (*BAND, CEILING)], lang, 0)
    chance = _chance(row["chance_over_pct"])
    return Text(
        f"Cả giai đoạn: P10 {low}, trung vị {middle}, P90 {high}; khả năng vượt {most}: {chance}",
        f"Whole cycle: P10 {low}, median {middle}, P90 {high}; chance of over {most}: {chance}",
    )[lang]


def _outside(years: pd.DataFrame, lang: str) -> str:
    """Where the plan at the middles of all ranges is no likely one, and why."""
    near, plan = years["error_million_vnd"] + 1e-6, years["middle_million_vnd"]
    outside = years[(plan < years[BAND[0]] - near) | (plan > years[BAND[2]] + near)]
    if outside.empty:
        return ""
    listed = []
    for row in outside.to_dict("records"):
        names = ("middle_million_vnd", BAND[0], BAND[2], "mean_million_vnd")
        middle, low, high, mean = written([row[name] for name in names], lang, 0)
        side = Text("dưới P10", "below P10") if row[names[0]] < row[BAND[0]] else None
        end = f"{side[lang]} {low}" if side else f"{Text('trên P90', 'above P90')[lang]} {high}"
        listed.append(
            Text(
                f"{row['year']}: {middle}, {end}, trung bình các lần rút {mean}",
                f"{row['year']}: {middle}, {end}, mean of the draws {mean}",
            )[lang]
        )
    why = Text(
        "Lấy mọi số ở giá trị giữa thì ra ngoài P10–P90 ({}), vì khoảng lệch một bên hoặc đơn vị "
        "nguyên vẹn nhảy bậc",
        "All numbers at their middles lead out of P10–P90 ({}), as ranges are lopsided or whole "
        "units go by steps",
    )
    return why[lang].format("; ".join(listed))


@styled
def tornado(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    expected: float,
    lang: str = "vi",
    ax: Axes | None = None,
) -> Axes:
    """What moves the cycle's total most: each uncertain number at its P10 and at its P90.

    Parameters
    ----------
    frame : DataFrame
        ``sensitivity(plan, scenario)``; a dozen numbers are drawn, those of the largest swing.
    expected : float
        The total to be expected, in million VND.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan, costs = kc.load_plan("2021-2025"), kc.load_scenario("uncertain-costs")
    >>> sure = kc.ensemble(plan, costs)
    >>> mean = sure.loc[sure["source"].isna() & sure["year"].isna(), "mean_million_vnd"].item()
    >>> ax = tornado(kc.sensitivity(plan, costs), plan, expected=mean)
    >>> [label.get_text() for label in ax.get_yticklabels()[:2]]
    ['Đơn giá, dòng II.1', 'Đơn giá, dòng II.2']
    """
    low, high = (frame[name].to_numpy() for name in ENDS)
    largest = np.argsort(-np.abs(high - low), kind="stable")[:MOST_BARS]
    rows, places = frame.iloc[largest], np.arange(len(largest))
    ax, hue = axes(ax, 2.2 + 0.32 * len(rows)), looks(plan)["total"]["facecolor"]
    for name, share, fade in zip(ENDS, ("P10", "P90"), (0.65, 0), strict=True):
        label = Text(f"số đó ở {share}", f"number at its {share}")[lang]
        ax.barh(places, rows[name] - expected, 0.68, expected, color=paler(hue, fade), label=label)
    low, high = np.minimum(low, high)[largest], np.maximum(low, high)[largest]
    first, last = np.minimum(low, expected), np.maximum(high, expected)
    for values, ends, shift, align in ((low, first, -4, "right"), (high, last, 4, "left")):
        beside: dict[str, Any] = {"ha": align, "va": "center", "size": 8}
        for text, end, place in zip(written(values, lang, 0), ends, places, strict=True):
            ax.annotate(text, (end, place), (shift, 0), textcoords="offset points", **beside)
    ax.vlines(expected, -0.5, len(rows) - 0.5, color=DARK, linewidth=0.8)
    mean = Text("kỳ vọng {}", "expected {}")[lang].format(written([expected], lang, 0)[0])
    ax.text(expected, -0.85, mean, ha="center", va="center", weight="bold")
    shares: list[str] = []
    if rows["main_pct"].notna().any():
        head = Text("đóng góp vào\nbiến động", "share of\nthe variance")[lang]
        shares = [head, *map(_chance, rows["main_pct"])]
    for row, text in zip([-0.85, *places], shares, strict=False):
        ax.text(1.02, row, text, va="center", transform=ax.get_yaxis_transform())
    room = 0.12 * (last.max() - first.min()) or 1
    ax.set(xlim=(first.min() - room, last.max() + room), ylim=(len(rows) - 0.5, -1.3))
    ax.set_yticks(places, _inputs(frame, plan, lang).iloc[largest])
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.xaxis.set_major_formatter(ticks(lang))
    ax.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=2)
    title = Text("Số chưa chắc chắn nào tác động mạnh nhất", "What moves the promotion budget most")
    unit = Text(
        "Đơn vị tính: triệu đồng; tổng kinh phí cả giai đoạn khi riêng số đó ở P10 hoặc P90",
        "Unit: million VND; total of the cycle with that number alone at its P10 or P90",
    )
    more = len(frame) - len(rows)
    rest = Text(f"Còn {more} số khác, tác động nhỏ hơn", f"{more} more numbers move it less")
    return finish(ax, plan, lang, title, unit, note=rest[lang] if more else "", lift=20)


def _inputs(frame: pd.DataFrame, plan: Plan, lang: str) -> pd.Series:
    """What each uncertain number is called; by its change too where that tells it from others."""
    names, line = titles(plan, lang), Text("dòng {}", "line {}")[lang]
    change = frame["change"].map(Text("thay đổi {}", "change {}")[lang].format)
    where = frame["line"].map(line.format, na_action="ignore").fillna(frame["source"].map(names))
    what = frame["of"].map(lambda of: VALUES[of][lang]) + ", " + where.fillna(change)
    label = what + (", " + frame["year"].astype("string")).fillna("")
    return label.where(~label.duplicated(keep=False), label + ", " + change)
