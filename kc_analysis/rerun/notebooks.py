"""Notebooks are run for a cycle: looked at first, several at a time, gone on with if stopped."""

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import kc_analysis
from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.publishing.page import write_notebook
from kc_analysis.reading.cycle import home

# A cell that takes longer than this hangs.
TIMEOUT_SECONDS = 300


class CellFailed(Exception):  # noqa: N818
    """A cell of a notebook failed; ``text`` says which, in both languages."""

    def __init__(self, notebook: str, cell: int, error: str) -> None:
        self.text = Text(
            f"{notebook}, ô lệnh {cell}: {error}\nBáo cáo của lần chạy trước vẫn giữ nguyên.",
            f"{notebook}, code cell {cell}: {error}\nThe last run's report stays as it was.",
        )
        super().__init__(f"{self.text.vi}\n{self.text.en}")


def inspect(notebooks: list[Path], parameters: dict[str, str]) -> None:
    """See that each notebook has the parameters that it is to be given.

    Raises
    ------
    DataError
        Naming each notebook that lacks one, before any is run.
    """
    # papermill only warns of a parameter that a notebook lacks, and runs it with its own default.
    troubles = []
    for path in notebooks:
        known = papermill.inspect_notebook(str(path))
        if missing := [name for name in parameters if name not in known]:
            names = ", ".join(missing)
            expected = Text(
                f"các tham số {names} trong ô “parameters”",
                f"the parameters {names} in the cell “parameters”",
            )
            place = same(path.relative_to(home()).as_posix())
            troubles.append(Trouble(place, expected, same(", ".join(known) or "–")))
    if troubles:
        raise DataError(troubles)


def execute(notebook: Path, folder: Path, kept: Path, parameters: dict[str, str]) -> None:
    """Run a notebook and write its page; what an unfinished run has run already is taken over."""
    executed = folder / notebook.name
    before = kept / f"{notebook.stem}-{_state(notebook, parameters)}.ipynb"
    if before.exists():
        shutil.copyfile(before, executed)
    else:
        run_cells(notebook, executed, parameters)
        kept.mkdir(exist_ok=True)
        half = before.with_suffix(".half")
        shutil.copyfile(executed, half)
        half.replace(before)
    _forget_places(executed, parameters)
    page = executed.with_suffix(".html")
    write_notebook(nbformat.read(executed, as_version=4), page, parameters["LANG"])


def _forget_places(executed: Path, parameters: dict[str, str]) -> None:
    """Take the folders of this computer out of a notebook that will be handed on."""
    notebook = nbformat.read(executed, as_version=4)
    for part in (notebook, *notebook.cells):
        part.metadata.pop("papermill", None)
    if given := parameters.get("ACTUALS"):
        for cell in notebook.cells:
            if "injected-parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace(json.dumps(given)[1:-1], Path(given).name)
    nbformat.write(notebook, executed)


def _state(notebook: Path, parameters: dict[str, str]) -> str:
    """What a notebook's outputs hang on: itself, its parameters, the data and the code."""
    digest = hashlib.sha256(repr(parameters).encode())
    data = [*(home() / "data" / "raw").rglob("*"), *(home() / "data" / "scenarios").glob("*")]
    given = [Path(parameters["ACTUALS"])] if parameters.get("ACTUALS") else []
    code = sorted(Path(kc_analysis.__file__).parent.rglob("*.py"))
    for path in [notebook, *given, *sorted(data), *code]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def run_cells(notebook: Path, executed: Path, parameters: dict[str, str]) -> None:
    """Run a notebook into another file.

    Raises
    ------
    CellFailed
    """
    try:
        papermill.execute_notebook(
            str(notebook),
            str(executed),
            parameters,
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=TIMEOUT_SECONDS,
            # The kernel's own warnings are none of the planner's.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except papermill.PapermillExecutionError as error:
        raise CellFailed(
            notebook.name, error.exec_count, f"{error.ename}: {error.evalue}"
        ) from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise CellFailed(notebook.name, 0, type(error).__name__) from None
    finally:
        # Each thread gets an event loop of its own, which is left open.
        ensure_event_loop().close()
