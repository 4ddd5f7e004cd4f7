"""Nothing half-written: files are made aside and take their place only when all are there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
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
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename within one file system.
    work = Path(mkdtemp(prefix=".new-", dir=folder))
    try:
        made = work / "made"
        made.mkdir()
        yield made
        _swap(made, folder, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if is_new and not any(folder.iterdir()):
            folder.rmdir()


def _swap(made: Path, folder: Path, olds: Path) -> None:
    """Move all that was made into its place, or, if one thing cannot be moved, nothing."""
    olds.mkdir()
    moved: list[Path] = []
    try:
        for new in sorted(made.iterdir()):
            old = folder / new.name
            if old.exists():
                old.rename(olds / new.name)
            moved.append(old)
            new.rename(old)
    except OSError as error:
        for old in moved:
            if old.exists():
                old.rename(made / old.name)
            if (olds / old.name).exists():
                (olds / old.name).rename(old)
        # On Windows, what a program has open cannot be moved.
        place = same(str(moved[-1] if moved else folder))
        expected = Text("tệp không mở trong chương trình nào", "a file that no program has open")
        raise DataError([Trouble(place, expected, same(str(error.strerror)))]) from None


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
        If there is such a file already: it is left alone. Or if there is no such folder.
    """
    _see_that_it_is_new(path)
    half = path.with_name(f".{token_hex(4)}-{path.name}")
    try:
        yield half
        _see_that_it_is_new(path)  # someone may have saved meanwhile
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)


def _see_that_it_is_new(path: Path) -> None:
    if path.exists():
        expected = Text("tên của một tệp mới", "the name of a new file")
        found = Text("tệp đã có, không ghi đè", "a file that is there already; it is left alone")
        raise DataError([Trouble(same(str(path)), expected, found)])
    if not path.parent.is_dir():
        expected = Text("một thư mục đã có", "a folder that is there")
        found = Text("không có thư mục này", "no such folder")
        raise DataError([Trouble(same(str(path.parent)), expected, found)])
