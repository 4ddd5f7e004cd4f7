"""The ways in which a plan's lines, years and funds share out rows and columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from documents.invented import Plan, Work, total
from documents.tabulated import Case, Column, Row, Table

MEASURES = ("money", "quantity")
#: The groups into which some provinces sort their lines.
GROUPS = [
    ("Nhóm hỗ trợ trực tiếp", "Nhóm hoạt động chung"),
    ("Hỗ trợ cơ sở công nghiệp nông thôn", "Nâng cao năng lực quản lý nhà nước"),
    ("Hoạt động đào tạo và tư vấn", "Hoạt động xúc tiến thương mại"),
]
Key = tuple[object, ...]
After = Callable[[Plan, Case], None]


class Kind(NamedTuple):
    """A kind of document: what differs from a plain one, first in the plan, then in its tables."""

    prepare: Callable[[Plan], None] | None = None
    style: Mapping[str, object] = MappingProxyType({})
    after: After | None = None
    expect: str = "read"
    concerns: str = ""  # with what does not concern the same it can be mixed; "": it cannot
    forms: str = ""  # those in which it is told apart, by the beginnings of their names; "": all
    kept_in_text: bool = False  # whether merged cells are meant to be lost in text
    layout: Callable[[Plan], Case] | None = None
    prepare_layout: Callable[[Plan], None] | None = None


def make(kind: Kind, plan: Plan, *more: Kind) -> Case:
    """The case of a kind, with the changes of others."""
    if kind.prepare_layout:
        kind.prepare_layout(plan)
    for each in (kind, *more):
        for name, value in each.style.items():
            setattr(plan.style, name, value)
        if each.prepare:
            each.prepare(plan)
    case = (kind.layout or funds_as_sections)(plan)
    case.expect, case.kept_in_text = kind.expect, kind.kept_in_text
    for each in (kind, *more):
        if each.after:
            each.after(plan, case)
    return case


def keys(plan: Plan, measure: str, years: Iterable[int], source: str = "") -> tuple[Key, ...]:
    sources = [source] if source else [fund.source for fund in plan.funds]
    return tuple((measure, year, each) for year in years for each in sources)


def fields(plan: Plan, measure: str, *more: Column) -> list[Column]:
    words = plan.style
    units = [Column((words.unit,), "unit")] * (measure != "money")
    return [Column((words.number,), "number"), Column((words.title,), "title"), *more, *units]


def years(plan: Plan, measure: str, source: str = "", over: tuple[str, ...] = ()) -> list[Column]:
    """A column a year, and one of the whole cycle where the clerk has one and it is money."""
    words = plan.style
    columns = [
        Column((*over, words.year_heading(year)), keys=keys(plan, measure, [year], source))
        for year in plan.years
    ]
    if words.has_total and measure == "money" and len(plan.years) > 1:
        whole = Column((*over, words.total), keys=keys(plan, measure, plan.years, source))
        columns.insert(0 if words.total_first else len(columns), whole)
    return columns


def lines(plan: Plan, works: list[Work], section: int = 1, numeral: str = "") -> list[Row]:
    rows, number = [], 0
    for work in works:
        number += not work.mark
        words = plan.style.line if numeral else "{line}"
        mark = work.mark or words.format(section=section, numeral=numeral, line=number)
        rows.append(Row("line", mark, work.title, work.unit, work.figures, works=[work]))
    return rows


def by_title(plan: Plan) -> list[Row]:
    """A row a line, whatever the funds that pay for it."""
    rows: dict[str, Row] = {}
    for work in plan.works:
        row = rows.setdefault(work.title, Row("line", "", work.title, work.unit))
        row.figures = row.figures | work.figures
        row.works.append(work)
        row.number = str(len(rows)) if not row.number else row.number
    return list(rows.values())


def section(
    plan: Plan, measure: str, level: str, titles: tuple[str, str], works: list[Work]
) -> Row:
    """A heading over lines, with their sum of money where the clerk writes one."""
    sums = total(works) if plan.style.sums and measure != "quantity" else {}
    return Row(level, *titles, figures=sums, works=works)


def with_total(plan: Plan, measure: str, rows: list[Row], works: list[Work]) -> list[Row]:
    if measure == "money" and plan.style.has_grand:
        grand = Row("total", "", plan.style.grand, figures=total(works), works=works)
        rows.insert(0 if plan.style.grand_first else len(rows), grand)
    return rows


def table(plan: Plan, measure: str, columns: list[Column], rows: list[Row]) -> Table:
    words = plan.style
    return Table(
        columns,
        rows,
        measure=measure,
        marks=words.marks,
        money=words.money,
        blank=words.blank,
        column_numbers=words.column_numbers,
        merged_total=words.merged_total,
    )


def case(plan: Plan, tables: list[Table]) -> Case:
    """The tables under the text that a decision has above its appendices."""
    rng, cycle = plan.rng, plan.cycle
    number = f"{rng.randint(100, 2999)}/QĐ-UBND"
    issued = f"ngày {rng.randint(10, 28)} tháng {rng.randint(3, 12)} năm {min(plan.years) - 1}"
    of = f"khuyến công tỉnh {plan.province} {cycle}"
    letterhead = [
        f"ỦY BAN NHÂN DÂN TỈNH {plan.province.upper()}",
        f"Số: {number}",
        "QUYẾT ĐỊNH",
        rng.choice(["Phê duyệt Kế hoạch {}", "Về việc phê duyệt Kế hoạch {}"]).format(of),
    ]
    titles = {
        "money": ["BIỂU KẾ HOẠCH KINH PHÍ", "KẾ HOẠCH KINH PHÍ", "TỔNG HỢP KINH PHÍ"],
        "quantity": ["BIỂU KHỐI LƯỢNG", "KẾ HOẠCH KHỐI LƯỢNG", "KHỐI LƯỢNG THỰC HIỆN KẾ HOẠCH"],
        "": ["BIỂU KẾ HOẠCH KINH PHÍ", "KẾ HOẠCH", "BIỂU TỔNG HỢP KẾ HOẠCH"],
    }
    appendix = rng.choice(["PHỤ LỤC {}", "Phụ lục {}", "Phụ lục số {}", "BIỂU SỐ {}"])
    seen: list[str] = []
    for each in tables:
        if each.measure not in seen:
            seen.append(each.measure)
            each.above = [
                appendix.format(len(seen)),
                f"{rng.choice(titles[each.measure])} {of.upper()}",
                f"(Kèm theo Quyết định số {number} {issued} của UBND tỉnh {plan.province})",
                *each.above,
            ]
            each.unit = unit_line(plan) if each.measure != "quantity" else ""
        if plan.style.unit_in_header and each.measure != "quantity":
            each.columns, each.unit = [_with_unit(plan, each, c) for c in each.columns], ""
        if plan.style.notes and not any(column.field == "note" for column in each.columns):
            each.columns = [*each.columns, Column(("Ghi chú",), "note")]
    return Case(tables, plan.truth(), letterhead=letterhead)


def _with_unit(plan: Plan, table: Table, column: Column) -> Column:
    """The unit of money in the heading over all its columns, or in each."""
    if not column.keys or not any(key[0] == "money" for key in column.keys):
        return column
    if table.measure:
        return replace(column, path=(f"Kinh phí ({plan.style.money})", *column.path))
    *over, last = column.path
    return replace(column, path=(*over, f"{last} ({plan.style.money})"))


def unit_line(plan: Plan) -> str:
    unit = plan.style.money
    words = plan.style.unit_words or plan.rng.choice([unit, unit.capitalize()])
    return plan.style.unit_line.format(words)


def line_number(plan: Plan, work: Work) -> str:
    """The line's number as the plan gives it."""
    i, fund = next((i, fund) for i, fund in enumerate(plan.funds) if work in fund.works)
    return f"{plan.style.numerals[i]}.{fund.works.index(work) + 1}"


