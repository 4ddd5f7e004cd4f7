"""From a key pressed on a slider to the changed picture, beside drawing the same bars anew."""

import io
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median

import ipywidgets as widgets
import matplotlib.pyplot as plt
from compare import compare

import kc_analysis as kc
from kc_analysis.explorer.knobs import inflation, put
from kc_analysis.model import Plan

#: The longest that a planner is to wait, in milliseconds.
PICTURE, PLAN = 150, 2


def main() -> None:
    """Print a line for the page beside plain matplotlib, and how both aims in time are met."""
    plan = kc.load_plan("2021-2025")
    page = kc.explore(plan, kc.load_norms())
    slider = next(one for one in below(page) if isinstance(one, widgets.IntSlider))
    image = next(one for one in below(page) if isinstance(one, widgets.Image))
    keys, drawn = count(), [0.0]
    image.observe(lambda _: drawn.append(time.perf_counter()), "value")

    def press() -> None:
        # A source is cut by as many per cent as change what whole units can be bought.
        slider.value = -40 * (next(keys) % 2)

    compare("a key on a slider, to all that changes", press, lambda: plainly(page.plan), 1)

    def wait_for_the_picture() -> float:
        start = time.perf_counter()
        press()
        return drawn[-1] - start

    told("  until the picture is there", PICTURE, wait_for_the_picture)
    cut = put(page.scenario, [inflation(plan, 3)], [])

    def make_a_plan() -> float:
        start = time.perf_counter()
        kc.apply_scenario(plan, cut)
        return time.perf_counter() - start

    told("  the plan behind it alone", PLAN, make_a_plan)


def told(name: str, aim: float, seconds: Callable[[], float], rounds: int = 60) -> None:
    """Print a median, and the aim that it is held against."""
    taken = 1000 * median(seconds() for _ in range(rounds))
    print(f"{name:<58}{taken:>9.2f} ms{f'aim {aim:g} ms':>26}{'  (above)' * (taken > aim)}")


def plainly(plan: Plan) -> bytes:
    """The same bars as anyone would draw them: a new figure each time."""
    wide = plan.budget.pivot_table(
        index="year", columns="source", values="amount_million_vnd", aggfunc="sum"
    )
    ax = wide.plot.bar(stacked=True, figsize=(7.6, 3.8), rot=0, title="2021-2025")
    for bars in ax.containers:
        ax.bar_label(bars, label_type="center")
    figure = ax.get_figure()
    image = io.BytesIO()
    figure.savefig(image, dpi=120)
    plt.close(figure)
    return image.getvalue()


def below(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget and all in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


if __name__ == "__main__":
    main()
