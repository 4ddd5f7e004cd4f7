"""The next cycle, drafted from the last by declared assumptions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import floor, isfinite
from typing import Literal, NamedTuple

import pandas as pd

from kc_analysis import model
from kc_analysis.model import DataError, Plan, Text, Trouble, same, tabulate
from kc_analysis.numerals import format_number, write_number
from kc_analysis.scenarios.allocation import allocate
from kc_analysis.scenarios.scenario import Ceiling
from kc_analysis.scenarios.steps import Cell, begin

At = tuple[str, int]


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
        By year of the new cycle.
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
    amounts : {"compound", "real"}
        Each source's amounts go on growing at the last cycle's compound yearly rate, or hold their
        worth in real terms.
    inflation_pct : float
        By how many per cent a year prices, and with them unit costs, rise.
    at_norms : bool
        Whether a unit costs what the cost norm in force allows, where there is one.
    ceilings : tuple of Ceiling
        Where the draft would pass them, fewer units are planned.
    ended : tuple of str
        Lines that the new cycle does not have.
    added : tuple of NewLine
    """

    inflation_pct: float
    amounts: Literal["compound", "real"] = "compound"
    at_norms: bool = False
    ceilings: tuple[Ceiling, ...] = ()
    ended: tuple[str, ...] = ()
    added: tuple[NewLine, ...] = field(default=())


class _Figure(NamedTuple):
    """A line's quantity, unit cost and amount in a year, and the assumptions that made them."""

    quantity: float | None
    cost: float | None
    amount: float
    why_quantity: Text
    why_amount: Text


def draft_cycle(
    plan: Plan, cycle: str, assumptions: Assumptions, norms: pd.DataFrame | None = None
) -> Plan:
    """Draft a plan for the years to come.

    A line that was planned in the even years, or in the odd ones, is so again; any other keeps its
    places in the cycle. Amounts are carried on from the year in the same place, unit costs rise
    with prices (to whole millions, if they are not small), and quantities are the whole units that
    the amount pays for, at least one. A source that has nothing in its first or last year is taken
    not to grow.

    Parameters
    ----------
    plan : Plan
        The last cycle's, approved or a scenario.
    cycle : str
        First and last year, ``"2026-2030"``.
    assumptions : Assumptions
    norms : DataFrame, optional
        As ``load_norms`` gives them; needed to plan at the norms.

    Returns
    -------
    Plan
        ``trace`` gives, for each figure, the assumption that made it.

    Raises
    ------
    DataError
        If the cycle does not come after the plan's, or with what does not fit in the assumptions.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> draft = kc.draft_cycle(
    ...     kc.load_plan("2021-2025"), "2026-2030", kc.Assumptions(inflation_pct=3.3)
    ... )
    >>> draft.budget.query("line == 'I.2'")["year"].tolist()  # the product vote, in even years
    [2026, 2028, 2030]
    """
    years = _years_of(cycle, plan)
    _check(plan, years, assumptions)
    prices = _prices(norms) if assumptions.at_norms else {}
    rates = _rates(plan, assumptions)
    lines = _lines(plan, assumptions)
    steps = begin(plan)
    figures: dict[At, _Figure] = {}
    columns = (lines[name].tolist() for name in ("line", "source", "activity"))
    for line, source, activity in zip(*columns, strict=True):
        planned = {
            year: cell for (one, year), cell in steps.cells.items() if one == line and cell.amount
        }
        for year, old in _places(list(planned), list(plan.years), years):
            norm = prices.get((activity, source)) or prices.get((activity, "both"))
            figures[line, year] = _carried(
                planned[old], old, year, rates[source], assumptions.inflation_pct, norm,
                whole=line in steps.whole,
            )  # fmt: skip
    for new in assumptions.added:
        for year, quantity in new.quantities.items():
            figures[new.line, year] = _given(new, quantity)
    draft = _plan(plan, cycle, lines, figures, _name(plan, cycle, assumptions))
    return _within_ceilings(draft, assumptions.ceilings)


def _years_of(cycle: str, plan: Plan) -> list[int]:
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


def _check(plan: Plan, years: list[int], assumptions: Assumptions) -> None:
    known = plan.lines["line"].tolist()
    sections = set(plan.sources["number"])
    troubles = []

    def wrong(what: Text, choice: Iterable[object], found: object) -> None:
        names = ", ".join(map(str, choice))
        expected = Text(f"{what.vi}: {names}", f"{what.en}: {names}")
        place = Text("giả định của dự thảo", "the draft's assumptions")
        troubles.append(Trouble(place, expected, same(f"“{found}”")))

    for line in assumptions.ended:
        if line not in known:
            wrong(Text("dòng kết thúc là một trong", "a line to end, one of"), known, line)
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


