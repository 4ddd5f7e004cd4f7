"""Scenarios as files: small TOML texts that a colleague can read, change and send on."""

import re
from pathlib import Path
from typing import Any, get_args

import tomlkit

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.reading.cycle import home
from kc_analysis.scenarios.ranges import KINDS, Range
from kc_analysis.scenarios.reader import read_ceilings
from kc_analysis.scenarios.scenario import By, Change, Of, Order, Scenario
from kc_analysis.toml_file import TableReader, read_toml

_NAME = re.compile(r"[\w-]+")
_A_NAME = Text("một tên gồm chữ, số và gạch nối", "a name of letters, digits and hyphens")
_TEXTS = ("source", "line", "activity", "independent")
_WHERE_AND_HOW = (
    *("source", "line", "activity", "years"),
    *("gives_way", "from_year", "independent", "correlation"),
)
_CHANGE_KEYS = ("of", *get_args(By), *_WHERE_AND_HOW)
_TOP_KEYS = ("title_vi", "title_en", "plan", "based_on", "order", "change", "ceiling")
_CHANGE = Text("thay đổi", "change")
_CHOICES = {
    "of": get_args(Of),
    "gives_way": ("quantity", "unit_cost"),
    "independent": ("source", "line", "year"),
    "order": get_args(Order),
}


def scenario_folder() -> Path:
    """The folder of the scenarios that are known by name."""
    return home() / "data" / "scenarios"


def scenarios() -> list[str]:
    """The names of the scenarios in data/scenarios.

    Examples
    --------
    >>> "national-cut" in scenarios()
    True
    """
    return sorted(path.stem for path in scenario_folder().glob("*.toml"))


def load_scenario(name: str | Path) -> Scenario:
    """Read a scenario, and those that it is based on.

    Parameters
    ----------
    name : str or Path
        The name of one in data/scenarios, or the path of a .toml file.

    Returns
    -------
    Scenario

    Raises
    ------
    DataError
        If there is no such file, or with all in it that is no scenario.

    Examples
    --------
    >>> load_scenario("national-cut").title["en"]
    'National funds cut by a fifth from 2024'
    """
    return _load(_path_of(name, scenario_folder()), ())


