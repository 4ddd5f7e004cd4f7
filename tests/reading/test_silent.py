"""Documents whose plan would be read wrongly: each is told, or else read rightly."""

from collections.abc import Callable, Sequence

import pytest
from support import typed

import kc_analysis as kc

MONEY = """
KẾ HOẠCH KINH PHÍ GIAI ĐOẠN 2026-2028
Đơn vị tính: triệu đồng
TT | Nội dung | 2026 | 2027 | 2028 | Tổng cộng
I | Khuyến công địa phương | 537 | 617 | 711 | 1.865
1 | Hỗ trợ máy móc | 412 | 459 | 498 | 1.369
2 | Hội chợ triển lãm | 125 | 158 | 213 | 496
II | Khuyến công quốc gia | 62 | 68 | 84 | 214
1 | Đào tạo nghề | 62 | 68 | 84 | 214
 | Tổng cộng | 599 | 685 | 795 | 2.079
""".strip()
WORK = """
KẾ HOẠCH KHỐI LƯỢNG GIAI ĐOẠN 2026-2028
TT | Nội dung | ĐVT | 2026 | 2027 | 2028 | Tổng cộng
I | Khuyến công địa phương | | | | |
1 | Hỗ trợ máy móc | Đề án | 4 | 5 | 6 | 15
2 | Hội chợ triển lãm | Lần | 1 | 2 | 3 | 6
II | Khuyến công quốc gia | | | | |
1 | Đào tạo nghề | Lớp | 3 | 4 | 5 | 12
""".strip()
BESIDE = """
KẾ HOẠCH GIAI ĐOẠN 2026-2027
Đơn vị tính: triệu đồng
TT | Nội dung | ĐVT | SL 2026 | KP 2026 | SL 2027 | KP 2027 | Tổng SL | Tổng KP
I | Khuyến công địa phương | | | 537 | | 617 | | 1.154
1 | Hỗ trợ máy móc | Đề án | 4 | 412 | 5 | 459 | 9 | 871
2 | Hội chợ triển lãm | Lần | 1 | 125 | 2 | 158 | 3 | 283
II | Khuyến công quốc gia | | | 62 | | 68 | | 130
1 | Đào tạo nghề | Lớp | 3 | 62 | 4 | 68 | 7 | 130
 | Tổng cộng | | | 599 | | 685 | | 1.284
""".strip()


@pytest.fixture
def told(read) -> Callable[..., list[str]]:
    """The rules of a document's errors, or the codes for which it is refused."""

    def _told(*tables: str) -> list[str]:
        try:
            found = kc.check(read(typed(*tables)))
        except kc.DataError as error:
            return sorted({trouble.code for trouble in error.troubles})
        return sorted(set(found.loc[found["severity"] == "error", "rule"]))

    return _told


