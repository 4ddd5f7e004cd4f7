"""Ways in which a plan's tables differ from the plain ones, each from its note.

A kind changes the plan before it yields; what it is sent is the case laid out, to be changed too.
"""

import itertools
from collections.abc import Callable, Generator
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from documents import plan_layouts as layouts
from documents import slips
from documents.invented import Figures, Fund, Plan, Work, numbers, total
from documents.invented import plan as invent
from documents.layouts import Marks, Sheet, Span
from documents.tabulated import Case, Column, Row, Rows, Table

Change = Callable[[Plan], Generator[None, Case, None]]


class Kind(NamedTuple):
    layout: Callable[[Plan], Case]
    change: Change | None = None
    expect: str = "read"
    forms: str = ""  # those in which it can be written, by the beginnings of their names; none: all
    prepare: Callable[[Plan], None] | None = None  # what the layout needs of the plan


def _one_fund(plan: Plan) -> None:
    del plan.funds[1:]


def _one_year_shared(plan: Plan) -> None:
    layouts.one_year(plan)
    plan.share()


KINDS: dict[str, Kind] = {
    "plain": Kind(layouts.funds_as_sections),
    "groups-under-funds": Kind(layouts.nested("fund")),
    "funds-under-groups": Kind(layouts.nested("group")),
    "fund-named-by-group": Kind(layouts.fund_in_title, prepare=_one_fund),
    "source-under-year": Kind(layouts.sources_under_years, prepare=Plan.share),
    "year-under-source": Kind(layouts.years_under_sources, prepare=Plan.share),
    "source-column": Kind(layouts.source_column, prepare=Plan.share),
    "source-merged-at-left": Kind(layouts.source_merged_at_left, prepare=Plan.share),
    "line-then-sources": Kind(layouts.line_then_sources, prepare=Plan.share),
    "table-per-source": Kind(layouts.table_per_source),
    "years-over-two-tables": Kind(layouts.years_over_two_tables),
    "annual-plan-sources-across": Kind(layouts.sources_across_one_year, prepare=_one_year_shared),
    "annual-plan-one-table": Kind(layouts.both_measures_one_year, prepare=layouts.one_year),
    "measures-under-years": Kind(layouts.measures_under_years),
}
#: Changes that can be made in any layout, and what of it each concerns: no two concern the same.
MIXED: dict[str, tuple[Change, set[str]]] = {}


def kind(
    layout: Callable[[Plan], Case] = layouts.funds_as_sections,
    expect: str = "read",
    forms: str = "",
    concerns: str = "",
) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        name = change.__name__.replace("_", "-")
        KINDS[name] = Kind(layout, change, expect, forms)
        if concerns:
            MIXED[name] = change, set(concerns.split())
        return change

    return register


def make(kind: Kind, plan: Plan, *more: Change) -> Case:
    """The case of a kind, with further changes."""
    if kind.prepare:
        kind.prepare(plan)
    changes = [change(plan) for change in (kind.change, *more) if change]
    for change in changes:
        next(change)
    case = kind.layout(plan)
    case.expect = kind.expect
    for change in changes:
        with suppress(StopIteration):
            change.send(case)
    return case


def some(plan: Plan) -> Work:
    return plan.rng.choice(plan.rng.choice(plan.funds).works)


def share(figures: Figures, part: str) -> Figures:
    """Part of each number, to a whole one."""
    return {key: Decimal(int(n * Decimal(part))) for key, n in figures.items()}


def less(figures: Figures, part: Figures) -> Figures:
    return {key: n - part.get(key, 0) for key, n in figures.items()}


def only(figures: Figures, measure: str) -> Figures:
    return {key: n for key, n in figures.items() if key[0] == measure}


def parts_of(plan: Plan, case: Case, work: Work, marks: tuple[str, str], off: int = 0) -> list[Row]:
    """Below a line of money the two rows that make it up, but for what is ``off``."""
    above = case.lines("money", work)[0][1]
    whole = only(above.figures, "money")
    first = share(whole, "0.4")
    last = less(whole, first)
    last[next(iter(last))] -= off
    titles = plan.rng.choice(PARTS)
    rows = [
        Row("part", mark, title, figures=figures)
        for mark, title, figures in zip(marks, titles, (first, last), strict=True)
    ]
    of_which = [Row("other", "", "Trong đó:")] * (plan.rng.random() < 0.2)
    for table, row in case.lines("money", work):
        table.after(row, *of_which, *rows)
    parents = numbers(plan, work.title, "", whole)
    case.truth = [n._replace(role="parent") if n in parents else n for n in case.truth]
    for row in rows:
        case.truth += numbers(plan, row.title, "", row.figures, "part")
    return rows


