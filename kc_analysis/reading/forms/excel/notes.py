"""What calamine does not tell of a sheet: what is hidden, errors, looks, formulas' results."""

import re
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any

from lxml import etree

from kc_analysis.reading.forms.excel.address import Place, place_of
from kc_analysis.reading.forms.excel.looks import Look, Looks, styled
from kc_analysis.reading.forms.limits import check_size, damaged
from kc_analysis.reading.forms.packages import Package, events, parsed
from kc_analysis.reading.grid import Cell

# Most sheets have no more to tell than their values and reach no further than calamine can spread
# them out; they are spared the closer look, which takes longer than reading them. The last are
# cells that do not say where they stand, or that stand far off.
_ODD = [
    (b'hidden="', re.compile(rb'hidden="[1t]')),
    (b't="e"', re.compile(b"")),
    (b"</f>", re.compile(rb"(?:</f>|<f(?:\s[^>]*)?/>)(?!<v>[^<])")),
    (b"<c", re.compile(rb'<c(?! r="(?:[A-Z]\d{1,5}|[A-Z]{2}\d{1,4})")[\s/>]')),
]
_NAME = re.compile(r"[A-Za-z]{1,3}\d{1,15}", re.A)
_COUNT = re.compile(r"\d{1,15}", re.A)


@dataclass
class Notes:
    """What a sheet's XML says beyond its values; how far it reaches, if that is far."""

    height: int = 0
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)  # those without a result
    has_results: bool = False  # of formulas
    looks: dict[Place, Look] = field(default_factory=dict)

    def hidden(self, rows: list[list[Cell]], *, all_of_it: bool) -> set[int]:
        """Where the cells stand that are hidden, in a sheet that may be hidden as a whole."""
        columns = [
            column
            for column in range(len(rows[0]) if rows else 0)
            if any(column in hidden for hidden in self.hidden_columns)
        ]
        hidden = set()
        if all_of_it or columns or self.hidden_rows:
            for number, row in enumerate(rows):
                whole = all_of_it or number in self.hidden_rows
                hidden |= {cell.at for cell in (row if whole else map(row.__getitem__, columns))}
        return hidden


def sheet_parts(package: Package) -> dict[str, str]:
    """The part that holds each sheet."""
    book, links = (
        parsed(package.read(name), package.file)
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    parts = {link.get("Id"): normpath(join("/xl", link.get("Target", "")))[1:] for link in links}
    return {
        sheet.get("name", ""): parts.get(sheet.xpath("string(@*[local-name()='id'])"), "")
        for sheet in book.iterfind("{*}sheets/{*}sheet")
    }


def take_notes(xml: bytes, looks: Looks, file: str) -> Notes:
    """Look through a sheet's XML, as far as needed.

    Raises
    ------
    DataError
        If its cells lie further apart than any plan's, or it is damaged.
    """
    if _is_plain(xml):
        return Notes(looks=dict(styled(xml, looks)))
    notes = Notes()
    row = column = -1
    for event, element in events(xml, file, ("{*}row", "{*}col", "{*}c")):
        kind = etree.QName(element).localname
        if (kind == "c") == (event == "start"):
            continue  # a cell is known at its end, a row and a column at its start
        if kind == "c":
            row, column = _place(element.get("r"), (row, column + 1), file)
            if len(element):
                notes.height, notes.width = max(notes.height, row + 1), max(notes.width, column + 1)
                _note_cell(notes, element, (row, column), looks)
            element.clear()
        elif kind == "row":
            row, column = _count(element.get("r"), row + 2, file) - 1, -1
            if _is_hidden(element):
                notes.hidden_rows.add(row)
        elif _is_hidden(element):
            first, last = (_count(element.get(end), 0, file) for end in ("min", "max"))
            notes.hidden_columns.append(range(first - 1, last))
            check_size(file, 1, len(notes.hidden_columns))
        # Memory is for the last row and the last cell only.
        if (before := element.getprevious()) is not None:
            element.getparent().remove(before)
    check_size(file, notes.height, notes.width)
    return notes


def _is_plain(xml: bytes) -> bool:
    return (
        b"<worksheet" in xml[:2000]
        and not any(sign in xml and odd.search(xml) for sign, odd in _ODD)
        and not any(after.startswith(b"c") for after in xml.split(b":"))  # a prefix and a cell
    )


def _place(name: str | None, otherwise: Place, file: str) -> Place:
    if name is None:
        return otherwise
    if not _NAME.fullmatch(name):
        raise damaged(file)
    return place_of(name)


def _count(text: str | None, otherwise: int, file: str) -> int:
    if text is None:
        return otherwise
    if not _COUNT.fullmatch(text):
        raise damaged(file)
    return int(text)


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in ("1", "true")


def _note_cell(notes: Notes, cell: Any, place: Place, looks: Looks) -> None:
    kind, first = cell.get("t"), cell[0]
    if look := looks.get(cell.get("s", "")):
        notes.looks[place] = look
    if kind == "e":
        notes.errors[place] = cell.findtext("{*}v") or "#"
    elif first.tag.endswith("}f"):
        if kind == "str" or cell.findtext("{*}v"):
            notes.has_results = True
            return
        # A formula of many cells, or shared with others, is not computed here.
        plain = first.get("t", "normal") == "normal"
        notes.formulas[place] = (plain and first.text) or ""
