"""The pages of a report: the index that opens first, and each executed notebook."""

from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from kc_analysis.model import Plan, Text
from kc_analysis.publishing import sentences
from kc_analysis.publishing.datapackage import TABLES
from kc_analysis.publishing.table import show
from kc_analysis.publishing.templates import TEMPLATES
from kc_analysis.wording import citation

_WORDS = {
    "notebooks": Text("Phân tích", "Analysis"),
    "charts": Text("Biểu đồ", "Charts"),
    "findings": Text("Phát hiện khi đối chiếu", "Findings"),
    "coverage": Text("Chỉ tiêu của phần lời và dòng kinh phí", "The text's targets, line by line"),
    "data": Text("Số liệu đã xử lý", "Processed data"),
}


def write_index(
    folder: Path,
    plan: Plan,
    source: dict[str, Any],
    findings: pd.DataFrame,
    covered: pd.DataFrame,
    drawn: dict[str, str],
    lang: str,
) -> None:
    """Write ``index.html`` beside the charts and notebooks that it leads to.

    Parameters
    ----------
    folder : Path
        Holds ``charts/`` and ``notebooks/``.
    plan : Plan
    source : dict
        As ``load_source`` gives it.
    findings, covered : DataFrame
        As ``check`` and ``coverage`` give them.
    drawn : dict
        The charts: file name without ending to title.
    lang : {"vi", "en"}
    """
    notebooks = {
        path.stem: _title(nbformat.read(path, as_version=4), lang)
        for path in sorted((folder / "notebooks").glob("*.ipynb"))
    }
    tables = {
        "findings": findings.drop(columns=["rule", "expected", "found"]),
        "coverage": covered.drop(columns=["target_id", "line_unit", "years"]),
    }
    page = TEMPLATES.get_template("index.html.j2").render(
        lang=lang,
        cycle=plan.cycle,
        title=source[Text("title", "title_en")[lang]],
        source=citation(plan, lang),
        words={name: word[lang] for name, word in _WORDS.items()},
        reconciles=not (findings["severity"] == "error").any(),
        summary=[
            sentences.reconciliation(plan, findings, lang),
            sentences.coverage(covered, lang),
        ],
        notebooks=notebooks.items(),
        charts=drawn.items(),
        tables=[
            (_WORDS[name][lang], Markup(show(table, plan, lang)._repr_html_()))
            for name, table in tables.items()
            if len(table)
        ],
        data=[f"{name}.csv" for name in TABLES],
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def write_notebook(notebook: NotebookNode, path: Path, lang: str) -> None:
    """Write an executed notebook as a page: no code, one language, nothing fetched from outside.

    Parameters
    ----------
    notebook : NotebookNode
        Cells tagged with the other language are left out.
    path : Path
        The page, beside which stands the index one folder up.
    lang : {"vi", "en"}
    """
    config = Config()
    config.TagRemovePreprocessor.remove_cell_tags = {Text("en", "vi")[lang]}
    config.TagRemovePreprocessor.enabled = True
    exporter = HTMLExporter(
        config=config,
        template_name="basic",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    # Without a kernel, the sliders' state is of no use to a page.
    still = {name: value for name, value in notebook.metadata.items() if name != "widgets"}
    content, _ = exporter.from_notebook_node(NotebookNode(notebook, metadata=still))
    page = TEMPLATES.get_template("notebook.html.j2").render(
        lang=lang,
        title=_title(notebook, lang),
        back=Text("Trang đầu", "First page")[lang],
        content=Markup(content),
    )
    path.write_text(page, encoding="utf-8")


def _title(notebook: NotebookNode, lang: str) -> str:
    """A notebook's first heading in a language."""
    cells: list[dict[str, Any]] = notebook.cells
    headings = (
        line.removeprefix("# ")
        for cell in cells
        if cell["cell_type"] == "markdown" and lang in cell["metadata"].get("tags", [])
        for line in cell["source"].splitlines()
        if line.startswith("# ")
    )
    return str(next(headings))