def changed(text: str, *changes: Sequence[str]) -> str:
    """A text with each of some words, that stand in it once, replaced by others."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_what_the_documents_here_are_before_they_are_changed(told):
    assert told(MONEY, WORK) == []
    assert told(BESIDE) == []


def test_two_years_that_have_changed_places_in_the_heading(told):
    assert told(changed(MONEY, ("2026 | 2027", "2027 | 2026")), WORK) == ["cycle-differs"]
    assert told(MONEY, changed(WORK, ("2027 | 2028", "2028 | 2027"))) == ["cycle-differs"]


def test_years_from_the_last_to_the_first_are_in_order(told):
    years = ("2026 | 2027 | 2028", "2028 | 2027 | 2026")
    assert told(changed(MONEY, years), changed(WORK, years)) == []


def test_a_quantity_below_zero_is_told(told):
    assert told(MONEY, changed(WORK, ("Lớp | 3 |", "Lớp | (3) |"))) == ["line-total", "negative"]


def test_a_section_of_money_that_names_no_fund(told):
    assert told(changed(MONEY, ("Khuyến công quốc gia", "Nội dung")), WORK) == ["fund-differs"]


def test_a_section_whose_row_is_lost_leaves_its_lines_without_a_fund(told):
    lines = BESIDE.splitlines()
    assert told(*lines[:3], *lines[4:]) == ["no-fund"]


def test_a_line_that_has_lost_its_title(told):
    assert told(changed(BESIDE, ("Hội chợ triển lãm", ""))) == ["no-title"]


@pytest.mark.parametrize("heading", ["", "Ghi chú"])
def test_units_below_a_heading_that_names_none(told, heading):
    assert told(MONEY, changed(WORK, ("ĐVT", heading))) == ["no-unit-of-work"]


def test_people_beside_a_column_of_shares(read):
    people = "1 | Đào tạo nghề | Lớp | 3 | 4 | 5 | 44\n- | Số người | Người | 90 | 120 | 150 | 56"
    work = changed(
        WORK, ("Tổng cộng", "Tỷ lệ"), ("| 6 | 15", "| 6 | 50"), ("| 3 | 6", "| 3 | 50"),
        ("1 | Đào tạo nghề | Lớp | 3 | 4 | 5 | 12", people),
    )  # fmt: skip
    counted = read(typed(MONEY, work)).quantities
    assert counted.loc[counted["unit"] == "Người", "quantity"].tolist() == [90, 120, 150]


def test_groups_that_are_no_funds(told):
    groups = [
        ("Khuyến công địa phương", "Phát triển sản xuất"),
        ("Khuyến công quốc gia", "Đào tạo"),
    ]
    assert told(changed(MONEY, *groups), changed(WORK, *groups)) == ["fund-unknown"]
    assert told(changed(MONEY, groups[1]), changed(WORK, groups[1])) == []


def test_adjusted_amounts_beside_the_approved(told):
    years = ("2026 | 2027 | 2028 | Tổng cộng", "2026 | 2026 điều chỉnh | 2027 | 2028")
    assert "adjusted-beside" in told(changed(MONEY, years), changed(WORK, years))


YEAR = """
KẾ HOẠCH NĂM 2026
Đơn vị tính: triệu đồng
TT | Nội dung | ĐVT | SL năm 2026 | KP năm 2026 | KP quý I | KP quý II | KP quý III | KP quý IV
I | Khuyến công địa phương | | | 500 | 100 | 150 | 100 | 150
1 | Hỗ trợ máy móc | Đề án | 4 | 400 | 100 | 100 | 100 | 100
2 | Hội chợ triển lãm | Lần | 2 | 100 | 0 | 50 | 0 | 50
""".strip()


HALVES = """
KẾ HOẠCH NĂM 2026
Đơn vị tính: triệu đồng
TT | Nội dung | ĐVT | SL năm 2026 | KP năm 2026 | KP 6 tháng đầu năm | KP 6 tháng cuối năm
I | Khuyến công địa phương | | | 500 | 250 | 250
1 | Hỗ trợ máy móc | Đề án | 4 | 400 | 200 | 200
2 | Hội chợ triển lãm | Lần | 2 | 100 | 50 | 50
""".strip()


@pytest.mark.parametrize("year", [YEAR, HALVES])
def test_a_year_is_the_sum_of_its_parts(told, year):
    assert told(year) == []
    wrong = changed(year, ("| 400 |", "| 410 |"), ("| 2 | 100 |", "| 2 | 90 |"))
    assert told(wrong) == ["sum-differs"]


ACROSS = """
KẾ HOẠCH KINH PHÍ NĂM 2026
Đơn vị tính: triệu đồng
TT | Nội dung | Năm 2026 | KCĐP 2026 | KCQG 2026
1 | Hỗ trợ máy móc | 600 | 400 | 200
2 | Hội chợ triển lãm | 300 | 200 | 100
KẾ HOẠCH KHỐI LƯỢNG NĂM 2026
TT | Nội dung | ĐVT | KCĐP 2026 | KCQG 2026
1 | Hỗ trợ máy móc | Đề án | 4 | 1
2 | Hội chợ triển lãm | Lần | 1 | 1
""".strip()


def test_a_year_is_the_sum_of_its_funds(told):
    assert told(ACROSS) == []
    assert told(changed(ACROSS, ("600 | 400", "610 | 400"))) == ["sum-differs"]


def test_a_row_without_a_number_that_the_totals_do_not_count(told):
    reserve = (
        "II | Khuyến công quốc gia | 62 |",
        " | Dự phòng | 50 | 60 | 70 | 180\nII | Khuyến công quốc gia | 62 |",
    )
    assert told(changed(MONEY, reserve), WORK) == ["row-passed-over"]


def test_people_that_have_lost_their_unit(told):
    people = " | Số người tham gia | | 90 | 120 | 150 | 360"
    assert told(MONEY, f"{WORK}\n{people}") == ["row-passed-over"]


def test_what_has_run_up_to_a_year_is_not_that_years(told):
    years = ("2027 | 2028 | Tổng cộng", "2027 | Đến năm 2028 | Tổng cộng")
    assert "cycle-differs" in told(changed(MONEY, years), changed(WORK, years))


def test_what_was_asked_for_is_no_plan(told):
    title = ("KẾ HOẠCH KINH PHÍ", "TỔNG HỢP ĐĂNG KÝ KINH PHÍ CỦA CÁC HUYỆN")
    assert told(changed(MONEY, title), WORK) == ["half-a-plan", "left-out"]


def test_a_column_of_the_year_before(told):
    before = ("KP năm 2026 |", "Năm trước | KP năm 2026 |")
    cells = [("| 500", "| 450 | 500"), ("4 | 400", "4 | 350 | 400"), ("2 | 100", "2 | 100 | 100")]
    assert told(changed(YEAR, before, *cells)) == []


@pytest.mark.parametrize("title", ["KẾ HOẠCH KINH PHÍ GIAI ĐOẠN 2026-2028", "TT | Nội dung"])
def test_two_units_of_money_over_one_table(told, title):
    assert told(changed(MONEY, (title, f"{title} (nghìn đồng)")), WORK) == ["two-units"]


def test_rows_after_one_that_is_of_which_are_too(told):
    of_which = " | Trong đó: Máy sấy | 300 | 350 | 360 | 1.010\n | Máy xay | 100 | 100 | 100 | 300"
    line = "2 | Hội chợ triển lãm | 125"
    assert told(changed(MONEY, (line, f"{of_which}\n{line}")), WORK) == []


def test_two_funds_together_are_neither_of_them(read, told):
    both = ("Khuyến công quốc gia", "Khuyến công quốc gia và địa phương")
    plan = read(typed(changed(MONEY, both), changed(WORK, both)))
    assert plan.sources["source"].tolist() == ["local", "khuyen-cong-quoc-gia-va-dia-phuong"]
    for cell, refused in (("KCĐP", []), ("KCĐP, KCQG", ["no-fund"])):
        text = f"""
            TT | Nội dung | Nguồn | KP 2026 (triệu đồng) | SL 2026 (lớp)
            1 | Đào tạo nghề | {cell} | 62 | 3
            2 | Đào tạo thợ | {cell} | 68 | 4"""
        assert told("\n".join(map(str.strip, text.splitlines()))) == refused


def test_a_line_that_speaks_of_another_fund_is_of_its_sections(read):
    line = ("Hội chợ triển lãm", "Đối ứng đề án khuyến công quốc gia")
    plan = read(typed(changed(MONEY, line), changed(WORK, line)))
    assert plan.lines.set_index("line").loc["I.2", "source"] == "local"
