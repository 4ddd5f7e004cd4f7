"""The page itself: controls make a scenario, the scenario makes a plan, the plan is shown."""

import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup

from kc_analysis.explorer.controls import Controls
from kc_analysis.explorer.excel import MEDIA_TYPE, as_workbook
from kc_analysis.explorer.shelf import file_name, kept, objection, save
from kc_analysis.explorer.views import Views
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import DataError, Plan, same
from kc_analysis.scenarios.apply import apply_scenario
from kc_analysis.scenarios.files import load_scenario, scenario_folder
from kc_analysis.scenarios.scenario import Scenario

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_LINK = Markup('<a download="{name}.xlsx" href="data:{kind};base64,{data}">{text}</a>')
# Movements of one control that follow each other within this time are one drag.
_DRAG_SECONDS = 1.0


def explore(
    plan: Plan, norms: pd.DataFrame, lang: str = "vi", folder: str | Path | None = None
) -> "Explorer":
    """Sliders that change a plan, and beside them what becomes of it.

    Parameters
    ----------
    plan : Plan
        The approved plan, with which every variant is compared.
    norms : DataFrame
        As ``load_norms`` gives them.
    lang : {"vi", "en"}
    folder : str or Path, optional
        Where variants are saved and opened; data/scenarios, if left out.

    Returns
    -------
    Explorer
        A widget, for the last line of a notebook cell. Its ``scenario`` is what the sliders stand
        for, and its ``plan`` what that makes of the approved plan.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> page = kc.explore(kc.load_plan("2021-2025"), kc.load_norms())
    >>> page.start_from(kc.load_scenario("national-cut"))
    >>> page.plan.budget["amount_million_vnd"].sum()
    np.float64(16646.0)
    """
    return Explorer(plan, norms, lang, Path(folder or scenario_folder()))


