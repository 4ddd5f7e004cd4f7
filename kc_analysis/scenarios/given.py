"""What a planner gives an allocation: read with care, and told where it cannot be kept."""

from math import inf
from typing import Any

import pandas as pd

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.program import AMOUNT, Limit, Problem, Tables

#: What the planner gives, and the columns of each.
COLUMNS = {
    "ceilings": ("source", "year", AMOUNT),
    "minimum": ("line", "year", "quantity"),
    "maximum": ("line", "year", "quantity"),
    "totals": ("line", "at_least", "at_most"),
    "weights": ("line", "weight"),
}
#: What a missing value means, where one may be missing.
MISSING = {"source": None, "at_least": 0.0, "at_most": inf}


def read(plan: Plan, *given: pd.DataFrame | None) -> Tables:
    """The planner's tables as lists, if all that they speak of is in the plan."""
    known: dict[str, list[Any]] = {
        "line": plan.lines["line"].tolist(),
        "source": plan.sources["source"].tolist(),
        "year": list(plan.years),
    }
    tables: Tables = {name: {column: [] for column in COLUMNS[name]} for name in COLUMNS}
    troubles = []
    for (name, table), frame in zip(tables.items(), given, strict=True):
        if frame is None:
            continue
        if not set(table) <= set(frame):
            wanted, found = (", ".join(map(str, columns)) for columns in (table, frame))
            expected = Text(f"các cột {wanted}", f"the columns {wanted}")
            raise DataError([Trouble(same(name), expected, same(found or "–"))])
        for column in table:
            table[column] = values = frame[column].tolist()
            choice = ", ".join(map(str, known.get(column, ())))
            for row, value in enumerate(values):
                if column in MISSING and pd.isna(value):
                    values[row] = MISSING[column]
                elif not (value in known[column] if choice else _is_amount(value)):
                    place = Text(f"{name}, hàng {row + 1}", f"{name}, row {row + 1}")
                    vi, en = (f"một trong: {choice}", f"one of: {choice}") if choice else _AMOUNT
                    expected = Text(f"{column} là {vi}", f"{column} to be {en}")
                    troubles.append(Trouble(place, expected, same(f"“{value}”")))
        if name == "weights" and (lacking := sorted({*known["line"]} - {*table["line"]})):
            expected = Text("mọi dòng của kế hoạch", "every line of the plan")
            none = ", ".join(lacking)
            troubles.append(Trouble(same(name), expected, Text(f"thiếu {none}", f"no {none}")))
    if troubles:
        raise DataError(troubles)
    return tables


_AMOUNT = ("số không âm", "0 or more")


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < inf


def conflict_of(
    problem: Problem, tables: Tables, limit: Limit, named: pd.DataFrame, *, alone: bool
) -> Trouble:
    """A limit that cannot be kept, alone or along with others; ``named`` are the targets."""
    (side, number), row = limit, limit[1] - problem.lump.size
    promise = row - len(tables["totals"]["line"])
    vi, en = ("nhiều nhất", "at most") if side.endswith("high") else ("ít nhất", "at least")
    value = problem.sides[side][number]
    vi, en = f"{vi} {write_number(value)}", f"{en} {write_number(value, 'en')}"
    if not side.startswith("row"):
        line, year = problem.at[number]
        place = Text(f"dòng {line} năm {year}", f"line {line} in {year}")
        if problem.fixed[number] and value == problem.planned[number]:
            vi += " như kế hoạch, vì không có đơn giá hoặc mức trần"
            en += " as planned, for want of a unit cost or a ceiling"
        elif cost := problem.cost[number]:
            vi = f"{vi} (đơn giá {write_number(cost)} triệu đồng)"
            en = f"{en} (at {write_number(cost, 'en')} million VND each)"
    elif promise >= 0:
        which, when = problem.promised[promise]
        target = named.to_dict("records")[tables["targets"]["target"][which]]
        of = Text(f" năm {when}", f" in {when}") if when else Text("", "")
        lines = " + ".join(tables["targets"]["lines"][which])
        place = Text(
            f"chỉ tiêu “{target['what_vi']}” (dòng {lines}){of.vi}",
            f"target “{target['what_en']}” (line {lines}){of.en}",
        )
    elif row >= 0:
        line = tables["totals"]["line"][row]
        place = Text(f"dòng {line} cả giai đoạn", f"line {line} over the cycle")
    else:
        source, year, _ = (column[number] for column in tables["ceilings"].values())
        of = Text(f"nguồn {source}", f"source {source}") if source else Text("mọi nguồn", "all")
        place = Text(f"mức trần {of.vi} năm {year}", f"ceiling of {of.en} in {year}")
        vi, en = f"{vi} triệu đồng", f"{en} million VND"
        if problem.lump[number]:
            vi, en = f"{vi} ngoài tiền không có đơn giá", f"{en} beside money without a unit cost"
    found = Text("trái với các giới hạn khác nêu ở đây", "a conflict with the other limits here")
    if alone:
        found = Text("không cách nào giữ được", "no way to keep it")
    return Trouble(place, Text(vi, en), found)
