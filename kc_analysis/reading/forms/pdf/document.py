"""A PDF is opened, if it is sound, and its pages are read one after the other."""

import io
import logging
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from kc_analysis.model import DataError, Text
from kc_analysis.reading.grid import Document
from kc_analysis.reading.forms.limits import PAGES, damaged, refuse
from kc_analysis.reading.forms.pdf.bounds import bounded
from kc_analysis.reading.forms.pdf.pages import join
from kc_analysis.reading.forms.pdf.pieces import Line, PageItem, PageTable, Span, lines_of
from kc_analysis.reading.forms.pdf.ruled import ruled_tables
from kc_analysis.reading.forms.pdf.unruled import blocks

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
    pages: Any = range(1, PAGES + 2)  # one more, to tell that there are more
    try:
        with bounded(file), pdfplumber.open(io.BytesIO(data), pages=pages) as pdf:
            return join(_pages(pdf.pages, file), file)
    except DataError:
        raise
    except Exception as error:  # A damaged file makes the library fail in countless ways.
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


def _pages(pages: list[Any], file: str) -> list[list[PageItem]]:
    if len(pages) > PAGES:
        most = Text(f"không quá {PAGES} trang", f"at most {PAGES} pages")
        raise refuse(file, most, Text("nhiều hơn", "more"))
    read: list[list[PageItem]] = []
    for page in pages:
        if not page.chars and page.images:
            raise refuse(
                file,
                Text(
                    f"chữ ở trang {page.page_number} (hãy dùng bản .docx, .xlsx hoặc nhận dạng "
                    "chữ trước)",
                    f"text on page {page.page_number} (use the .docx or .xlsx, or recognize the "
                    "text first)",
                ),
                Text("ảnh của chữ: trang quét", "a picture of text: a scanned page"),
            )
        read.append(_page(page, _open_columns(read[-1]) if read else []))
        page.close()
    if not any(read):
        found = Text("không có chữ nào", "no text at all")
        raise refuse(file, Text("một tệp PDF có chữ", "a PDF that holds text"), found)
    return read


def _open_columns(page: list[PageItem]) -> list[Span]:
    """The columns of an unruled table that ends a page, to be continued on the next."""
    # At most a page number stands below it.
    tables = [item for item in page[-2:] if isinstance(item, PageTable)]
    return tables[-1].columns if tables and not tables[-1].ruled else []


def _page(page: Any, open_columns: list[Span]) -> list[PageItem]:
    """The page's lines and tables, from the top down."""
    tables, rest = ruled_tables(page)
    items: list[PageItem] = []
    # Text beside a table belongs to no block: a block lies between tables.
    bands: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines_of(rest):
        bands[sum(table.top < line[0].top for table in tables)].append(line)
    for i, band in enumerate(bands):
        items += blocks(band, [] if i else open_columns)
        items += tables[i : i + 1]
    return items
