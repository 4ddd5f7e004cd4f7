"""How every chart looks: colours by the plan, titles and notes, numbers written, files saved."""

from collections.abc import Iterable
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ticker import FuncFormatter

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import format_number
from kc_analysis.wording import citation, labels

# Sources differ by hue, and by lightness for eyes and printers that see no hue.
HUES = ("#1f4e79", "#f0a030", "#3f9c85", "#d3b5dd", "#8c3b4a")
HATCHES = ("", "////", "....")
DARK, GREY, PALE = "#262626", "#595959", "#d9d9d9"
WARNING = "#a03c1e"
MILLION = Text("Đơn vị tính: triệu đồng", "Unit: million VND")

styled = plt.style.context(Path(__file__).with_name("kc.mplstyle"))
# The backend is loaded now: loaded inside a style's context, it would lose its interactive mode
# when the context ends, and a notebook would show none but its first chart.
plt.draw_if_interactive()


@styled
def save(ax: Axes, path: Path | str) -> list[Path]:
    """Write a chart as PNG (300 dpi) and SVG, each whole or not at all, and close its figure.

    The same chart gives the same bytes. Title and note go in as text, for those who see no picture.

    Parameters
    ----------
    ax : Axes
    path : Path or str
        Without suffix.

    Examples
    --------
    >>> import tempfile
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save(kc.charts.growth(kc.growth(plan), plan), Path(folder, "growth"))
    >>> [path.name for path in paths]
    ['growth.png', 'growth.svg']
    """
    facts = {"Title": ax.get_title(loc="left"), "Description": ax.get_xlabel()}
    figure, paths = ax.get_figure(root=True), []
    assert figure is not None
    for suffix, metadata in (("png", facts), ("svg", {**facts, "Date": None})):
        paths.append(Path(f"{path}.{suffix}"))
        aside = paths[-1].with_name(f".{paths[-1].name}")
        figure.savefig(aside, format=suffix, metadata=metadata)
        aside.replace(paths[-1])
    plt.close(figure)
    return paths


def axes(ax: Axes | None, height: float = 5.0, width: float = 9.0) -> Axes:
    """The axes given, cleared, or those of a new figure."""
    if ax is None:
        ax = plt.subplots(figsize=(width, height))[1]
    ax.clear()  # an axes that stood before then takes up the style, but for its spines and grid
    ax.spines[["top", "left", "right"]].set_visible(False)
    ax.set_axisbelow(True)
    return ax


def finish(
    ax: Axes,
    plan: Plan,
    lang: str,
    title: Text,
    unit: Text,
    *,
    by: str = "",
    period: str = "",
    note: str = "",
    stamp: str = "",
    lift: float = 0,
) -> Axes:
    """Title, unit and stamp above the axes, by ``lift`` points more; the source note below."""
    period = period or plan.cycle.replace("-", "–")
    ax.set_title(f"{title[lang]}{by}, {period}", loc="left", pad=lift + 26)
    above = ax.annotate(
        unit[lang], (0, 1), (0, lift + 10), "axes fraction", "offset points", color=GREY
    )
    if stamp:
        beside: dict[str, Any] = {"xycoords": above, "textcoords": "offset points", "va": "bottom"}
        ax.annotate(stamp, (1, 0), (10, 0), color=WARNING, weight="bold", **beside)
    # A layout takes no heed of how wide this label is.
    ax.set_xlabel(f"{fill(citation(plan, lang), 72)}\n{fill(note, 95)}".rstrip(), loc="left")
    for axis in (ax.xaxis, ax.yaxis):
        axis.get_ticklabels()  # ticks are made when first asked for: now, in this style
    return ax


def looks(plan: Plan) -> dict[str, dict[str, Any]]:
    """Fill of the total, of each source and of each line, which has its source's hue."""
    fills: dict[str, dict[str, Any]] = {"total": {"facecolor": GREY}}
    for index, source in enumerate(plan.sources["source"]):
        hue = HUES[index % len(HUES)]
        fills[source] = {"facecolor": hue, "edgecolor": "white"}
        lines = plan.lines.loc[plan.lines["source"] == source, "line"]
        for place, line in enumerate(lines):
            shade = paler(hue, 0.6 * place / max(1, len(lines) - 1))
            hatch = HATCHES[place % len(HATCHES)]
            fills[line] = {"facecolor": shade, "edgecolor": "white", "hatch": hatch}
    return fills


def paler(colour: str, part: float) -> str:
    """A colour mixed with white; ``part`` 1 is white."""
    red, green, blue = (1 - (1 - tone) * (1 - part) for tone in to_rgb(colour))
    return to_hex((red, green, blue))


def ink(ground: str) -> str:
    """The colour of text that is legible on a ground."""
    return "white" if np.dot(to_rgb(ground), (0.3, 0.6, 0.1)) < 0.5 else DARK


def titles(plan: Plan, lang: str) -> dict[str, str]:
    """What the chart calls the total, each source and each line."""
    lines = {line: f"{line} {title}" for line, title in labels(plan, "line", lang).items()}
    return {"total": ""} | labels(plan, "source", lang) | lines


def written(
    values: Iterable[float], lang: str, decimals: int = 1, *, sign: bool = False
) -> list[str]:
    """Numbers as text, without decimals where all are whole."""
    values = list(values)
    whole = all(np.isnan(value) or round(value, 6) % 1 == 0 for value in values)
    return [format_number(value, lang, 0 if whole else decimals, sign=sign) for value in values]


def written_range(ends: Iterable[float], lang: str, decimals: int = 1) -> str:
    """A range of numbers, one number where its ends are the same."""
    known = [end for end in ends if not np.isnan(end)]
    return "–".join(dict.fromkeys(written(known, lang, decimals))) or "–"


def apart(values: Iterable[float], step: float) -> list[float]:
    """Places as near to values as they may be, in the same order and at least a step apart."""
    values = np.array(list(values))
    order = np.argsort(values, kind="stable")
    steps = step * np.arange(len(values))
    free = values[order] - steps
    # Pushed up, and pushed down, they keep a step's distance; so they do half way between.
    up, down = np.maximum.accumulate(free), np.minimum.accumulate(free[::-1])[::-1]
    places = np.empty(len(values))
    places[order] = (up + down) / 2 + steps
    return [float(place) for place in places]


def ticks(lang: str) -> FuncFormatter:
    """Numbers along an axis, as the language writes them."""
    return FuncFormatter(lambda value, _: written([value], lang)[0])
