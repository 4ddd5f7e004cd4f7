"""What a clerk's words mean, and what only looks like them."""

import pytest

from kc_analysis.reading.vocabulary import find

WORDS = [
    ("column", "Số TT", "number"),
    ("column", "Đơn vị tính", "unit"),
    ("column", "Đơn vị thực hiện", "note"),
    ("column", "Hạng mục công việc", "title"),
    ("phase", "KH năm 2024", "plan"),
    ("phase", "Kế hoạch điều chỉnh năm 2024", "adjusted"),
    ("phase", "Ước thực hiện kế hoạch năm 2025", "estimate"),
    ("phase", "Kinh phí đã giải ngân", "actual"),
    ("phase", "Kinh phí thực hiện", ""),
    ("phase", "Số đăng ký năm 2026", "need"),
    ("phase", "Hỗ trợ đăng ký nhãn hiệu", ""),
    ("period", "Quý III", "Q3"),
    ("period", "6 tháng đầu năm", "6M"),
    ("period", "Tháng 9", "M9"),
    ("period", "Lũy kế đến hết năm 2023", "to"),
    ("measure", "Số đề án", "quantity"),
    ("measure", "Tỷ lệ (%)", "share"),
    ("measure", "Bình quân mỗi năm", "other"),
    ("total", "Tổng cộng", "all"),
    ("total", "Tổng kết chương trình", ""),
    ("source", "Vốn KCQG", "national"),
    ("source", "Ngân sách tỉnh đối ứng", "local"),
    ("source", "Vốn đối ứng của cơ sở", "counterpart"),
    ("fund", "Nguồn xã hội hóa", "yes"),
    ("fund", "Kinh phí đào tạo", ""),
    ("place", "Huyện Hà Quảng", "yes"),
    ("row", "Trong đó: cấp tỉnh", "of_which"),
    ("row", "Số học viên", "second"),
    ("ditto", "nt", "yes"),
    ("money", "tr.đ", "triệu đồng"),
    ("count", "Lượt người", "people"),
]


@pytest.mark.parametrize(("section", "text", "name"), WORDS)
def test_a_word_means_what_clerks_mean(section: str, text: str, name: str) -> None:
    assert find(section, text) == name


def test_the_word_that_begins_first_counts():
    assert find("phase", "Kế hoạch và thực hiện") == "plan"
    assert find("phase", "Thực hiện và kế hoạch") == "actual"
