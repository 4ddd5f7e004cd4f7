"""Which targets of a decision's text can be compared with its lines, as minima of quantities."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kc_analysis.model import TEXT, Columns, DataError, Plan, Text, Trouble, same, tabulate

TARGETS: Columns = {**dict.fromkeys(("target_id", "what_vi", "what_en", "budget_line"), TEXT)}
COLUMNS = (*TARGETS, "low", "per", "line_unit", "years")
LISTED: Columns = TARGETS | {"low": float, "status": TEXT}


def minima(plan: Plan, targets: pd.DataFrame) -> tuple[dict[str, list[Any]], pd.DataFrame]:
    """What the targets ask for at least, and all of them with what becomes of each.

    Returns
    -------
    dict
        target (its row in the frame), lines, years, yearly (so many in each of the years; else in
        all together), at_least.
    DataFrame
        target_id, what_vi, what_en, budget_line, low, status: ``minimum``; ``no_line``, where no
        line is named or what is named is a sum of lines; ``other_unit``, where the line counts
        something else.

    Raises
    ------
    DataError
        If the frame lacks columns of ``plan.targets``.
    """
    if not {*COLUMNS} <= {*targets}:
        wanted = ", ".join(COLUMNS)
        expected = Text(f"các cột {wanted}", f"the columns {wanted}")
        raise DataError([Trouble(same("targets"), expected, same(", ".join(map(str, targets))))])
    units = dict(zip(plan.lines["line"], plan.lines["unit"], strict=True))
    asked: dict[str, list[Any]] = {
        name: [] for name in ("target", "lines", "years", "yearly", "at_least")
    }
    listed = []
    for number, target in enumerate(targets.to_dict("records")):
        lines = str(target["budget_line"]).split(";")
        status = _status(target, lines, units)
        listed.append((*(target[name] for name in TARGETS), target["low"], status))
        if status == "minimum":
            named = target["years"]
            years = [int(year) for year in named.split(";")] if isinstance(named, str) else None
            found = (
                number,
                lines,
                years or [*plan.years],
                target["per"] == "year",
                float(target["low"]),
            )
            for name, value in zip(asked, found, strict=True):
                asked[name].append(value)
    return asked, tabulate(LISTED, listed)


def _status(target: Mapping[Any, Any], lines: list[str], units: Mapping[str, str]) -> str:
    if not {*lines} <= {*units}:
        return "no_line"
    counted = " + ".join(dict.fromkeys(units[line] for line in lines))
    return "minimum" if target["line_unit"] == counted else "other_unit"
