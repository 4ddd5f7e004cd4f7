"""What a change does to the cells that it speaks of."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from kc_analysis.model import DataError, Text, Trouble
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.figures import Figures, Rounded
from kc_analysis.scenarios.pool import HAIR
from kc_analysis.scenarios.scenario import Change
from kc_analysis.scenarios.steps import At

SCALING = ("multiply", "grow_pct")


class Touch(NamedTuple):
    """A change, the cells of a kind that it touches, its numbers there, and where it stands."""

    change: Change
    rows: np.ndarray
    value: np.ndarray
    place: Text

    @property
    def scales(self) -> bool:
        """Whether the number is a factor."""
        return self.change.by in SCALING


def lump(figures: Figures, touch: Touch) -> None:
    """Money without work can but grow or shrink, whatever it is that changes."""
    of, rows = touch.change.of, touch.rows
    if of != "amount" and not touch.scales:
        lacking = np.ones((rows.size, 1), bool)
        _need(figures, touch, lacking, "unit_cost" if of == "quantity" else "quantity")
    known = (figures.funds if of == "amount" else figures.amount)[rows]
    new = _new(figures, touch, known)
    if touch.change.gives_way == "quantity":
        _ask(figures, touch, known, new)
        return
    if of != "unit_cost":
        figures.put("funds", rows, figures.funds[rows] + new - known)
    figures.put("amount", rows, new)


def unit_cost(figures: Figures, touch: Touch) -> None:
    """Work costs more or less, and needs as much more or less."""
    rows = touch.rows
    known, amount, quantity = figures.of(rows, "cost", "amount", "quantity")
    new = _new(figures, touch, known)
    # An amount scaled with its cost is exact; a quotient multiplied again need not be.
    if touch.scales:
        needed = amount * touch.value
    else:
        needed = np.where(new == known, amount, quantity * new)
    figures.put("cost", rows, new)
    figures.put("amount", rows, needed)


def quantity(figures: Figures, touch: Touch) -> None:
    """More or less work takes its money with it; lines in whole units are rounded down."""
    rows = touch.rows
    known, amount, cost, funds = figures.of(rows, "quantity", "amount", "cost", "funds")
    new = _new(figures, touch, known)
    whole = np.floor(new + HAIR * np.maximum(new, 1))
    fit = np.where(figures.whole[rows][:, None], whole, new)
    changed = ~((fit == known) | np.isnan(fit))
    _need(figures, touch, changed & np.isnan(cost), "unit_cost")
    worth = np.where(changed, fit * cost, amount)
    figures.put("quantity", rows, np.where(changed, fit, known))
    figures.put("amount", rows, worth)
    figures.put(
        "funds", rows, np.where(np.isnan(funds), worth, funds + np.nan_to_num(worth - amount))
    )
    if new.shape[1] == 1:
        for i in np.flatnonzero(new[:, 0] - fit[:, 0] > HAIR * new[:, 0]):
            figures.rounded.append(Rounded(figures.at[rows[i]], float(new[i, 0]), float(fit[i, 0])))


def amount(figures: Figures, touch: Touch) -> None:
    """Funds change; the unit cost gives way at once, quantities when all such changes are made."""
    rows = touch.rows
    known, paid, work, cost = figures.of(rows, "funds", "amount", "quantity", "cost")
    new = _new(figures, touch, known)
    changed = ~((new == known) & (new == paid)) & ~np.isnan(new)
    if touch.change.gives_way == "quantity":
        _need(figures, touch, changed & ~(cost > 0), "unit_cost")
        _ask(figures, touch, known, new)
        return
    if touch.scales:
        changed &= paid > 0  # nothing, however often, is nothing
    _need(figures, touch, changed & ~(work > 0), "quantity")
    figures.put("funds", rows, new)
    figures.put("cost", rows, np.where(changed, new / work, cost))
    figures.put("amount", rows, np.where(changed, new, paid))


EFFECTS: dict[str, Callable[[Figures, Touch], None]] = {
    "unit_cost": unit_cost, "quantity": quantity, "amount": amount,
}  # fmt: skip


def _new(figures: Figures, touch: Touch, known: np.ndarray) -> np.ndarray:
    """What is known, changed; never less than nothing."""
    rows, change = touch.rows, touch.change
    if touch.scales:
        if np.isnan(known[:, 0]).any():
            nothing = ~(figures.amount[rows] > 0) & ~(figures.quantity[rows] > 0)
            _need(figures, touch, np.isnan(known) & ~nothing, change.of)
        new: np.ndarray = known * touch.value
    else:
        given = np.broadcast_to(touch.value, np.broadcast_shapes(known.shape, touch.value.shape))
        new = given if change.by == "set" else np.where(np.isnan(known), given, known + given)
    if (new < 0).any():
        row, draw = np.argwhere(new < 0)[0]
        least = float(new[row, draw])
        found = Text(write_number(least), write_number(least, "en"))
        place = _in(touch.place, figures.at[rows[row]])
        raise DataError([Trouble(place, Text("số không âm", "no less than 0"), found)])
    return new


def _ask(figures: Figures, touch: Touch, known: np.ndarray, new: np.ndarray) -> None:
    """Funds become others than they were; what they buy is settled later."""
    rows = touch.rows
    figures.put("funds", rows, new)
    figures.put("asked", rows, figures.asked[rows] + np.nan_to_num(new) - np.nan_to_num(known))
    figures.money.update(rows[~np.isnan(new[:, 0])].tolist())


def _need(figures: Figures, touch: Touch, lacking: np.ndarray, of: str) -> None:
    """See that nothing lacks that a change needs."""
    if lacking.any():
        row = touch.rows[np.argwhere(lacking)[0][0]]
        found = Text("chưa có", "none")
        raise DataError([Trouble(_in(touch.place, figures.at[row]), _NAMES[of], found)])


def _in(place: Text, at: At) -> Text:
    line, year = at
    return Text(f"{place.vi}, dòng {line} năm {year}", f"{place.en}, line {line} in {year}")


_NAMES = {
    "amount": Text("kinh phí", "an amount"),
    "quantity": Text("khối lượng", "a quantity"),
    "unit_cost": Text(
        "đơn giá (đặt trước bằng một thay đổi unit_cost)",
        "a unit cost (let a change of unit_cost set it first)",
    ),
}
