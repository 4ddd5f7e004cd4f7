"""Planning tables of any kind: what each column's numbers are, and ways of heading it.

A column is written ``"phase when flags: heading"``. ``when`` is a year (a, b, c; o is two years
before a), a period in the words of the truth (``to-a``, ``6M-b``, ``o-c``) or ``-``. Flags: a
measure where the row's unit does not tell it; ``@`` where the top heading is the numbers' place,
``@@`` where the last one is; ``aside`` for what need not come out; ``x0.5`` for half of what a year
has; ``=name`` for what follows from the row's other numbers. Ways of heading are parted by ``|``, a
heading over others by `` / ``; the same choice is made wherever a document says the same thing.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import NamedTuple

from documents.invented import Number
from documents.layouts import Marks, Span
from documents.tabulated import Case, Column, Row, Table

VALUES = {
    "Giá trị sản xuất cơ khí": "tỷ đồng",
    "Giá trị sản xuất dệt may": "tỷ đồng",
    "Giá trị chế biến gỗ": "tỷ đồng",
    "Giá trị xuất khẩu hàng may mặc": "tỷ đồng",
    "Doanh thu làng nghề": "tỷ đồng",
    "Vốn đầu tư hạ tầng cụm công nghiệp": "tỷ đồng",
}
PRODUCTS = {
    "Chè khô": "tấn",
    "Gỗ xẻ": "m3",
    "Gạch nung": "nghìn viên",
    "Xi măng": "nghìn tấn",
    "Quần áo may sẵn": "nghìn cái",
    "Điện thương phẩm": "triệu kWh",
}
PEOPLE = {**PRODUCTS, "Lao động công nghiệp": "người"}
PLACES = dict.fromkeys(
    ["Huyện Hà Trung", "Huyện Lâm Sơn", "Huyện Phú Lộc", "Thị xã Đông Giang", "Huyện Yên Bắc"],
    "triệu đồng",
)
TITLES = (
    "PHỤ LỤC: MỘT SỐ CHỈ TIÊU CÔNG NGHIỆP|BIỂU CHỈ TIÊU PHÁT TRIỂN CÔNG NGHIỆP, TIỂU THỦ CÔNG "
    "NGHIỆP|MỘT SỐ CHỈ TIÊU CHỦ YẾU NGÀNH CÔNG THƯƠNG"
)
YEAR, PLAN, PLAN_B, PLAN_C = (
    "plan {0}: Năm {{{0}}}|{{{0}}}|KH {{{0}}}",
    *(f"plan {y}: Kế hoạch năm {{{y}}}|KH {{{y}}}|Kế hoạch {{{y}}}" for y in "abc"),
)
YEARS = [YEAR.format(y) for y in "abc"]
UNDER = "Năm {{{0}}}|{{{0}}} / "
DERIVED: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "sum": sum,
    "mean": lambda v: round(sum(v) / len(v), 1),
    "growth": lambda v: round(100 * ((v[-1] / v[0]) ** (1 / Decimal(len(v) - 1)) - 1), 1),
    "against": lambda v: round(100 * v[2] / v[1], 1),
    "rest": lambda v: v[0] - v[1],
    "first": lambda v: round(100 * v[1] / v[0], 1),
    "second": lambda v: round(100 * v[3] / v[2], 1),
}


class Kind(NamedTuple):
    columns: list[str]
    rows: dict[str, str] = VALUES
    unit: str = ""  # of all numbers, above the table; "": in a column
    least: int = 60
    total: bool = False
    title: str = TITLES
    heading: str = "Chỉ tiêu|Nội dung|Danh mục"


class Facet(NamedTuple):
    """A column of numbers, its words chosen."""

    path: tuple[str, ...]
    means: Number
    of: Callable[[list[Decimal]], Decimal] | None
    times: float


class Writer:
    """One clerk, with a first year and a choice of words."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.chosen = rng, dict[str, int]()
        a = rng.randint(2016, 2030)
        self.years = {"o": a - 2, "a": a, "b": a + 1, "c": a + 2}

    def say(self, ways: str) -> str:
        said = re.sub(r"\{\w\}|\bQ?[IVX]+\b", "", ways)
        index = self.chosen.setdefault(said, self.rng.randrange(ways.count("|") + 1))
        return ways.split("|")[index].format(**self.years)

    def facet(self, spec: str) -> Facet:
        what, _, heading = spec.partition(": ")
        phase, when, *flags = what.split()
        path = tuple(self.say(ways) for ways in heading.split(" / "))
        year = self.years.get(when)
        period = "" if when == "-" or year else re.sub(
            r"\b[oabc]\b", lambda letter: str(self.years[letter[0]]), when
        )  # fmt: skip
        if not period[:1].isdigit() or period[1:2] == "M":
            period = period.replace("-", " ")
        measure = next((flag for flag in flags if flag.isalpha() and flag != "aside"), "")
        role = "other" if "aside" in flags else ""
        phase = phase.strip("-")
        place = path[0] if "@" in flags else path[-1] if "@@" in flags else ""
        means = Number("", "", "", year, period, phase, measure, Decimal(), role, place)
        of = next((DERIVED[flag[1:]] for flag in flags if flag[0] == "="), None)
        times = next((float(flag[1:]) for flag in flags if re.match(r"x[\d.]", flag)), 1)
        return Facet(path, means, of, times)


