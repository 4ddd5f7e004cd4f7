"""What the words of a planning table mean: the patterns of vocabulary.toml, looked up."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    files("kc_analysis.reading").joinpath("vocabulary.toml").read_text(encoding="utf-8")
)
_PATTERNS = {
    section: [(name, re.compile(pattern)) for name, pattern in words.items()]
    for section, words in _WORDS.items()
}
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?<![\d.,])(?<!\d/)(?:19|20)\d\d(?![\d/])")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:[-–÷]|đến(?: năm)?)\s*((?:19|20)\d\d)")
_UNTIL = re.compile(r"(\bđến (?:hết )?(?:ngày )?)\d{1,2}/\d{1,2}/(?=(?:19|20)\d\d)")
_LISTED = re.compile(r"[,;/+&]|\bvà\b", re.IGNORECASE)
_LONGEST = 400  # a heading or title; what is longer is a text, and says nothing of a table


class Facets(NamedTuple):
    """What a heading, a title or a row's label says of the numbers that stand under it.

    ``period`` is "" for a whole year, "2021-2025" for the years of a cycle, "Q1" or "6M" for a part
    of a year, "to" for what has run up to its end. ``money`` is a unit of money.
    """

    year: int | None = None
    period: str = ""
    phase: str = ""
    measure: str = ""
    source: str = ""
    place: str = ""
    money: str = ""
    total: bool = False

    def within(self, outer: "Facets") -> "Facets":
        """The facets where both speak: what is nearer to the number goes before."""
        return _within(self, outer)


NO_FACETS = Facets()


def names(section: str) -> tuple[str, ...]:
    """The names of the patterns of a section.

    Examples
    --------
    >>> names("source")
    ('local', 'counterpart', 'national')
    """
    return tuple(_WORDS[section])


@lru_cache(maxsize=4096)  # the same few headings stand over all numbers
def _within(inner: Facets, outer: Facets) -> Facets:
    year, period = inner.year, inner.period
    if year is None and not (outer.year and "-" in period):
        year = outer.year
    if not period and not (inner.year and "-" in outer.period):
        period = outer.period
    if year and "-" in period:
        year = None
    nearest: list[Any] = [one or other for one, other in zip(inner, outer, strict=True)]
    return Facets(year, period, *nearest[2:])


@lru_cache(maxsize=4096)
def find(section: str, text: str) -> str:
    """The name of the pattern of a section that begins first in a text; "" where none does.

    Examples
    --------
    >>> find("phase", "Ước thực hiện 2025"), find("source", "Vốn KCQG"), find("total", "Tổng kết")
    ('estimate', 'national', '')
    """
    if len(text) > _LONGEST:
        return ""
    folded = text.casefold()
    found, begins = "", len(folded) + 1
    for name, pattern in _PATTERNS[section]:
        if (match := pattern.search(folded)) and match.start() < begins:
            found, begins = match.expand(name) if "\\" in name else name, match.start()
    return found


@lru_cache(maxsize=4096)
def facets(text: str) -> Facets:
    """What a heading says.

    Examples
    --------
    >>> facets("KH năm 2023")[:3], facets("Giai đoạn 2021-2025").period
    ((2023, '', 'plan'), '2021-2025')
    >>> facets("Quý II năm 2022").period, facets("Lũy kế đến 31/12/2023")[:2]
    ('Q2', (2023, 'to'))
    """
    if not text or len(text) > _LONGEST:
        return NO_FACETS
    year, period = _time(text)
    source = source_of(text)
    measure = find("measure", text)
    return Facets(
        year,
        period,
        find("phase", text),
        # A fund's name has words for money in it, over quantities too.
        ("" if source and measure == "money" else measure)
        or ("money" if money_inside(text) else "quantity" if counted_inside(text) else ""),
        source,
        text if find("place", text) else "",
        money_inside(text),
        bool(find("total", text)) and period != "to",
    )


def _time(text: str) -> tuple[int | None, str]:
    part = find("period", text)
    text = _UNTIL.sub(r"\1", text.casefold())
    spans = _SPAN.findall(text)
    years = _YEAR.findall(_SPAN.sub("", text))
    if len(set(years)) == 1:
        return int(years[0]), part
    if spans and not years:
        return None, part or "-".join(spans[-1])
    return None, part


def years_in(text: str) -> list[int]:
    """The single years that a text names, spans apart.

    Examples
    --------
    >>> years_in("giai đoạn 2021-2025, năm 2023")
    [2023]
    """
    return [int(year) for year in _YEAR.findall(_SPAN.sub("", text))]


def cycles_in(text: str) -> list[tuple[int, int]]:
    """The spans of years that a text names, first and last.

    Examples
    --------
    >>> cycles_in("KẾ HOẠCH GIAI ĐOẠN 2026 - 2030")
    [(2026, 2030)]
    """
    return [(int(first), int(last)) for first, last in _SPAN.findall(text.casefold())]


def is_year(text: str) -> bool:
    """Whether a text is a bare year."""
    return len(text) == 4 and text[:2] in ("19", "20") and text.isdecimal()


def without_brackets(text: str) -> str:
    """A text without what stands in brackets, such as a unit in a title."""
    return _BRACKETS.sub("", text).strip()


@lru_cache(maxsize=4096)
def sources_in(title: str) -> frozenset[str]:
    """The fund sources that a title names: "local", "national", "counterpart".

    What stands in brackets may be what the source is not; it is looked at last.

    Examples
    --------
    >>> sorted(sources_in("Khuyến công quốc gia và địa phương"))
    ['local', 'national']
    """
    for text in (without_brackets(title), title):
        if find("source", text):
            parts = {find("source", part.strip(" ()")) for part in _LISTED.split(text)} - {""}
            return frozenset(parts or {find("source", text)})
    return frozenset()


def source_of(title: str) -> str:
    """The one fund source that a title names; "" where it names none, or two together.

    Examples
    --------
    >>> source_of("Kinh phí khuyến công quốc gia"), source_of("Ngân sách tỉnh đối ứng")
    ('national', 'local')
    """
    named = sources_in(title)
    return next(iter(named)) if len(named) == 1 else ""


def names_fund(title: str) -> bool:
    """Whether a title names a source of funds, as a section's does.

    Examples
    --------
    >>> names_fund("Kinh phí khuyến công quốc gia"), names_fund("Kinh phí đào tạo")
    (True, False)
    """
    return bool(find("fund", title)) or bool(source_of(title))


@lru_cache(maxsize=4096)
def money_unit(text: str) -> str:
    """The unit of money that a text consists of, in its usual spelling, or "".

    Examples
    --------
    >>> money_unit("Triệu đồng"), money_unit("tr.đ"), money_unit("Đề án")
    ('triệu đồng', 'triệu đồng', '')
    """
    return find("money", text.strip())


def money_inside(heading: str) -> str:
    """The unit of money that stands in brackets or after a colon in a heading, or "".

    Examples
    --------
    >>> money_inside("Kinh phí (ĐVT: nghìn đồng)"), money_inside("Hội đồng")
    ('nghìn đồng', '')
    """
    for bracket in _BRACKETS.findall(heading):
        inside = bracket[1:-1]
        if unit := money_unit(inside) or stated_unit(inside) or money_unit(inside.split(":")[-1]):
            return unit
        if unit := money_unit(re.split(r"[,;]", inside)[-1].strip()):
            return unit
    return ""


@lru_cache(maxsize=4096)
def stated_unit(line: str) -> str:
    """The unit of money in a line that says that it is one, "Đơn vị tính: triệu đồng", or ""."""
    return money_unit(_stated(line))


def stated_count(line: str) -> str:
    """The unit, not of money, in a line that says that it is one, "Đơn vị tính: Ha", or ""."""
    unit = _stated(line)
    return unit.capitalize() if find("counted", unit) else ""


def _stated(line: str) -> str:
    match = _PATTERNS["stated"][0][1].search(line.casefold())
    return match["unit"].strip(" .;)/") if match else ""


def counted_inside(heading: str) -> str:
    """The unit, not of money, that stands in brackets in a heading, or "".

    Examples
    --------
    >>> counted_inside("Diện tích (ha)"), counted_inside("Diện tích (a)")
    ('ha', '')
    """
    inside = (bracket[1:-1].strip() for bracket in _BRACKETS.findall(heading))
    return next((unit for unit in inside if find("counted", unit)), "")


def counted(heading: str) -> str:
    """The unit that a heading over quantities names, "Số đề án", "Số lượng (đề án)"; else "".

    Examples
    --------
    >>> counted("Năm 2026 Số đề án"), counted("Số lượng (lớp)"), counted("Số lượng")
    ('Đề án', 'Lớp', '')
    """
    if inside := counted_inside(heading):
        return inside.capitalize()
    if find("measure", heading) != "quantity":
        return ""
    if bracket := _BRACKETS.search(heading):
        unit = bracket[0][1:-1].strip()
        return "" if find("measure", unit) == "share" else unit.capitalize()
    match = dict(_PATTERNS["measure"])["quantity"].search(heading.casefold())
    named = [group for group in match.groups() if group] if match else []
    return named[-1].capitalize() if named else ""
