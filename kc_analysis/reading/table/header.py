"""The header of a table: where it stands, and which headings each column has over it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.numbering import are_column_numbers, marks_of
from kc_analysis.reading.vocabulary import find, is_year, years_in

_FIGURE = re.compile(r"[\s().,%+-]*\d[\d\s().,%-]*\.?")
_SPAN = re.compile(r"\W*(?:19|20)\d\d\W+(?:19|20)\d\d\W*")

Row = list[Cell]


class Header(NamedTuple):
    """A table's header: its first row, the row after it, and the headings of each column.

    ``paths`` holds for each column its headings, outermost first.
    """

    start: int
    end: int
    paths: list[list[Cell]]


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or something like it."""
    text = cell.text
    return bool(
        _FIGURE.fullmatch(text) and any(map(str.isdecimal, text)) and not _SPAN.fullmatch(text)
    )


def headers_of(rows: list[Row]) -> list[Header]:
    """The header that a table's rows begin with; [] where they begin without one.

    Lines of text above it, merged over the table, are passed over. It ends where figures or row
    numbers begin; a row that numbers the columns is its last. Headings that have lost how far they
    reach may lie over the columns in several ways.
    """
    start = next((r for r, row in enumerate(rows) if len(_own(row)) > 1), None)
    if start is None or _is_body(rows[start]):
        return []
    width, end = _width(rows[start:], len(rows[start])), start + 1
    while end < len(rows) and _continues(rows[end], rows[end - 1], width):
        end += 1
    heads = [row for row in rows[start:end] if any(cell.text for cell in row)]
    if end < len(rows) and _numbers_columns(rows[end]):
        end += 1
    elif len(heads) > 1 and _numbers_columns(heads[-1]):
        heads.pop()
    width = _width(rows[end:], max(map(len, heads)))
    ways = [heads]
    if any(len(row) != width for row in heads):
        ways = _spread(heads, width, _words(rows[end:], width))
    return [Header(start, end, _paths(way, width)) for way in ways]


def _own(row: Row) -> list[Cell]:
    """A row's cells that hold something, a merged one once."""
    return [cell for cell in row if cell.text and not cell.covered]


def _figures(row: Row) -> list[Cell]:
    """A row's figures, but for years, which may be headings."""
    return [cell for cell in _own(row) if is_figure(cell) and not is_year(cell.text)]


def _numbers_columns(row: Row) -> bool:
    return are_column_numbers([cell.text for cell in row if cell.text])


def _is_body(row: Row) -> bool:
    """Whether a row holds figures, or a row's number before a title."""
    own = _own(row)
    if not own or _numbers_columns(row):
        return False
    numbered = len(own) > 1 and bool(marks_of(own[0].text)) and own[1].text[:1].isalpha()
    return numbered or bool(_figures(row))


def _continues(row: Row, above: Row, width: int) -> bool:
    """Whether a row is header still: headings under headings, none of them the first in its row.

    Where merging is lost, headings under headings are fewer than there are columns.
    """
    own = _own(row)
    if _is_body(row) or _numbers_columns(row):
        return False
    if any(cell.covered and cell.text for cell in row):
        # A heading reaches down into it, or another lies over several of its columns.
        return not own or any(
            cell.covered and cell.at == over.at for cell, over in zip(row, above, strict=False)
        )
    if len(row) < width:
        return len(own) > 1 and len(own) == len(row)
    first = next((c for c, cell in enumerate(row) if cell.text), 0)
    return len(own) > 1 and first > 0


def _width(rows: list[Row], headed: int) -> int:
    """How many columns there are: as the headings have it, if any row does too.

    Lost cells leave some rows shorter; lost spans, the headings too few or too many.
    """
    widths = Counter(len(row) for row in rows if _figures(row))
    if not widths or headed in widths:
        return headed
    return max(widths, key=lambda width: (widths[width], width))


def _paths(heads: list[Row], width: int) -> list[list[Cell]]:
    """The headings of each column."""
    heads = [*heads]
    for r, row in enumerate(heads[:-1]):
        below = heads[r + 1]
        for c in range(1, width):
            # Where merging is lost, a heading's first column alone has it.
            if not row[c].text and below[c].text and below[c - 1].text and not below[c].covered:
                row = heads[r] = [*row[:c], row[c - 1]._replace(covered=True), *row[c + 1 :]]
    return [
        list({(cell.at, cell.text): cell for row in heads if (cell := row[c]).text}.values())
        for c in range(width)
    ]


def _words(body: list[Row], width: int) -> int:
    """How many columns at the left hold words or row numbers, and no figures of the table."""
    rows = [row for row in body if len(row) == width]
    for c in range(width):
        texts = [row[c] for row in rows if row[c].text]
        if texts and sum(map(is_figure, texts)) > len(texts) / 2 and c:
            return c
    return 0


def _spread(heads: list[Row], width: int, words: int) -> list[list[Row]]:
    """Each way in which headings that have lost how far they reach can lie over the columns.

    The columns of words come first, each under one heading. Of the other headings some stand over
    the last, alike many under each.
    """
    if len(heads) > 2:
        return []
    first, last = heads[0][words:], heads[-1]
    if len(heads) == 1:
        if len(first) + words == width - 1:
            return [[[*last, last[-1]._replace(text="")]]]
        pairs = [(first[:at], first[at:]) for at in range(1, len(first))]
    else:
        pairs = [(first, last[words:] if len(last) == width else last)]
    lead = heads[0][:words]
    return [
        [[*lead, *upper], [*(cell._replace(covered=True) for cell in lead), *lower]]
        for above, below in pairs
        for upper, lower in _laid(above, below, width - words)
    ]


def _laid(above: Row, below: Row, width: int) -> Iterator[tuple[Row, Row]]:
    """Each way in which some headings can lie over those below, and the others alone."""
    groups = len(above) - width + len(below)
    years = [any(years_in(cell.text) for cell in row) for row in (above, below)]
    words = any(find("column", cell.text) for cell in below)
    if groups < 1 or len(below) > width or len(below) % groups or all(years) or words:
        return
    each = len(below) // groups
    wide = [at for at, cell in enumerate(above) if not _is_alone(cell)]
    for over in combinations(wide, groups):
        upper: Row = []
        lower: Row = []
        for at, cell in enumerate(above):
            start = each * sum(group < at for group in over)
            under = below[start : start + each] if at in over else [cell._replace(covered=True)]
            upper += [cell._replace(covered=i > 0) for i in range(len(under))]
            lower += under
        yield upper, lower


def _is_alone(cell: Cell) -> bool:
    """Whether a heading has no others under it: a total, or a column of words."""
    return bool(find("total", cell.text) or find("column", cell.text))
