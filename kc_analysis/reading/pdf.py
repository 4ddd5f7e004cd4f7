"""PDF documents: what lies between ruling lines, or stands in aligned columns, becomes grids."""

import io
import logging
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from types import SimpleNamespace
from typing import Any, NamedTuple
from unicodedata import normalize

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.table import merge_edges
from pdfplumber.utils.exceptions import PdfminerException

from kc_analysis.model import DataError, Text
from kc_analysis.reading import limits
from kc_analysis.reading.grid import Cell, Document, Grid

#: What a document's text, fonts and structure may unpack to, and what its pages may draw in all:
#: a page of text has some ten thousand bytes.
_DECODED_BYTES = 50 * 2**20
#: Places between ruling lines that a page may have; a map or a chart has more, and holds no table.
_PLACES = 100_000

# Lengths in points, as ruling lines miss each other in real documents.
_SNAP = 3.0
# Lengths in parts of the letter size: a gap that parts words, one that parts columns (a justified
# line stretches its spaces to less), one that parts the lines of a table from what follows.
_SPACE = 0.2
_RIVER = 0.8
_BREAK = 2.5
_WRAP = 0.5

# The library reports every oddity of a file on the console; what matters is in the result.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, file: str) -> Document:
    """Read a PDF that holds text.

    Parameters
    ----------
    data : bytes
        The file's content.
    file : str
        The name that messages give the file.

    Returns
    -------
    Document
        A table that continues on the next page is one grid, its header once; page numbers and
        running heads are left out.

    Raises
    ------
    DataError
        If it is no PDF, or one that is damaged, protected by a password, scanned or too large.

    Examples
    --------
    >>> import io
    >>> from reportlab.pdfgen.canvas import Canvas
    >>> file = io.BytesIO()
    >>> canvas = Canvas(file)
    >>> canvas.drawString(72, 720, "18,246")
    >>> canvas.save()
    >>> document = read_pdf(file.getvalue(), "x.pdf")
    >>> document.lines[0].text, document.where(document.lines[0]).en
    ('18,246', 'x.pdf, page 1, line 1')
    """
    if b"%PDF-" not in data[:1024]:
        raise _not_pdf(file, Text("tệp loại khác", "another kind of file"))
    if b"%%EOF" not in data[-2048:]:
        raise _not_pdf(file, Text("tệp bị cắt cụt", "a file cut short"))
    budget = _Budget(file)
    # The library unpacks whatever a file asks it to, without end.
    bounded = SimpleNamespace(
        decompress=budget.decompress, decompressobj=zlib.decompressobj, error=zlib.error
    )
    setattr(pdftypes, "zlib", bounded)  # noqa: B010
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return _document(pdf, file, budget)
    except DataError:
        raise
    except Exception as error:  # A damaged file makes the library fail in countless ways.
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, DataError):
            raise cause from None
        if isinstance(cause, PDFPasswordIncorrect):
            raise limits.refuse(
                file,
                Text("một tài liệu không đặt mật khẩu", "a document without a password"),
                Text("tài liệu có mật khẩu", "one protected by a password"),
            ) from error
        raise _not_pdf(file, Text("tệp bị hỏng", "a damaged file")) from error
    finally:
        setattr(pdftypes, "zlib", zlib)  # noqa: B010


def _not_pdf(file: str, found: Text) -> DataError:
    return limits.refuse(file, Text("một tệp PDF nguyên vẹn", "a whole PDF"), found)


