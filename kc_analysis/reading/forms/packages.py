"""Packages of XML parts, which .docx and .xlsx are: opened, unpacked and parsed without harm."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from kc_analysis.model import Text
from kc_analysis.numerals import format_number
from kc_analysis.reading.forms.limits import OLE, UNPACKED_BYTES, damaged, library_errors, refuse

#: No entity is resolved, nothing fetched, and the parser's own bounds stand.
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """A package, whose damage is an error in planners' words wherever reading it comes upon it.

    Attributes
    ----------
    names : list of str
        Those of its parts.

    Raises
    ------
    DataError
        If it is cut short or damaged, encrypted, or larger inside than allowed.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        if data.startswith(OLE):
            raise refuse(
                file,
                Text(
                    "tệp .docx hoặc .xlsx không đặt mật khẩu (mở bằng Word hoặc Excel rồi lưu lại)",
                    "a .docx or .xlsx without a password (open it in Word or Excel and save it so)",
                ),
                Text("tệp kiểu cũ hoặc có mật khẩu", "an old file or one under a password"),
                "password",
            )
        with library_errors(file):
            self._parts = zipfile.ZipFile(io.BytesIO(data))
        self.names = self._parts.namelist()
        size = sum(part.file_size for part in self._parts.infolist())
        if size > UNPACKED_BYTES:
            raise refuse(
                file,
                Text(
                    f"không quá {format_number(UNPACKED_BYTES)} byte khi giải nén",
                    f"at most {UNPACKED_BYTES:,} bytes unpacked",
                ),
                Text(f"{format_number(size)} byte", f"{size:,} bytes"),
                "too-large",
            )

    def read(self, name: str) -> bytes:
        """A part; nothing where there is none of that name."""
        if name not in self._parts.NameToInfo:
            return b""
        with library_errors(self.file):
            return self._parts.read(name)

    def chunks(self, name: str, size: int) -> Iterator[bytes]:
        """A part, so many bytes at a time."""
        # What is done with a chunk is done outside: its faults are none of the package's.
        with library_errors(self.file), self._parts.open(name) as stream:
            while chunk := stream.read(size):
                yield chunk


def events(xml: bytes, file: str, tags: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Where the elements of some tags start and end in a part's XML."""
    with library_errors(file):
        yield from etree.iterparse(io.BytesIO(xml), ("start", "end"), tag=[*tags], **SAFE)


def parsed(xml: bytes, file: str) -> Any:
    """The root of a part's XML.

    Raises
    ------
    DataError
        If it is damaged, or declares entities: office programs write no DOCTYPE.
    """
    if b"<!DOCTYPE" in xml:
        raise damaged(file)
    with library_errors(file):
        return etree.fromstring(xml, etree.XMLParser(**SAFE))
