"""The ceilings that a planner's file declares."""

from typing import Any

from kc_analysis.scenarios.scenario import Ceiling
from kc_analysis.toml_file import TableReader

_KEYS = ("source", "year", "amount_million_vnd")


def read_ceilings(reader: TableReader, data: dict[str, Any]) -> tuple[Ceiling, ...]:
    """The ceilings that a file declares, [[ceiling]]."""
    ceilings = []
    for table in reader.tables(data, "ceiling"):
        reader.keys(table, _KEYS, ("year", "amount_million_vnd"))
        ceilings.append(
            Ceiling(
                reader.a(str, table, "source", None),
                reader.a(int, table, "year", 0),
                reader.a(int | float, table, "amount_million_vnd", 0.0),
            )
        )
    return tuple(ceilings)
