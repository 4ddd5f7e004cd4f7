"""A sum in a table: the cell of the total and the cells of its parts."""

from typing import NamedTuple

Place = tuple[int, int]  # row, column


class Sum(NamedTuple):
    """A printed total and the cells that should add up to it."""

    total: Place
    parts: list[Place]
