"""Plans of provinces that do not exist, from a seed: what a clerk then sets out in a table."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import NamedTuple

from documents.layouts import MONEY, Marks

#: Numbers by what they are of. A plan's are by measure, year and fund; its money in million VND.
Figures = dict[tuple[object, ...], Decimal]

PROVINCES = [
    "Yên Bắc",
    "Hà Trung",
    "Lâm Sơn",
    "Thanh Khê",
    "Đông Giang",
    "Phú Lộc",
    "Quảng Hà",
    "Ninh Tây",
]
#: How a fund is named in the table of money, in that of work, and over a narrow column.
FUNDS = {
    "local": [
        ("Kinh phí khuyến công địa phương", "Khuyến công địa phương", "KCĐP"),
        ("Nguồn kinh phí khuyến công địa phương", "Khuyến công địa phương", "KC địa phương"),
        ("Khuyến công địa phương", "Khuyến công địa phương", "Địa phương"),
        ("Ngân sách tỉnh", "Ngân sách tỉnh", "NS tỉnh"),
        ("Ngân sách địa phương", "Ngân sách địa phương", "NSĐP"),
    ],
    "national": [
        ("Kinh phí khuyến công quốc gia", "Khuyến công quốc gia", "KCQG"),
        ("Nguồn kinh phí khuyến công quốc gia", "Khuyến công quốc gia", "KC quốc gia"),
        ("Khuyến công quốc gia", "Khuyến công quốc gia", "Quốc gia"),
        ("Ngân sách trung ương", "Ngân sách trung ương", "NSTW"),
        ("Ngân sách Trung ương hỗ trợ", "Ngân sách Trung ương hỗ trợ", "NS TW"),
    ],
    "counterpart": [
        ("Vốn đối ứng của doanh nghiệp", "Vốn đối ứng của doanh nghiệp", "Đối ứng"),
        ("Kinh phí đối ứng của cơ sở", "Đối ứng của cơ sở", "Vốn đối ứng"),
    ],
}
WORKS = {
    "Đào tạo nghề may công nghiệp": "Lớp",
    "Truyền nghề mây tre đan cho lao động nông thôn": "Lớp",
    "Tập huấn khởi sự doanh nghiệp": "Khóa",
    "Hỗ trợ ứng dụng máy móc tiên tiến": "Đề án",
    "Hỗ trợ dây chuyền chế biến miến dong": "Cơ sở",
    "Xây dựng mô hình trình diễn kỹ thuật": "Mô hình",
    "Hội chợ triển lãm trong nước": "Hội chợ",
    "Tham gia gian hàng giới thiệu sản phẩm": "Gian hàng",
    "Bình chọn hàng công nghiệp nông thôn": "Lần",
    "Xây dựng và đăng ký nhãn hiệu": "Nhãn hiệu",
    "Tư vấn lập dự án đầu tư": "Doanh nghiệp",
    "Tuyên truyền trên đài truyền hình": "Chuyên mục",
    "Khảo sát cơ sở công nghiệp nông thôn": "Đợt",
    "Áp dụng sản xuất sạch hơn": "Cơ sở",
    "Lập quy hoạch chi tiết cụm công nghiệp": "Cụm",
    "Xử lý ô nhiễm môi trường": "Cụm",
    "Tham quan học tập trong nước": "Chuyến",
    "Nâng cao năng lực quản lý": "Lượt người",
}


@dataclass
class Work:
    """A line of the plan: from one fund, with its money and its work by year."""

    title: str
    unit: str
    source: str
    figures: Figures
    mark: str = ""  # in place of its number in the outline
    group: int = 0


@dataclass
class Fund:
    source: str
    names: tuple[str, str, str]
    works: list[Work] = field(default_factory=list)

    def name(self, measure: str) -> str:
        return self.names[measure == "quantity"]

    @property
    def short(self) -> str:
        return self.names[2]


@dataclass
class Style:
    """How one clerk writes: the same thing in other words."""

    number: str
    title: str
    unit: str
    fund: str
    year: str
    total: str
    grand: str
    has_total: bool
    total_first: bool
    grand_first: bool
    sums: bool  # whether a fund's row has its sum
    has_grand: bool
    numerals: list[str]
    line: str
    blank: str
    marks: Marks
    money: str
    unit_line: str
    unit_words: str  # what it calls the unit, where not by its name
    unit_in_header: bool
    notes: bool  # whether there is a column of them
    column_numbers: list[str]  # what numbers the columns, below their headings
    halves: float  # how often a number of money has a half
    merged_total: bool  # whether a total's name reaches over the cells before it

    def year_heading(self, year: int) -> str:
        return self.year.format(year)


class Number(NamedTuple):
    """One number that must come out."""

    source: str
    label: str
    unit: str
    year: int | None
    period: str
    phase: str
    measure: str
    value: Decimal
    role: str = "line"
    place: str = ""


@dataclass
class Plan:
    rng: Random
    province: str
    years: list[int]
    funds: list[Fund]
    style: Style
    _chosen: Work | None = None

    @property
    def chosen(self) -> Work:
        """The line in which a kind shows: any, but the same each time."""
        if self._chosen is None:
            self._chosen = self.rng.choice(self.works)
        return self._chosen

    @property
    def works(self) -> list[Work]:
        return [work for fund in self.funds for work in fund.works]

    @property
    def cycle(self) -> str:
        first, last = min(self.years), max(self.years)
        return f"giai đoạn {first}-{last}" if first < last else f"năm {first}"

    def title(self) -> str:
        """A title that no line has yet."""
        used = {work.title for work in self.works}
        return self.rng.choice([title for title in WORKS if title not in used])

    def work(self, source: str, title: str = "", chance: float = 1) -> Work:
        """Another line, with numbers in every year or (``chance``) in some."""
        rng, title = self.rng, title or self.title()
        many = WORKS.get(title) == "Lượt người"
        step = rng.choice([1, 5, 10, 10])
        figures: Figures = {}
        for year in self.years:
            if rng.random() < chance or year == self.years[-1]:
                half = Decimal("0.5") * (rng.random() < self.style.halves)
                figures["money", year, source] = rng.randrange(50, 1800, step) + half
                amount = rng.randint(100, 1900) if many else rng.randint(2, 15)
                figures["quantity", year, source] = Decimal(amount)
        return Work(title, WORKS.get(title, "Đợt"), source, figures)

    def share(self) -> None:
        """Let the first line of every fund be the same work, in a row of its own or in one."""
        first = self.funds[0].works[0]
        for fund in self.funds[1:]:
            fund.works[0].title, fund.works[0].unit = first.title, first.unit

    def truth(self) -> list[Number]:
        return [
            number
            for work in self.works
            for number in numbers(self, work.title, work.unit, work.figures)
        ]


def numbers(
    plan: Plan, label: str, unit: str, figures: Figures, role: str = "line"
) -> list[Number]:
    """The numbers of a row of the plan, as they are printed."""
    money = plan.style.money
    return [
        Number(
            source,
            label,
            money if measure == "money" else unit,
            year,
            "",
            "plan",
            measure,
            value * MONEY[money] if measure == "money" else value,
            role,
        )
        for (measure, year, source), value in figures.items()
    ]


def total(works: list[Work]) -> Figures:
    """The sum of what is money: quantities of unlike units are never summed."""
    sums: Counter[tuple[object, ...]] = Counter()
    for work in works:
        sums.update({key: value for key, value in work.figures.items() if key[0] == "money"})
    return dict(sums)


def style(rng: Random, first: int, last: int) -> Style:
    one_of = rng.choice
    return Style(
        number=one_of(["TT", "STT", "Số TT"]),
        title=one_of(["Nội dung", "Hạng mục", "Nhiệm vụ", "Danh mục", "Nội dung hoạt động"]),
        unit=one_of(["ĐVT", "Đơn vị tính", "Đơn vị"]),
        fund=one_of(["Nguồn kinh phí", "Nguồn vốn", "Nguồn"]),
        year=one_of(["Năm {}", "Năm {}", "{}", "KH {}", "Kế hoạch năm {}"]),
        total=one_of(["Tổng cộng", "Cộng", "Tổng số", "Tổng", f"Giai đoạn {first}-{last}"]),
        grand=one_of(["Tổng cộng", "Cộng", "Tổng số", "TỔNG CỘNG", "Tổng kinh phí"]),
        has_total=rng.random() < 0.8,
        total_first=rng.random() < 0.25,
        grand_first=rng.random() < 0.25,
        sums=rng.random() < 0.8,
        has_grand=rng.random() < 0.85,
        numerals=one_of(["I II III", "I II III", "A B C"]).split(),
        line=one_of(["{line}", "{line}", "{line}", "{section}.{line}", "{numeral}.{line}"]),
        blank=one_of(["", "", "-", "–"]),
        marks=Marks(one_of([".", ".", ".", " ", "\xa0", ""])),
        money=one_of(["triệu đồng"] * 4 + ["nghìn đồng", "đồng", "tỷ đồng"]),
        unit_line=one_of(["Đơn vị tính: {}", "ĐVT: {}", "(Đơn vị tính: {})", "Đơn vị: {}"]),
        unit_words="",
        unit_in_header=rng.random() < 0.1,
        notes=rng.random() < 0.12,
        column_numbers=one_of([[]] * 6 + [["A", "B", "C", "D"], ["(1)", "(2)", "(3)", "(4)"]]),
        halves=one_of([0, 0, 0, 0, 0, 0.2]),
        merged_total=rng.random() < 0.15,
    )


def plan(rng: Random) -> Plan:
    first = rng.randint(2016, 2030)
    years = list(range(first, first + rng.choice([3, 3, 4, 5, 5])))
    sources = ["local", "national"] + ["counterpart"] * (rng.random() < 0.25)
    funds = [Fund(source, rng.choice(FUNDS[source])) for source in sources]
    if rng.random() < 0.1:
        for fund in funds:
            fund.names = (fund.names[0].upper(), fund.names[1].upper(), fund.short)
    if rng.random() < 0.3:
        funds[:2] = funds[1::-1]
    words = style(rng, years[0], years[-1])
    # Without a sum nothing says that 1.600 is no 1,6.
    words.has_grand |= not words.sums
    made = Plan(rng, rng.choice(PROVINCES), years, funds, words)
    chance = rng.choice([1, 1, 0.8])
    for fund in funds:
        for _ in range(rng.randint(2, 4)):
            fund.works.append(made.work(fund.source, chance=chance))
    return made