class _Budget:
    """What reading a file may cost, however the file is made."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.unpacked = 0
        self.drawn = 0

    def decompress(self, data: bytes) -> bytes:
        engine = zlib.decompressobj()
        result = engine.decompress(data, _DECODED_BYTES - self.unpacked + 1)
        self.unpacked += len(result)
        self.check(self.unpacked)
        if not engine.eof:
            raise zlib.error("incomplete stream")
        return result

    def draw(self, size: int) -> None:
        self.drawn += size
        self.check(self.drawn)

    def check(self, size: int) -> None:
        if size > _DECODED_BYTES:
            most = f"{_DECODED_BYTES:,}"
            raise limits.refuse(
                self.file,
                Text(f"không quá {most} byte nội dung", f"at most {most} bytes of content"),
                Text("nhiều hơn", "more"),
            )


class _Interpreter(PDFPageInterpreter):
    """Counts what it draws: a form within a form, ten times each, is soon too much."""

    def __init__(self, rsrcmgr: Any, device: Any) -> None:
        super().__init__(rsrcmgr, device)
        self.budget: _Budget = device.budget

    def execute(self, streams: Any) -> None:
        # A form that draws nothing takes time too.
        self.budget.draw(
            5000 + sum(len(pdftypes.stream_value(stream).get_data()) for stream in streams)
        )
        super().execute(streams)


class _Page(Page):
    """A page that is drawn within the budget."""

    budget: _Budget

    @property
    def layout(self) -> Any:
        if not hasattr(self, "_layout"):
            device = PDFPageAggregatorWithMarkedContent(self.pdf.rsrcmgr, pageno=self.page_number)
            device.budget = self.budget  # type: ignore[attr-defined]
            _Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


def _pages(pdf: Any, file: str, budget: _Budget) -> Iterator[_Page]:
    pages = list(islice(PDFPage.create_pages(pdf.doc), limits.PAGES + 1))
    if not pages:
        raise _not_pdf(file, Text("không có trang nào", "no page"))
    if len(pages) > limits.PAGES:
        raise limits.refuse(
            file,
            Text(f"không quá {limits.PAGES} trang", f"at most {limits.PAGES} pages"),
            Text("nhiều hơn", "more"),
        )
    for number, page_object in enumerate(pages, 1):
        page = _Page(pdf, page_object, number)
        page.budget = budget
        yield page
        page.close()


class _Piece(NamedTuple):
    """Letters on a line, up to a gap as wide as between columns."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        return self.bottom - self.top

    def overlaps(self, other: "_Piece") -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1


Span = tuple[float, float]
Lines = list[list[_Piece]]


class _Table(NamedTuple):
    """A table on a page: each place's text and where its cell begins; where its columns stand."""

    top: float
    rows: list[list[tuple[str, int, int]]]
    columns: list[Span]
    ruled: bool


def _document(pdf: Any, file: str, budget: _Budget) -> Document:
    pages: list[list[_Piece | _Table]] = []
    for page in _pages(pdf, file, budget):
        if not page.chars and page.images:
            raise limits.refuse(
                file,
                Text(
                    f"chữ ở trang {page.page_number} (hãy dùng bản .docx, .xlsx hoặc nhận dạng "
                    "chữ trước)",
                    f"text on page {page.page_number} (use the .docx or .xlsx, or recognize the "
                    "text first)",
                ),
                Text("ảnh của chữ: trang quét", "a picture of text: a scanned page"),
            )
        pages.append(_read_page(page, _open_columns(pages)))
    if not any(pages):
        raise _not_pdf(file, Text("không có chữ nào", "no text at all"))
    return _join(pages, file)


def _open_columns(pages: list[list[_Piece | _Table]]) -> list[Span]:
    """The columns of an unruled table that ends the page before, to be continued on this one."""
    # At most a page number stands below it.
    for item in reversed(pages[-1][-2:] if pages else []):
        if isinstance(item, _Table):
            return [] if item.ruled else item.columns
    return []


# --- a page -------------------------------------------------------------------------------------


def _read_page(page: Any, open_columns: list[Span]) -> list[_Piece | _Table]:
    """The page's lines and tables, from the top down."""
    tables, rest = _ruled(page)
    items: list[_Piece | _Table] = []
    lines = _lines(rest)
    # Text beside a table belongs to no block: a block lies between tables.
    bands: dict[int, Lines] = {}
    for line in lines:
        band = sum(table.top < line[0].top for table in tables)
        bands.setdefault(band, []).append(line)
    for band in range(len(tables) + 1):
        items += _blocks(bands.get(band, []), open_columns if band == 0 else [])
        items += tables[band : band + 1]
    return items


def _lines(chars: Iterable[Any]) -> Lines:
    """Letters are gathered into lines, and these are cut where a column may end."""
    lines: Lines = []
    line: list[Any] = []
    middle = 0.0
    for char in sorted(chars, key=_middle):
        if line and _middle(char) - middle > 0.7 * char["size"]:
            lines.append(_pieces(line))
            line = []
        if not line:
            middle = _middle(char)
        line.append(char)
    if line:
        lines.append(_pieces(line))
    return [line for line in lines if line]


