"""Rows without numbers under the row above that is their sum; and what rows are called."""

from itertools import groupby

import numpy as np

from kc_analysis.reading.table.discovery import find_sums
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.relations import move, siblings_of
from kc_analysis.reading.table.sums import Values


def nest(table: Table, values: Values) -> None:
    """Put rows that nothing numbers under the one just above that is their sum.

    Only rows that stand beside each other for want of a number are looked at: what a number, an
    indent or bold letters tell is told already.
    """
    plain = [r for r, row in enumerate(table.rows) if row.role == "item" and row.is_unnumbered]
    for _, group in groupby(plain, key=lambda r: (table.rows[r].parent, table.rows[r].style)):
        rows = [r for r in group if not table.rows[r].is_fund and not table.rows[r].children]
        if len(rows) < 2:
            continue
        for whole, parts in _wholes(table.rows, rows, values):
            if whole in siblings_of(table.rows, parts[0]):
                for part in parts:
                    if not table.rows[part].given:
                        move(table, part, whole)


def _wholes(rows: list[Row], beside: list[int], values: Values) -> list[tuple[int, list[int]]]:
    """The rows whose figures, all of them, are the sum of those of the rows just below."""
    at = {r: i for i, r in enumerate(beside)}
    grid = {(at[r], c): value for (r, c), value in values.items() if r in at and value}
    if not _any_is_sum(grid, len(beside)):
        return []
    said: dict[int, dict[tuple[int, ...], int]] = {}
    for promise in find_sums(grid):
        parts = tuple(part for part, _ in promise.parts)
        whole, c = promise.total
        if parts and parts[0] == whole + 1 and all(cell[1] == c for cell in promise.parts):
            ways = said.setdefault(whole, {})
            ways[parts] = ways.get(parts, 0) + 1
    found = []
    for i, r in enumerate(beside):
        ways = said.get(i, {})
        filled = [c for c in rows[r].cells if values.get((r, c))]
        longest = max(ways, key=lambda parts: (ways[parts], len(parts)), default=())
        below = [beside[part] for part in longest]
        if below and all(_is_sum(values, r, range(below[0], below[-1] + 1), c) for c in filled):
            found.append((r, [b for b in beside if below[0] <= b <= below[-1]]))
    return found


def _any_is_sum(grid: Values, height: int) -> bool:
    """Whether any row is the sum of rows just below it: what they bear out takes long to weigh."""
    columns = sorted({c for _, c in grid})
    amounts = np.zeros((height, len(columns)))
    for (i, c), value in grid.items():
        amounts[i, columns.index(c)] = value
    run_up = amounts.cumsum(0)
    slack = 1e-6 + 1e-12 * np.abs(run_up).max(initial=0.0)
    return any(
        (np.abs(run_up[i + 1 :] - run_up[i] - row)[:, row != 0] < slack).all(1).any()
        for i, row in enumerate(amounts)
        if row.any()
    )


def _is_sum(values: Values, whole: int, parts: range, c: int) -> bool:
    return abs(values[whole, c] - sum(values.get((part, c), 0.0) for part in parts)) < 1e-6


def inherit(rows: list[Row]) -> None:
    """Give each row what those above it say, and name it by their numbers and its own: I.1.

    A row without a number has its rank among those beside it.
    """
    ranks: dict[int | None, int] = {}
    for row in rows:
        row.facets = row.own
        if row.role == "total":
            continue
        if row.parent is not None:
            row.facets = row.own.within(rows[row.parent].facets)
        number = row.number
        if row.is_unnumbered:
            number = str(ranks.get(row.parent, 0) + 1)
            ranks[row.parent] = int(number)
        row.key = number if row.parent is None else f"{rows[row.parent].key}.{number}"
