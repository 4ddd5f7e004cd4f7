"""The rows of a planning table: what each is, where it belongs, and its figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kc_analysis.model import Text, Trouble
from kc_analysis.reading import words
from kc_analysis.reading.grid import Cell, Document
from kc_analysis.reading.header import Column, Header
from kc_analysis.reading.outline import Numbered, Outline, totals

_NUMERIC = re.compile(r"[\s().,%-]*\d[\d\s().,%-]*")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Row:
    """A row: its key in the table, number, title, level, section, unit, and cells by column.

    ``level`` is grand, section, line or detail. A detail is a part or an of-which of the line above
    it; it is shown, and never added.
    """

    key: str
    number: str
    title: Cell
    level: str
    section: str
    unit: str
    cells: dict[int, Cell]


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, or something like it."""
    return bool(_NUMERIC.fullmatch(cell.text))


def figures(row: list[Cell], columns: list[Column]) -> dict[int, Cell]:
    """The cells of a row that hold its figures, by column."""
    return {
        i: cell
        for i, (cell, column) in enumerate(zip(row, columns, strict=False))
        if column.role == "value" and not (cell.covered or words.is_blank(cell.text))
    }


def rows_of(
    document: Document,
    header: Header,
    columns: list[Column],
    rows: list[list[Cell]],
    parted: list[Numbered],
    kinds: Outline,
    troubles: list[Trouble],
) -> Iterator[Row]:
    """Tell a table's rows apart.

    Parameters
    ----------
    document : Document
    header : Header
    columns : list of Column
    rows : list of list of Cell
    parted : list of Numbered
        The rows' numbers and titles.
    kinds : Outline
        What their numbers stand for.
    troubles : list of Trouble
        Gets what is wrong with rows.

    Yields
    ------
    Row
        But for headings among the rows, and rows that are refused.
    """
    at_unit = next((i for i, column in enumerate(columns) if column.role == "unit"), None)
    counted = next(filter(None, (words.counted(c.heading.text) for c in columns)), "")
    whole = totals(parted, kinds.names)
    group: Row | None = None
    bare: Row | None = None
    section = name = ""
    lines = 0  # of the section
    seen: set[str] = set()
    of_which = False
    for i, (row, (number, kind, title)) in enumerate(zip(rows, parted, strict=True)):
        if len(row) != len(columns):
            troubles.append(_wrong_length(document, row, len(columns)))
            if kind and kind == kinds.section:
                section = name = number
            continue
        cells = figures(row, columns)
        troubles += _merged(document, row, columns)
        grouping = bool(kind) and kind == kinds.group and _next(parted, i) == kinds.section
        is_rate = words.is_note_heading(title.text)
        is_part = of_which or is_rate or words.is_of_which(title.text)
        if i in whole and kind in ("", "I", "A", kinds.section):
            level, key = whole[i], number or title.text
            if level == "section":
                key = section
                if (of := words.totalled(title.text)) in kinds.names and of != name:
                    expected = Text(f"tổng của phần {name}", f"the total of section {name}")
                    troubles.append(document.trouble(title, expected))
        elif (
            kind == kinds.line
            and not (kinds.loose and (is_part or not section))
            and (kind or (cells and not row[header.number].text))
        ):
            prefix, _, last = number.rpartition(".")
            if prefix and words.numbering(prefix) == kinds.section and prefix != name:
                expected = Text(f"một dòng của phần {name}", f"a line of section {name}")
                troubles.append(document.trouble(row[header.number], expected))
            if row[header.number].value is not None and lines + 1 == 10 * float(last or 0):
                last += "0"  # a spreadsheet stores 1.10 as 1.1
            lines += 1
            number = last.lstrip("0") or number if kind not in ("-", "") else str(lines)
            level, key = "line", f"{section}.{number}" if section else number
        elif grouping:
            level, key, section, name = "detail", number, number, number
        elif kind and kind in (kinds.group, kinds.section):
            # A group that has no sections is one itself.
            group = None if kind == kinds.group else group
            section, name, lines = f"{group.number}.{number}" if group else number, number, 0
            level, key = "section", section
        elif kind or is_part:
            level, key = "detail", f"{section}#{i}"
        elif any(map(_DIGIT.search, (cell.text for cell in cells.values()))):
            expected = Text("số thứ tự của hàng", "the row's number")
            found = Text(f"hàng “{title.text}” không có", f"none in the row “{title.text}”")
            troubles.append(document.trouble(title, expected, found))
            continue
        else:
            continue  # a heading among the rows, or who signed
        of_which = words.is_of_which(title.text) or (of_which and level == "detail")
        if not cells and level == "detail" and not grouping:
            continue
        if cells and level == "detail" and bare and not of_which:
            expected = Text(
                f"số của dòng {bare.key}, có các mục con",
                f"figures in line {bare.key}, which has parts",
            )
            troubles.append(document.trouble(bare.title, expected, Text("để trống", "none")))
            bare = None
        doubled = i and [cell.text for cell in row] == [cell.text for cell in rows[i - 1]]
        if (key in seen and (cells or level != "section")) or (cells and doubled):
            expected = Text("mỗi số thứ tự một hàng", "one row for each number")
            found = Text(f"số {key} lần thứ hai", f"the number {key} a second time")
            troubles.append(document.trouble(row[0], expected, found))
        if cells or level != "section":
            seen.add(key)
        unit = _unit(row, at_unit) if at_unit else counted
        owner = section if level != "grand" else ""
        if group and level == "section":
            # The source of funds may stand with either title.
            title = title._replace(text=f"{group.title.text}: {title.text}")
        read = Row(key, number, title, level, owner, unit, cells)
        group = read if grouping else group
        bare = read if level == "line" and not cells else None if level == "line" else bare
        yield read


def _next(parted: list[Numbered], i: int) -> str:
    """The kind of the next row that has a number."""
    return next((part.kind for part in islice(parted, i + 1, None) if part.kind), "")


def _unit(row: list[Cell], at: int) -> str:
    """A row's unit, which may be said once for several rows; a title over its place is none."""
    return "" if row[at].covered and row[at].at == row[at - 1].at else row[at].text


def _merged(document: Document, row: list[Cell], columns: list[Column]) -> Iterator[Trouble]:
    for cell, column in zip(row, columns, strict=True):
        if column.role == "value" and cell.covered and is_number(cell):
            expected = Text("mỗi ô một số", "a cell for each number")
            found = Text(
                f"“{cell.text}” gộp qua nhiều năm hoặc nhiều dòng; hãy tách ô",
                f"“{cell.text}” merged over several years or lines; split the cell",
            )
            yield document.trouble(cell, expected, found)


def _wrong_length(document: Document, row: list[Cell], length: int) -> Trouble:
    name = " ".join(cell.text for cell in row[:2])
    expected = Text(f"{length} ô trong hàng “{name}”", f"{length} cells in the row “{name}”")
    found = Text(f"{len(row)} ô", f"{len(row)} cells")
    return document.trouble(row[0], expected, found)
