"""Tables laid out as other provinces lay them out, each read by hand first."""

from typing import NamedTuple

import pytest
from support import DRAWN, drawn, spoken, typed

import kc_analysis as kc
from kc_analysis.model import DataError
from kc_analysis.reading.cells import settled_tables, unread
from kc_analysis.reading.grid import Cell, Grid, document
from kc_analysis.reading.plan.cut import costed_lines, counted_lines
from kc_analysis.reading.table.parts import Row, Table
from kc_analysis.reading.table.solve import Settled
from kc_analysis.reading.vocabulary import source_of


def settled(*parts: Cell | Grid) -> Settled:
    """The one table of a document, with its numbers.

    Raises
    ------
    DataError
        With all that is wrong with the table.
    """
    (found,), _ = settled_tables(document(DRAWN, parts), None, None)
    table, values, marks, _ = found
    troubles = [
        *table.troubles,
        *(
            unread(table, row, c, marks)
            for r, row in enumerate(table.rows)
            for c in row.cells
            if (r, c) not in values and table.measure(row, c) in ("money", "quantity")
        ),
    ]
    if troubles:
        raise DataError(troubles)
    return found


class Read(NamedTuple):
    """A plan, and the rules and lines of its errors; no plan and the codes where it is refused."""

    plan: kc.Plan | None
    errors: list[tuple[str, str]]


@pytest.fixture
def plan_of(read):
    """Read a plan of two tables of two years: its rows as each table, money and work, has them."""

    def _plan_of(*rows: tuple[str, str], title: str = "") -> Read:
        money, work = zip(*rows, strict=True)
        text = typed(
            "Đơn vị tính: triệu đồng", f"KẾ HOẠCH KINH PHÍ {title}".upper(),
            "TT | Nội dung | 2026 | 2027", *filter(None, money),
            f"KẾ HOẠCH {title}".upper(), "TT | Nội dung | ĐVT | 2026 | 2027", *filter(None, work),
        )  # fmt: skip
        try:
            plan = read(text)
        except DataError as error:
            return Read(None, [(trouble.code, "") for trouble in error.troubles])
        found = kc.check(plan)
        found = found[found["severity"] == "error"]
        return Read(plan, list(zip(found["rule"], found["line"], strict=True)))

    return _plan_of


def levels_of(table: Table) -> list[tuple[Row, str]]:
    """The rows with figures or rows below them, each grand, section, line or detail."""
    lines = counted_lines(table) or costed_lines(table, set())
    over = set()
    for r in lines:
        while (above := table.rows[r].parent) is not None:
            over.add(r := above)
    levels = []
    for r, row in enumerate(table.rows):
        if row.role == "total":
            level = "grand" if row.key == "grand" else "section"
        else:
            level = "line" if r in lines else "section" if r in over else "detail"
        if row.cells or level == "section":
            levels.append((row, level))
    return levels


def key_of(table: Table, row: Row) -> str:
    """The numbers that lead to a row; of a total, those of what it totals, or else its title."""
    if row.role != "total":
        return row.key
    return row.label.text if row.parent is None else table.rows[row.parent].key


def years_of(table: Table) -> set[int | None]:
    """The years of the columns of numbers; None for the whole cycle."""
    return {table.columns[c].facets.year for c in table.values}


def units_of_money(table: Table) -> set[str]:
    """The units of the numbers that are money."""
    return {
        table.unit(row, c)
        for row in table.rows
        for c in row.cells
        if table.measure(row, c) == "money"
    }


def numbers_of(text: str, *above: str):
    """The table, and its numbers as {(key, year, phase, measure): value}."""
    table, values, marks, _ = settled(*spoken(*above), drawn(text))
    numbers = {}
    levels = {id(row): level for row, level in levels_of(table)}
    for (r, c), value in values.items():
        row, measure = table.rows[r], table.measure(table.rows[r], c)
        if levels[id(row)] != "detail" and measure in ("money", "quantity"):
            said = table.facets(row, c)
            key = (key_of(table, row), said.year, said.phase or "plan", measure)
            assert key not in numbers
            numbers[key] = value
    return table, numbers, marks


TWO_MEASURES = """
Số TT | Nhiệm vụ | ĐVT | Năm 2026 | < | Năm 2027 | < | Tổng số | < | Ghi chú
^ | ^ | ^ | SL | KP (nghìn đồng) | SL | KP (nghìn đồng) | SL | KP (nghìn đồng) | ^
A | B | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
| Tổng cộng | < | | 1.500.000 | | 2.100.000 | | 3.600.000 |
I | Khuyến công địa phương | | | 600.000 | | 700.000 | | 1.300.000 |
1. | Hỗ trợ máy móc (1) | Đề án | 3 | 600.000 | 2 | 700.000 | 5 | 1.300.000 | ưu tiên
| Trong đó: | | | | | | | |
- | Máy sấy | Đề án | 1 | 200.000 | - | - | 1 | 200.000 |
II | Khuyến công quốc gia | | | 900.000 | | 1.400.000 | | 2.300.000 |
1. | Mô hình | Mô hình | 1 | 900.000 | 2 | 1.400.000 | 3 | 2.300.000 |
"""


