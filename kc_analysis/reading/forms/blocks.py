"""A sheet falls into tables, which become grids, and the lines of text between and beside them."""

from collections.abc import Iterator
from itertools import compress, pairwise
from typing import Any, NamedTuple

from kc_analysis.reading.grid import Cell, Grid

Row = list[Cell]

_MARKS = str.maketrans("", "", " .,()-%")


class _Block(NamedTuple):
    """A table's first row and the row after its last; the last of its rows that has numbers."""

    start: int
    end: int
    numbers: Row


def blocks(rows: list[Row], hidden: set[Any]) -> list[Cell | Grid]:
    """A sheet's lines and grids, in the order of their first rows.

    Parameters
    ----------
    rows : list of list of Cell
    hidden : set
        Where the cells stand that are hidden.
    """
    parts = list(_parts(rows))
    if hidden:
        parts = [
            Grid(part.rows, [cell for cell in _texts(part.rows) if cell.at in hidden])
            if isinstance(part, Grid)
            else part
            for part in parts
        ]
    return sorted(parts, key=lambda part: part.rows[0][0].at if isinstance(part, Grid) else part.at)


def _parts(rows: list[Row]) -> Iterator[Cell | Grid]:
    several = list(map(_has_several, rows))
    cuts = _cuts(list(compress(rows, several)))
    if len(cuts) > 2:
        for left, right in pairwise(cuts):
            yield from _parts([row[left:right] for row in rows])
        return
    done = 0
    for start, end, _ in _tables(rows, several):
        yield from _texts(rows[done:start])
        table = rows[start:end]
        # What stands beside one table may stand under another.
        if len(_cuts(list(compress(table, several[start:end])))) > 2:
            yield from _parts(table)
        else:
            # A title may reach further to the left or right than the table below it.
            filled = [any(cell.text for cell in column) for column in zip(*table, strict=True)]
            left, right = filled.index(True), len(filled) - filled[::-1].index(True)
            yield Grid([row[left:right] for row in table] if right - left < len(filled) else table)
        done = end
    yield from _texts(rows[done:])


def _cuts(rows: list[Row]) -> list[int]:
    """The columns at which rows fall into tables side by side: the first, ..., after the last."""
    filled = [any(cell.text for cell in column) for column in zip(*rows, strict=True)]
    if all(filled):
        return [0, len(filled)]
    cuts = [0]
    edges = [
        at for at, (one, other) in enumerate(pairwise([False, *filled, False])) if one != other
    ]
    for gap, start, end in zip(edges[1::2], edges[2::2], edges[3::2], strict=False):
        table, beside = ([row[cuts[-1] : gap] for row in rows], [row[start:end] for row in rows])
        first = next((at for at, row in enumerate(table) if _is_labelled(row)), None)
        if first is None:
            continue
        # A single blank column may also stand within a table: under a long title, or before columns
        # that have their heading where the others have it; years may look like numbers there.
        heads = table[: first + (not _stands_over(table[:first], table[first]))]
        if (
            start - gap > 1
            or any(map(_is_labelled, beside))
            or not any(cell.text for row in beside[: len(heads)] for cell in row)
        ):
            cuts.append(start)
    return [*cuts, len(filled)]


def _is_labelled(row: Row) -> bool:
    """Whether a number stands behind words."""
    words = next((at for at, cell in enumerate(row) if any(map(str.isalpha, cell.text))), len(row))
    return any(map(_is_number, row[words:]))


def _texts(rows: list[Row]) -> list[Cell]:
    return [cell for row in rows for cell in row if cell.text and not cell.covered]


def _begin(row: Row) -> int:
    """The first column that is not blank."""
    return next(at for at, cell in enumerate(row) if cell.text)


def _has_several(row: Row) -> bool:
    """Whether a row has two cells or more; a merged cell is one, wherever it reaches."""
    if row[0].text and row[-1].text:
        return bool(row[0].at != row[-1].at)
    filled = [cell.at for cell in row if cell.text]
    return bool(filled) and filled[0] != filled[-1]


def _tables(rows: list[Row], several: list[bool]) -> Iterator[_Block]:
    """The tables: runs of rows of two cells and more that hold numbers, with what they go on in.

    A table goes on beyond blank rows, titles and rows without numbers, if more numbers follow
    that have no heading of their own. Its heading may stand apart from its numbers, too.
    """
    table: _Block | None = None
    heads: list[slice] = []  # what may be the heading of the next table
    for start, end in _runs(several):
        if table and _is_heading(rows[start], rows[table.start], table.numbers):
            yield table
            table, heads = None, []
        numbers = next((row for row in reversed(rows[start:end]) if _has_number(row)), None)
        if numbers and table:
            table = table._replace(end=end, numbers=numbers)
        elif numbers:
            over = (head.start for head in reversed(heads) if _stands_over(rows[head], numbers))
            table = _Block(next(over, start), end, numbers)
        elif not table:
            heads.append(slice(start, end))
    if table:
        yield table


def _runs(several: list[bool]) -> Iterator[tuple[int, int]]:
    """The rows of two cells and more that follow one another: the first, and after the last."""
    start = 0
    for row, is_one in enumerate([*several, False]):
        if not is_one:
            if start < row:
                yield start, row
            start = row + 1


def _is_heading(row: Row, first: Row, numbers: Row) -> bool:
    """Whether a row begins a table of its own: it is words where the table above has numbers.

    Its years may be numbers; then it begins as that table did.
    """
    begin = _begin(row)
    return row[begin].text == first[_begin(first)].text or any(
        any(map(str.isalpha, cell.text)) and _is_number(number)
        for cell, number in zip(row[begin + 1 :], numbers[begin + 1 :], strict=True)
    )


def _stands_over(heads: list[Row], numbers: Row) -> bool:
    """Whether there is a heading for each number; a letterhead has but two."""
    return all(
        any(row[at].text for row in heads) for at, cell in enumerate(numbers) if _is_number(cell)
    )


def _has_number(row: Row) -> bool:
    return any(map(_is_number, row))


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, or an error where one was to stand."""
    return (
        cell.value is not None or cell.doubt is not None or cell.text.translate(_MARKS).isdecimal()
    )
