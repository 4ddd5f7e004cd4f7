"""Every sum that a table promises: along its rows by what the headings say, down by its outline."""

from collections.abc import Iterator
from math import isclose
from typing import NamedTuple

from kc_analysis.reading.table.parts import Column, Table

Place = tuple[int, int]  # row, column
Values = dict[Place, float]

#: Rows that are added to nothing: they say something of others.
BESIDE = ("of which", "second", "aside", "extra")


class Sum(NamedTuple):
    """A printed total and the cells that should add up to it."""

    total: Place
    parts: list[Place]


def sums_of(table: Table) -> list[Sum]:
    """Every sum of a table.

    Along a row, years make the cycle, funds or other columns their total. Down a column, rows make
    the row that they stand under, and a total row what it totals; quantities of unlike units make
    no sum.

    Parameters
    ----------
    table : Table

    Returns
    -------
    list of Sum
        Blank cells are no parts.
    """
    return [*_along_rows(table), *_down_columns(table)]


def rest_of(promise: Sum, values: Values) -> float:
    """What a total has over its parts; exactly 0 where they agree."""
    whole = values[promise.total]
    parts = sum([values[part] for part in promise.parts])
    return 0.0 if isclose(whole, parts, rel_tol=1e-13, abs_tol=1e-8) else whole - parts


def holds(promise: Sum, values: Values) -> bool:
    """Whether a total and all of its parts are numbers, and agree."""
    if promise.total not in values or any(part not in values for part in promise.parts):
        return False
    return not rest_of(promise, values)


def is_meant(table: Table, promise: Sum, values: Values) -> bool:
    """Whether a document means a sum: its column tells of what, and it is no nought by a title."""
    r, c = promise.total
    row = table.rows[r]
    is_nought = values.get(promise.total) == 0 and table.measure(row, c) == "quantity"
    return bool((table.columns[c].is_known or row.facets.year) and not is_nought)


def columns_added(table: Table) -> list[tuple[int, list[int]]]:
    """Each column of totals with the columns that it adds up."""
    found = []
    for whole in table.values:
        for parts in _parts_of(table, whole):
            if parts:
                found.append((whole, parts))
    return found


class _Kind(NamedTuple):
    """What a column's numbers are of, apart from time, fund and further headings."""

    phase: str
    measure: str
    money: str


def _kind(column: Column) -> _Kind:
    said = column.facets
    return _Kind(said.phase or "plan", said.measure, said.money)


def _others(column: Column) -> tuple[str, ...]:
    return column.rest + ((column.facets.place,) if column.facets.place else ())


def _parts_of(table: Table, whole: int) -> Iterator[list[int]]:
    """The columns that a column adds up, over years, parts of a year, funds or other headings."""
    column = table.columns[whole]
    said = column.facets
    if said.measure in ("share", "growth", "other"):
        return
    kind, others, time = _kind(column), _others(column), (said.year, said.period)
    alike = [at for at in table.values if at != whole and _kind(table.columns[at]) == kind]

    def those(source: str | None, rest: tuple[str, ...] | None) -> list[int]:
        """The columns of the same time with this fund (any, if None) and these headings."""
        return [
            at
            for at in alike
            if (o := table.columns[at]).facets[:2] == time
            and (o.facets.source == source if source is not None else o.facets.source)
            and (_others(o) == rest if rest is not None else _others(o))
        ]

    if said.year is None and (said.total or "-" in said.period):
        yield _years_of(table, whole)
    if not said.period:
        yield from _parts_of_year(table, whole)
    if not said.source:
        yield those(None, others)
    if said.total and not others and len(parts := those(said.source, None)) > 1:
        yield parts


def _parts_of_year(table: Table, whole: int) -> Iterator[list[int]]:
    """The four quarters that a column of a year adds up, and its two halves."""
    column = table.columns[whole]
    # Where all is of one year, its parts need not name it.
    several = len({o.facets.year for o in table.columns if o.facets.year}) > 1
    years = {column.facets.year} if several else {column.facets.year, None}
    for name, count in (("Q", 4), ("6M", 2)):
        parts = [
            at
            for at in table.values
            if (o := table.columns[at]).facets.period.startswith(name)
            and o.facets.year in years
            and _kind(o) == _kind(column)
            and o.facets.source == column.facets.source
            and _others(o) == _others(column)
        ]
        if len(parts) == count:
            yield parts


def _years_of(table: Table, whole: int) -> list[int]:
    """The columns of years that a column adds up; none where they do not make its span.

    What has run up before the first of them may stand for the years before it.
    """
    column = table.columns[whole]
    same = [
        (at, other)
        for at in table.values
        if (other := table.columns[at]).facets.source == column.facets.source
        and _others(other) == _others(column)
    ]
    years = {
        o.facets.year: at
        for at, o in same
        if o.facets.year and not o.facets.period and _kind(o) == _kind(column)
    }
    if not years:
        return []
    run_up = {
        o.facets.year: at
        for at, o in same
        if o.facets.period == "to" and o.facets.year and o.facets.year < min(years)
    }
    first, last = min(run_up or years), max(years)
    if "-" in column.facets.period:
        first, last = map(int, column.facets.period.split("-"))
    covered = set(years) | {y for end in run_up for y in range(first, end + 1)}
    return [*run_up.values(), *years.values()] if covered >= set(range(first, last + 1)) else []


def _along_rows(table: Table) -> Iterator[Sum]:
    for whole, columns in columns_added(table):
        for r, row in enumerate(table.rows):
            parts = [(r, c) for c in columns if c in row.cells]
            if whole in row.cells and parts:
                yield Sum((r, whole), parts)


def _down_columns(table: Table) -> Iterator[Sum]:
    for r, row in enumerate(table.rows):
        if not row.children or row.role in BESIDE:
            continue
        for c in row.cells:
            parts = [(part, c) for part in frontier(table, row.children, c)]
            if parts and adds_down(table, r, [part for part, _ in parts], c):
                yield Sum((r, c), parts)


def frontier(table: Table, rows: list[int], c: int) -> list[int]:
    """The rows that have a figure in a column, each in place of those below it."""
    found: list[int] = []
    for r in rows:
        row = table.rows[r]
        if row.role in BESIDE:
            continue
        if c in row.cells:
            found.append(r)
        else:
            found += frontier(table, row.children, c)
    return found


def adds_down(table: Table, r: int, parts: list[int], c: int) -> bool:
    """Whether a row's figure in a column can be the sum of others': money, or one unit alike."""
    row = table.rows[r]
    measures = {table.measure(table.rows[part], c) for part in parts}
    if measures == {"money"}:
        return True
    if measures != {"quantity"}:
        return False
    units = {table.rows[part].unit.casefold() for part in parts}
    return units == {row.unit.casefold()} or (len(units) == 1 and not row.unit)
