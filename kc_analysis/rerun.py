"""The main job: a cycle's data, charts and notebooks, made anew and published together."""

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pandas as pd
import papermill
from jupyter_core.utils import ensure_event_loop
from tqdm import tqdm

from kc_analysis import charts
from kc_analysis.checks.coverage import coverage
from kc_analysis.checks.reconcile import check, open_errors
from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.publishing.aside import aside
from kc_analysis.publishing.datapackage import write_processed
from kc_analysis.publishing.gallery import gallery
from kc_analysis.publishing.page import write_index, write_notebook
from kc_analysis.reading.cycle import home, load_norms, load_plan, load_source

# A cell that takes longer than this hangs.
TIMEOUT_SECONDS = 300
#: Where the notebooks of a run that did not come to its end wait for the next one.
_KEPT = ".unfinished"


class OpenErrors(Exception):  # noqa: N818 (an outcome that a planner settles, not a fault)
    """The decision does not reconcile, and nobody has acknowledged it.

    Attributes
    ----------
    findings : DataFrame
        The errors, as ``check`` gives them.
    """

    def __init__(self, findings: pd.DataFrame) -> None:
        self.findings = findings
        super().__init__("\n".join([*findings["message_vi"], *findings["message_en"]]))


class CellFailed(Exception):  # noqa: N818
    """A cell of a notebook failed; ``text`` says which, in both languages."""

    def __init__(self, notebook: str, cell: int, error: str) -> None:
        self.text = Text(
            f"{notebook}, ô lệnh {cell}: {error}\nBáo cáo của lần chạy trước vẫn giữ nguyên.",
            f"{notebook}, code cell {cell}: {error}\nThe last run's report stays as it was.",
        )
        super().__init__(f"{self.text.vi}\n{self.text.en}")


def run(cycle: str, lang: str = "vi") -> Path:
    """Verify, read and check a cycle's decision; publish its data, charts, notebooks and page.

    Parameters
    ----------
    cycle : str
    lang : {"vi", "en"}
        The language of notebooks and page; charts are drawn in both.

    Returns
    -------
    Path
        The page that opens first, ``reports/<cycle>/index.html``.

    Raises
    ------
    DataError
        If the decision cannot be read, or if a notebook lacks a parameter.
    OpenErrors
        If the decision does not reconcile. In either case nothing is written.
    CellFailed
        If a cell of a notebook fails; what was published before stays as it was, and the next run
        goes on from there.
    """
    plan, source, norms = load_plan(cycle), load_source(cycle), load_norms()
    findings, covered = check(plan), coverage(plan)
    if len(errors := open_errors(findings, source.get("known", []))):
        raise OpenErrors(errors)
    parameters = {"CYCLE": cycle, "LANG": lang}
    notebooks = sorted((home() / "notebooks").glob("*.ipynb"))
    _inspect(notebooks, parameters)
    reports = home() / "reports" / cycle
    with aside(reports) as made:
        for folder in ("charts", "notebooks"):
            (made / folder).mkdir()
        drawings = {
            f"{name}.{tongue}": draw
            for tongue in ("vi", "en")
            for name, draw in gallery(plan, norms, tongue).items()
        }
        titles = {}
        # On a screen only: in a log, each step would leave a line.
        with (
            tqdm(total=len(drawings) + len(notebooks), disable=None) as bar,
            ThreadPoolExecutor(max_workers=os.cpu_count()) as pool,
        ):
            executions = [
                pool.submit(_execute, path, made / "notebooks", reports / _KEPT, parameters)
                for path in notebooks
            ]
            for name, draw in drawings.items():
                bar.set_postfix_str(name)
                ax = draw()
                titles[name] = ax.get_title(loc="left")
                charts.save(ax, made / "charts" / name)
                bar.update()
            for path, execution in zip(notebooks, executions, strict=True):
                bar.set_postfix_str(path.stem)
                execution.result()
                bar.update()
        shown = {name: title for name, title in titles.items() if name.endswith(f".{lang}")}
        write_index(made, plan, source, findings, covered, shown, lang)
        write_processed(home() / "data" / "processed" / cycle, plan, source, findings, covered)
    shutil.rmtree(reports / _KEPT, ignore_errors=True)
    return reports / "index.html"


def _inspect(notebooks: list[Path], parameters: dict[str, str]) -> None:
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


def _execute(notebook: Path, folder: Path, kept: Path, parameters: dict[str, str]) -> None:
    """Run a notebook and write its page; what an unfinished run has run already is taken over."""
    executed = folder / notebook.name
    before = kept / f"{notebook.stem}-{_state(notebook, parameters)}.ipynb"
    if before.exists():
        shutil.copyfile(before, executed)
    else:
        _run_cells(notebook, executed, parameters)
        kept.mkdir(exist_ok=True)
        half = before.with_suffix(".half")
        shutil.copyfile(executed, half)
        half.replace(before)
    page = executed.with_suffix(".html")
    write_notebook(nbformat.read(executed, as_version=4), page, parameters["LANG"])


def _state(notebook: Path, parameters: dict[str, str]) -> str:
    """What a notebook's outputs hang on: itself, its parameters, the data and the code."""
    digest = hashlib.sha256(repr(parameters).encode())
    data = [*(home() / "data" / "raw").rglob("*"), *(home() / "data" / "scenarios").glob("*")]
    for path in [notebook, *sorted(data), *sorted(Path(__file__).parent.rglob("*.py"))]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _run_cells(notebook: Path, executed: Path, parameters: dict[str, str]) -> None:
    try:
        papermill.execute_notebook(
            str(notebook),
            str(executed),
            parameters,
            kernel_name="python3",
            cwd=str(notebook.parent),
            progress_bar=False,
            execution_timeout=TIMEOUT_SECONDS,
            # The kernel's own warnings are none of the planner's.
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
        )
    except papermill.PapermillExecutionError as error:
        raise CellFailed(
            notebook.name, error.exec_count, f"{error.ename}: {error.evalue}"
        ) from None
    finally:
        # Each thread gets an event loop of its own, which is left open.
        ensure_event_loop().close()