# --- the layouts --------------------------------------------------------------------------------


def funds_as_sections(plan: Plan) -> Case:
    tables = []
    for measure in MEASURES:
        rows = []
        for i, (numeral, fund) in enumerate(zip(plan.style.numerals, plan.funds, strict=False), 1):
            rows.append(section(plan, measure, "fund", (numeral, fund.name(measure)), fund.works))
            rows += lines(plan, fund.works, i, numeral)
        rows = with_total(plan, measure, rows, plan.works)
        columns = fields(plan, measure) + years(plan, measure)
        tables.append(table(plan, measure, columns, rows))
    return case(plan, tables)


def _nested(plan: Plan, outer: str, groups: tuple[str, str], measure: str) -> list[Row]:
    """A, B over I, II over 1, 2: funds over groups, or groups over funds."""
    rows: list[Row] = []
    funds = [(fund.name(measure), fund.works) for fund in plan.funds]
    sorts = [(name, [w for w in plan.works if w.group == i]) for i, name in enumerate(groups)]
    tops, subs = (funds, sorts) if outer == "fund" else (sorts, funds)
    inner = "group" if outer == "fund" else "fund"
    for letter, (name, works) in zip("ABC", tops, strict=False):
        rows.append(section(plan, measure, outer, (letter, name), works))
        shared = [(n, [w for w in ws if w in works]) for n, ws in subs]
        for numeral, (title, both) in zip(("I", "II", "III"), shared, strict=False):
            if both:
                rows.append(section(plan, measure, inner, (numeral, title), both))
                rows += lines(plan, both)
    return with_total(plan, measure, rows, plan.works)


