"""The most work that ceilings allow: quantities by line and year, proven to be the best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.apply import with_cells
from kc_analysis.scenarios.compare import compare
from kc_analysis.scenarios.program import (
    AMOUNT,
    SECONDS,
    Limit,
    Problem,
    Tables,
    irreducible,
    pose,
)
from kc_analysis.scenarios.scenario import Ceiling
from kc_analysis.scenarios.steps import Cell, begin

TITLE = Text("Phân bổ tối ưu dưới mức trần", "Best allocation under ceilings")
CEILINGS: dict[str, Any] = {"source": TEXT, "year": np.int64, AMOUNT: np.float64}
LEFT = CEILINGS | dict.fromkeys(("planned_million_vnd", "left_million_vnd"), np.float64)
#: What the planner gives, and the columns of each.
COLUMNS = {
    "ceilings": ("source", "year", AMOUNT),
    "minimum": ("line", "year", "quantity"),
    "maximum": ("line", "year", "quantity"),
    "totals": ("line", "at_least", "at_most"),
    "weights": ("line", "weight"),
}
#: What a missing value means, where one may be missing.
MISSING = {"source": None, "at_least": 0.0, "at_most": inf}


@dataclass(frozen=True, eq=False)
class Allocation:
    """The best allocation, beside the plan that it departs from.

    Attributes
    ----------
    approved, plan : Plan
        The plan that was given, and the best.
    worth : float
        What the quantities of ``plan`` are worth by the weights; none that are allowed are worth
        more.
    left : DataFrame
        A row a ceiling: source (missing: all), year, amount_million_vnd, planned_million_vnd,
        left_million_vnd.
    """

    approved: Plan
    plan: Plan
    worth: float
    left: pd.DataFrame

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """Both plans by line and year, as ``compare`` sets them side by side."""
        return compare({"plan": self.approved, "allocation": self.plan}, by=["line", "year"])


def allocate(
    plan: Plan,
    ceilings: pd.DataFrame | Sequence[Ceiling],
    *,
    minimum: pd.DataFrame | None = None,
    maximum: pd.DataFrame | None = None,
    totals: pd.DataFrame | None = None,
    weights: Mapping[str, float] | None = None,
) -> Allocation:
    """The quantities by line and year that are worth the most under ceilings.

    Parameters
    ----------
    plan : Plan
        Its unit costs hold, line by line and year by year.
    ceilings : DataFrame or sequence of Ceiling
        The most that a source may give in a year: source (missing: all together), year,
        amount_million_vnd.
    minimum, maximum : DataFrame, optional
        line, year, quantity; else from 0 to what the ceilings can pay. With ``plan.quantities`` as
        the maximum, nothing is bought that is not planned.
    totals : DataFrame, optional
        line, at_least, at_most: units over the cycle; missing where there is no such limit, both
        the same for exactly so many.
    weights : mapping of str to float, optional
        What a unit of each line is worth. Else its mean unit cost over the cycle: the money is
        used the most fully, counted in mean prices, so that a line's cheaper years come first.

    Returns
    -------
    Allocation

    Raises
    ------
    DataError
        With all that is wrong in the tables. Or, if the limits cannot be kept, with some that
        conflict: the others of these can be kept if any one is given up. Or if no allocation is
        proven the best within a minute, as can happen where totals link years of dozens of lines.

    Notes
    -----
    Where a line has no unit cost in a year, nothing is bought, as its price would be a guess: let
    a scenario set its unit cost and a quantity there, and give the plan that results. What has no
    unit cost or no ceiling stays as planned; money without a unit cost counts under the ceilings.
    What the plan counts in whole units is bought in whole units.

    HiGHS solves the integer program with no gap (Q. Huangfu and J. A. J. Hall, Mathematical
    Programming Computation 10, 2018), to its tolerances: about a đồng of a ceiling, a millionth of
    the greatest worth of a unit. The conflict is found by a deletion filter that halves (U. Junker,
    QuickXplain, AAAI 2004).

    Examples
    --------
    >>> import kc_analysis as kc
    >>> from kc_analysis.scenarios.scenario import Ceiling
    >>> plan = kc.load_plan("2021-2025")
    >>> ceilings = [Ceiling("national", 2024, 2400), Ceiling("national", 2025, 2640)]
    >>> best = kc.allocate(plan, ceilings, maximum=plan.quantities)
    >>> best.left["left_million_vnd"].tolist()
    [0.0, 140.0]
    """
    if not isinstance(ceilings, pd.DataFrame):
        ceilings = tabulate(CEILINGS, ceilings)
    worth = None
    if weights is not None:
        worth = pd.DataFrame({"line": [*weights], "weight": [*weights.values()]})
    tables = read(plan, ceilings, minimum, maximum, totals, worth)
    cells = begin(plan).cells
    problem = pose(plan, cells, tables)
    best = problem.solve()
    if best is None:
        limits = problem.limits()
        if problem.feasible(limits):
            raise DataError([_UNPROVEN])
        conflict = irreducible(problem.feasible, [], limits)
        alone = len(conflict) == 1
        raise DataError(_trouble(problem, tables, one, alone=alone) for one in conflict)
    bought = np.where(problem.whole, np.round(best), best) + 0.0  # no -0.0
    bought = np.where(problem.fixed, problem.planned, bought)
    for number in np.flatnonzero(bought != problem.planned).tolist():
        quantity, cost = float(bought[number]), float(problem.cost[number])
        cells[problem.at[number]] = Cell(quantity * cost, quantity, cost)
    spent = (problem.matrix @ bought)[: problem.lump.size] + problem.lump
    left = tables["ceilings"][AMOUNT] - spent
    rounded = [(np.round(column, 6) + 0.0).tolist() for column in (spent, left)]  # to a đồng
    return Allocation(
        plan,
        with_cells(plan, cells, TITLE),
        float(problem.worth @ bought),
        tabulate(LEFT, zip(*tables["ceilings"].values(), *rounded, strict=True)),
    )


def read(plan: Plan, *given: pd.DataFrame | None) -> Tables:
    """The planner's tables as lists, if all that they speak of is in the plan."""
    known: dict[str, list[Any]] = {
        "line": plan.lines["line"].tolist(),
        "source": plan.sources["source"].tolist(),
        "year": list(plan.years),
    }
    tables: Tables = {name: {column: [] for column in COLUMNS[name]} for name in COLUMNS}
    troubles = []
    for (name, table), frame in zip(tables.items(), given, strict=True):
        if frame is None:
            continue
        if not set(table) <= set(frame):
            wanted, found = (", ".join(map(str, columns)) for columns in (table, frame))
            expected = Text(f"các cột {wanted}", f"the columns {wanted}")
            raise DataError([Trouble(same(name), expected, same(found or "–"))])
        for column in table:
            table[column] = values = frame[column].tolist()
            choice = ", ".join(map(str, known.get(column, ())))
            for row, value in enumerate(values):
                if column in MISSING and pd.isna(value):
                    values[row] = MISSING[column]
                elif not (value in known[column] if choice else _is_amount(value)):
                    place = Text(f"{name}, hàng {row + 1}", f"{name}, row {row + 1}")
                    vi, en = (f"một trong: {choice}", f"one of: {choice}") if choice else _AMOUNT
                    expected = Text(f"{column} là {vi}", f"{column} to be {en}")
                    troubles.append(Trouble(place, expected, same(f"“{value}”")))
        if name == "weights" and (lacking := sorted({*known["line"]} - {*table["line"]})):
            expected = Text("mọi dòng của kế hoạch", "every line of the plan")
            none = ", ".join(lacking)
            troubles.append(Trouble(same(name), expected, Text(f"thiếu {none}", f"no {none}")))
    if troubles:
        raise DataError(troubles)
    return tables


