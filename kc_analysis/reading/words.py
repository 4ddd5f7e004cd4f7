"""The words by which planning tables are known: headings, totals, sections, money, sources."""

import re
import unicodedata
from functools import lru_cache

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
# A line may name its section: I.1.
_DIGITS = re.compile(r"(?:(?:[IVX]+|[A-Z])\.)?([0-9]{1,3}(?:\.[0-9]{1,2})*)")
_LETTER = re.compile(r"[a-zđ]")
_LONGEST_NUMBER = len("(XXXVIII)")
_NUMBERED = re.compile(
    r"((?:[IVX]+|[A-Z]|[0-9]{1,3}|[a-zđ](?=\)))(?=[.)/-])|[0-9]{1,2}(?:\.[0-9]{1,2})+)[.)/-]?\s+(\D.*)"
    r"|([-–+•*])\s*([^\W\d].*)"
)
_NUMBER_HEADINGS = {"tt", "stt", "sốtt", "sốthứtự"}
_LONGEST_NUMBER_HEADING = len("Số thứ tự.") + 2
_UNIT_HEADING = re.compile(r"ĐVT|Đơnvị(?:tính)?", re.IGNORECASE)
_TITLE_HEADING = re.compile(r"(?:Nội dung|Hạng mục|Nhiệm vụ|Danh mục|Tên đề án)\b", re.IGNORECASE)
# Beside a plan's figures; years, places and rates in it are none of them.
_NOTE_HEADING = re.compile(
    r"(?:Ghi chú|Thời gian|Địa (?:điểm|bàn)|Căn cứ|Cơ quan|Mức hỗ trợ|Tốc độ)\b(?!.*\b20\d\d$)"
    # "(tăng 10%)" says something of a year; "(%)" is what a column is in.
    r"|.*(?:\b(?:Đơn giá|Định mức|T[ỷỉ] (?:lệ|trọng)|Cơ cấu)\b|(?<!\d)%\W*$)",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\b(?:kết quả|tình hình)\b", re.IGNORECASE)
_RATE = re.compile(r"(?:T[ỷỉ] (?:lệ|trọng)|Tốc độ|Cơ cấu)\b", re.IGNORECASE)
# "Tổng kết", "cộng tác viên" and the like are activities.
_TOTAL = re.compile(
    r"(?:Tổng(?! (?:kết|hợp|quan|thể|đài))|Cộng(?! (?:tác|đồng))|Toàn giai đoạn|Cả giai đoạn)\b",
    re.IGNORECASE,
)
_TOTALLED = re.compile(
    r"(?:Tổng|Cộng)(?: (?:cộng|số|kinh phí|phần|mục|nhóm))*\W+([IVX]+|[A-Z]|\d+)\W*", re.IGNORECASE
)
_CYCLE = re.compile(r"\bGiai đoạn\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"(?:Trong đó|Tr\.? ?đó)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CYCLE_OF = re.compile(r"(20\d\d)\s*(?:[-–÷]|đến)\s*(?:năm\s*)?(20\d\d)", re.IGNORECASE)
_ONE_YEAR = re.compile(r"năm\s+20\d\d(?!\s*[-–])", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-Z]|\d{1,2})\)?(?:\s*=.*)?")
_FOOTNOTE = re.compile(
    r"\s*(?:\([\d⁰¹²³⁴⁵⁶⁷⁸⁹]\)|\[[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\]|\(\*+\)|(?<!\*)\*+|(?<![m⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$"
)

_MEASURES = {
    "quantity": re.compile(
        r"\b(?:SL|KL|Số lượng|Khối lượng|Số (đề án|dự án|mô hình|lớp|cơ sở|người|cụm))\b",
        re.IGNORECASE,
    ),
    "money": re.compile(r"\b(?:KP|Kinh phí|Thành tiền|Vốn|Dự toán)\b", re.IGNORECASE),
}
_PHASES = {
    "actual": re.compile(
        r"\b(?:TH|(?<!kế hoạch )(?<!kinh phí )Thực hiện|Ước TH|Giải ngân)\b", re.IGNORECASE
    ),
    "plan": re.compile(r"\b(?:KH|Kế hoạch)\b", re.IGNORECASE),
}