class Explorer(widgets.VBox):  # type: ignore[misc]
    """The page of a plan; all that it remembers is a scenario, and those before it."""

    def __init__(self, approved: Plan, norms: pd.DataFrame, lang: str, folder: Path) -> None:
        self.approved, self.lang, self._folder = approved, lang, folder
        self._past: list[Scenario] = []
        self._dragged: object = None
        self._moved_at = 0.0
        self._views = Views(approved, norms, lang)
        self._controls = Controls(approved, lang, self._go_over)
        self._message = widgets.HTML()
        bar = self._bar()
        style = widgets.HTML(f"<style>{_STYLE}</style>")
        style.layout.display = "none"
        main = widgets.HBox([self._controls.box, self._views.box])
        main.add_class("kc-main")
        shown = (self._message, self._views.headline, main, self._views.tabs)
        super().__init__([style, bar, *shown])
        self.add_class("kc-explorer")
        self.scenario = self._from(None)
        self.plan = apply_scenario(approved, self.scenario)
        self._show()

    def start_from(self, scenario: Scenario) -> None:
        """Go on from a scenario, which the sliders then change further.

        Parameters
        ----------
        scenario : Scenario
            The base of what comes.
        """
        said = WORDS["loaded"][self.lang].format(scenario.title[self.lang])
        self._go_over(self._from(scenario), said=said)

    def _go_over(self, scenario: Scenario, dragged: object = None, said: str = "") -> None:
        """Go over to a scenario; one that cannot be carried out is refused, and why is said.

        What is dragged is on its way: the steps of one drag are undone together.
        """
        try:
            plan = apply_scenario(self.approved, scenario)
        except DataError as error:
            self._say(error.in_language(self.lang), wrong=True)
        else:
            now = time.monotonic()
            on_its_way = dragged == self._dragged and now - self._moved_at < _DRAG_SECONDS
            if dragged is None or not on_its_way:
                self._past.append(self.scenario)
            self._dragged, self._moved_at = dragged, now
            self.scenario, self.plan = scenario, plan
            self._say(said)
        self._show()

    def _from(self, base: Scenario | None) -> Scenario:
        """A scenario in which nothing is changed yet."""
        name = file_name(WORDS["untitled"][self.lang])
        return Scenario(name, WORDS["untitled"], self.approved.cycle, (), base=base)

    def _undo(self) -> None:
        if self._past:
            self._dragged = None
            self.scenario = self._past.pop()
            self.plan = apply_scenario(self.approved, self.scenario)
            self._say(WORDS["undone"][self.lang])
            self._show()

    def _reset(self) -> None:
        self._go_over(self._from(None), said=WORDS["back"][self.lang])

    def _load(self) -> None:
        if name := self._kept.value:
            try:
                scenario = load_scenario(self._folder / f"{name}.toml")
            except DataError as error:
                self._say(error.in_language(self.lang), wrong=True)
            else:
                self.start_from(scenario)

    def _save(self, *, overwrite: bool = False) -> None:
        title = self._name.value.strip()
        named = replace(self.scenario, name=file_name(title), title=same(title))
        path = self._folder / f"{named.name}.toml"
        if words := objection(named, self._folder, self.lang):
            self._say(words, wrong=True)
            return
        if path.exists() and not overwrite:
            self._say(WORDS["exists"][self.lang].format(path.name), wrong=True)
            self._ask(True)
            return
        try:
            save(named, self._folder, overwrite=overwrite)
        except OSError:
            self._say(WORDS["not_written"][self.lang].format(path), wrong=True)
            return
        self.scenario = named
        self.plan = replace(self.plan, variant=named.title)
        self._list_kept()
        self._say(f"{WORDS['saved'][self.lang]}: {path.name}")
        self._show()

    def _keep(self) -> None:
        self._say(WORDS["kept_file"][self.lang])

    def _take_along(self) -> None:
        data = b64encode(as_workbook(self.approved, self.plan, self.lang)).decode()
        name = self.scenario.name
        text = f"{WORDS['download'][self.lang]}: {name}.xlsx"
        self._link.value = _LINK.format(name=name, kind=MEDIA_TYPE, data=data, text=text)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        """Tell the planner something, in place of what was told before."""
        look = "kc-wrong" if wrong else "kc-said"
        self._message.value = Markup('<div class="{}" role="status">{}</div>').format(look, text)
        self._ask(False)

    def _ask(self, asked: bool) -> None:
        """Offer to overwrite, or do so no more."""
        for button in self._asked:
            button.layout.display = None if asked else "none"

    def _show(self) -> None:
        self._views.show(self.scenario, self.plan)
        self._controls.show(self.scenario, self.plan)
        self._undo_button.disabled = not self._past
        self._link.value = ""  # what was made of another variant is no more

    def _list_kept(self) -> None:
        options = kept(self._folder, self.approved.cycle, self.lang)
        self._kept.options = [(f"– {WORDS['choose'][self.lang]} –", ""), *options]
        self._kept.value = ""

    def _bar(self) -> Any:
        self._undo_button = self._button("undo", self._undo)
        self._name = widgets.Text(
            description=WORDS["name"][self.lang],
            placeholder=WORDS["name_hint"][self.lang],
            style={"description_width": "initial"},
        )
        # Whoever takes another name has not confirmed that of before.
        self._name.observe(lambda _: self._ask(False), "value")
        self._asked = [
            self._button("overwrite", lambda: self._save(overwrite=True)),
            self._button("keep", self._keep),
        ]
        self._ask(False)
        self._kept = widgets.Dropdown(
            description=WORDS["scenario"][self.lang], style={"description_width": "initial"}
        )
        self._list_kept()
        self._link = widgets.HTML()
        bar = widgets.HBox(
            [
                self._undo_button,
                self._button("reset", self._reset),
                self._kept,
                self._button("load", self._load),
                self._name,
                self._button("save", self._save),
                *self._asked,
                self._button("excel", self._take_along),
                self._link,
            ]
        )
        bar.add_class("kc-bar")
        return bar

    def _button(self, name: str, pressed: Callable[[], None]) -> Any:
        button = widgets.Button(description=WORDS[name][self.lang])
        button.on_click(lambda _: pressed())
        return button
