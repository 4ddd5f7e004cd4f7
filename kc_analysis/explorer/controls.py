"""Sliders and pickers: what stands on them, and the scenario that moving one makes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import ipywidgets as widgets

from kc_analysis.explorer import knobs
from kc_analysis.explorer.figures import by_source, cells, unit_costs
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan
from kc_analysis.numerals import format_number, write_number
from kc_analysis.scenarios.apply import apply_scenario
from kc_analysis.scenarios.scenario import Scenario
from kc_analysis.wording import labels


class GoOver(Protocol):
    """How the page is told of a new scenario, of what is dragged, and of what to say."""

    def __call__(self, scenario: Scenario, dragged: object = None, said: str = "") -> None:
        """Go over to a scenario."""


class _Row:
    """A slider for a year, and beside it what it stands for, written as the language writes."""

    def __init__(self, slider: Any) -> None:
        self.slider, self.readout = slider, widgets.HTML()
        self.readout.add_class("kc-readout")
        self.box = widgets.HBox([slider, self.readout])

    def stand(self, value: float) -> None:
        """Put the slider at a value, unless it is there but for a browser's rounding.

        Whoever puts it there again pulls it out of the hand that drags it.
        """
        if abs(self.slider.value - value) > 1e-6:
            self.slider.value = value

    def read(self, strong: str, weak: str = "") -> None:
        """Write the readout."""
        self.readout.value = f"<b>{strong}</b> {weak}"


class Controls:
    """The controls of a plan.

    Parameters
    ----------
    approved : Plan
    lang : {"vi", "en"}
    go_over : GoOver
        Called with the scenario that a movement makes.
    """

    def __init__(self, approved: Plan, lang: str, go_over: GoOver) -> None:
        self.approved, self.lang, self._go_over = approved, lang, go_over
        self._quiet = False
        years = list(approved.years)
        sources, lines = (labels(approved, of, lang) for of in ("source", "line"))
        self.source = self._picker("source", [(title, one) for one, title in sources.items()])
        self.money = {
            year: _Row(_slider(widgets.IntSlider, str(year), min=-100, max=100)) for year in years
        }
        ways = ("quantity", "unit_cost")
        self.gives_way = self._picker(
            "gives_way", [(WORDS[f"{w}_gives_way"][lang], w) for w in ways]
        )
        self.costs = _Row(
            _slider(widgets.FloatSlider, WORDS["a_year"][lang], min=-10, max=20, step=0.1)
        )
        self.line = self._picker("line", [(f"{one} {title}", one) for one, title in lines.items()])
        self.work = {
            year: _Row(_slider(widgets.FloatSlider, str(year), min=0, max=1, step=1))
            for year in years
        }
        for year, row in self.money.items():
            self._watch(row.slider, self._move_money, year)
            self._watch(self.work[year].slider, self._move_work, year)
        self._watch(self.costs.slider, self._move_costs)
        self._watch(self.gives_way, self._move_gives_way)
        for picker in (self.source, self.line):
            self._watch(picker, lambda _: self.show(self.scenario, self.plan))
        self.box = widgets.VBox(
            [
                _heading(WORDS["money"][lang]),
                self.source,
                *(row.box for row in self.money.values()),
                self.gives_way,
                *([_heading(WORDS["costs"][lang]), self.costs.box] * (len(years) > 1)),
                _heading(WORDS["work"][lang]),
                self.line,
                *(row.box for row in self.work.values()),
            ]
        )
        self.box.add_class("kc-controls")

    def show(self, scenario: Scenario, plan: Plan) -> None:
        """Put all controls where a scenario has them."""
        self.scenario, self.plan = scenario, plan
        with self._quietly():
            self._show_money()
            self._show_costs()
            self._show_work()

    def _show_money(self) -> None:
        source, amounts = self.source.value, by_source(self.plan)
        for year, row in self.money.items():
            own = knobs.found(self.scenario, knobs.money(source, year, 0, "quantity"))
            percent = knobs.percent_of(own) if own else 0
            row.stand(percent)
            row.slider.disabled = own is None and not amounts[source, year]
            row.read(
                f"{format_number(percent, self.lang, sign=True)}%",
                f"→ {write_number(round(amounts[source, year], 1), self.lang)}",
            )
        ways = (change.gives_way for change in self.scenario.changes if change.of == "amount")
        self.gives_way.value = next(ways, self.gives_way.value)

    def _show_costs(self) -> None:
        own = knobs.found(self.scenario, knobs.inflation(self.plan, 0))
        percent = knobs.number_of(own) if own else 0.0
        self.costs.stand(percent)
        self.costs.read(f"{format_number(percent, self.lang, 1, sign=True)}%")

    def _show_work(self) -> None:
        line = self.line.value
        before, after = cells(self.approved, "quantities"), cells(self.plan, "quantities")
        own = [quantity for (name, _), quantity in before.items() if name == line]
        # Twice what the line ever has, and room for a little of what it never has.
        most = max(2 * max(own, default=0), 5)
        step = 1 if all(quantity % 1 == 0 for quantity in own) else 0.1
        known = bool(self._costs_of(line, self.plan))
        for year, row in self.work.items():
            old, new = before.get((line, year), 0.0), after.get((line, year), 0.0)
            row.slider.max, row.slider.step = max(most, new), step
            row.stand(new)
            row.slider.disabled = not known
            planned = f"({WORDS['plan'][self.lang]} {write_number(old, self.lang)})"
            row.read(write_number(new, self.lang), planned if new != old else "")

    def _move_money(self, percent: float, year: int) -> None:
        change = knobs.money(self.source.value, year, percent, self.gives_way.value)
        self._go_over(
            knobs.put(self.scenario, [change] if percent else [], [change]),
            knobs.place_of(change),
        )

    def _move_costs(self, percent: float) -> None:
        change = knobs.inflation(self.plan, round(percent, 1))
        self._go_over(
            knobs.put(self.scenario, [change] if change.value else [], [change]),
            knobs.place_of(change),
        )

    def _move_gives_way(self, gives_way: knobs.GivesWay) -> None:
        self._go_over(knobs.giving_way(self.scenario, gives_way))

    def _move_work(self, quantity: float, year: int) -> None:
        at = line, year = self.line.value, year
        change, said = knobs.work(at, round(quantity, 3)), ""
        rest = knobs.put(self.scenario, [], [change, knobs.price(at, 0)])
        plan = apply_scenario(self.approved, rest)
        new = [change]
        if year not in unit_costs(self.approved, line):
            costs = self._costs_of(line, plan)
            like = min(costs, key=lambda other: abs(other - year))
            new.append(
                knobs.found(self.scenario, knobs.price(at, 0)) or knobs.price(at, costs[like])
            )
            if like != year:
                cost = write_number(costs[like], self.lang)
                said = WORDS["new_work"][self.lang].format(year, like, cost)
        if change.value == cells(plan, "quantities").get(at, 0.0):
            new, said = [], ""
        self._go_over(knobs.put(rest, new, []), knobs.place_of(change), said)

    def _costs_of(self, line: str, plan: Plan) -> dict[int, float]:
        """What a unit costs, in the years in which the approved plan or another tells."""
        return unit_costs(self.approved, line) | unit_costs(plan, line)

    def _picker(self, name: str, options: list[tuple[str, str]]) -> Any:
        return widgets.Dropdown(
            options=options,
            description=WORDS[name][self.lang],
            style={"description_width": "60px"},
        )

    def _watch(self, control: Any, moved: Callable[..., None], *of: object) -> None:
        def heed(event: dict[str, Any]) -> None:
            if not self._quiet:
                moved(event["new"], *of)

        control.observe(heed, "value")

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """What the page itself puts on a control is no movement."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


def _slider(kind: Any, description: str, **bounds: float) -> Any:
    return kind(
        description=description,
        readout=False,  # it would write a number the English way
        style={"description_width": "60px"},
        **bounds,
    )


def _heading(text: str) -> Any:
    return widgets.HTML(f"<h3>{text}</h3>")
