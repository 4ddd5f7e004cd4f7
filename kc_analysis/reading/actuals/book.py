"""The sheets of a filled workbook, and how a value is taken out of a cell or told to be none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from kc_analysis.model import Text, Trouble, same
from kc_analysis.numerals import ENGLISH, VIETNAMESE, Marks
from kc_analysis.reading.forms.excel.address import ROW, Place, name_of
from kc_analysis.reading.forms.excel.book import read_sheets
from kc_analysis.reading.forms.limits import refuse
from kc_analysis.reading.forms.opening import content_of
from kc_analysis.reading.grid import Cell, File

_WORKBOOK = Text("tệp kết quả đã điền", "a filled workbook of what happened")

_BLANK = Cell("", None, File("", lambda _: same("")))


@dataclass(frozen=True)
class Sheet:
    """A sheet from its cell A1 on.

    Attributes
    ----------
    file, name : str
    rows : list of list of Cell
    merged : list
        The first and the last place of each merged cell.
    """

    file: str
    name: str
    rows: list[list[Cell]]
    merged: list[tuple[Place, Place]]

    def cell(self, at: Place) -> Cell:
        """The cell at a place; a blank one beyond the last."""
        row, column = at
        return self.rows[row][column] if row < len(self.rows) and column < self.width else _BLANK

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def place(self, at: Place) -> Text:
        """A place in words, within the file."""
        cell = name_of(at[0] * ROW + at[1])
        return Text(f"trang {self.name}, ô {cell}", f"sheet {self.name}, cell {cell}")

    def where(self, at: Place) -> Text:
        """The file and the place in it, in words."""
        place = self.place(at)
        return Text(f"{self.file}, {place.vi}", f"{self.file}, {place.en}")


def open_sheets(path: Path) -> dict[str, Sheet]:
    """A workbook's sheets by name.

    Raises
    ------
    DataError
        If there is no such file, or it is damaged, of another kind or too large.
    """
    data, file = content_of(path, _WORKBOOK), path.name
    if not data.startswith(b"PK"):
        expected = Text("tệp .xlsx không đặt mật khẩu", "an .xlsx without a password")
        raise refuse(file, expected, Text("tệp loại khác", "a file of another kind"))
    _, sheets = read_sheets(data, file)
    return {sheet.name: Sheet(file, sheet.name, sheet.rows, sheet.merged) for sheet in sheets}


class Taker:
    """Takes values out of a sheet's cells, and notes what is not as it should be."""

    def __init__(self, sheet: Sheet, troubles: list[Trouble]) -> None:
        self.sheet, self.troubles = sheet, troubles
        self._told: set[Place] = set()

    def wrong(self, at: Place, expected: Text, found: Text | None = None) -> None:
        """Note a cell's trouble, its first; unless said otherwise, what was found is its text."""
        if at in self._told:
            return
        self._told.add(at)
        text, doubt = self.sheet.cell(at).text, self.sheet.cell(at).doubt
        if doubt:
            expected, found = doubt.expected, doubt.found
        if found is None:
            found = same(f"“{text[:100]}”") if text else Text("ô trống", "a blank cell")
        self.troubles.append(Trouble(self.sheet.where(at), expected, found))

    def wrong_sheet(self, expected: Text, found: Text) -> None:
        """Note a trouble of the sheet as a whole."""
        file, name = self.sheet.file, self.sheet.name
        place = Text(f"{file}, trang {name}", f"{file}, sheet {name}")
        self.troubles.append(Trouble(place, expected, found))

    def blank(self, places: Iterable[Place]) -> bool:
        """Whether nothing stands in any of some cells."""
        return not any(self.sheet.cell(at).text for at in places)

    def text(self, at: Place | None) -> str:
        """A cell's text; "" of no cell and of one that holds an error."""
        if at is None:
            return ""
        cell = self.sheet.cell(at)
        if cell.doubt:
            self.wrong(at, cell.doubt.expected)
            return ""
        return cell.text

    def number(self, at: Place | None, *, whole: bool = False) -> float | None:
        """A number of zero or more; None of no cell, a blank one, and one that holds no number."""
        if at is None or self.blank([at]):
            return None
        cell = self.sheet.cell(at)
        if cell.doubt:
            self.wrong(at, cell.doubt.expected)
            return None
        value, other = cell.value, None
        if value is None:
            value, other = (_parsed(cell.text, marks) for marks in (VIETNAMESE, ENGLISH))
        if value is not None and other not in (None, value):
            self.wrong(at, _UNAMBIGUOUS)
        elif value is None or not isfinite(value) or value < 0 or (whole and value % 1):
            self.wrong(at, _WHOLE if whole else _NUMBER)
        else:
            return value
        return None

    def one_of(self, at: Place | None, choices: Mapping[str, Text]) -> str | None:
        """Which of some choices a cell names, in either language; None where it names none."""
        if at is None:
            return None
        if text := self.text(at).casefold():
            for key, choice in choices.items():
                if text in (choice.vi.casefold(), choice.en.casefold()):
                    return key
        self.wrong(at, one_of(choices.values()))
        return None


def _parsed(text: str, marks: Marks) -> float | None:
    try:
        return marks.parse(text)
    except ValueError:
        return None


def one_of(choices: Collection[Text]) -> Text:
    """What is expected where one of a few has to be chosen."""
    vi, en = (", ".join(choice[lang] for choice in choices) for lang in ("vi", "en"))
    return Text(f"một trong: {vi}", f"one of: {en}")


_NUMBER = Text("một số không âm, như 1056,5", "a number of zero or more, such as 1056.5")
_WHOLE = Text("một số nguyên không âm", "a whole number of zero or more")
_UNAMBIGUOUS = Text(
    "một số rõ nghĩa: gõ 1056 hoặc 1056,5, không gõ dấu tách hàng nghìn",
    "a number with one meaning: type 1056, without a mark between thousands",
)
