"""Plans that no table sets out line by line: lists of projects, and tables turned about."""

from documents.invented import Fund, Plan
from documents.layouts import Span
from documents.plan_layouts import MEASURES, caption, case, table
from documents.tabulated import Case, Column, Row, Rows, Table


def listed(plan: Plan, fund: Fund) -> Table:
    """Projects, each with the year in which it is carried out."""
    when = plan.rng.choice(["Thời gian thực hiện", "Năm thực hiện"])
    title = plan.rng.choice(["Tên đề án", "Đề án", "Tên đề án, nhiệm vụ"])
    columns = [
        Column((plan.style.number,), "number"),
        Column((title,), "title"),
        Column((plan.rng.choice(["Kinh phí", "Kinh phí hỗ trợ"]),), keys=(("money",),)),
        Column((when,), "note"),
    ]
    rows = [
        Row("line", "", work.title, figures={("money",): n}, note=f"Năm {key[1]}", works=[work])
        for work in fund.works
        for key, n in work.figures.items()
        if key[0] == "money"
    ]
    for i, row in enumerate(rows, 1):
        row.number = str(i)
    return table(plan, "money", columns, rows)


def turned(plan: Plan, measure: str, funds: list[Fund]) -> Table:
    """Years down, lines across."""
    made = table(plan, measure, [], [Row("other", "", "", works=funds[0].works)])

    def shape(head: Rows, body: Rows) -> tuple[Rows, Rows]:
        works = [work for fund in funds for work in fund.works]
        over = [Span(fund.name(measure), columns=len(fund.works)) for fund in funds]
        head = [[Span(work.title) for work in works]]
        if len(funds) > 1:
            head = [[Span("Năm", rows=2), *over], *head]
        else:
            head[0].insert(0, Span(plan.style.title))
        words = Table([], [], marks=plan.style.marks, money=plan.style.money)
        body = [[Span("ĐVT"), *(Span(work.unit) for work in works)]] * (measure == "quantity")
        for year in plan.years:
            row = Row("line", "", "")
            words.columns = [
                Column(("",), keys=((measure, year, work.source, work.title),)) for work in works
            ]
            row.figures = {
                (*key, work.title): n for work in works for key, n in work.figures.items()
            }
            body.append([Span(plan.style.year_heading(year)), *words.spans(row)])
        return head, body

    made.shapes.append(shape)
    return made


def turned_money(plan: Plan, fund: Fund) -> Table:
    return turned(plan, "money", [fund])


def all_turned(plan: Plan) -> Case:
    return case(plan, [turned(plan, measure, plan.funds) for measure in MEASURES])


def all_listed(plan: Plan) -> Case:
    tables = [listed(plan, fund) for fund in plan.funds]
    made = case(plan, tables)
    caption(plan, tables)
    made.truth = [n for n in made.truth if n.measure == "money"]
    return made
