"""Tables laid out as other provinces lay them out, each read by hand first."""

import pytest

from kc_analysis.model import DataError, same
from kc_analysis.reading.grid import Cell, Document, Grid
from kc_analysis.reading.numbers import read_numbers
from kc_analysis.reading.tables import find_tables
from kc_analysis.reading.words import source_of


def document(text: str, above: tuple[str, ...] = ()) -> Document:
    """A document of one table: a line a row, "|" between cells, "^" and "<" under a merged cell."""
    rows: list[list[Cell]] = []
    for r, line in enumerate(text.strip().splitlines()):
        row: list[Cell] = []
        for c, cell in enumerate(part.strip() for part in line.split("|")):
            if cell == "^":
                row.append(rows[r - 1][c]._replace(covered=True))
            elif cell == "<":
                row.append(row[c - 1]._replace(covered=True))
            else:
                row.append(Cell(cell, (r, c)))
        rows.append(row)
    lines = [Cell(line, (-1, 0)) for line in above]
    return Document("x", lines, [Grid(rows, lines)], lambda at: same(f"r{at[0]}c{at[1]}"))


def read(text: str, *above: str):
    """The table, and its numbers as {(key, year, phase, measure): value}."""
    troubles = []
    made = document(text, above)
    (table,) = find_tables(made, troubles)
    (values,), marks, _ = read_numbers(made, [table], None, troubles)
    if troubles:
        raise DataError(troubles)
    numbers = {}
    for (r, i), value in values.items():
        row, column = table.rows[r], table.columns[i]
        if row.level != "detail":
            key = (row.key, column.year, column.phase, table.measure(row, i))
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
    table, numbers, _ = read(TWO_MEASURES)
    assert {column.year for column in table.columns} == {2026, 2027, None}
    assert numbers["I.1", 2026, "plan", "quantity"] == 3
    assert numbers["I.1", 2026, "plan", "money"] == 600_000
    assert numbers["Tổng cộng", None, "plan", "money"] == 3_600_000
    assert numbers["II.1", None, "plan", "quantity"] == 3
    assert len(numbers) == 6 + 6 + 3 * 3
    assert {c.money for c in table.columns if c.measure == "money"} == {"nghìn đồng"}
    assert [row.level for row in table.rows] == [
        "grand", "section", "line", "detail", "section", "line",
    ]  # fmt: skip
    assert table.rows[2].title.text == "Hỗ trợ máy móc"


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
    table, numbers, marks = read(PLAN_AND_ACTUAL)
    assert marks.thousands == ","
    assert numbers["A.1", 2021, "plan", "money"] == 1500
    assert numbers["A.1", 2021, "actual", "money"] == 1200
    assert numbers["B.1", 2021, "actual", "money"] == 450.5
    assert ("B.1", 2022, "actual", "money") not in numbers
    assert numbers["Tổng cộng (A+B)", None, "plan", "money"] == 4300
    assert table.rows[-1].level == "grand"


@pytest.mark.parametrize("number", ["STT", "TT", "Số TT"])
@pytest.mark.parametrize("title", ["Nội dung", "Nội dung hoạt động", "Hạng mục", "Nhiệm vụ"])
@pytest.mark.parametrize("year", ["Năm {}", "{}", "KH {}", "Kế hoạch năm {}"])
@pytest.mark.parametrize("total", ["Tổng", "Tổng số", "Tổng cộng", "Cộng", "Giai đoạn 2026-2027"])
def test_headings(number, title, year, total):
    years = [year.format(y) for y in (2026, 2027)]
    table, numbers, _ = read(
        f"{number} | {title} | {years[0]} | {years[1]} | {total}\n"
        "I | Khuyến công địa phương | 10 | 20 | 30\n1 | Máy móc | 10 | 20 | 30"
    )
    assert [column.year for column in table.columns if column.year] == [2026, 2027]
    assert numbers["I.1", 2027, "plan", "money"] == 20
    assert numbers["I.1", None, "plan", "money"] == 30


def test_the_total_at_the_left_and_the_grand_total_above():
    _, numbers, _ = read(
        "TT | Hạng mục | Tổng số | 2026 | 2027\n"
        " | TỔNG CỘNG | 60 | 30 | 30\n"
        "I | Địa phương | 60 | 30 | 30\n1 | Máy móc | 60 | 30 | 30"
    )
    assert numbers["TỔNG CỘNG", None, "plan", "money"] == 60
    assert numbers["I.1", 2026, "plan", "money"] == 30


