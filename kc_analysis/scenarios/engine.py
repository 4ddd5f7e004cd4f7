"""The changes of a scenario, step by step, over a plan's figures: once, or for many draws at once.

What a change does:

- A change of unit cost changes what the work needs, and no funds.
- A change of quantity takes its money with it, at the unit cost that then is.
- A change of money acts on the funds: on what a line has in the plan that the scenario starts from,
  as earlier changes of money and quantity left it, whatever its work has come to need since. Then
  the quantity, or the unit cost, gives way.

Changes of money that follow each other count as one: whole units are bought, and the rest pooled,
when all are made. A change of costs after them makes the work dearer that was placed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from kc_analysis.model import DataError, Plan, Text, Trouble
from kc_analysis.scenarios.effects import EFFECTS, SCALING, Touch, lump
from kc_analysis.scenarios.figures import Figures
from kc_analysis.scenarios.scenario import Change, Scenario
from kc_analysis.scenarios.steps import begin, place_of, selected
from kc_analysis.scenarios.validity import validate

#: The numbers that a change (which of all, counted from 0, and itself) puts into cells: cells ×
#: draws, or one row for all cells; of growth, the factors.
Values = Callable[[int, Change, np.ndarray], np.ndarray]


class Engine:
    """A scenario made ready to be carried out on a plan, with whatever numbers.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario

    Raises
    ------
    DataError
        With all that is wrong with the scenario.
    """

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        validate(plan, scenario)
        start = begin(plan)
        self.scenario, self.start = scenario, Figures.begin(start)
        row = {at: i for i, at in enumerate(start.cells)}
        self.rows = [
            np.array([row[at] for at in selected(start, change)])
            for part in scenario.chain
            for change in part.changes
        ]

    def run(self, values: Values | None = None) -> Figures:
        """Carry out all changes, those of the bases first.

        Parameters
        ----------
        values : callable, optional
            The middles of ranges, if left out.

        Returns
        -------
        Figures

        Raises
        ------
        DataError
            If a change finds nothing to change, or leads to less than nothing.
        """
        figures, count = self.start.copy(), 0
        with np.errstate(divide="ignore", invalid="ignore"):
            for part in self.scenario.chain:
                figures.funds = figures.amount.copy()
                for number, change in enumerate(part.changes):
                    if change.gives_way != "quantity":
                        figures.settle(part.order)
                    rows, place = self.rows[count], place_of(part, number)
                    self._take(figures, change, rows, place, partial(values or self.middle, count))
                    count += 1
                figures.settle(part.order)
        return figures

    def _take(
        self,
        figures: Figures,
        change: Change,
        rows: np.ndarray,
        place: Text,
        values: Callable[[Change, np.ndarray], np.ndarray],
    ) -> None:
        unpaid, idle = (np.isnan(array[rows, 0]) for array in (figures.amount, figures.quantity))
        # What is not planned cannot be multiplied.
        working = ~idle if change.by in SCALING else ~idle | unpaid
        kinds = (lump, rows[idle & ~unpaid]), (EFFECTS[change.of], rows[working])
        if not any(some.size for _, some in kinds):
            expected = Text("ít nhất một số trong kế hoạch", "at least one figure of the plan")
            found = Text("ở đó không có gì", "nothing is planned there")
            raise DataError([Trouble(place, expected, found)])
        for effect, some in kinds:
            if some.size:
                effect(figures, Touch(change, some, values(change, some), place))

    def middle(self, _: int, change: Change, rows: np.ndarray) -> Any:
        """The number of a change, a range's middle."""
        value = change.value
        known = value if isinstance(value, int | float) else value.middle
        return self.factor(change, np.array([[float(known)]]), rows)

    def factor(self, change: Change, value: np.ndarray, rows: np.ndarray) -> Any:
        """What a change's number, or several of it, puts into cells."""
        if change.by != "grow_pct":
            return value
        return np.power(1 + value / 100, self.years_grown(change, rows)[:, None])

    def years_grown(self, change: Change, rows: np.ndarray) -> np.ndarray:
        """How many times a growth has been passed on in each cell."""
        assert change.from_year is not None
        return np.array([self.start.at[row][1] for row in rows], float) - change.from_year
