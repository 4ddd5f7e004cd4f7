"""Kinds of documents by what stands in rows: parts of lines, further measures, numbers, titles."""

from collections.abc import Callable
from decimal import Decimal

from documents import plan_layouts as layouts
from documents.invented import Figures, Plan, Work, numbers
from documents.plan_layouts import After, Kind
from documents.tabulated import Case, Row, Rows

DASHES = [("-", "-"), ("+", "+"), ("a", "b"), ("a)", "b)"), ("•", "•"), ("–", "–")]
PARTS = [
    ("Cấp tỉnh", "Cấp huyện"),
    ("Máy dệt", "Máy xay"),
    ("Chi hỗ trợ", "Chi quản lý"),
    ("Cụm Bắc Sơn", "Cụm Nam Hà"),
    ("Trong tỉnh", "Ngoài tỉnh"),
]
MORE = [("Số học viên", "Người"), ("Số lao động", "Lao động"), ("Số hộ tham gia", "Hộ")]
BROKEN = [
    ("Đào tạo nghề cho", "lao động nông thôn vùng cao"),
    ("Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào", "sản xuất sản phẩm chủ lực"),
    ("Xây dựng gian hàng trưng bày, giới thiệu", "sản phẩm của cơ sở"),
]


def only(figures: Figures, measure: str) -> Figures:
    return {key: n for key, n in figures.items() if key[0] == measure}


def two_parts(figures: Figures) -> tuple[Figures, Figures]:
    first = {key: max(Decimal(1), Decimal(int(n * 2 / 5))) for key, n in figures.items()}
    return first, {key: n - first[key] for key, n in figures.items()}


def below(case: Case, measure: str, work: Work, *rows: Row) -> None:
    for table, row in case.lines(measure, work):
        table.after(row, *rows)


def parts(marks: list[tuple[str, str]], off: int = 0) -> After:
    """Below a line of money the two rows that make it up, but for what is ``off``."""

    def after(plan: Plan, case: Case) -> None:
        work, titles = plan.chosen, plan.rng.choice(PARTS)
        # Of which: these need not be all.
        of_which = not off and plan.rng.random() < 0.2
        whole = only(case.lines("money", work)[0][1].figures, "money")
        figures = two_parts(whole)
        figures[1][next(iter(whole))] -= off
        made = zip(plan.rng.choice(marks), titles, figures, strict=True)
        rows = [Row("part", mark, title, figures=each) for mark, title, each in made]
        below(case, "money", work, *[Row("other", "", "Trong đó:")] * of_which, *rows)
        case.names = [work.title, *titles, layouts.line_number(plan, work)]
        if not off:
            parents = numbers(plan, work.title, "", whole)
            case.truth = [n._replace(role="parent") if n in parents else n for n in case.truth]
            for row in rows:
                case.truth += numbers(plan, row.title, "", row.figures, "part")

    return after


def part_greater(plan: Plan, case: Case) -> None:
    work = plan.chosen
    title = plan.rng.choice(["Trong đó: cấp huyện", "Số {} cấp huyện", "Số {} vùng cao"])
    more = {key: n + 40 for key, n in only(work.figures, "quantity").items()}
    row = Row("part", plan.rng.choice("-+"), title.format(work.unit.lower()), work.unit, more)
    below(case, "quantity", work, row)
    case.names = [work.title, row.title, layouts.line_number(plan, work)]


def second_measure(plan: Plan, case: Case) -> None:
    work, (title, unit) = plan.chosen, plan.rng.choice(MORE)
    second = {key: n * 30 for key, n in only(work.figures, "quantity").items()}
    below(case, "quantity", work, Row("part", plan.rng.choice("-+–"), title, unit, second))
    case.truth += numbers(plan, title, unit, second, "second")


def add_plus_line(plan: Plan) -> None:
    """A further line whose number is a plus."""
    fund = plan.rng.choice(plan.funds)
    work = plan.work(fund.source)
    work.mark = "+"
    for key in only(work.figures, "money"):
        work.figures[key] = work.figures[key] // 10 + 13
    fund.works.insert(plan.rng.randint(1, len(fund.works)), work)


