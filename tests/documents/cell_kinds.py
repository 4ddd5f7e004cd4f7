"""Kinds of documents by what stands in cells and headings: units, marks, what is unseen, slips."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from documents import plan_layouts as layouts
from documents import slips
from documents.invented import Plan, Work
from documents.layouts import Marks, Span
from documents.plan_layouts import After, Kind
from documents.tabulated import Case, Column, Row

SHORT = {
    "kđ": "nghìn đồng",
    "1.000đ": "nghìn đồng",
    "1000 đ": "nghìn đồng",
    "Ngàn đồng": "nghìn đồng",
    "tr.đ": "triệu đồng",
    "Trđ": "triệu đồng",
    "Triệu": "triệu đồng",
    "tr.đồng": "triệu đồng",
    "tỷ đ": "tỷ đồng",
}
COPIES = [("Xuất bản bản tin công thương", "Cuốn"), ("In tờ rơi tuyên truyền", "Tờ")]
SHARES = [("Tỷ lệ cơ sở áp dụng sản xuất sạch", "%"), ("Mức đạt chuẩn của cụm", "%")]
UNSEEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e"]
NOTES = ["Ưu tiên xã vùng cao", "Theo Quyết định 12", "CT 135", "Lồng ghép"]


def numbers_written(write: Callable[[Plan], Callable[[str], str]], *, every: bool = False) -> After:
    """Numbers of money written otherwise: the first of a line, or all."""

    def after(plan: Plan, case: Case) -> None:
        change = write(plan)
        for table in case.of("money"):
            at = table.level("line")[0]
            first = next(c for c in table.columns if _is_money(c) and c.value(at))

            def touch(
                row: Row, column: Column, span: Span, at: Row = at, first: Column = first
            ) -> Span:
                if span.value is None or not (every or (row is at and column is first)):
                    return span
                # A spreadsheet holds such a number as the text that it is.
                return span._replace(text=change(span.text), value=None)

            table.touches.append(touch)

    return after


def _is_money(column: Column) -> bool:
    return bool(column.keys) and column.keys[0][0] == "money"


def _touch_work(case: Case, work: Work, change: Callable[[Span], Span]) -> None:
    """Change the cells of the work that a line has."""
    table, at = case.lines("quantity", work)[0]
    table.touches.append(
        lambda row, column, span: change(span) if row is at and span.value else span
    )


def unseen(plan: Plan) -> Callable[[str], str]:
    mark = plan.rng.choice(UNSEEN)
    return plan.rng.choice([lambda t: mark + t + mark, lambda t: t[0] + mark + t[1:]])


def share_units(plan: Plan) -> None:
    for fund in plan.funds:
        fund.works[1].unit = fund.works[0].unit


def ditto_unit(plan: Plan, case: Case) -> None:
    mark = plan.rng.choice(["nt", "-nt-", '"', "''", "″", "Nt", "như trên"])
    second = [fund.works[1] for fund in plan.funds]
    for table in case.of("quantity"):
        for above, row in pairwise(table.level("line")):
            if above.unit == row.unit and any(work in second for work in row.works):
                table.touches.append(
                    lambda r, c, span, row=row: (
                        Span(mark) if r is row and c.field == "unit" else span
                    )
                )


def some_without_numbers(plan: Plan) -> None:
    plan.style.blank = plan.rng.choice(["...", "//", "…", "....."])
    for fund in plan.funds:
        work = fund.works[1]
        work.figures = {key: n for key, n in work.figures.items() if key[1] != plan.years[1]}


def thousands(plan: Plan) -> None:
    """A line with thousands of copies."""
    work = plan.chosen
    work.title, work.unit = plan.rng.choice(COPIES)
    for key in [key for key in work.figures if key[0] == "quantity"]:
        work.figures[key] = Decimal(plan.rng.randrange(1100, 1900, 100))


def other_marks(plan: Plan, case: Case) -> None:
    for table in case.of("quantity"):
        table.marks = Marks(",")


def stored_as_thousandths(plan: Plan, case: Case) -> None:
    _touch_work(case, plan.chosen, lambda span: span._replace(value=span.value / 1000))


def shares(plan: Plan) -> None:
    work = plan.chosen
    work.title, work.unit = plan.rng.choice(SHARES)
    for i, key in enumerate([key for key in work.figures if key[0] == "quantity"]):
        work.figures[key] = Decimal(50 + 5 * i)


def percent_signs(plan: Plan, case: Case) -> None:
    _touch_work(case, plan.chosen, lambda span: span._replace(text=f"{span.text}%"))


def short_unit(plan: Plan) -> None:
    plan.style.unit_words = plan.rng.choice(sorted(SHORT))
    plan.style.money = SHORT[plan.style.unit_words]


def unit_below(plan: Plan, case: Case) -> None:
    for table in case.of("money"):
        table.below += [table.unit] * bool(table.unit)
        table.unit = ""


def unit_column(plan: Plan, case: Case) -> None:
    for table in case.of("money"):
        if table.measure:
            at = next(i for i, column in enumerate(table.columns) if column.keys)
            table.columns.insert(at, Column((plan.style.unit,), "unit"))


def one_unit(plan: Plan) -> None:
    unit = plan.rng.choice(["đề án", "lớp", "mô hình"])
    for work in plan.works:
        work.unit = unit


def unit_in_heading(plan: Plan, case: Case) -> None:
    over = f"{plan.rng.choice(['Số lượng', 'Khối lượng'])} ({plan.works[0].unit})"
    for table in case.of("quantity"):
        table.columns = [
            replace(column, path=(over, *column.path)) if column.keys else column
            for column in table.columns
            if column.field != "unit"
        ]


def heading_over_years(plan: Plan, case: Case) -> None:
    """Over the years one heading, which in text stands beside what it was over."""
    over = plan.rng.choice(["Kế hoạch giai đoạn {} - {}", "Giai đoạn {}-{}", "Chia theo năm"])
    heading = over.format(plan.years[0], plan.years[-1])
    for table in case.tables:
        table.columns = [
            replace(c, path=(heading, *c.path)) if len({key[1] for key in c.keys}) == 1 else c
            for c in table.columns
        ]


def notes(plan: Plan, case: Case) -> None:
    """A column of notes; where it is blank, text has no cell of it."""
    note = plan.rng.choice(NOTES)
    for table in case.tables:
        table.columns.append(Column(("Ghi chú",), "note"))
        for row in table.level("line")[:: plan.rng.choice([1, 2])]:
            row.note = note
    case.in_text = lambda sheet: replace(
        sheet, body=[row if row[-1].text else row[:-1] for row in sheet.body]
    )


def growth_with_errors(plan: Plan, case: Case) -> None:
    table = case.of("money")[0]
    heading = plan.rng.choice(["Tăng BQ (%)", "Tốc độ tăng (%)", "So sánh (%)"])
    table.columns.append(Column((heading,), "note"))
    for i, row in enumerate(table.rows):
        row.note = "#DIV/0!" if i % 2 else "7,5"


def zero_in_sections(plan: Plan, case: Case) -> None:
    for table in case.of("quantity"):
        for row in table.level("fund"):
            source = row.works[0].source
            row.figures = {("quantity", y, source): Decimal(0) for y in plan.years}


def widened(plan: Plan, case: Case) -> None:
    """A converter's widths: some columns are two columns of its own, in every row."""
    table = case.tables[0]
    wide = [i for i, c in enumerate(table.columns) if c.keys and plan.rng.random() < 0.3]
    table.shapes.append(lambda head, body: slips.widened(head, body, wide))