def test_quantity_and_money_under_each_year():
    table, numbers, _ = numbers_of(TWO_MEASURES)
    assert years_of(table) == {2026, 2027, None}
    assert numbers["I.1", 2026, "plan", "quantity"] == 3
    assert numbers["I.1", 2026, "plan", "money"] == 600_000
    assert numbers["Tổng cộng", None, "plan", "money"] == 3_600_000
    assert numbers["II.1", None, "plan", "quantity"] == 3
    assert len(numbers) == 6 + 6 + 3 * 3
    assert units_of_money(table) == {"nghìn đồng"}
    assert [level for _, level in levels_of(table)] == [
        "grand", "section", "line", "detail", "section", "line",
    ]  # fmt: skip
    assert table.rows[2].label.text == "Hỗ trợ máy móc"


PLAN_AND_ACTUAL = """
STT | Nội dung hoạt động | ĐVT        | 2021  | <     | 2022  | <     | Giai đoạn 2021-2022 | <
^   | ^                  | ^          | KH    | TH    | KH    | TH    | KH    | TH
A   | Kinh phí địa phương | triệu đồng | 1,500 | 1,200 | 1,700 | 1,650 | 3,200 | 2,850
1   | Hỗ trợ máy móc     | triệu đồng | 1,500 | 1,200 | 1,700 | 1,650 | 3,200 | 2,850
B   | Kinh phí quốc gia  | triệu đồng | 500   | 450.5 | 600   |       | 1,100 | 450.5
1   | Mô hình            | triệu đồng | 500   | 450.5 | 600   |       | 1,100 | 450.5
Tổng cộng (A+B) | <      | triệu đồng | 2,000 | 1,650.5 | 2,300 | 1,650 | 4,300 | 3,300.5
"""


def test_plan_and_actual_under_each_year_with_commas_for_thousands():
    table, numbers, marks = numbers_of(PLAN_AND_ACTUAL)
    assert marks.thousands == ","
    assert numbers["A.1", 2021, "plan", "money"] == 1500
    assert numbers["A.1", 2021, "actual", "money"] == 1200
    assert numbers["B.1", 2021, "actual", "money"] == 450.5
    assert ("B.1", 2022, "actual", "money") not in numbers
    assert numbers["Tổng cộng (A+B)", None, "plan", "money"] == 4300
    assert levels_of(table)[-1][1] == "grand"


@pytest.mark.parametrize("number", ["STT", "TT", "Số TT"])
@pytest.mark.parametrize("title", ["Nội dung", "Nội dung hoạt động", "Hạng mục", "Nhiệm vụ"])
@pytest.mark.parametrize("year", ["Năm {}", "{}", "KH {}", "Kế hoạch năm {}"])
@pytest.mark.parametrize("total", ["Tổng", "Tổng số", "Tổng cộng", "Cộng", "Giai đoạn 2026-2027"])
def test_headings(number, title, year, total):
    years = [year.format(y) for y in (2026, 2027)]
    table, numbers, _ = numbers_of(
        f"{number} | {title} | {years[0]} | {years[1]} | {total}\n"
        "I | Khuyến công địa phương | 10 | 20 | 30\n1 | Máy móc | 10 | 20 | 30"
    )
    assert years_of(table) == {2026, 2027, None}
    assert numbers["I.1", 2027, "plan", "money"] == 20
    assert numbers["I.1", None, "plan", "money"] == 30


def test_the_total_at_the_left_and_the_grand_total_above():
    _, numbers, _ = numbers_of(
        "TT | Hạng mục | Tổng số | 2026 | 2027\n"
        " | TỔNG CỘNG | 60 | 30 | 30\n"
        "I | Địa phương | 60 | 30 | 30\n1 | Máy móc | 60 | 30 | 30"
    )
    assert numbers["TỔNG CỘNG", None, "plan", "money"] == 60
    assert numbers["I.1", 2026, "plan", "money"] == 30


def test_a_sections_subtotal_below_its_lines():
    table, numbers, _ = numbers_of(
        "TT | Hạng mục | 2026 | 2027 | Cộng\n"
        "I | Địa phương | | |\n1 | Máy móc | 10 | 20 | 30\n | Cộng I | 10 | 20 | 30\n"
        "II | Quốc gia | | |\n1 | Mô hình | 5 | 5 | 10\n | Cộng II | 5 | 5 | 10\n"
        " | Tổng cộng | 15 | 25 | 40"
    )
    assert numbers["I", 2026, "plan", "money"] == 10
    assert numbers["II", None, "plan", "money"] == 10
    assert numbers["Tổng cộng", None, "plan", "money"] == 40
    assert [level for row, level in levels_of(table) if row.cells] == [
        "line", "section", "line", "section", "grand",
    ]  # fmt: skip


