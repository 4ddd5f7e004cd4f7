"""A planner's TOML file is read, and all that is not as it should be is noted."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kc_analysis.model import DataError, Text, Trouble, same

_KINDS: dict[Any, Text] = {
    str: Text("chữ trong ngoặc kép", "text in quotes"),
    bool: Text("true hoặc false", "true or false"),
    int: Text("số nguyên", "a whole number"),
    int | float: Text("một số", "a number"),
}


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises
    ------
    DataError
        If it is none.
    """
    place = same(path.name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # as Notepad may write it
    except OSError:
        found = Text("không đọc được", "one that cannot be read")
        raise DataError([Trouble(place, Text("một tệp TOML", "a TOML file"), found)]) from None
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, no end of digits or brackets
        at = re.search(r"line (\d+), column (\d+)", str(error))
        expected = Text(
            "tệp TOML (chữ trong ngoặc kép; số thập phân viết dấu chấm, như 3.3)",
            "TOML (text in quotes; decimals with a point, as 3.3)",
        )
        found = Text("nội dung không đọc được", "what cannot be read")
        if at:
            found = Text(
                f"chỗ không đọc được ở dòng {at[1]}, cột {at[2]}",
                f"what cannot be read in line {at[1]}, column {at[2]}",
            )
        raise DataError([Trouble(place, expected, found)]) from None


class TableReader:
    """Takes values out of TOML tables, and notes what is not as it should be."""

    def __init__(
        self, place: Text, troubles: list[Trouble], choices: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.place, self.troubles, self.choices = place, troubles, choices

    def at(self, what: Text, number: int) -> "TableReader":
        """A reader of one of several tables."""
        place = Text(
            f"{self.place.vi}, {what.vi} {number + 1}", f"{self.place.en}, {what.en} {number + 1}"
        )
        return TableReader(place, self.troubles, self.choices)

    def wrong(self, expected: Text, found: object = None) -> None:
        """Note a trouble."""
        text = Text("không có", "none") if found is None else same(str(found))
        self.troubles.append(Trouble(self.place, expected, text))

    def keys(self, table: dict[str, Any], known: tuple[str, ...], needed: tuple[str, ...]) -> None:
        """See that a table has no key but the known, and all those needed."""
        names = ", ".join(known)
        for key in table:
            if key not in known:
                expected = Text(f"một trong các khóa: {names}", f"one of the keys: {names}")
                self.wrong(expected, f"“{key}”")
        for key in needed:
            if key not in table:
                self.wrong(Text(f"khóa “{key}”", f"the key “{key}”"))

    def a(self, kind: Any, table: dict[str, Any], key: str, default: Any) -> Any:
        """A value of some type, among the choices that it has."""
        value = table.get(key, default)
        if value is default:
            return value
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            kinds = _KINDS[kind]
            self.wrong(Text(f"{key} là {kinds.vi}", f"{key} to be {kinds.en}"), repr(value))
            return default
        choices = self.choices.get(key)
        if choices and not set([value] if isinstance(value, str) else value) <= set(choices):
            names = ", ".join(choices)
            self.wrong(Text(f"{key} là một trong: {names}", f"{key} to be one of: {names}"), value)
            return default
        return value

    def some(self, kind: type, table: dict[str, Any], key: str) -> tuple[Any, ...]:
        """A list of values of one type, which may be written as one value."""
        value = table.get(key, [])
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, kind) and not isinstance(one, bool) for one in values):
            kinds = _KINDS[kind]
            expected = Text(
                f"{key} là danh sách, mỗi phần tử là {kinds.vi}",
                f"{key} to be a list, each {kinds.en}",
            )
            self.wrong(expected, repr(value))
            return ()
        self.a(list, {key: values}, key, None)
        return tuple(values)

    def tables(self, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """The tables of one name, [[key]]."""
        tables = data.get(key, [])
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            return tables
        self.wrong(same(f"[[{key}]]"), f"{key} = …")
        return []