def test_a_sections_subtotal_below_its_lines():
    table, numbers, _ = read(
        "TT | Hạng mục | 2026 | 2027 | Cộng\n"
        "I | Địa phương | | |\n1 | Máy móc | 10 | 20 | 30\n | Cộng I | 10 | 20 | 30\n"
        "II | Quốc gia | | |\n1 | Mô hình | 5 | 5 | 10\n | Cộng II | 5 | 5 | 10\n"
        " | Tổng cộng | 15 | 25 | 40"
    )
    assert numbers["I", 2026, "plan", "money"] == 10
    assert numbers["II", None, "plan", "money"] == 10
    assert numbers["Tổng cộng", None, "plan", "money"] == 40
    assert [row.level for row in table.rows if row.cells] == [
        "line", "section", "line", "section", "grand",
    ]  # fmt: skip


def test_lines_numbered_one_point_one_and_their_details():
    table, _, _ = read(
        "TT | Hạng mục | 2026 | Cộng\n"
        "I | Địa phương | 10 | 10\n1.1 | Máy móc | 10 | 10\na) | Máy sấy | 4 | 4\n"
        "- | Máy khác | 6 | 6"
    )
    assert [(row.key, row.level) for row in table.rows[:2]] == [("I", "section"), ("I.1", "line")]
    assert [row.level for row in table.rows[2:]] == ["detail", "detail"]


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
    table, _, _ = read("TT | Nội dung | 2026 | Tổng\nI | Địa phương | 1 | 1", above)
    assert table.money == unit


@pytest.mark.parametrize("blank", ["", "-", "–", "—"])
def test_a_blank_is_no_number(blank):
    _, numbers, _ = read(
        f"TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | {blank} | 7 | 7\n"
        f"1 | Máy móc | {blank} | 7 | 7"
    )
    assert ("I.1", 2026, "plan", "money") not in numbers


def test_footnote_marks():
    _, numbers, _ = read(
        "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 1.056(1) | 944* | 2.000\n"
        "1 | Máy móc ¹ | 1.056 | 944 | 2.000"
    )
    assert numbers["I", 2026, "plan", "money"] == 1056
    assert numbers["I", 2027, "plan", "money"] == 944


def test_an_activity_that_begins_like_a_total_is_a_line():
    table, _, _ = read(
        "TT | Nội dung | 2026 | Tổng\nI | Địa phương | 9 | 9\n1 | Tổng kết chương trình | 9 | 9"
    )
    assert table.rows[1].level == "line"


def marks_of(*numbers: str) -> str:
    head = "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | "
    return read(head + " | ".join(numbers))[2].thousands


def test_the_marks_are_decided_by_the_totals():
    assert marks_of("750", "1.056", "1.806") == "."
    assert marks_of("750", "1,056", "1,806") == ","


def test_the_marks_are_decided_by_what_is_beyond_doubt():
    assert marks_of("1.056,5", "2.000", "3.056,5") == "."
    assert marks_of("1.600", "1.600", "3.200.000") == "."
    assert marks_of("12.5", "1,600", "") == ","


def test_the_totals_weigh_more_than_one_odd_number():
    with pytest.raises(DataError, match=r"1\.05"):
        read(
            "TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 750 | 1.056 | 1.806\n"
            "1 | Máy móc | 750 | 1.05 | 1.806"
        )


def test_where_nothing_decides_the_marks_an_error_says_so():
    with pytest.raises(DataError, match="separates thousands"):
        marks_of("1.600", "1.600", "3.200")
    with pytest.raises(DataError, match="separates thousands"):
        marks_of("12,5", "12.5", "")


def test_no_marks_no_question():
    _, numbers, _ = read("TT | Nội dung | 2026 | 2027 | Tổng\nI | Địa phương | 1600 | 01 | 1 601")
    assert numbers["I", None, "plan", "money"] == 1601


def test_a_row_with_figures_and_no_number_is_not_passed_over():
    with pytest.raises(DataError, match="Máy móc"):
        read(
            "TT | Nội dung | 2026 | Tổng\nI | Địa phương | 9 | 9\n"
            "1 | Hội chợ | 2 | 2\n | Máy móc | 7 | 7"
        )