def long_unit(plan: Plan) -> None:
    plan.chosen.unit = plan.rng.choice(["Doanh nghiệp", "Chương trình", "Chuyên mục"])


def finished(finish: slips.Finish) -> After:
    def after(plan: Plan, case: Case) -> None:
        case.finish = finish

    return after


def nested(plan: Plan, case: Case) -> None:
    case.finish = slips.nest(plan.chosen.title)


def printed(**options: object) -> After:
    def after(plan: Plan, case: Case) -> None:
        case.pdf = options

    return after


ABOVE = {"unit_in_header": False}
POINTS = {"marks": Marks(".")}
CELL_KINDS = {
    "ditto-unit": Kind(share_units, after=ditto_unit, concerns="units"),
    "unit-in-a-money-cell": Kind(
        style={"money": "triệu đồng"}, concerns="money",
        after=numbers_written(
            lambda plan: "{{}} {}".format(plan.rng.choice(["trđ", "triệu đồng", "tr.đ"])).format
        ),
    ),
    "number-with-full-stop": Kind(
        style=POINTS, forms="docx html bars tabs rows xlsx",
        after=numbers_written(lambda plan: f"{{}}{plan.rng.choice('..;')}".format),
    ),
    "number-over-two-lines-in-cell": Kind(
        style={**POINTS, "money": "nghìn đồng"}, forms="docx html",
        after=numbers_written(lambda plan: lambda text: text.replace(".", ".\n", 1)),
    ),
    "unseen-characters-in-numbers": Kind(
        after=numbers_written(unseen, every=True), forms="docx html bars tabs xlsx_text"
    ),
    "dots-for-nothing": Kind(some_without_numbers, concerns="blanks"),
    "other-marks-in-appendix-2": Kind(
        thousands, {**POINTS, "money": "triệu đồng"}, other_marks, "read_or_refuse",
        forms="docx html bars tabs rows pdf",
    ),
    "english-settings-quantity": Kind(
        thousands, {"money": "triệu đồng"}, stored_as_thousandths, "read_or_refuse",
        forms="xlsx_numbers",
    ),
    "percent-quantity": Kind(
        shares, after=percent_signs, expect="read_or_refuse", forms="xlsx docx"
    ),
    "unit-abbreviated": Kind(short_unit, ABOVE, concerns="money unit-line"),
    "unit-below-the-table": Kind(style=ABOVE, after=unit_below, concerns="unit-line"),
    "money-table-with-unit-column": Kind(
        style=ABOVE, after=unit_column, concerns="units unit-line"
    ),
    "unit-in-quantity-header": Kind(one_unit, after=unit_in_heading),
    "merged-header-lost-in-text": Kind(
        style={**ABOVE, "merged_total": False}, after=heading_over_years, kept_in_text=True
    ),
    "ragged-notes": Kind(style={"notes": False}, after=notes, concerns="notes"),
    "two-level-header-converted": Kind(
        after=widened, forms="html docx xlsx", layout=layouts.measures_under_years
    ),
    "error-in-unread-column": Kind(after=growth_with_errors, forms="xlsx"),
    "error-in-unread-cell": Kind(after=finished(slips.aside("#DIV/0!")), forms="xlsx"),
    "side-calculations": Kind(after=finished(slips.aside(123, 456, 579)), forms="xlsx"),
    "error-in-hidden-sheet": Kind(after=finished(slips.in_workbook(slips.hide)), forms="xlsx"),
    "zero-in-section-rows": Kind(after=zero_in_sections, forms="xlsx"),
    "nested-table-in-a-title": Kind(after=nested, forms="docx"),
    "pdf-without-rules": Kind(after=printed(rules="none"), forms="pdf"),
    "pdf-horizontal-rules": Kind(after=printed(rules="rows"), forms="pdf"),
    "pdf-rules-at-sections": Kind(after=printed(rules="sections"), forms="pdf"),
    "pdf-content-turned": Kind(after=printed(turned=True), forms="pdf"),
    "pdf-number-wrapped": Kind(
        style={"marks": Marks(" "), "money": "đồng"}, after=printed(narrow="numbers"), forms="pdf"
    ),
    "unit-broken-in-narrow-column": Kind(long_unit, after=printed(narrow="units"), forms="pdf"),
}  # fmt: skip
