"""The words by which planning tables are known: headings, totals, sections, money, sources."""

import re
import unicodedata

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_LINE = re.compile(r"[0-9]{1,3}")
_NUMBER_HEADINGS = {"tt", "stt", "số tt"}
_UNIT_HEADING = re.compile(r"(?:ĐVT|Đơn vị(?: tính)?)", re.IGNORECASE)
# "Tổng kết", "tổng hợp" and the like are activities.
_TOTAL = re.compile(r"(?:Tổng(?! (?:kết|hợp|quan|thể))|Cộng)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:Năm\s+)?(20\d\d)", re.IGNORECASE)
_ONE_YEAR = re.compile(r"năm\s+20\d\d(?!\s*[-–])", re.IGNORECASE)

#: How many million đồng one of each unit of money is: (multiply by, divide by), both exact.
MONEY = {
    "đồng": (1, 1_000_000),
    "nghìn đồng": (1, 1_000),
    "triệu đồng": (1, 1),
    "tỷ đồng": (1_000, 1),
}
MONEY_EN = dict(zip(MONEY, ("VND", "thousand VND", "million VND", "billion VND"), strict=True))
_MONEY = re.compile(r"(?:(nghìn|ngàn|triệu|tỷ|tỉ)\s+)?(?:đồng|VNĐ|VND)", re.IGNORECASE)
_STATED_UNIT = re.compile(r"(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*(.+)", re.IGNORECASE)

_LEAD = re.compile(r"^(?:(?:tổng|nguồn|vốn|kinh phí|ngân sách)\s+)+", re.IGNORECASE)
_SOURCES = {"địa phương": "local", "quốc gia": "national"}


def is_section_number(text: str) -> bool:
    """Whether a cell numbers a section: a Roman numeral."""
    return bool(_ROMAN.fullmatch(text))


def is_line_number(text: str) -> bool:
    """Whether a cell numbers a line within its section: 1, 2, 3."""
    return bool(_LINE.fullmatch(text))


def is_number_heading(text: str) -> bool:
    """Whether a heading stands over the rows' numbers."""
    return text.casefold() in _NUMBER_HEADINGS


def is_unit_heading(text: str) -> bool:
    """Whether a heading stands over the rows' units."""
    return bool(_UNIT_HEADING.fullmatch(text))


def is_total(text: str) -> bool:
    """Whether a heading or title names a total."""
    return bool(_TOTAL.match(text))


def states_total(label: str) -> bool:
    """Whether the words before a sum of money call it a total."""
    return "tổng" in label.casefold()


def states_year(label: str) -> bool:
    """Whether the words before a sum of money tie it to a single year.

    Examples
    --------
    >>> states_year("kinh phí năm 2020"), states_year("giai đoạn năm 2021-2025")
    (True, False)
    """
    return bool(_ONE_YEAR.search(label))


def year_of(heading: str) -> int | None:
    """The year that a heading names, if it names one."""
    match = _YEAR.fullmatch(heading)
    return int(match[1]) if match else None


def money_unit(text: str) -> str | None:
    """The unit of money that a text consists of, in its usual spelling, or None.

    Examples
    --------
    >>> money_unit("Triệu đồng"), money_unit("Đề án")
    ('triệu đồng', None)
    """
    match = _MONEY.fullmatch(text)
    if not match:
        return None
    scale = (match[1] or "").casefold().replace("ngàn", "nghìn").replace("tỉ", "tỷ")
    return f"{scale} đồng".strip()


def stated_money(line: str) -> str | None:
    """The unit of money in a line such as "Đơn vị tính: triệu đồng", or None.

    Examples
    --------
    >>> stated_money("(ĐVT: Triệu đồng)")
    'triệu đồng'
    """
    match = _STATED_UNIT.search(line)
    return money_unit(match[1].strip(" .;)")) if match else None


def in_million_vnd(value: float, unit: str) -> float:
    """An amount of money in million VND; tỷ × 1000 is rounded back to the digits printed."""
    times, over = MONEY[unit]
    return value if times == over else round(value * times / over, 6)


def without_money(title: str) -> str:
    """A section's title without the words for money, so that both appendices agree on it.

    Examples
    --------
    >>> without_money("Kinh phí khuyến công địa phương")
    'Khuyến công địa phương'
    """
    name = _LEAD.sub("", title)
    return name[:1].upper() + name[1:]


def core(title: str) -> str:
    """A title as titles are compared: without the words for money, in small letters."""
    return without_money(title).casefold()


def slug(title: str) -> str:
    """A title as an identifier in plain letters.

    Examples
    --------
    >>> slug("Hỗ trợ ứng dụng máy móc, thiết bị")
    'ho-tro-ung-dung-may-moc-thiet-bi'
    """
    plain = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    letters = plain.encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def source_of(title: str) -> str:
    """The fund source that a section's title names: local, national, or the title's own slug."""
    name = core(title)
    return next((source for words, source in _SOURCES.items() if words in name), slug(name))