def test_sections_within_sections():
    table, numbers, _ = read(
        "TT | Nội dung | 2026 | Tổng\n"
        "A | Khuyến công địa phương | 9 | 9\nI | Đào tạo | 4 | 4\n1 | Lớp nghề | 4 | 4\n"
        "II | Máy móc | 5 | 5\n1 | Máy sấy | 5 | 5\n"
        "B | Khuyến công quốc gia | 7 | 7\nI | Mô hình | 7 | 7\n1 | Mô hình | 7 | 7\n"
        " | Tổng cộng | 16 | 16"
    )
    assert numbers["A.II.1", 2026, "plan", "money"] == 5
    assert numbers["B.I", None, "plan", "money"] == 7
    assert ("A", 2026, "plan", "money") not in numbers
    assert table.rows[1].title.text == "Khuyến công địa phương: Đào tạo"


def test_figures_of_parts_are_not_lost_where_the_line_has_none():
    with pytest.raises(DataError, match=r"I\.1"):
        read(
            "TT | Nội dung | 2026 | Tổng\nI | Địa phương | 9 | 9\n"
            "1 | Máy móc | |\na) | Máy sấy | 5 | 5\n2 | Hội chợ | 4 | 4"
        )


def test_what_never_has_figures_but_parts_is_a_group_of_lines():
    table, numbers, _ = read(
        "TT | Nội dung | ĐVT | 2026 | Tổng\nI | Địa phương | | |\n"
        "1 | Đào tạo | | |\n1.1 | Lớp may | Lớp | 2 | 2\n1.2 | Lớp mộc | Lớp | 3 | 3\n"
        "2 | Máy móc | | |\n2.1 | Máy sấy | Máy | 4 | 4"
    )
    assert [(row.key, row.level) for row in table.rows if row.cells] == [
        ("I.1.1", "line"), ("I.1.2", "line"), ("I.2.1", "line"),
    ]  # fmt: skip
    assert numbers["I.2.1", 2026, "plan", "quantity"] == 4


def test_a_column_of_what_was_done_before_is_no_year_of_the_plan():
    _, numbers, _ = read(
        "TT | Nội dung | Ước TH 2025 | KH 2026 | KH 2027 | Tổng\n"
        "I | Địa phương | 3 | 9 | 9 | 18\n1 | Máy móc | 3 | 9 | 9 | 18"
    )
    assert numbers["I.1", 2025, "actual", "money"] == 3
    assert numbers["I.1", 2026, "plan", "money"] == 9


def test_a_header_without_rows():
    with pytest.raises(DataError, match="numbered rows"):
        read("TT | Nội dung | 2026 | Tổng")


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
    table, _, _ = read(TWO_MEASURES.replace("nghìn đồng", unit))
    assert {column.money for column in table.columns if column.measure == "money"} == {scale}


def test_a_third_column_under_a_year_is_refused():
    text = TWO_MEASURES.replace("Tổng số | <", "Năm 2027 | <").replace(
        "SL | KP (nghìn đồng) | ^\n", "Đơn giá | KP (nghìn đồng) | ^\n"
    )
    with pytest.raises(DataError, match="the year 2027 twice"):
        read(text)


def test_a_number_merged_over_two_years_is_refused():
    text = """
TT | Nội dung | ĐVT | 2026 | 2027 | Tổng
I | Địa phương | | | |
1 | Máy móc | Đề án | 5 | < | 5
"""
    with pytest.raises(DataError, match="merged over several years"):
        read(text)


def test_a_header_repeated_within_the_table_is_no_row():
    lines = TWO_MEASURES.strip().splitlines()
    _, numbers, _ = read("\n".join([*lines[:7], *lines[:3], *lines[7:]]))
    assert numbers == read(TWO_MEASURES)[1]


def test_a_remark_that_begins_with_a_digit_is_a_remark():
    table, _, _ = read(TWO_MEASURES.replace("ưu tiên", "02 lớp/năm"))
    assert table.columns[-1].role == "note"


@pytest.mark.parametrize("heading", ["STT.", "T.T", "TT"])
def test_headings_over_numbers(heading):
    table, _, _ = read(TWO_MEASURES.replace("Số TT", heading))
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
    """The keys, levels and titles of the rows of a table of one year."""
    table, _, _ = read("\n".join(["TT | Nội dung | 2026 | 2027", *rows]))
    return [(row.key, row.level, row.title.text) for row in table.rows]


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


def test_a_line_that_names_another_section_is_not_taken():
    with pytest.raises(DataError, match="section II"):
        levels(
            "I | Địa phương | 9 | 9",
            "I.1 | Máy | 9 | 9",
            "II | Quốc gia | 9 | 9",
            "I.2 | x | 9 | 9",
        )


