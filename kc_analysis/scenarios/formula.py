"""A scenario with ranges as one formula: each source's amount in each year from uncertain numbers.

An uncertain number is a table of equally likely values, as fine as sixteen random bits: whatever
its distribution, a draw is one look into the table, and its moments are those of what is drawn.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import NamedTuple, TypeVar

import numpy as np

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios.apply import middle
from kc_analysis.scenarios.ranges import KINDS, Range
from kc_analysis.scenarios.scenario import By, Change, Of, Scenario
from kc_analysis.scenarios.steps import At, Number, begin, take, years_grown
from kc_analysis.scenarios.sums import Factor, Product, Sum
from kc_analysis.scenarios.validity import validate

T = TypeVar("T")
VALUES = 2**16
#: Draws at a time: what they need fits into a processor's cache.
BLOCK = 2**14


class Input(NamedTuple):
    """An uncertain number: the change (counted from 1) that it belongs to, and where it counts.

    Source, line and year are None where one draw is for several.
    """

    change: int
    of: Of
    by: By
    source: str | None
    line: str | None
    year: int | None
    range: Range
    correlation: float

    @property
    def together(self) -> tuple[int, str | None, int | None]:
        """What it has in common with the inputs that it is correlated with."""
        return self.change, self.source, self.year


@dataclass(frozen=True)
class Formula:
    """The amount of each source in each year, in million VND, as a sum of products.

    Attributes
    ----------
    inputs : list of Input
    amounts : dict of (source, year) to Sum
    """

    inputs: list[Input]
    amounts: dict[tuple[str, int], Sum]

    @cached_property
    def factors(self) -> list[Factor]:
        """The forms in which the uncertain numbers appear."""
        return sorted({f for s in self.amounts.values() for product in s.terms for f in product})

    @cached_property
    def tables(self) -> dict[Factor, np.ndarray]:
        """The equally likely values of each factor, float32; inputs of one range share theirs."""
        shares = (np.arange(VALUES) + 0.5) / VALUES
        ranges = {self.inputs[factor.number].range for factor in self.factors}
        values = {one: one.quantile(shares) for one in ranges}
        made: dict[tuple[Range, int], np.ndarray] = {}
        for number, years in self.factors:
            key = self.inputs[number].range, years
            if key not in made:
                table = (1 + values[key[0]] / 100) ** years if years else values[key[0]]
                made[key] = table.astype(np.float32)
        return {f: made[self.inputs[f.number].range, f.years] for f in self.factors}

    def evaluate(self, values: np.ndarray) -> np.ndarray:
        """The amounts for given values of the uncertain numbers.

        Parameters
        ----------
        values : ndarray
            float32, inputs × scenarios, one input's values side by side in memory.

        Returns
        -------
        ndarray
            float32, amounts × scenarios, in the order of ``amounts``; to six digits.
        """
        amounts = np.empty((len(self.amounts), values.shape[1]), np.float32)
        factors = np.empty((len(self.factors), BLOCK), np.float32)
        for start in range(0, values.shape[1], BLOCK):
            block = values[:, start : start + BLOCK]
            used = factors[:, : block.shape[1]]
            for row, (number, years) in zip(used, self.factors, strict=True):
                if years:
                    np.power(1 + block[number] / 100, years, out=row)
                else:
                    row[:] = block[number]
            self.add_up(used, amounts[:, start : start + BLOCK])
        return amounts

    def add_up(self, factors: np.ndarray, amounts: np.ndarray) -> None:
        """Work out the amounts from the factors' values, a block in cache, in place."""
        product, term = np.empty((2, factors.shape[1]), np.float32)
        for amount, (constant, terms, common) in zip(amounts, self._layout, strict=True):
            amount[:] = constant
            for (first, *others), coefficient in terms:
                values = factors[first]
                for other in others:
                    values = np.multiply(values, factors[other], out=product)
                amount += np.multiply(values, coefficient, out=term)
            for factor in common:
                amount *= factors[factor]

    @cached_property
    def _layout(self) -> list[tuple[np.float32, list[tuple[list[int], np.float32]], list[int]]]:
        """Of each amount: its constant, its other terms, and the factors common to all of them."""
        at = {factor: i for i, factor in enumerate(self.factors)}
        layout = []
        for amount in self.amounts.values():
            common = reduce(_shared, amount.terms, next(iter(amount.terms), ()))
            terms = {_without(product, common): c for product, c in amount.terms.items()}
            constant = np.float32(terms.pop((), 0.0))
            numbered = [([at[f] for f in product], np.float32(c)) for product, c in terms.items()]
            layout.append((constant, numbered, [at[factor] for factor in common]))
        return layout


def _shared(one: Product, other: Product) -> Product:
    return tuple(sorted((Counter(one) & Counter(other)).elements()))


def _without(product: Product, shared: Product) -> Product:
    return tuple(sorted((Counter(product) - Counter(shared)).elements()))


def formula_of(plan: Plan, scenario: Scenario) -> Formula:
    """The formula of a scenario in which some numbers are ranges.

    Quantities that an uncertain number leads to are not rounded down: the formula is of the money
    at hand.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario

    Returns
    -------
    Formula

    Raises
    ------
    DataError
        If the scenario does not fit the plan, or if none of its numbers is a range.
    """
    validate(plan, scenario)
    steps = begin(plan)
    numbers: dict[tuple[object, ...], int] = {}
    inputs: list[Input] = []
    # Two changes that say the same are two changes all the same.
    parts = [replace(part, base=None, changes=tuple(map(replace, part.changes)))
             for part in scenario.chain]  # fmt: skip
    order = {
        id(change): i + 1 for i, change in enumerate(c for part in parts for c in part.changes)
    }

    def value(change: Change, at: At) -> Number:
        if not isinstance(change.value, KINDS):
            return middle(change, at)
        line, year = at
        apart = change.independent
        by_line = line if "line" in apart else None
        source = steps.sources[line] if by_line or "source" in apart else None
        one = Input(
            order[id(change)], change.of, change.by, source, by_line,
            year if "year" in apart else None, change.value, change.correlation,
        )  # fmt: skip
        number = numbers.setdefault(one, len(numbers))
        if number == len(inputs):
            inputs.append(one)
        years = years_grown(change, at) if change.by == "grow_pct" else 0
        return 1.0 if change.by == "grow_pct" and not years else Sum.of(Factor(number, years))

    for part in parts:
        take(steps, part, value)
    if not inputs:
        expected = Text("ít nhất một khoảng giá trị", "at least one range")
        found = Text("toàn số chắc chắn", "none")
        raise DataError([Trouble(same(f"{scenario.name}.toml"), expected, found)])
    amounts = {(source, year): Sum() for source in plan.sources["source"] for year in plan.years}
    for (line, year), cell in steps.cells.items():
        if cell.amount is not None:
            amounts[steps.sources[line], year] += cell.amount
    return Formula(inputs, amounts)


def _only(chosen: tuple[T, ...]) -> T | None:
    return chosen[0] if len(chosen) == 1 else None
