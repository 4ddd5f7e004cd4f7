"""A stream of cells that has lost its rows is folded into rows again, by the rows' own numbers."""

from collections import Counter
from itertools import accumulate, pairwise
from typing import NamedTuple

from kc_analysis.reading.forms.limits import COLUMNS
from kc_analysis.reading.grid import BREAK, Cell, Grid, folded
from kc_analysis.reading.numbering import (
    Mark,
    are_column_numbers,
    is_column_number,
    is_number_heading,
    marks_of,
)
from kc_analysis.reading.vocabulary import facets, find


def fold(pieces: list[list[Cell]], rest: list[Cell]) -> list[Cell | Grid]:
    """Find the tables in a stream of cells and give each its rows.

    A table begins at the heading over its row numbers (TT, STT). A row begins at a number that
    stands before a title and goes on from the numbers above it, so a row that has lost or gained a
    cell does not disturb the others. Without such a heading a table begins at the one over its
    titles, and its rows all are alike.

    Parameters
    ----------
    pieces : list of list of Cell
        What stands between the bars: the lines of one cell; where a table begins, the lines
        above it and then its first heading.
    rest : list of Cell
        The lines after the last bar.

    Returns
    -------
    list of Cell or Grid
        The text outside the tables and the tables, in order; rows as found, not all of one length
        where cells are missing.
    """
    heads = _heads(pieces)
    content: list[Cell | Grid] = [*_lines(pieces[: heads[0] if heads else None])]
    for head, end in pairwise([*heads, len(pieces)]):
        stream = [pieces[head][-1], *map(_joined, pieces[head + 1 : end])]
        cuts = _by_numbers(stream) if is_number_heading(stream[0].text) else _alike(stream)
        content += pieces[head][:-1]
        content += (
            [Grid([stream[i:j] for i, j in pairwise(cuts)])] if cuts else _lines([stream[:1]])
        )
        content += _lines(pieces[head + (cuts[-1] if cuts else 1) : end])
    return content + rest


def _heads(pieces: list[list[Cell]]) -> list[int]:
    """Which pieces end in a table's first heading: over its numbers, or else over its titles."""
    heads: list[int] = []
    texts = ["", *(piece[-1].text for piece in pieces), ""]
    for at, (before, first, after) in enumerate(zip(texts, texts[1:], texts[2:], strict=False)):
        over_titles = find("column", first) == "title" and not find("column", before)
        again = any(pieces[head][-1].text == first for head in heads)
        said = facets(after)
        below_text = len(pieces[at]) > 1 and (said.year or said.period or find("column", after))
        if is_number_heading(first) or (over_titles and (not at or again or below_text)):
            heads.append(at)
    return heads


def _lines(pieces: list[list[Cell]]) -> list[Cell]:
    return [line for piece in pieces for line in piece if line.text]


def _joined(piece: list[Cell]) -> Cell:
    if len(piece) == 1:
        return piece[0]
    return piece[0]._replace(text=folded(BREAK.join(line.text for line in piece)))


# --- rows by their numbers ----------------------------------------------------------------------

# What speaks against a way to cut a stream into rows; that it has one row more weighs least.
_ROW, _UNUSUAL, _PASSED, _NO_VALUE, _OUT_OF_ORDER, _TOO_LONG = 1, 3, 3, 10, 30, 40
#: So many of the cells that may begin a row are looked back at; few rows hold as many.
_BACK = 8


_NONE = Mark("", None, "")


def _begins(number: Mark, above: str) -> bool:
    """Whether it is the first of those below a number that is written in another way."""
    return number.rank == 1 and number.style != above


def _goes_on(number: Mark, last: dict[str, Mark], above: str) -> bool:
    """Whether it goes on from the last number of each style, and the style right above."""
    if number.rank is None or _begins(number, above):
        return True
    before = last.get(number.style)
    if before is None:
        return False
    return number.rank == (1 if number.prefix != before.prefix else (before.rank or 0) + 1)


class _Way(NamedTuple):
    """A way to cut a stream: what speaks against it, where its last row begins, and the way there.

    ``last`` are the last numbers of each style, that row's with them.
    """

    cost: int
    start: int
    before: "_Way | None"
    style: str
    last: dict[str, Mark]


