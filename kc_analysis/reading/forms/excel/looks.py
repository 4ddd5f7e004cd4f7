"""Cells that show other than what is stored in them: scaled, struck out, with a mark run in."""

import re
from typing import Any

from lxml import etree

from kc_analysis.reading.forms.excel.address import Place, place_of

# A comma after the last digit of a format divides by a thousand.
_SCALED = re.compile(rb'formatCode="[^"]*[0#?],+(?![0#?,])')
_SCALING = re.compile(r"[0#?],+(?![0#?,])")
_STYLED = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})" s="(\d+)"(?: t="n")?><(?:v|f)')
_FIGURE = re.compile(r"[\d\s.,]+")

Styles = set[bytes]  # their numbers, as cells give them


def scaled_styles(xml: bytes) -> Styles:
    """The styles of xl/styles.xml with a format such as #,##0,, that shows a part of a number."""
    if not _SCALED.search(xml):
        return set()
    root = _parsed(xml)
    formats = {
        one.get("numFmtId")
        for one in root.iterfind("{*}numFmts/{*}numFmt")
        if _SCALING.search(one.get("formatCode", ""))
    }
    return _styles(root, "numFmtId", formats)


def struck_styles(xml: bytes) -> Styles:
    """The styles of xl/styles.xml with a font that strikes out."""
    if b"strike" not in xml:
        return set()
    root = _parsed(xml)
    fonts = enumerate(root.iterfind("{*}fonts/{*}font"))
    return _styles(root, "fontId", {str(at) for at, font in fonts if _is_on(font, "strike")})


def styled_numbers(xml: bytes, styles: Styles) -> list[Place]:
    """The cells of a sheet that have one of some styles and a number."""
    found = _STYLED.findall(xml) if styles else []
    return [place_of(name.decode()) for name, style in found if style in styles]


def blurred_texts(xml: bytes) -> set[str]:
    """A part's texts that read as a number of which a piece is raised or struck out."""
    if b"superscript" not in xml and b"strike" not in xml:
        return set()
    return {
        text
        for item in _parsed(xml).iter("{*}si", "{*}is")
        if any(_is_on(look, "strike") or _is_raised(look) for look in item.iterfind("{*}r/{*}rPr"))
        and _FIGURE.fullmatch(text := "".join(item.itertext("{*}t")))
    }


def _parsed(xml: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)


def _styles(root: Any, kind: str, numbers: set[str]) -> Styles:
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return {b"%d" % at for at, style in styles if style.get(kind) in numbers}


def _is_on(look: Any, name: str) -> bool:
    mark = look.find(f"{{*}}{name}")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_raised(look: Any) -> bool:
    mark = look.find("{*}vertAlign")
    return mark is not None and mark.get("val") == "superscript"
