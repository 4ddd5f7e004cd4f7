"""A page as the library reads it, turned so that its text stands upright."""

import io
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.table import merge_edges
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.geometry import obj_to_edges

from kc_analysis.model import DataError, Text
from kc_analysis.reading.forms.limits import PAGES, damaged, refuse

# The library reports every oddity of a file on the console; what matters is in the result.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

#: How far ruling lines miss each other in real documents, in points.
SNAP = 3.0

Level = tuple[float, float, float]  # a level ruling line: its height, where it begins and ends


class Letter(NamedTuple):
    """A letter as it stands on the page, in points from the left and from the top.

    ``turn`` counts the quarter turns clockwise that set it upright.
    """

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    bold: bool = False
    turn: int = 0

    @property
    def size(self) -> float:
        """The letter's height."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which its middle stands."""
        return (self.top + self.bottom) / 2


class Sheet(NamedTuple):
    """A page's letters, and its ruling lines as the library has them."""

    letters: list[Letter]
    edges: list[dict[str, Any]]

    @property
    def levels(self) -> list[Level]:
        """The level ruling lines, from the top down."""
        level = (edge for edge in self.edges if edge["orientation"] == "h")
        return sorted((edge["top"], edge["x0"], edge["x1"]) for edge in level)


def sheets(data: bytes, file: str) -> Iterator[Sheet]:
    """The pages one after the other; or a DataError, if the file cannot be read.

    Damage makes the library fail in countless ways: whatever it raises is of the file.
    """
    wanted: Any = range(1, PAGES + 2)  # one more, to tell that there are more
    with _damage_told(file):
        pages = pdfplumber.open(io.BytesIO(data), pages=wanted).pages
    if len(pages) > PAGES:
        most = Text(f"không quá {PAGES} trang", f"at most {PAGES} pages")
        raise refuse(file, most, Text("nhiều hơn", "more"))
    for page in pages:
        with _damage_told(file):
            drawn = list(_drawn(page.layout))
            letters = list(_letters(page, (each for each in drawn if isinstance(each, LTChar))))
            shapes = (page.process_object(each) for each in drawn if isinstance(each, LTCurve))
            edges = [
                edge for shape in shapes for edge in obj_to_edges(shape) if edge["orientation"]
            ]
            is_picture = not letters and any(isinstance(each, LTImage) for each in drawn)
            page.close()
        if is_picture:
            raise _scanned(file, page.page_number)
        yield _upright(letters, edges)


@contextmanager
def _damage_told(file: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, DataError):
            raise cause from None
        if isinstance(cause, PDFPasswordIncorrect):
            raise refuse(
                file,
                Text("một tài liệu không đặt mật khẩu", "a document without a password"),
                Text("tài liệu có mật khẩu", "one protected by a password"),
            ) from error
        raise damaged(file) from error


def _scanned(file: str, number: int) -> DataError:
    return refuse(
        file,
        Text(
            f"chữ ở trang {number} (hãy dùng bản .docx, .xlsx hoặc nhận dạng chữ trước)",
            f"text on page {number} (use the .docx or .xlsx, or recognize the text first)",
        ),
        Text("ảnh của chữ: trang quét", "a picture of text: a scanned page"),
    )


def _drawn(container: LTContainer[Any]) -> Iterator[LTComponent]:
    """What a page holds, forms unpacked."""
    for each in container:
        if isinstance(each, LTContainer):
            yield from _drawn(each)
        else:
            yield each


def _letters(page: Page, chars: Iterable[LTChar]) -> Iterator[Letter]:
    """The letters, but for those that slant across the page, as a stamp's do.

    The library would make of each a dictionary of all that there is to know: half of its time.
    """
    left, top = page.mediabox[:2]
    top += page.height
    for char in chars:
        along, up = char.matrix[:2]
        if min(abs(along), abs(up)) > 0.1 * max(abs(along), abs(up)):
            continue
        turn = (1 if up > 0 else 3) if abs(up) > abs(along) else (2 if along < 0 else 0)
        x0, x1 = float(left + char.x0), float(left + char.x1)
        bold = "bold" in str(char.fontname).casefold()
        yield Letter(
            x0, x1, float(top - char.y1), float(top - char.y0), char.get_text(), bold, turn
        )


def _upright(letters: list[Letter], edges: list[dict[str, Any]]) -> Sheet:
    """The page turned as most of its letters are."""
    turns = Counter(letter.turn for letter in letters)
    turn = turns.most_common(1)[0][0] if turns else 0
    for _ in range(turn):
        edges = [
            {
                "orientation": "v" if edge["orientation"] == "h" else "h",
                **dict(zip(("x0", "x1", "top", "bottom"), _quarter(edge), strict=True)),
                "width": edge["height"],
                "height": edge["width"],
            }
            for edge in edges
        ]
    edges = merge_edges(edges, SNAP, SNAP, SNAP, SNAP) if edges else []
    return Sheet(turned(letters, turn), edges)


def turned(letters: list[Letter], quarters: int) -> list[Letter]:
    """The letters after so many quarter turns clockwise about the page's corner."""
    for _ in range(quarters):
        letters = [
            Letter(-bottom, -top, x0, x1, text, bold, (turn - 1) % 4)
            for x0, x1, top, bottom, text, bold, turn in letters
        ]
    return letters


def _quarter(edge: dict[str, Any]) -> tuple[float, float, float, float]:
    return -edge["bottom"], -edge["top"], edge["x0"], edge["x1"]
