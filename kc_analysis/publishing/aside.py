"""Nothing half-written: files are made aside and take their place only when all are there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


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