#: How many million đồng one of each unit of money is: (multiply by, divide by), both exact.
MONEY = {
    "đồng": (1, 1_000_000),
    "nghìn đồng": (1, 1_000),
    "triệu đồng": (1, 1),
    "tỷ đồng": (1_000, 1),
}
MONEY_EN = dict(zip(MONEY, ("VND", "thousand VND", "million VND", "billion VND"), strict=True))
_SCALE = (
    r"(?:(nghìn|ngàn|ng\.?|1[., ]?000(?![., ]?0)|triệu|tr\.?|1(?P<gap>[., ]?)000(?P=gap)000"
    r"|tỷ|tỉ)\s*)?(?:đồng|đ|VNĐ|VND)"
)
_MONEY = re.compile(_SCALE, re.IGNORECASE)
# A bare "đồng" after something that may scale it ("10^3 đồng") is no đồng.
_MONEY_INSIDE = re.compile(rf"(?:^|[:,;]\s*|(?<=[^\W\d])\s+){_SCALE}(?!\w)", re.IGNORECASE)
_STATED_UNIT = re.compile(
    r"(?:(?:ĐVT|Đơn vị(?: tính)?)(?: (?:kinh phí|tiền))?\s*:"
    r"|^\W*(?:(?:số tiền|kinh phí) )?tính bằng\s*:?)\s*(.+)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\((?:(?:kinh phí|số tiền)\W+)?([^()]*)\)", re.IGNORECASE)
# A sum before the bracket has a unit of its own.
_UNIT_AT_END = re.compile(r"(?:20\d\d|[^\W\d])\s*\([^()]*\)\W*$")

_LEAD = re.compile(r"^(?:(?:tổng|nguồn|kinh phí)\s+)+", re.IGNORECASE)
_FUND = re.compile(
    r"(?:(?:tổng|kinh phí) )*(?:nguồn|vốn|ngân sách|khuyến công)\b|.*\bđối ứng\b", re.IGNORECASE
)
_SOURCES = {
    "counterpart": re.compile(r"\bđối ứng\b"),
    "national": re.compile(
        r"(?:^|(?:khuyến công|ngân sách|vốn) )(?:cấp )?(?:quốc gia|trung ương)\b|\b(?:kcqg|nstw)\b"
    ),
    "local": re.compile(
        r"(?:^|(?:khuyến công|ngân sách|vốn) )(?:cấp |của )?(?:địa phương|tỉnh)\b|\b(?:kcđp|nsđp)\b"
    ),
}


# A table says the same few numbers and units over and over.
@lru_cache(maxsize=1024)
def numbering(text: str) -> str:
    """How a row's number is written: "I", "A", "1", "1.1", "1.1.1", "a", "-", or "" for none.

    Examples
    --------
    >>> [numbering(text) for text in ("II", "B", "3.", "II.3", "1.2", "a)", "-", "750x", "")]
    ['I', 'A', '1', '1', '1.1', 'a', '-', '', '']
    """
    if len(text) > _LONGEST_NUMBER:
        return ""
    bare = bare_number(text)
    if digits := _DIGITS.fullmatch(bare):
        return "1.1.1"[: 1 + 2 * digits[1].count(".")]
    if _ROMAN.fullmatch(bare):
        return "I"
    if len(bare) == 1 and bare.isupper():
        return "A"
    if _LETTER.fullmatch(bare):
        return "a"
    return "-" if bare in ("-", "–", "+", "*", "•") else ""


def bare_number(text: str) -> str:
    """A row's number without what parts it from the title: I., 1), (1), I/, 2-."""
    return text.strip("().:/-–") or text


def split_number(text: str) -> tuple[str, str]:
    """A number and a title that stand in one cell, "I. Khuyến công"; the number "" where none is.

    Examples
    --------
    >>> split_number("II. Khuyến công quốc gia"), split_number("Tổng cộng")
    (('II', 'Khuyến công quốc gia'), ('', 'Tổng cộng'))
    >>> split_number("1.2 Máy móc"), split_number("- Máy sấy")
    (('1.2', 'Máy móc'), ('-', 'Máy sấy'))
    """
    match = _NUMBERED.fullmatch(text)
    return (match[1] or match[3], match[2] or match[4]) if match else ("", text)


