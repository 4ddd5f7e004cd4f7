"""Which of a document's tables are the plan's; what is left out is named, never passed over."""

from collections import Counter
from math import isclose
from typing import NamedTuple

from kc_analysis.model import DataError, Finding, Text, Trouble
from kc_analysis.reading.grid import Document
from kc_analysis.reading.plan.cut import (
    Funds,
    Number,
    costed_lines,
    counted_lines,
    numbers_of,
)
from kc_analysis.reading.plan.letterhead import cycle_named
from kc_analysis.reading.plan.summaries import hold_summaries, without_summaries
from kc_analysis.reading.table.parts import Table, left_out
from kc_analysis.reading.table.relations import promote
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.vocabulary import Facets

#: The phases of a plan's figures; levels of a line's own.
PLANNED = ("plan", "adjusted", "allotted")
LINES = ("line", "second")


class Part(NamedTuple):
    """What one table has of a half of the plan."""

    settled: Settled
    numbers: list[Number]


class Half(NamedTuple):
    """One half of a plan: what it costs ("money"), or what it buys ("quantity")."""

    measure: str
    parts: list[Part]

    @property
    def numbers(self) -> list[Number]:
        """The numbers of all its tables."""
        return [number for part in self.parts for number in part.numbers]

    @property
    def years(self) -> list[int]:
        """The years of its columns and lines, in order."""
        headed = {
            said.year
            for part in self.parts
            for c in part.settled.table.values
            if (said := said_of(part.settled.table, c)).year
            and not said.period
            and (said.phase or "plan") in PLANNED
        }
        return sorted(headed | {n.year for n in self.numbers if n.year and n.level in LINES})


def said_of(table: Table, c: int) -> Facets:
    """What a column's headings and the table's title say of its numbers."""
    return table.columns[c].facets.within(table.said)


def choose(
    document: Document, settled: list[Settled]
) -> tuple[Half, Half, Funds, tuple[int, int] | None, list[Finding]]:
    """The plan's two halves, from two tables, the columns of one, or several that go together.

    Parameters
    ----------
    document : Document
    settled : list of Settled

    Returns
    -------
    money, work : Half
    funds : Funds
    cycle : tuple of int, optional
        The years of the plan that the decision names.
    findings : list of Finding
        A warning for each table that is left out, an error where it speaks against the plan.

    Raises
    ------
    DataError
        If there is none of what it costs or of what it buys, or two that say different things.
    """
    cycle = cycle_named(document.lines)
    outside: list[tuple[Table, Text]] = []
    kept: list[Settled] = []
    for one in settled:
        if why := _why_not(one.table, cycle):
            outside.append((one.table, why))
        else:
            kept.append(one)
    kept, summaries = without_summaries(kept)
    outside += [(one.table, _AS_SAID) for one in kept if one.table.counts == ()]
    kept = [one for one in kept if one.table.counts != ()]
    funds = Funds()
    promoted = {row.key for one in kept for row in one.table.rows if row.beside is not None}
    counted: set[str] = set()
    for one in kept:
        for r, row in enumerate(one.table.rows):
            if row.role == "second" and row.key in promoted and not row.given:
                promote(one.table, r)
        counted |= {one.table.rows[r].key for r in counted_lines(one.table)}
    money, work = Half("money", []), Half("quantity", [])
    for one in kept:
        for half, lines in (
            (money, costed_lines(one.table, counted)),
            (work, counted_lines(one.table)),
        ):
            said = one.table.counts
            if said and half.measure not in said:
                continue
            numbers = numbers_of(one, half.measure, lines, funds)
            of_lines = [number for number in numbers if number.level in LINES]
            if said and not of_lines:
                raise DataError([_no_such(one.table, half)])
            homeless = of_lines and not all(n.source for n in of_lines)
            if homeless and not said and _others_have(kept, one):
                outside.append((one.table, _NO_FUND))
                break
            if of_lines:
                half.parts.append(Part(one, numbers))
    used = {id(part.settled.table) for half in (money, work) for part in half.parts}
    told = used.union(id(table) for table, _ in outside)
    outside += [(one.table, _NO_NUMBERS) for one in kept if id(one.table) not in told]
    findings = [left_out(table, why) for table, why in outside]
    money, work = (_merged(half, findings) for half in (money, work))
    if not (money.parts and work.parts):
        plans = Text("một bảng của kế hoạch", "a table of the plan")
        reasons = [table.head.trouble("left-out", plans, why) for table, why in outside]
        raise DataError([_incomplete(settled, money, work), *reasons])
    findings += hold_summaries(summaries, money.numbers, funds)
    return money, work, funds, cycle, findings


