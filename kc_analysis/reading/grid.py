"""What all forms of document share: lines of text and grids of cells that know their place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from unicodedata import normalize

from kc_analysis.model import Text, Trouble, same

#: Stands in a cell's text where a line ends, until it is folded.
BREAK = "\u2028"
_BETWEEN_NUMBERS = re.compile(rf"(?<=\d)\s*{BREAK}\s*(?=\d)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class File(NamedTuple):
    """A file: its name, as messages give it, and how it puts a place in it in words."""

    name: str
    place: Callable[[Any], Text]


class Doubt(NamedTuple):
    """Why what a cell shows cannot be taken for what it holds, should anyone need it."""

    code: str
    expected: Text
    found: Text


class Cell(NamedTuple):
    """A cell of a table, or a line of text, as it stands in its file.

    Attributes
    ----------
    text : str
        NFC, white space folded to single spaces; "" where the cell is blank.
    at : object
        Its place, in whatever terms the form has.
    file : File
    value : float, optional
        The number that a spreadsheet stores, if it stores one; ``text`` is then that number in
        plain digits ("1056", "1.056").
    covered : bool
        Whether a merged cell reaches over this place from above or from the left; ``text`` is
        then the merged cell's.
    doubt : Doubt, optional
        An error value, a number struck out in part, a formula without a result: no trouble until
        the figure is needed.
    bold : bool
        Whether all of the text is set in bold.
    indent : int
        How far the text is set in from its cell's edge, in steps of any size; 0 for not at all.
    """

    text: str
    at: Any
    file: File
    value: float | None = None
    covered: bool = False
    doubt: Doubt | None = None
    bold: bool = False
    indent: int = 0

    @property
    def where(self) -> Text:
        """The file and the cell's place in it, in words."""
        place = self.file.place(self.at)
        return Text(f"{self.file.name}, {place.vi}", f"{self.file.name}, {place.en}")

    def trouble(self, code: str, expected: Text, found: Text | None = None) -> Trouble:
        """What is wrong with the cell; unless said otherwise, what was found is its text."""
        return Trouble(self.where, expected, found or same(f"“{self.text}”"), code)


@dataclass(frozen=True)
class Grid:
    """A table as it stands.

    Attributes
    ----------
    rows : list of list of Cell
        Merged cells stand at every place that they reach over. Rows may be of unlike lengths,
        where the form has lost cells.
    hidden : list of Cell
        Cells in hidden rows and columns; they stand in ``rows`` too.
    above, below : list of Cell
        The lines of text since the table before, nearest last, and up to the table after.
    """

    rows: list[list[Cell]]
    hidden: list[Cell] = field(default_factory=list)
    above: list[Cell] = field(default_factory=list)
    below: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """What a form makes of a file: its text and tables.

    Attributes
    ----------
    file : File
    lines : list of Cell
        The text outside the tables, in order. A line that may be a row of a table, where the form
        cannot tell, carries a doubt.
    grids : list of Grid
    """

    file: File
    lines: list[Cell]
    grids: list[Grid]


def document(file: File, *parts: Iterable[Cell | Grid]) -> Document:
    """A document of lines and grids as they follow one another; each grid is told its lines.

    What stands in one part, as on a sheet, is neither above nor below a grid in another.
    """
    lines: list[Cell] = []
    grids: list[Grid] = []
    for part in parts:
        between: list[Cell] = []
        for one in part:
            if isinstance(one, Grid):
                between, above = [], between
                grids.append(replace(one, above=above, below=between))
            else:
                lines.append(one)
                between.append(one)
    return Document(file, lines, grids)


def folded(text: str) -> str:
    r"""A cell's text: NFC, white space folded; numbers on lines of their own stay apart.

    Examples
    --------
    >>> folded(f"Đề  án{BREAK}mẫu"), folded(f"2{BREAK}120")
    ('Đề án mẫu', '2 · 120')
    """
    if BREAK in text:
        text = _BETWEEN_NUMBERS.sub(" · ", text)
    if not text.isascii():
        text = _UNSEEN.sub("", normalize("NFC", text))
    return " ".join(text.split())


def raised(text: str) -> str:
    """Digits that stand raised beside others, as a note's mark does, so that they stay apart.

    Examples
    --------
    >>> "1.056" + raised("1")
    '1.056¹'
    """
    return text.translate(_RAISED)
