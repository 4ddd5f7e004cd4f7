"""What the README says can be done."""

import re

import pytest

from kc_analysis.reading.cycle import home

README = (home() / "README.md").read_text(encoding="utf-8")


def test_its_python_runs():
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(block, {})


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)h][^)]*)\)", README))
def test_its_links_and_pictures_are_there(target):
    assert (home() / target).exists()


def test_its_make_targets_are_there():
    makefile = (home() / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)`", README)) | {"run", "test"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