_AMOUNT = ("số không âm", "0 or more")


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < inf


_UNPROVEN = Trouble(
    Text("phân bổ", "allocation"),
    Text(f"chứng minh được trong {SECONDS} giây", f"a proof within {SECONDS} seconds"),
    Text(
        "chưa xong; bớt dòng, năm hoặc tổng của dòng thì dễ hơn",
        "none yet; fewer lines, years or totals make it easier",
    ),
)


def _trouble(problem: Problem, tables: Tables, limit: Limit, *, alone: bool) -> Trouble:
    """A limit that cannot be kept, alone or along with others."""
    (side, number), row = limit, limit[1] - problem.lump.size
    vi, en = ("nhiều nhất", "at most") if side.endswith("high") else ("ít nhất", "at least")
    value = problem.sides[side][number]
    vi, en = f"{vi} {write_number(value)}", f"{en} {write_number(value, 'en')}"
    if not side.startswith("row"):
        line, year = problem.at[number]
        place = Text(f"dòng {line} năm {year}", f"line {line} in {year}")
        if problem.fixed[number] and value == problem.planned[number]:
            vi += " như kế hoạch, vì không có đơn giá hoặc mức trần"
            en += " as planned, for want of a unit cost or a ceiling"
        elif cost := problem.cost[number]:
            vi = f"{vi} (đơn giá {write_number(cost)} triệu đồng)"
            en = f"{en} (at {write_number(cost, 'en')} million VND each)"
    elif row >= 0:
        line = tables["totals"]["line"][row]
        place = Text(f"dòng {line} cả giai đoạn", f"line {line} over the cycle")
    else:
        source, year, _ = (column[number] for column in tables["ceilings"].values())
        of = Text(f"nguồn {source}", f"source {source}") if source else Text("mọi nguồn", "all")
        place = Text(f"mức trần {of.vi} năm {year}", f"ceiling of {of.en} in {year}")
        vi, en = f"{vi} triệu đồng", f"{en} million VND"
        if problem.lump[number]:
            vi, en = f"{vi} ngoài tiền không có đơn giá", f"{en} beside money without a unit cost"
    found = Text("trái với các giới hạn khác nêu ở đây", "a conflict with the other limits here")
    if alone:
        found = Text("không cách nào giữ được", "no way to keep it")
    return Trouble(place, Text(vi, en), found)