def number(facet: Facet, row: Row, unit: str, value: Decimal) -> Number:
    measure = facet.means.measure
    unit = "tỷ đồng" if measure == "money" else unit
    if measure in ("growth", "share", "other"):
        unit = ""
    elif not measure:
        measure = "money" if unit.endswith("đồng") else "quantity"
    role = facet.means.role or row.role
    return facet.means._replace(label=row.title, unit=unit, measure=measure, value=value, role=role)


def lines(w: Writer, facets: list[Facet], names: dict[str, str], least: int) -> list[Row]:
    rows = []
    for i, title in enumerate(w.rng.sample(sorted(names), w.rng.randint(3, 4)), 1):
        base = w.rng.randint(least, 3 * least)
        given = [
            Decimal(round((base + 13 * j) * f.times)) for j, f in enumerate(facets) if not f.of
        ]
        own = iter(given)
        figures = {(j,): f.of(given) if f.of else next(own) for j, f in enumerate(facets)}
        rows.append(Row("line", str(i), title, names[title], figures))
    return rows


def total(w: Writer, rows: list[Row]) -> Row:
    sums = {key: sum((row.figures[key] for row in rows), Decimal()) for key in rows[0].figures}
    return Row("total", "", w.say("Tổng cộng|Cộng|Tổng số"), figures=sums, role="total")


def case(w: Writer, kind: Kind, rows: list[Row] | None = None) -> Case:
    facets = [w.facet(spec) for spec in kind.columns]
    rows = lines(w, facets, kind.rows, kind.least) if rows is None else rows
    rows += [total(w, rows)] * kind.total
    columns = [
        Column((w.say("TT|STT|Số TT"),), "number"),
        Column((w.say(kind.heading),), "title"),
        *[Column((w.say("ĐVT|Đơn vị tính|Đơn vị"),), "unit")] * (not kind.unit),
        *(Column(facet.path, keys=((i,),)) for i, facet in enumerate(facets)),
    ]
    truth = [
        number(facet, row, kind.unit or row.unit, row.figures[i,])
        for i, facet in enumerate(facets)
        for row in rows
        if (i,) in row.figures
    ]
    line = w.say("Đơn vị tính: {{}}|ĐVT: {{}}|(Đơn vị: {{}})")
    unit = line.format(w.rng.choice([kind.unit, kind.unit.capitalize()])) if kind.unit else ""
    marks = Marks(w.rng.choice([".", ".", " ", ""]))
    return Case(
        [Table(columns, rows, [w.say(kind.title)], unit, marks=marks)], truth, "read_tables"
    )


