"""A PDF's pages put together: a table that goes on is one; page numbers are left out."""

import re
from typing import Any

from kc_analysis.model import Text
from kc_analysis.reading.forms.limits import damaged, refuse
from kc_analysis.reading.forms.pdf.baselines import runs_on
from kc_analysis.reading.forms.pdf.bounds import bounded
from kc_analysis.reading.forms.pdf.boxes import PageTable, Span
from kc_analysis.reading.forms.pdf.pieces import Line, Piece, lines_of
from kc_analysis.reading.forms.pdf.ruled import ruled_tables
from kc_analysis.reading.forms.pdf.sheet import SNAP, Sheet, sheets, turned
from kc_analysis.reading.forms.pdf.unruled import blocks
from kc_analysis.reading.grid import Cell, Document, Doubt, File, Grid, document

PageItem = Piece | PageTable

# What begins a title of its own: a dash, or a number.
_OWN = re.compile(r"[-–+*•]|\w+[.)]")

_UNCLEAR = Doubt(
    "row-unclear",
    Text("một hàng của bảng có đường kẻ", "a row of a table with ruling lines"),
    Text("các số thẳng cột ngoài bảng", "figures in columns outside any table"),
)


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
        A table that continues on the next page is one grid, its header once; page numbers are left
        out.

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
    >>> document.lines[0].text, document.lines[0].where.en
    ('18,246', 'x.pdf, page 1, line 1')
    """
    if b"%PDF-" not in data[:1024] or b"%%EOF" not in data[-2048:]:
        raise damaged(file)
    pages: list[list[PageItem]] = []
    with bounded(file):
        for sheet in sheets(data, file):
            pages.append(_items(sheet, _open_columns(pages[-1]) if pages else []))
    if not any(pages):
        found = Text("không có chữ nào", "no text at all")
        raise refuse(file, Text("một tệp PDF có chữ", "a PDF that holds text"), found)
    return _join(pages, file)


def _open_columns(page: list[PageItem]) -> list[Span]:
    """The columns of an unruled table that ends a page, to be continued on the next."""
    # At most a page number stands below it.
    tables = [item for item in page[-2:] if isinstance(item, PageTable)]
    return tables[-1].columns if tables and not tables[-1].ruled else []


def _items(sheet: Sheet, open_columns: list[Span]) -> list[PageItem]:
    """The page's lines and tables, from the top down."""
    tables, rest = ruled_tables(sheet)
    levels = sheet.levels
    items: list[PageItem] = []
    # Text beside a table belongs to no block: a block lies between tables.
    bands: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines_of(letter for letter in rest if not letter.turn):
        bands[sum(table.top < line[0].top for table in tables)].append(line)
    for i, band in enumerate(bands):
        items += blocks(band, levels, [] if i else open_columns)
        items += tables[i : i + 1]
    for turn in (1, 2, 3):  # what stands in the margin, turned
        aside = turned([letter for letter in rest if letter.turn == turn], turn)
        items += (piece for line in lines_of(aside) for piece in line)
    return items


def _join(pages: list[list[PageItem]], name: str) -> Document:
    """Make a document of the pages' lines and tables."""
    file = File(name, _place)
    ends = [set(map(_key, _ends(page))) for page in pages]
    all_ruled = all(item.ruled for page in pages for item in page if isinstance(item, PageTable))
    content: list[Cell | Grid] = []
    grid = Grid([])
    last: PageTable | None = None  # the table that nothing but a running head parts from the next
    for number, page in enumerate(pages, 1):
        # A running head stands on pages that follow each other; a title may come again later.
        beside = set().union(*ends[max(number - 2, 0) : number - 1], *ends[number : number + 1])
        running = [item for item in _ends(page) if _key(item) in beside]
        page_numbers = [
            item
            for item in _ends(page)
            if (found := _page_number(item)) and (item in running or found == str(number))
        ]
        lines = tables = 0
        for item in page:
            if isinstance(item, PageTable):
                tables += 1
                rows = _cells(item, file, number, tables)
                if last and tables == 1 and _continues(last, item, grid):
                    _append(grid.rows, rows)
                else:
                    grid = Grid(rows)
                    content.append(grid)
                last = item
            elif item not in page_numbers:
                lines += 1
                # Where rules tell the tables, what stands outside them is text.
                doubt = _UNCLEAR if item.has_figures and not all_ruled else None
                content.append(Cell(item.text, (number, lines), file, doubt=doubt))
                # A note at the page's foot parts no table from its rest, as a title does.
                is_note = tables and not item.text.isupper()
                last = last if item in running or is_note else None
    return document(file, content)