def _by_numbers(stream: list[Cell]) -> list[int]:
    """Where each row begins, and where the last ends."""
    starts = [at for at in range(2, len(stream) - 1) if _may_begin(stream, at)]
    if not starts:
        return [0, *_column_numbers(stream), len(stream)]
    numbers = [_number(stream[at].text) for at in starts]
    head = [*_column_numbers(stream[: starts[0]]), starts[0]][0]
    usual = _usual(starts) or head
    width = max(head, usual)
    values = [0, *accumulate(map(_is_value, stream))]  # how many stand before each place
    ways: list[_Way] = []

    def cost(row: int, after: int, end: int) -> int:
        """What speaks against a way with a row that ends here, before one of the starts."""
        way, number = ways[row], numbers[after] if after < len(numbers) else None
        length, has_value = end - way.start, values[end] > values[way.start + 1]
        begins = number is not None and _begins(number, way.style)
        in_order = number is None or _goes_on(number, way.last, way.style)
        passed = (one for one in numbers[row + 1 : after] if one.rank is not None)
        return (
            way.cost
            + _ROW
            + _PASSED * sum(_goes_on(one, way.last, way.style) for one in passed)
            + _NO_VALUE * (not has_value and not begins)
            + _OUT_OF_ORDER * (not in_order)
            + _UNUSUAL * (length > 2) * abs(length - usual)
            + _TOO_LONG * ((length - 1) // width)
        )

    for at, (start, number) in enumerate(zip(starts, numbers, strict=True)):
        costs = {row: cost(row, at, start) for row in range(max(at - _BACK, 0), at)}
        row = min(costs, key=costs.__getitem__, default=0)
        before = ways[row] if costs else None
        last = {**(before.last if before else {}), number.style: number}
        ways.append(_Way(costs.get(row, 0), start, before, number.style, last))
    # What follows the last row (a signature, say) is text again; it has no values.
    end = values.index(values[-1])
    # Signs for nothing, such as dashes, may end it.
    ends = [min(max(end, way.start + usual), len(stream)) for way in ways]
    best = min(
        range(max(len(ways) - _BACK, 0), len(ways)),
        key=lambda row: cost(row, len(ways), ends[row]),
    )
    rows: list[int] = []
    way: _Way | None = ways[best]
    while way:
        rows.append(way.start)
        way = way.before
    rows.reverse()
    usual = _usual(rows) or usual
    end = min(max(end, rows[-1] + usual), len(stream))
    if len(stream) - rows[-1] <= head:  # a note, which few rows have
        end = len(stream)
    may_begin = set(starts)
    while (
        end in may_begin
        and (stream[end].text or stream[end + 1].text[:1].islower())  # the rest of a title
        and _goes_on(_number(stream[end].text), ways[best].last, ways[best].style)
    ):
        rows.append(end)
        end = min(end + usual, len(stream))
    return [0, *_column_numbers(stream[: rows[0]]), *rows, end]


def _usual(starts: list[int]) -> int:
    """How far most of the starts lie from the next, but for rows of titles; 0 of a single one."""
    steps = Counter(after - at for at, after in pairwise(starts) if after - at > 2)
    return max(steps, key=lambda step: (steps[step], step), default=0)


def _may_begin(stream: list[Cell], at: int) -> bool:
    number, title = stream[at].text, stream[at + 1].text
    return title[:1].isalpha() and not marks_of(title) and (not number or bool(marks_of(number)))


def _number(text: str) -> Mark:
    return next(iter(marks_of(text)), _NONE)


def _column_numbers(header: list[Cell]) -> list[int]:
    """Where a row of column numbers (A, B, 1, 2, 3) begins that ends the headings, if any does."""
    at = len(header)
    while at > 1 and is_column_number(header[at - 1].text):
        at -= 1
    return [at] if len(header) - at > 2 else []


def _is_value(cell: Cell) -> bool:
    return cell.text[:1].isdigit() and not any(map(str.isalpha, cell.text))


# --- rows that all are alike --------------------------------------------------------------------


def _alike(stream: list[Cell]) -> list[int]:
    """Where rows without numbers begin, and where the last ends; none where they are not alike.

    Each begins with words, and below the headings, which are a row at least, a column has either
    words or numbers; blank cells and signs, such as a dash, may stand in any.
    """
    kinds = [_kind(cell.text) for cell in stream]
    for width in range(2, min(len(stream) // 2, COLUMNS) + 1):
        head = width + len(stream) % width
        numbers = are_column_numbers([cell.text for cell in stream[head : head + width]])
        body = kinds[head + width * numbers :]
        first, *others = [set(body[column::width]) - {""} for column in range(width)]
        alike = {"number"} in others and all(len(column) < 2 for column in others)
        if alike and first == {"words"} and all(body[::width]):
            return [0, *range(head, len(stream) + 1, width)]
    return []


def _kind(text: str) -> str:
    if any(map(str.isalpha, text)):
        return "words"
    return "number" if any(map(str.isdigit, text)) else ""