def into_groups(plan: Plan) -> None:
    """The first line of every fund is of the first group, the others of the second."""
    for fund in plan.funds:
        for i, work in enumerate(fund.works):
            work.group = int(i > 0)


def _in_three_levels(plan: Plan, outer: str) -> Case:
    groups, tables = plan.rng.choice(GROUPS), []
    for measure in MEASURES:
        columns = fields(plan, measure) + years(plan, measure)
        tables.append(table(plan, measure, columns, _nested(plan, outer, groups, measure)))
    return case(plan, tables)


def groups_under_funds(plan: Plan) -> Case:
    return _in_three_levels(plan, "fund")


def funds_under_groups(plan: Plan) -> Case:
    return _in_three_levels(plan, "group")


def one_fund(plan: Plan) -> None:
    del plan.funds[1:]


def fund_in_title(plan: Plan) -> Case:
    """One fund, named above the table; the sections are groups."""
    fund, groups, tables = plan.funds[0], plan.rng.choice(GROUPS), []
    for measure in MEASURES:
        rows, half = [], len(fund.works) // 2
        for numeral, name, works in zip(
            plan.style.numerals, groups, (fund.works[:half], fund.works[half:]), strict=False
        ):
            rows.append(section(plan, measure, "group", (numeral, name), works))
            rows += lines(plan, works)
        rows = with_total(plan, measure, rows, fund.works)
        made = table(plan, measure, fields(plan, measure) + years(plan, measure), rows)
        made.above = [plan.rng.choice(["Nguồn: {}", "({})"]).format(fund.name("money"))]
        tables.append(made)
    return case(plan, tables)


def _with_sources(plan: Plan, measure: str, over: str, keys_years: list[int]) -> list[Column]:
    """The funds below one heading, after their total where it is money."""
    columns = [
        Column((over, fund.short), keys=keys(plan, measure, keys_years, fund.source))
        for fund in plan.funds
    ]
    if measure == "money":
        columns.insert(0, Column((over, "Tổng số"), keys=keys(plan, measure, keys_years)))
    return columns


def sources_under_years(plan: Plan) -> Case:
    tables = []
    for measure in MEASURES:
        columns = fields(plan, measure)
        if measure == "money" and plan.style.has_total:
            cycle = plan.cycle[0].upper() + plan.cycle[1:]
            columns += _with_sources(plan, measure, cycle, plan.years)
        for year in plan.years:
            columns += _with_sources(plan, measure, plan.style.year_heading(year), [year])
        tables.append(table(plan, measure, columns, _plain_rows(plan, measure)))
    return case(plan, tables)


def years_under_sources(plan: Plan) -> Case:
    tables = []
    for measure in MEASURES:
        columns = fields(plan, measure)
        for fund in plan.funds:
            columns += years(plan, measure, fund.source, (fund.name(measure),))
        if measure == "money" and plan.rng.random() < 0.6:
            columns += years(plan, measure, "", ("Tổng kinh phí",))
        tables.append(table(plan, measure, columns, _plain_rows(plan, measure)))
    return case(plan, tables)


