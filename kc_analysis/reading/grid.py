"""The one idea that all forms of document share: a grid of cells that know where they stood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kc_analysis.model import Text, Trouble, same


class Cell(NamedTuple):
    """A cell's text (NFC, white space folded) and its place, in whatever terms the form has."""

    text: str
    at: Any


@dataclass(frozen=True)
class Grid:
    """A table as it stands: its rows of cells, and the lines of text above it, nearest last."""

    rows: list[list[Cell]]
    above: list[Cell]


@dataclass(frozen=True)
class Document:
    """What a form makes of a file.

    Attributes
    ----------
    file : str
        The file's name, as messages give it.
    lines : list of Cell
        The text outside the tables.
    grids : list of Grid
    place : callable
        Puts a cell's ``at`` in words: ``dòng 140`` / ``line 140``.
    """

    file: str
    lines: list[Cell]
    grids: list[Grid]
    place: Callable[[Any], Text]

    def where(self, cell: Cell) -> Text:
        """The file and the cell's place in it, in words."""
        place = self.place(cell.at)
        return Text(f"{self.file}, {place.vi}", f"{self.file}, {place.en}")

    def trouble(self, cell: Cell, expected: Text, found: Text | None = None) -> Trouble:
        """What is wrong with a cell; unless said otherwise, what was found is its text."""
        return Trouble(self.where(cell), expected, found or same(f"“{cell.text}”"))