def _middle(char: Any) -> float:
    """Twice the height at which the letter's middle stands."""
    return float(char["top"] + char["bottom"])


def _pieces(line: list[Any]) -> list[_Piece]:
    line.sort(key=lambda char: char["x0"])
    pieces: list[_Piece] = []
    text: list[str] = []
    first = last = None
    for char in line:
        if char["text"].isspace():
            if text:
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
        text.append(char["text"])
        last = char
    if first:
        pieces.append(_piece(first, last, text))
    return pieces


def _piece(first: Any, last: Any, text: list[str]) -> _Piece:
    words = normalize("NFC", " ".join("".join(text).split()))
    return _Piece(first["x0"], last["x1"], first["top"], first["bottom"], words)


# --- ruled tables -------------------------------------------------------------------------------


class _Box(NamedTuple):
    """The places that a cell reaches over, between one ruling line and another."""

    row: int
    column: int
    end_row: int
    end_column: int

    def places(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.end_row):
            for column in range(self.column, self.end_column):
                yield row, column


def _ruled(page: Any) -> tuple[list[_Table], list[Any]]:
    """The tables between ruling lines, and the letters outside them."""
    edges = merge_edges(page.edges, _SNAP, _SNAP, _SNAP, _SNAP) if page.edges else []
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] >= _SNAP]
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] >= _SNAP]
    xs = sorted({edge["x0"] for edge in upright})
    ys = sorted({edge["top"] for edge in level})
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _PLACES:
        return [], page.chars
    owner, tables = _boxes(upright, level, xs, ys)
    held: dict[_Box, list[Any]] = {box: [] for boxes in tables for box in boxes}
    rest: list[Any] = []
    for char in page.chars:
        # Letters go to the cell in which their middle lies.
        row = bisect_right(ys, _middle(char) / 2) - 1
        column = bisect_right(xs, (char["x0"] + char["x1"]) / 2) - 1
        held.get(owner.get((row, column), _NOWHERE), rest).append(char)
    found = [_ruled_table(boxes, held, xs, ys) for boxes in tables]
    return sorted(found, key=lambda table: table.top), rest


_NOWHERE = _Box(0, 0, 0, 0)


def _boxes(
    upright: list[Any], level: list[Any], xs: list[float], ys: list[float]
) -> tuple[dict[tuple[int, int], _Box], list[list[_Box]]]:
    """Which cell owns each place, and the cells of each table."""
    columns, rows = len(xs) - 1, len(ys) - 1
    # wall[r][c]: a line stands on the left of the place; ceiling[r][c]: one lies on top of it.
    wall = [[False] * (columns + 1) for _ in range(rows)]
    ceiling = [[False] * columns for _ in range(rows + 1)]
    for edge in upright:
        column = bisect_left(xs, edge["x0"])
        for row in range(*_covered(ys, edge["top"], edge["bottom"])):
            wall[row][column] = True
    for edge in level:
        row = bisect_left(ys, edge["top"])
        for column in range(*_covered(xs, edge["x0"], edge["x1"])):
            ceiling[row][column] = True
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if not (wall[row][column] and ceiling[row][column]):
                continue
            right, low = column + 1, row + 1
            while right < columns and not wall[row][right]:
                right += 1
            while low < rows and not ceiling[low][column]:
                low += 1
            if all(wall[i][column] and wall[i][right] for i in range(row, low)) and all(
                ceiling[row][j] and ceiling[low][j] for j in range(column, right)
            ):
                boxes.append(_Box(row, column, low, right))
    # A frame around a table is a cell too; what stands within it owns its places.
    owner = {place: box for box in sorted(boxes, key=_area, reverse=True) for place in box.places()}
    return owner, [boxes for boxes in _touching(boxes, owner) if len({b[1] for b in boxes}) > 1]


def _covered(marks: list[float], start: float, end: float) -> tuple[int, int]:
    """The intervals between marks that a line from start to end covers, a little short or not."""
    return bisect_left(marks, start - _SNAP), bisect_right(marks, end + _SNAP) - 1


def _area(box: _Box) -> int:
    return (box.end_row - box.row) * (box.end_column - box.column)


