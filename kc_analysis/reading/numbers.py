"""Cells become numbers, once it is settled what the marks in them mean."""

from collections.abc import Iterator
from math import isclose, nan

from kc_analysis.model import DataError, Finding, Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE, Marks, is_marked, marks_shown
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.rows import Row
from kc_analysis.reading.sums import Place, Sum, sums
from kc_analysis.reading.tables import Table

Values = dict[Place, float]


def read_numbers(
    document: Document, tables: list[Table], thousands: str | None, troubles: list[Trouble]
) -> tuple[list[Values], Marks, list[Finding]]:
    """The numbers of all tables, the marks that they are written with, and how that is known.

    Parameters
    ----------
    document : Document
    tables : list of Table
    thousands : {".", ","}, optional
        The thousands mark, where a reader knows it; else the document decides.
    troubles : list of Trouble
        Gets every cell that holds no number.

    Returns
    -------
    values : list of dict
        For each table, its numbers by row and column.
    marks : Marks
    notes : list of Finding
        What decided the marks, where there are any.

    Raises
    ------
    DataError
        If nothing decides what the marks mean.
    """
    readings = {marks: [_read(table, marks) for table in tables] for marks in (VIETNAMESE, ENGLISH)}
    if thousands:
        marks, notes = (VIETNAMESE if thousands == "." else ENGLISH), list[Finding]()
    else:
        marks, notes = _settle(document, tables, readings)
    for table, values in zip(tables, readings[marks], strict=True):
        troubles += _unread(document, table, values, marks)
    return readings[marks], marks, notes


def _read(table: Table, marks: Marks) -> Values:
    """The numbers that a table's cells store, or print under these marks; no others."""
    values = {}
    for r, row in enumerate(table.rows):
        for i, cell in row.cells.items():
            if cell.value is not None:
                values[r, i] = cell.value
                continue
            try:
                values[r, i] = marks.parse(_figure(cell, row))
            except ValueError:
                continue
    return values


def _figure(cell: Cell, row: Row) -> str:
    """A cell's text without a footnote's mark, and without the row's unit ("02 lớp")."""
    text = words.without_footnote(cell.text)
    counted = bool(row.unit) and text.casefold().endswith(row.unit.casefold())
    return text[: -len(row.unit)].rstrip() if counted else text


def _unread(document: Document, table: Table, values: Values, marks: Marks) -> Iterator[Trouble]:
    sample = "1.250,5" if marks == VIETNAMESE else "1,250.5"
    expected = Text(f"một số như {sample}", f"a number such as {sample}")
    for r, row in enumerate(table.rows):
        for i, cell in row.cells.items():
            if (r, i) not in values:
                yield document.trouble(cell, expected)


def _settle(
    document: Document, tables: list[Table], readings: dict[Marks, list[Values]]
) -> tuple[Marks, list[Finding]]:
    """Which marks the document uses: what its totals bear out, else what is beyond doubt in it."""
    marked = [
        (cell, text)
        for table in tables
        for row in table.rows
        for cell in row.cells.values()
        if cell.value is None and is_marked(text := _figure(cell, row))
    ]
    if not marked:
        return VIETNAMESE, []
    shown: dict[Marks, list[Cell]] = {VIETNAMESE: [], ENGLISH: []}
    for cell, text in marked:
        if (marks := marks_shown(text)) is not None:
            shown[marks].append(cell)
    borne_out = _borne_out(tables, readings)
    if borne_out[VIETNAMESE] != borne_out[ENGLISH]:
        chosen = max(borne_out, key=lambda marks: borne_out[marks])
        count, witness = borne_out[chosen], marked[0][0]
        because = Text(
            f"{count} số tổng chỉ khớp khi đọc như vậy", f"{count} totals agree only when read so"
        )
    elif bool(shown[VIETNAMESE]) != bool(shown[ENGLISH]):
        chosen = VIETNAMESE if shown[VIETNAMESE] else ENGLISH
        witness = shown[chosen][0]
        because = Text(f"“{witness.text}” chỉ đọc được như vậy", f"“{witness.text}” reads only so")
    else:
        examples = [cells[0] for cells in shown.values() if cells] or [marked[0][0]]
        quoted = " / ".join(f"“{cell.text}”" for cell in examples)
        expected = Text(
            "điều gì đó cho biết dấu nào tách hàng nghìn: số tổng, hoặc một số như 1.250,5; "
            "nếu biết, hãy nêu rõ: --thousands . hoặc --thousands ,",
            "something that tells which mark separates thousands: a total, or a number such as "
            "1.250,5; if you know it, say so: --thousands . or --thousands ,",
        )
        raise DataError([document.trouble(examples[-1], expected, same(quoted))])
    note = Finding(
        rule="thousands-mark",
        severity="note",
        table="",
        line="",
        year=None,
        expected=nan,
        found=nan,
        place=document.where(witness),
        message=Text(
            f"Dấu “{chosen.thousands}” tách hàng nghìn, “{chosen.decimal}” tách phần thập phân: "
            f"{because.vi}",
            f"“{chosen.thousands}” separates thousands and “{chosen.decimal}” decimals: "
            f"{because.en}",
        ),
    )
    return chosen, [note]


def _borne_out(tables: list[Table], readings: dict[Marks, list[Values]]) -> dict[Marks, int]:
    """How many totals agree under one meaning of the marks and not under the other."""
    count = dict.fromkeys(readings, 0)
    for k, table in enumerate(tables):
        for promise in sums(table):
            agree = [marks for marks in readings if _adds_up(promise, readings[marks][k])]
            if len(agree) == 1:
                count[agree[0]] += 1
    return count


def _adds_up(promise: Sum, values: Values) -> bool:
    try:
        total, parts = values[promise.total], sum([values[part] for part in promise.parts])
    except KeyError:
        return False
    return isclose(total, parts, rel_tol=1e-13, abs_tol=1e-8)
