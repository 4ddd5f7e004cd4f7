"""The budget by year and source, a scenario's beside the plan's: drawn once, then only moved."""

from dataclasses import dataclass
from io import BytesIO
from textwrap import fill

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text as Lettering

from kc_analysis.charts.style import (
    GREY,
    MILLION,
    PALE,
    axes,
    finish,
    ink,
    looks,
    paler,
    styled,
    ticks,
    titles,
    written,
)
from kc_analysis.explorer.figures import by_source
from kc_analysis.model import Plan, Text

_TITLE = Text("Phương án so với kế hoạch đã duyệt", "The variant against the approved plan")
_PLAN = Text("nhạt: kế hoạch đã duyệt", "pale: approved plan")
_VARIANT = Text("đậm: phương án", "dark: variant")
_WIDTH = 0.42


@dataclass
class _Bar:
    """A source in a year: its rectangle, and its amount written inside where it fits."""

    patch: Rectangle
    label: Lettering


class Picture:
    """A chart that keeps its figure, so that a change costs no more than moving its bars.

    Parameters
    ----------
    approved : Plan
        What stands on the left of each year.
    lang : {"vi", "en"}
    """

    @styled
    def __init__(self, approved: Plan, lang: str = "vi") -> None:
        self.years, self.lang = list(approved.years), lang
        self.sources = approved.sources["source"].tolist()
        self.figure = Figure(figsize=(max(7.6, 1.2 * len(self.years)), 3.8), dpi=120)
        self.canvas = FigureCanvasAgg(self.figure)
        self.ax = ax = axes(self.figure.add_subplot())
        fills, names = looks(approved), titles(approved, lang)
        heights = by_source(approved)
        tops = self._tops(heights)
        floor = np.zeros(len(self.years))
        places = np.arange(len(self.years))
        self.bars: dict[tuple[str, int], _Bar] = {}
        for source in reversed(self.sources):
            tall = np.array([heights[source, year] for year in self.years])
            colour = fills[source]["facecolor"]
            pale = {**fills[source], "facecolor": paler(colour, 0.62)}
            ax.bar(places - _WIDTH / 2 - 0.01, tall, _WIDTH, floor, **pale)
            moved = ax.bar(places + _WIDTH / 2 + 0.01, tall, _WIDTH, floor, **fills[source])
            for year, patch in zip(self.years, moved, strict=True):
                middle = patch.get_x() + _WIDTH / 2
                label = ax.text(middle, 0, "", ha="center", va="center", size=8, color=ink(colour))
                self.bars[source, year] = _Bar(patch, label)
            floor += tall
        for place, text in zip(places, written(tops, lang, 0), strict=True):
            at = (place - _WIDTH / 2, tops[place])
            ax.annotate(text, at, (0, 3), textcoords="offset points", ha="center", color=GREY)
        self.totals = [
            ax.annotate("", (0, 0), (0, 3), textcoords="offset points", ha="center", weight="bold")
            for _ in self.years
        ]
        ax.set_xticks(places, [str(year) for year in self.years])
        ax.yaxis.set_major_formatter(ticks(lang))
        legend = {fill(names[source], 30): Patch(**fills[source]) for source in self.sources}
        legend |= {_PLAN[lang]: Patch(facecolor=PALE), _VARIANT[lang]: Patch(facecolor=GREY)}
        finish(ax, approved, lang, _TITLE, MILLION)
        self.figure.legend(
            legend.values(),
            legend,
            loc="outside lower left",
            ncols=4 if len(legend) <= 4 else 3,
            frameon=False,
        )
        self.moving: list[Artist] = [*self.totals]
        for bar in self.bars.values():
            self.moving += [bar.patch, bar.label]
        for artist in self.moving:
            artist.set_animated(True)
        self.top = 0.0
        self._move(approved)

    def draw(self, plan: Plan) -> bytes:
        """The picture of a plan, as PNG.

        Examples
        --------
        >>> import kc_analysis as kc
        >>> plan = kc.load_plan("2021-2025")
        >>> Picture(plan).draw(plan)[1:4]
        b'PNG'
        """
        self._move(plan)
        self.canvas.restore_region(self.ground)
        for artist in self.moving:
            self.ax.draw_artist(artist)
        image = BytesIO()
        pixels = np.asarray(self.canvas.buffer_rgba())
        imsave(image, pixels, format="png", pil_kwargs={"compress_level": 1})
        return image.getvalue()

    def described(self, plan: Plan) -> str:
        """What the picture shows, for those who do not see it."""
        tops = written(self._tops(by_source(plan)), self.lang, 0)
        years = "; ".join(f"{year}: {top}" for year, top in zip(self.years, tops, strict=True))
        return f"{self.ax.get_title(loc='left')}. {MILLION[self.lang]}. {years}"

    def _tops(self, heights: dict[tuple[str, int], float]) -> list[float]:
        return [sum(heights[source, year] for source in self.sources) for year in self.years]

    def _move(self, plan: Plan) -> None:
        heights = by_source(plan)
        tops = self._tops(heights)
        self._scale(1.1 * max(tops, default=0.0))
        floors = dict.fromkeys(self.years, 0.0)
        for (_, year), bar, height in (
            (place, self.bars[place], heights[place])
            for source in reversed(self.sources)
            for place in ((source, year) for year in self.years)
        ):
            bar.patch.set_y(floors[year])
            bar.patch.set_height(height)
            bar.label.set_y(floors[year] + height / 2)
            bar.label.set_text(
                written([height], self.lang, 0)[0] if height > 0.06 * self.top else ""
            )
            floors[year] += height
        texts = zip(self.totals, tops, written(tops, self.lang, 0), strict=True)
        for place, (text, top, number) in enumerate(texts):
            text.xy = (place + _WIDTH / 2, top)
            text.set_text(number)

    @styled
    def _scale(self, top: float) -> None:
        """Room for the tallest bar; what stands still is drawn anew only when the scale changes.

        The scale stays while it can: bars that shrink are to be seen shrinking.
        """
        if not self.top or top > self.top:
            self.top = top or 1.0
            self.ax.set_ylim(0, self.top)
            self.canvas.draw()
            self.ground = self.canvas.copy_from_bbox(self.figure.bbox)