def _touching(boxes: list[_Box], owner: dict[tuple[int, int], _Box]) -> list[list[_Box]]:
    """Cells that share a line are of one table."""
    beside: dict[_Box, set[_Box]] = {box: set() for box in boxes}
    for box in boxes:
        right = (owner.get((row, box.end_column)) for row in range(box.row, box.end_row))
        below = (owner.get((box.end_row, column)) for column in range(box.column, box.end_column))
        near = {other for other in right if other and other.column == box.end_column}
        near |= {other for other in below if other and other.row == box.end_row}
        beside[box] |= near
        for other in near:
            beside[other].add(box)
    tables = []
    while beside:
        table, ahead = [], [next(iter(beside))]
        while ahead:
            box = ahead.pop()
            if box in beside:
                table.append(box)
                ahead += beside.pop(box)
        tables.append(table)
    return tables


def _ruled_table(
    boxes: list[_Box], held: dict[_Box, list[Any]], xs: list[float], ys: list[float]
) -> _Table:
    # Lines of another table on the page are none of this one's.
    ups = sorted({line for box in boxes for line in (box.column, box.end_column)})
    levels = sorted({line for box in boxes for line in (box.row, box.end_row)})
    column_of = {line: column for column, line in enumerate(ups)}
    row_of = {line: row for row, line in enumerate(levels)}
    rows = [[("", row, column) for column in range(len(ups) - 1)] for row in range(len(levels) - 1)]
    for box in boxes:
        text = " ".join(piece.text for line in _lines(held[box]) for piece in line)
        cell = (text, row_of[box.row], column_of[box.column])
        for row in range(cell[1], row_of[box.end_row]):
            for column in range(cell[2], column_of[box.end_column]):
                rows[row][column] = cell
    columns = [(xs[left], xs[right]) for left, right in pairwise(ups)]
    return _Table(ys[levels[0]], rows, columns, True)


# --- tables without rules -----------------------------------------------------------------------


def _blocks(lines: Lines, open_columns: list[Span]) -> Iterator[_Piece | _Table]:
    """Lines in which words stand in columns are tables; or are read a column at a time."""
    start = 0
    while start < len(lines):
        # A page number may stand above a table that continues.
        columns = open_columns if start < 2 else []
        end = _extent(lines, start, columns)
        block = lines[start:end]
        table = _unruled(block, columns)
        if table:
            yield table
        else:
            yield from _prose(block)
        start = end


def _extent(lines: Lines, start: int, columns: list[Span]) -> int:
    """Where a block of lines in columns ends; a line that runs on is a block of its own."""
    widest = lines[start]
    end = start + 1
    if len(widest) < 2 and not (columns and _is_rest_of_row(lines[start : end + 1], columns)):
        return end
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        if line[0].top - above[0].bottom > _BREAK * line[0].size:
            break
        if len(line) == 1 and sum(map(line[0].overlaps, widest)) > 1:
            break
        widest = max(widest, line, key=len)
        end += 1
    # A line beneath the last row is of that row only if it stands close.
    while (
        end - start > 1
        and len(line := lines[end - 1]) == 1
        and line[0].top - lines[end - 2][0].bottom > _WRAP * line[0].size
    ):
        end -= 1
    return end


def _is_rest_of_row(lines: Lines, columns: list[Span]) -> bool:
    """Whether the first line on a page is words of the last row before it, above the next row."""
    words, below = lines[0][0], lines[1:]
    return (
        bool(_fit(lines[0], columns) and below)
        and not words.text[:1].isdigit()
        and below[0][0].top - words.bottom < words.size
    )


def _fit(line: list[_Piece], columns: list[Span]) -> list[tuple[int, int]]:
    """The columns over which each piece reaches, first and last; none if two pieces share one."""
    places = []
    free = 0
    for piece in line:
        over = [i for i, (x0, x1) in enumerate(columns) if piece.x0 < x1 and x0 < piece.x1]
        if not over or over[0] < free:
            return []
        free = over[-1] + 1
        places.append((over[0], over[-1]))
    return places