def save_scenario(scenario: Scenario, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a scenario as TOML, which ``load_scenario`` reads back as the same.

    Parameters
    ----------
    scenario : Scenario
        A base is written as its name only.
    path : str or Path
        A path that ends in .toml, or a name, for data/scenarios. The file's name is the scenario's.
    overwrite : bool

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If the file exists and is not to be overwritten, or if the name is none.
    """
    path = _path_of(path, scenario_folder())
    if path.exists() and not overwrite:
        expected = Text("tên chưa có", "a name that is free")
        raise DataError([Trouble(same(path.name), expected, Text("đã có tệp", "the file exists"))])
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    aside.write_text(dumps(scenario), encoding="utf-8", newline="\n")
    aside.replace(path)
    return path


def dumps(scenario: Scenario) -> str:
    """A scenario as TOML."""
    top: dict[str, Any] = {"title_vi": scenario.title.vi, "title_en": scenario.title.en}
    top["plan"] = scenario.cycle
    if scenario.base:
        top["based_on"] = scenario.base.name
    if scenario.order != "remainder":
        top["order"] = scenario.order
    tables = [_as_table(change) for change in scenario.changes]
    # Else the ranges go to the end of each table.
    top["change"] = tomlkit.items.AoT(tables) if tables else []
    top["ceiling"] = [
        {key: value for key, value in ceiling._asdict().items() if value is not None}
        for ceiling in scenario.ceilings
    ]
    return tomlkit.dumps({key: value for key, value in top.items() if key != "ceiling" or value})


def _as_table(change: Change) -> tomlkit.items.Table:
    table = tomlkit.table()
    table.add("of", change.of)
    value: Any = change.value
    if isinstance(value, KINDS):
        value = tomlkit.inline_table()
        value.update(vars(change.value))
    table.add(change.by, value)
    for key in _WHERE_AND_HOW:
        if given := getattr(change, key):
            table.add(key, list(given) if isinstance(given, tuple) else given)
    return table


def _path_of(name: str | Path, folder: Path) -> Path:
    path = Path(name)
    if path.suffix == ".toml" and _NAME.fullmatch(path.stem):
        return path
    if isinstance(name, str) and _NAME.fullmatch(name):
        return folder / f"{name}.toml"
    expected = Text(f"{_A_NAME.vi}, hoặc một tệp .toml", f"{_A_NAME.en}, or a .toml file")
    raise DataError([Trouble(Text("kịch bản", "scenario"), expected, same(f"“{name}”"))])


def _load(path: Path, above: tuple[Path, ...]) -> Scenario:
    place = same(path.name)
    if path in above:
        expected = Text("các kịch bản không dựa vòng tròn", "scenarios that are not in a circle")
        found = same(" → ".join(one.stem for one in (*above, path)))
        raise DataError([Trouble(place, expected, found)])
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml"))) or "–"
        expected = Text(f"một kịch bản đã có: {known}", f"a scenario that there is: {known}")
        found = Text("không có tệp", "no such file")
        raise DataError([Trouble(place, expected, found)])
    data = read_toml(path)
    troubles: list[Trouble] = []
    reader = TableReader(place, troubles, _CHOICES)
    reader.keys(data, _TOP_KEYS, ("title_vi", "title_en", "change"))
    titles = [reader.a(str, data, f"title_{lang}", "") for lang in ("vi", "en")]
    base_name = reader.a(str, data, "based_on", None)
    if base_name is not None and not _NAME.fullmatch(base_name):
        reader.wrong(_A_NAME, f"based_on = “{base_name}”")
    cycle = reader.a(str, data, "plan", None)
    order = reader.a(str, data, "order", "remainder")
    changes = [
        _change(reader.at(_CHANGE, i), one) for i, one in enumerate(reader.tables(data, "change"))
    ]
    ceilings = read_ceilings(reader, data)
    base = None
    if base_name is not None and not troubles:
        base = _load(path.with_name(f"{base_name}.toml"), (*above, path))
    if (cycle or base_name) is None:
        reader.wrong(Text("plan = “2021-2025”, hoặc based_on", "plan = “2021-2025”, or based_on"))
    if troubles:
        raise DataError(troubles)
    return Scenario(
        name=path.stem,
        title=Text(*titles),
        cycle=cycle or (base.cycle if base else ""),
        changes=tuple(change for change in changes if change),
        ceilings=ceilings,
        base=base,
        order=order,
    )


_RANGES = "; ".join(f"{{{', '.join(kind.__annotations__)}}}" for kind in KINDS)


def _number(reader: TableReader, value: Any, key: str) -> float | Range | None:
    """A number, or the range that a table gives."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, dict):
        numbers = [
            one
            for one in value.values()
            if isinstance(one, int | float) and not isinstance(one, bool)
        ]
        for kind in KINDS:
            if set(value) == set(kind.__annotations__) and len(numbers) == len(value):
                return kind(**value)
    reader.wrong(
        Text(
            f"{key} là một số, hoặc một khoảng: {_RANGES}",
            f"{key} to be a number, or a range: {_RANGES}",
        ),
        value,
    )
    return None


def _change(reader: TableReader, table: dict[str, Any]) -> Change | None:
    before = len(reader.troubles)
    reader.keys(table, _CHANGE_KEYS, ("of", "years"))
    ways = [by for by in get_args(By) if by in table]
    if len(ways) != 1:
        names = ", ".join(get_args(By))
        reader.wrong(
            Text(f"đúng một trong: {names}", f"exactly one of: {names}"), ", ".join(ways) or "–"
        )
        return None
    value = _number(reader, table[ways[0]], ways[0])
    change = Change(
        of=reader.a(str, table, "of", None),
        by=ways[0],
        value=0.0 if value is None else value,
        years=reader.some(int, table, "years"),
        gives_way=reader.a(str, table, "gives_way", None),
        from_year=reader.a(int, table, "from_year", None),
        correlation=reader.a(int | float, table, "correlation", 0.0),
        **{key: reader.some(str, table, key) for key in _TEXTS},
    )
    return change if len(reader.troubles) == before else None
