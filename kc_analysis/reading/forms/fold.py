"""A stream of cells that has lost its rows is folded into rows again, by the rows' own numbers."""

from itertools import pairwise

from kc_analysis.reading import words
from kc_analysis.reading.grid import BREAK, Cell, Grid, folded


def fold(pieces: list[list[Cell]], rest: list[Cell]) -> list[Cell | Grid]:
    """Find the tables in a stream of cells and give each its rows.

    A table begins at the heading over its row numbers (TT, STT). A row begins at a number that
    stands before a title, so a row that has lost or gained a cell does not disturb the others.

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
    heads = [i for i, piece in enumerate(pieces) if words.is_number_heading(piece[-1].text)]
    content: list[Cell | Grid] = [*_lines(pieces[: heads[0] if heads else None])]
    for head, end in pairwise([*heads, len(pieces)]):
        content += pieces[head][:-1]
        stream = [pieces[head][-1]]
        stream += [
            _joined(piece) if len(piece) > 1 else piece[0] for piece in pieces[head + 1 : end]
        ]
        rows, length = _rows(stream)
        content += [Grid(rows), *_lines(pieces[head + length : end])]
    return content + rest


def _lines(pieces: list[list[Cell]]) -> list[Cell]:
    return [line for piece in pieces for line in piece if line.text]


def _joined(piece: list[Cell]) -> Cell:
    return piece[0]._replace(text=folded(BREAK.join(line.text for line in piece)))


def _rows(stream: list[Cell]) -> tuple[list[list[Cell]], int]:
    """The rows, and how many cells they take up."""
    starts = [
        i
        for i in range(2, len(stream) - 1)
        if _is_title(stream[i + 1].text) and _is_row_number(stream[i].text)
    ]
    width = starts[0] if starts else len(stream)
    if numbered := _column_numbers(stream[:width]):
        # A, B, 1, 2, 3 under the headings is a row of its own.
        starts.insert(0, numbered)
        width = numbered
    # What follows the last row (a signature, say) is text again; were a row lost with it, it would
    # hold numbers.
    last = next((i for i in range(len(stream) - 1, 0, -1) if _is_value(stream[i])), 0)
    while (
        len(starts) > 1
        and starts[-1] >= last
        and (not stream[starts[-1]].text or starts[-1] - starts[-2] == width - 1)
    ):
        # A blank, or the last row's last number, stands before that text as a row's number before
        # its title.
        starts.pop()
    end = starts[-1] + width if starts else width
    if any(map(_is_value, stream[end:])):
        end = len(stream)
    return [stream[i:j] for i, j in pairwise([0, *starts, end])], end


def _column_numbers(header: list[Cell]) -> int:
    """Where a row of column numbers begins that follows the headings; 0 where there is none."""
    half = len(header) // 2
    return half if half and all(words.is_column_number(c.text) for c in header[half:]) else 0


def _is_value(cell: Cell) -> bool:
    return cell.text[:1].isdigit() and not any(map(str.isalpha, cell.text))


def _is_row_number(text: str) -> bool:
    return not text or bool(words.numbering(text))


def _is_title(text: str) -> bool:
    return text[:1].isalpha() and not words.numbering(text)
