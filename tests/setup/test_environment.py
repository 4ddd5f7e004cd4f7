"""The three lists of requirements agree: pyproject.toml, environment.yml and requirements.lock."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec, Version, VersionSpec

ROOT = Path(__file__).parents[2]
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",  # without Qt, which nothing here draws with
    "ema-workbench": "ema_workbench",
    "playwright": "playwright-python",
    "SALib": "salib",
}
CONDA_ONLY = {"pip", "python"}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WANTED = {
    requirement.name: requirement
    for requirement in map(
        Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    )
}
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
CONDA = {
    spec.name.normalized: spec
    for spec in (
        MatchSpec(entry, strict=True)
        for entry in ENVIRONMENT["dependencies"]
        if isinstance(entry, str)
    )
}
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCK_ENTRIES = [entry for entry in re.split(r"\n(?=\S)", LOCK) if entry.strip()]


def locked_versions(name: str) -> list[str]:
    """Versions of a package in the lock; more than one where Python versions differ."""
    requirements = (Requirement(entry.split("\\")[0]) for entry in LOCK_ENTRIES)
    return [
        str(requirement.specifier).removeprefix("==")
        for requirement in requirements
        if requirement.name == canonicalize_name(name)
    ]


def test_conda_takes_packages_from_conda_forge_only():
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


def test_conda_installs_the_project_itself():
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["-e ."]}


def test_conda_names_the_same_packages_as_pyproject():
    assert len(WANTED) == len(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
    assert {"pandas", "pytest"} <= WANTED.keys()
    assert CONDA.keys() - CONDA_ONLY == {CONDA_NAMES.get(name, name) for name in WANTED}


def test_conda_asks_for_the_same_python():
    assert CONDA["python"].version == PROJECT["requires-python"]


@pytest.mark.parametrize("name", WANTED)
class TestRequirement:
    def test_has_a_lower_bound(self, name):
        assert [bound.operator for bound in WANTED[name].specifier] == [">="]

    def test_has_the_same_bound_in_conda(self, name):
        assert CONDA[CONDA_NAMES.get(name, name)].version == str(WANTED[name].specifier)

    def test_admits_what_is_locked(self, name):
        versions = locked_versions(name)
        assert versions
        conda = VersionSpec(CONDA[CONDA_NAMES.get(name, name)].version)
        for version in versions:
            assert WANTED[name].specifier.contains(version)
            assert conda.matches(Version(version))


def test_every_lock_entry_is_pinned_and_has_hashes():
    assert len(LOCK_ENTRIES) > len(WANTED)
    pinned = re.compile(r"\S+==\S+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n?")
    assert [entry for entry in LOCK_ENTRIES if not pinned.fullmatch(entry)] == []


def test_lock_holds_no_address():
    assert re.findall(r".*(?:://|--index|--find-links|www\.).*", LOCK) == []
