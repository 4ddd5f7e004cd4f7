"""Nothing half-written: files are made aside and take their place only when all are there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from kc_analysis.model import DataError, Text, Trouble, same


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """Give an empty folder; when the block ends well, all in it takes its place in ``folder``.

    A file or subfolder replaces its namesake as a whole; what has no namesake in the new is left
    alone. When the block fails, ``folder`` stays as it was.

    Parameters
    ----------
    folder : Path
        Made if need be.

    Yields
    ------
    Path
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename within one file system.
    work = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        made = work / "made"
        made.mkdir()
        yield made
        for new in made.iterdir():
            old = folder / new.name
            if old.exists():
                old.rename(work / new.name)
            new.rename(old)
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a path beside a new file's; when the block ends well, the file takes its name.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Path

    Raises
    ------
    DataError
        If there is such a file already: it is left alone.
    """
    if path.exists():
        expected = Text("tên của một tệp mới", "the name of a new file")
        found = Text("tệp đã có, không ghi đè", "a file that is there already; it is left alone")
        raise DataError([Trouble(same(str(path)), expected, found)])
    half = path.with_name(f".{path.name}")
    try:
        yield half
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