def _ends(page: list[PageItem]) -> list[Piece]:
    """A page's first and last line, unless they are of a table."""
    return [item for item in (*page[:1], *page[1:][-1:]) if isinstance(item, Piece)]


def _key(line: Piece) -> tuple[str, int]:
    """What running heads have in common; page numbers, but where they stand."""
    return "" if _page_number(line) else line.text, round(line.top)


def _page_number(line: Piece) -> str:
    """The number that a line consists of: 3, - 3 -, Trang 3, Page 3/5; else nothing."""
    words = line.text.casefold().removeprefix("trang").removeprefix("page")
    number = words.partition("/")[0].strip(" -–—")
    return number if number.isdecimal() and len(number) < 5 else ""


def _cells(table: PageTable, file: File, page: int, number: int) -> list[list[Cell]]:
    return [
        [
            Cell(
                spot.text,
                (page, number, spot.row + 1, spot.column + 1),
                file,
                covered=(spot.row, spot.column) != (row, column),
                bold=spot.bold,
                indent=spot.indent,
            )
            for column, spot in enumerate(spots)
        ]
        for row, spots in enumerate(table.rows)
    ]


def _continues(last: PageTable, table: PageTable, grid: Grid) -> bool:
    """Whether a table goes on from the page before: its columns stand alike, or its header does."""
    if len(last.columns) != len(table.columns):
        return False
    if [cell.text for cell in grid.rows[0]] == [spot.text for spot in table.rows[0]]:
        return True
    if grid.rows[0][0].text == table.rows[0][0].text:
        return False  # a header of its own
    pairs = list(zip(last.columns, table.columns, strict=True))
    if last.ruled and table.ruled:
        return all(abs(a[i] - b[i]) <= SNAP for a, b in pairs for i in (0, 1))
    return all(a[0] < b[1] and b[0] < a[1] for a, b in pairs)


def _append(rows: list[list[Cell]], more: list[list[Cell]]) -> None:
    """Put the next page's rows under those of the pages before."""
    header = 0
    for ours, theirs in zip(rows, more, strict=False):
        if [cell.text for cell in ours] != [cell.text for cell in theirs]:
            break
        header += 1
    more = more[header:]
    if more and _is_cut([cell.text for cell in rows[-1]], [cell.text for cell in more[0]]):
        rows[-1] = [
            ours._replace(text=f"{ours.text} {theirs.text}".strip())
            for ours, theirs in zip(rows[-1], more[0], strict=True)
        ]
        more = more[1:]
    rows += more


def _is_cut(above: list[str], below: list[str]) -> bool:
    """Whether the page's end has cut a row: on one side it is but words, without number or figures.

    Those below may begin with a name's capital.
    """
    if runs_on(above, below):
        return True
    (at, text), *others = [(i, text) for i, text in enumerate(below) if text] or [(0, "")]
    if at and not others and above[0] and above[at]:
        return not _OWN.match(text) and not text.endswith(":")
    (at, _), *others = [(i, text) for i, text in enumerate(above) if text] or [(0, "")]
    return bool(at and not others and below[0]) and below[at][:1].islower()


def _place(at: Any) -> Text:
    if len(at) == 2:
        page, line = at
        return Text(f"trang {page}, dòng {line}", f"page {page}, line {line}")
    page, table, row, column = at
    return Text(
        f"trang {page}, bảng {table}, hàng {row}, cột {column}",
        f"page {page}, table {table}, row {row}, column {column}",
    )
