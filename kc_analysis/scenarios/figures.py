"""A plan's figures on their way through changes: for one plan, or for many draws at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from kc_analysis.scenarios.pool import Shared, share_out
from kc_analysis.scenarios.scenario import Order
from kc_analysis.scenarios.steps import At, Cell, Steps


class Pool(NamedTuple):
    """What became of the money of a source in a year, where changes of money touched its lines.

    Attributes
    ----------
    rows, whole : ndarray
        The cells, and those of them that count whole units.
    asked, need : ndarray
        Of each draw, by how much the changes altered the funds, and what the work would cost that
        was planned before.
    amount : ndarray
        Cells × draws, what is placed.
    shared : Shared
        Of the cells in whole units.
    """

    rows: np.ndarray
    whole: np.ndarray
    asked: np.ndarray
    need: np.ndarray
    amount: np.ndarray
    shared: Shared


class Rounded(NamedTuple):
    """A quantity that a change asked for, and the whole one that it came to."""

    at: At
    wanted: float
    bought: float


@dataclass
class Figures:
    """Amounts, quantities, unit costs and funds of a plan's cells: cells × draws.

    What is not known is NaN. An array has one column as long as all draws are the same.

    Attributes
    ----------
    at, source, whole : of each cell, its line and year, its source, whether it counts whole units
    amount, quantity, cost : ndarray
    funds : ndarray
        The money that there is for a cell; its amount may come to need more, or may leave some.
    asked : ndarray
        By how much changes of money altered the funds that are not settled yet.
    money : set of int
        The cells that changes of money touched and that are not settled yet.
    pools : list of Pool
    rounded : list of Rounded
        Of a single plan.
    """

    at: list[At]
    source: list[str]
    whole: np.ndarray
    amount: np.ndarray
    quantity: np.ndarray
    cost: np.ndarray
    funds: np.ndarray
    asked: np.ndarray
    money: set[int] = field(default_factory=set)
    pools: list[Pool] = field(default_factory=list)
    rounded: list[Rounded] = field(default_factory=list)

    @classmethod
    def begin(cls, start: Steps) -> "Figures":
        """A plan's own."""
        cells = start.cells.values()
        known = [[np.nan if one is None else one for one in cell] for cell in cells]
        amount, quantity, cost = np.array(known, float).T[:, :, None]
        return cls(
            list(start.cells),
            [start.sources[line] for line, _ in start.cells],
            np.array([line in start.whole for line, _ in start.cells]),
            amount,
            quantity,
            cost,
            amount.copy(),
            np.zeros_like(amount),
        )

    def copy(self) -> "Figures":
        """The same, to be changed; of figures that no change has touched yet."""
        names = ("amount", "quantity", "cost", "funds", "asked")
        arrays = {name: getattr(self, name).copy() for name in names}
        return replace(self, **arrays, money=set(), pools=[], rounded=[])

    def of(self, rows: np.ndarray, *names: str) -> list[np.ndarray]:
        """What some cells have."""
        return [getattr(self, name)[rows] for name in names]

    def put(self, name: str, rows: np.ndarray, values: np.ndarray) -> None:
        """Put values into cells; one column becomes many when it must."""
        array = getattr(self, name)
        if array.shape[1] < values.shape[1]:
            array = np.broadcast_to(array, (len(array), values.shape[1])).copy()
            setattr(self, name, array)
        array[rows] = values

    def settle(self, order: Order) -> None:
        """Place the money that changes asked for: whole units, and what these leave, pooled."""
        for rows in self._by_source_and_year():
            paid, cost = self.of(rows, "amount", "cost")
            whole = self.whole[rows] & (cost[:, 0] > 0)
            units, rest = rows[whole], rows[~whole]
            shared = share_out(self.funds[units], cost[whole], order)
            self.put("amount", units, shared.amount)
            self.put("quantity", units, shared.units)
            self.put("funds", units, shared.funds)
            # Lines in fractions take their money as it is.
            funds, work = self.of(rest, "funds", "quantity")
            same = (funds == paid[~whole]) | ~(cost[~whole] > 0)
            self.put("quantity", rest, np.where(same, work, funds / cost[~whole]))
            self.put("amount", rest, funds)
            asked, need = self.asked[rows].sum(0), np.nansum(paid, 0)
            self.pools.append(Pool(rows, units, asked, need, self.amount[rows], shared))
            self.asked[rows] = 0
        self.money.clear()

    def _by_source_and_year(self) -> Iterator[np.ndarray]:
        def key(row: int) -> tuple[str, int]:
            return self.source[row], self.at[row][1]

        for _, rows in groupby(sorted(self.money, key=lambda row: (*key(row), row)), key):
            yield np.array(list(rows))

    def cells(self) -> dict[At, Cell]:
        """The cells of a single plan."""
        known = np.stack([self.amount, self.quantity, self.cost])[:, :, 0].T.tolist()
        return {
            at: Cell(*(one if one == one else None for one in cell))  # NaN alone is not itself
            for at, cell in zip(self.at, known, strict=True)
        }
