"""Sheets as districts make them: targets, crops, budgets, lists; each number worked out by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import kc_analysis as kc
from kc_analysis.reading.vocabulary import facets

Read = Callable[..., list[kc.TidyTable]]


@pytest.fixture
def read_sheet(tmp_path: Path) -> Read:
    """Read a sheet of rows with some cells merged; nothing may be wrong with it."""

    def _read(rows: list[list[Any]], *merged: str) -> list[kc.TidyTable]:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for area in merged:
            book.active.merge_cells(area)
        book.save(tmp_path / "x.xlsx")
        tables = kc.read_tables(tmp_path / "x.xlsx")
        assert not [note for table in tables for note in table.notes if note.severity == "error"]
        return tables

    return _read


def numbers(table: kc.TidyTable, *columns: str) -> list[tuple[Any, ...]]:
    """The numbers as label, year or period, some other columns, and value."""
    frame = table.frame
    when = frame["year"].astype(object).where(frame["year"].notna(), frame["period"])
    shown = pd.concat([frame["label"], when, frame[[*columns, "value"]]], axis=1)
    return list(shown.itertuples(index=False, name=None))


def test_targets_of_all_kinds_of_units(read_sheet: Read) -> None:
    (table,) = read_sheet([
        ["CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2016"],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "TH năm 2015", "KH năm 2016", "KH 2016/TH 2015 (%)"],
        ["A", "KINH TẾ"],
        ["I", "Tổng giá trị sản xuất", "Tỷ đồng", 500, 550, 110],
        [1, "Nông nghiệp", "Tỷ đồng", 300, 320, 106.7],
        [2, "Công nghiệp", "nt", 200, 230, 115],
        ["II", "Cây lúa"],
        ["-", "Diện tích", "Ha", 6200, 6300, 101.6],
        ["-", "Năng suất", "Tạ/ha", 61, 62, 101.6],
        ["B", "XÃ HỘI"],
        [1, "Dân số trung bình", "Người", 1720, 1730, 100.6],
        [None, "Trong đó: Nữ", "Người", 850, 860, 101.2],
        [2, "Tỷ lệ hộ nghèo", "%", 7.5, 6, 80],
    ])  # fmt: skip
    frame = table.frame[table.frame["heading"] == "TH năm 2015"]
    read = frame[["label", "parent", "role", "measure", "unit"]]
    assert list(read.itertuples(index=False, name=None)) == [
        ("Tổng giá trị sản xuất", "KINH TẾ", "section", "money", "tỷ đồng"),
        ("Nông nghiệp", "Tổng giá trị sản xuất", "line", "money", "tỷ đồng"),
        ("Công nghiệp", "Tổng giá trị sản xuất", "line", "money", "tỷ đồng"),
        ("Diện tích", "Cây lúa", "line", "quantity", "Ha"),
        ("Năng suất", "Cây lúa", "line", "other", "Tạ/ha"),
        ("Dân số trung bình", "XÃ HỘI", "line", "quantity", "Người"),
        ("Trong đó: Nữ", "Dân số trung bình", "of which", "quantity", "Người"),
        ("Tỷ lệ hộ nghèo", "XÃ HỘI", "line", "share", "%"),
    ]
    compared = table.frame[table.frame["heading"] == "KH 2016/TH 2015 (%)"]
    assert len(compared) == 8
    assert set(compared["measure"]) == {"growth"}


def test_a_whole_before_rows_of_other_units_is_no_total(read_sheet: Read) -> None:
    (table,) = read_sheet([
        ["TT", "Chỉ tiêu", "ĐVT", "Toàn huyện", "Xã Ea Tul", "Xã Cư Suê"],
        [1, "Cà phê"],
        [None, "Tổng diện tích", "Ha", 900, 500, 400],
        [None, "Trong đó: cho sản phẩm", "Ha", 700, 400, 300],
        [None, "Sản lượng", "Tấn", 1750, 1000, 750],
        [2, "Hồ tiêu"],
        [None, "Tổng diện tích", "Ha", 90, 50, 40],
        [None, "Sản lượng", "Tấn", 170, 100, 70],
    ])  # fmt: skip
    frame = table.frame[table.frame["heading"] == "Xã Cư Suê"]
    read = frame[["label", "parent", "place", "value"]]
    assert list(read.itertuples(index=False, name=None)) == [
        ("Tổng diện tích", "Cà phê", "Xã Cư Suê", 400),
        ("Trong đó: cho sản phẩm", "Tổng diện tích", "Xã Cư Suê", 300),
        ("Sản lượng", "Cà phê", "Xã Cư Suê", 750),
        ("Tổng diện tích", "Hồ tiêu", "Xã Cư Suê", 40),
        ("Sản lượng", "Hồ tiêu", "Xã Cư Suê", 70),
    ]


def test_each_of_two_tables_has_its_own_unit(read_sheet: Read) -> None:
    head = ["TT", "Đơn vị", "Kế hoạch 2020", "Thực hiện 2020"]
    trees, money = read_sheet([
        ["KẾT QUẢ TRỒNG RỪNG"],
        ["Đơn vị tính: Ha"],
        head,
        [1, "Xã Ea Tul", 40, 42],
        [2, "Xã Cư Suê", 50, 45],
        [],
        ["KẾT QUẢ GIẢI NGÂN"],
        ["Đơn vị tính: Triệu đồng"],
        head,
        [1, "Xã Ea Tul", 400, 420],
        [2, "Xã Cư Suê", 500, 450],
    ])  # fmt: skip
    assert numbers(trees, "phase", "measure", "unit", "place")[:2] == [
        ("Xã Ea Tul", 2020, "plan", "quantity", "Ha", "Xã Ea Tul", 40),
        ("Xã Ea Tul", 2020, "actual", "quantity", "Ha", "Xã Ea Tul", 42),
    ]
    assert set(money.frame["measure"]) == {"money"}
    assert set(money.frame["unit"]) == {"triệu đồng"}


def test_units_in_brackets_of_headings_and_labels(read_sheet: Read) -> None:
    across, down = read_sheet([
        ["TT", "Xã", "Diện tích (ha)", "Năng suất (tạ/ha)", "Thu ngân sách (triệu đồng)"],
        [1, "Ea Tul", 40, 61, 500],
        [],
        [],
        ["TT", "Chỉ tiêu", "TH 2019", "KH 2020"],
        [1, "Rừng trồng mới (ha)", 70, 80],
        [2, "Thu ngân sách (tỷ đồng)", 7, 8],
    ])  # fmt: skip
    assert numbers(across, "measure", "unit") == [
        ("Ea Tul", "", "quantity", "Ha", 40),
        ("Ea Tul", "", "other", "", 61),
        ("Ea Tul", "", "money", "triệu đồng", 500),
    ]
    assert numbers(down, "measure", "unit")[::2] == [
        ("Rừng trồng mới (ha)", 2019, "quantity", "ha", 70),
        ("Thu ngân sách (tỷ đồng)", 2019, "money", "tỷ đồng", 7),
    ]


def test_differences_are_in_their_own_unit_and_may_be_negative(read_sheet: Read) -> None:
    (table,) = read_sheet(
        [
            ["DỰ TOÁN NĂM 2017"],
            ["Đơn vị: Triệu đồng"],
            ["STT", "Nội dung", "ƯTH năm 2016", "Dự toán năm 2017", "So sánh", None],
            [None, None, None, None, "Tuyệt đối", "Tương đối (%)"],
            ["A", "TỔNG THU NGÂN SÁCH", "5.234,5", "4.000,0", "-1.234,5", "76,4"],
            ["I", "Thu thuế", "5.234,5", "4.000,0", "-1.234,5", "76,4"],
            ["B", "TỔNG CHI NGÂN SÁCH", "5.234,5", "4.000,0", "-1.234,5", "76,4"],
        ],
        *("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"),
    )
    read = table.frame[["label", "parent", "measure", "unit", "value"]]
    assert list(read.itertuples(index=False, name=None))[4:8] == [
        ("Thu thuế", "TỔNG THU NGÂN SÁCH", "money", "triệu đồng", 5234.5),
        ("Thu thuế", "TỔNG THU NGÂN SÁCH", "money", "triệu đồng", 4000.0),
        ("Thu thuế", "TỔNG THU NGÂN SÁCH", "other", "triệu đồng", -1234.5),
        ("Thu thuế", "TỔNG THU NGÂN SÁCH", "growth", "%", 76.4),
    ]


def test_a_list_of_projects(read_sheet: Read) -> None:
    (table,) = read_sheet(
        [
            ["DANH MỤC DỰ ÁN NĂM 2016"],
            ["ĐVT: Triệu đồng"],
            ["TT", "Danh mục dự án", "Địa điểm", "Thời gian KC-HT", "Mã dự án", "Quyết định", None,
             "Lũy kế vốn đến 31/12/2015", "Kế hoạch 2016", None],
            [None, None, None, None, None, "Số, ngày phê duyệt", "Tổng mức đầu tư", None,
             "Tổng số", "NSTW"],
            [1, "Đường liên xã", "Xã Ea Tul", "2015-2017", 7500001, "315/QĐ, 30/10/2015", 5000,
             1200, 900, 600],
            [2, "Trường học", "Xã Cư Suê", "2016", 7500002, "316/QĐ, 30/10/2015", 3000,
             0, 700, 700],
        ],
        *("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:J3"),
    )  # fmt: skip
    assert numbers(table, "measure", "source", "place", "unit")[:4] == [
        ("Đường liên xã", "", "other", "", "Xã Ea Tul", "triệu đồng", 5000),
        ("Đường liên xã", "to 2015", "money", "", "Xã Ea Tul", "triệu đồng", 1200),
        ("Đường liên xã", 2016, "money", "", "Xã Ea Tul", "triệu đồng", 900),
        ("Đường liên xã", 2016, "money", "national", "Xã Ea Tul", "triệu đồng", 600),
    ]
    assert len(table.frame) == 8


def test_a_commune_merged_over_its_rows(read_sheet: Read) -> None:
    (table,) = read_sheet(
        [
            ["TT", "Xã, thị trấn", "Chỉ tiêu", "ĐVT", "TH 2018"],
            [1, "Xã Ea Tul", "Diện tích", "Ha", 40],
            [None, None, "Sản lượng", "Tấn", 240],
            [2, "Xã Cư Suê", "Diện tích", "Ha", 50],
            [None, None, "Sản lượng", "Tấn", 310],
        ],
        *("A2:A3", "B2:B3", "A4:A5", "B4:B5"),
    )
    assert numbers(table, "place") == [
        ("Diện tích", 2018, "Xã Ea Tul", 40),
        ("Sản lượng", 2018, "Xã Ea Tul", 240),
        ("Diện tích", 2018, "Xã Cư Suê", 50),
        ("Sản lượng", 2018, "Xã Cư Suê", 310),
    ]


def test_columns_are_of_the_titles_year_beside_one_of_another(read_sheet: Read) -> None:
    (table,) = read_sheet([
        ["QUYẾT TOÁN CHI NGÂN SÁCH NĂM 2021"],
        ["Đơn vị: đồng"],
        ["TT", "Chỉ tiêu", "Dự toán đầu năm", "Dự toán bổ sung", "Quyết toán", "Sang năm 2022"],
        [1, "Chi y tế", 900000000, 100000000, 950000000, 50000000],
    ])  # fmt: skip
    assert numbers(table, "phase") == [
        ("Chi y tế", 2021, "plan", 900000000),
        ("Chi y tế", 2021, "adjusted", 100000000),
        ("Chi y tế", 2021, "actual", 950000000),
        ("Chi y tế", 2022, "actual", 50000000),
    ]


@pytest.mark.parametrize(
    ("heading", "year", "period"),
    [
        ("TH 9T/2019", 2019, "9M"),
        ("Thực hiện 09 tháng năm 2019", 2019, "9M"),
        ("Lũy kế 9 tháng năm 2018", 2018, "9M"),
        ("Lũy kế vốn đã bố trí đến hết năm 2015", 2015, "to"),
        ("Giải ngân đến 31/12/2017", 2017, "to"),
        ("BQ 2011-2015", None, "2011-2015"),
        ("6 tháng đầu năm 2017", 2017, "6M"),
        ("TH quý III/2018", 2018, "Q3"),
    ],
)
def test_when(heading: str, year: int | None, period: str) -> None:
    assert facets(heading)[:2] == (year, period)


def test_marks_are_told_by_sums_that_no_heading_promises(read_sheet: Read) -> None:
    (table,) = read_sheet([
        ["KẾT QUẢ KIỂM TOÁN NĂM 2016"],
        ["TT", "Đơn vị", "Số báo cáo", "Số kiểm toán", "Sai chế độ", "Sai khối lượng"],
        [1, "Đắk Lắk", "8.087", "7.912", "94", "81"],
        [2, "Gia Lai", "6.518", "6.431", "75", "12"],
        [3, "Kon Tum", "5.344", "5.198", "63", "83"],
        [4, "Lâm Đồng", "9.271", "9.104", "78", "89"],
    ])  # fmt: skip
    assert table.frame["value"].tolist()[:4] == [8087, 7912, 94, 81]
