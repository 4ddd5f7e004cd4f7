"""Random plans, laid out as provinces lay theirs out, and what a reader must find in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

# --- a sheet: a table as printed, with the text around it ---------------------------------------

Place = tuple[int, int]


class Span(NamedTuple):
    """A cell: how far it reaches, and the number that it prints, if it prints one."""

    text: str
    columns: int = 1
    rows: int = 1
    value: Decimal | None = None


@dataclass(frozen=True)
class Marks:
    """How a document writes its numbers; the decimal mark follows from the thousands mark."""

    thousands: str = "."

    @property
    def decimal(self) -> str:
        return "." if self.thousands == "," else ","

    def write(self, value: Decimal) -> str:
        whole, _, rest = f"{value:,f}".partition(".")
        rest = rest.rstrip("0")
        return whole.replace(",", self.thousands) + (self.decimal + rest if rest else "")

    def read(self, text: str) -> Decimal:
        mark, decimal = re.escape(self.thousands), re.escape(self.decimal)
        if not re.fullmatch(rf"(\d+|\d{{1,3}}({mark}\d{{3}})+)({decimal}\d+)?", text):
            raise ValueError(text)
        return Decimal(text.replace(self.thousands, "").replace(self.decimal, "."))


@dataclass(frozen=True)
class Sheet:
    """A table as printed: ``sums`` says which of the body's cells total which others."""

    name: str
    above: list[str]
    head: list[list[Span]]
    body: list[list[Span]]
    below: list[str]
    marks: Marks
    sums: list[tuple[Place, list[Place]]]

    def __repr__(self) -> str:
        """The beginning as it is printed: a failing test shows it, shrunk to a few rows."""
        rows = [" | ".join(span.text for span in row) for row in self.rows[:12]]
        return "\n".join([f"<{self.name}", *self.above, *rows, f"{len(self.body)} rows>"])

    @property
    def rows(self) -> list[list[Span]]:
        return self.head + self.body


def placed(rows: list[list[Span]]) -> Iterator[tuple[int, int, Span]]:
    """Each cell with the row and the column at which it begins."""
    taken: set[Place] = set()
    for r, row in enumerate(rows):
        c = 0
        for span in row:
            while (r, c) in taken:
                c += 1
            yield r, c, span
            if span.rows > 1 or span.columns > 1:
                taken |= {(r + i, c + j) for i in range(span.rows) for j in range(span.columns)}
            c += span.columns


def grid(rows: list[list[Span]]) -> list[list[str]]:
    """The texts, a merged cell's at every place over which it reaches."""
    texts: dict[Place, str] = {}
    for r, c, span in placed(rows):
        for i in range(span.rows):
            texts |= {(r + i, c + j): span.text for j in range(span.columns)}
    width = Counter(r for r, _ in texts)
    return [[texts[r, c] for c in range(width[r])] for r in range(len(rows))]


# --- a plan: what the document says -------------------------------------------------------------

#: Numbers by measure ("budget", "budget done", "quantities", "quantities done") and year. Money
#: is in million VND.
Numbers = dict[tuple[str, int], Decimal]
#: Numbers of one measure by line ("I.1", "A.1": the section's numeral, the line's number) and year.
Figures = dict[tuple[str, int], float]


class Line(NamedTuple):
    title: str
    unit: str
    numbers: Numbers
    noted: bool  # whether a footnote is hung on the title
    parts: list[Numbers]  # of which: not to be added to anything


class Section(NamedTuple):
    title: str
    lines: list[Line]


class Plan(NamedTuple):
    years: range
    sections: list[Section]


class Layout(NamedTuple):
    number_heading: str
    title_heading: str
    unit_heading: str
    year_heading: str
    total_heading: str
    total_first: bool
    grand_title: str
    grand_first: bool
    section_numbers: str
    section_sums: str  # of money: at the "head", "below" the lines, or "none"
    line_number: str
    part_numbers: list[str]
    tables: str  # "apart"; "one", each year over quantity and money; "done", over plan and actual
    column_numbers: bool
    money: str
    money_stands: str  # "above" the table, in the "header", or only in a "sentence" with the total
    marks: Marks
    blank: str
    leading_zeros: bool
    footnote: str