PARTS = [
    ("Cấp tỉnh", "Cấp huyện"),
    ("Máy dệt", "Máy xay"),
    ("Chi hỗ trợ", "Chi quản lý"),
    ("Cụm Bắc Sơn", "Cụm Nam Hà"),
    ("Trong tỉnh", "Ngoài tỉnh"),
]
DASHES = [("-", "-"), ("+", "+"), ("a", "b"), ("a)", "b)"), ("•", "•"), ("–", "–")]


# --- parts, and rows below a line ---------------------------------------------------------------


@kind(concerns="rows")
def parts_add_up(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    parts_of(plan, case, some(plan), plan.rng.choice(DASHES))


@kind(expect="finding")
def parts_do_not_add(plan: Plan) -> Generator[None, Case, None]:
    case, work = (yield), some(plan)
    parts = parts_of(plan, case, work, plan.rng.choice(DASHES), plan.rng.choice([10, 20, 45]))
    case.truth = [n for n in case.truth if n.role != "part"]
    case.names = [work.title, *(part.title for part in parts), *_lines(plan, work)]


def _lines(plan: Plan, work: Work) -> list[str]:
    """The line's number as the plan gives it."""
    i, fund = next((i, fund) for i, fund in enumerate(plan.funds) if work in fund.works)
    return [f"{plan.style.numerals[i]}.{fund.works.index(work) + 1}"]


@kind(concerns="rows number")
def unnumbered_sub_rows(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    parts_of(plan, case, some(plan), ("", ""))


@kind(concerns="rows number")
def bracketed_part_marks(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    parts_of(plan, case, some(plan), ("(1)", "(2)"))


@kind(expect="finding")
def part_greater_than_line(plan: Plan) -> Generator[None, Case, None]:
    case, work = (yield), some(plan)
    title = plan.rng.choice(["Trong đó: cấp huyện", "Số {} cấp huyện", "Số {} vùng cao"])
    more = {key: n + 40 for key, n in only(work.figures, "quantity").items()}
    row = Row("part", plan.rng.choice("-+"), title.format(work.unit.lower()), work.unit, more)
    _below(case, "quantity", work, row)
    case.names = [work.title, row.title, *_lines(plan, work)]


@kind(concerns="rows")
def dash_row_second_measure(plan: Plan) -> Generator[None, Case, None]:
    case, work = (yield), some(plan)
    title, unit = plan.rng.choice(
        [("Số học viên", "Người"), ("Số lao động", "Lao động"), ("Số hộ tham gia", "Hộ")]
    )
    second = {key: n * 30 for key, n in only(work.figures, "quantity").items()}
    _below(case, "quantity", work, Row("part", plan.rng.choice("-+–"), title, unit, second))
    case.truth += numbers(plan, title, unit, second, "second")


def _below(case: Case, measure: str, work: Work, *rows: Row) -> None:
    for table, row in case.lines(measure, work):
        table.after(row, *rows)


def _extra(plan: Plan) -> Work:
    """A further line whose number is a plus."""
    fund = plan.rng.choice(plan.funds)
    work = plan.work(fund.source)
    work.mark = "+"
    work.figures = {
        key: share({key: n}, "0.1")[key] + 13 if key[0] == "money" else n
        for key, n in work.figures.items()
    }
    fund.works.insert(plan.rng.randint(1, len(fund.works)), work)
    return work


@kind(concerns="rows number")
def plus_row_counted(plan: Plan) -> Generator[None, Case, None]:
    plan.style.sums = True
    _extra(plan)
    yield


@kind(expect="read_or_refuse")
def plus_row_without_totals(plan: Plan) -> Generator[None, Case, None]:
    plan.style.sums = plan.style.has_grand = plan.style.has_total = False
    _extra(plan)
    yield


@kind()
def parent_without_figures(plan: Plan) -> Generator[None, Case, None]:
    work = some(plan)
    case = yield
    case.truth = [n for n in case.truth if n.label != work.title]
    marks = plan.rng.choice(DASHES[:4])
    titles = plan.rng.choice([("Cấp tỉnh", "Cấp huyện"), ("Lớp tại xã", "Lớp tại cơ sở")])
    first = {key: max(n, Decimal(1)) for key, n in share(work.figures, "0.4").items()}
    rows = [
        Row("line", mark, title, work.unit, figures)
        for mark, title, figures in zip(
            marks, titles, (first, less(work.figures, first)), strict=True
        )
    ]
    for measure in layouts.MEASURES:
        for table, row in case.lines(measure, work):
            row.figures, row.unit = {}, ""
            table.after(row, *rows)
    for row in rows:
        case.truth += numbers(plan, row.title, work.unit, row.figures)


@kind(concerns="rows")
def title_over_two_rows(plan: Plan) -> Generator[None, Case, None]:
    work = some(plan)
    begin, rest = plan.rng.choice(
        [
            ("Đào tạo nghề cho", "lao động nông thôn vùng cao"),
            ("Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào", "sản xuất sản phẩm chủ lực"),
            ("Xây dựng gian hàng trưng bày, giới thiệu", "sản phẩm của cơ sở"),
        ]
    )
    work.title = f"{begin} {rest}"
    case = yield
    for table in case.tables:
        for row in table.level("line"):
            if row.title == work.title:
                row.title = begin
                table.after(row, Row("other", "", rest))


# --- units and marks ----------------------------------------------------------------------------


@kind(concerns="units")
def ditto_unit(plan: Plan) -> Generator[None, Case, None]:
    mark = plan.rng.choice(["nt", "-nt-", '"', "''", "″", "Nt", "như trên"])
    for fund in plan.funds:
        fund.works[1].unit = fund.works[0].unit
    case = yield
    for table in case.of("quantity"):
        rows = table.level("line")
        for above, row in itertools.pairwise(rows):
            if row.unit == above.unit and row.works and row.works[0] not in _firsts(plan):
                table.touches.append(_instead("unit", row, mark))


def _firsts(plan: Plan) -> list[Work]:
    return [fund.works[0] for fund in plan.funds]


def _instead(field: str, at: Row, text: str) -> Callable[[Row, Column, Span], Span]:
    return lambda row, column, span: Span(text) if row is at and column.field == field else span


def number_touched(case: Case, write: Callable[[str], str], *, every: bool = True) -> None:
    """Write numbers of money otherwise: all, or the first of a line."""
    for table in case.of("money"):
        at = table.level("line")[0]
        first = next(
            c for c in table.columns if c.keys[:1] and c.keys[0][0] == "money" and c.value(at)
        )

        def touch(
            row: Row, column: Column, span: Span, at: Row = at, first: Column = first
        ) -> Span:
            if span.value is None or not (every or (row is at and column is first)):
                return span
            # A spreadsheet holds such a number as the text that it is.
            return span._replace(text=write(span.text), value=None)

        table.touches.append(touch)


@kind(concerns="money")
def unit_in_a_money_cell(plan: Plan) -> Generator[None, Case, None]:
    plan.style.money = "triệu đồng"
    case, unit = (yield), plan.rng.choice([" trđ", " triệu đồng", " tr.đ", " triệu"])
    number_touched(case, lambda text: text + unit, every=False)


@kind(forms="docx html bars tabs rows xlsx")
def number_with_full_stop(plan: Plan) -> Generator[None, Case, None]:
    plan.style.marks = Marks(".")
    case, mark = (yield), plan.rng.choice([".", ".", ";"])
    number_touched(case, lambda text: text + mark, every=False)


@kind(forms="docx html")
def number_over_two_lines_in_cell(plan: Plan) -> Generator[None, Case, None]:
    plan.style.marks, plan.style.money = Marks("."), plan.rng.choice(["nghìn đồng", "đồng"])
    case = yield
    number_touched(case, lambda text: text.replace(".", ".\n", 1), every=False)


@kind(forms="docx html bars tabs xlsx_text")
def unseen_characters_in_numbers(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    mark = plan.rng.choice(["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"])
    number_touched(
        case, plan.rng.choice([lambda t: mark + t + mark, lambda t: t[0] + mark + t[1:]])
    )


@kind(concerns="blanks")
def dots_for_nothing(plan: Plan) -> Generator[None, Case, None]:
    plan.style.blank = plan.rng.choice(["...", "//", "…", "x", "....."])
    for fund in plan.funds:
        for key in [k for k in fund.works[1].figures if k[1] == plan.years[1]]:
            del fund.works[1].figures[key]
    yield


@kind(expect="read_or_refuse", forms="docx html bars tabs rows pdf")
def other_marks_in_appendix_2(plan: Plan) -> Generator[None, Case, None]:
    plan.style.marks = Marks(".")
    _copies(plan)
    case = yield
    for table in case.of("quantity"):
        table.marks = Marks(",")


def _copies(plan: Plan) -> Work:
    """A line with thousands of copies."""
    work, plan.style.money = some(plan), "triệu đồng"
    work.title, work.unit = plan.rng.choice(
        [("Xuất bản bản tin công thương", "Cuốn"), ("In tờ rơi tuyên truyền", "Tờ")]
    )
    for key in only(work.figures, "quantity"):
        work.figures[key] = Decimal(plan.rng.randrange(1100, 1900, 100))
    return work


@kind(expect="read_or_refuse", forms="xlsx_numbers")
def english_settings_quantity(plan: Plan) -> Generator[None, Case, None]:
    work = _copies(plan)
    case = yield
    table, at = case.lines("quantity", work)[0]
    table.touches.append(
        lambda row, column, span: (
            span._replace(value=span.value / 1000) if row is at and span.value else span
        )
    )


@kind(expect="read_or_refuse", forms="xlsx docx")
def percent_quantity(plan: Plan) -> Generator[None, Case, None]:
    work = some(plan)
    work.title, work.unit = plan.rng.choice(
        [("Tỷ lệ cơ sở áp dụng sản xuất sạch", "%"), ("Mức đạt chuẩn của cụm", "%")]
    )
    for i, key in enumerate(only(work.figures, "quantity")):
        work.figures[key] = Decimal(50 + 5 * i)
    case = yield
    table, at = case.lines("quantity", work)[0]
    table.touches.append(
        lambda row, column, span: (
            span._replace(text=f"{span.text}%") if row is at and span.value else span
        )
    )


@kind(concerns="money unit-line")
def unit_abbreviated(plan: Plan) -> Generator[None, Case, None]:
    short, plan.style.money = plan.rng.choice(
        [("kđ", "nghìn đồng"), ("tr.đ", "triệu đồng"), ("Triệu", "triệu đồng"),
         ("Trđ", "triệu đồng"), ("tr.đồng", "triệu đồng"), ("1.000đ", "nghìn đồng"),
         ("1000 đ", "nghìn đồng"), ("Ngàn đồng", "nghìn đồng"), ("tỷ đ", "tỷ đồng")]
    )  # fmt: skip
    plan.style.unit_in_header = False
    case = yield
    for table in case.of("money"):
        table.unit = table.unit and plan.style.unit_line.format(short)


@kind(concerns="unit-line")
def unit_below_the_table(plan: Plan) -> Generator[None, Case, None]:
    plan.style.unit_in_header = False
    case = yield
    for table in case.of("money"):
        table.below += [table.unit] * bool(table.unit)
        table.unit = ""


@kind(forms="docx html xlsx bars tabs rows", concerns="units")
def money_table_with_unit_column(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    for table in case.of("money"):
        table.columns.insert(2, Column((plan.style.unit,), "unit"))


@kind(forms="docx html xlsx pdf")
def unit_in_quantity_header(plan: Plan) -> Generator[None, Case, None]:
    unit = plan.rng.choice(["đề án", "lớp", "mô hình"])
    over = plan.rng.choice(["Số lượng ({})", "Khối lượng ({})"]).format(unit)
    for work in plan.works:
        work.unit = unit
    case = yield
    for table in case.of("quantity"):
        table.columns = [
            replace(column, path=(over, *column.path)) if column.keys else column
            for column in table.columns
            if column.field != "unit"
        ]


# --- numbers of rows, and titles ----------------------------------------------------------------


@kind(concerns="number")
def no_number_column(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    for table in case.tables:
        table.columns = [column for column in table.columns if column.field != "number"]


@kind(concerns="number")
def numbered_titles(plan: Plan) -> Generator[None, Case, None]:
    plan.style.line = plan.rng.choice(["{line}", "{section}.{line}"])
    case, form = (yield), plan.rng.choice(["{}. {}", "{}. {}", "{}) {}", "{}/ {}"])
    for table in case.tables:
        table.columns = [column for column in table.columns if column.field != "number"]
        for row in table.rows:
            if row.number:
                row.title = form.format(row.number, row.title)


@kind()
def sections_and_lines_both_1_2(plan: Plan) -> Generator[None, Case, None]:
    plan.style.numerals, plan.style.line = ["1", "2", "3"], "{line}"
    yield


@kind()
def section_called_part(plan: Plan) -> Generator[None, Case, None]:
    word = plan.rng.choice(["Phần", "PHẦN", "Mục"])
    case = yield
    for table in case.tables:
        for row in table.level("fund"):
            row.number = f"{word} {row.number}"


@kind(concerns="number rows")
def bracketed_line_marks(plan: Plan) -> Generator[None, Case, None]:
    plan.style.line = "({line})"
    yield


@kind()
def merged_section_row(plan: Plan) -> Generator[None, Case, None]:
    """A fund's row is its number and one cell over all the rest; there is no sum in it."""
    plan.style.sums, plan.style.has_grand = False, True
    case = yield

    def shape(rows: list[Row]) -> Callable[[Rows, Rows], tuple[Rows, Rows]]:
        def merge(head: Rows, body: Rows) -> tuple[Rows, Rows]:
            for row, spans in zip(rows, body, strict=True):
                if row.level == "fund":
                    spans[1:] = [spans[1]._replace(columns=len(spans) - 1)]
            return head, body

        return merge

    for table in case.tables:
        table.shapes.append(shape(table.rows))


@kind()
def merged_header_lost_in_text(plan: Plan) -> Generator[None, Case, None]:
    """Over the years one heading, which in text stands beside what it was over."""
    plan.style.unit_in_header = False
    case = yield
    over = plan.rng.choice(["Kế hoạch giai đoạn {} - {}", "Giai đoạn {}-{}", "Chia theo năm"])
    heading = over.format(plan.years[0], plan.years[-1])
    for table in case.tables:
        table.columns = [
            replace(c, path=(heading, *c.path)) if len({key[1] for key in c.keys}) == 1 else c
            for c in table.columns
        ]


@kind(concerns="notes")
def ragged_notes(plan: Plan) -> Generator[None, Case, None]:
    """A column of notes; where it is blank, text has no cell of it."""
    plan.style.notes = False
    case, note = (yield), plan.rng.choice(["Ưu tiên xã vùng cao", "Theo Quyết định 12", "CT 135"])
    for table in case.tables:
        table.columns.append(Column(("Ghi chú",), "note"))
        for row in table.level("line")[:: plan.rng.choice([1, 2])]:
            row.note = note


def ragged(sheet: Sheet) -> Sheet:
    """Without the last cell where it is blank."""
    body = [row if row[-1].text else row[:-1] for row in sheet.body]
    return replace(sheet, body=body)


@kind(concerns="years")
def years_from_last_to_first(plan: Plan) -> Generator[None, Case, None]:
    plan.years.sort(reverse=True)
    yield
    plan.years.sort()


# --- funds --------------------------------------------------------------------------------------


@kind(concerns="funds")
def province_money_called_counterpart(plan: Plan) -> Generator[None, Case, None]:
    name = plan.rng.choice(
        ["Ngân sách tỉnh đối ứng", "Vốn đối ứng ngân sách tỉnh", "Đối ứng của ngân sách địa phương"]
    )
    for fund in plan.funds:
        if fund.source == "local":
            fund.names = (name, name, "NS tỉnh đối ứng")
    yield


@kind()
def fund_with_a_total_only(plan: Plan) -> Generator[None, Case, None]:
    """The reserve has no lines; its row is what the total counts."""
    plan.style.has_grand, plan.style.numerals = True, ["I", "II", "III", "IV"]
    case, name = (yield), plan.rng.choice(["Dự phòng", "Kinh phí dự phòng", "Dự phòng phí"])
    table = case.of("money")[0]
    reserve = _reserve(plan, case, name)
    at = max(i for i, row in enumerate(table.rows) if row.level == "line") + 1
    table.rows.insert(at, Row("other", plan.style.numerals[len(plan.funds)], name, figures=reserve))
    for row in table.level("total"):
        row.figures = row.figures | reserve


def _reserve(plan: Plan, case: Case, name: str) -> Figures:
    reserve = {("money", year, "reserve"): Decimal(50) for year in plan.years}
    for table in case.of("money"):
        table.columns = [
            replace(c, keys=(*c.keys, *(("money", y, "reserve") for y in {k[1] for k in c.keys})))
            for c in table.columns
        ]
    made = numbers(plan, name, "", reserve)
    case.truth += [n._replace(source="") for n in made]
    return reserve


@kind(expect="read_or_refuse")
def row_after_the_total(plan: Plan) -> Generator[None, Case, None]:
    plan.style.has_grand, plan.style.grand_first = True, False
    case, name = (yield), plan.rng.choice(["Dự phòng", "Kinh phí quản lý", "Chi khác"])
    table = case.of("money")[0]
    table.rows.append(Row("other", "", name, figures=_reserve(plan, case, name)))


@kind(layouts.nested("fund"), expect="finding")
def group_total_wrong(plan: Plan) -> Generator[None, Case, None]:
    plan.style.sums = True
    case, table_rows = (yield), None
    table_rows = case.of("money")[0].level("fund")
    row = plan.rng.choice(table_rows)
    row.figures = dict(row.figures)
    row.figures[next(iter(row.figures))] += plan.rng.choice([10, 100, 70])
    case.names = [row.number, row.title]


@kind(expect="finding")
def summary_by_source_off(plan: Plan) -> Generator[None, Case, None]:
    """A table of the funds' sums before the plan, of which one is a little off."""
    plan.style.sums = True
    case = yield
    rows = [
        Row("line", str(i), fund.name("money"), figures=total(fund.works))
        for i, fund in enumerate(plan.funds, 1)
    ]
    key = next(iter(rows[0].figures))
    rows[0].figures[key] += 10
    whole = {k: n + 10 * (k == key) for k, n in total(plan.works).items()}
    rows.append(Row("total", "", plan.style.grand, figures=whole))
    columns = layouts.fields(plan, "money") + layouts.years(plan, "money")
    columns[1] = Column((plan.style.fund,), "title")
    made = layouts.table(plan, "money", columns, rows)
    _before(plan, case, made, plan.rng.choice(["Tổng hợp kinh phí theo nguồn:", "Biểu tổng hợp"]))
    numeral = plan.style.numerals[0]
    case.names = ["Tổng hợp", "tổng hợp", rows[0].title, numeral, plan.style.grand]


def _before(plan: Plan, case: Case, made: Table, title: str) -> None:
    """Another table between the letterhead and the plan's own."""
    made.above = [title]
    made.unit = layouts.unit_line(plan) if made.measure == "money" else ""
    case.tables.insert(0, made)


# --- columns that are not a plan's year ---------------------------------------------------------


@kind(expect="read_or_refuse")
def ytd_column_in_plan(plan: Plan) -> Generator[None, Case, None]:
    words = ["Lũy kế đến hết năm {}", "Luỹ kế đến năm {}", "Lũy kế thực hiện đến hết {}"]
    case = yield
    _first_year(plan, case, plan.rng.choice(words))


@kind(expect="read_or_refuse")
def half_year_column_in_plan(plan: Plan) -> Generator[None, Case, None]:
    words = ["6 tháng cuối năm {}", "6 tháng đầu năm {}", "Quý IV năm {}", "9 tháng năm {}"]
    case = yield
    _first_year(plan, case, plan.rng.choice(words))


def _first_year(plan: Plan, case: Case, heading: str) -> None:
    """The first year's column is not of that year."""
    first = plan.years[0]
    for table in case.tables:
        table.columns = [
            replace(c, path=(*c.path[:-1], heading.format(first)))
            if {key[1] for key in c.keys} == {first}
            else c
            for c in table.columns
        ]
    case.truth = [n for n in case.truth if n.year != first]


# --- other tables beside the plan ---------------------------------------------------------------


def another(plan: Plan, first: int, number: int) -> tuple[Plan, Case]:
    """A plan of other years by the same clerk."""
    other = invent(plan.rng)
    other.style, other.province = deepcopy(plan.style), plan.province
    other.years = list(range(first, first + number))
    other.funds = [Fund(fund.source, fund.names) for fund in plan.funds]
    for fund in other.funds:
        fund.works = [other.work(fund.source) for _ in range(2)]
    return other, layouts.funds_as_sections(other)


def earlier(plan: Plan) -> tuple[list[Table], str]:
    """What was carried out in the cycle before, as two plain tables."""
    number = len(plan.years)
    other, case = another(plan, plan.years[0] - number, number)
    for table in case.tables:
        table.columns = [
            replace(
                c,
                path=tuple(p.replace("KH", "TH").replace("Kế hoạch", "Thực hiện") for p in c.path),
            )
            for c in table.columns
        ]
    return case.tables, other.cycle


@kind(concerns="beside")
def earlier_cycle_beside_the_plan(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    _results_before(plan, case)


def _results_before(plan: Plan, case: Case) -> None:
    (money, work), cycle = earlier(plan)
    words = ["I. Kết quả thực hiện {}", "Kết quả thực hiện {}", "Kết quả khuyến công {}"]
    _before(plan, case, work, f"Khối lượng đã thực hiện {cycle}")
    _before(plan, case, money, plan.rng.choice(words).format(cycle))


@kind(concerns="beside")
def next_cycle_beside_the_plan(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    other, made = another(plan, plan.years[-1] + 1, len(plan.years))
    word = plan.rng.choice(["Dự kiến {}", "Định hướng {}", "Dự kiến kế hoạch {}"])
    made.tables[0].above = [word.format(other.cycle)]
    case.tables.append(made.tables[0])


@kind()
def annual_plan_beside_the_plan(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    first = deepcopy(case.of("money")[0])
    year = plan.years[0]
    first.columns = [
        column
        for column in first.columns
        if not column.keys or {key[1] for key in column.keys} == {year}
    ]
    word = plan.rng.choice(["Biểu kế hoạch kinh phí năm {}", "Kế hoạch năm {}"])
    _before(plan, case, first, word.format(year))


@kind(concerns="beside")
def targets_beside_the_plan(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    units = [
        ("Giá trị sản xuất cơ khí", "tỷ đồng"),
        ("Lao động ngành công nghiệp", "người"),
        ("Sản lượng chè khô", "tấn"),
    ]
    rows = [
        Row(
            "line",
            str(i),
            title,
            unit,
            {("target", y): Decimal(700 + 25 * (y % 7) + i) for y in plan.years},
        )
        for i, (title, unit) in enumerate(units, 1)
    ]
    columns = layouts.fields(plan, "quantity")
    columns[1] = Column(("Chỉ tiêu",), "title")
    columns += [Column((plan.style.year_heading(y),), keys=(("target", y),)) for y in plan.years]
    made = layouts.table(plan, "targets", columns, rows)
    _before(
        plan,
        case,
        made,
        plan.rng.choice(["Một số chỉ tiêu phát triển công nghiệp", "Các chỉ tiêu chủ yếu"]),
    )


def _split(plan: Plan, case: Case, other: Callable[[Plan, Fund], Table]) -> None:
    """The last fund's money is in a table of another kind; its work is nowhere."""
    fund, rest = plan.funds[-1], plan.funds[:-1]
    money = case.of("money")[0]
    for table in case.tables:
        table.rows = [
            row for row in table.rows if not set(map(id, fund.works)) & set(map(id, row.works))
        ]
    made = other(plan, fund)
    case.tables.insert(1, made)
    layouts.caption(plan, [money, made])
    case.truth = [n for n in case.truth if n.source != fund.source or n.measure == "money"]
    assert rest


@kind(expect="read_or_refuse")
def half_of_plan_listed(plan: Plan) -> Generator[None, Case, None]:
    del plan.funds[2:]
    case = yield
    _split(plan, case, layouts.listed)


@kind(expect="read_or_refuse")
def half_of_plan_transposed(plan: Plan) -> Generator[None, Case, None]:
    del plan.funds[2:]
    case = yield
    _split(plan, case, lambda plan, fund: layouts.turned(plan, "money", [fund]))


def _all_turned(plan: Plan) -> Case:
    return layouts.case(plan, [layouts.turned(plan, m, plan.funds) for m in layouts.MEASURES])


def _all_listed(plan: Plan) -> Case:
    tables = [layouts.listed(plan, fund) for fund in plan.funds]
    case = layouts.case(plan, tables)
    layouts.caption(plan, tables)
    case.truth = [n for n in case.truth if n.measure == "money"]
    return case


@kind(_all_turned, expect="read_or_refuse", forms="docx html xlsx pdf")
def results_standard_plan_transposed(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    _results_before(plan, case)


@kind(_all_listed, expect="read_or_refuse")
def results_standard_plan_listed(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    _results_before(plan, case)


@kind(expect="refuse")
def results_only(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    _results_before(plan, case)
    case.tables, case.truth = case.tables[:2], []
    case.tables[1].below = [
        f"II. Kế hoạch {plan.cycle}: kinh phí và khối lượng theo các biểu đính kèm"
    ]


# --- what only one form has ---------------------------------------------------------------------


@kind(layouts.measures_under_years, forms="html docx xlsx")
def two_level_header_converted(plan: Plan) -> Generator[None, Case, None]:
    """A converter's widths: some columns are two columns of its own, in every row."""
    case = yield
    table = case.tables[0]
    wide = [i for i, c in enumerate(table.columns) if c.keys and plan.rng.random() < 0.3]
    table.shapes.append(lambda head, body: slips.widened(head, body, wide))


@kind(forms="xlsx")
def error_in_unread_column(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    table = case.of("money")[0]
    heading = plan.rng.choice(["Tăng BQ (%)", "Tốc độ tăng (%)", "So sánh (%)"])
    table.columns.append(Column((heading,), "note"))
    for i, row in enumerate(table.rows):
        row.note = "#DIV/0!" if i % 2 else "7,5"


@kind(forms="xlsx")
def error_in_unread_cell(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    case.finish = slips.in_workbook(lambda book: slips.write_aside(book, ["#DIV/0!"]))


@kind(forms="xlsx")
def side_calculations(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    case.finish = slips.in_workbook(lambda book: slips.write_aside(book, [123, 456, "=L11+L12"]))


@kind(forms="xlsx")
def error_in_hidden_sheet(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    case.finish = slips.in_workbook(slips.add_hidden_sheet)


@kind(forms="xlsx")
def zero_in_section_rows(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    for table in case.of("quantity"):
        for row in table.level("fund"):
            first = next(fund for fund in plan.funds if fund.works[0] in row.works)
            row.figures = {("quantity", y, first.source): Decimal(0) for y in plan.years}


@kind(forms="docx")
def nested_table_in_a_title(plan: Plan) -> Generator[None, Case, None]:
    case = yield
    case.finish = slips.nest(plan.rng.choice(plan.works).title)


def _pdf(**options: object) -> Change:
    def change(plan: Plan) -> Generator[None, Case, None]:
        case = yield
        case.pdf = options

    return change


for _name, _options in {
    "pdf-without-rules": {"rules": "none"},
    "pdf-horizontal-rules": {"rules": "rows"},
    "pdf-rules-at-sections": {"rules": "sections"},
    "pdf-content-turned": {"turned": True},
}.items():
    KINDS[_name] = Kind(layouts.funds_as_sections, _pdf(**_options), forms="pdf")


@kind(forms="pdf")
def pdf_number_wrapped(plan: Plan) -> Generator[None, Case, None]:
    plan.style.marks, plan.style.money = Marks(" "), "đồng"
    case = yield
    case.pdf = {"narrow": "numbers"}


@kind(forms="pdf")
def unit_broken_in_narrow_column(plan: Plan) -> Generator[None, Case, None]:
    work = some(plan)
    work.unit = plan.rng.choice(["Doanh nghiệp", "Chương trình", "Chuyên mục"])
    case = yield
    case.pdf = {"narrow": "units"}
