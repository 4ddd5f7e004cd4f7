"""An allocation as an integer program: posed, solved part by part, its conflicts found."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csc_array, vstack
from scipy.sparse.csgraph import connected_components

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios import lexicographic
from kc_analysis.scenarios.lexicographic import Best, Part
from kc_analysis.scenarios.steps import At, Cell

AMOUNT = "amount_million_vnd"
#: What limits nothing.
NO_LIMIT = {"row_high": inf, "row_low": 0.0, "high": inf, "low": 0.0}
Tables = dict[str, dict[str, list[Any]]]  # what the planner gives, by name and column
Limit = tuple[str, int]  # a side, and which of its numbers


class Problem(NamedTuple):
    """Which quantities are sought, what limits them, and what they are held against.

    A column of the matrix is a line and year; a row is a ceiling, a line's total, or a target of
    the text. The sides are the limits on the rows and on the columns.
    """

    at: list[At]
    cost: np.ndarray  # million VND a unit; 0 where it is not known
    planned: np.ndarray
    fixed: np.ndarray  # what stays as planned
    lump: np.ndarray  # under each ceiling, the money without a unit cost
    worth: np.ndarray
    whole: np.ndarray
    matrix: csc_array
    promised: list[tuple[int, int | None]]  # each target that is a row, and of which year
    kept: csc_array  # a row each line that can be cut: the share of its money that is kept
    fair: np.ndarray  # that share, were all cut alike by the tightest ceiling above
    sides: dict[str, np.ndarray]

    def solve(self, *, in_proportion: bool) -> tuple[np.ndarray, list[Best]] | None:
        """The best quantities, and how sure they are in each part; None if none are proven so.

        Parts that no limit links are solved one by one, as searched together they multiply.
        """
        quantities, parts = np.zeros(self.cost.size), []
        matrix, kept = self.matrix.toarray(), self.kept.toarray()
        for rows, lines, columns in self._parts(linked_by_line=in_proportion):
            first = lexicographic.most(self.worth[columns])
            if in_proportion:
                first = lexicographic.even(kept[np.ix_(lines, columns)], self.fair[lines])
            second = lexicographic.close(self.cost[columns], self.planned[columns])
            best = lexicographic.search(
                Part(
                    matrix[np.ix_(rows, columns)],
                    self.sides["row_low"][rows],
                    self.sides["row_high"][rows],
                    self.sides["low"][columns],
                    self.sides["high"][columns],
                    self.whole[columns],
                ),
                [first, second],
            )
            if best is None:
                return None
            quantities[columns] = best.quantities
            parts.append(best)
        return quantities, parts

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
        answer = milp(
            np.zeros(self.cost.size),
            integrality=self.whole,
            bounds=Bounds(sides["low"], sides["high"]),
            constraints=LinearConstraint(self.matrix, sides["row_low"], sides["row_high"]),
            options={"time_limit": lexicographic.SECONDS},
        )
        return answer.status in (0, 1)

    def _parts(
        self, *, linked_by_line: bool
    ) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Rows, lines and columns that hang together; what hangs on nothing goes with the first."""
        kept = self.kept if linked_by_line else self.kept[:0]
        joined = vstack([self.matrix, kept], format="csc")
        links: Any = [[None, joined], [joined.T, None]]
        _, part = connected_components(block_array(links), directed=False)
        row_count, line_count = self.matrix.shape[0], kept.shape[0]
        of_row, of_line, of_column = np.split(part, [row_count, row_count + line_count])
        whole = np.intersect1d(of_row, of_column)
        for side in (of_row, of_line, of_column):
            side[~np.isin(side, whole)] = whole[0]
        for one in whole:
            rows, lines, columns = (
                np.flatnonzero(side == one) for side in (of_row, of_line, of_column)
            )
            yield rows, lines, columns


