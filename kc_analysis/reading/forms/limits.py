"""How large a document may be; what is larger is refused before memory is spent on it.

The largest plan that we know has a few hundred cells; these limits leave room for a hundredfold of
the largest province's and still let a reader finish in seconds.
"""

import io
import zipfile
import zlib
from types import TracebackType

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.numerals import format_number

FILE_BYTES = 50 * 2**20
UNPACKED_BYTES = 100 * 2**20
COLUMNS = 1_000
CELLS = 1_000_000
PAGES = 500
NESTING = 100

#: How files of Word and Excel before 2007 begin, and new ones under a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(file: str, expected: Text, found: Text) -> DataError:
    """The error for a document as a whole."""
    return DataError([Trouble(same(file), expected, found)])


def damaged(file: str) -> DataError:
    """The error for a file that no reader can make out."""
    whole = Text("một tệp nguyên vẹn", "a whole file")
    return refuse(file, whole, Text("tệp bị cắt cụt hoặc hỏng", "a file cut short or damaged"))


class Package(zipfile.ZipFile):
    """A package whose damage is an error in planners' words, wherever reading it comes upon it."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        try:
            super().__init__(io.BytesIO(data))
        except _DAMAGE as error:
            raise damaged(file) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the package; what its parts' damage has raised becomes one error."""
        super().__exit__(kind, error, trace)
        if isinstance(error, _DAMAGE) and not isinstance(error, DataError):
            raise damaged(self.file) from error


# What zipfile and the parsers raise for parts that are cut short, changed, missing, under a
# password, or packed in a way that they do not know.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
)


def unpack(data: bytes, file: str) -> Package:
    """Open a package (.docx, .xlsx), refusing one that is broken or unpacks to too much.

    Its parts are read in a ``with`` block, which refuses a package whose parts turn out damaged.

    Raises
    ------
    DataError
        If the package is cut short or damaged, encrypted, or larger inside than allowed.
    """
    if data.startswith(OLE):
        raise refuse(
            file,
            Text(
                "tệp .docx hoặc .xlsx không đặt mật khẩu (mở bằng Word hoặc Excel rồi lưu lại)",
                "a .docx or .xlsx without a password (open it in Word or Excel and save it so)",
            ),
            Text("tệp kiểu cũ hoặc có mật khẩu", "an old file or one under a password"),
        )
    package = Package(data, file)
    size = sum(part.file_size for part in package.infolist())
    if size > UNPACKED_BYTES:
        raise refuse(
            file,
            Text(
                f"không quá {format_number(UNPACKED_BYTES)} byte khi giải nén",
                f"at most {UNPACKED_BYTES:,} bytes unpacked",
            ),
            Text(f"{format_number(size)} byte", f"{size:,} bytes"),
        )
    return package


def check_size(file: str, rows: int, columns: int) -> None:
    """Refuse a table with more columns or cells than any plan has.

    Raises
    ------
    DataError
    """
    if columns > COLUMNS or rows * columns > CELLS:
        raise refuse(
            file,
            Text(
                f"không quá {COLUMNS} cột và {CELLS} ô",
                f"at most {COLUMNS} columns and {CELLS} cells",
            ),
            Text(f"{columns} cột, {rows} hàng", f"{columns} columns, {rows} rows"),
        )
