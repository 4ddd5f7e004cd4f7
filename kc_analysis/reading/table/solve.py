"""The reading of a document's tables that most of their sums bear out."""

from typing import NamedTuple

from kc_analysis.numerals import Marks
from kc_analysis.reading.table.marks import marks_for, marks_of, read_values
from kc_analysis.reading.table.nesting import inherit, nest
from kc_analysis.reading.table.parts import Table
from kc_analysis.reading.table.relations import relate, set_scopes
from kc_analysis.reading.table.sums import Sum, Values, holds, sums_of
from kc_analysis.reading.vocabulary import money_unit


class Settled(NamedTuple):
    """A table with its numbers by row and column, its marks, and the sums that it promises."""

    table: Table
    values: Values
    marks: Marks
    sums: list[Sum]


def settle(tables: list[Table], thousands: str | None = None) -> list[Settled]:
    """Read all numbers of a document's tables, under the marks and outline that sums bear out.

    Parameters
    ----------
    tables : list of Table
        Their rows' roles and parents are set.
    thousands : {".", ","}, optional
        The mark between thousands, where a reader knows it.

    Returns
    -------
    list of Settled

    Raises
    ------
    DataError
        If nothing decides what the marks mean.
    """
    for table in tables:
        table.implied = _implied(table)
        set_scopes(table)
    if thousands:
        chosen = [table.marks or marks_of(thousands) for table in tables]
    else:
        chosen = marks_for(tables)
    settled = []
    for table, marks in zip(tables, chosen, strict=True):
        values = read_values(table, marks)
        _of_money(table, values)
        nest(table, values)
        inherit(table.rows)
        relate(table, values)
        settled.append(Settled(table, values, marks, sums_of(table)))
    return settled


def _implied(table: Table) -> str:
    """What a table's numbers are of where neither column nor row tells; "" where nothing does."""
    units = {row.unit for row in table.rows if row.unit}
    if units:
        of_money = {bool(money_unit(unit)) for unit in units}
        if of_money == {True}:
            return "money"
        return "quantity" if of_money == {False} else ""
    if table.said.measure in ("money", "quantity"):
        return table.said.measure
    if table.said.money or table.said.source or any(row.is_fund for row in table.rows):
        return "money"
    return "quantity" if any(column.unit for column in table.columns) else ""


def _of_money(table: Table, values: Values) -> None:
    """A table of money may tell the units of the work: then rows of unlike units add up."""
    said = table.said
    if table.implied != "quantity" or said.measure == "quantity":
        return
    if not said.money and said.measure != "money":
        return
    table.implied = "money"
    unlike = [
        promise
        for promise in sums_of(table)
        if len({table.rows[r].unit for r, _ in promise.parts}) > 1
        and not table.columns[promise.total[1]].facets.measure
    ]
    if 2 * sum(holds(promise, values) for promise in unlike) <= len(unlike):
        table.implied = "quantity"