def test_lines_numbered_one_point_one_and_their_details():
    table, _, _ = numbers_of(
        "TT | Hạng mục | 2026 | Cộng\n"
        "I | Địa phương | 10 | 10\n1.1 | Máy móc | 10 | 10\na) | Máy sấy | 4 | 4\n"
        "- | Máy khác | 6 | 6"
    )
    assert [(row.key, level) for row, level in levels_of(table)[:2]] == [
        ("I", "section"), ("I.1", "line"),
    ]  # fmt: skip
    assert [level for _, level in levels_of(table)[2:]] == ["detail", "detail"]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng"),
        ("(ĐVT: Nghìn đồng)", "nghìn đồng"),
        ("Đơn vị: đồng", "đồng"),
        ("Đơn vị tính: Tỷ đồng.", "tỷ đồng"),
        ("BIỂU KẾ HOẠCH", ""),
    ],
)
def test_the_unit_above_the_table(above, unit):
    table, _, _ = numbers_of("TT | Nội dung | 2026 | Tổng\nI | Địa phương | 1 | 1", above)
    assert table.said.money == unit


@pytest.mark.parametrize("blank", ["", "-", "–", "—"])
def test_a_blank_is_no_number(blank):
    _, numbers, _ = numbers_of(
        f"TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | {blank} | 7 | 7\n"
        f"1 | Máy móc | {blank} | 7 | 7"
    )
    assert ("I.1", 2026, "plan", "money") not in numbers


def test_footnote_marks():
    _, numbers, _ = numbers_of(
        "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 1.056(1) | 944* | 2.000\n"
        "1 | Máy móc ¹ | 1.056 | 944 | 2.000"
    )
    assert numbers["I", 2026, "plan", "money"] == 1056
    assert numbers["I", 2027, "plan", "money"] == 944


def test_an_activity_that_begins_like_a_total_is_a_line():
    table, _, _ = numbers_of(
        "TT | Nội dung | 2026 | Tổng\nI | Địa phương | 9 | 9\n1 | Tổng kết chương trình | 9 | 9"
    )
    assert levels_of(table)[1][1] == "line"


def marks_of(*numbers: str) -> str:
    head = "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | "
    return numbers_of(head + " | ".join(numbers))[2].thousands


def test_the_marks_are_decided_by_the_totals():
    assert marks_of("750", "1.056", "1.806") == "."
    assert marks_of("750", "1,056", "1,806") == ","


def test_the_marks_are_decided_by_what_is_beyond_doubt():
    assert marks_of("1.056,5", "2.000", "3.056,5") == "."
    assert marks_of("1.600", "1.600", "3.200.000") == "."
    assert marks_of("12.5", "1,600", "") == ","


def test_the_totals_weigh_more_than_one_odd_number():
    with pytest.raises(DataError, match=r"1\.05"):
        numbers_of(
            "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 750 | 1.056 | 1.806\n"
            "1 | Máy móc | 750 | 1.05 | 1.806"
        )


def test_where_nothing_decides_the_marks_an_error_says_so():
    with pytest.raises(DataError, match="separates thousands"):
        marks_of("1.600", "1.600", "3.200")
    with pytest.raises(DataError, match="separates thousands"):
        marks_of("12,5", "12.5", "")


def test_no_marks_no_question():
    _, numbers, _ = numbers_of(
        "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 1600 | 01 | 1 601"
    )
    assert numbers["I", None, "plan", "money"] == 1601


def test_a_row_without_a_number_that_the_total_counts_in_is_a_line():
    found = levels("I | Địa phương | 9 | 9", "1 | Hội chợ | 2 | 2", " | Máy móc | 7 | 7")
    assert [(level, title) for _, level, title in found] == [
        ("section", "Địa phương"), ("line", "Hội chợ"), ("line", "Máy móc"),
    ]  # fmt: skip


