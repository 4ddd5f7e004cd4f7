"""The library unpacks and draws whatever a file asks it to, without end; here it is bounded."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from pdfminer import pdftypes
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber import page

from kc_analysis.model import Text
from kc_analysis.reading.forms.limits import refuse

#: What a document may cost in all, and a page: bytes unpacked and drawn. A page of text has some
#: ten thousand bytes, and costs thirty times that.
_ALL = 100 * 2**20
_PAGE = 5 * 2**20
#: What drawing costs beyond its bytes, in time and memory. A form within a form, ten times each, is
#: soon too much.
_LETTER = 50
_PATH = 100
_FORM = 5_000


@contextmanager
def bounded(file: str) -> Iterator[None]:
    """Let the library refuse what costs too much, with a DataError."""
    left = {"all": _ALL, "page": _PAGE}

    def spend(size: int, *budgets: str) -> None:
        for budget in budgets:
            left[budget] -= size
            if left[budget] < 0:
                less = Text("một tài liệu có ít nội dung hơn", "a document with less content")
                raise refuse(file, less, Text("quá nhiều", "too much"))

    def decompress(data: bytes) -> bytes:
        engine = zlib.decompressobj()
        result = engine.decompress(data, left["all"] + 1)
        spend(len(result), "all")
        if not engine.eof:
            raise zlib.error("incomplete stream")
        return result

    class Interpreter(PDFPageInterpreter):
        def process_page(self, page: Any) -> None:
            left["page"] = _PAGE
            super().process_page(page)

        def execute(self, streams: Any) -> None:
            size = sum(len(pdftypes.stream_value(stream).get_data()) for stream in streams)
            spend(_FORM + size, "page", "all")
            super().execute(streams)

        def do_TJ(self, seq: Any) -> None:  # noqa: N802
            letters = sum(len(part) for part in seq if isinstance(part, bytes))
            spend(_LETTER * letters, "page", "all")
            super().do_TJ(seq)

        def do_m(self, x: Any, y: Any) -> None:
            spend(_PATH, "page", "all")
            super().do_m(x, y)

        def do_re(self, x: Any, y: Any, w: Any, h: Any) -> None:
            spend(_PATH, "page", "all")
            super().do_re(x, y, w, h)

    bounded_zlib = SimpleNamespace(
        decompress=decompress, decompressobj=zlib.decompressobj, error=zlib.error
    )
    changes = ((pdftypes, "zlib", bounded_zlib), (page, "PDFPageInterpreter", Interpreter))
    usual = [(module, name, getattr(module, name)) for module, name, _ in changes]
    try:
        for module, name, value in changes:
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in usual:
            setattr(module, name, value)
