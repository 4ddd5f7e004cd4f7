"""What a page tells to type can be typed, and gives what the page says."""

import doctest
import re
import shlex
import tomllib
from pathlib import Path

import matplotlib
import pytest
import yaml
from matplotlib import pyplot as plt

import kc_analysis as kc
from kc_analysis.cli.main import parser
from kc_analysis.reading.cycle import home

matplotlib.use("Agg")

GUIDES = home() / "docs" / "guides"
PAGES = [
    *(home() / name for name in ("README.md", "README.vi.md", "CONTRIBUTING.md")),
    *sorted(GUIDES.rglob("*.md")),
]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

every_page = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(home()).as_posix()
)


def blocks(page: Path) -> list[tuple[str, str]]:
    """The blocks of code of a page, each with its language."""
    return re.findall(r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[str]:
    """The kc commands of a page: lines of its blocks, and quoted ones."""
    lines = [line for language, text in blocks(page) if not language for line in text.splitlines()]
    quoted = re.findall(r"`(kc [^`\n]+)`", page.read_text("utf-8"))
    return [line for line in lines + quoted if line.startswith("kc ")]


def test_the_guides_for_planners_stand_in_both_languages():
    names = {lang: {page.name for page in (GUIDES / lang).glob("*.md")} for lang in ("vi", "en")}
    assert len(names["vi"]) == 5
    assert names["en"] - names["vi"] == {"add-a-chart.md", "add-a-check.md", "add-a-form.md"}
    for name in names["vi"]:
        pair = [GUIDES / lang / name for lang in ("vi", "en")]
        vi, en = ([language for language, _ in blocks(page)] for page in pair)
        assert vi == en, name
        vi, en = (
            {command.removesuffix(" --lang en") for command in commands(page)} for page in pair
        )
        assert vi == en, name


@every_page
def test_its_commands_are_commands(page):
    for command in commands(page):
        words = shlex.split(command, comments=True)[1:]
        # The bare name of a command that takes a file is not to be typed; its help may be.
        if len(words) == 1 and words != ["run"]:
            words.append("--help")
        try:
            parser().parse_args(words)
        except SystemExit as stop:
            assert not stop.code, command


def try_file(text: str) -> None:
    """Write a scenario or assumptions to the file that its first line names, and try them."""
    named = re.match(r"# (\S+\.toml)\n", text)
    path = Path(named[1] if named else "unnamed.toml")
    path.write_text(text, encoding="utf-8")
    plan = kc.load_plan("2021-2025")
    if "inflation_pct" in tomllib.loads(text):
        kc.draft_cycle(plan, "2026-2030", kc.load_assumptions(path), kc.load_norms())
    else:
        kc.apply_scenario(plan, kc.load_scenario(path))


@every_page
def test_its_python_runs_and_gives_what_it_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "guide"}
    for language, text in blocks(page):
        if language == "python":
            exec(compile(text, page.name, "exec", dont_inherit=True), names)
        elif language == "pycon":
            test = doctest.DocTestParser().get_doctest(text, names, page.name, None, None)
            test.globs = names  # what an example defines, the next one knows
            report: list[str] = []
            doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append, clear_globs=False)
            assert not report, "".join(report)
        elif language == "toml":
            try_file(text)
    plt.close("all")


def test_the_citation():
    citation = yaml.safe_load((home() / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((home() / "pyproject.toml").read_text("utf-8"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert citation["authors"] == [{"name": "The kc_analysis developers"}]
    assert (home() / "LICENSE").is_file()


def test_the_layers_are_those_that_are_held():
    project = tomllib.loads((home() / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["type"] == "layers")
    held = [set(re.findall(r"\w+", layer)) for layer in layers]
    table = (home() / "CONTRIBUTING.md").read_text("utf-8").partition("| layer |")[2]
    rows = [line.split("|")[1] for line in table.partition("\n\n")[0].splitlines()[2:]]
    assert [set(re.findall(r"\w+", row)) for row in rows] == held


def test_the_site_is_built_with_the_versions_that_are_locked():
    locks = ["requirements.lock", "docs/requirements.lock"]
    ours, sites = (
        {
            name: set(re.findall(rf"^{re.escape(name)}==(\S+)", text, re.MULTILINE))
            for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        }
        for text in ((home() / lock).read_text("utf-8") for lock in locks)
    )
    assert {"sphinx", "jinja2"} <= sites.keys()
    for name in ours.keys() & sites.keys():
        assert sites[name] <= ours[name], name
    assert "://" not in (home() / "docs" / "requirements.lock").read_text("utf-8")