def test_sections_within_sections(plan_of):
    plan, errors = plan_of(
        ("A | Khuyến công địa phương | 9 | 9", "A | Khuyến công địa phương | | |"),
        ("I | Đào tạo | 4 | 4", "I | Đào tạo | | |"),
        ("1 | Lớp nghề | 4 | 4", "1 | Lớp nghề | Lớp | 2 | 2"),
        ("II | Máy móc | 5 | 5", "II | Máy móc | | |"),
        ("1 | Máy sấy | 5 | 5", "1 | Máy sấy | Máy | 1 | 1"),
        ("B | Khuyến công quốc gia | 7 | 7", "B | Khuyến công quốc gia | | |"),
        ("I | Mô hình | 7 | 7", "I | Mô hình | | |"),
        ("1 | Mô hình | 7 | 7", "1 | Mô hình | Mô hình | 1 | 1"),
        (" | Tổng cộng | 16 | 16", ""),
    )
    assert errors == []
    lines = plan.lines[["line", "source", "label_vi"]].values.tolist()
    assert lines == [
        ["A.I.1", "local", "Lớp nghề"],
        ["A.II.1", "local", "Máy sấy"],
        ["B.I.1", "national", "Mô hình"],
    ]
    printed = plan.printed[plan.printed["year"] == 2026]
    assert dict(zip(printed["line"], printed["value"], strict=True)) == {
        "A": 9, "A.I": 4, "A.II": 5, "B": 7, "B.I": 7, "Tổng cộng": 16,
    }  # fmt: skip


def test_figures_of_parts_are_not_lost_where_the_line_has_none(plan_of):
    plan, errors = plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Máy móc | |", "1 | Máy móc | Máy | 2 | 2"),
        ("a) | Máy sấy | 5 | 5", ""),
        ("2 | Hội chợ | 4 | 4", "2 | Hội chợ | Lần | 1 | 1"),
    )
    assert plan.budget["amount_million_vnd"].sum() == 18
    assert ("unpaired-line", "I.1") in errors


def test_what_never_has_figures_but_parts_is_a_group_of_lines():
    table, numbers, _ = numbers_of(
        "TT | Nội dung | ĐVT | 2026 | Tổng\nI | Địa phương | | |\n"
        "1 | Đào tạo | | |\n1.1 | Lớp may | Lớp | 2 | 2\n1.2 | Lớp mộc | Lớp | 3 | 3\n"
        "2 | Máy móc | | |\n2.1 | Máy sấy | Máy | 4 | 4"
    )
    assert [(row.key, level) for row, level in levels_of(table) if row.cells] == [
        ("I.1.1", "line"), ("I.1.2", "line"), ("I.2.1", "line"),
    ]  # fmt: skip
    assert numbers["I.2.1", 2026, "plan", "quantity"] == 4


def test_a_column_of_what_was_done_before_is_no_year_of_the_plan():
    _, numbers, _ = numbers_of(
        "TT | Nội dung | Ước TH 2025 | KH 2026 | KH 2027 | Tổng\n"
        "I | Địa phương | 3 | 9 | 9 | 18\n1 | Máy móc | 3 | 9 | 9 | 18"
    )
    assert numbers["I.1", 2025, "estimate", "money"] == 3
    assert numbers["I.1", 2026, "plan", "money"] == 9


def test_a_header_without_rows():
    with pytest.raises(DataError, match="rows below the header"):
        numbers_of("TT | Nội dung | 2026 | Tổng")


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("1000 đồng", "nghìn đồng"),
        ("1.000 đồng", "nghìn đồng"),
        ("ng.đồng", "nghìn đồng"),
        ("1.000.000 đồng", "triệu đồng"),
        ("trđ", "triệu đồng"),
    ],
)
def test_units_as_clerks_write_them(unit, scale):
    table, _, _ = numbers_of(TWO_MEASURES.replace("nghìn đồng", unit))
    assert units_of_money(table) == {scale}


def test_a_second_column_of_a_year_is_refused(read):
    head = "TT | Nội dung | ĐVT | 2026 KP | 2026 SL | 2027 KP | 2027 SL | 2027 KP"
    rows = "I | Địa phương | | 9 | | 7 | | 8", "1 | Máy móc | Máy | 9 | 1 | 7 | 1 | 8"
    with pytest.raises(DataError, match="a second time") as error:
        read(typed(f"ĐVT: triệu đồng\n{head}", *rows))
    assert {trouble.code for trouble in error.value.troubles} == {"number-twice"}


def test_a_number_merged_over_two_years_is_refused():
    text = """
TT | Nội dung | ĐVT | 2026 | 2027 | Tổng
I | Địa phương | | | |
1 | Máy móc | Đề án | 5 | < | 5
"""
    with pytest.raises(DataError, match="merged over several years"):
        numbers_of(text)


def test_a_header_repeated_within_the_table_is_no_row():
    lines = TWO_MEASURES.strip().splitlines()
    _, numbers, _ = numbers_of("\n".join([*lines[:7], *lines[:3], *lines[7:]]))
    assert numbers == numbers_of(TWO_MEASURES)[1]


def test_a_remark_that_begins_with_a_digit_is_a_remark():
    table, _, _ = numbers_of(TWO_MEASURES.replace("ưu tiên", "02 lớp/năm"))
    assert table.columns[-1].role == "note"