DATA = {
    "ytd-column": Kind([
        "plan o-c =sum: Kế hoạch {o}-{c}|KH giai đoạn {o}-{c}",
        "actual to-a x2: Lũy kế đến hết năm {a}|Lũy kế thực hiện đến năm {a}|Luỹ kế đến hết {a}",
        PLAN_B, PLAN_C,
    ], unit="tỷ đồng", total=True),
    "half-year-column": Kind([
        "actual a: Thực hiện năm {a}|TH {a}", PLAN_B,
        "actual 6M-b x0.5: Thực hiện 6 tháng đầu năm {b}|TH 6 tháng {b}|Thực hiện 6 tháng năm {b}",
        PLAN_C,
    ]),
    "half-year-beside-full-year": Kind([
        "actual a: TH năm {a}|Thực hiện {a}", PLAN_B,
        "estimate 6M-b x0.5: Ước TH 6 tháng {b}|ƯTH 6 tháng đầu năm {b}|Ước 6 tháng năm {b}",
        "estimate b: Ước TH cả năm {b}|ƯTH cả năm {b}|Ước thực hiện cả năm {b}", PLAN_C,
    ]),
    "quarters": Kind([
        "plan Q1-a x0.2: Quý I năm {a}|Quý I/{a}|QI/{a}",
        "plan Q2-a x0.2: Quý II năm {a}|Quý II/{a}|QII/{a}", "plan a: Cả năm {a}|Năm {a}",
    ], PEOPLE),
    "quarters-under-year": Kind([
        *(f"plan Q{i}-a: Năm {{a}}|Kế hoạch năm {{a}} / Quý {n}" for i, n in
          enumerate(("I", "II", "III", "IV"), 1)),
        "plan a =sum: Năm {a}|Kế hoạch năm {a} / Cả năm",
    ], PEOPLE),
    "estimate-columns": Kind([
        "actual a: TH {a}|Thực hiện năm {a}|TH năm {a}",
        "estimate b: ƯTH {b}|UTH {b}|Ước {b}|Ước TH {b}|Ước thực hiện năm {b}", PLAN_C,
    ]),
    "average-column": Kind([
        *YEARS,
        "plan a-c other aside =mean: Bình quân {a}-{c}|BQ {a}-{c}|Bình quân giai đoạn {a}-{c}",
        "plan - growth aside =against: So sánh {c}/{b} (%)|So sánh|{c}/{b} (%)|So với {b} (%)",
    ], unit="tỷ đồng"),
    "growth-column": Kind([
        *YEARS,
        "plan a-c growth aside =growth: Tốc độ tăng BQ {a}-{c}|Tăng trưởng bình quân {a}-{c} (%)"
        "|Tốc độ tăng (%)|Tăng BQ (%/năm)",
    ], unit="tỷ đồng"),
    "need-columns": Kind([
        *(f"need {y} x1.5: Nhu cầu năm {{{y}}}|Nhu cầu {{{y}}}|Nhu cầu vốn năm {{{y}}}"
          for y in "ab"), PLAN_C,
    ], unit="tỷ đồng"),
    "need-beside-plan": Kind([
        "need b x1.8: Nhu cầu năm {b}|Nhu cầu {b}", PLAN_B,
        "- b other aside =rest: Còn thiếu năm {b}|Còn thiếu|Chênh lệch",
    ], unit="tỷ đồng"),
    "bare-year-beside-done-and-planned": Kind([
        "actual a: Năm {a}|{a}", "actual b: TH {b}|Thực hiện năm {b}", PLAN_C,
    ]),
    "places-across": Kind([
        f"{column} @: {place} / {heading}"
        for place in ("Toàn huyện|Toàn tỉnh", "Xã Tân Hòa|Thị trấn Phú Lộc", "Xã Đông Sơn|Xã Hà An")
        for column, heading in (
            ("actual a", "TH {a}|Thực hiện {a}"), ("plan b", "KH {b}|Kế hoạch {b}"),
            ("estimate b", "ƯTH {b}|Ước TH {b}"),
        )
    ], PEOPLE, least=200),
    "measures-across-years-below": Kind([
        f"plan {y} {measure}: {over} / {{{y}}}|Năm {{{y}}}|KH {{{y}}}"
        for measure, over in (
            ("quantity", "Sản lượng|Số lượng|Khối lượng"),
            ("money", "Giá trị (tỷ đồng)|Giá trị sản xuất (tỷ đồng)|Thành tiền (tỷ đồng)"),
        )
        for y in "ab"
    ], PRODUCTS, heading="Tên sản phẩm|Sản phẩm chủ yếu"),
    "plan-actual-percent-under-year": Kind([
        f"{what}: {UNDER.format(y)}{heading}"
        for y, of in (("a", "first"), ("b", "second"))
        for what, heading in (
            (f"plan {y}", "Kế hoạch|KH"), (f"actual {y}", "Thực hiện|TH"),
            (f"- {y} share aside ={of}", "% đạt|%|Tỷ lệ (%)|% hoàn thành"),
        )
    ], PEOPLE, least=250),
    "approved-and-adjusted": Kind([
        f"{phase} {y}: {UNDER.format(y)}{heading}"
        for y in "ab"
        for phase, heading in (
            ("plan", "KH duyệt|Đã duyệt|Kế hoạch đã duyệt|Kế hoạch được giao"),
            ("adjusted", "Điều chỉnh|KH điều chỉnh|Sau điều chỉnh"),
        )
    ], unit="triệu đồng", total=True, title="BIỂU ĐIỀU CHỈNH KẾ HOẠCH"),
    "medium-term-form": Kind([
        "- - aside: Tổng mức đầu tư|Tổng mức",
        "plan a-c: Kế hoạch trung hạn {a}-{c}|Kế hoạch đầu tư công trung hạn {a}-{c}",
        *(f"plan {y}: Trong đó|Chia ra các năm / Năm {{{y}}}" for y in "abc"),
    ], unit="triệu đồng", title="BIỂU KẾ HOẠCH ĐẦU TƯ CÔNG TRUNG HẠN",
       heading="Danh mục dự án|Tên dự án"),
    "places-down-measures-under-years": Kind([
        f"plan {y} @@: {UNDER.format(y)}{name}" for y in "ab" for name in
        ("Vốn đầu tư|Ngân sách tỉnh", "Vốn sự nghiệp|Ngân sách huyện")
    ], PLACES, "triệu đồng", title="BIỂU PHÂN BỔ VỐN|PHÂN BỔ KINH PHÍ CHO CÁC HUYỆN",
       heading="Huyện|Địa bàn"),
    "years-as-section-rows": Kind(
        ["plan -: Dự toán|Kế hoạch", "actual -: Quyết toán|Thực hiện"], PLACES, "triệu đồng",
        title="BIỂU DỰ TOÁN VÀ QUYẾT TOÁN|TÌNH HÌNH THỰC HIỆN DỰ TOÁN",
        heading="Huyện|Địa phương"),
}  # fmt: skip