def _plain_rows(plan: Plan, measure: str) -> list[Row]:
    return with_total(plan, measure, by_title(plan), plan.works)


def source_column(plan: Plan) -> Case:
    tables = []
    for measure in MEASURES:
        columns = fields(plan, measure, Column((plan.style.fund,), "fund"))
        rows = lines(plan, plan.works)
        for row in rows:
            row.fund = _name(plan, row.works[0].source, "quantity")
        rows = with_total(plan, measure, rows, plan.works)
        tables.append(table(plan, measure, columns + years(plan, measure), rows))
    return case(plan, tables)


def _name(plan: Plan, source: str, measure: str) -> str:
    return next(fund.name(measure) for fund in plan.funds if fund.source == source)


def source_merged_at_left(plan: Plan) -> Case:
    """The fund in a cell beside its lines, whose numbers begin again."""
    tables = []
    for measure in MEASURES:
        columns = [Column((plan.style.fund,), "fund"), *fields(plan, measure)]
        rows = []
        for fund in plan.funds:
            rows += lines(plan, fund.works)
            rows[-len(fund.works)].fund = fund.name("quantity")
        made = table(plan, measure, columns + years(plan, measure), rows)
        made.rows = with_total(plan, measure, rows, plan.works)

        def merge(head: list, body: list, made: Table = made) -> tuple[list, list]:
            reach = 0
            for row, spans in reversed(list(zip(made.rows, body, strict=True))):
                reach = 0 if row.level == "total" else reach + 1
                if row.fund:
                    spans[0] = spans[0]._replace(rows=reach)
                    reach = 0
                elif row.level != "total":
                    del spans[0]
            return head, body

        made.shapes.append(merge)
        tables.append(made)
    return case(plan, tables)


def line_then_sources(plan: Plan) -> Case:
    """Each line, and below it what each fund pays; the work's funds are columns."""
    rows = []
    mark = plan.rng.choice(["-", "-", "+", ""])
    names = plan.rng.choice(["Nguồn {}", "{}", "Vốn {}"])
    for row in by_title(plan):
        rows.append(row)
        for work in row.works:
            name = _name(plan, work.source, "quantity")
            title = names.format(name if names == "{}" else name[0].lower() + name[1:])
            rows.append(Row("part", mark, title, figures=work.figures, works=[work]))
    rows = with_total(plan, "money", rows, plan.works)
    money = table(plan, "money", fields(plan, "money") + years(plan, "money"), rows)
    columns = fields(plan, "quantity")
    for year in plan.years:
        columns += _with_sources(plan, "quantity", plan.style.year_heading(year), [year])
    return case(plan, [money, table(plan, "quantity", columns, by_title(plan))])


def table_per_source(plan: Plan) -> Case:
    tables = []
    for measure in MEASURES:
        for fund in plan.funds:
            rows = with_total(plan, measure, lines(plan, fund.works), fund.works)
            made = table(plan, measure, fields(plan, measure) + years(plan, measure), rows)
            tables.append(made)
    made = case(plan, tables)
    caption(plan, made.tables)
    return made


def caption(plan: Plan, tables: list[Table], form: str = "{i}. {name}") -> None:
    """Above each table its fund: the table's lines tell which."""
    form = plan.rng.choice([form, "{name}", "Nguồn: {name}"])
    for each in tables:
        work = next(row.works[0] for row in each.rows if row.works)
        name = _name(plan, work.source, each.measure)
        i = [fund.source for fund in plan.funds].index(work.source) + 1
        each.caption = form.format(i=i, name=name).replace("Nguồn: Nguồn ", "Nguồn ")


def years_over_two_tables(plan: Plan) -> Case:
    """A wide table cut in two, years from years."""
    plan.style.has_total = False
    made, tables = funds_as_sections(plan), []
    half = len(plan.years) // 2 + 1
    for each in made.tables:
        at = len(fields(plan, each.measure)) + half
        first = len(fields(plan, each.measure))
        rest = table(plan, each.measure, each.columns[:first] + each.columns[at:], [*each.rows])
        each.columns = each.columns[:at]
        rest.above = plan.rng.choice([[], ["(tiếp theo)"]])
        tables += [each, rest]
    made.tables = tables
    return made


