"""A person overrules what was inferred of a document's tables: a file is held against them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kc_analysis.model import DataError, Text, same
from kc_analysis.reading.table.assembly import fill
from kc_analysis.reading.table.marks import marks_of
from kc_analysis.reading.table.nesting import inherit
from kc_analysis.reading.table.parts import Column, Table
from kc_analysis.reading.table.relations import move
from kc_analysis.reading.table.roles import column_of
from kc_analysis.reading.vocabulary import Facets, money_unit, names
from kc_analysis.toml_file import TableReader, read_toml

Line = dict[str, Any]
Choices = Mapping[str, tuple[str, ...]]

#: What a column's line may say of its numbers; a unit is of money or of work.
FACETS: dict[str, type] = {
    "year": int,
    **dict.fromkeys(("period", "phase", "measure", "source", "place", "unit"), str),
    "total": bool,
}
_TABLE = ("place", "title", "counts", "thousands", "unit", "columns", "rows")
_COLUMN = ("at", "heading", "role", *FACETS)
_ROW = ("at", "key", "label", "role", "under", "source")
_SAID = {name: ("", *names(name)) for name in ("phase", "measure", "source")}
_OF_TABLES: Choices = {
    "counts": ("money", "quantity", "none"),
    "thousands": (".", ","),
    "unit": names("money"),
}
_OF_COLUMNS: Choices = {
    "role": ("number", "title", "unit", "source", "place", "year", "note", "value"),
    **_SAID,
}
_OF_ROWS: Choices = {
    "role": ("item", "heading", "total", "of which", "second", "beside", "extra", "aside"),
    "source": _SAID["source"],
}
_OF_ANOTHER = ("of which", "second", "beside")
_PERIOD = re.compile(r"\d{4}-\d{4}|Q[1-4]|\d{1,2}M|M\d{1,2}|to|")


def place_of(table: Table) -> str:
    """What a table is known by in a layout: where its header begins."""
    return table.head.file.place(table.head.at).vi


def unit_of(column: Column) -> str:
    """The unit that a column's headings tell, of money or of work."""
    return column.facets.money or column.unit


def overrule(tables: list[Table], path: Path) -> None:
    """Set what a layout says of tables, before their numbers are read; the rest stays inferred.

    Parameters
    ----------
    tables : list of Table
        Are changed.
    path : Path
        A TOML file, [[table]] for each table that it speaks of.

    Raises
    ------
    DataError
        With all keys that are none, values that cannot be, and tables, columns and rows that the
        document does not have.
    """
    reader = TableReader(same(path.name), [], {})
    data = read_toml(path)
    reader.keys(data, ("table",), ())
    known = {place_of(table): table for table in tables}
    for one in reader.tables(data, "table"):
        place = one.get("place")
        mine = _reader(reader, Text(f"bảng “{place}”", f"table “{place}”"), _OF_TABLES)
        mine.keys(one, _TABLE, ("place",))
        table = known.pop(str(place), None)
        if table is None:
            places = ", ".join(f"“{each}”" for each in known)
            mine.wrong(
                Text(f"place là một trong: {places}", f"place to be one of: {places}"),
                f"“{place}”",
            )
            continue
        _overrule_table(mine, one, table)
        _overrule_columns(mine, one, table)
        _overrule_rows(mine, one, table)
    if reader.troubles:
        raise DataError(reader.troubles)


def _reader(outer: TableReader, place: Text, choices: Choices) -> TableReader:
    where = Text(f"{outer.place.vi}, {place.vi}", f"{outer.place.en}, {place.en}")
    return TableReader(where, outer.troubles, choices)


def _agrees(reader: TableReader, line: Line, key: str, printed: str) -> None:
    """See that what a line is known by is what the document has."""
    if key in line and line[key] != printed:
        expected = Text(
            f"{key} = “{printed}”, như trong văn bản", f"{key} = “{printed}”, as in the document"
        )
        reader.wrong(expected, f"“{line[key]}”")


def _lines(
    reader: TableReader, one: Line, key: str, what: Text, count: int, choices: Choices
) -> Iterator[tuple[TableReader, Line, int]]:
    """The lines of a table's columns or rows, each with where it stands."""
    seen: set[int] = set()
    for line in reader.tables(one, key):
        at = line.get("at")
        mine = _reader(reader, Text(f"{what.vi} {at}", f"{what.en} {at}"), choices)
        if type(at) is not int or not 1 <= at <= count or at in seen:
            expected = Text(
                f"at là số từ 1 đến {count}, mỗi số một dòng",
                f"at to be a number from 1 to {count}, each once",
            )
            mine.wrong(expected, at)
            continue
        seen.add(at)
        yield mine, line, at - 1


