"""Tables that stand beside the plan's, and what a title says of the plan."""

import openpyxl
import pytest

import kc_analysis as kc

LINES = {"I": [("Máy móc", "Cơ sở", 4), ("Hội chợ", "Lần", 1)], "II": [("Mô hình", "Mô hình", 2)]}
FUNDS = {"I": "khuyến công địa phương", "II": "khuyến công quốc gia"}


def rows(years, money: bool):
    yield ["TT", "Nội dung", *([] if money else ["ĐVT"]), *(f"Năm {y}" for y in years), "Tổng"]
    for section, lines in LINES.items():
        sums = [100 * sum(q for *_, q in lines)] * len(years)
        figures = [*sums, sum(sums)] if money else [""] * (len(years) + 2)
        yield [section, f"Kinh phí {FUNDS[section]}" if money else FUNDS[section], *figures]
        for number, (title, unit, quantity) in enumerate(lines, 1):
            each = [quantity * (100 if money else 1)] * len(years)
            yield [number, title, *([] if money else [unit]), *each, sum(each)]


def sheet(book, name: str, title: str, table):
    page = book.create_sheet(name)
    page.append([title])
    page.append(["Đơn vị tính: triệu đồng"])
    for row in table:
        page.append(row)
    return page


def book(years=range(2026, 2031), title="KẾ HOẠCH GIAI ĐOẠN 2026-2030"):
    made = openpyxl.Workbook()
    made.remove(made.active)
    sheet(made, "PL1", title, rows(years, money=True))
    sheet(made, "PL2", title, rows(years, money=False))
    return made


@pytest.fixture
def read(tmp_path):
    def saved(made):
        made.save(tmp_path / "plan.xlsx")
        plan = kc.read_plan(tmp_path / "plan.xlsx")
        return plan, kc.check(plan)

    return saved


def summary(local: int, national: int):
    yield ["TT", "Nguồn", *range(2026, 2031)]
    yield [1, "Địa phương", *[local] * 5]
    yield [2, "Quốc gia", *[national] * 5]


def told(findings, *columns: str):
    """The errors, a list for each."""
    errors = findings[findings["severity"] == "error"]
    return errors[list(columns)].values.tolist()


def test_sums_by_source_that_differ_from_the_plans_lines_are_errors(read):
    made = book()
    sheet(made, "Tổng hợp", "TỔNG HỢP", summary(500, 300))
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    assert told(findings, "rule", "line", "year", "expected", "found") == [
        ["summary-differs", "II", year, 200, 300] for year in range(2026, 2031)
    ]


def test_a_table_of_a_further_fund_is_not_passed_over(read):
    made = book()
    table = [["TT", "Nội dung", *range(2026, 2031)], [1, "Vốn đối ứng mua máy", *[50] * 5]]
    sheet(made, "PL3", "VỐN ĐỐI ỨNG", table)
    _, findings = read(made)
    ((rule, message),) = told(findings, "rule", "message_en")
    assert rule == "fund-without-lines"
    assert "“Vốn đối ứng mua máy”" in message


def cut_over_two_sheets():
    """A plan of 2026-2028 on two sheets, and of 2029-2030 on two more."""
    made = book(years=range(2026, 2029))
    title = "KẾ HOẠCH GIAI ĐOẠN 2026-2030"
    sheet(made, "PL1b", title, rows(range(2029, 2031), money=True))
    sheet(made, "PL2b", title, rows(range(2029, 2031), money=False))
    return made


def test_years_cut_over_two_tables_are_one_plan(read):
    plan, findings = read(cut_over_two_sheets())
    assert told(findings, "rule") == []
    assert plan.cycle == "2026-2030"
    amounts = plan.budget.pivot(index="line", columns="year", values="amount_million_vnd")
    assert amounts.values.tolist() == [[400.0] * 5, [100.0] * 5, [200.0] * 5]
    assert plan.quantities["quantity"].sum() == 7 * 5


@pytest.mark.parametrize("cell", ["D5", "D6", "E5"])
@pytest.mark.parametrize("page", ["PL1", "PL1b", "PL2", "PL2b"])
def test_the_totals_of_each_of_two_tables_are_held(read, page, cell):
    made = cut_over_two_sheets()
    made[page][cell] = made[page][cell].value + 1
    assert told(read(made)[1], "rule")


def test_years_of_money_that_have_no_quantities(read):
    made = cut_over_two_sheets()
    del made["PL2b"]
    _, findings = read(made)
    assert ["unpaired-year", 2029] in told(findings, "rule", "year")


def test_sums_by_source(read):
    made = book()
    sheet(made, "Tổng hợp", "TỔNG HỢP", summary(500, 200))
    made.move_sheet("Tổng hợp", -2)
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    left_out = findings[findings["rule"] == "table-left-out"]
    assert left_out[["severity", "place_en"]].values.tolist() == [
        ["warning", "plan.xlsx, sheet Tổng hợp, cell A3"]
    ]
    assert not (findings["severity"] == "error").any()


def test_an_earlier_cycle(read):
    made = book()
    sheet(made, "Cũ", "KẾT QUẢ GIAI ĐOẠN 2021-2025", rows(range(2021, 2026), money=True))
    sheet(made, "Cũ 2", "KẾT QUẢ GIAI ĐOẠN 2021-2025", rows(range(2021, 2026), money=False))
    plan, findings = read(made)
    assert plan.cycle == "2026-2030"
    assert (findings["rule"] == "table-left-out").sum() == 2


