"""The best quantities that ceilings allow, by line and year: what is best, and by what proven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from kc_analysis.model import TEXT, DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.scenarios.apply import with_cells
from kc_analysis.scenarios.compare import compare
from kc_analysis.scenarios.given import conflict_of, read
from kc_analysis.scenarios.lexicographic import SECONDS
from kc_analysis.scenarios.objectives import MOST_MONEY, MOST_WORTH, chosen, furthest
from kc_analysis.scenarios.program import AMOUNT, irreducible, pose
from kc_analysis.scenarios.promised import minima
from kc_analysis.scenarios.scenario import Ceiling
from kc_analysis.scenarios.steps import Cell, begin

TITLE = Text("Phân bổ tối ưu dưới mức trần", "Best allocation under ceilings")
CEILINGS: dict[str, Any] = {"source": TEXT, "year": np.int64, AMOUNT: np.float64}
LEFT = CEILINGS | dict.fromkeys(("planned_million_vnd", "left_million_vnd"), np.float64)


@dataclass(frozen=True, eq=False)
class Allocation:
    """The best allocation, beside the plan that it departs from.

    Attributes
    ----------
    approved, plan : Plan
        The plan that was given, and the best.
    objective : Text
        What was sought, in words.
    choice : Text
        Whether others are as good, and by what this one was chosen.
    unique : bool or None
        Whether it is proven that no other meets the objective as well and is as close to the
        approved plan; None where neither that nor another is found in time.
    worth : float
        What the quantities of ``plan`` are worth by the weights.
    left : DataFrame
        A row a ceiling: source (missing: all), year, amount_million_vnd, planned_million_vnd,
        left_million_vnd.
    targets : DataFrame
        A row a target that was given: target_id, what_vi, what_en, budget_line, low, status:
        ``minimum``, ``no_line``, ``other_unit``, or ``no_ceiling`` where it is of lines and years
        that stay as planned.
    """

    approved: Plan
    plan: Plan
    objective: Text
    choice: Text
    unique: bool | None
    worth: float
    left: pd.DataFrame
    targets: pd.DataFrame

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
    targets: pd.DataFrame | None = None,
    aim: Literal["worth", "proportion"] = "worth",
) -> Allocation:
    """The quantities by line and year that do best under ceilings.

    Of all that do best, those are taken that are closest to the plan: the money of the quantities
    added and taken away is the least.

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
        Cuts in proportion take no heed of it.
    targets : DataFrame, optional
        ``plan.targets``, or some of them: at least so much of the lines that they name, in each
        year or over the cycle, where those count the same thing.
    aim : {"worth", "proportion"}
        The most worth. Or cuts in proportion: what the tightest ceiling leaves of the plan is left
        of each line's money, the largest departure from that being as small as can be; nothing is
        added but what a minimum asks for.

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

    HiGHS solves the integer programs with no gap (Q. Huangfu and J. A. J. Hall, Mathematical
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
    >>> best.objective.en
    "most money used, counted in each line's mean price over the cycle"
    """
    if not isinstance(ceilings, pd.DataFrame):
        ceilings = tabulate(CEILINGS, ceilings)
    worth = None
    if weights is not None:
        worth = pd.DataFrame({"line": [*weights], "weight": [*weights.values()]})
    in_proportion = _known(aim)
    tables = read(plan, ceilings, minimum, maximum, totals, worth)
    none = plan.targets.iloc[:0]
    tables["targets"], listed = minima(plan, none if targets is None else targets)
    cells = begin(plan).cells
    problem = pose(plan, cells, tables, cuts=in_proportion)
    solved = problem.solve(in_proportion=in_proportion)
    if solved is None:
        limits = problem.limits()
        if problem.feasible(limits):
            raise DataError([_UNPROVEN])
        conflict = irreducible(problem.feasible, [], limits)
        alone = len(conflict) == 1
        raise DataError(conflict_of(problem, tables, one, listed, alone=alone) for one in conflict)
    best, parts = solved
    bought = np.where(problem.fixed, problem.planned, best) + 0.0  # no -0.0
    for number in np.flatnonzero(bought != problem.planned).tolist():
        quantity, cost = float(bought[number]), float(problem.cost[number])
        cells[problem.at[number]] = Cell(quantity * cost, quantity, cost)
    spent = (problem.matrix @ bought)[: problem.lump.size] + problem.lump
    left = tables["ceilings"][AMOUNT] - spent
    rounded = [(np.round(column, 6) + 0.0).tolist() for column in (spent, left)]  # to a đồng
    objective = MOST_WORTH if weights is not None else MOST_MONEY
    if in_proportion:
        objective = furthest(problem, bought)
    unique, choice = chosen(parts)
    asked = {tables["targets"]["target"][which] for which, _ in problem.promised}
    kept = (listed["status"] != "minimum") | listed.index.isin(asked)
    return Allocation(
        plan,
        with_cells(plan, cells, TITLE),
        objective,
        choice,
        unique,
        float(problem.worth @ bought),
        tabulate(LEFT, zip(*tables["ceilings"].values(), *rounded, strict=True)),
        listed.assign(status=listed["status"].where(kept, "no_ceiling")),
    )


def _known(aim: str) -> bool:
    """Whether the aim is cuts in proportion."""
    if aim not in ("worth", "proportion"):
        raise DataError([Trouble(same("aim"), same("worth, proportion"), same(f"“{aim}”"))])
    return aim == "proportion"


_UNPROVEN = Trouble(
    Text("phân bổ", "allocation"),
    Text(f"chứng minh được trong {SECONDS} giây", f"a proof within {SECONDS} seconds"),
    Text(
        "chưa xong; bớt dòng, năm hoặc tổng của dòng thì dễ hơn",
        "none yet; fewer lines, years or totals make it easier",
    ),
)