@dataclass(frozen=True)
class Truth:
    """What a reader must find: money in million VND; titles without footnote marks.

    ``done`` is what was carried out, where the layout prints it.
    """

    layout: Layout
    budget: Figures = field(repr=False)
    quantities: Figures = field(repr=False)
    budget_done: Figures = field(repr=False)
    quantities_done: Figures = field(repr=False)
    titles: dict[str, str] = field(repr=False)
    units: dict[str, str] = field(repr=False)


#: How many of each unit a million VND is.
MONEY = {
    "đồng": Decimal(1_000_000),
    "nghìn đồng": Decimal(1_000),
    "triệu đồng": Decimal(1),
    "tỷ đồng": Decimal("0.001"),
}
SOURCES = (
    "khuyến công địa phương",
    "khuyến công quốc gia",
    "doanh nghiệp đối ứng",
    "nguồn hợp tác quốc tế",
)
VERBS = (
    "Hỗ trợ",
    "Xây dựng",
    "Tổ chức",
    "Đào tạo, tập huấn",
    "Khảo sát",
    "Tư vấn",
    "Tuyên truyền về",
    "Nâng cao năng lực",
)
OBJECTS = (
    "ứng dụng máy móc thiết bị",
    "mô hình trình diễn kỹ thuật",
    "hội chợ trong và ngoài tỉnh",
    "sản phẩm công nghiệp nông thôn tiêu biểu",
    "khởi sự doanh nghiệp",
    "sản xuất sạch hơn",
    "lập quy hoạch chi tiết cụm công nghiệp",
    "xử lý ô nhiễm môi trường tại các cơ sở công nghiệp nông thôn",
    "chuyển giao công nghệ",
    "đăng ký nhãn hiệu",
)
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
    "Số: 12/QĐ-UBND",
    "Cao Bằng, ngày 08 tháng 4 năm 2020",
)
UNITS = ("Đề án", "Hội chợ", "Mô hình", "Cụm", "Chuyến", "Lớp", "Lượt cơ sở")
PARTS = ("Chi cho đơn vị thụ hưởng", "Chi quản lý", "Chi khác")

LAYOUTS = st.builds(
    Layout,
    number_heading=st.sampled_from(["TT", "STT", "Số TT"]),
    title_heading=st.sampled_from(["Nội dung", "Nội dung hoạt động", "Hạng mục", "Nhiệm vụ"]),
    unit_heading=st.sampled_from(["ĐVT", "Đơn vị tính"]),
    year_heading=st.sampled_from(["Năm {}", "{}", "KH {}"]),
    total_heading=st.sampled_from(
        ["Tổng", "Tổng số", "Tổng cộng", "Cộng", "Giai đoạn {first}-{last}"]
    ),
    total_first=st.booleans(),
    grand_title=st.sampled_from(["Tổng cộng", "Tổng số", "Cộng", "Tổng kinh phí"]),
    grand_first=st.booleans(),
    section_numbers=st.sampled_from(["I II III IV", "A B C D", "1 2 3 4"]),
    section_sums=st.sampled_from(["head", "below", "none"]),
    line_number=st.sampled_from(["{line}", "{section}.{line}", "{numeral}.{line}", "-", ""]),
    part_numbers=st.sampled_from([["a)", "b)", "c)"], ["-", "-", "-"]]),
    tables=st.sampled_from(["apart", "one", "done"]),
    column_numbers=st.booleans(),
    money=st.sampled_from(["triệu đồng", "đồng", "nghìn đồng", "tỷ đồng"]),
    money_stands=st.sampled_from(["above", "header", "sentence"]),
    marks=st.builds(Marks, st.sampled_from([".", " ", "\xa0", ",", ""])),
    blank=st.sampled_from(["", "-", "–"]),
    leading_zeros=st.booleans(),
    footnote=st.sampled_from(["", " (1)", "*"]),
).map(lambda layout: _possible(layout))


