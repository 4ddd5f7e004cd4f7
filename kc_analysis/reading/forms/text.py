"""Text, in each way that a table comes out when it is copied or saved as text."""

import unicodedata

from kc_analysis.model import Text
from kc_analysis.reading.forms.fold import fold
from kc_analysis.reading.forms.limits import check_size
from kc_analysis.reading.grid import Cell, Document, File, Grid, document

Row = list[Cell]


def read_text(text: str, file: str) -> Document:
    r"""Split a text into lines and grids.

    Parameters
    ----------
    text : str
        One of these: cells between lines that hold nothing but a bar, as a web page's tables come
        out when copied; a row a line, with bars or tabs between cells; or no bar at all, each cell
        a paragraph before a blank line. In the first and the last a cell may be wrapped over
        lines; a blank cell leaves two bars in a row, or two more blank lines.
    file : str
        The name that messages give the text.

    Returns
    -------
    Document

    Raises
    ------
    DataError
        If a row is longer than any plan's.

    Examples
    --------
    >>> text = "TT\n|\nNội dung\n|\nNăm 2021\n|\nI\n|\nĐịa phương\n|\n750\n|"
    >>> [[cell.text for cell in row] for row in read_text(text, "x.txt").grids[0].rows]
    [['TT', 'Nội dung', 'Năm 2021'], ['I', 'Địa phương', '750']]
    >>> text = "| TT | Nội dung | Năm 2021 |\n|---|---|---|\n| I | Địa phương | 750 |"
    >>> [[cell.text for cell in row] for row in read_text(text, "x.txt").grids[0].rows]
    [['TT', 'Nội dung', 'Năm 2021'], ['I', 'Địa phương', '750']]
    """
    # A bar, a tab or a line's end stands beside each cell.
    source = File(file, _place)
    check_size(file, max(text.count(mark) for mark in "|\t\n"), 1)
    # With tabs left, white space is single blanks now, but at a line's ends.
    text = unicodedata.normalize("NFC", text).replace("\xa0", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    lines = text.split("\n")
    bars = text.count("|")
    if bars and 2 * sum(line.strip() == "|" for line in lines) > bars:
        return document(source, fold(*_between_bars(lines, source)))
    if bars or any("\t" in line.strip() for line in lines):
        return document(source, _rows(lines, source))
    return document(source, fold(_paragraphs(lines, source), []))


def _between_bars(lines: list[str], file: File) -> tuple[list[Row], Row]:
    pieces: list[Row] = []
    piece: Row = []
    for at, line in enumerate(lines, 1):
        line = line.strip()
        if line == "|":
            # A blank cell stands where its closing bar stands.
            pieces.append(piece or [Cell("", at, file)])
            piece = []
        elif line:
            piece.append(Cell(line, at, file))
    return pieces, piece


def _paragraphs(lines: list[str], file: File) -> list[Row]:
    """The paragraphs; of the blank lines between two, all but one are blank paragraphs, by twos."""
    pieces: list[Row] = []
    piece: Row = []
    end = 0
    for at, line in enumerate(lines, 1):
        line = line.strip()
        if line:
            if not piece and pieces:
                pieces += [[Cell("", at - 1, file)]] * ((at - 2 - end) // 2)
            piece.append(Cell(line, at, file))
            end = at
        elif piece:
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    elif pieces:
        pieces += [[Cell("", end, file)]] * ((len(lines) - 1 - end) // 2)
    return pieces


def _rows(lines: list[str], file: File) -> list[Cell | Grid]:
    """Tables with a row a line: lines that follow each other and are split by the same sign."""
    content: list[Cell | Grid] = []
    block: list[tuple[int, str]] = []
    sign = ""

    def close() -> None:
        rows = _split(block, sign, file)
        width = max(map(len, rows), default=0)
        check_size(file.name, len(rows), width)
        # Text set off by a tab or two is no table yet.
        if len(rows) > 1 and width > 2:
            content.append(Grid(rows))
        else:
            content.extend(cell for row in rows for cell in row if cell.text)
        block.clear()

    for at, line in enumerate(lines, 1):
        found = "|" if "|" in line else "\t" if "\t" in line.strip() else ""
        if found != sign:
            close()
            sign = found
        if found:
            block.append((at, line))
        elif line := line.strip():
            content.append(Cell(line, at, file))
    close()
    return content


def _split(block: list[tuple[int, str]], sign: str, file: File) -> list[Row]:
    if sign == "|":
        # Markdown rules off the headings with dashes.
        block = [
            (at, line.strip()) for at, line in block if "--" not in line or line.strip("|-: \t")
        ]
        # A bar at a row's end may close it or stand before a blank cell; the other rows tell.
        first = int(all(line.startswith("|") for _, line in block))
        last = -1 if all(line.endswith("|") for _, line in block) else None
        cut = slice(first, last)
    else:
        cut = slice(None)
    return [[Cell(cell.strip(), at, file) for cell in line.split(sign)[cut]] for at, line in block]


def _place(at: int) -> Text:
    return Text(f"dòng {at}", f"line {at}")
