"""The numbers that Word counts by itself: they are shown, but stand nowhere in the text."""

from collections.abc import Callable
from typing import Any

from kc_analysis.reading.forms.limits import COLUMNS
from kc_analysis.reading.forms.packages import parsed

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    # After z, Word writes aa, bb.
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
}
_Level = tuple[int, str, str]  # start, format, and text, in which %1 stands for the first number


class Lists:
    """The automatic lists of a document, counted as its paragraphs come by.

    Parameters
    ----------
    xml : bytes
        The package's word/numbering.xml; empty where there is none.
    file : str
        The name that messages give the package.
    """

    def __init__(self, xml: bytes, file: str) -> None:
        self.kinds: dict[str, dict[int, _Level]] = {}
        self.kind_of: dict[str, str] = {}
        self.restarts: dict[str, dict[int, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        if not xml:
            return
        root = parsed(xml, file)
        for kind in root.iterfind("{*}abstractNum"):
            levels = {_number(attribute(level, "ilvl")): level for level in kind.iterfind("{*}lvl")}
            self.kinds[attribute(kind, "abstractNumId")] = {
                at: (
                    _number(_of(level, "start"), 1),
                    _of(level, "numFmt"),
                    _of(level, "lvlText"),
                )
                for at, level in levels.items()
            }
        for one in root.iterfind("{*}num"):
            name = attribute(one, "numId")
            self.kind_of[name] = _of(one, "abstractNumId")
            self.restarts[name] = {
                _number(attribute(level, "ilvl")): _number(_of(level, "startOverride"), 1)
                for level in one.iterfind("{*}lvlOverride")
                if level.find("{*}startOverride") is not None
            }

    def next(self, name: str, level: int) -> str:
        """The label of the next paragraph of a list; a dash for a bullet, "" for none."""
        levels = self.kinds.get(self.kind_of.get(name, ""), {})
        if level not in levels:
            return ""
        start, form, text = levels[level]
        if form == "bullet":
            return "-"
        counts = self.counts.setdefault(self.kind_of[name], {})
        for at, number in self.restarts.pop(name, {}).items():
            counts[at] = number - 1
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        for at, (first, written, _) in levels.items():
            number = counts.get(at, first)
            text = text.replace(f"%{at + 1}", _WRITTEN.get(written, str)(number))
        return text


def _of(parent: Any, name: str) -> str:
    child = parent.find(f"{{*}}{name}")
    return "" if child is None else attribute(child, "val")


def attribute(element: Any, name: str) -> str:
    """An attribute of Word's own; "" where there is none."""
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _number(text: str, otherwise: int = 0) -> int:
    # A list that begins with millions would be written for ever.
    return min(int(text), COLUMNS) if text[:9].isdecimal() and len(text) < 10 else otherwise
