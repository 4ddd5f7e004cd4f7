"""What rows are called: their numbers, titles and units, and which of them are totals."""

from itertools import islice, takewhile
from typing import NamedTuple

from kc_analysis.reading.grid import Cell
from kc_analysis.reading.numbering import marks_of, split_number
from kc_analysis.reading.table.parts import Row
from kc_analysis.reading.vocabulary import find, source_of


class Label(NamedTuple):
    """A row's number, title and unit."""

    number: Cell
    title: Cell
    unit: str


def labels_of(body: list[list[Cell]], at: dict[str, int]) -> list[Label]:
    """What the rows are called, and their units; one that is said by a ditto mark is that above."""
    said: list[Label] = []
    above = ""
    for row in body:
        unit = _unit(row, at, above)
        above = unit or above
        said.append(Label(*_named(row, at), unit))
    return said


def is_total(said: list[Label], at: int, before: list[Row]) -> bool:
    """Whether a row of several adds up others: it says so, and stands where a total stands.

    One that says more than "Tổng số" and has a number, with numbers below it, is a section, "I Tổng
    thu"; one without a number, just below a title, is no total of rows of other units: "Tổng diện
    tích" before "Năng suất".
    """
    row, after = said[at], islice(said, at + 1, None)
    word, marks = find("total", row.title.text), marks_of(row.number.text)
    if not word or (marks and source_of(row.title.text)):
        return False
    if word == "all":
        return True
    if marks:
        return not any(marks_of(other.number.text) for other in after)
    beside = takewhile(lambda other: not marks_of(other.number.text), after)
    units = {other.unit for other in beside} - {""}
    below_title = bool(before) and before[-1].role == "heading"
    return not (below_title and row.unit and units - {row.unit})


def _named(row: list[Cell], at: dict[str, int]) -> tuple[Cell, Cell]:
    """The cells of a row's number and title, that may stand in one."""
    title = row[at["title"]] if "title" in at else row[0]
    number = row[at["number"]] if "number" in at else None
    if number and number.text and not (title.covered and title.at == number.at):
        if marks_of(number.text) or title.text:
            return number, title
        return number._replace(text=""), number  # a title that reaches over from its left
    text, rest = split_number(title.text)
    return title._replace(text=text, value=None), title._replace(text=rest)


def _unit(row: list[Cell], at: dict[str, int], above: str) -> str:
    if "unit" not in at:
        return ""
    cell = row[at["unit"]]
    if cell.covered and at["unit"] and cell.at == row[at["unit"] - 1].at:
        return ""
    return above if find("ditto", cell.text) else cell.text
