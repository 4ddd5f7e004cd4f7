"""Where a figure of a plan stands in the document."""

import pandas as pd

from kc_analysis.model import Plan


def trace(plan: Plan, line: str | None = None, year: int | None = None) -> pd.DataFrame:
    """The places in the document that a plan's figures come from.

    Parameters
    ----------
    plan : Plan
    line : str, optional
        A line (``"I.1"``), section (``"I"``) or grand total (``"III"``); all if left out.
    year : int, optional
        All years and the cycle's totals if left out.

    Returns
    -------
    DataFrame
        Rows of ``plan.origin``: table, line, year, file, place_vi, place_en, printed.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> kc.trace(kc.load_plan("2021-2025"), line="I.1", year=2023)["printed"].tolist()
    ['750', '4']
    """
    found = plan.origin
    if line is not None:
        found = found[found["line"] == line]
    if year is not None:
        found = found[found["year"] == year]
    return found.reset_index(drop=True)
