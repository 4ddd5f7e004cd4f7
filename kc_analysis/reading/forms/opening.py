"""A file's content tells its form; the form's reader makes a document of it."""

from pathlib import Path

from kc_analysis.model import Text, same
from kc_analysis.reading.forms.limits import FILE_BYTES, OLE, refuse
from kc_analysis.reading.grid import Document

_OPEN_DOCUMENTS = {b"opendocument.text": "docx", b"opendocument.spreadsheet": "xlsx"}


def open_document(path: Path) -> Document:
    """Read a file into lines and grids, whatever its form and its name.

    Parameters
    ----------
    path : Path
        Text, HTML (also saved as .doc or .xls), Word, Excel or PDF; older or other office files
        where LibreOffice is installed.

    Returns
    -------
    Document
        Its lines and grids; a table that the file holds in pieces is several grids.

    Raises
    ------
    DataError
        If there is no such file, or it is empty, too large, damaged, or of no form known here.
    """
    data, name = content_of(path), path.name
    # Each reader is loaded when a file needs it: a text needs none of the others' libraries.
    if data.startswith(b"%PDF"):
        from kc_analysis.reading.forms.pdf import read_pdf

        return read_pdf(data, name)
    if data.startswith(b"PK"):
        return _package(data, name)
    if data.startswith((OLE, b"{\\rtf")):
        return _old_office(data, name)
    if _is_html(data):
        from kc_analysis.reading.forms.html import read_html

        return read_html(data, name)
    from kc_analysis.reading.forms.encodings import decode
    from kc_analysis.reading.forms.text import read_text

    return read_text(decode(data, name), name)


_DOCUMENT = Text("một văn bản có bảng kế hoạch", "a document that holds a plan's tables")


def content_of(path: Path, expected: Text = _DOCUMENT) -> bytes:
    """A file's bytes, or an error that a planner understands."""
    try:
        # Asked first: a device has no size and never ends.
        if path.exists() and not path.is_file():
            found = Text("không phải một tệp", "no file, but a folder or device")
        elif (size := path.stat().st_size) > FILE_BYTES:
            most = Text(f"không quá {FILE_BYTES} byte", f"at most {FILE_BYTES} bytes")
            raise refuse(str(path), most, Text(f"{size} byte", f"{size} bytes"), "too-large")
        elif (data := path.read_bytes()).strip(b" \t\r\n\xef\xbb\xbf"):
            return data
        else:
            found = Text("tệp trống", "an empty file")
    except FileNotFoundError:
        found = Text("không có tệp này", "no such file")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        found = same(str(error))
    raise refuse(str(path), expected, found, "no-document")


def _package(data: bytes, name: str) -> Document:
    """Word or Excel, told apart by the parts inside."""
    from kc_analysis.reading.forms.packages import Package

    package = Package(data, name)
    parts, kind = package.names, package.read("mimetype")
    if any(part.startswith("word/") for part in parts):
        from kc_analysis.reading.forms.word import read_word

        return read_word(data, name)
    if any(part.startswith("xl/") for part in parts):
        from kc_analysis.reading.forms.excel import read_excel

        return read_excel(data, name)
    if form := next((form for word, form in _OPEN_DOCUMENTS.items() if word in kind), None):
        from kc_analysis.reading.forms.office import modernized

        return _package(modernized(data, name, form), name)
    expected = Text("tệp Word hoặc Excel", "a Word or Excel file")
    raise refuse(name, expected, Text("một tệp nén khác", "a package of another kind"))


def _old_office(data: bytes, name: str) -> Document:
    """Word or Excel of before 2007: the directory inside names the stream; or rich text."""
    from kc_analysis.reading.forms.office import modernized

    if _stream("EncryptedPackage") in data:
        expected = Text("một tài liệu không đặt mật khẩu", "a document without a password")
        raise refuse(
            name, expected, Text("tài liệu có mật khẩu", "one protected by a password"), "password"
        )
    is_word = not data.startswith(OLE) or _stream("WordDocument") in data
    return _package(modernized(data, name, "docx" if is_word else "xlsx"), name)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_html(data: bytes) -> bool:
    # UTF-16 puts a zero beside each letter of a tag.
    plain = data.replace(b"\0", b"").lower()
    return any(tag in plain for tag in (b"<html", b"<!doctype html", b"<table"))
