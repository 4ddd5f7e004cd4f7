"""A single fault put into a document, as a typist, a scanner or a converter puts it in."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from documents.layouts import Sheet, Span, disagrees

Body = list[list[Span]]


class Corruption(NamedTuple):
    """A document with one fault.

    ``place`` is the sheet, row and column (from 0, in the sheet's ``rows``) of the cell at which
    the fault is; the fault of a whole row or column is placed at its first cell. ``covered`` says
    whether a printed total no longer agrees with its parts, so that a check of the sums must find
    the fault.
    """

    kind: str
    sheets: list[Sheet]
    place: tuple[int, int, int]
    covered: bool


def corrupt(rng: Random, sheets: list[Sheet], kind: str | None = None) -> Corruption:
    """Put a fault of one kind, or of any kind, at a random number or row of numbers.

    Raises
    ------
    ValueError
        If no number of the document can have a fault of that kind (no thousands mark to move, say).
    """
    cells = [
        (s, r, c)
        for s, sheet in enumerate(sheets)
        for r, row in enumerate(sheet.body)
        for c, span in enumerate(row)
        if span.value is not None
    ]
    for s, r, c in rng.sample(cells, len(cells)):
        sheet = sheets[s]
        for name in [kind] if kind else rng.sample(sorted(KINDS), len(KINDS)):
            body = [list(row) for row in sheet.body]
            # Which row each row was is told from the row lists themselves, which a fault moves.
            was = {id(row): i for i, row in enumerate(body)}
            KINDS[name](rng, body, r, c, sheet)
            if body != sheet.body:
                corrupted = [*sheets[:s], replace(sheet, body=body), *sheets[s + 1 :]]
                covered = disagrees(sheet, body, [was[id(row)] for row in body])
                top = 0 if name.startswith("column") else r
                left = 0 if name.startswith("row") else c
                return Corruption(name, corrupted, (s, len(sheet.head) + top, left), covered)
    raise ValueError(kind)


# Each fault changes the body in place; one that cannot be, or would show nothing, changes nothing.


def _digit_changed(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    text = body[r][c].text
    at = rng.choice([i for i, mark in enumerate(text) if mark.isdigit()])
    new = rng.choice([digit for digit in "123456789" if digit != text[at]])
    _retype(body, r, c, text[:at] + new + text[at + 1 :], sheet)


def _digits_swapped(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    text = body[r][c].text
    digits = [i for i, mark in enumerate(text) if mark.isdigit()]
    pairs = [(i, j) for i in digits for j in digits if i < j and text[i] != text[j]]
    if pairs:
        i, j = rng.choice(pairs)
        new = text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]
        _retype(body, r, c, new, sheet)


def _mark_moved(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    text, mark = body[r][c].text, sheet.marks.thousands
    marks = [i for i in range(len(text)) if mark and text[i] == mark]
    if marks:
        at = rng.choice(marks)
        to = at + rng.choice([step for step in (-1, 1) if at + step > 0])
        rest = text[:at] + text[at + 1 :]
        _retype(body, r, c, rest[:to] + mark + rest[to:], sheet)


def _times_1000(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    _rescale(body, r, c, Decimal(1000), sheet)


def _over_1000(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    _rescale(body, r, c, Decimal("0.001"), sheet)


def _cell_dropped(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    del body[r][c]


def _cells_swapped(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    others = [
        (i, j)
        for i, row in enumerate(body)
        for j, span in enumerate(row)
        if (i == r) != (j == c) and span.value not in (None, body[r][c].value)
    ]
    if others:
        i, j = rng.choice(others)
        body[r][c], body[i][j] = body[i][j], body[r][c]


def _row_shifted(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    first = min(at for total, parts in sheet.sums for _, at in [total, *parts])
    body[r][first:] = [Span(""), *body[r][first:-1]]


def _column_shifted(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    column = [row[c] for row in body]
    for row, span in zip(body, [Span(""), *column[:-1]], strict=True):
        row[c] = span


def _row_lost(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    del body[r]


def _row_doubled(rng: Random, body: Body, r: int, c: int, sheet: Sheet) -> None:
    body.insert(r, body[r])


def _retype(body: Body, r: int, c: int, text: str, sheet: Sheet) -> None:
    """A cell with another text; what is no number any more is stored as text in a spreadsheet."""
    try:
        value = sheet.marks.read(text)
    except ValueError:
        value = None
    body[r][c] = Span(text, value=value)


def _rescale(body: Body, r: int, c: int, factor: Decimal, sheet: Sheet) -> None:
    value = (body[r][c].value or 0) * factor
    body[r][c] = Span(sheet.marks.write(value), value=value)


KINDS: dict[str, Callable[[Random, Body, int, int, Sheet], None]] = {
    "digit changed": _digit_changed,
    "digits swapped": _digits_swapped,
    "mark moved": _mark_moved,
    "times 1000": _times_1000,
    "over 1000": _over_1000,
    "cell dropped": _cell_dropped,
    "cells swapped": _cells_swapped,
    "row shifted": _row_shifted,
    "column shifted": _column_shifted,
    "row lost": _row_lost,
    "row doubled": _row_doubled,
}
