"""Titles of lines and funds: as they are compared, and as identifiers."""

import re
import unicodedata

_LEAD = re.compile(r"^(?:(?:tổng|nguồn|kinh phí)\s+)+", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"\s*(?:\([\d⁰¹²³⁴⁵⁶⁷⁸⁹]\)|\[[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\]|\(\*+\)|(?<!\*)\*+|(?<![m⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$"
)


def without_footnote(text: str) -> str:
    """A text without the mark of a footnote at its end.

    Examples
    --------
    >>> [without_footnote(text) for text in ("1.056(1)", "1.056¹", "Hội chợ *", "(30)", "50 m²")]
    ['1.056', '1.056', 'Hội chợ', '(30)', '50 m²']
    """
    return text if text[-1:].isalpha() or text[-1:].isdecimal() else _FOOTNOTE.sub("", text) or text


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
