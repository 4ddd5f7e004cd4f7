"""From a document to a plan with origins and findings, beside what a user would pick instead."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pandas as pd
from compare import compare

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.reading.forms.text import read_text

DECISION = kc.raw_folder("2021-2025") / "470-QD-UBND.txt"


def ours() -> object:
    """All that the package does: numbers, units, sources, origins, totals checked."""
    return kc.check(kc.read_plan(DECISION))


def as_html() -> str:
    """The same two tables as a web page."""
    grids = read_text(DECISION.read_text(encoding="utf-8"), DECISION.name).grids
    return "".join(
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td>{cell.text}</td>" for cell in row) + "</tr>" for row in grid.rows
        )
        + "</table>"
        for grid in grids
    )


def barest() -> list[pd.DataFrame]:
    """Cells split by their bars into two frames of numbers; nothing checked, nothing traced."""
    frames = []
    for part, width in zip(
        DECISION.read_text(encoding="utf-8").split("PHỤ LỤC ")[1:], (8, 9), strict=True
    ):
        cells = [cell.strip() for cell in part.split("|")]
        cells[0] = "TT"
        rows = [cells[i : i + width] for i in range(0, len(cells) - width + 1, width)]
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        for name in frame.columns[width - 6 :]:
            frame[name] = [float(text.replace(".", "")) if text else None for text in frame[name]]
        frames.append(frame)
    return frames


def frames_alone(plan: model.Plan) -> None:
    """The plan's frames made anew from finished columns: what pandas itself takes of our time."""
    schemas = {
        "sources": model.SOURCES,
        "lines": model.LINES,
        "budget": model.BUDGET,
        "quantities": model.QUANTITIES,
        "printed": model.PRINTED,
        "origin": model.ORIGIN,
    }
    for name in schemas:
        frame = getattr(plan, name)
        pd.DataFrame({column: frame[column].array for column in frame}, copy=False)


def command(*words: str) -> None:
    """A whole process."""
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Run the comparisons."""
    page = as_html()
    plan = kc.read_plan(DECISION)
    compare(
        "document to plan and findings / pandas.read_html (lxml)",
        ours, lambda: pd.read_html(StringIO(page), flavor="lxml"), 0.35,
    )  # fmt: skip
    compare("document to plan and findings / barest Python", ours, barest, 2)
    compare("of which pandas makes the plan's six frames", lambda: frames_alone(plan), ours, 1)
    kc_command = Path(sys.executable).with_name("kc")
    compare(
        "process: kc check / python -c 'import pandas'",
        lambda: command(str(kc_command), "check", str(DECISION)),
        lambda: command(sys.executable, "-c", "import pandas"),
        1.5,
        rounds=10,
    )
