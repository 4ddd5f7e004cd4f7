"""Text with a cell a line and a bar between cells, as a web page's tables come out when copied."""

import unicodedata

from kc_analysis.model import Text
from kc_analysis.reading.fold import fold
from kc_analysis.reading.grid import Cell, Document


def read_text(text: str, file: str) -> Document:
    r"""Split a text into lines and grids.

    Parameters
    ----------
    text : str
        Cells stand between lines that hold nothing but a bar; a cell may be wrapped over lines,
        or be blank (two bars in a row).
    file : str
        The name that messages give the text.

    Returns
    -------
    Document

    Examples
    --------
    >>> text = "TT\n|\nNội dung\n|\nNăm 2021\n|\nI\n|\nĐịa phương\n|\n750\n|"
    >>> [[cell.text for cell in row] for row in read_text(text, "x.txt").grids[0].rows]
    [['TT', 'Nội dung', 'Năm 2021'], ['I', 'Địa phương', '750']]
    """
    pieces: list[list[Cell]] = []
    piece: list[Cell] = []
    for at, line in enumerate(unicodedata.normalize("NFC", text).split("\n"), 1):
        line = line.strip()
        if line == "|":
            # A blank cell stands where its closing bar stands.
            pieces.append(piece or [Cell("", at)])
            piece = []
        elif line:
            piece.append(Cell(line, at))
    lines, grids = fold(pieces, piece)
    return Document(file, lines, grids, _place)


def _place(at: int) -> Text:
    return Text(f"dòng {at}", f"line {at}")