_AS_SAID = Text("tệp bố cục ghi như vậy", "the layout says so")
_NO_NUMBERS = Text(
    "không có số kinh phí hay khối lượng của nội dung nào", "no line has money or quantities in it"
)
_NO_FUND = Text("không thuộc nguồn kinh phí nào", "it names no fund")


def _others_have(kept: list[Settled], one: Settled) -> bool:
    return any(
        any(row.is_fund or row.facets.source for row in other.table.rows) or other.table.said.source
        or any(c.facets.source for c in other.table.columns)
        for other in kept
        if other is not one
    )  # fmt: skip


def _why_not(table: Table, cycle: tuple[int, int] | None) -> Text | None:
    """Why a table is none of the plan's; None where it may be one, or a person says that it is."""
    if table.counts:
        return None
    if table.is_hidden:
        return Text("bảng ẩn", "a hidden table")
    years = {
        said.year for c in table.values if (said := said_of(table, c)).year and not said.period
    } | {row.facets.year for row in table.rows if row.facets.year}
    if table.said.phase in ("actual", "need"):
        return Text("kết quả của giai đoạn trước", "results of an earlier cycle")
    if not years:
        return Text("không có năm nào", "it names no year")
    if cycle:
        inside = {year for year in years if year and cycle[0] <= year <= cycle[1]}
        if not inside:
            return Text("của giai đoạn khác", "of another cycle")
    return None


def _merged(half: Half, findings: list[Finding]) -> Half:
    """A half without what a table only repeats of another.

    Raises
    ------
    DataError
        If two tables say different things of one line and year.
    """
    seen: dict[tuple[str, str, int | None], float] = {}
    repeated = []
    largest_first = sorted(half.parts, key=lambda part: -len(part.numbers))
    for part in largest_first:
        lines = [n for n in part.numbers if n.level in LINES and n.year]
        mine = {(n.key, n.source, n.year): n.value for n in lines}
        common = [place for place in mine if place in seen]
        if any(not isclose(seen[place], mine[place], rel_tol=1e-12) for place in common):
            raise DataError([_two(half)])
        if len(common) == len(mine):
            findings.append(left_out(part.settled.table, _REPEATED))
            repeated.append(part)
        elif common:
            raise DataError([_two(half)])
        seen |= mine
    kept = [part for part in half.parts if not any(part is other for other in repeated)]
    if len(kept) > 1:
        kept = _without_part_totals(kept)
    return half._replace(parts=kept)


def _without_part_totals(parts: list[Part]) -> list[Part]:
    """Totals over the years of one table, where the years of a line are cut over several."""
    totals = Counter(
        (n.key, n.source, n.level) for part in parts for n in part.numbers if n.year is None
    )
    return [
        part._replace(
            numbers=[
                n._replace(level="")
                if n.year is None and totals[n.key, n.source, n.level] > 1
                else n
                for n in part.numbers
            ]
        )
        for part in parts
    ]


_REPEATED = Text("lặp lại số của bảng khác", "it repeats figures of another table")
_NAMES = {
    "money": Text("bảng kinh phí", "of money"),
    "quantity": Text("bảng khối lượng", "of quantities"),
}
_EXPECTED = Text(
    "một bảng kinh phí và một bảng khối lượng (có cột ĐVT)",
    "one table of money and one table of quantities (with a column of units)",
)


def _two(half: Half) -> Trouble:
    found = Text(_listed(half, "vi"), _listed(half, "en"))
    return half.parts[0].settled.table.head.trouble("two-tables", _EXPECTED, found)


def _incomplete(settled: list[Settled], money: Half, work: Half) -> Trouble:
    found = Text(*(f"{_listed(money, lang)}, {_listed(work, lang)}" for lang in ("vi", "en")))
    return settled[0].table.head.trouble("half-a-plan", _EXPECTED, found)


def _no_such(table: Table, half: Half) -> Trouble:
    name = _NAMES[half.measure]
    expected = Text(f"{name.vi}, như tệp bố cục ghi", f"a table {name.en}, as the layout says")
    found = Text("không có số nào như vậy", "no such numbers")
    return table.head.trouble("half-a-plan", expected, found)


def _listed(half: Half, lang: str) -> str:
    heads = [part.settled.table.head for part in half.parts]
    places = ", ".join(head.file.place(head.at)[lang] for head in heads)
    return f"{len(heads)} {_NAMES[half.measure][lang]}" + (f" ({places})" if places else "")
