"""How large a document may be; what is larger is refused before memory is spent on it.

The largest plan that we know has a few hundred cells; these limits leave room for a hundredfold of
the largest province's and still let a reader finish in seconds.
"""

import io
import zipfile

from kc_analysis.model import DataError, Text, Trouble, same

FILE_BYTES = 100 * 2**20
UNPACKED_BYTES = 300 * 2**20
COLUMNS = 1_000
CELLS = 2_000_000
PAGES = 500
NESTING = 100


def refuse(file: str, expected: Text, found: Text) -> DataError:
    """The error for a document as a whole."""
    return DataError([Trouble(same(file), expected, found)])


def unpack(data: bytes, file: str) -> zipfile.ZipFile:
    """Open a package (.docx, .xlsx), refusing one that is broken or unpacks to too much.

    Raises
    ------
    DataError
        If the package is cut short or damaged, encrypted, or larger inside than allowed.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        whole = Text("một tệp nguyên vẹn", "a whole file")
        broken = Text("tệp bị cắt cụt hoặc hỏng", "a file cut short or damaged")
        raise refuse(file, whole, broken) from error
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_BYTES:
        raise refuse(
            file,
            Text(
                f"không quá {UNPACKED_BYTES:,} byte khi giải nén",
                f"at most {UNPACKED_BYTES:,} bytes unpacked",
            ),
            Text(f"{size:,} byte", f"{size:,} bytes"),
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