def _prices(norms: pd.DataFrame | None) -> dict[tuple[str, str], float]:
    """The norms in force today, by activity and source."""
    if norms is None:
        expected = Text("bảng định mức để lập đơn giá", "the table of norms, to plan at the norms")
        raise DataError([Trouble(Text("dự thảo", "the draft"), expected, Text("–", "none"))])
    known = norms.dropna(subset=["activity", "amount_max_million_vnd"])
    known = known[known["in_force_to"].isna()]
    keys = zip(known["activity"], known["source"], strict=True)
    return dict(zip(keys, known["amount_max_million_vnd"].tolist(), strict=True))


def _rates(plan: Plan, assumptions: Assumptions) -> dict[str, float]:
    """By how many per cent a year each source's amounts grow."""
    rates = {}
    for source in plan.sources["source"]:
        yearly = plan.budget[plan.budget["source"] == source].groupby("year")["amount_million_vnd"]
        sums = yearly.sum()
        passed = sums.index[-1] - sums.index[0] if len(sums) else 0
        grows = passed and sums.iloc[0] > 0 and sums.iloc[-1] > 0
        growth = 100 * ((sums.iloc[-1] / sums.iloc[0]) ** (1 / passed) - 1) if grows else 0.0
        compound = assumptions.amounts == "compound"
        rates[source] = growth if compound else assumptions.inflation_pct
    return rates


