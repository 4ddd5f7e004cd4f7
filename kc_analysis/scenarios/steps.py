"""The changes of a scenario, step by step, over the cells of a plan.

The steps are taken with numbers, for a plan, or with sums of products, for all plans at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import floor, isclose
from typing import NamedTuple

import pandas as pd

from kc_analysis.model import DataError, Plan, Text, Trouble
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.scenario import Change, Scenario
from kc_analysis.scenarios.sums import Sum

Number = float | Sum
At = tuple[str, int]  # line, year


class Cell(NamedTuple):
    """What a line costs and buys in a year; what is not known is None."""

    amount: Number | None = None
    quantity: Number | None = None
    unit_cost: Number | None = None


class Remainder(NamedTuple):
    """What whole units leave of a quantity, or of an amount in million VND."""

    at: At
    of: str
    wanted: float
    bought: float


@dataclass
class Steps:
    """A plan on its way through changes: its cells, and what rounding down left over."""

    cells: dict[At, Cell]
    whole: set[str]  # the lines whose quantities are whole numbers
    sources: dict[str, str]
    activities: dict[str, str]
    remainders: list[Remainder]


#: The number that a change puts at a place: known, drawn, or sought.
Value = Callable[[Change, At], Number]


def begin(plan: Plan) -> Steps:
    """A plan's own cells."""
    lines = plan.lines
    names = lines["line"].tolist()
    amounts = _by_cell(plan.budget, "amount_million_vnd")
    quantities = _by_cell(plan.quantities, "quantity")
    cells = {}
    for at in [(line, year) for line in names for year in plan.years]:
        amount, quantity = amounts.get(at), quantities.get(at)
        cells[at] = Cell(amount, quantity, _over(amount, quantity))
    whole = set(names) - {line for (line, _), quantity in quantities.items() if quantity % 1}
    return Steps(
        cells,
        whole,
        dict(zip(names, lines["source"].tolist(), strict=True)),
        dict(zip(names, lines["activity"].tolist(), strict=True)),
        [],
    )


def _by_cell(frame: pd.DataFrame, value: str) -> dict[At, float]:
    columns = (frame[name].tolist() for name in ("line", "year", value))
    return {(line, year): number for line, year, number in zip(*columns, strict=True)}


def take(steps: Steps, scenario: Scenario, value: Value) -> None:
    """Take all the steps of a scenario, its bases' first.

    Parameters
    ----------
    steps : Steps
        Gets the cells as they then are.
    scenario : Scenario
    value : callable
        The number that a change sets, adds or multiplies by at a place.

    Raises
    ------
    DataError
        If a change finds nothing to change, or leads to less than nothing.
    """
    for part in scenario.chain:
        for number, change in enumerate(part.changes):
            place = place_of(part, number)
            touched = False
            for at in selected(steps, change):
                before = steps.cells[at]
                if change.by in ("multiply", "grow_pct") and before == Cell():
                    continue  # what is not planned cannot be multiplied
                steps.cells[at] = _step(steps, change, at, value(change, at), place)
                touched = True
            if not touched:
                expected = Text("ít nhất một số trong kế hoạch", "at least one figure of the plan")
                found = Text("ở đó không có gì", "nothing is planned there")
                raise DataError([Trouble(place, expected, found)])


def place_of(scenario: Scenario, number: int) -> Text:
    """What a scenario's change is called in a message."""
    name = f"{scenario.name}.toml"
    return Text(f"{name}, thay đổi {number + 1}", f"{name}, change {number + 1}")


def years_grown(change: Change, at: At) -> int:
    """How many times a growth has been passed on at a place."""
    assert change.from_year is not None
    return at[1] - change.from_year


def selected(steps: Steps, change: Change) -> Iterator[At]:
    """The cells that a change speaks of."""
    for line, year in steps.cells:
        if (
            year in change.years
            and (not change.line or line in change.line)
            and (not change.source or steps.sources[line] in change.source)
            and (not change.activity or steps.activities[line] in change.activity)
        ):
            yield line, year


def _step(steps: Steps, change: Change, at: At, value: Number, place: Text) -> Cell:
    amount, quantity, cost = cell = steps.cells[at]
    lump = amount is not None and quantity is None  # money without work: it can but grow or shrink
    known = amount if lump else getattr(cell, change.of)
    scaled = change.by in ("multiply", "grow_pct")
    if scaled and (known == 0 or (known is None and not amount and not quantity)):
        return cell  # nothing, however often, is nothing
    if scaled:
        new = _need(known, place, at, change.of) * value
    else:
        new = value if change.by == "set" or known is None else known + value
    if isinstance(new, float) and new < 0:
        found = Text(write_number(new), write_number(new, "en"))
        raise DataError([Trouble(_in(place, at), Text("số không âm", "no less than 0"), found)])
    if lump and (scaled or change.of == "amount"):
        return Cell(new)
    if lump and (change.of, change.by) != ("quantity", "set"):
        raise _lacking(place, at, "quantity")
    if not lump and new == known:
        return cell
    if change.of == "unit_cost":
        # An amount scaled with its cost is exact; a quotient multiplied again need not be.
        return Cell(_times(amount, value) if scaled else _times(quantity, new), quantity, new)
    if change.of == "quantity":
        if cost is None:
            raise _lacking(place, at, "unit_cost")
        fit = _whole(steps, at, new)
        _note_remainder(steps, at, "quantity", new, fit)
        return cell if fit == quantity else Cell(_times(fit, cost), fit, cost)
    if change.gives_way == "unit_cost":
        quantity = _need(quantity, place, at, "quantity")
        return Cell(new, quantity, _over(new, quantity))
    cost = _need(cost, place, at, "unit_cost")
    wanted = _over(new, cost)
    fit = _whole(steps, at, wanted)
    bought = new if fit == wanted else _times(fit, cost)
    _note_remainder(steps, at, "amount", new, bought)
    return Cell(bought, fit, cost)


def _note_remainder(
    steps: Steps, at: At, of: str, wanted: Number | None, bought: Number | None
) -> None:
    if (
        isinstance(wanted, float)
        and isinstance(bought, float)
        and not isclose(wanted, bought, rel_tol=1e-9)
    ):
        steps.remainders.append(Remainder(at, of, wanted, bought))


def _whole(steps: Steps, at: At, quantity: Number | None) -> Number | None:
    """A quantity in whole units, if that is how the line counts; a hair below one is one."""
    if not isinstance(quantity, float) or at[0] not in steps.whole:
        return quantity
    nearest = float(round(quantity))
    near = abs(quantity - nearest) <= 1e-9 * max(1.0, nearest)
    return nearest if near else float(floor(quantity))


def _times(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one * other


def _over(one: Number | None, other: Number | None) -> Number | None:
    """A quotient; unknown where the divisor is nothing, or is itself uncertain."""
    return one / other if one is not None and isinstance(other, float) and other else None


def _need(known: Number | None, place: Text, at: At, of: str) -> Number:
    if known is None or known == 0:
        raise _lacking(place, at, of)
    return known


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


def _lacking(place: Text, at: At, of: str) -> DataError:
    found = Text("chưa có, hoặc không chắc chắn", "none, or one that is uncertain")
    return DataError([Trouble(_in(place, at), _NAMES[of], found)])
