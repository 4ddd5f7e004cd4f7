"""The assumptions of a draft as a small TOML file."""

from pathlib import Path
from typing import Any, get_args, get_type_hints

from kc_analysis.model import DataError, Text, Trouble, same
from kc_analysis.scenarios.assumptions import Assumptions, NewLine
from kc_analysis.scenarios.reader import read_ceilings
from kc_analysis.toml_file import TableReader, read_toml

_KEYS = ("inflation_pct", "amounts", "within_norms", "ended", "grow", "ceiling", "added")
_NEW = ("line", "label_vi", "label_en", "unit", "unit_en")
_CHOICES = {"amounts": get_args(get_type_hints(Assumptions)["amounts"])}
_LINE = Text("dòng mới", "new line")


def load_assumptions(path: str | Path) -> Assumptions:
    """Read a draft's assumptions.

    Parameters
    ----------
    path : str or Path
        A TOML file: inflation_pct; amounts, within_norms, ended, grow; [[ceiling]] with source,
        year, amount_million_vnd; [[added]] with line, label_vi, label_en, unit, unit_en, unit_cost
        and quantities = {2027 = 2}.

    Returns
    -------
    Assumptions

    Raises
    ------
    DataError
        With all in the file that is none.
    """
    path, troubles = Path(path), list[Trouble]()
    data = read_toml(path)
    reader = TableReader(same(path.name), troubles, _CHOICES)
    reader.keys(data, _KEYS, ("inflation_pct",))
    assumptions = Assumptions(
        inflation_pct=reader.a(int | float, data, "inflation_pct", 0.0),
        amounts=reader.a(str, data, "amounts", "compound"),
        within_norms=reader.a(bool, data, "within_norms", True),
        ceilings=read_ceilings(reader, data),
        ended=reader.some(str, data, "ended"),
        grow=reader.some(str, data, "grow"),
        added=tuple(
            _new_line(reader.at(_LINE, i), one)
            for i, one in enumerate(reader.tables(data, "added"))
        ),
    )
    if troubles:
        raise DataError(troubles)
    return assumptions


def _new_line(reader: TableReader, table: dict[str, Any]) -> NewLine:
    keys = (*_NEW, "unit_cost", "quantities")
    reader.keys(table, keys, keys)
    quantities: dict[int, float] = {}
    given = table.get("quantities", {})
    for year, quantity in given.items() if isinstance(given, dict) else ():
        known = isinstance(quantity, int | float) and not isinstance(quantity, bool)
        if known and quantity > 0 and year.isdecimal():
            quantities[int(year)] = float(quantity)
        else:
            reader.wrong(
                Text("quantities: năm = khối lượng", "quantities: year = quantity"),
                f"{year} = {quantity}",
            )
    texts = {key: reader.a(str, table, key, "") for key in _NEW}
    return NewLine(
        **texts,
        unit_cost=float(reader.a(int | float, table, "unit_cost", 0.0)),
        quantities=quantities,
    )
