"""How the text of an HTML table's cells is set off: in bold, and further from the edge."""

import re
from typing import Any, NamedTuple

from kc_analysis.reading.grid import Cell

_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SET_IN = re.compile(
    r"(?:(?:padding|margin)-left|text-indent)\s*:\s*(-?\d{0,5}\.?\d{1,5})(px|pt|em|in|cm|mm)",
    re.IGNORECASE,
)
_POINTS = {"px": 0.75, "pt": 1, "em": 12, "in": 72, "cm": 28.35, "mm": 2.835}
#: Without one of these, no text of a page is bold, or set in.
_SIGNS = (
    ("<b>", "<b ", "<B>", "<B ", "strong", "STRONG", "weight", "WEIGHT"),
    ("-left", "-LEFT", "indent", "INDENT"),
)
_BLANK = 3  # about as wide as a blank is, in points


class Looks(NamedTuple):
    """Whether a page has bold text, and text that is set in: few cells need a closer look."""

    bold: bool
    indent: bool

    @classmethod
    def of(cls, page: str) -> "Looks":
        """What to look for in a page."""
        return cls(*(any(sign in page for sign in signs) for signs in _SIGNS))

    def on(self, cell: Cell, td: Any, text: str) -> Cell:
        """The cell of an element, with its text not folded yet, as it looks."""
        indent = text[: len(text) - len(text.lstrip())].count("\xa0")
        if self.indent:
            styles = " ".join(one.get("style", "") for one in (td, *td[:1]))
            points = sum(
                float(size) * _POINTS[unit.lower()] for size, unit in _SET_IN.findall(styles)
            )
            indent += max(int(points / _BLANK), 0)
        bold = self.bold and not _is_plain(td)
        return cell._replace(bold=bold, indent=indent) if bold or indent else cell


def _is_plain(element: Any) -> bool:
    """Whether any text of an element is not bold."""
    if element.tag in ("b", "strong") or _WEIGHT.search(element.get("style", "")):
        return False
    if element.text and not element.text.isspace():
        return True
    for child in element:  # noqa: SIM110 - a page may be nested as deep as Python can stack
        if (child.tail and not child.tail.isspace()) or _is_plain(child):
            return True
    return False