def _overrule_table(reader: TableReader, one: Line, table: Table) -> None:
    _agrees(reader, one, "title", table.title)
    if "counts" in one:
        table.counts = tuple(half for half in reader.some(str, one, "counts") if half != "none")
    if thousands := reader.a(str, one, "thousands", ""):
        table.marks = marks_of(thousands)
    table.said = table.said._replace(money=reader.a(str, one, "unit", table.said.money))


def _overrule_columns(reader: TableReader, one: Line, table: Table) -> None:
    what, columns = Text("cột", "column"), table.columns
    lines = [*_lines(reader, one, "columns", what, len(columns), _OF_COLUMNS)]
    before = [column.role for column in columns]
    for mine, line, c in lines:
        mine.keys(line, _COLUMN, ("at",))
        _agrees(mine, line, "heading", columns[c].heading)
        role = mine.a(str, line, "role", columns[c].role)
        if role != columns[c].role:
            columns[c] = column_of(columns[c].path, role)
    if [column.role for column in columns] != before:
        fill(table)
    for mine, line, c in lines:
        said = {key: mine.a(kind, line, key, None) for key, kind in FACETS.items() if key in line}
        if said and columns[c].role != "value":
            mine.wrong(Text("role = “value”", "role = “value”"), f"“{columns[c].role}”")
        else:
            columns[c] = _said(mine, columns[c], said)


def _said(reader: TableReader, column: Column, said: Line) -> Column:
    """A column of which a person says something; "" and 0 are for nothing."""
    said = {key: value for key, value in said.items() if value is not None}
    if not _PERIOD.fullmatch(said.get("period", "")):
        forms = same("2021-2025, Q1, 6M, M1, to")
        reader.wrong(Text(f"period như {forms.vi}", f"period such as {forms.en}"), said["period"])
    facets, unit = column.facets, column.unit
    if (told := said.pop("unit", unit_of(column))) != unit_of(column):
        money = money_unit(told)
        facets, unit = facets._replace(money=money), "" if money else told
    facets = facets._replace(**{**said, "year": said.get("year", facets.year) or None})
    if facets.year and "-" in facets.period:
        if "year" in said and "period" in said:
            reader.wrong(Text("year hoặc period", "year or period"), facets.period)
        # What is said puts out what was inferred.
        facets = facets._replace(period="") if "year" in said else facets._replace(year=None)
    given = _apart(facets) != _apart(column.facets)
    return replace(column, facets=facets, unit=unit, given=column.given or given)


def _apart(said: Facets) -> tuple[object, ...]:
    """What tells a column from others."""
    return said.year, said.period, said.source, said.place, said.total


def _overrule_rows(reader: TableReader, one: Line, table: Table) -> None:
    rows = table.rows
    lines = [*_lines(reader, one, "rows", Text("hàng", "row"), len(rows), _OF_ROWS)]
    # The file's own names of rows go before: figures may yet tell that a row stands elsewhere.
    named = {r: mine.a(str, line, "key", rows[r].key) for mine, line, r in lines}
    keys = [named.get(r, row.key) for r, row in enumerate(rows)]
    for mine, line, r in lines:
        mine.keys(line, _ROW, ("at",))
        row = rows[r]
        _agrees(mine, line, "label", row.label.text)
        if role := mine.a(str, line, "role", ""):
            _become(table, r, role)
        if "under" in line:
            _put(mine, table, r, line["under"], keys)
            table.troubles = [
                trouble
                for trouble in table.troubles
                if (trouble.code, trouble.place) != ("other-section", row.label.where)
            ]
        row.given = row.given or bool(role) or "under" in line
        if row.role in _OF_ANOTHER and row.parent is None:
            mine.wrong(Text(f"under, vì role = “{row.role}”", f"under, as role = “{row.role}”"))
        source = mine.a(str, line, "source", row.own.source)
        if source != row.own.source:
            row.own, row.is_fund = row.own._replace(source=source), bool(source and row.children)
    inherit(rows)


def _become(table: Table, r: int, role: str) -> None:
    row = table.rows[r]
    if role == "total" and row.role != "total":
        # Totals stand outside of the outline.
        for child in [*row.children]:
            move(table, child, row.parent)
        move(table, r, None)
        row.key = ""
    row.role = role


def _put(reader: TableReader, table: Table, r: int, under: object, keys: list[str]) -> None:
    """Put a row under another, or a total under the section that it adds up."""
    rows, row = table.rows, table.rows[r]
    found = [at for at, key in enumerate(keys) if key == under or at + 1 == under]
    is_total = row.role == "total"
    if under == "":
        above = None
    elif (
        type(under) in (str, int)
        and len(found) == 1
        and rows[found[0]].role != "total"
        and (is_total or found[0] < r)
    ):
        (above,) = found
    else:
        expected = Text(
            "under là key, hoặc at, của đúng một hàng ở phía trên",
            "under to be the key, or the place, of just one row above",
        )
        reader.wrong(expected, under)
        return
    if is_total:
        row.parent, row.key = above, "grand" if above is None else ""
    elif row.parent != above:
        move(table, r, above)
