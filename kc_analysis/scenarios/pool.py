"""Money for whole units: what one line cannot use is pooled, and handed out again."""

from typing import NamedTuple

import numpy as np

from kc_analysis.scenarios.scenario import Order

#: So much less than a unit is one, or than its price pays for one: what floats leave of a whole.
HAIR = 1e-9


class Shared(NamedTuple):
    """What lines buy of their money.

    Attributes
    ----------
    units, amount : ndarray
        Lines × draws.
    left : ndarray
        Of each draw, what buys no unit of any line.
    price : ndarray
        Lines × draws, million VND a unit; infinite where a line gets none.
    """

    units: np.ndarray
    amount: np.ndarray
    left: np.ndarray
    price: np.ndarray

    @property
    def funds(self) -> np.ndarray:
        """The money of each line; what is left is with the one that is nearest to one more unit."""
        funds = self.amount.copy()
        if funds.size:
            funds[self.price.argmin(0), np.arange(self.left.size)] += self.left
        return funds


def share_out(funds: np.ndarray, cost: np.ndarray, order: Order) -> Shared:
    """Whole units for the funds of some lines of one source and year.

    Each line first buys what its own funds pay for. The rest of all goes into a pool, which buys
    one more unit of line after line, again and again, until it buys none. A line without funds
    gets none.

    Parameters
    ----------
    funds : ndarray
        Lines × draws, million VND.
    cost : ndarray
        Million VND a unit; lines × draws, or one column for all.
    order : {"remainder", "plan"}
        Who is served first: who lacks the least part of a unit (then as in the plan), or the line
        that comes first in the plan.

    Returns
    -------
    Shared

    Examples
    --------
    >>> funds, cost = np.array([[1280.0], [720.0], [400.0]]), np.array([[800.0], [300.0], [500.0]])
    >>> shared = share_out(funds, cost, "remainder")
    >>> shared.units[:, 0].tolist(), shared.left.tolist()
    ([1.0, 3.0, 1.0], [200.0])
    """
    wanted = np.where(cost > 0, funds / cost, 0.0)
    units = np.floor(wanted + HAIR * np.maximum(wanted, 1))
    amount = units * cost
    # A crumb is no money: what comes out even is paid in full.
    np.copyto(amount, funds, where=np.abs(funds - amount) <= HAIR * funds)
    pool = funds.sum(0) - amount.sum(0)
    price = np.where(funds > 0, cost, np.inf)
    if pool.any():
        rank = np.arange(len(wanted))[:, None]
        if order == "remainder":
            rank = np.argsort(-np.round(wanted - units, 9), axis=0, kind="stable")
        rank = np.broadcast_to(rank, wanted.shape)
        bought = np.zeros_like(wanted)
        _hand_out(pool, np.take_along_axis(price, rank, 0), bought)
        more = np.empty_like(bought)
        np.put_along_axis(more, rank, bought, 0)
        units += more
        amount += np.where(more, more * cost, 0)
    return Shared(units, amount, pool, price)


def _hand_out(pool: np.ndarray, price: np.ndarray, bought: np.ndarray) -> None:
    """Buy one unit of line after line while the pool pays for any, in place."""
    going = np.flatnonzero(pool >= price.min(0) * (1 - HAIR))
    while going.size:
        rest = pool[going]
        for row, of in zip(bought, price, strict=True):
            unit = of[going]
            paid = rest >= unit * (1 - HAIR)
            rest -= np.where(paid, unit, 0)
            row[going] += paid
        pool[going] = np.maximum(rest, 0)
        going = going[pool[going] >= price[:, going].min(0) * (1 - HAIR)]