@pytest.mark.parametrize("heading", ["STT.", "T.T", "TT"])
def test_headings_over_numbers(heading):
    table, _, _ = numbers_of(TWO_MEASURES.replace("Số TT", heading))
    assert table.columns[0].role == "number"


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Vốn đối ứng của doanh nghiệp địa phương", "counterpart"),
        ("Vốn đối ứng cho đề án khuyến công quốc gia", "counterpart"),
        ("Khuyến công quốc gia hỗ trợ địa phương", "national"),
        ("Nguồn khuyến công địa phương", "local"),
    ],
)
def test_sources_by_their_titles(title, source):
    assert source_of(title) == source


def levels(*rows: str) -> list[tuple[str, str, str]]:
    """The keys, levels and titles of the rows of a table of two years."""
    table, _, _ = numbers_of("\n".join(["TT | Nội dung | 2026 | 2027", *rows]))
    return [(key_of(table, row), level, row.label.text) for row, level in levels_of(table)]


@pytest.mark.parametrize(
    ("one", "two", "keys"),
    [
        ("1", "2", ["I.1", "I.2"]),
        ("01", "02", ["I.1", "I.2"]),
        ("1.1", "1.2", ["I.1", "I.2"]),
        ("I.1", "I.2", ["I.1", "I.2"]),
        ("I. 1", "I. 2", ["I.1", "I.2"]),
        ("a)", "b)", ["I.a", "I.b"]),
        ("a.", "b.", ["I.a", "I.b"]),
        ("-", "-", ["I.1", "I.2"]),
        ("", "", ["I.1", "I.2"]),
    ],
)
def test_lines_are_what_stands_below_the_sections_however_numbered(one, two, keys):
    sections = ("I | Địa phương | 9 | 9", "I I | Quốc gia | 4 | 4")
    lines = (f"{one} | Máy móc | 4 | 4", f"{two} | Hội chợ | 5 | 5")
    other = one.replace("I", "II")
    found = levels(sections[0], *lines, sections[1], f"{other} | Mô hình | 4 | 4")
    assert [key for key, level, _ in found if level == "line"] == [
        *keys,
        keys[0].replace("I", "II"),
    ]
    assert [key for key, level, _ in found if level == "section"] == ["I", "II"]


@pytest.mark.parametrize(
    ("title", "number"),
    [("- Máy móc", "1"), ("1. Máy móc", "1"), ("1.1 Máy móc", "1"), ("a) Máy móc", "a")],
)
def test_a_number_that_stands_with_the_title(title, number):
    found = levels("I | Địa phương | 9 | 9", f" | {title} | 9 | 9")
    assert found[1] == (f"I.{number}", "line", "Máy móc")


@pytest.mark.parametrize("sums", ["9 | 9", " | "])
def test_a_line_that_names_another_section_is_told(plan_of, sums):
    assert plan_of(
        (f"I | Địa phương | {sums}", "I | Địa phương | | |"),
        ("I.1 | Máy | 9 | 9", "I.1 | Máy | Máy | 1 | 1"),
        (f"II | Quốc gia | {sums}", "II | Quốc gia | | |"),
        ("I.2 | Mô hình | 9 | 9", "I.2 | Mô hình | Mô hình | 1 | 1"),
    ).errors


def test_funds_numbered_1_and_2_over_lines_numbered_1_1():
    found = levels(
        "1 | Kinh phí khuyến công quốc gia | 9 | 9", "1.1 | Máy móc | 9 | 9",
        "1.1.1 | Máy sấy | 4 | 4",
        "2 | Kinh phí khuyến công địa phương | 7 | 7", "2.1 | Mô hình | 7 | 7",
    )  # fmt: skip
    assert [(key, level) for key, level, _ in found] == [
        ("1", "section"), ("1.1", "line"), ("1.1.1", "detail"), ("2", "section"), ("2.1", "line"),
    ]  # fmt: skip


def test_activities_numbered_1_over_their_parts_are_no_funds(plan_of):
    plan, errors = plan_of(
        ("1 | Đào tạo | 9 | 9", "1 | Đào tạo | Lớp | 3 | 3"),
        ("1.1 | Lớp may | 9 | 9", ""),
        ("2 | Kinh phí hội chợ | 7 | 7", "2 | Kinh phí hội chợ | Lần | 1 | 1"),
        title="khuyến công địa phương",
    )
    assert errors == []
    assert plan.lines[["source", "label_vi"]].values.tolist() == [
        ["local", "Đào tạo"],
        ["local", "Kinh phí hội chợ"],
    ]


