"""Between two rules there may be several rows, each with a name and figures of its own."""

from itertools import accumulate, pairwise

from kc_analysis.reading.forms.pdf.baselines import Row, rows_of
from kc_analysis.reading.forms.pdf.boxes import Box, Span
from kc_analysis.reading.forms.pdf.columns import Placed
from kc_analysis.reading.forms.pdf.pieces import STEP


def told_apart(boxes: list[Box], height: int, columns: list[Span]) -> tuple[list[Box], int]:
    """A ruled table's cells, and how many rows they make, once the rows without a rule are told."""
    bands: list[list[Box]] = [[] for _ in range(height)]
    for box in boxes:
        if box.row == box.last_row:
            bands[box.row].append(box)
    rows = [_rows(band, columns) for band in bands]
    clear = [any(a.figures_beside(b) for a, b in pairwise(several)) for several in rows]
    if not any(clear):
        return boxes, height  # what stands between two rules is one row
    if not clear[0]:
        rows[0] = []  # a header
    first = [0, *accumulate(len(several) or 1 for several in rows)]
    result: list[Box] = []
    for box in boxes:
        row, end = first[box.row], first[box.last_row + 1]
        if box.row == box.last_row and rows[box.row]:
            reach = box.column, box.last_column
            result += [
                Box(i, i, *reach, told.cells.get(reach, []))
                for i, told in enumerate(rows[box.row], row)
            ]
        else:
            result.append(box._replace(row=row, last_row=end - 1))
    return result, first[-1]


def _rows(band: list[Box], columns: list[Span]) -> list[Row]:
    """The rows in a band, if each says what its figures are of; else none."""
    if all(len(box.lines) < 2 for box in band):
        return []
    lines: list[Placed] = []
    pieces = [((box.column, box.last_column), line) for box in band for line in box.lines]
    for reach, line in sorted(pieces, key=lambda piece: piece[1][0].middle):
        if lines:
            first = lines[-1][0][1][0]
            if line[0].middle - first.middle <= STEP * line[0].size:
                lines[-1].append((reach, line))
                continue
        lines.append([(reach, line)])
    rows = rows_of(lines, columns)
    return rows if len(rows) > 1 and all(row.is_labelled for row in rows) else []
