"""Planning tables of any kind: a column is what its heading says, a row has its numbers."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import NamedTuple

from documents.invented import Number
from documents.layouts import Marks, Span
from documents.tabulated import Case, Column, Row, Table


class Facet(NamedTuple):
    """A column of numbers: its headings, and what a number below them is."""

    path: tuple[str, ...]
    year: int | None = None
    period: str = ""
    phase: str = "plan"
    measure: str = ""  # "": what the row's unit says
    role: str = ""  # "other" for what need not come out
    place: str = ""
    times: float = 1  # of what the row has in a year
    of: Callable[[list[Decimal]], Decimal] | None = None  # or from the row's other numbers


class Words(NamedTuple):
    """What one clerk calls things, and which years the table is of."""

    rng: Random
    a: int
    title: str
    above: list[str]

    def say(self, *ways: str) -> str:
        """One way of saying it; {a}, {b} and {c} are the years."""
        return self.rng.choice(ways).format(a=self.a, b=self.a + 1, c=self.a + 2, o=self.a - 2)


VALUES = [
    ("Giá trị sản xuất cơ khí", "tỷ đồng"),
    ("Giá trị sản xuất dệt may", "tỷ đồng"),
    ("Giá trị chế biến gỗ", "tỷ đồng"),
    ("Giá trị xuất khẩu hàng may mặc", "tỷ đồng"),
    ("Doanh thu làng nghề", "tỷ đồng"),
    ("Vốn đầu tư hạ tầng cụm công nghiệp", "tỷ đồng"),
]
PRODUCTS = [
    ("Chè khô", "tấn"),
    ("Gỗ xẻ", "m3"),
    ("Gạch nung", "nghìn viên"),
    ("Xi măng", "nghìn tấn"),
    ("Quần áo may sẵn", "nghìn cái"),
    ("Lao động công nghiệp", "người"),
    ("Điện thương phẩm", "triệu kWh"),
]
PLACES = ["Huyện Hà Trung", "Huyện Lâm Sơn", "Huyện Phú Lộc", "Thị xã Đông Giang", "Huyện Yên Bắc"]
Build = Callable[[Words], Case]
TABLES: dict[str, Build] = {}


def kind(build: Build) -> Build:
    TABLES[build.__name__.replace("_", "-")] = build
    return build


def words(rng: Random) -> Words:
    titles = [
        "PHỤ LỤC: MỘT SỐ CHỈ TIÊU CÔNG NGHIỆP",
        "BIỂU CHỈ TIÊU PHÁT TRIỂN CÔNG NGHIỆP, TIỂU THỦ CÔNG NGHIỆP",
        "MỘT SỐ CHỈ TIÊU CHỦ YẾU NGÀNH CÔNG THƯƠNG",
    ]
    return Words(rng, rng.randint(2016, 2030), rng.choice(titles), [])


def case(w: Words, facets: list[Facet], rows: list[Row], unit: str = "", heading: str = "") -> Case:
    """A table; ``unit`` stands above it, and where there is none each row has its own."""
    marks = Marks(w.rng.choice([".", ".", " ", ""]))
    heading = heading or w.rng.choice(["Chỉ tiêu", "Nội dung", "Danh mục"])
    columns = [
        Column((w.rng.choice(["TT", "STT", "Số TT"]),), "number"),
        Column((heading,), "title"),
        *[Column((w.rng.choice(["ĐVT", "Đơn vị tính", "Đơn vị"]),), "unit")] * (not unit),
    ]
    truth = []
    for i, facet in enumerate(facets):
        columns.append(Column(facet.path, keys=((i,),)))
        for row in rows:
            if (i,) in row.figures:
                truth.append(number(facet, row, unit or row.unit, row.figures[i,]))
    above = [w.title]
    if unit:
        line = w.rng.choice(["Đơn vị tính: {}", "ĐVT: {}", "(Đơn vị: {})"])
        above.append(line.format(w.rng.choice([unit, unit.capitalize()])))
    return Case([Table(columns, rows, above, marks=marks)], truth, "read_tables")


def number(facet: Facet, row: Row, unit: str, value: Decimal) -> Number:
    measure = facet.measure or ("money" if unit.endswith("đồng") else "quantity")
    if measure in ("growth", "share", "other"):
        unit = ""
    elif facet.measure == "money":
        unit = "tỷ đồng"
    role = facet.role or row.role
    return Number(
        "",
        row.title,
        unit,
        facet.year,
        facet.period,
        facet.phase,
        measure,
        value,
        role,
        facet.place,
    )


def lines(
    w: Words, facets: list[Facet], names: list[tuple[str, str]], least: int = 60
) -> list[Row]:
    rows = []
    for i, (title, unit) in enumerate(w.rng.sample(names, w.rng.randint(3, 4)), 1):
        base = w.rng.randint(least, 3 * least)
        row = Row("line", str(i), title, unit)
        own = [
            None if facet.of else Decimal(round(base * facet.times) + 13 * j)
            for j, facet in enumerate(facets)
        ]
        given = [value for value in own if value is not None]
        for j, (facet, value) in enumerate(zip(facets, own, strict=True)):
            row.figures[j,] = facet.of(given) if facet.of else value
        rows.append(row)
    return rows


def growth(yearly: list[Decimal]) -> Decimal:
    """How much a year it grows over the cycle, in percent."""
    return round(100 * ((yearly[-1] / yearly[0]) ** (1 / Decimal(len(yearly) - 1)) - 1), 1)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return round(100 * part / whole, 1)


def with_total(w: Words, rows: list[Row]) -> list[Row]:
    sums = {key: sum((row.figures[key] for row in rows), Decimal()) for key in rows[0].figures}
    total = Row("total", "", w.say("Tổng cộng", "Cộng", "Tổng số"), figures=sums, role="total")
    return [*rows, total]


def values(w: Words, *facets: Facet, unit: bool | None = None, total: bool = False) -> Case:
    """Rows of money, their unit above the table or in a column."""
    rows = lines(w, list(facets), VALUES)
    rows = with_total(w, rows) if total else rows
    above = w.rng.random() < 0.5 if unit is None else unit
    return case(w, list(facets), rows, "tỷ đồng" if above or total else "")


@kind
def ytd_column(w: Words) -> Case:
    to = w.say("Lũy kế đến hết năm {a}", "Lũy kế thực hiện đến năm {a}", "Luỹ kế đến hết {a}")
    return values(
        w,
        Facet(
            (w.say("Kế hoạch {o}-{c}", "KH giai đoạn {o}-{c}"),), period=w.say("{o}-{c}"), of=sum
        ),
        Facet((to,), period=w.say("to {a}"), phase="actual", times=3),
        Facet((w.say("Kế hoạch năm {b}", "KH {b}"),), w.a + 1),
        Facet((w.say("Kế hoạch năm {c}", "KH {c}"),), w.a + 2),
        total=w.rng.random() < 0.5,
    )


@kind
def half_year_column(w: Words) -> Case:
    first = w.say("Thực hiện 6 tháng đầu năm {b}", "TH 6 tháng {b}", "Thực hiện 6 tháng năm {b}")
    return values(
        w,
        Facet((w.say("Thực hiện năm {a}", "TH {a}"),), w.a, phase="actual"),
        Facet((w.say("Kế hoạch năm {b}", "KH {b}"),), w.a + 1),
        Facet((first,), period=w.say("6M {b}"), phase="actual", times=0.5),
        Facet((w.say("Kế hoạch năm {c}", "KH {c}"),), w.a + 2),
    )


@kind
def half_year_beside_full_year(w: Words) -> Case:
    half = w.say("Ước TH 6 tháng {b}", "ƯTH 6 tháng đầu năm {b}", "Ước thực hiện 6 tháng năm {b}")
    whole = w.say("Ước TH cả năm {b}", "ƯTH cả năm {b}", "Ước thực hiện cả năm {b}")
    return values(
        w,
        Facet((w.say("TH năm {a}", "Thực hiện {a}"),), w.a, phase="actual"),
        Facet((w.say("KH năm {b}", "Kế hoạch {b}"),), w.a + 1),
        Facet((half,), period=w.say("6M {b}"), phase="estimate", times=0.5),
        Facet((whole,), w.a + 1, phase="estimate", times=1.1),
        Facet((w.say("KH năm {c}", "Kế hoạch {c}"),), w.a + 2),
    )


@kind
def quarters(w: Words) -> Case:
    quarter = w.say("Quý {{}} năm {a}", "Quý {{}}/{a}", "Quý {{}}")
    whole = w.say("Cả năm {a}", "Năm {a}") if "{a}" in quarter or str(w.a) in quarter else ""
    facets = [
        Facet((quarter.format(numeral),), period=f"Q{i} {w.a}", times=0.2)
        for i, numeral in enumerate(w.rng.choice([["I", "II"], ["I", "II", "III", "IV"]]), 1)
    ]
    facets.append(Facet((whole or "Cả năm",), w.a, times=2, of=sum if len(facets) == 4 else None))
    if not whole:
        over = w.say("Kế hoạch năm {a}", "Năm {a}")
        facets = [facet._replace(path=(over, *facet.path)) for facet in facets]
    return case(w, facets, lines(w, facets, PRODUCTS, 50))


@kind
def estimate_columns(w: Words) -> Case:
    return values(
        w,
        Facet((w.say("TH {a}", "Thực hiện năm {a}", "TH năm {a}"),), w.a, phase="actual"),
        Facet(
            (w.say("ƯTH {b}", "UTH {b}", "Ước {b}", "Ước TH {b}", "Ước thực hiện năm {b}"),),
            w.a + 1,
            phase="estimate",
        ),
        Facet((w.say("KH {c}", "Kế hoạch năm {c}"),), w.a + 2),
    )


@kind
def average_and_growth_columns(w: Words) -> Case:
    period = w.say("{a}-{c}")
    mean = w.say("Bình quân {a}-{c}", "BQ {a}-{c}", "Bình quân giai đoạn {a}-{c}")
    rate = w.say("Tốc độ tăng BQ {a}-{c}", "Tăng trưởng bình quân {a}-{c} (%)", "Tốc độ tăng (%)")
    against = w.say("So sánh {c}/{b} (%)", "So sánh", "{c}/{b} (%)", "So với {b} (%)")
    columns = [
        Facet(
            (mean,), None, period, measure="other", role="other", of=lambda v: round(sum(v) / 3, 1)
        ),
        Facet((rate,), None, period, measure="growth", role="other", of=growth),
        Facet((against,), measure="growth", role="other", of=lambda v: percent(v[2], v[1])),
    ]
    year = w.say("Năm {{}}", "{{}}", "KH {{}}")
    years = [Facet((year.format(w.a + i),), w.a + i) for i in range(3)]
    return values(w, *years, *w.rng.sample(columns, 2), unit=True)


@kind
def need_columns(w: Words) -> Case:
    need = w.say("Nhu cầu năm {{}}", "Nhu cầu {{}}", "Nhu cầu vốn năm {{}}", "Đề nghị năm {{}}")
    return values(
        w,
        Facet((need.format(w.a),), w.a, phase="need"),
        Facet((need.format(w.a + 1),), w.a + 1, phase="need"),
        Facet((w.say("Kế hoạch năm {c}", "KH {c}"),), w.a + 2),
        unit=True,
    )


@kind
def need_beside_plan(w: Words) -> Case:
    rest = w.say("Còn thiếu năm {b}", "Còn thiếu", "Chênh lệch")
    return values(
        w,
        Facet((w.say("Nhu cầu năm {b}", "Nhu cầu {b}"),), w.a + 1, phase="need", times=1.6),
        Facet((w.say("Kế hoạch năm {b}", "KH {b}"),), w.a + 1),
        Facet((rest,), w.a + 1, "", "", "other", "other", of=lambda v: v[0] - v[1]),
        unit=True,
    )


@kind
def bare_year_beside_done_and_planned(w: Words) -> Case:
    return values(
        w,
        Facet((w.say("Năm {a}", "{a}"),), w.a, phase="actual"),
        Facet((w.say("TH {b}", "Thực hiện năm {b}"),), w.a + 1, phase="actual"),
        Facet((w.say("KH {c}", "Kế hoạch năm {c}"),), w.a + 2),
    )


def years(w: Words, number: int) -> list[Facet]:
    heading = w.say("Năm {{}}", "{{}}", "KH {{}}")
    return [Facet((heading.format(w.a + i),), w.a + i) for i in range(number)]


@kind
def numbered_titles_general(w: Words) -> Case:
    facets = years(w, w.rng.randint(2, 4))
    rows = lines(w, facets, PRODUCTS)
    form = w.rng.choice(["{}. {}", "{}) {}", "{}/ {}"])
    for row in rows:
        row.title = form.format(row.number, row.title)
    made = case(w, facets, rows)
    del made.tables[0].columns[0]
    return made


@kind
def unnumbered_sub_rows_general(w: Words) -> Case:
    facets = years(w, w.rng.randint(2, 4))
    rows = lines(w, facets, VALUES, 300)
    titles = w.rng.choice(
        [("Trong huyện", "Ngoài huyện"), ("Khu vực nhà nước", "Khu vực ngoài nhà nước")]
    )
    first = {key: Decimal(int(n * Decimal("0.6"))) for key, n in rows[0].figures.items()}
    rest = {key: n - first[key] for key, n in rows[0].figures.items()}
    rows[1:1] = [
        Row("part", "", title, rows[0].unit, figures, role="part")
        for title, figures in zip(titles, (first, rest), strict=True)
    ]
    return case(w, facets, rows)


@kind
def words_in_a_year_cell(w: Words) -> Case:
    facets = years(w, 3)
    rows = lines(w, facets, PRODUCTS)
    row, at = w.rng.choice(rows), w.rng.randrange(3)
    del row.figures[at,]
    text = w.rng.choice(["≥ 12", "Tăng 11-12%", "> 90%", "Đạt chuẩn", "Phấn đấu đạt 15", "10-12"])
    made = case(w, facets, rows)
    column = made.tables[0].columns[-3 + at]
    made.tables[0].touches.append(
        lambda r, c, span: Span(text) if r is row and c is column else span
    )
    return made


@kind
def letters_with_roman_parts(w: Words) -> Case:
    facets = years(w, 2)
    rows: list[Row] = []
    for letter in w.rng.choice(["LMV", "CDM", "BCD", "ICV"[1:]]):
        parts = [
            Row("line", numeral, f"Phần {word} của {letter}", "người",
                {(i,): Decimal(100 * w.rng.randint(1, 4) + 10 * i) for i in range(2)})
            for numeral, word in zip(("I", "II"), ("một", "hai"), strict=True)
        ]  # fmt: skip
        whole = {(i,): sum((p.figures[i,] for p in parts), Decimal()) for i in range(2)}
        alone = not rows
        row = Row("group", letter, f"Nhóm ngành {letter}", "người", whole)
        row.role = "line" if alone else "section"
        rows += [row, *parts] if not alone else [row]
    return case(w, facets, rows)


@kind
def medium_term_form(w: Words) -> Case:
    over = w.say("Trong đó", "Chia ra các năm")
    plan = w.say("Kế hoạch trung hạn {a}-{c}", "Kế hoạch đầu tư công trung hạn {a}-{c}")
    facets = [
        Facet((w.say("Tổng mức đầu tư", "Tổng mức"),), phase="", role="other", times=5),
        Facet((plan,), period=w.say("{a}-{c}"), times=3),
        *[Facet((over, w.say(f"Năm {w.a + i}")), w.a + i) for i in range(3)],
    ]
    works = ["Đường vào cụm công nghiệp", "Trạm xử lý nước thải", "San nền cụm công nghiệp"]
    groups = [("I", w.say("Hạ tầng", "Dự án chuyển tiếp")), ("II", "Dự án khởi công mới")]
    rows: list[Row] = []
    leaves: list[Row] = []
    for numeral, name in groups[: w.rng.randint(1, 2)]:
        made = []
        for i, title in enumerate(works[:2], 1):
            each = [Decimal(w.rng.randint(4, 20) * 10) for _ in range(3)]
            whole = sum(each, Decimal())
            figures = dict(enumerate([whole + 200, whole, *each]))
            named = f"{title} {numeral}" if numeral != "I" else title
            made.append(Row("line", str(i), named, figures={(k,): n for k, n in figures.items()}))
        sums = {k: sum((row.figures[k] for row in made), Decimal()) for k in made[0].figures}
        rows += [Row("group", numeral, name, figures=sums, role="section"), *made]
        leaves += made
    w.above.clear()
    rows.append(with_total(w, leaves)[-1])
    return case(w._replace(title="BIỂU KẾ HOẠCH ĐẦU TƯ CÔNG TRUNG HẠN"), facets, rows,
                     "triệu đồng", w.say("Danh mục dự án", "Tên dự án"))  # fmt: skip


@kind
def places_across(w: Words) -> Case:
    places = [
        w.say("Toàn huyện", "Toàn tỉnh"),
        *w.rng.sample(["Xã Tân Hòa", "Xã Phú Lộc", "Thị trấn Yên Bắc"], w.rng.randint(1, 2)),
    ]
    under = [
        (w.say("TH {a}", "Thực hiện {a}"), w.a, "actual"),
        (w.say("KH {b}", "Kế hoạch {b}"), w.a + 1, "plan"),
        (w.say("ƯTH {b}", "Ước TH {b}"), w.a + 1, "estimate"),
    ]
    facets = [
        Facet((place, heading), year, phase=phase, place=place, times=1 / (1 + 2 * i))
        for i, place in enumerate(places)
        for heading, year, phase in under
    ]
    return case(w, facets, lines(w, facets, PRODUCTS, 200))


@kind
def measures_across_years_below(w: Words) -> Case:
    year = w.say("{{}}", "Năm {{}}", "KH {{}}")
    work = w.say("Sản lượng", "Số lượng", "Khối lượng")
    money = w.say("Giá trị (tỷ đồng)", "Giá trị sản xuất (tỷ đồng)", "Thành tiền (tỷ đồng)")
    facets = [
        Facet((over, year.format(w.a + i)), w.a + i, measure=measure, times=times)
        for over, measure, times in ((work, "quantity", 1), (money, "money", 0.05))
        for i in range(2)
    ]
    rows = lines(w, facets, [name for name in PRODUCTS if name[1] != "người"], 200)
    return case(w, facets, rows, heading=w.say("Tên sản phẩm", "Sản phẩm chủ yếu"))


@kind
def places_down_measures_under_years(w: Words) -> Case:
    kinds = w.rng.choice([("Vốn đầu tư", "Vốn sự nghiệp"), ("Ngân sách tỉnh", "Ngân sách huyện")])
    year = w.say("{{}}", "Năm {{}}")
    facets = [
        Facet((year.format(w.a + i), name), w.a + i, place=name) for i in range(2) for name in kinds
    ]
    rows = lines(w, facets, [(place, "triệu đồng") for place in PLACES])
    title = w.say("BIỂU PHÂN BỔ VỐN", "PHÂN BỔ KINH PHÍ CHO CÁC HUYỆN")
    made = case(w._replace(title=title), facets, rows, "triệu đồng", w.say("Huyện", "Địa bàn"))
    del made.tables[0].columns[0]
    return made


@kind
def years_as_section_rows(w: Words) -> Case:
    facets = [
        Facet((w.say("Dự toán", "Kế hoạch"),)),
        Facet((w.say("Quyết toán", "Thực hiện"),), phase="actual", times=0.9),
    ]
    rows: list[Row] = []
    truth = []
    for i, numeral in enumerate(("I", "II", "III")[: w.rng.randint(2, 3)]):
        places = lines(w, facets, [(place, "") for place in PLACES])
        sums = with_total(w, places)[-1].figures
        title = f"Năm {w.a + i}"
        block = [Row("group", numeral, title, figures=sums, role="section"), *places]
        truth += [
            number(facet._replace(year=w.a + i), row, "triệu đồng", row.figures[j,])
            for row in block
            for j, facet in enumerate(facets)
        ]
        rows += block
    title = w.say("BIỂU DỰ TOÁN VÀ QUYẾT TOÁN", "TÌNH HÌNH THỰC HIỆN DỰ TOÁN")
    made = case(w._replace(title=title), facets, rows, "triệu đồng", w.say("Huyện", "Địa phương"))
    made.truth = truth
    return made


@kind
def plan_actual_percent_under_year(w: Words) -> Case:
    share = w.say("% đạt", "%", "Tỷ lệ (%)", "% hoàn thành")
    plan, done = w.say("Kế hoạch", "KH"), w.say("Thực hiện", "TH")
    facets = []
    year = w.say("Năm {{}}", "{{}}")
    for i in range(2):
        over = year.format(w.a + i)
        facets += [
            Facet((over, plan), w.a + i),
            Facet((over, done), w.a + i, phase="actual", times=0.95),
            Facet(
                (over, share),
                w.a + i,
                phase="",
                measure="share",
                role="other",
                of=lambda v, i=i: percent(v[2 * i + 1], v[2 * i]),
            ),
        ]
    return case(w, facets, lines(w, facets, PRODUCTS, 300))


@kind
def approved_and_adjusted(w: Words) -> Case:
    old = w.say("KH duyệt", "Đã duyệt", "Kế hoạch đã duyệt", "Kế hoạch được giao")
    new = w.say("Điều chỉnh", "KH điều chỉnh", "Sau điều chỉnh")
    facets = []
    year = w.say("Năm {{}}", "{{}}")
    for i in range(2):
        over = year.format(w.a + i)
        facets += [
            Facet((over, old), w.a + i),
            Facet((over, new), w.a + i, phase="adjusted", times=0.95),
        ]
    rows = with_total(w, lines(w, facets, [(title, "") for title, _ in VALUES]))
    return case(w._replace(title="BIỂU ĐIỀU CHỈNH KẾ HOẠCH"), facets, rows, "triệu đồng")