def pose(plan: Plan, cells: Mapping[At, Cell], tables: Tables, *, cuts: bool = False) -> Problem:
    """The program whose solution is the best allocation; with ``cuts``, nothing is added."""
    ceilings, totals, targets = (tables[name] for name in ("ceilings", "totals", "targets"))
    names, sources = plan.lines["line"].tolist(), plan.lines["source"].tolist()
    line = np.repeat(np.arange(len(names)), len(plan.years))
    year = np.tile(np.array(plan.years), len(names))
    known = [(cell.unit_cost or 0.0, cell.quantity or 0.0) for cell in cells.values()]
    cost, planned = np.array(known).T
    unpriced = np.array([0 if cell.unit_cost else cell.amount or 0 for cell in cells.values()])

    covers = [[one in (None, source) for source in sources] for one in ceilings["source"]]
    under = np.array(covers, bool).reshape(-1, len(names))[:, line]
    under &= np.array(ceilings["year"])[:, None] == year
    fixed = (cost == 0) | ~under.any(axis=0)
    if fixed.all():
        expected = Text("một mức trần cho dòng có đơn giá", "a ceiling of a line with a unit cost")
        raise DataError([Trouble(same("ceilings"), expected, Text("không có", "none"))])

    of = np.array([names.index(name) for name in totals["line"]])[:, None] == line
    promised, counts = _promises(targets, np.array(names)[line], year, ~fixed)
    at_least = [targets["at_least"][number] for number, _ in promised]

    money = under * cost
    counted = np.vstack([of, np.array(counts, bool).reshape(-1, line.size)])
    lump = under @ unpriced
    most = np.array(ceilings[AMOUNT]) - lump
    sides = {
        "row_high": np.concatenate([most, totals["at_most"], np.full(len(counts), inf)]),
        "row_low": np.concatenate([np.zeros(lump.size), totals["at_least"], at_least]),
        "high": np.where(fixed, planned, inf),
        "low": np.where(fixed, planned, 0.0),
    }
    numbers = {at: number for number, at in enumerate(cells)}
    for name, side, stricter in (("maximum", "high", np.minimum), ("minimum", "low", np.maximum)):
        *where, quantities = tables[name].values()
        stricter.at(sides[side], [numbers[at] for at in zip(*where, strict=True)], quantities)
    if cuts:
        sides["high"] = np.minimum(sides["high"], np.maximum(planned, sides["low"]))
    spent = money @ planned
    left = np.clip(np.divide(most, spent, out=np.ones(most.size), where=spent > 0), 0, 1)
    tightest = np.where(under, left[:, None], 1.0).min(axis=0)
    kept, fair = _shares(line, cost, np.where(fixed, 0, planned) * cost, tightest)
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
        csc_array(np.vstack([money, counted])),
        promised,
        kept,
        fair,
        sides,
    )


def _promises(
    targets: Mapping[str, list[Any]], line: np.ndarray, year: np.ndarray, free: np.ndarray
) -> tuple[list[tuple[int, int | None]], list[np.ndarray]]:
    """The targets, year by year if they are, that count anything that is free; and what they do."""
    promised, counts = [], []
    each = zip(targets["lines"], targets["years"], targets["yearly"], strict=True)
    for number, (lines, years, yearly) in enumerate(each):
        for together in [[one] for one in years] if yearly else [years]:
            counted = np.isin(line, lines) & np.isin(year, together)
            if (counted & free).any():
                promised.append((number, together[0] if yearly else None))
                counts.append(counted)
    return promised, counts


def _shares(
    line: np.ndarray, cost: np.ndarray, amount: np.ndarray, left: np.ndarray
) -> tuple[csc_array, np.ndarray]:
    """What part of its money a unit keeps for its line, and what part it would be left of all."""
    whole = np.bincount(line, amount)
    cut = np.flatnonzero(whole)
    of = (cut[:, None] == line) & (amount > 0)
    each = whole[cut][:, None]
    return csc_array(of * cost / each), (of * amount * left / each).sum(axis=1)


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
