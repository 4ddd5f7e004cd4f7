"""What calamine does not tell of a sheet: what is hidden, errors, formulas without a result."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any

from lxml import etree

from kc_analysis.reading.forms.excel.address import Place, place_of
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.forms.limits import check_size

# Most sheets have no more to tell than their values and reach no further than calamine can spread
# them out; they are spared the closer look, which takes longer than reading them. The last two are
# cells that do not say where they stand, or that stand far off.
_ODD = [
    re.compile(odd)
    for odd in (
        rb"hidden=.[1t]",
        rb"t=.e\b",
        rb"</f>(?!<v>[^<])",
        rb"<f(?:\s[^>]*)?/>(?!<v>[^<])",
        rb'<c(?! r="(?:[A-Z]\d{1,5}|[A-Z]{2}\d{1,4})")[\s/>]',
        rb":c\b",
    )
]


@dataclass
class Notes:
    """What a sheet's XML says beyond its values; how far it reaches, if that is far."""

    height: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)  # only those without a result
    scaled: list[Place] = field(default_factory=list)  # cells that show less than is stored
    struck: list[Place] = field(default_factory=list)  # numbers that are struck out
    blurred: set[str] = field(default_factory=set)  # numbers that a part of is raised or struck out

    def hidden_cells(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """Those of each row that are hidden."""
        columns = [
            column
            for column in range(len(rows[0]) if rows else 0)
            if any(column in hidden for hidden in self.hidden_columns)
        ]
        if not (columns or self.hidden_rows):
            return []
        return [
            row if number in self.hidden_rows else [row[column] for column in columns]
            for number, row in enumerate(rows)
        ]


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part that holds each sheet."""
    # Entities are left alone, as they are in the sheets.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    book = etree.fromstring(package.read("xl/workbook.xml"), parser)
    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    parts = {link.get("Id"): normpath(join("/xl", link.get("Target", "")))[1:] for link in links}
    return {
        sheet.get("name"): parts[sheet.xpath("string(@*[local-name()='id'])")]
        for sheet in book.iterfind("{*}sheets/{*}sheet")
    }


def take_notes(xml: bytes, file: str) -> Notes:
    """Look through a sheet's XML, as far as needed.

    Raises
    ------
    DataError
        If its cells lie further apart than any plan's.
    """
    notes = Notes()
    if b"<worksheet" in xml[:2000] and not any(odd.search(xml) for odd in _ODD):
        return notes
    row = column = -1
    for event, element in etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        tag=("{*}row", "{*}col", "{*}c"),
        resolve_entities=False,
        no_network=True,
    ):
        kind = etree.QName(element).localname
        if (kind == "c") == (event == "start"):
            continue  # a cell is known at its end, a row and a column at its start
        if kind == "c":
            name = element.get("r")
            row, column = place_of(name) if name else (row, column + 1)
            if len(element):
                notes.height, notes.width = max(notes.height, row + 1), max(notes.width, column + 1)
                _note_cell(notes, element, (row, column))
            element.clear()
        elif kind == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            if _is_hidden(element):
                notes.hidden_rows.add(row)
        elif _is_hidden(element):
            columns = range(int(element.get("min", 0)) - 1, int(element.get("max", 0)))
            notes.hidden_columns.append(columns)
            check_size(file, 1, len(notes.hidden_columns))
        # Memory is for the last row and the last cell only.
        if (before := element.getprevious()) is not None:
            element.getparent().remove(before)
    check_size(file, notes.height, notes.width)
    return notes


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in ("1", "true")


def _note_cell(notes: Notes, cell: Any, place: Place) -> None:
    kind, first = cell.get("t"), cell[0]
    if kind == "e":
        notes.errors[place] = cell.findtext("{*}v") or "#"
    elif first.tag.endswith("}f") and kind != "str" and not cell.findtext("{*}v"):
        # A formula of many cells, or shared with others, is not a plain sum.
        plain = first.get("t", "normal") == "normal"
        notes.formulas[place] = (plain and first.text) or ""
