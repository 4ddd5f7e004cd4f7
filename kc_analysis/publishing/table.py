"""Tables as a planner reads them, in a notebook and on a page."""

from dataclasses import dataclass

import pandas as pd

from kc_analysis.model import Plan
from kc_analysis.publishing.templates import TEMPLATES
from kc_analysis.wording import present, present_years


@dataclass(frozen=True)
class Table:
    """A table of text to be looked at; a notebook shows it whole, numbers to the right."""

    frame: pd.DataFrame

    def _repr_html_(self) -> str:
        return TEMPLATES.get_template("table.html.j2").render(
            names=self.frame.columns, rows=self.frame.itertuples(index=False)
        )

    def __repr__(self) -> str:
        """The table in plain text."""
        return self.frame.to_string(index=False)


def show(frame: pd.DataFrame, plan: Plan, lang: str = "vi") -> Table:
    """Any table of this package, in words and with numbers written.

    Parameters
    ----------
    frame : DataFrame
    plan : Plan
        The plan that the frame comes from; it names sources, lines and activities.
    lang : {"vi", "en"}

    Returns
    -------
    Table

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> kc.show(kc.amounts(plan, ["source"], per="cycle"), plan)
                     Nguồn Kinh phí (triệu đồng)
    Khuyến công địa phương                 4.446
      Khuyến công quốc gia                13.800
    """
    return Table(present(frame, plan, lang))


def show_years(
    frame: pd.DataFrame, value: str, plan: Plan, lang: str = "vi", *, total: bool = False
) -> Table:
    """One figure by year, laid out as the appendices are: a row a line, a column a year.

    Parameters
    ----------
    frame : DataFrame
        With year, ``value``, and at most one of line, source and activity.
    value : str
        The column to show.
    plan : Plan
    lang : {"vi", "en"}
    total : bool
        Whether a column adds up the years, and, of amounts, a row adds up the lines.

    Returns
    -------
    Table

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> kc.show_years(kc.amounts(plan), "amount_million_vnd", plan)
     2021  2022  2023  2024  2025
    2.950 3.300 3.680 3.960 4.356
    """
    return Table(present_years(frame, value, plan, lang, total=total))
