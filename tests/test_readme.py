"""What the READMEs, the guides and CONTRIBUTING.md lead to is there."""

import re
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from kc_analysis.reading.cycle import home

README = (home() / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    [
        *home().glob("*.md"),
        *(home() / "docs").glob("*.md"),
        *(home() / "docs" / "guides").rglob("*.md"),
    ]
)
PICTURES = sorted((home() / "docs" / "pictures").glob("*.png"))
MADE = ("docs/api/", "docs/notebooks/", "docs/pages/", "docs/_build/")  # by `make docs`

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(home()).as_posix()
)


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.M)


def targets(page: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    return [target for target in found if not target.startswith("http")]


def anchors(page: Path) -> set[str]:
    """What a heading is called in an address, as readers of Markdown make it."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_its_links_and_pictures_are_there(page):
    for target in targets(page):
        path, _, anchor = target.partition("#")
        aim = (page.parent / path).resolve() if path else page
        made = aim.is_relative_to(home()) and aim.relative_to(home()).as_posix().startswith(MADE)
        assert made or aim.exists(), target
        if anchor:
            assert anchor in anchors(aim), target


@every_page
def test_its_make_targets_are_there(page):
    makefile = (home() / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)\b(?:`|$|\s+#)", page.read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@every_page
def test_its_letters_are_composed(page):
    text = page.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


def test_each_readme_leads_to_the_other():
    assert "README.vi.md" in targets(home() / "README.md")
    assert "README.md" in targets(home() / "README.vi.md")


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_small_and_is_shown(path):
    assert path.stat().st_size < 150_000
    with Image.open(path) as image:
        assert image.width <= 1200
    assert any(
        target.endswith(f"pictures/{path.name}") for page in PAGES for target in targets(page)
    )
