"""Make the pictures of the READMEs and guides: python docs/make_pictures.py [name ...]

The charts are the library's own, small enough for a page. `report` is the first page of the report
as a browser shows it: it needs Chromium, and `kc run` before.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from PIL import Image

import kc_analysis as kc
from kc_analysis import charts
from kc_analysis.midterm.review import review as set_beside
from kc_analysis.publishing.gallery import gallery
from kc_analysis.publishing.review_gallery import review_gallery
from kc_analysis.reading.cycle import home

CYCLE = "2021-2025"
FOLDER = Path(__file__).with_name("pictures")
DPI = 100


def comparison(plan: kc.Plan, lang: str) -> Axes:
    """The plan beside a scenario of it."""
    scenario = kc.load_scenario("national-cut")
    approved = {"vi": "Kế hoạch đã duyệt", "en": "Approved plan"}[lang]
    sides = {approved: plan, scenario.title[lang]: kc.apply_scenario(plan, scenario)}
    return charts.comparison(kc.compare(sides, ["year"]), plan, lang=lang)


def cycle_series(plan: kc.Plan, lang: str) -> Axes:
    """The cycle and the draft of the next in one series."""
    draft = kc.draft_cycle(
        plan, "2026-2030", kc.Assumptions(inflation_pct=3), kc.load_norms(), kc.load_cpi()
    )
    series = kc.compare_cycles(plan, draft, kc.match_lines(plan, draft))
    return charts.cycle_series(series, plan, later=draft, lang=lang)


def pictures(lang: str) -> dict[str, Callable[[], Axes]]:
    """A name for each picture, and what draws it."""
    plan = kc.load_plan(CYCLE)
    drawn = gallery(plan, kc.load_norms(), lang)
    example = kc.read_actuals(kc.raw_folder(CYCLE) / "actuals-example.xlsx")
    review = review_gallery(set_beside(plan, example), lang)
    return {
        **{name: drawn[name] for name in ("budget_by_source", "unit_costs", "coverage")},
        **{name: review[name] for name in ("plan_and_spent_by_year", "outlook")},
        "comparison": partial(comparison, plan, lang),
        "cycle_series": partial(cycle_series, plan, lang),
    }


def write(image: Image.Image, path: Path) -> None:
    """Write a picture with as few colours as it needs."""
    few = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


def draw(name: str, lang: str, chart: Callable[[], Axes]) -> None:
    """Draw a chart and write it."""
    out = io.BytesIO()
    chart().get_figure(root=True).savefig(out, format="png", dpi=DPI)
    write(Image.open(out), FOLDER / f"{name}.{lang}.png")


def report() -> None:
    """Write the top of the report's first page."""
    browser = shutil.which("chromium")
    page = home() / "reports" / CYCLE / "index.html"
    if not browser or not page.exists():
        sys.exit("report: Chromium and reports/ are needed")
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder, "shot.png")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,960"]
        subprocess.run(
            [browser, *options, f"--user-data-dir={folder}", f"--screenshot={shot}", page.as_uri()],
            check=True,
            capture_output=True,
        )
        write(Image.open(shot), FOLDER / "report.png")


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for lang in ("vi", "en"):
        for name, chart in pictures(lang).items():
            if not wanted or name in wanted:
                draw(name, lang, chart)
    if "report" in wanted:
        report()