def is_number_heading(text: str) -> bool:
    """Whether a heading stands over the rows' numbers."""
    if len(text) > _LONGEST_NUMBER_HEADING:
        return False
    # A narrow column may have broken it over lines.
    return text.casefold().replace(".", "").replace(" ", "") in _NUMBER_HEADINGS


def is_unit_heading(text: str) -> bool:
    """Whether a heading stands over the rows' units."""
    return bool(_UNIT_HEADING.fullmatch(text.replace(" ", "")))


def is_title_heading(text: str) -> bool:
    """Whether a heading stands over the rows' titles."""
    return bool(_TITLE_HEADING.match(text))


def is_note_heading(text: str) -> bool:
    """Whether a heading stands over remarks, rates or unit costs: no figures of the plan.

    Examples
    --------
    >>> [is_note_heading(text) for text in ("Tỷ lệ (%)", "Năm 2026 Đơn giá", "Kinh phí")]
    [True, True, False]
    """
    return bool(_NOTE_HEADING.match(text))


def is_rate(title: str) -> bool:
    """Whether a row holds rates of others, and no figures of its own."""
    return bool(_RATE.match(title))


def is_total(text: str) -> bool:
    """Whether a heading or title names a total."""
    return bool(_TOTAL.match(text))


def totalled(title: str) -> str:
    """The number of the one section that a total's title names; "" where it names none.

    Examples
    --------
    >>> [totalled(text) for text in ("Cộng II", "Tổng cộng mục A", "Tổng (A+B)", "Cộng (I, II)")]
    ['II', 'A', '', '']
    """
    match = _TOTALLED.fullmatch(title)
    return match[1] if match else ""


def is_total_heading(text: str) -> bool:
    """Whether a heading, under others or by itself, stands over the cycle's totals."""
    return bool(_TOTAL.search(text) or _CYCLE.search(text))


def is_of_which(text: str) -> bool:
    """Whether a title says that the rows below it are part of the row above, not added to it."""
    return bool(_OF_WHICH.match(text))


def is_column_number(text: str) -> bool:
    """Whether a cell numbers a column, in a row such as A, B, 1, 2, 3 = 1 + 2."""
    return bool(_COLUMN_NUMBER.fullmatch(text))


def is_blank(text: str) -> bool:
    """Whether a cell stands for nothing: empty, or a dash."""
    return text in ("", "-", "–", "—", "−")


def without_footnote(text: str) -> str:
    """A text without the mark of a footnote at its end.

    Examples
    --------
    >>> [without_footnote(text) for text in ("1.056(1)", "1.056¹", "Hội chợ *", "(30)", "50 m²")]
    ['1.056', '1.056', 'Hội chợ', '(30)', '50 m²']
    """
    return text if text[-1:].isalpha() or text[-1:].isdecimal() else _FOOTNOTE.sub("", text) or text


def years_in(heading: str) -> list[int]:
    """The years that a heading names: one for a year's column, several for the cycle's."""
    years = [int(year) for year in _YEAR.findall(heading)]
    single = _YEAR.findall(re.sub(r"20\d\d\s*[-–÷]\s*20\d\d", "", heading))
    return [int(single[0])] if len(years) > 1 and len(single) == 1 else years


def cycles_in(text: str) -> set[tuple[int, int]]:
    """The cycles that a text names, by their first and last year.

    Examples
    --------
    >>> cycles_in("KẾ HOẠCH GIAI ĐOẠN 2026 - 2030")
    {(2026, 2030)}
    """
    return {(int(first), int(last)) for first, last in _CYCLE_OF.findall(text)}


def measure_of(heading: str) -> str:
    """Whether a heading stands over "quantity" or "money"; "" where it does not say."""
    if found := next((name for name, words in _MEASURES.items() if words.search(heading)), ""):
        return found
    return "money" if money_inside(heading) else ""