@pytest.mark.parametrize(("section", "total"), [("9 | 9", 18), ("13 | 13", 26), (" | ", None)])
def test_dashes_after_of_which_are_what_the_sums_say_or_told(plan_of, section, total):
    plan, errors = plan_of(
        (f"I | Địa phương | {section}", "I | Địa phương | | |"),
        ("- | Máy | 9 | 9", "- | Máy | Máy | 2 | 2"),
        (" | Trong đó: | |", " | Trong đó: | | |"),
        ("- | Sấy | 4 | 4", "- | Sấy | Máy | 1 | 1"),
    )
    assert errors or plan.budget["amount_million_vnd"].sum() == total


def test_of_which_with_figures_is_one_part():
    found = levels(
        "I | Địa phương | 9 | 9", "- | Máy | 5 | 5", " | Trong đó: TW | 2 | 2", "- | Sấy | 4 | 4"
    )
    assert [level for _, level, _ in found] == ["section", "line", "detail", "line"]


@pytest.mark.parametrize("title", ["Cộng {}", "Cộng mục {}", "Tổng cộng ({})", "Cộng"])
def test_totals_below_the_sections_and_none_of_all(title):
    found = levels(
        "I | Địa phương | |", "1 | Máy | 9 | 9", f" | {title.format('I')} | 9 | 9",
        "II | Quốc gia | |", "1 | Mô hình | 7 | 7", f" | {title.format('II')} | 7 | 7",
    )  # fmt: skip
    assert [(key, level) for key, level, _ in found if level not in ("line",)] == [
        ("I", "section"), ("I", "section"), ("II", "section"), ("II", "section"),
    ]  # fmt: skip


def test_a_total_that_names_another_section_is_not_taken():
    with pytest.raises(DataError, match="total of section II"):
        levels(
            "I | Địa phương | |", "1 | Máy | 9 | 9", "II | Quốc gia | |", "1 | Mô hình | 7 | 7",
            " | Cộng I | 7 | 7",
        )  # fmt: skip


ONE_YEAR = "TT | Nội dung | Năm 2026 | Năm 2027\nI | Địa phương | 9 | 9\n1 | Máy | 9 | 9"


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("Đơn vị tính kinh phí: nghìn đồng", "nghìn đồng"),
        ("(Số tiền tính bằng triệu đồng)", "triệu đồng"),
        ("(Triệu đồng)", "triệu đồng"),
        ("(Kinh phí: tỷ đồng)", "tỷ đồng"),
        ("BIỂU KẾ HOẠCH KINH PHÍ (triệu đồng) GIAI ĐOẠN 2026-2030", "triệu đồng"),
        ("Kế hoạch giai đoạn 2026-2030 (triệu đồng)", "triệu đồng"),
        ("Tổng kinh phí là 18.246 (triệu đồng)", ""),
        ("Hội đồng", ""),
    ],
)
def test_where_the_unit_stands(above, unit):
    assert numbers_of(ONE_YEAR, above)[0].said.money == unit


def test_the_unit_in_the_header_of_the_totals_or_in_every_row():
    table, _, _ = numbers_of(
        "TT | Nội dung | 2026 | Tổng (tỷ đồng)\nI | Địa phương | 9 | 9\n1 | Máy | 9 | 9"
    )
    assert table.unit(table.rows[1], 3) == "tỷ đồng"
    table, _, _ = numbers_of(
        "TT | Nội dung | ĐVT | 2026 | Tổng\nI | Địa phương | | 9 | 9\n1 | Máy | Trđ | 9 | 9"
    )
    assert table.unit(table.rows[1], 3) == "triệu đồng"
    assert table.measure(table.rows[0], 3) == "money"


def test_the_unit_in_a_small_table_above():
    table = settled(drawn("BIỂU 1 | ĐVT: triệu đồng"), drawn(ONE_YEAR)).table
    assert table.said.money == "triệu đồng"


@pytest.mark.parametrize(
    "heading", ["Tỷ lệ (%)", "Cơ cấu", "Đơn giá (triệu đồng)", "Mức hỗ trợ", "Ghi chú", "Thời gian"]
)
def test_columns_beside_the_plans_figures(heading):
    _, numbers, _ = numbers_of(
        f"TT | Nội dung | {heading} | 2026 | 2027\nI | Địa phương | 30 | 9 | 9\n"
        "1 | Máy | 2026-2027 | 9 | 9"
    )
    assert len(numbers) == 4
    assert set(numbers.values()) == {9}


def test_a_row_of_rates_is_no_line():
    table, _, _ = numbers_of(f"{ONE_YEAR}\n | Tổng cộng | 9 | 9\n | Tốc độ tăng (%) | 12 | 3,5")
    assert [level for _, level in levels_of(table)] == ["section", "line", "grand", "detail"]


def test_who_signed_is_no_line():
    table, _, _ = numbers_of(f"{ONE_YEAR}\n | NGƯỜI LẬP BIỂU | | KT. GIÁM ĐỐC")
    assert len(levels_of(table)) == 2