def parent_without_figures(plan: Plan, case: Case) -> None:
    work = plan.chosen
    titles = plan.rng.choice([("Cấp tỉnh", "Cấp huyện"), ("Lớp tại xã", "Lớp tại cơ sở")])
    made = zip(plan.rng.choice(DASHES[:4]), titles, two_parts(work.figures), strict=True)
    rows = [Row("line", mark, title, work.unit, each) for mark, title, each in made]
    for measure in layouts.MEASURES:
        for table, row in case.lines(measure, work):
            row.figures, row.unit = {}, ""
            table.after(row, *rows)
    case.truth = [n for n in case.truth if n.label != work.title]
    for row in rows:
        case.truth += numbers(plan, row.title, work.unit, row.figures)


def long_title(plan: Plan) -> None:
    plan.chosen.title = " ".join(plan.rng.choice(BROKEN))


def title_over_two_rows(plan: Plan, case: Case) -> None:
    begin, rest = next(pair for pair in BROKEN if " ".join(pair) == plan.chosen.title)
    for table in case.tables:
        for row in table.level("line"):
            if row.title == plan.chosen.title:
                row.title = begin
                table.after(row, Row("other", "", rest))


def number_in_title(form: str) -> After:
    """No column of numbers: a dash stands before its title, a number as the ``form`` says."""

    def after(plan: Plan, case: Case) -> None:
        chosen = plan.rng.choice(form.split("|"))
        for table in case.tables:
            table.columns = [column for column in table.columns if column.field != "number"]
        # A row may stand in two tables.
        for row in {id(row): row for table in case.tables for row in table.rows}.values():
            dash = row.number and not row.number.strip("-+–•")
            if row.number:
                row.title = ("{} {}" if dash else chosen).format(row.number, row.title)

    return after


def section_called_part(plan: Plan, case: Case) -> None:
    word = plan.rng.choice(["Phần", "PHẦN", "Mục"])
    for table in case.tables:
        for row in table.level("fund"):
            row.number = f"{word} {row.number}"


def merged_section_row(plan: Plan, case: Case) -> None:
    """A fund's row is its number and one cell over all the rest."""

    def shape(rows: list[Row]) -> Callable[[Rows, Rows], tuple[Rows, Rows]]:
        def merge(head: Rows, body: Rows) -> tuple[Rows, Rows]:
            for row, spans in zip(rows, body, strict=True):
                if row.level == "fund":
                    spans[1:] = [spans[1]._replace(columns=len(spans) - 1)]
            return head, body

        return merge

    for table in case.tables:
        table.shapes.append(shape(table.rows))


NO_TOTALS = {"sums": False, "has_grand": False, "has_total": False}
ROW_KINDS = {
    "parts-add-up": Kind(after=parts(DASHES), concerns="rows"),
    "parts-do-not-add": Kind(after=parts(DASHES, 20), expect="finding"),
    "unnumbered-sub-rows": Kind(after=parts([("", "")]), concerns="rows number"),
    "bracketed-part-marks": Kind(after=parts([("(1)", "(2)")]), concerns="rows number"),
    "part-greater-than-line": Kind(after=part_greater, expect="finding"),
    "dash-row-second-measure": Kind(after=second_measure, concerns="rows"),
    "plus-row-counted": Kind(add_plus_line, {"sums": True}, concerns="rows number"),
    "plus-row-without-totals": Kind(add_plus_line, NO_TOTALS, expect="read_or_refuse"),
    "parent-without-figures": Kind(after=parent_without_figures),
    "title-over-two-rows": Kind(long_title, after=title_over_two_rows, concerns="rows"),
    "no-number-column": Kind(after=number_in_title("{1}"), concerns="number"),
    "numbered-titles": Kind(
        after=number_in_title("{}. {}|{}. {}|{}) {}|{}/ {}"), concerns="number"
    ),
    "sections-and-lines-both-1-2": Kind(style={"numerals": ["1", "2", "3"], "line": "{line}"}),
    "section-called-part": Kind(after=section_called_part),
    "bracketed-line-marks": Kind(style={"line": "({line})"}, concerns="number rows"),
    "merged-section-row": Kind(
        style={"sums": False, "has_grand": True, "merged_total": False},
        after=merged_section_row,
        kept_in_text=True,
    ),
}
