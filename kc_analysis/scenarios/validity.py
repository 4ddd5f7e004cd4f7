"""What can be wrong with a scenario, told all at once before anything is changed."""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.scenarios.ranges import KINDS, fault_of
from kc_analysis.scenarios.scenario import Change, Scenario
from kc_analysis.scenarios.steps import At, begin, place_of, selected


def validate(plan: Plan, scenario: Scenario) -> None:
    """See that a scenario speaks of what the plan has, and does not contradict itself.

    Parameters
    ----------
    plan : Plan
    scenario : Scenario
        Its bases are looked at too.

    Raises
    ------
    DataError
        With everything that is wrong, and what would be valid in its stead.
    """
    troubles = [trouble for part in scenario.chain for trouble in _troubles(plan, part)]
    if troubles:
        raise DataError(troubles)


def _troubles(plan: Plan, scenario: Scenario) -> Iterator[Trouble]:
    place = same(f"{scenario.name}.toml")
    if scenario.cycle != plan.cycle:
        yield Trouble(
            place,
            Text(f"kịch bản cho giai đoạn {plan.cycle}", f"a scenario for the cycle {plan.cycle}"),
            same(scenario.cycle),
        )
        return
    steps = begin(plan)
    known: dict[str, list[Any]] = {
        "source": plan.sources["source"].tolist(),
        "line": plan.lines["line"].tolist(),
        "activity": list(dict.fromkeys(plan.lines["activity"])),
        "years": list(plan.years),
    }
    fixed: dict[At, dict[str, int]] = {}
    for number, change in enumerate(scenario.changes):
        place = place_of(scenario, number)
        wrong = [*_unknown(place, change, known), *_unfit(place, change)]
        yield from wrong
        chosen = list(selected(steps, change))
        if not wrong and not chosen:
            yield Trouble(
                place,
                Text("những điều kiện chọn cùng đúng với một dòng", "conditions that a line meets"),
                Text("không có dòng nào", "no such line"),
            )
        for at in chosen:
            before = fixed.setdefault(at, {})
            earlier = before.get(change.of) if change.by == "set" else None
            if change.of != "amount":
                # A set amount that another change would then alter was never meant to stay set.
                earlier = before.get("amount", earlier)
            elif change.by == "set" and change.gives_way:
                earlier = before.get(change.gives_way, earlier)
            if earlier is not None:
                line, year = at
                yield Trouble(
                    place,
                    Text("không trái với thay đổi trước", "no contradiction of an earlier change"),
                    Text(
                        f"dòng {line} năm {year} đã được thay đổi {earlier + 1} đặt cố định",
                        f"change {earlier + 1} has already set line {line} in {year}",
                    ),
                )
                break
            if change.by == "set":
                before[change.of] = number
    for ceiling in scenario.ceilings:
        where = Text(f"{scenario.name}.toml, mức trần", f"{scenario.name}.toml, ceiling")
        asked: dict[str, list[Any]] = {
            "source": [ceiling.source] if ceiling.source else [],
            "years": [ceiling.year],
        }
        for name, ids in asked.items():
            yield from _outside(where, name, ids, known[name])
        if not (isfinite(ceiling.amount_million_vnd) and ceiling.amount_million_vnd >= 0):
            expected = Text("số không âm", "no less than 0")
            yield Trouble(where, expected, same(str(ceiling.amount_million_vnd)))


def _unknown(place: Text, change: Change, known: dict[str, list[Any]]) -> Iterator[Trouble]:
    for name, valid in known.items():
        yield from _outside(place, name, getattr(change, name), valid)


def _outside(
    place: Text, name: str, ids: Iterable[object], valid: list[object]
) -> Iterator[Trouble]:
    for one in ids:
        if one not in valid:
            choice = ", ".join(map(str, valid))
            expected = Text(f"{name} là một trong: {choice}", f"{name} to be one of: {choice}")
            yield Trouble(place, expected, same(f"“{one}”"))


def _unfit(place: Text, change: Change) -> Iterator[Trouble]:
    """What in a change goes not together with the rest of it."""

    def trouble(expected: Text, found: object) -> Trouble:
        return Trouble(place, expected, same(str(found)))

    if not change.years:
        yield trouble(Text("ít nhất một năm ở “years”", "at least one year in “years”"), "[]")
    if (change.of == "amount") != (change.gives_way is not None):
        yield trouble(
            Text(
                "gives_way = “quantity” hoặc “unit_cost” khi, và chỉ khi, of = “amount”",
                "gives_way = “quantity” or “unit_cost” if, and only if, of = “amount”",
            ),
            f"of = “{change.of}”, gives_way = {change.gives_way or '–'}",
        )
    grows = change.by == "grow_pct"
    early = change.from_year is not None and change.from_year <= min(change.years, default=0)
    if grows != (change.from_year is not None) or (grows and not early):
        yield trouble(
            Text(
                "from_year không sau năm đầu trong “years” khi, và chỉ khi, có grow_pct",
                "from_year no later than the first of “years” if, and only if, grow_pct is given",
            ),
            f"from_year = {change.from_year or '–'}",
        )
    least = -100 if grows else 0
    if isinstance(change.value, KINDS):
        low = min(vars(change.value).values())
        if fault := fault_of(change.value):
            yield trouble(fault, change.value)
    else:
        low = change.value
    if not isfinite(low) or (change.by != "add" and low < least):
        yield trouble(Text(f"{change.by} từ {least}", f"{change.by} of {least} or more"), low)
    if change.independent and not isinstance(change.value, KINDS):
        yield trouble(Text("một khoảng giá trị", "a range"), change.value)
    apart = set(change.independent)
    if not 0 <= change.correlation < 1 or (change.correlation and "line" not in apart):
        yield trouble(
            Text(
                "correlation từ 0 đến dưới 1, và independent có “line”",
                "correlation from 0 to below 1, and “line” in independent",
            ),
            f"{change.correlation}, {list(change.independent)}",
        )