def test_numbers_that_stand_with_the_titles_and_no_column_of_their_own():
    table, numbers, _ = numbers_of(
        "Nội dung | Năm 2026 | Năm 2027\nI. Địa phương | 9 | 9\n1. Máy | 4 | 4\n"
        "2. Hội chợ | 5 | 5\nTổng cộng | 9 | 9"
    )
    assert [(key_of(table, row), level) for row, level in levels_of(table)] == [
        ("I", "section"), ("I.1", "line"), ("I.2", "line"), ("Tổng cộng", "grand"),
    ]  # fmt: skip
    assert numbers["I.2", 2027, "plan", "money"] == 5


def test_a_unit_that_is_merged_over_lines_is_of_each():
    table, _, _ = numbers_of(
        "TT | Nội dung | ĐVT | 2026 | 2027\nI | Địa phương | < | |\n1 | Máy | Cơ sở | 2 | 2\n"
        "2 | Hội chợ | ^ | 3 | 3"
    )
    assert [row.unit for row in table.rows] == ["", "Cơ sở", "Cơ sở"]


def test_a_quantity_with_its_unit():
    _, numbers, _ = numbers_of(
        "TT | Nội dung | ĐVT | 2026 | 2027\nI | Địa phương | | |\n1 | Máy | Lớp | 02 lớp | 3"
    )
    assert numbers["I.1", 2026, "plan", "quantity"] == 2


def test_a_heading_that_names_what_is_counted():
    table, numbers, _ = numbers_of(
        "TT | Nội dung | Năm 2026 | <\n^ | ^ | Số đề án | Kinh phí (triệu đồng)\n"
        "I | Địa phương | | 9\n1 | Máy | 2 | 9"
    )
    assert numbers["I.1", 2026, "plan", "quantity"] == 2
    assert table.unit(table.rows[1], 2) == "Đề án"


def test_a_group_without_sections_is_a_section():
    _, numbers, _ = numbers_of(
        "TT | Nội dung | 2026 | 2027\nA | Ngân sách | 9 | 9\nI | Địa phương | 9 | 9\n"
        "1 | Máy | 9 | 9\nB | Đối ứng | 7 | 7\n1 | Máy | 7 | 7"
    )
    assert numbers["A.I.1", 2026, "plan", "money"] == 9
    assert numbers["B.1", 2026, "plan", "money"] == 7
    assert numbers["B", 2026, "plan", "money"] == 7


def test_1_10_that_a_spreadsheet_stores_as_1_1():
    rows = "".join(f"\n1.{i} | Máy {i} | 9 | 9" for i in range(1, 11))
    grid = drawn(f"TT | Nội dung | 2026 | 2027\nI | Địa phương | 90 | 90{rows}")
    for row in grid.rows[2:]:
        number = float(row[0].text)
        row[0] = row[0]._replace(text=f"{number:g}", value=number)
    table = settled(grid).table
    assert [row.key for row in table.rows[1:]] == [f"I.{i}" for i in range(1, 11)]


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Kinh phí khuyến công tỉnh", "local"),
        ("Nguồn ngân sách tỉnh", "local"),
        ("Kinh phí KCĐP", "local"),
        ("Vốn KCQG", "national"),
        ("Nguồn NSTW", "national"),
        ("Nguồn kinh phí trung ương", "national"),
    ],
)
def test_sources_as_clerks_shorten_them(title, source):
    assert source_of(title) == source


@pytest.mark.parametrize(
    ("above", "heading", "unit"),
    [
        (
            ["ĐVT: nghìn đồng", "Ghi chú: chưa gồm vốn đối ứng (khoảng hai tỷ đồng)"],
            "",
            "nghìn đồng",
        ),
        (["ĐVT: nghìn đồng", "(Mức chi theo Thông tư 28/2018/TT-BTC, đồng)"], "", "nghìn đồng"),
        (["Không quá ba trăm (triệu đồng)"], " (ĐVT: nghìn đồng)", "nghìn đồng"),
    ],
)
def test_what_calls_itself_the_unit_goes_before_other_brackets(above, heading, unit):
    text = ONE_YEAR.replace("Nội dung", f"Nội dung{heading}")
    table = numbers_of(text, *above)[0]
    assert unit in (table.said.money, table.columns[1].facets.money)


def test_a_line_that_speaks_of_a_percentage_is_a_line():
    found = levels("I | Địa phương | 9 | 9", "- | Hỗ trợ 50% máy | 4 | 4", "- | Hội chợ | 5 | 5")
    assert [level for _, level, _ in found] == ["section", "line", "line"]


def test_a_year_that_grows_is_a_year():
    table, _, _ = numbers_of(ONE_YEAR.replace("Năm 2027", "2027 (tăng 10%)"))
    assert years_of(table) == {2026, 2027}


