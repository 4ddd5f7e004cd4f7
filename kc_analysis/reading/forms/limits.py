"""How large a document may be; what is larger is refused before memory is spent on it.

The largest plan that we know has a few hundred cells; these limits leave room for a hundredfold of
the largest province's and still let a reader finish in seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from kc_analysis.model import DataError, Text, Trouble, same

FILE_BYTES = 50 * 2**20
UNPACKED_BYTES = 100 * 2**20
COLUMNS = 1_000
CELLS = 1_000_000
PAGES = 500
NESTING = 100

#: How files of Word and Excel before 2007 begin, and new ones under a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse(file: str, expected: Text, found: Text, code: str = "wrong-kind") -> DataError:
    """The error for a document as a whole."""
    return DataError([Trouble(same(file), expected, found, code)])


def damaged(file: str) -> DataError:
    """The error for a file that no reader can make out."""
    whole = Text("một tệp nguyên vẹn", "a whole file")
    found = Text("tệp bị cắt cụt hoặc hỏng", "a file cut short or damaged")
    return refuse(file, whole, found, "damaged")


@contextmanager
def library_errors(file: str) -> Iterator[None]:
    """Around a call to a library that takes a file apart: what it raises is the file's damage.

    None of our own code stands within, so that its faults are never told as the file's.
    """
    try:
        yield
    except Exception as error:
        raise damaged(file) from error


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
            "too-large",
        )