def _unruled(block: Lines, open_columns: list[Span]) -> _Table | None:
    """The table that a block of lines is, if that can be told for certain."""
    columns = open_columns
    places = [_fit(line, columns) for line in block]
    goes_on = max(map(len, block)) > 1 and all(
        line and all(first == last for first, last in line) for line in places
    )
    if not goes_on:
        columns = _columns(block)
        places = [_fit(line, columns) for line in block]
        if len(block) < 3 or len(columns) < 3 or not all(places):
            return None
    rows: list[_Row] = []
    centred = unsure = False
    for group in _close(list(zip(block, places, strict=True))):
        start = len(rows)
        for line, at in group:
            row = _Row(len(columns), line, at)
            if len(rows) == start:
                rows.append(row)
                continue
            # The lines of cells that are centred in a row's height pass each other by.
            passes = rows[-1].bottom - row.top > 0.1 * line[0].size
            centred |= passes and len(rows) > 1
            if not rows[-1].clashes(row):
                rows[-1].add(row)
            elif passes:
                return None
            else:
                unsure = True
                rows.append(row)
        if start and len(rows) == start + 1 and _runs_on(rows[-2].texts, rows[-1].texts):
            rest = rows.pop()
            rows[-1].add(rest)
            unsure = True
    if centred and unsure:
        return None  # No telling which row a line between two rows is of.
    return _Table(block[0][0].top, [row.cells(i) for i, row in enumerate(rows)], columns, False)


_Placed = tuple[list[_Piece], list[tuple[int, int]]]


def _close(lines: list[_Placed]) -> Iterator[list[_Placed]]:
    """Lines that stand as close as the lines of one cell do."""
    group = lines[:1]
    for above, line in pairwise(lines):
        if line[0][0].top - above[0][0].bottom > _WRAP * line[0][0].size:
            yield group
            group = []
        group.append(line)
    yield group


def _columns(block: Lines) -> list[Span]:
    """Where the columns stand: between them no line has a letter, headings over several aside."""
    widest = max(block, key=len)
    spans = sorted(
        (piece.x0, piece.x1)
        for line in block
        for piece in line
        if sum(map(piece.overlaps, widest)) < 2
    )
    columns: list[Span] = []
    for x0, x1 in spans:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(x1, columns[-1][1]))
        else:
            columns.append((x0, x1))
    return columns


class _Row:
    """A row being put together from its lines."""

    def __init__(self, width: int, line: list[_Piece], places: list[tuple[int, int]]) -> None:
        self.top, self.bottom = line[0].top, line[0].bottom
        self.texts = [""] * width
        self.firsts = list(range(width))  # where the cell at each place begins
        for piece, (first, last) in zip(line, places, strict=True):
            for column in range(first, last + 1):
                self.texts[column] = piece.text
                self.firsts[column] = first

    def add(self, below: "_Row") -> None:
        self.bottom = max(self.bottom, below.bottom)
        self.texts = [f"{a} {b}".strip() for a, b in zip(self.texts, below.texts, strict=True)]
        self.firsts = [min(pair) for pair in zip(self.firsts, below.firsts, strict=True)]

    def clashes(self, other: "_Row") -> bool:
        """Whether the other must be a row of its own: it has a number, or a first cell, too."""
        both = list(zip(self.texts, other.texts, strict=True))
        return all(both[0]) or any(a[:1].isdigit() and b[:1].isdigit() for a, b in both)

    def cells(self, row: int) -> list[tuple[str, int, int]]:
        return [(text, row, first) for text, first in zip(self.texts, self.firsts, strict=True)]


def _runs_on(above: list[str], below: list[str]) -> bool:
    """Whether a row is but the rest of the one above: words that go on under words, no first cell.

    A capital letter or a dash begins a title of its own ("Trong đó:").
    """
    return not below[0] and all(
        not text or (bool(over) and (text[0].islower() or text[0] in "(,;"))
        for over, text in zip(above, below, strict=True)
    )


def _prose(block: Lines) -> Iterator[_Piece]:
    """Lines of text; where they stand in two columns (a letterhead), a column after the other."""
    columns = _columns(block) if len(block) > 1 else []
    places = [_fit(line, columns) for line in block]
    if len(columns) == 2 and all(places):
        for column in range(2):
            for line, at in zip(block, places, strict=True):
                yield from (p for p, (first, _) in zip(line, at, strict=True) if first == column)
    else:
        for line in block:
            text = " ".join(piece.text for piece in line)
            yield line[0]._replace(x1=line[-1].x1, text=text)


