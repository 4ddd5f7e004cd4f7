"""What a draft assumes, and whether it fits the plan that it starts from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios.scenario import Ceiling


@dataclass(frozen=True)
class NewLine:
    """A line that the last cycle did not have.

    Attributes
    ----------
    line : str
        Its number as it will be printed, ``"II.5"``; its section must exist.
    label_vi, label_en, unit, unit_en : str
    unit_cost : float
        Million VND a unit, in every year.
    quantities : mapping of int to float
        By year of the new cycle; their money is the source's.
    """

    line: str
    label_vi: str
    label_en: str
    unit: str
    unit_en: str
    unit_cost: float
    quantities: Mapping[int, float]


@dataclass(frozen=True)
class Assumptions:
    """What a draft assumes.

    Attributes
    ----------
    inflation_pct : float
        By how many per cent a year prices, and with them unit costs, rise where the price index
        is not known.
    amounts : {"compound", "real"}
        Each source's money goes on growing at the last cycle's compound yearly rate, or holds its
        worth in real terms.
    within_norms : bool
        Whether a unit costs no more than the cost norm in force allows, where there is one.
    ceilings : tuple of Ceiling
        Where the draft would pass them, fewer units are planned.
    ended : tuple of str
        Lines that the new cycle does not have; their money goes to the others of the source.
    added : tuple of NewLine
    grow : tuple of str
        Lines with the same quantity in every year that are to grow with the money all the same.
    """

    inflation_pct: float
    amounts: Literal["compound", "real"] = "compound"
    within_norms: bool = True
    ceilings: tuple[Ceiling, ...] = ()
    ended: tuple[str, ...] = ()
    added: tuple[NewLine, ...] = field(default=())
    grow: tuple[str, ...] = ()


def years_of(cycle: str, plan: Plan) -> list[int]:
    """The years of a cycle to draft; a DataError if they do not come after the plan's."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", cycle)
    years = list(range(int(match[1]), int(match[2]) + 1)) if match else []
    if not years or years[0] <= plan.years[-1] or len(years) > 20:
        expected = Text(
            f"một giai đoạn sau {plan.cycle}, như {plan.years[-1] + 1}-"
            f"{plan.years[-1] + len(plan.years)}",
            f"a cycle after {plan.cycle}, such as {plan.years[-1] + 1}-"
            f"{plan.years[-1] + len(plan.years)}",
        )
        place = Text("dự thảo", "the draft")
        raise DataError([Trouble(place, expected, same(f"“{cycle}”"))])
    return years


def fit(plan: Plan, years: list[int], assumptions: Assumptions) -> None:
    """See that the assumptions speak of the plan; a DataError with all that do not."""
    known = plan.lines["line"].tolist()
    sections = set(plan.sources["number"])
    troubles = []

    def wrong(what: Text, choice: Iterable[object], found: object) -> None:
        names = ", ".join(map(str, choice))
        expected = Text(f"{what.vi}: {names}", f"{what.en}: {names}")
        place = Text("giả định của dự thảo", "the draft's assumptions")
        troubles.append(Trouble(place, expected, same(f"“{found}”")))

    for line in (*assumptions.ended, *assumptions.grow):
        if line not in known:
            what = Text("dòng kết thúc hoặc tăng là một trong", "a line to end or to grow, one of")
            wrong(what, known, line)
    if not (isfinite(assumptions.inflation_pct) and assumptions.inflation_pct > -100):
        wrong(Text("inflation_pct lớn hơn", "inflation_pct above"), [-100],
              assumptions.inflation_pct)  # fmt: skip
    names = [new.line for new in assumptions.added]
    for new in assumptions.added:
        if not all(isfinite(one) and one > 0 for one in (new.unit_cost, *new.quantities.values())):
            what = Text("số lớn hơn 0 cho dòng mới", "numbers above 0 for the new line")
            wrong(what, [new.line], new.unit_cost)
        if (
            new.line in known
            or names.count(new.line) > 1
            or new.line.rpartition(".")[0] not in sections
        ):
            wrong(Text("số dòng mới trong các phần", "a new number in the sections"), sections,
                  new.line)  # fmt: skip
        for year in new.quantities:
            if year not in years:
                wrong(Text("năm của dòng mới", "years of a new line"), years, year)
    for ceiling in assumptions.ceilings:
        if ceiling.year not in years:
            wrong(Text("năm của mức trần", "years of a ceiling"), years, ceiling.year)
        if ceiling.source not in (None, *plan.sources["source"]):
            wrong(Text("nguồn của mức trần", "sources of a ceiling"), plan.sources["source"],
                  ceiling.source)  # fmt: skip
    if troubles:
        raise DataError(troubles)
