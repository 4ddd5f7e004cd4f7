"""Kinds of documents by what stands beside the plan: its funds' sums, other tables and columns."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from documents import odd_layouts
from documents import plan_layouts as layouts
from documents.invented import Figures, Fund, Plan, numbers, total
from documents.invented import plan as invent
from documents.plan_layouts import After, Kind
from documents.tabulated import Case, Column, Row, Table

CALLED = [
    "Ngân sách tỉnh đối ứng",
    "Vốn đối ứng ngân sách tỉnh",
    "Đối ứng của ngân sách địa phương",
]
TARGETS = [
    ("Giá trị sản xuất cơ khí", "tỷ đồng"),
    ("Lao động ngành công nghiệp", "người"),
    ("Sản lượng chè khô", "tấn"),
]


def call_counterpart(plan: Plan) -> None:
    name = plan.rng.choice(CALLED)
    for fund in plan.funds:
        if fund.source == "local":
            fund.names = (name, name, "NS tỉnh đối ứng")


def last_first(plan: Plan) -> None:
    plan.years.sort(reverse=True)


def two_funds(plan: Plan) -> None:
    del plan.funds[2:]


def _reserve(plan: Plan, case: Case, name: str) -> Figures:
    """Money that is no line's: every column of money is to count it."""
    reserve = {("money", year, "reserve"): Decimal(50) for year in plan.years}
    for table in case.of("money"):
        table.columns = [
            replace(c, keys=(*c.keys, *(("money", y, "reserve") for y in {k[1] for k in c.keys})))
            for c in table.columns
        ]
    case.truth += [n._replace(source="") for n in numbers(plan, name, "", reserve)]
    return reserve


def reserve_as_fund(plan: Plan, case: Case) -> None:
    """The reserve has no lines; its row is what the total counts."""
    table, name = case.of("money")[0], plan.rng.choice(["Dự phòng", "Kinh phí dự phòng"])
    figures = _reserve(plan, case, name)
    at = max(i for i, row in enumerate(table.rows) if row.level == "line") + 1
    number = plan.style.numerals[len(plan.funds)]
    table.rows.insert(at, Row("other", number, name, figures=figures))
    for row in table.level("total"):
        row.figures = row.figures | figures


def row_after_total(plan: Plan, case: Case) -> None:
    name = plan.rng.choice(["Dự phòng", "Kinh phí quản lý", "Chi khác"])
    case.of("money")[0].rows.append(Row("other", "", name, figures=_reserve(plan, case, name)))


def wrong_group_total(plan: Plan, case: Case) -> None:
    row = plan.rng.choice(case.of("money")[0].level("fund"))
    row.figures[next(iter(row.figures))] += plan.rng.choice([10, 100, 70])
    case.names = [row.number, row.title]


def before(plan: Plan, case: Case, made: Table, title: str) -> None:
    """Another table between the letterhead and the plan's own."""
    made.above = [title]
    made.unit = layouts.unit_line(plan) if made.measure == "money" else ""
    case.tables.insert(0, made)


def summary_off(plan: Plan, case: Case) -> None:
    """A table of the funds' sums, of which the first is a little off."""
    rows = [
        Row("line", str(i), fund.name("money"), figures=total(fund.works))
        for i, fund in enumerate(plan.funds, 1)
    ]
    rows.append(Row("total", "", plan.style.grand, figures=total(plan.works)))
    key = next(iter(rows[0].figures))
    for row in (rows[0], rows[-1]):
        row.figures[key] += 10
    columns = layouts.fields(plan, "money") + layouts.years(plan, "money")
    columns[1] = Column((plan.style.fund,), "title")
    title = plan.rng.choice(["Tổng hợp kinh phí theo nguồn:", "Biểu tổng hợp"])
    before(plan, case, layouts.table(plan, "money", columns, rows), title)
    case.names = ["Tổng hợp", rows[0].title, plan.style.numerals[0], plan.style.grand]


def first_year_called(*headings: str) -> After:
    """The first year's column is not of that year."""

    def after(plan: Plan, case: Case) -> None:
        first = plan.years[0]
        heading = plan.rng.choice(headings).format(first)
        for table in case.tables:
            table.columns = [
                replace(c, path=(*c.path[:-1], heading)) if {k[1] for k in c.keys} == {first} else c
                for c in table.columns
            ]
        case.truth = [n for n in case.truth if n.year != first]

    return after


# --- other tables beside the plan ---------------------------------------------------------------


def another(plan: Plan, first: int) -> tuple[str, list[Table]]:
    """A plan of other years by the same clerk: its cycle, and its tables."""
    other = invent(plan.rng)
    other.style, other.province = deepcopy(plan.style), plan.province
    other.years = [first + i for i in range(len(plan.years))]
    other.funds = [Fund(fund.source, fund.names) for fund in plan.funds]
    for fund in other.funds:
        fund.works = [other.work(fund.source) for _ in range(2)]
    return other.cycle, layouts.funds_as_sections(other).tables


