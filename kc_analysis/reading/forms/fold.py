"""A stream of cells that has lost its rows is folded into rows again, by the rows' own numbers."""

from collections import Counter
from itertools import accumulate, pairwise
from typing import NamedTuple

from kc_analysis.reading.numbering import Mark, is_column_number, is_number_heading, marks_of
from kc_analysis.reading.forms.limits import COLUMNS
from kc_analysis.reading.grid import BREAK, Cell, Grid, folded


def fold(pieces: list[list[Cell]], rest: list[Cell]) -> list[Cell | Grid]:
    """Find the tables in a stream of cells and give each its rows.

    A table begins at the heading over its row numbers (TT, STT). A row begins at a number that
    stands before a title and goes on from the numbers above it, so a row that has lost or gained a
    cell does not disturb the others. A stream without such a heading is a table where its rows all
    are alike.

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
    heads = [i for i, piece in enumerate(pieces) if is_number_heading(piece[-1].text)]
    if not heads:
        first = pieces[0][-1].text if pieces else ""
        heads = [i for i, piece in enumerate(pieces) if piece[-1].text == first]
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


#: How rows' numbers are written, from the highest to the lowest.
_KINDS = ("", "A", "I", "1", "1.1", "1.1.1", "a", "-")


class _Number(NamedTuple):
    """A row's number: how it is written, what stands before its last point, and the rest."""

    kind: str
    parent: str
    value: float

    def begins(self, above: str) -> bool:
        """Whether it is the first of those below a number of a higher kind, or none."""
        return self.value == 1 and _KINDS.index(self.kind) > _KINDS.index(above)

    def goes_on(self, last: dict[str, "_Number"], above: str) -> bool:
        """Whether it goes on from the last number of each kind, and the kind right above."""
        before = last.get(self.kind)
        if before is None or self.kind in ("", "-") or self.begins(above):
            return True
        if self.parent != before.parent:
            return self.value == 1
        return 0 < self.value - before.value <= 1


class _Way(NamedTuple):
    """A way to cut a stream: what speaks against it, where its last row begins, and the way there.

    ``last`` are the last numbers of each kind, that row's with them.
    """

    cost: int
    start: int
    before: "_Way | None"
    kind: str
    last: dict[str, _Number]


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
        begins = number is not None and number.begins(way.kind)
        in_order = number is None or number.goes_on(way.last, way.kind)
        passed = (one for one in numbers[row + 1 : after] if one.kind not in ("", "-"))
        return (
            way.cost
            + _ROW
            + _PASSED * sum(one.goes_on(way.last, way.kind) for one in passed)
            + _NO_VALUE * (not has_value and not begins)
            + _OUT_OF_ORDER * (not in_order)
            + _UNUSUAL * (length > 2) * abs(length - usual)
            + _TOO_LONG * ((length - 1) // width)
        )

    for at, (start, number) in enumerate(zip(starts, numbers, strict=True)):
        costs = {row: cost(row, at, start) for row in range(max(at - _BACK, 0), at)}
        row = min(costs, key=costs.__getitem__, default=0)
        before = ways[row] if costs else None
        last = {**(before.last if before else {}), number.kind: number}
        ways.append(_Way(costs.get(row, 0), start, before, number.kind, last))
    # What follows the last row (a signature, say) is text again; it has no values.
    end = values.index(values[-1])
    best = min(
        range(max(len(ways) - _BACK, 0), len(ways)),
        key=lambda row: cost(row, len(ways), max(end, ways[row].start + 1)),
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
        and stream[end].text
        and _number(stream[end].text).goes_on(ways[best].last, ways[best].kind)
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


def _number(text: str) -> _Number:
    marks = marks_of(text)
    mark = marks[0] if marks else Mark("", 0, "")
    return _Number(mark.style, mark.prefix, float(mark.rank or 0))


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

    Each begins with words, and below the headings a column has either words or numbers.
    """
    first = next((at for at, cell in enumerate(stream) if _is_value(cell)), 0)
    kinds = [not cell.text or _is_value(cell) for cell in stream]
    for head in range(first - 1, max(first - 4, -1), -1):  # a unit may follow the words, and blanks
        body = kinds[head:]
        for width in range(2, min(len(body) // 2, COLUMNS) + 1):
            if len(body) % width or any(body[::width]):
                continue
            if all(len(set(body[column::width])) == 1 for column in range(1, width)):
                # Headings that are years look like the first row.
                return [0, *(at for at in range(head, len(stream) + 1, width) if at >= width)]
    return []