def test_a_code_before_the_title_is_none():
    table, _, _ = numbers_of(
        "TT | Mã | Nội dung | 2026 | 2027\nI | A | Địa phương | 9 | 9\n1 | KC-1 | Máy | 9 | 9"
    )
    assert [row.label.text for row in table.rows] == ["Địa phương", "Máy"]


@pytest.mark.parametrize("sums", ["7 | 7", " | "])
@pytest.mark.parametrize("number", ["-", "a)"])
def test_what_may_be_lines_or_their_parts_is_not_passed_over(plan_of, number, sums):
    assert plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Hội chợ | 9 | 9", "1 | Hội chợ | Lần | 1 | 1"),
        (f"II | Quốc gia | {sums}", "II | Quốc gia | | |"),
        (f"{number} | Máy | 4 | 4", f"{number} | Máy | Máy | 1 | 1"),
        ("5 | Mô hình | 3 | 3", "5 | Mô hình | Mô hình | 1 | 1"),
    ).errors


def test_a_fund_without_a_number_below_a_fund_is_no_line(plan_of):
    plan, errors = plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Hội chợ | 9 | 9", "1 | Hội chợ | Lần | 1 | 1"),
        ("II | Quốc gia | 4 | 4", "II | Quốc gia | | |"),
        (" | Khuyến công quốc gia | |", " | Khuyến công quốc gia | | |"),
        ("5 | Mô hình | 4 | 4", "5 | Mô hình | Mô hình | 1 | 1"),
    )
    assert plan.lines["label_vi"].tolist() == ["Hội chợ", "Mô hình"] or errors


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Khuyến công quốc gia (chưa gồm vốn đối ứng của cơ sở)", "national"),
        ("Khuyến công địa phương (không gồm khuyến công quốc gia)", "local"),
        ("Ngân sách nhà nước (trung ương, địa phương): Khuyến công địa phương", "local"),
        ("Đầu tư của các cơ sở tại địa phương", ""),
        ("Nguồn 1 (khuyến công quốc gia)", "national"),
    ],
)
def test_what_a_title_says_by_the_way_is_no_source(title, source):
    assert source_of(title) == source


def test_grand_totals_are_told_from_sections_totals():
    assert levels("I | Quỹ | 9 | 9", " | Tổng cộng (I, II) | 9 | 9")[-1][1] == "grand"
    assert levels("I | Quỹ | 9 | 9", "- | Cộng tác viên | 9 | 9")[-1][1] == "line"


@pytest.mark.parametrize("numbers", [("1.1", "1.2"), ("a)", "b)"), ("-", "-"), ("+", "+")])
@pytest.mark.parametrize(("second", "told"), [(5, []), (3, ["sum-differs"])])
def test_rows_below_a_line_are_held_against_it(plan_of, numbers, second, told):
    plan, errors = plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Máy móc | 9 | 9", "1 | Máy móc | Máy | 2 | 2"),
        (f"{numbers[0]} | Máy sấy | 4 | 4", ""),
        (f"{numbers[1]} | Máy ép | {second} | 5", ""),
    )
    assert [rule for rule, _ in errors] == told
    assert plan.budget["amount_million_vnd"].tolist() == [9, 9]


def test_one_row_alone_below_a_line_is_of_it(plan_of):
    plan, errors = plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Máy móc | 9 | 9", "1 | Máy móc | Máy | 2 | 2"),
        ("1.1 | Máy sấy | 4 | 4", ""),
    )
    assert errors == []
    assert plan.budget["amount_million_vnd"].tolist() == [9, 9]
    assert "parts-not-added" in [note.rule for note in plan.notes]


def test_of_which_that_is_larger_than_its_line_is_an_error(plan_of):
    _, errors = plan_of(
        ("I | Địa phương | 9 | 9", "I | Địa phương | | |"),
        ("1 | Máy móc | 9 | 9", "1 | Máy móc | Máy | 2 | 2"),
        (" | Trong đó: Máy sấy | 10 | 4", ""),
    )
    assert [rule for rule, _ in errors] == ["part-larger"]


def test_a_table_without_row_numbers_has_funds_over_its_lines():
    table, numbers, _ = numbers_of(
        "Nội dung | 2026 | 2027\nKinh phí khuyến công địa phương | 9 | 9\nMáy móc | 4 | 4\n"
        "Hội chợ | 5 | 5\nKinh phí khuyến công quốc gia | 7 | 7\nMô hình | 7 | 7\n"
        "Tổng cộng | 16 | 16"
    )
    assert [(key_of(table, row), level) for row, level in levels_of(table)] == [
        ("1", "section"), ("1.1", "line"), ("1.2", "line"),
        ("2", "section"), ("2.1", "line"), ("Tổng cộng", "grand"),
    ]  # fmt: skip
    assert numbers["1.2", 2027, "plan", "money"] == 5