def counted(heading: str) -> str:
    """The unit that a heading over quantities names, "Số đề án"; "" where it names none.

    Examples
    --------
    >>> counted("Năm 2026 Số đề án"), counted("Số lượng")
    ('Đề án', '')
    """
    match = _MEASURES["quantity"].search(heading)
    return (match[1] or "").capitalize() if match else ""


def phase_of(heading: str) -> str:
    """Whether a heading stands over what was done ("actual") or what was planned ("plan")."""
    return next((name for name, words in _PHASES.items() if words.search(heading)), "plan")


@lru_cache(maxsize=1024)
def money_unit(text: str) -> str | None:
    """The unit of money that a text consists of, in its usual spelling, or None.

    Examples
    --------
    >>> money_unit("Triệu đồng"), money_unit("tr.đ"), money_unit("Đề án")
    ('triệu đồng', 'triệu đồng', None)
    """
    match = _MONEY.fullmatch(text)
    return _spelled(match) if match else None


def money_inside(heading: str) -> str | None:
    """The unit of money that stands somewhere in a heading, or None.

    Examples
    --------
    >>> money_inside("Kinh phí (triệu đồng)"), money_inside("Hội đồng")
    ('triệu đồng', None)
    """
    bracketed = re.findall(r"\(([^()]*)\)", heading)
    found = (_MONEY_INSIDE.search(text) for text in bracketed)
    return next((_spelled(match) for match in found if match), None)


def _spelled(match: re.Match[str]) -> str:
    scale = (match[1] or "").casefold().rstrip(".")
    if scale[:1] == "1":
        scale = {4: "nghìn", 7: "triệu"}[len(re.sub(r"\D", "", scale))]
    usual = {"ngàn": "nghìn", "ng": "nghìn", "tr": "triệu", "tỉ": "tỷ"}
    return f"{usual.get(scale, scale)} đồng".strip()


def labelled_money(line: str) -> str | None:
    """The unit of money in a line that says that it is one, "Đơn vị tính: triệu đồng", or None."""
    match = _STATED_UNIT.search(line)
    return money_unit(match[1].strip(" .;)/")) if match else None


def stated_money(line: str) -> str | None:
    """The unit of money that a line states, by itself, in brackets or in a title, or None.

    Examples
    --------
    >>> stated_money("(ĐVT: Triệu đồng)"), stated_money("KẾ HOẠCH 2026-2030 (nghìn đồng)")
    ('triệu đồng', 'nghìn đồng')
    """
    if labelled := labelled_money(line):
        return labelled
    rest = without_brackets(line).strip()
    if not rest or rest.isupper() or _UNIT_AT_END.search(line):
        return next(filter(None, map(money_unit, _BRACKETED.findall(line))), None)
    return money_unit(line.strip(" .;"))


def without_brackets(text: str) -> str:
    """A text without what stands in brackets, such as a unit in a title."""
    return re.sub(r"\([^()]*\)", "", text)


def in_million_vnd(value: float, unit: str) -> float:
    """An amount of money in million VND, rounded back to the digits printed (a tenth of a đồng)."""
    times, over = MONEY[unit]
    return value if times == over else round(value * times / over, 7)


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


def names_result(text: str) -> bool:
    """Whether a text speaks of what was done, as a table of an earlier cycle's results does."""
    return bool(_RESULT.search(text))


def knows_source(title: str) -> bool:
    """Whether a title names one of the sources that have a name here."""
    return source_of(title) in _SOURCES


def names_fund(title: str) -> bool:
    """Whether a title names a source of funds, as a section's does.

    Examples
    --------
    >>> names_fund("Kinh phí khuyến công quốc gia"), names_fund("Kinh phí đào tạo")
    (True, False)
    """
    return bool(_FUND.match(title)) or knows_source(title)


@lru_cache(maxsize=1024)
def source_of(title: str) -> str:
    """The fund source that a section's title names: local, national, or the title's own slug."""
    # What stands in brackets may be what the source is not; where sections stand in groups, the
    # section's own title goes before the group's.
    plain = without_brackets(title)
    for name in (*map(core, reversed(plain.split(": "))), core(title)):
        if source := next((key for key, known in _SOURCES.items() if known.search(name)), ""):
            return source
    return slug(core(title))
