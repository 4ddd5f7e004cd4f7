"""A document read as far as it goes: what each table is taken for, and why it goes no further."""

from pathlib import Path
from typing import NamedTuple

from kc_analysis.model import DataError, Finding, Trouble
from kc_analysis.numerals import ENGLISH, VIETNAMESE
from kc_analysis.reading.cells import tables_in
from kc_analysis.reading.grid import Document
from kc_analysis.reading.plan.choice import choose
from kc_analysis.reading.plan.cut import Fund, Number
from kc_analysis.reading.table.marks import read_values
from kc_analysis.reading.table.parts import Table
from kc_analysis.reading.table.solve import Settled, settle
from kc_analysis.reading.table.sums import Values, sums_of


class Taken(NamedTuple):
    """A table, and what it is taken for.

    Attributes
    ----------
    settled : Settled
    is_settled : bool
        False where nothing decides what the marks mean; what hangs on them is then not read.
    counts : tuple of str, optional
        Of what half of the plan it is, "money" or "quantity"; none, or both. None where the halves
        could not be told.
    numbers : list of Number
        Those that it has of the plan.
    left_out : Finding, optional
        Why it is none of the plan's, where that was found.
    """

    settled: Settled
    is_settled: bool
    counts: tuple[str, ...] | None
    numbers: list[Number]
    left_out: Finding | None


class Attempt(NamedTuple):
    """A document's tables as far as they were read, its funds by source, and what stopped it."""

    document: Document
    tables: list[Taken]
    funds: dict[str, Fund]
    troubles: tuple[Trouble, ...]


def attempt(
    document: Document, layout: Path | None = None, *, thousands: str | None = None
) -> Attempt:
    """Read a document as ``read_plan`` does, as far as it goes.

    Raises
    ------
    DataError
        If there is no table of numbers, or if the layout is not the document's.
    """
    tables, _ = tables_in(document, layout)
    try:
        settled = settle(tables, thousands)
    except DataError as error:
        unsettled = [Settled(t, _sure(t), VIETNAMESE, sums_of(t)) for t in tables]
        taken = [Taken(one, False, one.table.counts, [], None) for one in unsettled]
        return Attempt(document, taken, {}, error.troubles)
    try:
        money, work, funds, _, findings = choose(document, settled)
    except DataError as error:
        taken = [Taken(one, True, one.table.counts, [], None) for one in settled]
        return Attempt(document, taken, {}, error.troubles)
    left_out = {f.place: f for f in findings if f.rule == "table-left-out"}
    taken = []
    for one in settled:
        halves = [
            (half.measure, part.numbers)
            for half in (money, work)
            for part in half.parts
            if part.settled.table is one.table
        ]
        counts = tuple(measure for measure, _ in halves)
        numbers = [number for _, of_half in halves for number in of_half]
        why = left_out.get(one.table.head.where)
        taken.append(Taken(one, True, counts, numbers, why))
    return Attempt(document, taken, funds.by_source, ())


def _sure(table: Table) -> Values:
    """The numbers that are the same whatever the marks mean."""
    one, other = (read_values(table, marks) for marks in (VIETNAMESE, ENGLISH))
    return {place: value for place, value in one.items() if other.get(place) == value}
