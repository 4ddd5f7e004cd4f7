"""The main job: a cycle's data, charts and notebooks, made anew and published together."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from kc_analysis import charts
from kc_analysis.checks.coverage import coverage
from kc_analysis.checks.reconcile import check, open_errors
from kc_analysis.model import Text
from kc_analysis.publishing.aside import aside
from kc_analysis.publishing.datapackage import write_processed
from kc_analysis.publishing.gallery import gallery
from kc_analysis.publishing.page import write_index
from kc_analysis.reading.actuals import actuals_file
from kc_analysis.reading.cycle import home, load_cpi, load_norms, load_plan, load_source
from kc_analysis.rerun.notebooks import execute, inspect

#: Where the notebooks of a run that did not come to its end wait for the next one.
KEPT = ".unfinished"
#: The notebook of the review needs figures of what happened.
REVIEW = "05_midterm_review.ipynb"


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
    cpi = load_cpi()
    known = set(plan.years[1:]) <= set(cpi["year"])  # the gallery shows no assumed prices
    findings, covered = check(plan), coverage(plan)
    if len(errors := open_errors(findings, source.get("known", []))):
        raise OpenErrors(errors)
    parameters = {"CYCLE": cycle, "LANG": Text("vi", "en")[lang]}
    notebooks = sorted((home() / "notebooks").glob("*.ipynb"))
    if not actuals_file(cycle):
        notebooks = [path for path in notebooks if path.name != REVIEW]
    inspect(notebooks, parameters)
    reports = home() / "reports" / cycle
    with aside(reports) as made:
        for folder in ("charts", "notebooks"):
            (made / folder).mkdir()
        drawings = {
            f"{name}.{tongue}": draw
            for tongue in ("vi", "en")
            for name, draw in gallery(plan, norms, tongue, cpi if known else None).items()
        }
        titles = {}
        # On a screen only: in a log, each step would leave a line.
        with (
            tqdm(total=len(drawings) + len(notebooks), disable=None) as bar,
            ThreadPoolExecutor(max_workers=os.cpu_count()) as pool,
        ):
            executions = [
                pool.submit(execute, path, made / "notebooks", reports / KEPT, parameters)
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
    shutil.rmtree(reports / KEPT, ignore_errors=True)
    return reports / "index.html"
