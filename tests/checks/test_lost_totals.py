"""A total that is lost is told, and so is a row that has slipped by a column."""

import pytest

import kc_analysis as kc

MONEY = """
TT | Nội dung | 2026 | 2027 | Tổng
I | Kinh phí địa phương | - | 9 | 9
1 | Máy móc | - | 9 | 9
 | Tổng cộng | - | 9 | 9
"""
TWO_LINES = """
TT | Nội dung | 2026 | 2027 | Tổng
I | Kinh phí địa phương | 4 | 13 | 17
1 | Máy móc | - | 9 | 9
2 | Hội chợ | 4 | 4 | 8
 | Tổng cộng | 4 | 13 | 17
"""
WORK = """
TT | Nội dung | ĐVT | 2026 | 2027 | Tổng
I | Địa phương | | | |
1 | Máy móc | Đề án | - | 3 | 3
a) | Máy sấy | | | |
"""
DONE = """
TT | Nội dung | ĐVT | KH 2026 | TH 2026 | KH 2027 | TH 2027 | Tổng KH | Tổng TH
I | Địa phương | | | | | | |
1 | Máy móc | Đề án | - | - | 5 | 4 | 5 | 4
2 | Hội chợ | Lần | 1 | 1 | 1 | - | 2 | 1
"""
DONE_BEFORE = """
TT | Nội dung | ĐVT | TH 2021-2025 | Ước TH 2025 | KH 2026 | KH 2027 | Tổng
I | Địa phương | | | | | |
1 | Máy móc | Đề án | 12 | 4 | - | 3 | 3
"""


@pytest.fixture
def errors(read):
    """The errors of a plan of two tables: rule, table, line and year of each."""

    def _errors(money: str, work: str) -> list[tuple[object, ...]]:
        tables = (f"| {line} |" if line else "" for line in (money + work).split("\n"))
        findings = kc.check(read("Đơn vị tính: triệu đồng\n" + "\n".join(tables)))
        found = findings[findings["severity"] == "error"].fillna({"year": 0})
        return list(found[["rule", "table", "line", "year"]].itertuples(index=False, name=None))

    return _errors


@pytest.mark.parametrize(
    ("money", "work"), [(MONEY, WORK), (TWO_LINES, DONE), (MONEY, DONE_BEFORE)]
)
def test_undamaged_tables_have_no_errors(errors, money, work):
    assert errors(money, work) == []


def test_the_only_year_of_a_grand_total(errors):
    lost = MONEY.replace("Tổng cộng | - | 9 |", "Tổng cộng | - | |")
    assert errors(lost, WORK) == [("grand-year", "budget", "Tổng cộng", 2027)]


def test_totals_of_the_cycle_alone_may_be_laid_out_so(errors):
    two_years = MONEY.replace("- | 9 | 9", "7 | 9 | 16")
    assert (
        errors(
            two_years.replace("Tổng cộng | 7 | 9 |", "Tổng cộng | | |"),
            WORK.replace("- | 3 | 3", "1 | 2 | 3"),
        )
        == []
    )


def test_a_grand_total_without_a_number(errors):
    lost = MONEY.replace("Tổng cộng | - | 9 | 9", "Tổng cộng | | |")
    assert errors(lost, WORK) == [("empty-totals", "budget", "Tổng cộng", 0)]


def test_a_column_of_totals_that_has_slipped_by_a_row(errors):
    slipped = WORK.replace("3 | 3", "3 |").replace("Máy sấy | | | |", "Máy sấy | | | | 3")
    assert errors(MONEY, slipped) == [("empty-totals", "quantities", "", 0)]


def test_a_row_that_has_slipped_by_a_column(errors):
    """What was done, 4 of 4, stands where the plan should, and adds up."""
    slipped = DONE.replace("- | - | 5 | 4 | 5 | 4", "- | - | 4 | 5 | 4 |")
    assert errors(TWO_LINES, slipped) == [("done-total", "quantities", "I.1", 0)]