def _places(planned: list[int], old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    """In which new years a line is planned, and from which old year each is carried on."""
    for parity in (0, 1):
        alternate = [year for year in old if year % 2 == parity]
        if planned and planned == alternate and len(planned) < len(old):
            again = [year for year in new if year % 2 == parity]
            yield from ((year, planned[min(i, len(planned) - 1)]) for i, year in enumerate(again))
            return
    for i, year in enumerate(new):
        place = old[round(i * (len(old) - 1) / max(1, len(new) - 1))]
        if place in planned:
            yield year, place


def _carried(
    cell: Cell, old: int, year: int, rate: float, inflation: float, norm: float | None, *,
    whole: bool,
) -> _Figure:  # fmt: skip
    amount = float(cell.amount)  # type: ignore[arg-type]
    wanted = amount * (1 + rate / 100) ** (year - old)
    grown = [
        Text(
            f"kinh phí năm {old} {write_number(amount)} tăng {format_number(rate, 'vi', 1)}%/năm",
            f"amount of {old} {write_number(amount, 'en')} grown by "
            f"{format_number(rate, 'en', 1)}% a year",
        ),
        Text(f"được {write_number(wanted)}", f"comes to {write_number(wanted, 'en')}"),
    ]
    why = Text(", ".join(one.vi for one in grown), ", ".join(one.en for one in grown))
    if not isinstance(cell.unit_cost, float):
        return _Figure(None, None, float(round(wanted)), Text("", ""), why)
    # So many units as the amount pays for before the cost is rounded, or what holds its worth
    # would buy less.
    exact = norm or cell.unit_cost * (1 + inflation / 100) ** (year - old)
    # To whole millions, where that moves the cost by no more than a fortieth.
    cost = norm or (float(round(exact)) if exact >= 20 else float(f"{exact:.3g}"))
    priced = (
        Text(f"đơn giá {write_number(cost)} theo định mức",
             f"unit cost {write_number(cost, 'en')} by the norm")
        if norm
        else Text(
            f"đơn giá năm {old} {write_number(cell.unit_cost)} tăng "
            f"{write_number(inflation)}%/năm được {write_number(cost)}",
            f"unit cost of {old} {write_number(cell.unit_cost, 'en')} grown by "
            f"{write_number(inflation, 'en')}% a year comes to {write_number(cost, 'en')}",
        )
    )  # fmt: skip
    quantity = max(1.0, float(floor(wanted / exact + 1e-9))) if whole else wanted / exact
    bought = Text(f"{why.vi}; {priced.vi}", f"{why.en}; {priced.en}")
    times = Text(
        f"{write_number(quantity)} × đơn giá; {priced.vi}",
        f"{write_number(quantity, 'en')} × unit cost; {priced.en}",
    )
    return _Figure(quantity, cost, quantity * cost, bought, times)


def _given(new: NewLine, quantity: float) -> _Figure:
    why = Text("dòng mới, theo giả định", "new line, as assumed")
    return _Figure(quantity, new.unit_cost, quantity * new.unit_cost, why, why)


def _lines(plan: Plan, assumptions: Assumptions) -> pd.DataFrame:
    """The lines that go on, and the new ones after those of their section."""
    kept = plan.lines[~plan.lines["line"].isin(assumptions.ended)]
    sections = dict(zip(plan.sources["number"], plan.sources["source"], strict=True))
    known = dict(zip(plan.lines["label_vi"], plan.lines["activity"], strict=True))
    new = [
        (
            one.line, sections[one.line.rpartition(".")[0]], one.line.rpartition(".")[2],
            known.get(one.label_vi, f"{one.line}-{one.label_en}".lower().replace(" ", "-")),
            one.label_vi, one.label_en, one.unit, one.unit_en, None,
        )
        for one in assumptions.added
    ]  # fmt: skip
    lines = pd.concat([kept, tabulate(model.LINES, new)])
    order = {source: i for i, source in enumerate(plan.sources["source"])}
    return lines.sort_values("source", key=lambda column: column.map(order), kind="stable",
                             ignore_index=True)  # fmt: skip


def _name(plan: Plan, cycle: str, assumptions: Assumptions) -> Text:
    """What the draft is called: from what, and by which assumptions."""
    base = plan.variant or Text(f"kế hoạch {plan.cycle}", f"the plan of {plan.cycle}")
    vi = [f"giá tăng {write_number(assumptions.inflation_pct)}%/năm"]
    en = [f"prices rise by {write_number(assumptions.inflation_pct, 'en')}% a year"]
    compound = assumptions.amounts == "compound"
    vi.append("kinh phí tăng tiếp như trước" if compound else "kinh phí giữ giá trị thực")
    en.append("amounts grow on as before" if compound else "amounts hold their worth")
    if assumptions.at_norms:
        vi.append("đơn giá theo định mức")
        en.append("unit costs at the norms")
    if assumptions.ceilings:
        vi.append("có mức trần")
        en.append("under ceilings")
    return Text(
        f"Dự thảo {cycle} lập từ {base.vi}; giả định {', '.join(vi)}",
        f"Draft for {cycle} from {base.en}; assumed: {', '.join(en)}",
    )


def _plan(
    plan: Plan, cycle: str, lines: pd.DataFrame, figures: dict[At, _Figure], name: Text
) -> Plan:
    budget, quantities, origin = [], [], []
    where = f"{plan.cycle} → {cycle}"
    for row in lines.itertuples():
        who = (row.line, row.source, row.activity)
        for (line, year), figure in sorted(figures.items(), key=lambda item: item[0][1]):
            if line != row.line:
                continue
            budget.append((*who, year, figure.amount))
            why = figure.why_amount
            origin.append(("budget", line, year, where, why.vi, why.en, ""))
            if figure.quantity is not None:
                quantities.append((*who, row.unit, year, figure.quantity))
                why = figure.why_quantity
                origin.append(("quantities", line, year, where, why.vi, why.en, ""))
    used = plan.sources["source"].isin(set(lines["source"]))
    first, last = cycle.split("-")
    return replace(
        plan,
        cycle=cycle,
        title=re.sub(r"\d{4}(\s*[-–]\s*)\d{4}", rf"{first}\g<1>{last}", plan.title),
        number=None,
        issued=None,
        sources=plan.sources[used].reset_index(drop=True),
        lines=lines,
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, quantities),
        printed=tabulate(model.PRINTED, []),
        origin=tabulate(model.ORIGIN, origin),
        notes=(),
        targets=plan.targets[:0],
        variant=name,
    )


def _within_ceilings(draft: Plan, ceilings: tuple[Ceiling, ...]) -> Plan:
    """The draft with as many units as its ceilings allow."""
    if not ceilings:
        return draft
    kept = allocate(draft, ceilings, maximum=draft.quantities[["line", "year", "quantity"]]).plan
    why = Text("giảm cho vừa mức trần", "fewer, to keep within the ceiling")
    known = set(zip(kept.origin["line"], kept.origin["year"], strict=True))
    lost = draft.origin[
        [at not in known for at in zip(draft.origin["line"], draft.origin["year"], strict=True)]
    ]
    lost = lost.assign(
        place_vi=lost["place_vi"] + f"; {why.vi}", place_en=lost["place_en"] + f"; {why.en}"
    )
    return replace(
        kept,
        # What nothing is left of is not planned.
        budget=kept.budget[kept.budget["amount_million_vnd"] > 0].reset_index(drop=True),
        quantities=kept.quantities[kept.quantities["quantity"] > 0].reset_index(drop=True),
        origin=pd.concat([kept.origin, lost], ignore_index=True),
        variant=draft.variant,
    )
