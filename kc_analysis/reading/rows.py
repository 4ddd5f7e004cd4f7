"""The rows of a planning table: what each is, where it belongs, and its figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

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
    walk = _Walk(document, header, parted, kinds, troubles)
    seen: set[str] = set()
    bare: Row | None = None  # the last line, if it has no figures
    for i, row in enumerate(rows):
        if len(row) != len(columns):
            troubles.append(_wrong_length(document, row, len(columns)))
            walk.pass_over(i)
            continue
        troubles += _merged(document, row, columns)
        cells = figures(row, columns)
        if not (placed := walk.place(i, row, cells)):
            continue
        level, key, number = placed
        if not cells and level == "detail" and key != walk.section:
            continue
        if cells and level == "detail" and bare and not walk.of_which:
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
        title = parted[i].title
        if level == "section" and walk.group:
            # The source of funds may stand with either title.
            title = title._replace(text=f"{walk.group.title.text}: {title.text}")
        unit = _unit(row, at_unit) if at_unit else counted
        read = Row(key, number, title, level, walk.section if level != "grand" else "", unit, cells)
        if level == "line":
            bare = None if cells else read
        yield read


class _Walk:
    """A walk down a table's rows, by what their numbers stand for."""

    def __init__(
        self,
        document: Document,
        header: Header,
        parted: list[Numbered],
        kinds: Outline,
        troubles: list[Trouble],
    ) -> None:
        self.document, self.header, self.parted = document, header, parted
        self.kinds, self.troubles = kinds, troubles
        self.totals = totals(parted, kinds.names)
        # For each row, the kind of the next that has a number.
        upwards = accumulate(reversed(parted), lambda below, part: part.kind or below, initial="")
        self.below = [*upwards][-2::-1]
        self.group: Numbered | None = None
        self.section = self.name = ""  # its key, and its number as printed
        self.lines = 0  # of the section
        self.of_which = False  # whether the rows are parts, not to be added

    def pass_over(self, i: int) -> None:
        """Keep the section of a row that cannot be read, so that the lines below it find it."""
        if self.parted[i].kind and self.parted[i].kind == self.kinds.section:
            self.section = self.name = self.parted[i].number

    def place(self, i: int, row: list[Cell], cells: dict[int, Cell]) -> tuple[str, str, str] | None:
        """A row's level, key and number; None for a heading among the rows, and who signed."""
        number, kind, title = self.parted[i]
        kinds = self.kinds
        is_rate = words.is_rate(title.text)
        # With figures of its own it is a part itself.
        starts_parts = words.is_of_which(title.text) and not cells
        is_part = self.of_which or is_rate or words.is_of_which(title.text)
        if kinds.loose and self.of_which and kind == kinds.line and cells:
            expected = Text(
                "số thứ tự cho biết đây là dòng hay là phần “trong đó”",
                "a number that tells whether this is a line or a part of the one above",
            )
            self.troubles.append(self.document.trouble(title, expected))
        is_line = kind == kinds.line and not (kinds.loose and (is_part or not self.section))
        self.of_which = starts_parts or (self.of_which and not is_line)
        if i in self.totals and kind in ("", "I", "A", kinds.section):
            self.of_which = starts_parts
            return self._total(i)
        if is_line and (kind or (cells and not row[self.header.number].text)):
            return self._line(i, row)
        if kind and kind in (kinds.group, kinds.section):
            self.of_which = starts_parts
            return self._begin(i)
        if cells and kind and not is_part and self.section and not self.lines:
            expected = Text("một dòng của phần ở phía trên", "a line of the section above it")
            self.troubles.append(self.document.trouble(title, expected))
        if kind or is_part:
            return "detail", f"{self.section}#{i}", number
        is_section = self.section and not self.kinds.group and words.names_fund(title.text)
        if is_section or any(_DIGIT.search(cell.text) for cell in cells.values()):
            expected = Text("số thứ tự của hàng", "the row's number")
            none = Text(f"hàng “{title.text}” không có", f"none in the row “{title.text}”")
            self.troubles.append(self.document.trouble(title, expected, none))
        return None

    def _total(self, i: int) -> tuple[str, str, str]:
        number, _, title = self.parted[i]
        if self.totals[i] == "grand":
            return "grand", number or title.text, number
        if (of := words.totalled(title.text)) in self.kinds.names and of != self.name:
            expected = Text(f"tổng của phần {self.name}", f"the total of section {self.name}")
            self.troubles.append(self.document.trouble(title, expected))
        return "section", self.section, number

    def _line(self, i: int, row: list[Cell]) -> tuple[str, str, str]:
        number, kind, _ = self.parted[i]
        prefix, _, last = number.rpartition(".")
        cell = row[self.header.number]
        if prefix and words.numbering(prefix) == self.kinds.section and prefix != self.name:
            expected = Text(f"một dòng của phần {self.name}", f"a line of section {self.name}")
            self.troubles.append(self.document.trouble(cell, expected))
        self.lines += 1
        if prefix and cell.value is not None and self.lines == 10 * float(last):
            last += "0"  # a spreadsheet stores 1.10 as 1.1
        number = str(self.lines) if kind in ("-", "") else last.lstrip("0") or last
        return "line", f"{self.section}.{number}" if self.section else number, number

    def _begin(self, i: int) -> tuple[str, str, str]:
        """Begin a group of sections, or a section; a group that has no sections is one itself."""
        part = self.parted[i]
        self.name, self.lines = part.number, 0
        if part.kind == self.kinds.group and self.below[i] == self.kinds.section:
            self.group, self.section = part, part.number
            return "detail", self.section, part.number
        if part.kind == self.kinds.group:
            self.group = None
        self.section = f"{self.group.number}.{part.number}" if self.group else part.number
        return "section", self.section, part.number


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
