"""The targets of a decision's narrative against the appendices that pay for them."""

from collections.abc import Iterator, Mapping
from math import isnan, nan
from typing import Any

import pandas as pd

from kc_analysis.checks.figures import Figures, Years, add
from kc_analysis.model import TEXT, DataError, Finding, Plan, Text, Trouble, same, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.reading.money import in_million_vnd
from kc_analysis.reading.vocabulary import money_unit


def coverage(plan: Plan) -> pd.DataFrame:
    """Set each target of the decision's narrative beside the budget line that pays for it.

    Parameters
    ----------
    plan : Plan
        With its targets, as ``load_plan`` gives them.

    Returns
    -------
    DataFrame
        A row a target: the columns of ``plan.targets``, planned_low and planned_high (the least
        and the most that the appendices plan a year, or for the cycle), planned_unit_vi,
        planned_unit_en and status:

        - ``agrees``: planned within the target's range;
        - ``exceeds``: an open target ("over 25") is met and passed;
        - ``short``, ``over``: planned below or above the target;
        - ``other_years``: planned in other years than the narrative says;
        - ``other_unit``: the line counts something else (fairs, not attendances);
        - ``no_line``: no budget line names it.

    Raises
    ------
    DataError
        If a target names a budget line that the plan does not have.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> coverage = kc.coverage(kc.load_plan("2021-2025")).set_index("target_id")
    >>> coverage.loc[["training-classes", "fairs-yearly", "cluster-plans"], "status"].tolist()
    ['no_line', 'short', 'agrees']
    """
    figures = Figures(plan)
    planned = [_planned(figures, target) for target in plan.targets.to_dict("records")]
    columns = {
        **dict.fromkeys(("planned_low", "planned_high"), float),
        **dict.fromkeys(("planned_unit_vi", "planned_unit_en", "status"), TEXT),
    }
    return plan.targets.join(tabulate(columns, planned))


def _planned(figures: Figures, target: Mapping[Any, Any]) -> tuple[Any, ...]:
    """The least and the most that the appendices plan for a target, and how that compares."""
    if not isinstance(target["budget_line"], str):
        return nan, nan, None, None, "no_line"
    money = money_unit(target["unit_vi"])
    table = "budget" if money else "quantities"
    lines: dict[str, Years] = {}
    for key in target["budget_line"].split(";"):
        if not (found := figures.members(table, key)):
            place = same(f"targets.csv, {target['target_id']}")
            expected = Text("một dòng có trong kế hoạch", "a line of the plan")
            raise DataError([Trouble(place, expected, same(f"“{key}”"))])
        lines |= found
    yearly = [add(lines.values(), year) for year in figures.plan.years]
    low, high = (min(yearly), max(yearly)) if target["per"] == "year" else (sum(yearly),) * 2
    if money:
        low, high = (round(value / in_million_vnd(1, money), 6) for value in (low, high))
        units = [(target["unit_vi"], target["unit_en"])]
    else:
        units = list(dict.fromkeys(figures.units[line] for line in lines))
    unit_vi, unit_en = (" + ".join(names) for names in zip(*units, strict=True))
    planned = {str(year) for years in lines.values() for year in years}
    if not money and unit_vi != target["line_unit"]:
        status = "other_unit"
    elif isinstance(target["years"], str) and planned != set(target["years"].split(";")):
        status = "other_years"
    elif low < target["low"]:
        status = "short"
    elif isnan(target["high"]):
        status = "exceeds" if high > target["low"] else "agrees"
    else:
        status = "over" if high > target["high"] else "agrees"
    return low, high, unit_vi, unit_en, status


def promises(plan: Plan) -> Iterator[Finding]:
    """The targets that the appendices do not simply bear out."""
    if plan.targets.empty:
        return
    covered = coverage(plan)
    for row in covered[covered["status"] != "agrees"].to_dict("records"):
        severity, message = _MESSAGES[row["status"]]
        written = (
            message[lang].format(
                what=row[f"what_{lang}"],
                unit=row[f"unit_{lang}"],
                line=str(row["budget_line"]).replace(";", " + "),
                promised=_range(row["low"], row["high"], lang),
                planned=_range(row["planned_low"], row["planned_high"], lang)
                + f" {row[f'planned_unit_{lang}']}",
            )
            for lang in ("vi", "en")
        )
        yield Finding(
            rule=f"target-{row['status'].replace('_', '-')}",
            severity=severity,
            table="targets",
            line=row["target_id"],
            year=None,
            expected=row["low"],
            found=row["planned_low"],
            place=same(row["where"]),
            message=Text(*written),
        )


def _range(low: float, high: float, lang: str) -> str:
    """A range in words; one without an upper end is written by its lower."""
    ends = dict.fromkeys(write_number(value, lang) for value in (low, high) if not isnan(value))
    return "–".join(ends)


_MESSAGES = {
    "no_line": (
        "warning",
        Text(
            "{what}: phần lời nêu {promised} {unit} nhưng không dòng kinh phí nào ghi việc này",
            "{what}: the text promises {promised} {unit} but no budget line names it",
        ),
    ),
    "other_unit": (
        "note",
        Text(
            "{what}: phần lời nêu {promised} {unit}; dòng {line} có {planned}, "
            "tính bằng đơn vị khác nên không đối chiếu được",
            "{what}: the text promises {promised} {unit}; line {line} plans {planned}, "
            "another unit, so the two cannot be compared",
        ),
    ),
    "other_years": (
        "warning",
        Text(
            "{what}: phụ lục bố trí dòng {line} vào năm khác với phần lời",
            "{what}: the appendix plans line {line} in other years than the text says",
        ),
    ),
    "short": (
        "warning",
        Text(
            "{what}: phần lời nêu {promised} {unit} nhưng dòng {line} chỉ có {planned}",
            "{what}: the text promises {promised} {unit} but line {line} plans only {planned}",
        ),
    ),
    "over": (
        "warning",
        Text(
            "{what}: phần lời nêu {promised} {unit} nhưng dòng {line} có tới {planned}",
            "{what}: the text promises {promised} {unit} but line {line} plans {planned}",
        ),
    ),
    "exceeds": (
        "note",
        Text(
            "{what}: phần lời nêu trên {promised} {unit}; dòng {line} có {planned}",
            "{what}: the text promises over {promised} {unit}; line {line} plans {planned}",
        ),
    ),
}
