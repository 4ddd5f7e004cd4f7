"""Cells become numbers, once it is settled what the marks in them mean."""

from math import isclose, nan

from kc_analysis.model import DataError, Finding, Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE, Marks, is_marked, marks_shown
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.sums import Place, sums
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
    if thousands:
        marks, notes = (VIETNAMESE if thousands == "." else ENGLISH), list[Finding]()
    else:
        marks, notes = _settle(document, tables)
    values = [_values(document, table, marks, troubles) for table in tables]
    return values, marks, notes


def number_in(cell: Cell, marks: Marks) -> float:
    """The number that a cell stores or prints.

    Raises
    ------
    ValueError
        If it is none.
    """
    return cell.value if cell.value is not None else marks.parse(words.without_footnote(cell.text))


def _values(document: Document, table: Table, marks: Marks, troubles: list[Trouble]) -> Values:
    values = {}
    for r, row in enumerate(table.rows):
        for i, cell in row.cells.items():
            try:
                values[r, i] = number_in(cell, marks)
            except ValueError:
                sample = "1.250,5" if marks == VIETNAMESE else "1,250.5"
                expected = Text(f"một số như {sample}", f"a number such as {sample}")
                troubles.append(document.trouble(cell, expected))
    return values


def _settle(document: Document, tables: list[Table]) -> tuple[Marks, list[Finding]]:
    """Which marks the document uses: what its totals bear out, else what is beyond doubt in it."""
    marked = [
        cell
        for table in tables
        for row in table.rows
        for cell in row.cells.values()
        if cell.value is None and is_marked(cell.text)
    ]
    if not marked:
        return VIETNAMESE, []
    shown: dict[Marks, list[Cell]] = {VIETNAMESE: [], ENGLISH: []}
    for cell in marked:
        if (marks := marks_shown(words.without_footnote(cell.text))) is not None:
            shown[marks].append(cell)
    borne_out = _borne_out(tables)
    if borne_out[VIETNAMESE] != borne_out[ENGLISH]:
        chosen = max(borne_out, key=lambda marks: borne_out[marks])
        count, witness = borne_out[chosen], marked[0]
        because = Text(
            f"{count} số tổng chỉ khớp khi đọc như vậy", f"{count} totals agree only when read so"
        )
    elif bool(shown[VIETNAMESE]) != bool(shown[ENGLISH]):
        chosen = VIETNAMESE if shown[VIETNAMESE] else ENGLISH
        witness = shown[chosen][0]
        because = Text(f"“{witness.text}” chỉ đọc được như vậy", f"“{witness.text}” reads only so")
    else:
        examples = [cells[0] for cells in shown.values() if cells] or marked[:1]
        quoted = " / ".join(f"“{cell.text}”" for cell in examples)
        expected = Text(
            "điều gì đó cho biết dấu nào tách hàng nghìn: số tổng, hoặc một số như 1.250,5; "
            "nếu biết, hãy nêu rõ (thousands=“.”)",
            "something that tells which mark separates thousands: a total, or a number such as "
            "1.250,5; if you know it, say so (thousands=“.”)",
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


def _borne_out(tables: list[Table]) -> dict[Marks, int]:
    """How many totals agree under one meaning of the marks and not under the other."""
    count = {VIETNAMESE: 0, ENGLISH: 0}
    for table in tables:
        for item in sums(table):
            cells = [table.rows[r].cells[i] for r, i in (item.total, *item.parts)]
            if not any(cell.value is None and is_marked(cell.text) for cell in cells):
                continue
            agree = [marks for marks in count if _adds_up(cells, marks)]
            if len(agree) == 1:
                count[agree[0]] += 1
    return count


def _adds_up(cells: list[Cell], marks: Marks) -> bool:
    try:
        total, *parts = (number_in(cell, marks) for cell in cells)
    except ValueError:
        return False
    return isclose(total, sum(parts), rel_tol=1e-13, abs_tol=1e-8)
