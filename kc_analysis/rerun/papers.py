"""The papers of a mid-term review: annex, report, charts and notebook, published together."""

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kc_analysis import charts
from kc_analysis.midterm.review import review
from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.publishing.annex import write_annex
from kc_analysis.publishing.aside import aside
from kc_analysis.publishing.report import write_report
from kc_analysis.publishing.review_gallery import review_gallery
from kc_analysis.reading.actuals import read_actuals
from kc_analysis.reading.cycle import home, load_plan
from kc_analysis.rerun.cycle import KEPT, REVIEW
from kc_analysis.rerun.notebooks import execute, inspect
from kc_analysis.scenarios.apply import apply_scenario
from kc_analysis.scenarios.files import load_scenario

ANNEX, REPORT = "annex.xlsx", "report.docx"
_MADE = ".made.json"


def write_papers(
    file: str | Path, lang: str = "vi", *, scenario: str | None = None, overwrite: bool = False
) -> Path:
    """Review a filled workbook, and write what comes of it.

    Parameters
    ----------
    file : str or Path
        As ``kc template actuals`` makes it, filled.
    lang : {"vi", "en"}
    scenario : str, optional
        What the figures are held against, if not the approved plan.
    overwrite : bool
        Whether an annex or a report that someone has edited may be replaced.

    Returns
    -------
    Path
        ``reports/<cycle>/review/``: annex.xlsx, report.docx, charts/ and the executed notebook.

    Raises
    ------
    DataError
        With all that is wrong in the workbook; or if a paper has been edited. Nothing is written.
    CellFailed
        If a cell of the notebook fails; what was published before stays as it was.
    """
    actuals = read_actuals(file)
    plan = load_plan(actuals.plan.cycle)
    if scenario:
        plan = apply_scenario(plan, load_scenario(scenario))
    made_of = review(plan, actuals)
    folder = home() / "reports" / plan.cycle / "review"
    if not overwrite:
        _see_that_nothing_was_edited(folder)
    notebook = home() / "notebooks" / REVIEW
    parameters = {
        "CYCLE": plan.cycle,
        "LANG": Text("vi", "en")[lang],
        "ACTUALS": str(Path(file).resolve()),
        "SCENARIO": scenario or "",
    }
    inspect([notebook], parameters)
    with aside(folder) as made:
        (made / "charts").mkdir()
        with ThreadPoolExecutor(1) as pool:
            # The notebook has a process of its own.
            execution = pool.submit(execute, notebook, made, folder / KEPT, parameters)
            write_annex(made / ANNEX, made_of, lang)
            write_report(made / REPORT, made_of, review_gallery(made_of, lang), lang)
            for tongue in ("vi", "en"):
                for name, draw in review_gallery(made_of, tongue).items():
                    charts.save(draw(), made / "charts" / f"{name}.{tongue}")
            execution.result()
        sums = {name: _checksum(made / name) for name in (ANNEX, REPORT)}
        (made / _MADE).write_text(json.dumps(sums), encoding="utf-8")
        if not overwrite:
            _see_that_nothing_was_edited(folder)  # someone may have saved meanwhile
    shutil.rmtree(folder / KEPT, ignore_errors=True)
    return folder


def _see_that_nothing_was_edited(folder: Path) -> None:
    """An annex or a report that is not as it was written is a planner's own work."""
    made = folder / _MADE
    sums = json.loads(made.read_text(encoding="utf-8")) if made.is_file() else {}
    edited = [
        name
        for name in (ANNEX, REPORT)
        if (folder / name).is_file() and _checksum(folder / name) != sums.get(name)
    ]
    if edited:
        expected = Text(
            "bản chưa ai sửa; hãy chuyển bản đã sửa đi nơi khác, hoặc thêm --overwrite",
            "a copy that nobody has edited; move the edited one away, or add --overwrite",
        )
        found = Text("bản đã được sửa", "an edited one")
        raise DataError(Trouble(same(str(folder / name)), expected, found) for name in edited)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
