"""An allocation as an integer program: posed, solved part by part, its conflicts found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import block_array, csc_array
from scipy.sparse.csgraph import connected_components

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios.steps import At, Cell

AMOUNT = "amount_million_vnd"
#: What limits nothing.
NO_LIMIT = {"row_high": inf, "row_low": 0.0, "high": inf, "low": 0.0}
#: How many quantities are sought together before they are sought part by part.
TOGETHER = 64
#: How long a part is searched.
SECONDS = 60
Tables = dict[str, dict[str, list[Any]]]  # what the planner gives, by name and column
Limit = tuple[str, int]  # a side, and which of its numbers


class Problem(NamedTuple):
    """What ``scipy.optimize.milp`` is given, and what it is made of.

    A column of the matrix is a line and year; a row is a ceiling, or a line's total. The sides
    are the limits on the rows and on the columns.
    """

    at: list[At]
    cost: np.ndarray  # million VND a unit; 0 where it is not known
    planned: np.ndarray
    fixed: np.ndarray  # what stays as planned
    lump: np.ndarray  # under each ceiling, the money without a unit cost
    worth: np.ndarray
    whole: np.ndarray
    matrix: csc_array
    sides: dict[str, np.ndarray]

    def solve(self) -> np.ndarray | None:
        """The quantities worth the most; None if there are none, or none proven the best.

        Parts that no limit links are solved one by one, as searched together they multiply. But
        each call takes its time, so that the little that one node proves is done in one.
        """
        # The tolerances are absolute: the greatest worth of a unit counts as 1.
        costs = -self.worth / (self.worth.max() or 1)
        if np.count_nonzero(~self.fixed) <= TOGETHER:
            answer = self._milp(costs, self.sides, node_limit=1)
            if answer.status == 0:
                return np.asarray(answer.x)
        best = np.zeros(costs.size)
        for rows, columns in self._parts():
            answer = self._milp(costs, self.sides, rows, columns, time_limit=SECONDS)
            if answer.status != 0:
                return None
            best[columns] = answer.x
        return best

    def limits(self) -> list[Limit]:
        """All that limits anything."""
        return [
            (name, number)
            for name, side in self.sides.items()
            for number in np.flatnonzero(side != NO_LIMIT[name]).tolist()
        ]

    def feasible(self, limits: Iterable[Limit]) -> bool:
        """Whether these limits can be kept, were there no others."""
        sides = {name: np.full(side.size, NO_LIMIT[name]) for name, side in self.sides.items()}
        for name, number in limits:
            sides[name][number] = self.sides[name][number]
        nothing = np.zeros(self.worth.size)
        return bool(self._milp(nothing, sides, time_limit=SECONDS).status in (0, 1))

    def _parts(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Rows and columns that hang together; what hangs on nothing goes with the first."""
        links: Any = [[None, self.matrix], [self.matrix.T, None]]
        _, part = connected_components(block_array(links), directed=False)
        of_row, of_column = np.split(part, [self.matrix.shape[0]])
        whole = np.intersect1d(of_row, of_column)
        part[~np.isin(part, whole)] = whole[0]
        return ((np.flatnonzero(of_row == one), np.flatnonzero(of_column == one)) for one in whole)

    def _milp(
        self,
        costs: np.ndarray,
        sides: dict[str, np.ndarray],
        rows: Any = slice(None),
        columns: Any = slice(None),
        **options: float,
    ) -> OptimizeResult:
        exact: Any = {"mip_rel_gap": 0, **options}
        return milp(
            costs[columns],
            integrality=self.whole[columns],
            bounds=Bounds(sides["low"][columns], sides["high"][columns]),
            constraints=LinearConstraint(
                self.matrix[rows][:, columns], sides["row_low"][rows], sides["row_high"][rows]
            ),
            options=exact,
        )


def pose(plan: Plan, cells: Mapping[At, Cell], tables: Tables) -> Problem:
    """The program whose solution is the best allocation."""
    ceilings, totals = tables["ceilings"], tables["totals"]
    names, sources = plan.lines["line"].tolist(), plan.lines["source"].tolist()
    line = np.repeat(np.arange(len(names)), len(plan.years))
    year = np.tile(np.array(plan.years), len(names))
    known = [(cell.unit_cost or 0.0, cell.quantity or 0.0) for cell in cells.values()]
    cost, planned = np.array(known).T
    unpriced = np.array([0 if cell.unit_cost else cell.amount or 0 for cell in cells.values()])

    covers = [[one in (None, source) for source in sources] for one in ceilings["source"]]
    under = np.array(covers, bool).reshape(-1, len(names))[:, line]
    under &= np.array(ceilings["year"])[:, None] == year
    of = np.array([names.index(name) for name in totals["line"]])[:, None] == line
    places = np.vstack([under & (cost > 0), of]).T
    column, row = np.nonzero(places)
    entries = np.where(row < len(under), cost[column], 1.0)
    starts = np.concatenate([[0], np.cumsum(places.sum(axis=1))])

    fixed = (cost == 0) | ~under.any(axis=0)
    if fixed.all():
        expected = Text("một mức trần cho dòng có đơn giá", "a ceiling of a line with a unit cost")
        raise DataError([Trouble(same("ceilings"), expected, Text("không có", "none"))])
    lump = under @ unpriced
    sides = {
        "row_high": np.concatenate([ceilings[AMOUNT] - lump, totals["at_most"]]),
        "row_low": np.concatenate([np.zeros(lump.size), totals["at_least"]]),
        "high": np.where(fixed, planned, inf),
        "low": np.where(fixed, planned, 0.0),
    }
    numbers = {at: number for number, at in enumerate(cells)}
    for name, side, stricter in (("maximum", "high", np.minimum), ("minimum", "low", np.maximum)):
        *where, quantities = tables[name].values()
        stricter.at(sides[side], [numbers[at] for at in zip(*where, strict=True)], quantities)
    weights = dict(zip(*tables["weights"].values(), strict=True))
    work = np.bincount(line, planned * (cost > 0))
    mean = np.bincount(line, planned * cost) / np.where(work, work, 1)
    worth = np.array([weights[name] for name in names], float) if weights else mean
    return Problem(
        list(cells),
        cost,
        planned,
        fixed,
        lump,
        worth[line],
        (np.bincount(line, planned % 1) == 0)[line],
        csc_array((entries, row, starts), shape=places.T.shape),
        sides,
    )


def irreducible(
    feasible: Callable[[list[Limit]], bool], kept: list[Limit], limits: list[Limit]
) -> list[Limit]:
    """Of limits that conflict, given others that are kept, as few as still conflict."""
    if not feasible(kept):
        return []
    if len(limits) == 1:
        return limits
    half = len(limits) // 2
    second = irreducible(feasible, kept + limits[:half], limits[half:])
    return irreducible(feasible, kept + second, limits[:half]) + second
