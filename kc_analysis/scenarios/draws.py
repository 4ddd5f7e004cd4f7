"""The uncertain numbers of a scenario, and many draws of them, a block at a time.

An uncertain number is a table of equally likely values, as fine as sixteen random bits: whatever
its distribution, a draw is one look into the table.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios.engine import Engine, Values
from kc_analysis.scenarios.ranges import KINDS, Range
from kc_analysis.scenarios.scenario import By, Change, Of, Scenario

#: Draws at a time: what they need fits into a processor's cache.
BLOCK = 2**12
PLACES = 2**16


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


class Draws:
    """The uncertain numbers of a scenario on a plan.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario

    Raises
    ------
    DataError
        If the scenario does not fit the plan, or if none of its numbers is a range.

    Attributes
    ----------
    engine : Engine
    inputs : list of Input
    middle : Figures
        The plan at the middles of all ranges.
    """

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self.engine = Engine(plan, scenario)
        numbers: dict[Input, int] = {}
        #: Of each change, the input that counts in a cell.
        self._inputs: dict[tuple[int, int], int] = {}

        def note(number: int, change: Change, rows: np.ndarray) -> Any:
            if isinstance(change.value, KINDS):
                for row in rows.tolist():
                    one = self._input(number, change, row)
                    self._inputs[number, row] = numbers.setdefault(one, len(numbers))
            return self.engine.middle(number, change, rows)

        self.middle = self.engine.run(note)
        self.inputs = list(numbers)
        if not numbers:
            expected = Text("ít nhất một khoảng giá trị", "at least one range")
            found = Text("toàn số chắc chắn", "none")
            raise DataError([Trouble(same(f"{scenario.name}.toml"), expected, found)])
        self._tables: dict[tuple[Range, float], np.ndarray] = {}
        grouped = groupby(
            sorted((i for i, one in enumerate(self.inputs) if one.correlation),
                   key=lambda i: str(self.inputs[i].together)),
            key=lambda i: self.inputs[i].together,
        )  # fmt: skip
        #: The inputs that go together, and how closely.
        self.groups = [
            (members, self.inputs[members[0]].correlation)
            for members in (list(group) for _, group in grouped)
        ]

    def _input(self, number: int, change: Change, row: int) -> Input:
        assert isinstance(change.value, KINDS)
        line, year = self.engine.start.at[row]
        apart = change.independent
        by_line = line if "line" in apart else None
        source = self.engine.start.source[row] if by_line or "source" in apart else None
        return Input(
            number + 1, change.of, change.by, source, by_line, year if "year" in apart else None,
            change.value, change.correlation,
        )  # fmt: skip

    def blocks(self, draws: int, seed: int) -> Iterator[np.ndarray]:
        """Places of the inputs' values in their tables, uint16, inputs × draws."""
        bits, inputs = np.random.SFC64(seed), len(self.inputs)
        for start in range(0, draws, BLOCK):
            places = bits.random_raw(inputs * BLOCK // 4).view(np.uint16).reshape(inputs, BLOCK)
            for members, correlation in self.groups:
                together = correlated(NORMAL[places[members]], correlation)
                places[members] = places_of(together)
            yield places[:, : draws - start]

    def values(self, places: np.ndarray) -> Values:
        """The numbers of drawn places, as an engine takes them."""
        known: dict[tuple[int, float], np.ndarray] = {}

        def drawn(number: int, change: Change, rows: np.ndarray) -> Any:
            if not isinstance(change.value, KINDS):
                return self.engine.middle(number, change, rows)
            grown = self.engine.years_grown(change, rows) if change.by == "grow_pct" else 0 * rows
            inputs = (self._inputs[number, row] for row in rows.tolist())
            keys = list(zip(inputs, grown.tolist(), strict=True))
            for key in set(keys) - known.keys():
                known[key] = np.take(self._table(change, *key), places[key[0]])
            if len(set(keys)) == 1:
                return known[keys[0]][None]
            return np.stack([known[key] for key in keys])

        return drawn

    def _table(self, change: Change, number: int, years: float) -> np.ndarray:
        """The equally likely values of an input, or of its factor of growth over some years."""
        one = self.inputs[number].range
        key = one, (years if change.by == "grow_pct" else -1.0)
        if key not in self._tables:
            values = one.quantile((np.arange(PLACES) + 0.5) / PLACES)
            if change.by == "grow_pct":
                values = np.power(1 + values / 100, years)
            self._tables[key] = values
        return self._tables[key]


#: Normal values by their place.
NORMAL = ndtri((np.arange(PLACES) + 0.5) / PLACES).astype(np.float32)
#: Places by normal values from -8 to 8.
_SHARE = (
    (ndtr((np.arange(PLACES) + 0.5) * 16 / PLACES - 8) * (PLACES - 1)).round().astype(np.uint16)
)


def places_of(normals: np.ndarray) -> np.ndarray:
    """The places of normal values in their table."""
    return _SHARE[((normals + 8) * (PLACES / 16)).astype(np.uint16)]


def correlated(normals: np.ndarray, correlation: float) -> Any:
    """Normal values, rows of which go together, of independent ones: a Gaussian copula.

    The matrix with 1 on its diagonal and the correlation elsewhere has a root of the same form.
    """
    count = len(normals)
    own = np.sqrt(1 - correlation)
    shared = (np.sqrt(1 + (count - 1) * correlation) - own) / count
    return np.float32(own) * normals + np.float32(shared) * normals.sum(axis=0)