def sources_across_one_year(plan: Plan) -> Case:
    """A plan of one year, which only the title names."""
    tables = []
    for measure in MEASURES:
        columns = fields(plan, measure)
        over = "Trong đó" if measure == "money" else plan.rng.choice(["Khối lượng", "Số lượng"])
        across = _with_sources(plan, measure, over, plan.years)
        if measure == "money":
            columns.append(Column((plan.style.total,), keys=across.pop(0).keys))
        tables.append(table(plan, measure, columns + across, _plain_rows(plan, measure)))
    return case(plan, tables)


def one_year(plan: Plan) -> None:
    """Only the last year, which no column need name."""
    plan.years = plan.years[-1:]
    plan.style.total = "Tổng số"
    for work in plan.works:
        work.figures = {key: n for key, n in work.figures.items() if key[1] == plan.years[0]}


def one_year_shared(plan: Plan) -> None:
    one_year(plan)
    plan.share()


def both_measures_one_year(plan: Plan) -> Case:
    money = plan.rng.choice(["Kinh phí", "Thành tiền", "Kinh phí hỗ trợ"])
    work = plan.rng.choice(["Số lượng", "Khối lượng"])
    columns = [
        *fields(plan, ""),
        Column((work,), keys=keys(plan, "quantity", plan.years)),
        Column((money,), keys=keys(plan, "money", plan.years)),
        *[Column(("Ghi chú",), "note")] * (plan.rng.random() < 0.6),
    ]
    return case(plan, [table(plan, "", columns, _section_rows(plan))])


def _section_rows(plan: Plan) -> list[Row]:
    rows = []
    for i, (numeral, fund) in enumerate(zip(plan.style.numerals, plan.funds, strict=False), 1):
        rows.append(section(plan, "", "fund", (numeral, fund.name("money")), fund.works))
        rows += lines(plan, fund.works, i, numeral)
    return with_total(plan, "money", rows, plan.works)


def measures_under_years(plan: Plan) -> Case:
    """Each year over quantity and money."""
    work = plan.rng.choice(["Số lượng", "SL", "Khối lượng", "KL"])
    money = plan.rng.choice(["Kinh phí", "KP", "Thành tiền"])
    columns = fields(plan, "")
    whole = [(plan.style.total, plan.years)] * plan.style.has_total
    for heading, span in [(plan.style.year_heading(y), [y]) for y in plan.years] + whole:
        columns += [
            Column((heading, work), keys=keys(plan, "quantity", span)),
            Column((heading, money), keys=keys(plan, "money", span)),
        ]
    return case(plan, [table(plan, "", columns, _section_rows(plan))])


LAYOUT_KINDS = {
    "plain": Kind(),
    "groups-under-funds": Kind(layout=groups_under_funds, prepare_layout=into_groups),
    "funds-under-groups": Kind(layout=funds_under_groups, prepare_layout=into_groups),
    "fund-named-by-group": Kind(layout=fund_in_title, prepare_layout=one_fund),
    "source-under-year": Kind(layout=sources_under_years, prepare_layout=Plan.share),
    "year-under-source": Kind(layout=years_under_sources, prepare_layout=Plan.share),
    "source-column": Kind(layout=source_column, prepare_layout=Plan.share),
    "source-merged-at-left": Kind(layout=source_merged_at_left, prepare_layout=Plan.share),
    "line-then-sources": Kind(layout=line_then_sources, prepare_layout=Plan.share),
    "table-per-source": Kind(layout=table_per_source),
    "years-over-two-tables": Kind(layout=years_over_two_tables),
    "measures-under-years": Kind(layout=measures_under_years),
    "annual-plan-sources-across": Kind(
        layout=sources_across_one_year, prepare_layout=one_year_shared
    ),
    "annual-plan-one-table": Kind(layout=both_measures_one_year, prepare_layout=one_year),
}
