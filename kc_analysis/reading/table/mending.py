"""Damage that the printed totals convict, and what they prove the figure to have been.

Two kinds are told beyond doubt. A spreadsheet opened under other settings has stored "1.056" as the
number 1.056: the totals agree only when some figures are a thousandfold. And one wrong figure
breaks every total that it is part of by the same amount, and no other. What several readings would
explain is left alone: a wrong repair is worse than an error.
"""

from collections import defaultdict
from collections.abc import Iterator
from math import isclose
from typing import NamedTuple

from kc_analysis.model import Finding, Text
from kc_analysis.numerals import write_number
from kc_analysis.reading.table.parts import Table, finding
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.table.sums import Place, Sum, Values, columns_added, rest_of

#: More ways to add up than this are not tried, nor more figures for the one that is wrong beside
#: others that are a thousandfold too small.
_WAYS = 20_000
_SUSPECTS = 300
#: As many sums may disagree where one total is wrong: what it adds up, and what adds it up.
_ONE_TOTAL = 2

_PROOF = {
    "vi": ("tổng của dòng {row}", "tổng dọc ở dòng {row}, cột {column}"),
    "en": ("the total along row {row}", "the total down to row {row}, column {column}"),
}


class Repair(NamedTuple):
    """A figure that the totals convict: its place, what it should be, which totals prove it."""

    place: Place
    becomes: float
    proofs: list[Sum]


def mend(settled: list[Settled], *, apply: bool) -> tuple[list[Settled], list[Finding]]:
    """Find the damage in all tables; put it right if asked to.

    Parameters
    ----------
    settled : list of Settled
    apply : bool

    Returns
    -------
    settled : list of Settled
        As given, or with the repairs.
    findings : list of Finding
        One for each damaged figure: an error if it stays, a warning if it was put right.
    """
    mended, findings = [], []
    for one in settled:
        repairs = list(damage(one))
        findings += [_finding(one, repair, apply) for repair in repairs]
        put_right = {repair.place: repair.becomes for repair in repairs} if apply else {}
        mended.append(one._replace(values={**one.values, **put_right}) if put_right else one)
    return mended, findings


def damage(settled: Settled) -> Iterator[Repair]:
    """The figures of a table that its totals convict.

    Parameters
    ----------
    settled : Settled
        The table, its numbers by row and column, and its sums.

    Yields
    ------
    Repair
    """
    table, values = settled.table, settled.values
    known = values.keys()
    promises = [s for s in settled.sums if s.total in known and known >= set(s.parts)]
    if not any(rest_of(promise, values) for promise in promises):
        return
    # One figure that explains everything is likelier than many.
    if alone := [] if _has_gaps(table) else list(_single(promises, values)):
        yield from alone
        return
    stored = [p for p in values if table.rows[p[0]].cells[p[1]].value is not None]
    scaled = _thousandfold(promises, values, stored)
    values = {**values, **{place: 1000 * values[place] for place in scaled}}
    for place in scaled:
        proofs = [s for s in promises if place in (s.total, *s.parts)]
        yield Repair(place, values[place], proofs)
    if not _has_gaps(table):
        yield from _single(promises, values)


def _has_gaps(table: Table) -> bool:
    """Whether a column of totals lacks one: then more than one figure is wrong, as in a slip."""
    for whole, parts in columns_added(table):
        summed = [row for row in table.rows if any(c in row.cells for c in parts)]
        blank = [row for row in summed if whole not in row.cells]
        if blank and len(blank) < len(summed):
            return True
    return False


def _thousandfold(promises: list[Sum], values: Values, stored: list[Place]) -> list[Place]:
    """The stored numbers that the totals require to be a thousand times as large."""
    thousandths = {place: round(1000 * value) for place, value in values.items()}
    choices: dict[Place, tuple[int, ...]] = dict.fromkeys(values, (1,))
    for place in stored:
        # Only what a thousands mark could have made: below 1000, at most three decimals.
        value = values[place]
        if 0 < abs(value) < 1000 and isclose(1000 * value, thousandths[place], rel_tol=1e-12):
            choices[place] = (1, 1000)
    if (1, 1000) not in choices.values():
        return []
    scaled = _forced(promises, thousandths, choices)
    if scaled is None and len(values) <= _SUSPECTS:
        # A wrong figure of another kind stands among them. Whichever it is, its totals prove
        # nothing, and what the others require all the same is required.
        worlds = [
            _forced([p for p in promises if place not in (p.total, *p.parts)], thousandths, choices)
            for place in values
        ]
        possible = [world for world in worlds if world is not None]
        scaled = set.intersection(*possible) if possible else None
    # All the parts of one total may as well be right, and it a thousandfold too large; and so may
    # whole numbers.
    broken = [promise for promise in promises if rest_of(promise, values)]
    one_total = any(scaled == set(promise.parts) for promise in broken)
    fractions = any(values[place] % 1 for place in scaled or ())
    if scaled and (len(broken) > _ONE_TOTAL or (fractions and not one_total)):
        return [place for place in stored if place in scaled]
    return []


