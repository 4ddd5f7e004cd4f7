"""The one idea that all forms of document share: a grid of cells that know where they stood."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from kc_analysis.model import Text, Trouble, same

#: Stands in a cell's text where a line ends, until it is folded.
BREAK = "\u2028"
_BETWEEN_NUMBERS = re.compile(rf"(?<=\d)\s*{BREAK}\s*(?=\d)")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Cell(NamedTuple):
    """A cell as it stands in its document.

    Attributes
    ----------
    text : str
        NFC, white space folded to single spaces; "" where the cell is blank.
    at : object
        Its place, in whatever terms the form has; ``Document.place`` puts it in words.
    value : float, optional
        The number that a spreadsheet stores, if it stores one; ``text`` is then that number in
        plain digits ("1056", "1.056").
    covered : bool
        Whether a merged cell reaches over this place from above or from the left; ``text`` is
        then the merged cell's.
    """

    text: str
    at: Any
    value: float | None = None
    covered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as it stands.

    Attributes
    ----------
    rows : list of list of Cell
        Merged cells stand at every place that they reach over.
    above : list of Cell
        The lines of text above the table, back to the table before, nearest last.
    hidden : list of Cell
        Cells in hidden rows and columns; they stand in ``rows`` too.
    """

    rows: list[list[Cell]]
    above: list[Cell]
    hidden: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """What a form makes of a file.

    Attributes
    ----------
    file : str
        The file's name, as messages give it.
    lines : list of Cell
        The text outside the tables, in order.
    grids : list of Grid
    place : callable
        Puts a cell's ``at`` in words: ``dòng 140`` / ``line 140``.
    doubtful : list of Cell
        Lines that may be rows of a table, where the form cannot tell.
    """

    file: str
    lines: list[Cell]
    grids: list[Grid]
    place: Callable[[Any], Text]
    doubtful: list[Cell] = field(default_factory=list)

    def where(self, cell: Cell) -> Text:
        """The file and the cell's place in it, in words."""
        place = self.place(cell.at)
        return Text(f"{self.file}, {place.vi}", f"{self.file}, {place.en}")

    def trouble(self, cell: Cell, expected: Text, found: Text | None = None) -> Trouble:
        """What is wrong with a cell; unless said otherwise, what was found is its text."""
        return Trouble(self.where(cell), expected, found or same(f"“{cell.text}”"))


def folded(text: str) -> str:
    r"""A cell's text: NFC, white space folded; numbers on lines of their own stay apart.

    Examples
    --------
    >>> folded(f"Đề  án{BREAK}mẫu"), folded(f"2{BREAK}120")
    ('Đề án mẫu', '2 · 120')
    """
    if BREAK in text:
        text = _BETWEEN_NUMBERS.sub(" · ", text)
    return normalize("NFC", " ".join(text.split()))


def raised(text: str) -> str:
    """Digits that stand raised beside others, as a note's mark does, so that they stay apart.

    Examples
    --------
    >>> "1.056" + raised("1")
    '1.056¹'
    """
    return text.translate(_RAISED)
