"""Lines of text, from the letters up, cut into pieces where a column may end."""

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

from kc_analysis.reading.forms.pdf.sheet import Letter
from kc_analysis.reading.grid import raised

# In parts of the letter size: a gap that parts words, one that parts columns (a justified line
# stretches its spaces to less), a step down that begins another line.
_SPACE = 0.2
_RIVER = 0.6
STEP = 0.35
# How large letters are, of those beside which they stand raised.
_RAISED = 0.8


class Piece(NamedTuple):
    """Letters on a line, up to a gap as wide as between columns; or a line, with figures apart."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool = False
    head: float = 0  # how wide the first word is
    has_figures: bool = False

    @property
    def size(self) -> float:
        """The letters' height."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which its middle stands."""
        return (self.top + self.bottom) / 2

    def overlaps(self, other: "Piece") -> bool:
        """Whether one stands above the other."""
        return self.x0 < other.x1 and other.x0 < self.x1


Line = list[Piece]


def text_of(line: Line) -> str:
    """The text of a line's pieces."""
    return " ".join(piece.text for piece in line)


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Letters are gathered into lines, and these are cut where a column may end."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.top + letter.bottom):
        if not lines or _is_below(lines[-1][0], letter):
            lines.append([])
        lines[-1].append(letter)
    return [pieces for line in lines if (pieces := _pieces(line))]


def _is_below(first: Letter, letter: Letter) -> bool:
    """Whether a letter stands on another line than the first of the one above it."""
    if first.size < _RAISED * letter.size:  # a raised mark, or a line of smaller letters
        return letter.top > first.middle
    return letter.middle - first.middle > STEP * letter.size


def _pieces(line: list[Letter]) -> Line:
    line.sort(key=lambda letter: letter.x0)
    pieces: Line = []
    piece: list[Letter] = []
    text: list[str] = []
    head = 0.0
    for letter in line:
        if letter.text.isspace():
            text.append(" ")
        elif not piece:
            piece, text = [letter], [letter.text]
        else:
            last = piece[-1]
            gap, size = letter.x0 - last.x1, letter.size
            if letter.text == last.text and letter.x0 - last.x0 < 0.3 * (last.x1 - last.x0):
                continue  # bold made by printing twice
            is_raised = size < _RAISED * last.size and letter.middle < last.middle
            if gap > _RIVER * size:
                pieces.append(_piece(piece, text, head))
                piece, text, head = [letter], [], 0.0
            elif gap > _SPACE * size:
                text.append(" ")
            if not head and text[-1:] == [" "]:
                head = last.x1 - piece[0].x0
            text.append(raised(letter.text) if is_raised else letter.text)
            if not is_raised:
                piece.append(letter)
    return [*pieces, _piece(piece, text, head)] if piece else pieces


def _piece(letters: list[Letter], text: list[str], head: float) -> Piece:
    first, last = letters[0], letters[-1]
    words = normalize("NFC", " ".join("".join(text).split()))
    bold = all(letter.bold for letter in letters)
    head = head or last.x1 - first.x0
    return Piece(first.x0, last.x1, first.top, first.bottom, words, bold, head)
