"""The next cycle, drafted from the last by declared assumptions."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from kc_analysis import model
from kc_analysis.model import Plan, Text, tabulate
from kc_analysis.numerals import write_number
from kc_analysis.scenarios.allocation import allocate
from kc_analysis.scenarios.assumptions import Assumptions, NewLine, fit, years_of
from kc_analysis.scenarios.carried import Carried, carry, prices
from kc_analysis.scenarios.draft_notes import name, notes
from kc_analysis.scenarios.paths import paths
from kc_analysis.scenarios.placing import At, Bought, place
from kc_analysis.scenarios.scenario import Ceiling


class _Figure(NamedTuple):
    """A line's quantity and amount in a year, and the assumptions that made them."""

    quantity: float | None
    amount: float
    why_quantity: Text
    why_amount: Text


def draft_cycle(
    plan: Plan,
    cycle: str,
    assumptions: Assumptions,
    norms: pd.DataFrame | None = None,
    cpi: pd.DataFrame | None = None,
    unfinished: Mapping[str, float] | None = None,
) -> Plan:
    """Draft a plan for the years to come.

    Each source's money grows as a whole from the plan's last year on, and buys whole units, year by
    year: work that is unfinished first, then lines whose quantity was the same in every year, which
    stay so; the rest is shared out by what each line had on average in a year, in constant prices.
    What whole units leave goes on to the source's next year, and is told in the end. The first year
    is not below the plan's last, unless the money is.

    A line that was planned in the even years, or in the odd ones, is so again; any other keeps its
    places in the cycle. A unit costs what it did on average in constant prices, grown with prices
    (to whole millions, if it is not small), and no more than the norm. A source that has nothing in
    its first or last year is taken not to grow.

    Parameters
    ----------
    plan : Plan
        The last cycle's, approved or a scenario.
    cycle : str
        First and last year, ``"2026-2030"``.
    assumptions : Assumptions
    norms : DataFrame, optional
        As ``load_norms`` gives them; without them no unit cost is held against a norm.
    cpi : DataFrame, optional
        As ``load_cpi`` gives it; where a year is not in it, prices rise as is assumed.
    unfinished : mapping of str to float, optional
        By line, the quantity (or the million VND, of a line without quantities) that the last
        cycle planned and did not carry out, as ``unfinished`` gives it.

    Returns
    -------
    Plan
        ``trace`` gives, for each figure, the assumption that made it; the notes tell the growth
        that results, what is left unplaced, and where a norm binds or is passed.

    Raises
    ------
    DataError
        If the cycle does not come after the plan's, or with what does not fit in the assumptions.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> draft = kc.draft_cycle(
    ...     kc.load_plan("2021-2025"), "2026-2030", kc.Assumptions(inflation_pct=3.3),
    ...     kc.load_norms(), kc.load_cpi(),
    ... )
    >>> draft.budget.query("line == 'I.2'")["year"].tolist()  # the product vote, in even years
    [2026, 2028, 2030]
    """
    years = years_of(cycle, plan)
    unfinished = unfinished or {}
    fit(plan, years, assumptions)
    level = prices(plan, years, assumptions.inflation_pct, cpi)
    money = paths(plan, years, assumptions, level)
    carried = carry(plan, years, assumptions, level, norms, unfinished)
    lines = _lines(plan, assumptions)
    figures: dict[At, _Figure] = {}
    short: dict[At, float] = {}
    for source, path in money.items():
        given = _taken(plan, source, years, assumptions.added)
        left = {year: round(path.money[year] - given[year], 6) for year in years}
        of_source = carried[source]
        least = min(path.last, path.money[years[0]]) - given[years[0]]
        placed = place(left, [one.demand for one in of_source], least)
        before = dict(zip(years, (0.0, *placed.handed_on.values()), strict=False))
        of_line = {one.demand.line: one for one in of_source}
        for (line, year), bought in placed.bought.items():
            why = path.told(year, before[year])
            figures[line, year] = _figure(of_line[line], year, bought, why)
        short |= {at: units * of_line[at[0]].step for at, units in placed.short.items()}
    for new in assumptions.added:
        for year, quantity in new.quantities.items():
            figures[new.line, year] = _given(new, quantity)
    draft = _within_ceilings(_plan(plan, cycle, lines, figures), assumptions.ceilings)
    told = notes(plan, draft, money, carried, norms, assumptions, unfinished, short)
    return replace(draft, variant=name(plan, draft, assumptions), notes=told)


def _taken(
    plan: Plan, source: str, years: list[int], added: tuple[NewLine, ...]
) -> dict[int, float]:
    """What the new lines of a source take of its money."""
    (number,) = plan.sources.loc[plan.sources["source"] == source, "number"]
    own = [one for one in added if one.line.rpartition(".")[0] == number]
    return {
        year: sum(one.quantities.get(year, 0.0) * one.unit_cost for one in own) for year in years
    }


def _figure(line: Carried, year: int, bought: Bought, money: Text) -> _Figure:
    vi, en = [], []

    def tell(units: int, what: Text) -> None:
        if units:
            quantity = round(units * line.step, 3)
            vi.append(f"{write_number(quantity)} {what.vi}")
            en.append(f"{write_number(quantity, 'en')} {what.en}")

    tell(bought.due, Text("chưa xong của giai đoạn trước", "unfinished of the last cycle"))
    tell(bought.flat, Text("như mỗi năm trước đây", "as in each year before"))
    if bought.share is not None:
        share = [write_number(round(bought.share, 1), lang) for lang in ("vi", "en")]
        tell(bought.shared, Text(f"từ phần {share[0]} của {money.vi}",
                                 f"from a part of {share[1]} of {money.en}"))  # fmt: skip
    why = Text(", ".join(vi), ", ".join(en))
    quantity = round(bought.units * line.step, 3)
    if not line.costs:
        return _Figure(None, quantity, Text("", ""), why)
    priced = line.priced[year]
    times = Text(
        f"{write_number(quantity)} × đơn giá; {priced.vi}",
        f"{write_number(quantity, 'en')} × unit cost; {priced.en}",
    )
    because = Text(f"{why.vi}; {priced.vi}", f"{why.en}; {priced.en}")
    return _Figure(quantity, round(quantity * line.costs[year], 6), because, times)


def _given(new: NewLine, quantity: float) -> _Figure:
    why = Text("dòng mới, theo giả định", "new line, as assumed")
    return _Figure(quantity, quantity * new.unit_cost, why, why)


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


def _plan(plan: Plan, cycle: str, lines: pd.DataFrame, figures: dict[At, _Figure]) -> Plan:
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
    )