def test_funds_numbered_1_and_2_over_lines_numbered_1_1():
    found = levels(
        "1 | Kinh phí khuyến công quốc gia | 9 | 9", "1.1 | Máy móc | 9 | 9",
        "1.1.1 | Máy sấy | 4 | 4",
        "2 | Kinh phí khuyến công địa phương | 7 | 7", "2.1 | Mô hình | 7 | 7",
    )  # fmt: skip
    assert [(key, level) for key, level, _ in found] == [
        ("1", "section"), ("1.1", "line"), ("1#2", "detail"), ("2", "section"), ("2.1", "line"),
    ]  # fmt: skip


def test_activities_numbered_1_over_their_parts_are_no_funds():
    found = levels("1 | Đào tạo | 9 | 9", "1.1 | Lớp may | 9 | 9", "2 | Kinh phí hội chợ | 7 | 7")
    assert [(key, level) for key, level, _ in found if level == "line"] == [
        ("1", "line"), ("2", "line"),
    ]  # fmt: skip


def test_dashes_after_of_which_could_be_parts_or_lines():
    with pytest.raises(DataError, match="a line or a part"):
        levels("I | Địa phương | 9 | 9", "- | Máy | 9 | 9", " | Trong đó: | |", "- | Sấy | 4 | 4")


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
    assert read(ONE_YEAR, above)[0].money == unit


def test_the_unit_in_the_header_of_the_totals_or_in_every_row():
    table, _, _ = read(
        "TT | Nội dung | 2026 | Tổng (tỷ đồng)\nI | Địa phương | 9 | 9\n1 | Máy | 9 | 9"
    )
    assert table.money == "tỷ đồng"
    table, _, _ = read(
        "TT | Nội dung | ĐVT | 2026 | Tổng\nI | Địa phương | | 9 | 9\n1 | Máy | Trđ | 9 | 9"
    )
    assert table.money == "triệu đồng"
    assert table.measure(table.rows[0], 3) == "money"


def test_the_unit_in_a_small_table_above():
    plan = document(ONE_YEAR)
    box = Grid([[Cell("BIỂU 1", (0, 0)), Cell("ĐVT: triệu đồng", (0, 1))]], [])
    made = Document("x", [], [box, *plan.grids], plan.place)
    (table,) = find_tables(made, [])
    assert table.money == "triệu đồng"


@pytest.mark.parametrize(
    "heading", ["Tỷ lệ (%)", "Cơ cấu", "Đơn giá (triệu đồng)", "Mức hỗ trợ", "Ghi chú", "Thời gian"]
)
def test_columns_beside_the_plans_figures(heading):
    table, numbers, _ = read(
        f"TT | Nội dung | {heading} | 2026 | 2027\nI | Địa phương | 30 | 9 | 9\n"
        "1 | Máy | 2026-2027 | 9 | 9"
    )
    assert [column.role for column in table.columns] == [
        "number",
        "title",
        "note",
        "value",
        "value",
    ]
    assert len(numbers) == 4


def test_a_row_of_rates_is_no_line():
    table, _, _ = read(f"{ONE_YEAR}\n | Tổng cộng | 9 | 9\n | Tốc độ tăng (%) | 12 | 3,5")
    assert [row.level for row in table.rows] == ["section", "line", "grand", "detail"]


def test_who_signed_is_no_line():
    table, _, _ = read(f"{ONE_YEAR}\n | NGƯỜI LẬP BIỂU | | KT. GIÁM ĐỐC")
    assert len(table.rows) == 2


def test_numbers_that_stand_with_the_titles_and_no_column_of_their_own():
    table, numbers, _ = read(
        "Nội dung | Năm 2026 | Năm 2027\nI. Địa phương | 9 | 9\n1. Máy | 4 | 4\n"
        "2. Hội chợ | 5 | 5\nTổng cộng | 9 | 9"
    )
    assert [(row.key, row.level) for row in table.rows] == [
        ("I", "section"), ("I.1", "line"), ("I.2", "line"), ("Tổng cộng", "grand"),
    ]  # fmt: skip
    assert numbers["I.2", 2027, "plan", "money"] == 5


