"""A sheet's values become rows of cells, merged cells at every place that they reach over."""

from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from typing import Any, cast

from kc_analysis.reading.forms.excel.address import ROW, Place
from kc_analysis.reading.forms.limits import damaged
from kc_analysis.reading.grid import BREAK, Cell, File, folded


def spread(rows: list[list[Any]], height: int, width: int) -> list[list[Any]]:
    """Rows of values, with blank ones so far down and to the right: calamine ends with the last."""
    width = max(width, *map(len, rows[:1]), 0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    return rows + [[""] * width for _ in range(height - len(rows))]


class _Texts(dict[Any, str]):
    """The text of each value met so far: a table repeats many."""

    def __missing__(self, value: str | float) -> str:
        if isinstance(value, str):
            text = folded(value.replace("\n", BREAK))
        else:
            text = f"{value:.15g}"  # as many digits as Excel shows
            if "e" in text:
                text = f"{Decimal(text):f}"
        self[value] = text
        return text


def _text_or_number(value: Any) -> str | float:
    if isinstance(value, str | float):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def cells_of(values: list[list[Any]], at: int, file: File) -> list[list[Cell]]:
    """The rows of cells, where the first of all stands at the place given."""
    width = len(values[0]) if values else 0
    flat = list(chain.from_iterable(values))
    if not set(map(type, flat)) <= {str, float}:
        flat = list(map(_text_or_number, flat))
    texts = _Texts()
    shown = list(map(texts.__getitem__, flat))
    indents = {
        one: len(one) - len(one.lstrip()) for one in texts if type(one) is str and one[:1].isspace()
    }
    numbers = [value if type(value) is float else None for value in flat]
    starts = range(at, at + ROW * len(values), ROW)
    places = chain.from_iterable([range(start, start + width) for start in starts])
    # A named tuple's own making is twice as slow, and a sheet has little else to do.
    plain = map(repeat, (False, None, False))
    indent = map(indents.get, flat, repeat(0)) if indents else repeat(0)
    whole = zip(shown, places, repeat(file), numbers, *plain, indent)
    made = map(tuple.__new__, repeat(Cell), whole)
    cells = cast("list[Cell]", list(made))
    return [cells[start : start + width] for start in range(0, len(cells), width or 1)]


def merge(rows: list[list[Cell]], merged: list[tuple[Place, Place]], file: str) -> None:
    """Spread merged cells over the places that they reach over, as far as the values reach.

    Raises
    ------
    DataError
        If they lie over one another.
    """
    room = sum(map(len, rows))
    for (top, left), (bottom, right) in merged:
        down = rows[top : bottom + 1]
        width = len(down[0][left : right + 1]) if down else 0
        room -= len(down) * width
        if room < 0:
            raise damaged(file)
        if width:
            cell = down[0][left]
            for row in down:
                row[left : right + 1] = [cell._replace(covered=True)] * width
            down[0][left] = cell
