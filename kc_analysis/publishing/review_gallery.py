"""The standard charts of a mid-term review."""

from collections.abc import Callable
from functools import partial

from matplotlib.axes import Axes

from kc_analysis import charts
from kc_analysis.midterm.review import Review


def review_gallery(review: Review, lang: str) -> dict[str, Callable[[], Axes]]:
    """The standard charts of a review: a name for each, and what draws it.

    Parameters
    ----------
    review : Review
    lang : {"vi", "en"}

    Returns
    -------
    dict
        Name to a function without arguments; the targets are left out where there are none.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.midterm.review import review
    >>> plan = kc.load_plan("2021-2025")
    >>> example = kc.read_actuals(kc.raw_folder("2021-2025") / "actuals-example.xlsx")
    >>> list(review_gallery(review(plan, example), "vi"))[:2]
    ['plan_and_spent_by_year', 'plan_and_spent_by_line']
    """
    drawn: dict[str, Callable[..., Axes]] = {
        "plan_and_spent_by_year": charts.plan_and_spent,
        "plan_and_spent_by_line": partial(charts.plan_and_spent, by="line"),
        "execution": charts.execution,
        "execution_map": charts.execution_map,
        "variance": charts.variance,
        "outlook": charts.outlook,
        "leverage_by_source": partial(charts.leverage, by="source"),
        "leverage_by_line": charts.leverage,
    }
    if review.targets["done_pct"].notna().any():
        drawn["targets"] = charts.targets
    return {name: partial(draw, review, lang=lang) for name, draw in drawn.items()}
