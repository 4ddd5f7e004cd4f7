"""Rows told within bands: what stands between two rules, or a whole table without rules."""

from itertools import accumulate, pairwise

from kc_analysis.reading.forms.pdf.baselines import Row, rows_of
from kc_analysis.reading.forms.pdf.boxes import Box, Span
from kc_analysis.reading.forms.pdf.columns import Placed
from kc_analysis.reading.forms.pdf.pieces import STEP


def told_apart(
    boxes: list[Box], height: int, columns: list[Span], *, ruled: bool
) -> tuple[list[Box], int]:
    """The cells, their ``row`` a band till now, and how many rows they make; none if untellable.

    A band between rules is one row, unless it has several, each with a name and figures.
    """
    bands: list[list[Box]] = [[] for _ in range(height)]
    for box in boxes:
        if box.row == box.last_row:
            bands[box.row].append(box)
    lines = [_lines(band) for band in bands]
    rows = [rows_of(band, columns) if len(band) > 1 else [] for band in lines]
    if not ruled and not all(rows):
        return [], 0
    clear = [_are_clear(several) for several in rows]
    for i, several in enumerate(rows):
        is_told = clear[i] or (any(clear) and i and all(row.is_whole for row in several))
        if ruled and not is_told:
            rows[i] = _over_each_other(lines[i])
    first = [0, *accumulate(len(several) or 1 for several in rows)]
    result: list[Box] = []
    for box in boxes:
        if box.row < box.last_row or not rows[box.row]:
            last = first[box.last_row + 1] - 1
            result.append(box._replace(row=first[box.row], last_row=last))
    for several, start in zip(rows, first, strict=False):
        for i, row in enumerate(several, start):
            result += (Box(i, i, *reach, pieces) for reach, pieces in row.cells.items())
    return result, first[-1]


def _are_clear(rows: list[Row]) -> bool:
    """Whether these are several rows without doubt, as their figures stand below each other."""
    return all(row.is_labelled for row in rows) and any(a.stands_over(b) for a, b in pairwise(rows))


def _over_each_other(lines: list[Placed]) -> list[Row]:
    """The rows that headings over headings make up; none if there are no such."""
    rows: list[Row] = []
    for line in lines:
        if rows and not rows[-1].parts_otherwise(line):
            rows[-1].add(line)
        else:
            rows.append(Row(line))
    return rows if len(rows) > 1 else []


def _lines(band: list[Box]) -> list[Placed]:
    """What stands on each line of a band, from the left."""
    pieces = [((box.column, box.last_column), line) for box in band for line in box.lines]
    lines: list[Placed] = []
    for reach, line in sorted(pieces, key=lambda piece: piece[1][0].middle):
        if lines and line[0].middle - lines[-1][0][1][0].middle <= STEP * line[0].size:
            lines[-1].append((reach, line))
        else:
            lines.append([(reach, line)])
    return [sorted(line, key=lambda piece: piece[0]) for line in lines]
