"""The table on a sheet of the workbook: its columns are known by their headings."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from kc_analysis.model import Text
from kc_analysis.reading.actuals.book import Taker
from kc_analysis.reading.forms.excel.address import Place
from kc_analysis.reading.grid import Cell


class Table(NamedTuple):
    """Where the columns of a table stand, and which rows below them are to be read."""

    columns: dict[str, int]
    rows: list[int]

    def places(self, row: int) -> dict[str, Place]:
        """The place of each of a row's cells."""
        return {name: (row, column) for name, column in self.columns.items()}


def find_table(taker: Taker, headings: Mapping[str, Text], unread: Collection[str]) -> Table:
    """Find a table by its headings; what is moved, merged, added or renamed is a trouble.

    Parameters
    ----------
    taker : Taker
        Gets the troubles.
    headings : mapping
        The name of each column and its heading, in the order of the form.
    unread : collection of str
        The columns that hold formulas of the form's own, which nobody reads.

    Returns
    -------
    Table
        Its rows have something in them, and no merged cell.
    """
    sheet = taker.sheet
    known = {heading[lang]: name for name, heading in headings.items() for lang in ("vi", "en")}
    head = max(range(len(sheet.rows)), key=lambda row: _matches(sheet.rows[row], known), default=0)
    if not sheet.rows or _matches(sheet.rows[head], known) * 2 < len(headings):
        vi, en = (
            ", ".join(heading[lang] for heading in headings.values()) for lang in ("vi", "en")
        )
        expected = Text(f"hàng tiêu đề: {vi}", f"a row of headings: {en}")
        taker.wrong_sheet(expected, Text("không có", "none"))
        return Table({}, [])
    columns = _columns(taker, head, known, headings)
    columns = {name: column for name, column in columns.items() if name not in unread}
    merged = _merged_rows(taker, head)
    rows = [
        row
        for row in range(head + 1, len(sheet.rows))
        if row not in merged and not taker.blank((row, column) for column in columns.values())
    ]
    return Table(columns, rows)


def _matches(row: list[Cell], known: Mapping[str, str]) -> int:
    return len({known[cell.text] for cell in row if cell.text in known})


def _columns(
    taker: Taker, head: int, known: Mapping[str, str], headings: Mapping[str, Text]
) -> dict[str, int]:
    """The column of each heading; troubles at headings that are not the form's."""
    columns: dict[str, int] = {}
    strange = []
    for column, cell in enumerate(taker.sheet.rows[head]):
        name = known.get(cell.text)
        if name is None or name in columns:
            strange.append(column)
        else:
            columns[name] = column
    for place, (name, heading) in enumerate(headings.items()):
        if name not in columns:
            # A heading that was overwritten is told where it stood in the form.
            expected = Text(f"cột “{heading.vi}”", f"the column “{heading.en}”")
            found = Text("không có cột này", "no such column")
            if place in strange:
                strange.remove(place)
                taker.wrong((head, place), expected)
            else:
                taker.wrong((head, place), expected, found)
    for column in strange:
        if taker.sheet.rows[head][column].text:
            taker.wrong((head, column), _NOTHING)
        else:
            for row in range(head, len(taker.sheet.rows)):
                if not taker.blank([(row, column)]):
                    taker.wrong((row, column), _NOTHING)
    return columns


def _merged_rows(taker: Taker, head: int) -> set[int]:
    rows: set[int] = set()
    for (top, left), (bottom, _) in taker.sheet.merged:
        if bottom >= head:
            taker.wrong(
                (top, left),
                Text("các ô không gộp", "cells that are not merged"),
                Text("một ô gộp", "a merged cell"),
            )
            rows.update(range(top, min(bottom + 1, len(taker.sheet.rows))))
    return rows


_NOTHING = Text(
    "ô trống (chỉ điền vào các cột của mẫu)",
    "a blank cell (only the form's columns are to be filled)",
)