# --- tables whose rows are not plain ------------------------------------------------------------


def numbered_titles_general(w: Writer) -> Case:
    made = case(w, Kind(YEARS, PEOPLE))
    form = w.rng.choice(["{}. {}", "{}) {}", "{}/ {}"])
    named = {row.title: form.format(row.number, row.title) for row in made.tables[0].rows}
    for row in made.tables[0].rows:
        row.title = named[row.title]
    made.truth = [n._replace(label=named[n.label]) for n in made.truth]
    del made.tables[0].columns[0]
    return made


def unnumbered_sub_rows_general(w: Writer) -> Case:
    kind = Kind(YEARS[: w.rng.randint(2, 3)], least=200)
    rows = lines(w, [w.facet(spec) for spec in kind.columns], VALUES, kind.least)
    titles = w.say("Trong huyện;Ngoài huyện|Khu vực nhà nước;Khu vực ngoài nhà nước").split(";")
    first = {key: Decimal(int(n * Decimal("0.6"))) for key, n in rows[0].figures.items()}
    rest = {key: n - first[key] for key, n in rows[0].figures.items()}
    rows[1:1] = [
        Row("part", "", title, rows[0].unit, figures, role="part")
        for title, figures in zip(titles, (first, rest), strict=True)
    ]
    return case(w, kind, rows)


