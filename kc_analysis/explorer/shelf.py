"""The folder in which variants are kept: what stands in it, and what may be put there."""

import re
from pathlib import Path
from unicodedata import normalize

from kc_analysis.explorer.words import WORDS
from kc_analysis.model import DataError
from kc_analysis.scenarios.files import load_scenario, save_scenario
from kc_analysis.scenarios.scenario import Scenario


def file_name(text: str) -> str:
    """The name of a scenario's file, from what a planner calls it.

    Examples
    --------
    >>> file_name("  Cắt 10% từ 2024 ")
    'cắt-10-từ-2024'
    """
    return "-".join(re.findall(r"\w+", normalize("NFC", text).lower()))


def kept(folder: Path, cycle: str, lang: str) -> list[tuple[str, str]]:
    """What each scenario of a cycle is called, and its file's name.

    One that cannot be read goes by its file's name: whoever opens it is told what is wrong.
    """
    shown = []
    for path in sorted(folder.glob("*.toml")):
        try:
            scenario = load_scenario(path)
        except DataError:
            shown.append((path.name, path.stem))
        else:
            if scenario.cycle == cycle:
                shown.append((scenario.title[lang], path.stem))
    return shown


def objection(scenario: Scenario, folder: Path, lang: str) -> str:
    """Why a scenario cannot be saved in a folder, if it cannot."""
    if not scenario.name:
        return WORDS["no_name"][lang]
    if not scenario.changes:
        return WORDS["nothing_to_save"][lang]
    for base in scenario.chain[:-1]:
        path = folder / f"{base.name}.toml"
        if base.name == scenario.name:
            return WORDS["own_base"][lang]
        if path.exists() and not _is(path, base):
            return WORDS["other_base"][lang].format(path.name)
    return ""


def save(scenario: Scenario, folder: Path, *, overwrite: bool) -> None:
    """Save a scenario, and those that it is based on where they are not in the folder yet."""
    for base in scenario.chain[:-1]:
        if not (path := folder / f"{base.name}.toml").exists():
            save_scenario(base, path)
    save_scenario(scenario, folder / f"{scenario.name}.toml", overwrite=overwrite)


def _is(path: Path, scenario: Scenario) -> bool:
    try:
        return load_scenario(path) == scenario
    except DataError:
        return False