def _forced(
    promises: list[Sum], amounts: dict[Place, int], choices: dict[Place, tuple[int, ...]]
) -> set[Place] | None:
    """What must be a thousandfold for the totals to agree; None where they cannot."""
    choices = dict(choices)
    if not _narrow(promises, amounts, choices):
        return None
    for place in [place for place, factors in choices.items() if len(factors) == 2]:
        # Forced all the same, where the totals cannot agree while the figure stays as it is.
        for factor, other in ((1, 1000), (1000, 1)):
            if len(choices[place]) == 2:
                trial = {**choices, place: (factor,)}
                if not _narrow(promises, amounts, trial):
                    choices[place] = (other,)
                    _narrow(promises, amounts, choices)
    return {place for place, factors in choices.items() if factors == (1000,)}


def _narrow(
    promises: list[Sum], amounts: dict[Place, int], choices: dict[Place, tuple[int, ...]]
) -> bool:
    """Strike out the factors with which a sum cannot agree; False if one is left with none."""
    waiting = list(promises)
    while waiting:
        changed = set()
        for promise in waiting:
            signed = [(promise.total, -1), *((part, 1) for part in promise.parts)]
            kept = _supported(signed, amounts, choices)
            if kept is None:
                continue
            for place, factors in kept.items():
                if not factors:
                    return False
                if factors != choices[place]:
                    choices[place] = factors
                    changed.add(place)
        waiting = [p for p in promises if changed.intersection((p.total, *p.parts))]
    return True


def _supported(
    signed: list[tuple[Place, int]],
    amounts: dict[Place, int],
    choices: dict[Place, tuple[int, ...]],
) -> dict[Place, tuple[int, ...]] | None:
    """For each figure of a sum, the factors with which the others can make it nothing in all."""
    forward: list[set[int]] = [{0}]
    for place, sign in signed:
        step = {s + sign * f * amounts[place] for s in forward[-1] for f in choices[place]}
        if len(step) > _WAYS:
            return None
        forward.append(step)
    needed = {0}
    kept = {}
    for (place, sign), before in zip(reversed(signed), reversed(forward[:-1]), strict=True):
        kept[place] = tuple(
            f
            for f in choices[place]
            if any(n - sign * f * amounts[place] in before for n in needed)
        )
        needed = {
            n - sign * f * amounts[place]
            for n in needed
            for f in kept[place]
            if n - sign * f * amounts[place] in before
        }
    return kept


def _single(promises: list[Sum], values: Values) -> Iterator[Repair]:
    """The one figure that alone explains all the broken totals, where no other would."""
    part_of: dict[Place, set[int]] = defaultdict(set)
    for k, promise in enumerate(promises):
        for place in (promise.total, *promise.parts):
            part_of[place].add(k)
    rests = [rest_of(promise, values) for promise in promises]
    broken = {k for k, rest in enumerate(rests) if rest}
    # One broken total alone has many explanations; figures that break several totals apart from
    # each other (a row moved by a column, say) are no single slip.
    if len(broken) < 2:
        return
    convicted = []
    for place in (place for place, ks in part_of.items() if ks == broken):
        # A part that is too small leaves its total over; a total that is too small, the parts.
        becomes = [
            values[place] + (-rests[k] if promises[k].total == place else rests[k])
            for k in sorted(broken)
        ]
        if becomes[0] > 0 and all(isclose(becomes[0], b, abs_tol=1e-6) for b in becomes):
            convicted.append(
                Repair(place, round(becomes[0], 7), [promises[k] for k in sorted(broken)])
            )
    if len(convicted) == 1:
        yield convicted[0]


def _finding(settled: Settled, repair: Repair, applied: bool) -> Finding:
    table = settled.table
    row, column = table.rows[repair.place[0]], repair.place[1]
    cell = row.cells[column]
    read, becomes = settled.values[repair.place], repair.becomes
    proofs = {lang: "; ".join(_named(table, p, lang) for p in repair.proofs) for lang in _PROOF}
    message = Text(
        f"“{cell.text}” đọc là {write_number(read, 'vi')}, "
        f"{'đã sửa thành' if applied else 'phải là'} {write_number(becomes, 'vi')}: "
        f"chứng minh bởi {proofs['vi']}",
        f"“{cell.text}” reads {write_number(read, 'en')} and "
        f"{'was put right to' if applied else 'must be'} {write_number(becomes, 'en')}: "
        f"proved by {proofs['en']}",
    )
    return finding(
        "repaired" if applied else "damaged",
        "warning" if applied else "error",
        cell,
        message,
        "budget" if table.measure(row, column) == "money" else "quantities",
        row.name,
        table.columns[column].facets.year,
        becomes,
        read,
    )


def _named(table: Table, promise: Sum, lang: str) -> str:
    """A total in words: of a row's years, or of the rows above or below it."""
    r, i = promise.total
    along, down = _PROOF[lang]
    words = along if all(part[0] == r for part in promise.parts) else down
    return words.format(row=table.rows[r].name, column=table.columns[i].heading)