def test_a_unit_that_is_merged_over_lines_is_of_each():
    table, _, _ = read(
        "TT | Nội dung | ĐVT | 2026 | 2027\nI | Địa phương | < | |\n1 | Máy | Cơ sở | 2 | 2\n"
        "2 | Hội chợ | ^ | 3 | 3"
    )
    assert [row.unit for row in table.rows] == ["", "Cơ sở", "Cơ sở"]


def test_a_quantity_with_its_unit():
    _, numbers, _ = read(
        "TT | Nội dung | ĐVT | 2026 | 2027\nI | Địa phương | | |\n1 | Máy | Lớp | 02 lớp | 3"
    )
    assert numbers["I.1", 2026, "plan", "quantity"] == 2


def test_a_heading_that_names_what_is_counted():
    table, numbers, _ = read(
        "TT | Nội dung | Năm 2026 | <\n^ | ^ | Số đề án | Kinh phí (triệu đồng)\n"
        "I | Địa phương | | 9\n1 | Máy | 2 | 9"
    )
    assert numbers["I.1", 2026, "plan", "quantity"] == 2
    assert table.rows[1].unit == "Đề án"


def test_a_group_without_sections_is_a_section():
    _, numbers, _ = read(
        "TT | Nội dung | 2026 | 2027\nA | Ngân sách | 9 | 9\nI | Địa phương | 9 | 9\n"
        "1 | Máy | 9 | 9\nB | Đối ứng | 7 | 7\n1 | Máy | 7 | 7"
    )
    assert numbers["A.I.1", 2026, "plan", "money"] == 9
    assert numbers["B.1", 2026, "plan", "money"] == 7
    assert numbers["B", 2026, "plan", "money"] == 7


def test_1_10_that_a_spreadsheet_stores_as_1_1():
    rows = "".join(f"\n1.{i} | Máy {i} | 9 | 9" for i in range(1, 11))
    made = document(f"TT | Nội dung | 2026 | 2027\nI | Địa phương | 90 | 90{rows}")
    for row in made.grids[0].rows[2:]:
        number = float(row[0].text)
        row[0] = row[0]._replace(text=f"{number:g}", value=number)
    (table,) = find_tables(made, troubles := [])
    assert not troubles
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
    assert read(text, *above)[0].money == unit


def test_a_line_that_speaks_of_a_percentage_is_a_line():
    found = levels("I | Địa phương | 9 | 9", "- | Hỗ trợ 50% máy | 4 | 4", "- | Hội chợ | 5 | 5")
    assert [level for _, level, _ in found] == ["section", "line", "line"]


def test_a_year_that_grows_is_a_year():
    table, _, _ = read(ONE_YEAR.replace("Năm 2027", "2027 (tăng 10%)"))
    assert [column.year for column in table.columns] == [None, None, 2026, 2027]


def test_a_code_before_the_title_is_none():
    table, _, _ = read(
        "TT | Mã | Nội dung | 2026 | 2027\nI | A | Địa phương | 9 | 9\n1 | KC-1 | Máy | 9 | 9"
    )
    assert [row.title.text for row in table.rows] == ["Địa phương", "Máy"]


@pytest.mark.parametrize(
    "row", [" | Khuyến công quốc gia | |", "- | Máy | 4 | 4", "a) | Máy | 4 | 4"]
)
def test_what_may_be_a_section_or_its_lines_is_not_passed_over(row):
    with pytest.raises(DataError):
        levels(
            "I | Địa phương | 9 | 9", "1 | Hội chợ | 9 | 9", "II | Quốc gia | 4 | 4", row,
            "5 | Mô hình | 4 | 4",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Khuyến công quốc gia (chưa gồm vốn đối ứng của cơ sở)", "national"),
        ("Khuyến công địa phương (không gồm khuyến công quốc gia)", "local"),
        ("Ngân sách nhà nước (trung ương, địa phương): Khuyến công địa phương", "local"),
        ("Đầu tư của các cơ sở tại địa phương", "dau-tu-cua-cac-co-so-tai-dia-phuong"),
        ("Nguồn 1 (khuyến công quốc gia)", "national"),
    ],
)
def test_what_a_title_says_by_the_way_is_no_source(title, source):
    assert source_of(title) == source


def test_grand_totals_are_told_from_sections_totals():
    assert levels("I | Quỹ | 9 | 9", " | Tổng cộng (I, II) | 9 | 9")[-1][1] == "grand"
    assert levels("I | Quỹ | 9 | 9", "- | Cộng tác viên | 9 | 9")[-1][1] == "line"
