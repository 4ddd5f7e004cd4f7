"""What all forms of document share: lines of text and grids of cells that know their place."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from unicodedata import normalize

from kc_analysis.model import Text, Trouble, same

#: Stands in a cell's text where a line ends, until it is folded.
BREAK = "\u2028"
_BETWEEN_NUMBERS = re.compile(rf"(?<=\d)\s*{BREAK}\s*(?=\d)")
# A mark before the end of a line, or after it, and three digits: 1.056 in a narrow column.
_BROKEN_NUMBER = re.compile(rf"(?<=\d)(?:([.,])\s*{BREAK}\s*|\s*{BREAK}\s*([.,]))(?=\d{{3}}(?!\d))")
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
        Merged cells stand at every place that they reach over; in a document, no column is left in
        which only cells merged across columns stand. Rows may be of unlike lengths, where the form
        has lost cells.
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
        cannot tell, carries a doubt; so does a line that is itself an error value.
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
                rows = _without_phantoms(one.rows)
                grids.append(replace(one, rows=rows, above=above, below=between))
            else:
                lines.append(one)
                between.append(one)
    return Document(file, lines, grids)


def _without_phantoms(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows without the columns in which no cell stands alone: only merged cells reach over them.

    Such columns are left where the edges of cells do not quite meet.
    """
    width = max(map(len, rows), default=0)
    if all(_holds_one(rows, column) for column in range(width)):
        return rows
    rows = [row.copy() for row in rows]
    lengths = [Counter(cell.at for cell in row) for row in rows]

    def reach(column: int) -> int:
        """How far the cells of a column reach, together."""
        return sum(
            length[row[column].at]
            for row, length in zip(rows, lengths, strict=True)
            if column < len(row)
        )

    column = 0
    while column < width:
        if _holds_one(rows, column):
            column += 1
            continue
        # Where a cell reaches over the edge of two headings, it belongs under the one that would
        # have fewer columns without it.
        beside = column + 1 < width and not _holds_one(rows, column + 1)
        phantom = max(column, column + beside, key=reach)
        for row, length in zip(rows, lengths, strict=True):
            if phantom < len(row):
                length[row[phantom].at] -= 1
                # A cell that begins here begins at its next place.
                del row[phantom + _reaches_left(row, phantom + 1)]
        width -= 1
    return rows


def _holds_one(rows: list[list[Cell]], column: int) -> bool:
    """Whether a cell stands in a column and in no other; none is what a row has only to fill it."""
    return any(
        not (row[column].covered and not row[column].text)
        and not _reaches_left(row, column)
        and not _reaches_left(row, column + 1)
        for row in rows
        if column < len(row)
    )


def _reaches_left(row: list[Cell], column: int) -> bool:
    """Whether the cell at a place is the same as at the place to its left."""
    return 0 < column < len(row) and row[column].covered and row[column].at == row[column - 1].at


def folded(text: str) -> str:
    r"""A cell's text: NFC, white space folded; numbers on lines of their own stay apart.

    Examples
    --------
    >>> folded(f"Đề  án{BREAK}mẫu"), folded(f"2{BREAK}120"), folded(f"1.{BREAK}056")
    ('Đề án mẫu', '2 · 120', '1.056')
    """
    if not text.isascii():
        text = normalize("NFC", text)
    if text.isprintable() and "  " not in text:
        return text.strip()  # as most are
    if BREAK in text:
        text = _BETWEEN_NUMBERS.sub(" · ", _BROKEN_NUMBER.sub(r"\1\2", text))
    return " ".join(_UNSEEN.sub("", text).split())


def raised(text: str) -> str:
    """Digits that stand raised beside others, as a note's mark does, so that they stay apart.

    Examples
    --------
    >>> "1.056" + raised("1")
    '1.056¹'
    """
    return text.translate(_RAISED)
