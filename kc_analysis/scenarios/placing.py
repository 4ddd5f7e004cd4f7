"""A source's money, year by year, as whole units of its lines; what is left goes on a year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor
from typing import NamedTuple

At = tuple[str, int]


@dataclass(frozen=True)
class Demand:
    """What a line may take of its source's money.

    Attributes
    ----------
    line : str
    weight : float
        Its part of the money, beside the other lines', in a year in which it is planned.
    prices : dict of int to float
        Of one of its units, in every year, in million VND.
    years : tuple of int
        In which it is planned.
    flat : int, optional
        So many units in each of these years, if no part of the growth is its own.
    due : int
        Units to be bought before all else, from the first year on.
    """

    line: str
    weight: float
    prices: dict[int, float]
    years: tuple[int, ...]
    flat: int | None = None
    due: int = 0


class Bought(NamedTuple):
    """Units of a line in a year: what was due, what is the same each year, what a share buys."""

    due: int = 0
    flat: int = 0
    shared: int = 0
    share: float | None = None  # the money that was its part, in million VND

    @property
    def units(self) -> int:
        """All units."""
        return self.due + self.flat + self.shared


@dataclass
class Placed:
    """Where the money went: units by line and year, what each year hands on, what had no money."""

    bought: dict[At, Bought] = field(default_factory=dict)
    handed_on: dict[int, float] = field(default_factory=dict)
    short: dict[At, int] = field(default_factory=dict)


def place(money: dict[int, float], demands: Sequence[Demand], least: float) -> Placed:
    """Buy whole units, year by year: what is due, what is flat, then by shares.

    A share buys whole units; then the line that lacks the most of one more gets it, as long as the
    year's money pays for one of any line. The rest goes to the next year. Lines that are flat get
    shares too where no other line could ever take the money.

    Parameters
    ----------
    money : dict of int to float
        Of the source, by year, in million VND.
    demands : sequence of Demand
        In the order in which money goes to what is due, and to what is flat.
    least : float
        What the first year buys if need be ahead of its money, with up to half of what the next
        year can share out.

    Returns
    -------
    Placed
        To a đồng. The last year's ``handed_on`` is what nothing was bought with.

    Examples
    --------
    >>> tour = Demand("tour", 90, {2026: 90, 2027: 93}, (2026, 2027), flat=1)
    >>> model = Demand("model", 500, {2026: 400, 2027: 420}, (2026, 2027))
    >>> placed = place({2026: 1000, 2027: 1100}, [tour, model], 0)
    >>> [placed.bought[at].units for at in (("tour", 2026), ("model", 2026), ("model", 2027))]
    [1, 2, 2]
    >>> placed.handed_on
    {2026: 110.0, 2027: 277.0}
    """
    placed, carried = Placed(), 0.0
    due = {one.line: one.due for one in demands}
    years = list(money)
    for i, year in enumerate(years):
        pool = money[year] + carried
        growing = _growing(demands, years[i:], year)
        bought: dict[str, Bought] = {}
        for kind in ("due", "flat"):
            for one in demands:
                wanted = due[one.line] if kind == "due" else _flat(one, year, growing)
                units = min(wanted, _units(pool, one.prices[year]))
                pool = round(pool - units * one.prices[year], 6)
                if kind == "due":
                    due[one.line] -= units
                elif units < wanted:
                    placed.short[one.line, year] = wanted - units
                if units:
                    known = bought.get(one.line, Bought())
                    bought[one.line] = known._replace(**{kind: units})
        left = _share(pool, growing, year, bought)
        if i == 0 and growing and len(years) > 1:
            then = years[1]
            flat = sum(_flat(one, then, ()) * one.prices[then] for one in demands)
            ahead = left + max(0.0, (money[then] - flat) / 2)
            one = min(growing, key=lambda one: one.prices[year])
            while money[year] - left < least and _units(ahead, one.prices[year]):
                ahead -= one.prices[year]
                left = _one_more(left, one, year, bought)
        placed.bought |= {(line, year): one for line, one in bought.items() if one.units}
        placed.handed_on[year] = carried = left
    placed.short |= {(line, years[-1]): units for line, units in due.items() if units}
    return placed


def _growing(demands: Sequence[Demand], left: list[int], year: int) -> list[Demand]:
    """The lines that share a year's money."""
    planned = [one for one in demands if year in one.years]
    others = any(one.flat is None and set(left) & set(one.years) for one in demands)
    return [one for one in planned if one.flat is None or not others]


def _flat(one: Demand, year: int, growing: Sequence[Demand]) -> int:
    return one.flat if one.flat and year in one.years and one not in growing else 0


def _units(money: float, price: float) -> int:
    """How many units money pays for; what lacks less than a đồng pays for one."""
    return max(0, floor((money + 1e-7) / price))


def _share(pool: float, growing: list[Demand], year: int, bought: dict[str, Bought]) -> float:
    """Share out a year's pool in whole units, and give back what pays for none."""
    whole, lacking = sum(one.weight for one in growing), {}
    left = pool
    for one in growing:
        share = max(0.0, pool) * one.weight / whole
        units = _units(share, one.prices[year])
        bought[one.line] = bought.get(one.line, Bought())._replace(shared=units, share=share)
        lacking[one.line] = share / one.prices[year] - units
        left -= units * one.prices[year]
    while payable := [one for one in growing if _units(left, one.prices[year])]:
        one = max(payable, key=lambda one: lacking[one.line])
        lacking[one.line] -= 1
        left = _one_more(left, one, year, bought)
    return round(left, 6) + 0.0  # no -0.0


def _one_more(left: float, one: Demand, year: int, bought: dict[str, Bought]) -> float:
    known = bought[one.line]
    bought[one.line] = known._replace(shared=known.shared + 1)
    return round(left - one.prices[year], 6)
