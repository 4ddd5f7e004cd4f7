"""Text, in each way that a table comes out when it is copied or saved as text."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from kc_analysis.model import Text
from kc_analysis.reading.forms.blocks import blocks
from kc_analysis.reading.forms.fold import fold
from kc_analysis.reading.forms.limits import check_size
from kc_analysis.reading.grid import Cell, Document, File, Grid, document, folded

Row = list[Cell]

_BARS = str.maketrans(dict.fromkeys("│┃║", "|") | {"\xa0": " "})
# What rules a table off: dashes, and the signs with which drawn lines meet.
_RULE = re.compile(r"[-=+─-╬|:\s]*[-=─━═]{2}[-=+─-╬|:\s]*")
# In columns that blanks part, words have one between them.
_SET_OFF = re.compile(r"\S+(?: \S+)*")
_LONGEST = 2_000


def read_text(text: str, file: str) -> Document:
    r"""Split a text into lines and grids.

    Parameters
    ----------
    text : str
        One of these: cells between lines that hold nothing but a bar, as a web page's tables come
        out when copied; a row a line, with bars or tabs between cells; values between commas or
        semicolons; columns that two blanks and more part; or no sign at all, each cell a paragraph
        before a blank line. In the first and the last a cell may be wrapped over lines; a blank
        cell leaves two bars in a row, or two more blank lines.
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
    source = File(file, _place)
    # A sign or a line's end stands beside each cell.
    check_size(file, max(text.count(mark) for mark in "|│\t\n,;"), 1)
    text = unicodedata.normalize("NFC", text).translate(_BARS)
    lines = text.split("\n")
    bars = text.count("|")
    if bars and 2 * sum(line.strip() == "|" for line in lines) > bars:
        return document(source, _folded(*_between_bars(lines, source), source))
    if bars or any("\t" in line.strip() for line in lines):
        return document(source, _rows(lines, source))
    for tables in (_separated, _in_columns):
        content = tables(lines, source)
        if any(isinstance(part, Grid) for part in content):
            return document(source, content)
    return document(source, _folded(_paragraphs(lines, source), [], source))


def _line(text: str, at: int, file: File) -> Cell:
    return Cell(folded(text), (at, 0), file)


def _folded(pieces: list[Row], rest: Row, file: File) -> list[Cell | Grid]:
    content = fold(pieces, rest)
    for part in content:
        if isinstance(part, Grid):
            check_size(file.name, 1, max(map(len, part.rows)))
    return content


def _between_bars(lines: list[str], file: File) -> tuple[list[Row], Row]:
    pieces: list[Row] = []
    piece: Row = []
    for at, line in enumerate(lines, 1):
        line = line.strip()
        if line == "|":
            # A blank cell stands where its closing bar stands.
            pieces.append(piece or [_line("", at, file)])
            piece = []
        elif line:
            piece.append(_line(line, at, file))
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
                pieces += [[_line("", at - 1, file)]] * ((at - 2 - end) // 2)
            piece.append(_line(line, at, file))
            end = at
        elif piece:
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    elif pieces:
        pieces += [[_line("", end, file)]] * ((len(lines) - 1 - end) // 2)
    return pieces


def _rows(lines: list[str], file: File) -> list[Cell | Grid]:
    """Tables with a row a line: lines that follow each other and are split by the same sign."""
    # A row may have a title alone, or nothing; a line set in has fewer tabs.
    tabs = {line.count("\t") for line in lines if line.strip().count("\t") > 1}

    def sign(line: tuple[int, str]) -> str:
        if "|" in line[1]:
            return "|"
        return "\t" if "\t" in line[1].strip() or line[1].count("\t") in tabs else ""

    content: list[Cell | Grid] = []
    for mark, block in groupby(_unruled(lines, sign), sign):
        content += _table(_split(block, mark), file)
    return content


def _unruled(
    lines: list[str], is_row: Callable[[tuple[int, str]], object]
) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, but for the rules between rows and around them."""
    around = [(0, ""), *enumerate(lines, 1), (0, "")]
    for before, line, after in zip(around, around[1:], around[2:], strict=False):
        if not (_RULE.fullmatch(line[1]) and (is_row(before) or is_row(after))):
            yield line


def _split(block: Iterable[tuple[int, str]], sign: str) -> list[tuple[int, list[str]]]:
    if not sign:
        return [(at, [line]) for at, line in block]
    lines = [(at, line.strip() if sign == "|" else line) for at, line in block]
    # A bar at a row's end may close it or stand before a blank cell; the other rows tell.
    first = int(sign == "|" and all(line.startswith("|") for _, line in lines))
    last = -1 if sign == "|" and all(line.endswith("|") for _, line in lines) else None
    return [(at, line.split(sign)[first:last]) for at, line in lines]


def _table(rows: list[tuple[int, list[str]]], file: File) -> list[Cell | Grid]:
    """Rows of cells as a table; text set off by a sign or two is none yet."""
    width = max((len(row) for _, row in rows), default=0)
    check_size(file.name, len(rows), width)
    cells = _cells(rows, file)
    if len(rows) > 1 and width > 2:
        return [Grid(cells)]
    return [cell for row in cells for cell in row if cell.text]


def _cells(rows: list[tuple[int, list[str]]], file: File) -> list[Row]:
    return [
        [Cell(folded(text), (at, column), file) for column, text in enumerate(row)]
        for at, row in rows
    ]


def _separated(lines: list[str], file: File) -> list[Cell | Grid]:
    """Tables of values between semicolons or commas, which are a sheet's; [] without one."""
    for sign in ";,":
        reader = csv.reader(lines, delimiter=sign)
        try:
            rows = [(reader.line_num, row) for row in reader]
        except csv.Error:
            continue
        content: list[Cell | Grid] = []
        for width, block in groupby(rows, _values):
            run = list(block)
            if width and len(run) > 2:
                check_size(file.name, len(run), width)
                content += blocks(_cells(run, file), set())
            else:
                content += [_line(sign.join(row), at, file) for at, row in run if any(row)]
        if any(isinstance(part, Grid) for part in content):
            return content
    return []


def _values(row: tuple[int, list[str]]) -> int:
    """How many values a line has; none if it is a sentence, which has a blank after a comma."""
    texts = row[1]
    return len(texts) if len(texts) > 2 and not any(text[:1] == " " for text in texts) else 0


def _in_columns(lines: list[str], file: File) -> list[Cell | Grid]:
    """Tables whose columns two blanks and more part, in each of their lines."""

    def is_row(line: tuple[int, str]) -> bool:
        return len(line[1]) < _LONGEST and "  " in line[1].strip()

    content: list[Cell | Grid] = []
    for in_row, block in groupby(_unruled(lines, is_row), is_row):
        rows = list(block)
        columns = _columns([line for _, line in rows]) if in_row else [(0, None)]
        content += _table(
            [(at, [line[start:end] for start, end in columns]) for at, line in rows], file
        )
    return content


def _columns(lines: list[str]) -> list[tuple[int, int | None]]:
    """Where columns start and end: what stands over one another in two lines is in one column."""
    columns: list[tuple[int, int | None]] = []
    for start, end in sorted({match.span() for line in lines for match in _SET_OFF.finditer(line)}):
        if columns and start < (columns[-1][1] or 0):
            columns[-1] = columns[-1][0], max(end, columns[-1][1] or 0)
        else:
            columns.append((start, end))
    return columns


def _place(at: tuple[int, int]) -> Text:
    return Text(f"dòng {at[0]}", f"line {at[0]}")
