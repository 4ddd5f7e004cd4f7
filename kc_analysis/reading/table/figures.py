"""Cells become numbers, under one or the other meaning of the marks in them."""

import re
from functools import lru_cache

from kc_analysis.numerals import Marks
from kc_analysis.reading.grid import Cell
from kc_analysis.reading.titles import without_footnote

_NOTHING = re.compile(r"[\W_]*|[xX]")
# A number that its cell has broken after a mark.
_BROKEN = re.compile(r"(?<=\d[.,]) (?=\d{3}(?!\d))|(?<=\d) (?=[.,]\d{3}(?!\d))")
_WITH_UNIT = re.compile(r"(\(?[\d.,  ]*\d\)?)[.,;:]?\s*([^\W\d_][^\d]*)?")
_COMPARED = re.compile(r"^(?:[≥≤><~≈]=?|khoảng|trên|hơn|dưới|tối thiểu|ít nhất)\s*(?=\d)", re.I)


def is_blank(cell: Cell) -> bool:
    """Whether a cell stands for nothing: empty, or signs alone, such as a dash or dots."""
    return not cell.text or (cell.doubt is None and bool(_NOTHING.fullmatch(cell.text)))


@lru_cache(maxsize=4096)
def figure_of(text: str, units: tuple[str, ...] = ()) -> str:
    """A cell's text without a footnote's mark, its unit ("02 lớp") and a full stop at its end.

    Examples
    --------
    >>> figure_of("1.056(1)"), figure_of("02 lớp", ("Lớp",)), figure_of("1. 610"), figure_of("850.")
    ('1.056', '02', '1.610', '850')
    """
    bare = _BROKEN.sub("", without_footnote(text))
    if bare.endswith("%"):
        bare = bare[:-1].rstrip()
    match = _WITH_UNIT.fullmatch(bare)
    if match and (not match[2] or any(_same_unit(match[2], unit) for unit in units)):
        return match[1]
    return bare


def _same_unit(text: str, unit: str) -> bool:
    from kc_analysis.reading.vocabulary import money_unit

    return text.casefold().strip(" .") == unit.casefold() or (
        bool(money_unit(text)) and money_unit(text) == money_unit(unit)
    )


def number_of(cell: Cell, marks: Marks, units: tuple[str, ...] = ()) -> float | None:
    """The number that a cell stores, or prints under these marks; None where it is none."""
    if cell.doubt:
        return None
    if cell.value is not None:
        return cell.value
    try:
        return marks.parse(figure_of(cell.text, units))
    except ValueError:
        return None


def bound_of(cell: Cell, marks: Marks) -> float | None:
    """The number that a cell compares with: 12 in "≥ 12"; None where it is no comparison."""
    text = _COMPARED.sub("", cell.text)
    if text == cell.text:
        return None
    return number_of(cell._replace(text=text), marks)
