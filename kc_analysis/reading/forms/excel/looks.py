"""Cells that show other than what is stored in them, and how their text is set off."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kc_analysis.model import Text
from kc_analysis.reading.forms.excel.address import Place, place_of
from kc_analysis.reading.forms.packages import parsed
from kc_analysis.reading.grid import Cell, Doubt

# What a format says in quotes, brackets or behind a stroke is shown and does nothing.
_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
# A comma after the last digit of a format divides by a thousand.
_SCALING = re.compile(r"[0#?],+(?![0#?,])")
_PERCENT = {"9": "0%", "10": "0.00%"}  # the formats that have a number but stand in no file
_STEPS = [str(step) for step in range(100)]
_FIGURE = re.compile(r"[\d\s.,]+")

SCALED = Doubt(
    "scaled",
    Text("định dạng số hiện đủ số được lưu", "a number format that shows what is stored"),
    Text(
        "định dạng chia bớt hàng nghìn: số hiện khác số lưu",
        "one that divides by thousands: what is shown is not what is stored",
    ),
)
STRUCK = Doubt(
    "struck-out",
    Text(
        "một số không có phần gạch ngang hay viết trên (hãy xóa hẳn phần đó)",
        "a number with no part struck out or raised (delete that part for good)",
    ),
    Text("số có phần gạch ngang hoặc viết trên", "one with a part struck out or raised"),
)


class Look(NamedTuple):
    """How a style sets off a text, and what a number looks like in it."""

    bold: bool = False
    indent: int = 0
    struck: bool = False
    percent: bool = False
    scaled: bool = False

    def on(self, cell: Cell) -> Cell:
        """The cell as it looks."""
        doubt = cell.doubt or (STRUCK if self.struck else None)
        if cell.value is None:
            indent = cell.indent + self.indent
            return cell._replace(bold=self.bold, indent=indent, doubt=doubt)
        if self.percent:
            text = f"{cell.value * 100:.15g}"
            cell = cell._replace(text=f"{text}%", value=float(text))
        return cell._replace(doubt=doubt or (SCALED if self.scaled else None))


Looks = dict[str, Look]  # by the number that cells give of their style


def looks_of(xml: bytes, file: str) -> Looks:
    """The styles of xl/styles.xml that make a cell look otherwise than plain."""
    if not xml:
        return {}
    root = parsed(xml, file)
    formats = _PERCENT | {
        one.get("numFmtId"): _SAID.sub("", one.get("formatCode", ""))
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = {
        str(at): (_is_on(font, "b"), _is_on(font, "strike"))
        for at, font in enumerate(root.iterfind("{*}fonts/{*}font"))
    }
    looks = {}
    for at, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        shown, alignment = formats.get(style.get("numFmtId"), ""), style.find("{*}alignment")
        indent = "0" if alignment is None else alignment.get("indent", "0")
        bold, struck = fonts.get(style.get("fontId"), (False, False))
        steps = int(indent) if indent in _STEPS else 0
        look = Look(bold, steps, struck, "%" in shown, bool(_SCALING.search(shown)))
        if look != Look():
            looks[str(at)] = look
    return looks


def styled(xml: bytes, looks: Looks) -> Iterator[tuple[Place, Look]]:
    """The cells of a sheet that have one of some styles, and are not blank."""
    if looks:
        found = re.findall(
            rb' r="([A-Z]{1,3}\d{1,7})" s="(%s)"(?: t="\w+")?>' % "|".join(looks).encode(), xml
        )
        for name, style in found:
            yield place_of(name.decode()), looks[style.decode()]


def blurred_texts(xml: bytes, file: str) -> set[str]:
    """A part's texts that read as a number of which a piece is raised or struck out."""
    if b"</rPr>" not in xml or (b"superscript" not in xml and b"strike" not in xml):
        return set()
    return {
        text
        for item in parsed(xml, file).iter("{*}si", "{*}is")
        if any(_is_on(look, "strike") or _is_raised(look) for look in item.iterfind("{*}r/{*}rPr"))
        and _FIGURE.fullmatch(text := "".join(item.itertext("{*}t")))
    }


def _is_on(look: Any, name: str) -> bool:
    mark = look.find(f"{{*}}{name}")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_raised(look: Any) -> bool:
    mark = look.find("{*}vertAlign")
    return mark is not None and mark.get("val") == "superscript"
