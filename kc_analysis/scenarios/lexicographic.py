"""Of all that does best by a first aim, what does best by a second; whether it is the only one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

#: How long each search may take.
SECONDS = 60
#: Of what an aim counts as 1: what is nearer than this to the best is as good.
TOLERANCE = 1e-6


class Aim(NamedTuple):
    """The least of ``direct @ x + weight @ e``, where ``e`` is as small as it can be.

    Each of ``rows @ x`` departs from its ``middle`` by ``reach @ e`` at most.
    """

    direct: np.ndarray
    rows: np.ndarray
    middle: np.ndarray
    reach: np.ndarray
    weight: np.ndarray


class Part(NamedTuple):
    """Limits on quantities, none below 0: on their sums, and on each of them."""

    matrix: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray


class Best(NamedTuple):
    """The quantities that do best; whether others do as well by the first aim, and by all.

    None where neither is proven in time.
    """

    quantities: np.ndarray
    others: bool | None
    others_by_all: bool | None


def most(worth: np.ndarray) -> Aim:
    """As much worth as can be: the greatest of a unit counts as 1, for tolerances are absolute."""
    none = np.zeros((0, worth.size))
    return Aim(-worth / (worth.max(initial=0) or 1), none, none[:, 0], none[:, :0], none[:0, 0])


def even(rows: np.ndarray, middle: np.ndarray) -> Aim:
    """The largest departure as small as can be."""
    return Aim(np.zeros(rows.shape[1]), rows, middle, np.ones((len(rows), 1)), np.ones(1))


def close(cost: np.ndarray, middle: np.ndarray) -> Aim:
    """All departures together as small as can be, each counted at its cost."""
    each = np.eye(cost.size)
    return Aim(np.zeros(cost.size), each, middle, each, cost / (cost.max(initial=0) or 1))


def search(part: Part, aims: Sequence[Aim]) -> Best | None:
    """The best by the first aim, and of these by the next; None if there is none, or no proof.

    That there are no others is proven by a search for one: it differs by a unit, or by a hundredth
    of one where parts are counted, and is as good by each aim.
    """
    answer = _solve(part, aims[:1], [])
    if answer.status != 0:
        return None
    values: list[float] = []
    others: list[bool | None] = []
    while True:
        best = answer.x[: part.low.size]
        best = np.where(part.whole, np.round(best), best)
        values.append(answer.fun)
        others.append(_another(part, aims[: len(values)], values, best))
        if others[-1] is False or len(values) == len(aims):
            return Best(best, others[0], others[-1])
        answer = _solve(part, aims[: len(values) + 1], values)
        if answer.status != 0:
            return Best(best, others[0], None)


def _another(
    part: Part, aims: Sequence[Aim], values: Sequence[float], than: np.ndarray
) -> bool | None:
    """Whether another answer is as good; None where that is not proven in time."""
    return {0: True, 2: False}.get(_solve(part, aims, values, than).status)


def _solve(
    part: Part, aims: Sequence[Aim], values: Sequence[float], than: np.ndarray | None = None
) -> OptimizeResult:
    """The best by the last aim of what is as good as the values by those before it.

    Beside the quantities stand the departures of each aim. With ``than``, anything that is as good
    by all aims and is something else: what is more, what is less, and which of both it is.
    """
    count = part.low.size
    widths = [count, *(aim.weight.size for aim in aims), *([count] * 3 if than is not None else [])]
    ends = np.cumsum(widths).tolist()
    starts = [0, *ends[:-1]]
    size = ends[-1]
    low, high, whole = np.zeros(size), np.full(size, np.inf), np.zeros(size)
    low[:count], high[:count], whole[:count] = part.low, part.high, part.whole
    costs = np.zeros(size)

    def wide(rows: int, *blocks: tuple[int, Any]) -> np.ndarray:
        matrix = np.zeros((rows, size))
        for place, block in blocks:
            matrix[:, starts[place] : ends[place]] = block
        return matrix

    limits = [
        LinearConstraint(wide(len(part.matrix), (0, part.matrix)), part.row_low, part.row_high)
    ]
    for place, aim in enumerate(aims, 1):
        for side in (1, -1):
            departs = wide(len(aim.rows), (0, side * aim.rows), (place, -aim.reach))
            limits.append(LinearConstraint(departs, -np.inf, side * aim.middle))
        worth = wide(1, (0, aim.direct), (place, aim.weight))
        if place <= len(values):
            limits.append(LinearConstraint(worth, -np.inf, values[place - 1] + TOLERANCE))
        else:
            costs = worth[0]
    if than is not None:
        more, less, which = (len(aims) + n for n in (1, 2, 3))
        each, room = np.eye(count), _most(part) + 1
        high[starts[which] :], whole[starts[which] :] = 1, 1
        away = 0.5 if part.whole.all() else 0.01
        limits += [
            LinearConstraint(wide(count, (0, each), (more, -each), (less, each)), than, than),
            LinearConstraint(wide(count, (more, each), (which, -np.diag(room))), -np.inf, 0),
            LinearConstraint(wide(count, (less, each), (which, np.diag(room))), -np.inf, room),
            LinearConstraint(wide(1, (more, 1), (less, 1)), away, np.inf),
        ]
    return milp(
        costs,
        integrality=whole,
        bounds=Bounds(low, high),
        constraints=limits,
        options={"mip_rel_gap": 0, "time_limit": SECONDS},
    )


def _most(part: Part) -> np.ndarray:
    """The most of each quantity that its own limits and those on sums allow."""
    counts = part.matrix > 0
    alone = np.full(part.matrix.shape, np.inf)
    np.divide(part.row_high[:, None], part.matrix, out=alone, where=counts)
    return np.asarray(np.minimum(part.high, alone.min(axis=0, initial=np.inf)))
