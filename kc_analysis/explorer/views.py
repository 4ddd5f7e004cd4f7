"""What a planner sees of a variant: its total, the chart, the verdicts, both appendices."""

import ipywidgets as widgets
import pandas as pd
from markupsafe import Markup, escape

from kc_analysis.explorer.figures import FIGURES
from kc_analysis.explorer.picture import Picture
from kc_analysis.explorer.summary import headline
from kc_analysis.explorer.tables import changes_table
from kc_analysis.explorer.verdicts import Verdicts
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan
from kc_analysis.scenarios.scenario import Scenario


class Views:
    """The widgets that only show.

    Parameters
    ----------
    approved : Plan
        What every variant is held against.
    norms : DataFrame
    lang : {"vi", "en"}
    """

    def __init__(self, approved: Plan, norms: pd.DataFrame, lang: str) -> None:
        self.approved, self.lang = approved, lang
        self.picture, self.judge = Picture(approved, lang), Verdicts(approved, norms, lang)
        self.headline, self.verdicts = widgets.HTML(), widgets.HTML()
        self.image = widgets.Image(format="png")
        self.image.add_class("kc-picture")
        # An Image takes no alternative text, and a tooltip breaks its view.
        self.spoken = widgets.HTML()
        self.spoken.add_class("kc-spoken")
        self.tables = {table: widgets.HTML() for table in FIGURES}
        self.tabs = widgets.Tab(
            list(self.tables.values()), titles=[WORDS[t][lang] for t in self.tables]
        )
        self.box = widgets.VBox([self.image, self.spoken, self.verdicts])
        self.box.add_class("kc-views")

    def show(self, scenario: Scenario, plan: Plan) -> None:
        """Show a scenario and the plan that it makes, the picture first."""
        self.image.value = self.picture.draw(plan)
        self.spoken.value = escape(self.picture.described(plan))
        self.headline.value = headline(self.approved, plan, scenario, self.lang)
        self.verdicts.value = self.judge.of(plan, scenario)
        for table, shown in self.tables.items():
            made = changes_table(self.approved, plan, table, self.lang)
            shown.value = Markup('<div class="kc-scroll">{}</div>').format(made)