# --- pages put together -------------------------------------------------------------------------


def _join(pages: list[list[_Piece | _Table]], file: str) -> Document:
    pages = _without_page_numbers(pages)
    repeated = Counter(key for page in pages for key in {_key(item) for item in _outer(page)})
    lines: list[Cell] = []
    grids: list[Grid] = []
    above: list[Cell] = []
    last: _Table | None = None  # the table that nothing but a running head parts from the next
    for number, page in enumerate(pages, 1):
        outer = {id(item) for item in _outer(page) if repeated[_key(item)] > 1}
        texts = tables = 0
        for item in page:
            if isinstance(item, _Piece):
                texts += 1
                lines.append(Cell(item.text, (number, texts)))
                above.append(lines[-1])
                if id(item) not in outer:
                    last = None
                continue
            tables += 1
            rows = [
                [
                    Cell(text, (number, tables, i + 1, j + 1), None, (i, j) != (row, column))
                    for column, (text, i, j) in enumerate(cells)
                ]
                for row, cells in enumerate(item.rows)
            ]
            if last and tables == 1 and _continues(last, item, grids[-1]):
                _append(grids[-1].rows, rows)
            else:
                grids.append(Grid(rows, above))
            above, last = [], item
    return Document(file, lines, grids, _place)


def _without_page_numbers(pages: list[list[_Piece | _Table]]) -> list[list[_Piece | _Table]]:
    """A number alone on a page's first or last line, as far from the page's own as on others."""
    offsets = [
        {item.top: int(number) - page for item in _outer(items) if (number := _numeral(item))}
        for page, items in enumerate(pages, 1)
    ]
    common = Counter(offset for found in offsets for offset in set(found.values()))
    return [
        [
            item
            for item in items
            if item not in _outer(items)
            or (offset := found.get(item.top)) is None
            or (offset and common[offset] < 2)
        ]
        for items, found in zip(pages, offsets, strict=True)
    ]


def _numeral(item: _Piece) -> str:
    """The number that a line consists of: 3, - 3 -, Trang 3, Page 3/5; else nothing."""
    words = item.text.casefold().removeprefix("trang").removeprefix("page")
    number = words.partition("/")[0].strip(" -–—")
    return number if number.isdecimal() and len(number) < 5 else ""


def _outer(page: list[_Piece | _Table]) -> list[_Piece]:
    return [item for item in (*page[:1], *page[1:][-1:]) if isinstance(item, _Piece)]


def _key(item: _Piece) -> tuple[str, int]:
    return item.text, round(item.top)


def _continues(last: _Table, table: _Table, grid: Grid) -> bool:
    """Whether a table goes on from the page before: its columns stand alike, or its header does."""
    if len(last.columns) != len(table.columns):
        return False
    if [cell.text for cell in grid.rows[0]] == [text for text, *_ in table.rows[0]]:
        return True
    pairs = list(zip(last.columns, table.columns, strict=True))
    if last.ruled and table.ruled:
        return all(abs(a[i] - b[i]) <= _SNAP for a, b in pairs for i in (0, 1))
    return all(a[0] < b[1] and b[0] < a[1] for a, b in pairs)


def _append(rows: list[list[Cell]], more: list[list[Cell]]) -> None:
    """Put the next page's rows under those of the pages before."""
    header = 0
    for ours, theirs in zip(rows, more, strict=False):
        if [cell.text for cell in ours] != [cell.text for cell in theirs]:
            break
        header += 1
    more = more[header:]
    if more and _runs_on([c.text for c in rows[-1]], [c.text for c in more[0]]):
        rows[-1] = [
            ours._replace(text=f"{ours.text} {theirs.text}".rstrip())
            for ours, theirs in zip(rows[-1], more[0], strict=True)
        ]
        more = more[1:]
    rows += more


def _place(at: Any) -> Text:
    if len(at) == 2:
        page, line = at
        return Text(f"trang {page}, dòng {line}", f"page {page}, line {line}")
    page, table, row, column = at
    return Text(
        f"trang {page}, bảng {table}, hàng {row}, cột {column}",
        f"page {page}, table {table}, row {row}, column {column}",
    )
