"""The standard charts of a plan, as the run publishes them."""

from collections.abc import Callable
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from kc_analysis import charts
from kc_analysis.analysis.amounts import amounts
from kc_analysis.analysis.decomposition import decompose_growth, decompose_years
from kc_analysis.analysis.growth import growth
from kc_analysis.analysis.shares import shares
from kc_analysis.analysis.unit_costs import headroom, unit_costs
from kc_analysis.checks.coverage import coverage
from kc_analysis.model import Plan


def gallery(
    plan: Plan, norms: pd.DataFrame, lang: str, cpi: pd.DataFrame | None = None
) -> dict[str, Callable[[], Axes]]:
    """The standard charts of a plan: a name for each, and what draws it.

    Parameters
    ----------
    plan : Plan
    norms : DataFrame
        As ``load_norms`` gives them.
    lang : {"vi", "en"}
    cpi : DataFrame, optional
        As ``decompose_growth`` takes it.

    Returns
    -------
    dict
        Name to a function without arguments; the coverage is left out where there are no targets.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> list(gallery(kc.load_plan("2021-2025"), kc.load_norms(), "vi"))[:2]
    ['budget_by_source', 'budget_by_line']
    """
    start, end = plan.years[0], plan.years[-1]
    drawn = {
        "budget_by_source": partial(charts.budget, amounts(plan, ["source"])),
        "budget_by_line": partial(charts.budget, amounts(plan, ["line"])),
        "growth": partial(charts.growth, growth(plan)),
        "growth_by_source": partial(charts.growth, growth(plan, ["source"])),
        "shares_by_source": partial(charts.shares, shares(plan, "source")),
        "shares_by_line": partial(charts.shares, shares(plan, "line")),
        "unit_costs": partial(charts.unit_costs, unit_costs(plan), norms=headroom(plan, norms)),
        "decomposition": partial(
            charts.decomposition,
            decompose_growth(plan, start, end, by=[], cpi=cpi),
            start=start,
            end=end,
            totals=amounts(plan),
        ),
        "decomposition_by_year": partial(charts.decomposition_by_year, decompose_years(plan)),
    }
    if not plan.targets.empty:
        drawn["coverage"] = partial(charts.coverage, coverage(plan))
    return {name: partial(draw, plan=plan, lang=lang) for name, draw in drawn.items()}
