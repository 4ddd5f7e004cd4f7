"""What each row of a table is called, and which of the figures count in it."""

from typing import Any

import pandas as pd

from kc_analysis.midterm.review import Review
from kc_analysis.publishing.annex.formulas import Names
from kc_analysis.publishing.annex.table import Block
from kc_analysis.publishing.annex.words import HEADINGS, IN_YEAR, TOTAL
from kc_analysis.wording import labels


class Rows:
    """Names rows in one language.

    Parameters
    ----------
    review : Review
    lang : {"vi", "en"}

    Attributes
    ----------
    names : Names
    lines : DataFrame
        title, source (its number), unit and order of every line, planned or not.
    """

    def __init__(self, review: Review, lang: str) -> None:
        plan, done = review.plan, review.actuals.plan
        self.names = Names(lang)
        self._numbers = dict(zip(plan.sources["source"], plan.sources["number"], strict=True))
        self._sources = labels(plan, "source", lang)
        lines = pd.concat([plan.lines, done.lines]).drop_duplicates("line").set_index("line")
        self._titles = labels(done, "line", lang) | labels(plan, "line", lang)
        self.lines = lines.assign(
            title=lines.index.map(self._titles),
            source=lines["source"].map(self._numbers),
            unit=lines["unit"] if lang == "vi" else lines["unit_en"].fillna(lines["unit"]),
            order=range(len(lines)),
        )

    def named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Lines with their titles, the number of their source, their unit, in the plan's order."""
        names = ("title", "source", "unit", "order")
        named = frame.assign(**{name: frame["line"].map(self.lines[name]) for name in names})
        return named.sort_values(["order", "year"], kind="stable", ignore_index=True)

    def block(self, frame: pd.DataFrame, by: list[str], title: str = "", name: str = "") -> Block:
        """Rows by line, source or year, with what they are called and what counts in them.

        Parameters
        ----------
        frame : DataFrame
        by : list of {"line", "source", "year"}
        title : str
        name : str
            The name of the column that is compared, if it is not that of the figures.
        """
        keys = [frame[one].map(self._numbers) if one == "source" else frame[one] for one in by]
        columns = (
            [self.names.where(name or one, key) for key in values.tolist()]
            for one, values in zip(by, keys, strict=True)
        )
        where = list(zip(*columns, strict=True))
        frame = frame.assign(label=[self._label(by[0], key) for key in frame[by[0]].tolist()])
        if "line" in frame:
            frame["unit"] = frame["line"].map(self.lines["unit"])
        return Block(frame, where, title=title)

    def total(self, frame: pd.DataFrame) -> Block:
        """The row of all that there is."""
        return Block(frame.assign(label=TOTAL[self.names.lang]), is_total=True)

    def heading(self, by: str) -> str:
        """What a column of labels is called."""
        return HEADINGS["label" if by == "line" else by][self.names.lang]

    def _label(self, by: str, key: Any) -> str:
        if by == "year":
            return IN_YEAR[self.names.lang].format(year=key)
        if by == "source":
            return f"{self._numbers[key]}. {self._sources[key]}"
        return f"{key}. {self._titles[key]}"