def words_in_a_year_cell(w: Writer) -> Case:
    made, at = case(w, Kind(YEARS, PEOPLE)), w.rng.randrange(3)
    table = made.tables[0]
    row, column = w.rng.choice(table.rows), table.columns[-3 + at]
    lost, text = row.figures.pop((at,)), w.say("≥ 12|Tăng 11-12%|> 90%|Đạt chuẩn|Phấn đấu đạt 15")
    made.truth = [n for n in made.truth if (n.label, n.value) != (row.title, lost)]
    table.touches.append(lambda r, c, span: Span(text) if r is row and c is column else span)
    return made


def letters_with_roman_parts(w: Writer) -> Case:
    rows: list[Row] = []
    for letter in w.say("LMV|CDM|BCD|LCV"):
        parts = lines(w, [w.facet(spec) for spec in YEARS[:2]], dict.fromkeys("abcd", "người"), 60)
        for part, (numeral, word) in zip(parts, (("I", "một"), ("II", "hai")), strict=False):
            part.number, part.title = numeral, f"Phần {word} của {letter}"
        whole = Row("group", letter, f"Nhóm ngành {letter}", "người", total(w, parts[:2]).figures)
        whole.role = "section" if rows else "line"
        rows += [whole, *parts[:2]] if rows else [whole]
    return case(w, Kind(YEARS[:2]), rows)


def medium_term_form(w: Writer) -> Case:
    rows: list[Row] = []
    for numeral, name in [("I", "Hạ tầng|Dự án chuyển tiếp"), ("II", "Dự án khởi công mới")]:
        works = []
        for i, title in enumerate(("Đường vào cụm", "Trạm xử lý nước thải", "San nền")[:2], 1):
            yearly = [Decimal(w.rng.randint(40, 90)) for _ in "abc"]
            figures = enumerate([sum(yearly) + 20, sum(yearly), *yearly])
            works.append(
                Row("line", str(i), f"{title} số {numeral}", "", {(k,): n for k, n in figures})
            )
        rows += [Row("group", numeral, w.say(name), "", total(w, works).figures), *works]
        rows[-3].role = "section"
    rows.append(total(w, [row for row in rows if row.level == "line"]))
    return case(w, DATA["medium-term-form"], rows)


def places_down_measures_under_years(w: Writer) -> Case:
    made = case(w, DATA["places-down-measures-under-years"])
    del made.tables[0].columns[0]
    return made


def years_as_section_rows(w: Writer) -> Case:
    kind, rows, truth = DATA["years-as-section-rows"], [], []
    facets = [w.facet(spec) for spec in kind.columns]
    for numeral, letter in zip(("I", "II", "III"), "abc", strict=True):
        places, year = lines(w, facets, PLACES, 60), w.years[letter]
        block = Row(
            "group", numeral, f"Năm {year}", figures=total(w, places).figures, role="section"
        )
        for row in (block, *places):
            truth += [
                number(f, row, kind.unit, row.figures[i,])._replace(year=year)
                for i, f in enumerate(facets)
            ]
        rows += [block, *places]
    made = case(w, kind, rows)
    made.truth = truth
    return made


BUILT = (
    numbered_titles_general,
    unnumbered_sub_rows_general,
    words_in_a_year_cell,
    letters_with_roman_parts,
    medium_term_form,
    places_down_measures_under_years,
    years_as_section_rows,
)
TABLES: dict[str, Callable[[Writer], Case]] = {
    **{name: lambda w, kind=kind: case(w, kind) for name, kind in DATA.items()},
    **{build.__name__.replace("_", "-"): build for build in BUILT},
}
