"""What a page holds, from the letters up: lines of pieces of text, and tables."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from unicodedata import normalize

from kc_analysis.reading.grid import raised

# In parts of the letter size: a gap that parts words, one that parts columns (a justified line
# stretches its spaces to less), a step down that begins another line.
_SPACE = 0.2
_RIVER = 0.8
_STEP = 0.35
# How large letters are, of those beside which they stand raised.
_RAISED = 0.8


class Piece(NamedTuple):
    """Letters on a line, up to a gap as wide as between columns; or a line, with figures apart."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    has_figures: bool = False

    @property
    def size(self) -> float:
        """The letters' height."""
        return self.bottom - self.top

    def overlaps(self, other: "Piece") -> bool:
        """Whether one stands above the other."""
        return self.x0 < other.x1 and other.x0 < self.x1


Line = list[Piece]
Span = tuple[float, float]


class PageTable(NamedTuple):
    """A table on a page: each place's text and where its cell begins; where its columns stand."""

    top: float
    rows: list[list[tuple[str, int, int]]]
    columns: list[Span]
    ruled: bool


PageItem = Piece | PageTable


def lines_of(chars: Iterable[Any]) -> list[Line]:
    """Letters are gathered into lines, and these are cut where a column may end."""
    lines: list[list[Any]] = []
    for char in sorted(chars, key=middle):
        if not lines or _is_below(lines[-1][0], char):
            lines.append([])
        lines[-1].append(char)
    return [pieces for line in lines if (pieces := _pieces(line))]


def _is_below(first: Any, char: Any) -> bool:
    """Whether a letter stands on another line than the first of the one above it."""
    if first["size"] < _RAISED * char["size"]:  # a raised mark, or a line of smaller letters
        return bool(char["top"] > middle(first))
    return middle(char) - middle(first) > _STEP * float(char["size"])


def middle(char: Any) -> float:
    """The height at which the letter's middle stands."""
    return float(char["top"] + char["bottom"]) / 2


def _pieces(line: list[Any]) -> Line:
    line.sort(key=lambda char: char["x0"])
    pieces: Line = []
    text: list[str] = []
    first = last = None
    for char in line:
        if char["text"].isspace():
            text.append(" ")
            continue
        if last is not None:
            gap, size = char["x0"] - last["x1"], char["size"]
            if char["text"] == last["text"] and char["x0"] - last["x0"] < 0.3 * last["width"]:
                continue  # bold made by printing twice
            if gap > _RIVER * size:
                pieces.append(_piece(first, last, text))
                text, first = [], None
            elif gap > _SPACE * size:
                text.append(" ")
        first = first or char
        if last and char["size"] < _RAISED * last["size"] and middle(char) < middle(last):
            text.append(raised(char["text"]))
            continue
        text.append(char["text"])
        last = char
    if first:
        pieces.append(_piece(first, last, text))
    return pieces


def _piece(first: Any, last: Any, text: list[str]) -> Piece:
    words = normalize("NFC", " ".join("".join(text).split()))
    return Piece(first["x0"], last["x1"], first["top"], first["bottom"], words)
