"""A sheet's rows fall into tables, which become grids, and the lines of text between them."""

from collections.abc import Iterator
from typing import NamedTuple

from kc_analysis.reading.grid import Cell, Grid

Row = list[Cell]

_MARKS = str.maketrans("", "", " .,()-%")


class _Block(NamedTuple):
    """A table's first row and the row after its last; the last of its rows that has numbers."""

    start: int
    end: int
    numbers: Row


def blocks(rows: list[Row], hidden: list[Row]) -> Iterator[Cell | Grid]:
    """A sheet's lines and grids, in order.

    Parameters
    ----------
    rows : list of list of Cell
    hidden : list of list of Cell
        Those of each row that are hidden.
    """
    done = 0
    for start, end, _ in _blocks(rows):
        yield from _texts(rows[done:start])
        table = rows[start:end]
        # A title may reach further to the left than the table below it.
        if left := next(at for at in range(len(table[0])) if any(row[at].text for row in table)):
            table = [row[left:] for row in table]
        yield Grid(table, _texts(hidden[start:end]))
        done = end
    yield from _texts(rows[done:])


def _texts(rows: list[Row]) -> list[Cell]:
    return [cell for row in rows for cell in row if cell.text and not cell.covered]


def _begin(row: Row) -> int:
    """The first column that is not blank."""
    return next(at for at, cell in enumerate(row) if cell.text)


def _blocks(rows: list[Row]) -> Iterator[_Block]:
    """The tables: runs of rows of two cells and more that hold numbers, with what they go on in.

    A table goes on beyond blank rows, titles and rows without numbers, if more numbers follow
    that have no heading of their own. Its heading may stand apart from its numbers, too.
    """
    # A merged cell is one, wherever it reaches.
    filled = [len({cell.at for cell in row if cell.text}) for row in rows]
    table: _Block | None = None
    heads: list[slice] = []  # what may be the heading of the next table
    for start, end in _runs(filled):
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


def _runs(filled: list[int]) -> Iterator[tuple[int, int]]:
    """The rows of two cells and more that follow one another: the first, and after the last."""
    start = 0
    for row, count in enumerate([*filled, 0]):
        if count < 2:
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
    return cell.value is not None or cell.text.translate(_MARKS).isdecimal()