def _possible(layout: Layout) -> Layout:
    """The layout without what nobody could tell."""
    if layout.tables == "done":
        # "KH 2026" over "KH | TH" would be no year of which both can be told.
        layout = layout._replace(year_heading="Năm {}")
    if layout.section_numbers.startswith("1"):
        layout = layout._replace(line_number="{section}.{line}")
    return layout


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Hypothesis draws (and shrinks) the size; a seed fills the cells, which may be many."""
    first = draw(st.integers(2021, 2031))
    years = range(first, first + draw(st.integers(3, 10)))
    sections = draw(st.integers(1, 4))
    lines = draw(st.integers(sections, 60))
    rng = Random(draw(st.integers(0, 2**32)))
    titles = rng.sample([f"{verb} {thing}" for verb in VERBS for thing in OBJECTS], lines)
    starts = [0, *sorted(rng.sample(range(1, lines), sections - 1)), lines]
    return Plan(
        years,
        [
            Section(
                SOURCES[i],
                [_line(rng, title, years) for title in titles[starts[i] : starts[i + 1]]],
            )
            for i in range(sections)
        ],
    )


def _line(rng: Random, title: str, years: range) -> Line:
    numbers: Numbers = {}
    largest = rng.choice([90, 900, 9_000])
    for year in rng.sample(years, rng.randint(1, len(years))):
        numbers["budget", year] = Decimal(rng.randint(1, largest))
        if rng.random() < 0.1:
            numbers["budget", year] += Decimal("0.5")
        numbers["quantities", year] = Decimal(rng.randint(1, rng.choice([9, 40, 1_500])))
        if rng.random() < 0.8:
            numbers["budget done", year] = Decimal(rng.randint(1, largest))
            numbers["quantities done", year] = Decimal(rng.randint(1, 40))
    quarter = {key: value // 4 for key, value in numbers.items() if key[0].startswith("budget")}
    parts = [quarter] * rng.randint(1, len(PARTS)) if rng.random() < 0.15 else []
    return Line(title, rng.choice(UNITS), numbers, rng.random() < 0.1, parts)


# --- the plan laid out --------------------------------------------------------------------------


class Measure(NamedTuple):
    name: str
    heading: str = ""

    @property
    def is_money(self) -> bool:
        return self.name.startswith("budget")


class Row(NamedTuple):
    level: str  # "grand", "section", "line", "part", "sum" (a section's, below its lines)
    number: str
    title: str
    unit: str
    numbers: Numbers


@st.composite
def documents(draw: st.DrawFn) -> tuple[Truth, list[Sheet]]:
    """A random plan in a random layout: what a reader must find, and the sheets."""
    plan, layout = draw(plans()), draw(LAYOUTS)
    sheets = lay_out(plan, layout)
    if layout.marks.thousands == "," and holds(sheets, Marks()):
        # Nobody could tell that 1,056 is not one and a bit, as it is in every other document.
        layout = layout._replace(marks=Marks())
        sheets = lay_out(plan, layout)
    return truth(plan, layout), sheets


def holds(sheets: list[Sheet], marks: Marks) -> bool:
    """Whether every number can be read with these marks, and every printed total then agrees."""
    try:
        return not any(
            disagrees(
                sheet,
                [
                    [s if s.value is None else s._replace(value=marks.read(s.text)) for s in row]
                    for row in sheet.body
                ],
            )
            for sheet in sheets
        )
    except ValueError:
        return False


def disagrees(
    sheet: Sheet, body: list[list[Span]], stands_for: Iterable[int] | None = None
) -> bool:
    """Whether a printed total differs from its parts, with this body in place of the sheet's own.

    ``stands_for`` gives for each row of ``body`` the sheet's row whose place it takes.
    """
    origin = list(range(len(body)) if stands_for is None else stands_for)
    values: dict[Place, Decimal] = defaultdict(Decimal)
    for r, row in zip(origin, body, strict=True):
        for c, span in enumerate(row):
            values[r, c] += span.value or 0
    # Where a section's sum below its lines is lost, these stand for it, and no sum speaks of it.
    below = {
        total: parts
        for total, parts in sheet.sums
        if parts and parts[0][0] < total[0] and total[0] not in origin
    }
    return any(
        values[total] != sum(values[one] for part in parts for one in below.get(part, [part]))
        for total, parts in sheet.sums
        if total[0] in origin
    )


def truth(plan: Plan, layout: Layout) -> Truth:
    lines = {
        f"{numeral}.{i}": line
        for numeral, section in zip(layout.section_numbers.split(), plan.sections, strict=False)
        for i, line in enumerate(section.lines, 1)
    }

    def numbers(measure: str) -> Figures:
        return {
            (key, year): float(value)
            for key, line in lines.items()
            for (name, year), value in line.numbers.items()
            if name == measure
        }

    done = layout.tables == "done"
    return Truth(
        layout=layout,
        budget=numbers("budget"),
        quantities=numbers("quantities"),
        budget_done=numbers("budget done") if done else {},
        quantities_done=numbers("quantities done") if done else {},
        titles={key: line.title for key, line in lines.items()},
        units={key: line.unit for key, line in lines.items()},
    )


def lay_out(plan: Plan, layout: Layout) -> list[Sheet]:
    budget = f"Kinh phí ({layout.money})" if layout.money_stands == "header" else "KP"
    if layout.tables == "one":
        both = [Measure("quantities", "SL"), Measure("budget", budget)]
        return [_sheet(plan, layout, "PL1", both)]
    if layout.tables == "done":
        money = [Measure("budget", "KH"), Measure("budget done", "TH")]
        work = [Measure("quantities", "KH"), Measure("quantities done", "TH")]
    else:
        money, work = [Measure("budget")], [Measure("quantities")]
    first, second = _sheet(plan, layout, "PL1", money), _sheet(plan, layout, "PL2", work)
    return [first, replace(second, above=second.above[len(LETTERHEAD) :])]


def _sheet(plan: Plan, layout: Layout, name: str, measures: list[Measure]) -> Sheet:
    years: list[int | None] = list(plan.years)
    years.insert(0 if layout.total_first else len(years), None)
    columns = [(measure, year) for year in years for measure in measures]
    has_money = any(measure.is_money for measure in measures)
    has_units = not all(measure.is_money for measure in measures)
    rows = _rows(plan, layout, has_money)
    return Sheet(
        name,
        _above(plan, layout, name, has_money),
        _head(plan, layout, columns, has_units, len(measures) > 1),
        [_body_row(layout, row, columns, has_units) for row in rows],
        [f"{layout.footnote.strip()} Thực hiện theo quy định hiện hành."] * bool(layout.footnote),
        layout.marks,
        list(_sums(rows, columns, 3 if has_units else 2)),
    )


def _above(plan: Plan, layout: Layout, name: str, has_money: bool) -> list[str]:
    cycle = f"{plan.years[0]}-{plan.years[-1]}"
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
        "Số: 12/QĐ-UBND",
        "Cao Bằng, ngày 08 tháng 4 năm 2020",
    ]
    if has_money and layout.money_stands == "sentence":
        total = _all_years(_grand(plan), "budget")
        lines.append(
            f"Tổng kinh phí giai đoạn {cycle} là: {layout.marks.write(total / 1000)} tỷ đồng."
        )
    lines += [f"PHỤ LỤC {name[-1]}", f"BIỂU KẾ HOẠCH KHUYẾN CÔNG GIAI ĐOẠN {cycle}"]
    if has_money and layout.money_stands == "above":
        lines.append(f"Đơn vị tính: {layout.money}")
    return lines


def _head(
    plan: Plan,
    layout: Layout,
    columns: list[tuple[Measure, int | None]],
    has_units: bool,
    over_measures: bool,
) -> list[list[Span]]:
    labels = [layout.number_heading, layout.title_heading, layout.unit_heading][: 2 + has_units]
    paths: list[tuple[str, ...]] = [(label,) for label in labels]
    for measure, year in columns:
        path = [
            layout.year_heading.format(year)
            if year
            else layout.total_heading.format(first=plan.years[0], last=plan.years[-1])
        ]
        if over_measures:
            path.append(measure.heading)
        if layout.money_stands == "header" and not has_units:
            path.insert(0, f"Kinh phí ({layout.money})")
        paths.append(tuple(path))
    head = header_rows(paths)
    if layout.column_numbers:
        marks = ["A", "B", "C"][: len(labels)] + [str(i + 1) for i in range(len(columns))]
        head.append([Span(mark) for mark in marks])
    return head


def header_rows(paths: list[tuple[str, ...]]) -> list[list[Span]]:
    """Headings over headings: neighbours that share one share its cell; a last one reaches down."""
    depth = max(map(len, paths))
    rows: list[list[Span]] = [[] for _ in range(depth)]
    before: tuple[str, ...] = ()
    for path in paths:
        for level, text in enumerate(path):
            last = level == len(path) - 1
            if path[: level + 1] == before[: level + 1] and not last:
                rows[level][-1] = rows[level][-1]._replace(columns=rows[level][-1].columns + 1)
            else:
                rows[level].append(Span(text, rows=depth - level if last else 1))
        before = path
    return rows


def _total(numbers: Iterable[Numbers]) -> Numbers:
    """The sums of what is money; quantities of unlike units are never summed."""
    total: Numbers = defaultdict(Decimal)
    for each in numbers:
        for (measure, year), value in each.items():
            if measure.startswith("budget"):
                total[measure, year] += value
    return total


def _all_years(numbers: Numbers, measure: str) -> Decimal:
    return sum((value for (name, _), value in numbers.items() if name == measure), Decimal())


def _grand(plan: Plan) -> Numbers:
    return _total(line.numbers for section in plan.sections for line in section.lines)


def _rows(plan: Plan, layout: Layout, has_money: bool) -> list[Row]:
    rows = []
    for i, (numeral, section) in enumerate(
        zip(layout.section_numbers.split(), plan.sections, strict=False), 1
    ):
        title = f"Kinh phí {section.title}" if has_money else section.title.capitalize()
        total = _total(line.numbers for line in section.lines)
        head = total if layout.section_sums == "head" else {}
        rows.append(Row("section", numeral, title, "", head))
        for j, line in enumerate(section.lines, 1):
            number = layout.line_number.format(section=i, numeral=numeral, line=j)
            title = line.title + (layout.footnote if line.noted else "")
            rows.append(Row("line", number, title, line.unit, line.numbers))
            # Below lines that are dashes, nobody could tell parts from further lines.
            if has_money and line.parts and len(layout.line_number) > 1:
                rows.append(Row("part", "", "Trong đó:", "", {}))
                rows += [
                    Row("part", number, title, "", part)
                    for number, title, part in zip(
                        layout.part_numbers, PARTS, line.parts, strict=False
                    )
                ]
        if has_money and layout.section_sums == "below":
            rows.append(Row("sum", "", f"Cộng {numeral}", "", total))
    if has_money:
        grand = Row("grand", "", layout.grand_title, "", _grand(plan))
        rows.insert(0 if layout.grand_first else len(rows), grand)
    return rows


def _body_row(
    layout: Layout, row: Row, columns: list[tuple[Measure, int | None]], has_units: bool
) -> list[Span]:
    spans = [Span(row.number), Span(row.title), Span(row.unit)][: 2 + has_units]
    for measure, year in columns:
        if year:
            value = row.numbers.get((measure.name, year), Decimal())
        else:
            value = _all_years(row.numbers, measure.name)
        if not value:
            spans.append(Span(layout.blank if row.numbers else ""))
        elif measure.is_money:
            value *= MONEY[layout.money]
            spans.append(Span(layout.marks.write(value), value=value))
        else:
            text = layout.marks.write(value)
            spans.append(Span(text.zfill(2) if layout.leading_zeros else text, value=value))
    return spans


def _sums(
    rows: list[Row], columns: list[tuple[Measure, int | None]], first: int
) -> Iterator[tuple[Place, list[Place]]]:
    """Across: years to a total. Down, for money: lines to their section, these to the whole."""
    for total, (measure, year) in enumerate(columns, first):
        if year is None:
            parts = [c for c, (m, y) in enumerate(columns, first) if y and m == measure]
            yield from (((r, total), [(r, c) for c in parts]) for r in range(len(rows)))
    sections = [r for r, row in enumerate(rows) if row.level == "section"]
    members: dict[int, list[int]] = {}
    whole: list[int] = []
    for section, end in zip(sections, [*sections[1:], len(rows)], strict=True):
        lines = [r for r in range(section, end) if rows[r].level == "line"]
        below = [r for r in range(section, end) if rows[r].level == "sum"]
        if total := below or [section] * bool(rows[section].numbers):
            members[total[0]] = lines
        whole += total or lines
    members |= {r: whole for r, row in enumerate(rows) if row.level == "grand"}
    for c, (measure, _) in enumerate(columns, first):
        if measure.is_money:
            yield from (((r, c), [(part, c) for part in of]) for r, of in members.items())
