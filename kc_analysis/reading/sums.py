"""The sums that a table's printed totals promise, cell by cell."""

from collections.abc import Iterator
from typing import NamedTuple

from kc_analysis.reading.header import Column
from kc_analysis.reading.tables import Table

Place = tuple[int, int]  # row, column


class Sum(NamedTuple):
    """A printed total and the cells that should add up to it."""

    total: Place
    parts: list[Place]


def sums(table: Table) -> Iterator[Sum]:
    """Every sum of a table: a row's years, a section's lines, the sections.

    Quantities are added up along a row only: lines of unlike units never make a sum.

    Parameters
    ----------
    table : Table

    Yields
    ------
    Sum
        Blank cells are no parts.
    """
    yield from _along_rows(table)
    yield from _down_columns(table)


def years_of(table: Table, whole: Column) -> list[int]:
    """Where the years stand that a column of totals adds up."""
    return [
        i
        for i, column in enumerate(table.columns)
        if column.year and (column.phase, column.measure) == (whole.phase, whole.measure)
    ]


def _along_rows(table: Table) -> Iterator[Sum]:
    for whole, column in enumerate(table.columns):
        if column.role != "value" or column.year:
            continue
        years = years_of(table, column)
        for r, row in enumerate(table.rows):
            parts = [(r, i) for i in years if i in row.cells]
            if whole in row.cells and parts:
                yield Sum((r, whole), parts)


def _down_columns(table: Table) -> Iterator[Sum]:
    lines: dict[str, list[int]] = {}
    sections: dict[str, int] = {}
    for r, row in enumerate(table.rows):
        if row.level == "line":
            lines.setdefault(row.section, []).append(r)
        elif row.level == "section" and row.cells:
            sections[row.section] = r
    for i, column in enumerate(table.columns):
        if column.role != "value":
            continue
        for r, row in enumerate(table.rows):
            if i not in row.cells or table.measure(row, i) != "money":
                continue
            if row.level == "section":
                parts = lines.get(row.section, [])
            elif row.level == "grand":
                # A section that prints no total stands for its lines.
                parts = [
                    part
                    for section in dict.fromkeys([*lines, *sections])
                    for part in ([sections[section]] if section in sections else lines[section])
                ]
            else:
                continue
            yield Sum((r, i), [(part, i) for part in parts if i in table.rows[part].cells])
