"""The main job beside its own cells as plain scripts and the start of the kernels; the review."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from compare import compare
from jupyter_client.manager import start_new_kernel

import kc_analysis as kc
from kc_analysis.reading.cycle import home
from kc_analysis.rerun.cycle import run
from kc_analysis.rerun.papers import write_papers

NOTEBOOKS = sorted((home() / "notebooks").glob("*.ipynb"))
EXAMPLE = kc.raw_folder("2021-2025") / "actuals-example.xlsx"


def plain_scripts() -> None:
    """Every notebook's cells in a process each, one after the other, and a kernel started for each.

    A plain script shows nothing, so that its charts are drawn here as a notebook would draw them.
    """
    for path in NOTEBOOKS:
        manager, client = start_new_kernel()
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        cells = nbformat.read(path, as_version=4).cells
        drawn = "\nimport io, matplotlib.pyplot as plt"
        drawn += "\nfor n in plt.get_fignums(): plt.figure(n).savefig(io.BytesIO())"
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code") + drawn
        with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
            script.write(code)
            script.flush()
            subprocess.run([sys.executable, script.name], check=True, capture_output=True)


def loading() -> None:
    """What the review's papers need, loaded in a fresh process."""
    needed = "import kc_analysis.rerun.papers, matplotlib.pyplot, docx, xlsxwriter, papermill"
    subprocess.run([sys.executable, "-c", needed], check=True)


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def where_the_review_goes() -> None:
    """The parts of ``kc review`` on the worked example, each alone."""
    from kc_analysis import charts
    from kc_analysis.publishing.annex import write_annex
    from kc_analysis.publishing.report import write_report
    from kc_analysis.publishing.review_gallery import review_gallery

    plan = kc.load_plan("2021-2025")
    review = kc.review(plan, kc.read_actuals(EXAMPLE))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        parts: dict[str, Callable[[], object]] = {
            "read the workbook": lambda: kc.read_actuals(EXAMPLE),
            "review": lambda: kc.review(plan, kc.read_actuals(EXAMPLE)),
            "annex": lambda: write_annex(here / "annex.xlsx", review),
            "report": lambda: write_report(
                here / "report.docx", review, review_gallery(review, "vi")
            ),
            "charts, two languages, PNG and SVG": lambda: [
                charts.save(draw(), here / f"{name}.{lang}")
                for lang in ("vi", "en")
                for name, draw in review_gallery(review, lang).items()
            ],
        }
        for name, part in parts.items():
            print(f"  {name:<40}{seconds(part):>8.2f} s")


def main() -> None:
    """Run the comparisons."""
    compare("kc run / plain scripts and kernels", lambda: run("2021-2025"), plain_scripts, 1.3, 3)
    compare("kc review / loading what it needs",
            lambda: write_papers(EXAMPLE, overwrite=True), loading, 10, 3)  # fmt: skip
    where_the_review_goes()


if __name__ == "__main__":
    main()