def earlier(plan: Plan, case: Case) -> None:
    """Before the plan, what was carried out in the cycle before."""
    plan = replace(plan, style=deepcopy(plan.style))
    for planned, done in (("Kế hoạch", "Thực hiện"), ("KH", "TH")):
        plan.style.year = plan.style.year.replace(planned, done)
    cycle, (money, work) = another(plan, min(plan.years) - len(plan.years))
    words = ["I. Kết quả thực hiện {}", "Kết quả thực hiện {}", "Kết quả khuyến công {}"]
    before(plan, case, work, f"Khối lượng đã thực hiện {cycle}")
    before(plan, case, money, plan.rng.choice(words).format(cycle))


def later(plan: Plan, case: Case) -> None:
    cycle, (money, _) = another(plan, max(plan.years) + 1)
    words = ["Dự kiến {}", "Định hướng {}", "Dự kiến kế hoạch {}"]
    money.above = [plan.rng.choice(words).format(cycle)]
    case.tables.append(money)


def first_year_alone(plan: Plan, case: Case) -> None:
    year, first = plan.years[0], deepcopy(case.of("money")[0])
    first.columns = [c for c in first.columns if not c.keys or {k[1] for k in c.keys} == {year}]
    words = ["Biểu kế hoạch kinh phí năm {}", "Kế hoạch năm {}"]
    before(plan, case, first, plan.rng.choice(words).format(year))


def targets(plan: Plan, case: Case) -> None:
    rows = [
        Row("line", str(i), title, unit, {("target", y): Decimal(7 * y + i) for y in plan.years})
        for i, (title, unit) in enumerate(TARGETS, 1)
    ]
    columns = layouts.fields(plan, "quantity")
    columns[1] = Column(("Chỉ tiêu",), "title")
    columns += [Column((plan.style.year_heading(y),), keys=(("target", y),)) for y in plan.years]
    title = plan.rng.choice(["Một số chỉ tiêu phát triển công nghiệp", "Các chỉ tiêu chủ yếu"])
    before(plan, case, layouts.table(plan, "targets", columns, rows), title)


def half_otherwise(other: Callable[[Plan, Fund], Table]) -> After:
    """The last fund's money is in a table of another kind; its work is nowhere."""

    def after(plan: Plan, case: Case) -> None:
        fund = plan.funds[-1]
        for table in case.tables:
            table.rows = [r for r in table.rows if not any(w in fund.works for w in r.works)]
        case.tables.insert(1, other(plan, fund))
        layouts.caption(plan, case.tables[:2])
        case.truth = [n for n in case.truth if n.source != fund.source or n.measure == "money"]

    return after


def results_only(plan: Plan, case: Case) -> None:
    earlier(plan, case)
    case.tables, case.truth = case.tables[:2], []
    words = f"II. Kế hoạch {plan.cycle}: kinh phí và khối lượng theo các biểu đính kèm"
    case.tables[1].below = [words]


EITHER = "read_or_refuse"
TO = ("Lũy kế đến hết năm {}", "Luỹ kế đến năm {}", "Lũy kế thực hiện đến hết {}")
PART = ("6 tháng cuối năm {}", "6 tháng đầu năm {}", "Quý IV năm {}", "9 tháng năm {}")
BESIDE_KINDS = {
    "years-from-last-to-first": Kind(last_first, concerns="years"),
    "province-money-called-counterpart": Kind(call_counterpart, concerns="funds"),
    "fund-with-a-total-only": Kind(
        style={"has_grand": True, "numerals": ["I", "II", "III", "IV"]}, after=reserve_as_fund
    ),
    "row-after-the-total": Kind(
        style={"has_grand": True, "grand_first": False}, after=row_after_total, expect=EITHER
    ),
    "group-total-wrong": Kind(
        style={"sums": True}, after=wrong_group_total, expect="finding",
        layout=layouts.groups_under_funds, prepare_layout=layouts.into_groups,
    ),
    "summary-by-source-off": Kind(style={"sums": True}, after=summary_off, expect="finding"),
    "ytd-column-in-plan": Kind(after=first_year_called(*TO), expect=EITHER),
    "half-year-column-in-plan": Kind(after=first_year_called(*PART), expect=EITHER),
    "earlier-cycle-beside-the-plan": Kind(after=earlier, concerns="beside"),
    "next-cycle-beside-the-plan": Kind(after=later, concerns="beside"),
    "annual-plan-beside-the-plan": Kind(after=first_year_alone),
    "targets-beside-the-plan": Kind(after=targets, concerns="beside"),
    "half-of-plan-listed": Kind(
        two_funds, after=half_otherwise(odd_layouts.listed), expect=EITHER
    ),
    "half-of-plan-transposed": Kind(
        two_funds, after=half_otherwise(odd_layouts.turned_money), expect=EITHER
    ),
    "results-standard-plan-transposed": Kind(
        after=earlier, expect=EITHER, layout=odd_layouts.all_turned
    ),
    "results-standard-plan-listed": Kind(
        after=earlier, expect=EITHER, layout=odd_layouts.all_listed
    ),
    "results-only": Kind(after=results_only, expect="refuse"),
}  # fmt: skip
