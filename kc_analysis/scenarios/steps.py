"""A plan's cells, and which of them a change speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.scenarios.scenario import Change, Scenario

At = tuple[str, int]  # line, year


class Cell(NamedTuple):
    """What a line costs and buys in a year; what is not known is None."""

    amount: float | None = None
    quantity: float | None = None
    unit_cost: float | None = None


@dataclass
class Steps:
    """A plan's cells, and what is known of its lines."""

    cells: dict[At, Cell]
    whole: set[str]  # the lines whose quantities are whole numbers
    sources: dict[str, str]
    activities: dict[str, str]


def begin(plan: Plan) -> Steps:
    """A plan's own cells."""
    lines = plan.lines
    names = lines["line"].tolist()
    amounts = _by_cell(plan.budget, "amount_million_vnd")
    quantities = _by_cell(plan.quantities, "quantity")
    cells = {}
    for at in [(line, year) for line in names for year in plan.years]:
        amount, quantity = amounts.get(at), quantities.get(at)
        cost = amount / quantity if amount is not None and quantity else None
        cells[at] = Cell(amount, quantity, cost)
    whole = set(names) - {line for (line, _), quantity in quantities.items() if quantity % 1}
    return Steps(
        cells,
        whole,
        dict(zip(names, lines["source"].tolist(), strict=True)),
        dict(zip(names, lines["activity"].tolist(), strict=True)),
    )


def _by_cell(frame: pd.DataFrame, value: str) -> dict[At, float]:
    columns = (frame[name].tolist() for name in ("line", "year", value))
    return {(line, year): number for line, year, number in zip(*columns, strict=True)}


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


def place_of(scenario: Scenario, number: int) -> Text:
    """What a scenario's change is called in a message."""
    name = f"{scenario.name}.toml"
    return Text(f"{name}, thay đổi {number + 1}", f"{name}, change {number + 1}")