def test_a_draft_on_a_hidden_sheet(read):
    made = book()
    draft = sheet(made, "Nháp", "DỰ THẢO", rows(range(2026, 2031), money=True))
    draft.sheet_state = "hidden"
    draft["C5"] = 1
    _, findings = read(made)
    assert (findings["rule"] == "table-left-out").sum() == 1


def test_a_table_that_repeats_another_is_left_out(read):
    made = book()
    sheet(made, "PL3", "KẾ HOẠCH", rows(range(2026, 2031), money=True))
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    left_out = findings[findings["rule"] == "table-left-out"]
    assert left_out[["severity", "place_en"]].values.tolist() == [
        ["warning", "plan.xlsx, sheet PL3, cell A3"]
    ]
    assert told(findings, "rule") == []


def test_two_of_a_kind_are_not_guessed_at(read):
    made = book()
    sheet(made, "PL3", "KẾ HOẠCH", rows(range(2026, 2031), money=True))["C5"] = 410
    with pytest.raises(
        kc.DataError, match=r"2 of money \(sheet PL1, cell A3, sheet PL3, cell A3\)"
    ):
        read(made)


def test_a_title_that_names_another_cycle_is_an_error(read):
    _, findings = read(book(years=range(2026, 2029)))
    errors = findings[findings["severity"] == "error"]
    assert set(errors["rule"]) == {"cycle-differs"}
    assert "names 2026-2030 but its columns are of 2026-2028" in errors["message_en"].iloc[0]


def test_a_wrong_heading_of_a_year_is_told_once(read):
    made = book(title="KẾ HOẠCH")
    made["PL2"]["F3"] = "Năm 2082"
    _, findings = read(made)
    errors = findings[findings["severity"] == "error"]
    assert sorted(errors["message_en"]) == [
        "2028 has money but no line has a quantity; look at the heading of the year",
        "2082 has quantities but no line has money; look at the heading of the year",
        "The years do not follow: 2026, 2027, 2082, 2029, 2030",
    ]


def test_sections_without_sums_are_headings(read):
    made = book()
    for row in (4, 7):
        for cell in made["PL1"][row][2:]:
            cell.value = None
    _, findings = read(made)
    assert not (findings["severity"] == "error").any()


@pytest.mark.parametrize(("title", "severity"), [("Chi quản lý", "warning"), ("Máy ép", "error")])
def test_money_without_quantity(read, title, severity):
    made = book()
    made["PL1"].append([2, title, *[5] * 5, 25])
    for cell in made["PL1"][7][2:]:
        cell.value += 5 if cell.column < 8 else 25
    _, findings = read(made)
    found = findings[findings["severity"] != "note"]
    assert found[["rule", "line", "severity"]].values.tolist() == [
        ["unpaired-line", "II.2", severity]
    ]


@pytest.mark.parametrize(
    ("stated", "rule"),
    [("3,5 tỷ", ""), ("4 tỷ", "narrative-rounded"), ("3,4 tỷ", "narrative-total")],
)
def test_a_sum_in_the_text_may_be_rounded(read, stated, rule):
    made = book()
    page = made.create_sheet("Lời", 0)
    page.append([f"Tổng kinh phí giai đoạn 2026-2030 là: {stated} đồng."])
    for cell in ("PL1",):
        made[cell].append(["", "Tổng cộng", *[700] * 5, 3500])
    _, findings = read(made)
    told = set(findings["rule"]) & {"narrative-rounded", "narrative-total"}
    assert told == ({rule} if rule else set())


def test_parts_of_people_are_an_error(read):
    made = book()
    made["PL2"]["C5"] = "Người"
    made["PL2"]["D5"], made["PL2"]["I5"] = 1.2, 17.2
    _, findings = read(made)
    found = findings[findings["rule"] == "part-of-a-unit"]
    assert found[["line", "year", "severity"]].values.tolist() == [["I.1", 2026, "error"]]


def test_parts_that_are_not_added_are_named(read):
    made = book()
    for name, first in (("PL1", 3), ("PL2", 4)):
        page = made[name]
        page.insert_rows(6)
        page["A6"], page["B6"] = "1.1", "Máy sấy"
        for column in range(first, first + 5):
            page.cell(6, column, 1)
        page.cell(6, first + 5, 5)
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    notes = findings[findings["rule"] == "parts-not-added"]
    assert list(notes["table"]) == ["budget", "quantities"]
    assert "rows such as “1.1 Máy sấy”" in notes["message_en"].iloc[0]


def test_a_row_below_the_grand_total_is_an_error(read):
    made = book()
    page = made["PL1"]
    page.append(["", "Tổng cộng", *[700] * 5, 3500])
    page.append(["", "Vốn đối ứng", *[70] * 5, 350])
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    assert told(findings, "rule", "place_en") == [
        ["row-outside-total", "plan.xlsx, sheet PL1, cell B10"]
    ]


def test_a_column_that_no_heading_explains_is_left_out_with_a_warning(read):
    made = book()
    for row, value in enumerate(["Chỉ số khác", 12, 13, 14, 15, 16], 3):
        made["PL1"].cell(row, 9, value)
    plan, findings = read(made)
    assert plan.budget["amount_million_vnd"].sum() == 700 * 5
    found = findings[findings["rule"] == "column-left-out"]
    assert found[["severity", "place_en"]].values.tolist() == [
        ["warning", "plan.xlsx, sheet PL1, cell I4"]
    ]
    assert told(findings, "rule") == []
