"""A cycle that nobody has seen goes through every command: other years, lines, sources and unit."""

import datetime
import re
import shutil

import openpyxl
import pytest

import kc_analysis as kc
from kc_analysis.cli import main
from kc_analysis.reading.cycle import home

NEW = "2027-2030"
DECISION = """\
ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN
Số: 1234/QĐ-UBND
Lạng Sơn, ngày 15 tháng 12 năm 2026
QUYẾT ĐỊNH
PHỤ LỤC I
KẾ HOẠCH KINH PHÍ KHUYẾN CÔNG GIAI ĐOẠN 2027 - 2030
Đơn vị tính: nghìn đồng
Số TT | Hạng mục | KH 2027 | KH 2028 | KH 2029 | KH 2030 | Cộng |
A | B | 1 | 2 | 3 | 4 | 5 |
 | Tổng số | 2.600.000 | 2.930.000 | 2.970.000 | 3.610.000 | 12.110.000 |
I | Nguồn khuyến công quốc gia | 1.500.000 | 1.700.000 | 1.800.000 | 2.000.000 | 7.000.000 |
1 | Chuyển giao công nghệ | 900.000 | 1.000.000 | 1.000.000 | 1.200.000 | 4.100.000 |
2 | Xây dựng mô hình trình diễn kỹ thuật | 600.000 | 700.000 | 800.000 | 800.000 | 2.900.000 |
II | Nguồn khuyến công địa phương | 700.000 | 780.000 | 720.000 | 1.010.000 | 3.210.000 |
1 | Hỗ trợ ứng dụng máy móc, thiết bị | 700.000 | 700.000 | 720.000 | 930.000 | 3.050.000 |
2 | Bình chọn sản phẩm công nghiệp nông thôn | - | 80.000 | - | 80.000 | 160.000 |
III | Vốn đối ứng của cơ sở | 400.000 | 450.000 | 450.000 | 600.000 | 1.900.000 |
1 | Đầu tư dây chuyền | 400.000 | 450.000 | 450.000 | 600.000 | 1.900.000 |
PHỤ LỤC II
KHỐI LƯỢNG KHUYẾN CÔNG GIAI ĐOẠN 2027 - 2030
Số TT | Hạng mục | Đơn vị tính | KH 2027 | KH 2028 | KH 2029 | KH 2030 | Cộng |
I | Nguồn khuyến công quốc gia | | | | | | |
1 | Chuyển giao công nghệ | Cơ sở | 3 | 4 | 4 | 4 | 15 |
2 | Xây dựng mô hình trình diễn kỹ thuật | Mô hình | 2 | 2 | 2 | 2 | 8 |
II | Nguồn khuyến công địa phương | | | | | | |
1 | Hỗ trợ ứng dụng máy móc, thiết bị | Đề án | 4 | 4 | 4 | 5 | 17 |
2 | Bình chọn sản phẩm công nghiệp nông thôn | Đợt | | 1 | | 1 | 2 |
III | Vốn đối ứng của cơ sở | | | | | | |
1 | Đầu tư dây chuyền | Dây chuyền | 2 | 2 | 2 | 3 | 9 |
"""


@pytest.fixture
def received(tmp_path, monkeypatch):
    """A home with the first cycle and the notebooks, and the new decision as it came."""
    for name in ("raw", "scenarios"):
        shutil.copytree(home() / "data" / name, tmp_path / "home" / "data" / name)
    shutil.copytree(home() / "notebooks", tmp_path / "home" / "notebooks")
    monkeypatch.setenv("KC_HOME", str(tmp_path / "home"))
    path = tmp_path / "decision.txt"
    path.write_text(DECISION, encoding="utf-8")
    return path


def filled(path):
    """What was planned, nine tenths of it spent, for the two years that are over."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B6"] = datetime.date(2028, 12, 31)
    sheet = book.worksheets[1]
    for row in range(6, sheet.max_row + 1):
        year, planned, quantity = (sheet.cell(row, column).value for column in (5, 6, 7))
        if isinstance(year, int) and year <= 2028 and planned:
            for column, value in enumerate((planned, 0.9 * planned, quantity, planned, 2, 9), 8):
                sheet.cell(row, column).value = value
    book.save(path)


@pytest.mark.deep
def test_every_command(received, tmp_path, capsys):
    assert main(["new-cycle", NEW, str(received)]) == 0
    told = capsys.readouterr().out
    assert "nguồn mới: counterpart" in told
    assert "tên gần giống" in told

    plan = kc.load_plan(NEW)
    assert plan.budget["amount_million_vnd"].sum() == 12110
    assert plan.sources["source"].tolist() == ["national", "local", "counterpart"]

    assert main(["run", NEW]) == 0
    reports = home() / "reports" / NEW
    pages = sorted(path.stem for path in (reports / "notebooks").glob("*.html"))
    # No figures of what happened yet: no review.
    assert pages == [
        "00_read_and_check", "01_budget_growth", "02_fund_shares", "03_unit_costs",
        "04_scenarios", "06_next_cycle",
    ]  # fmt: skip
    for page in [reports / "index.html", *(reports / "notebooks").glob("*.html")]:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<script[^>]+src=.http|href=.https?:", html)
        assert "2027" in html
    assert "3.610" in (reports / "notebooks" / "01_budget_growth.html").read_text("utf-8")

    form = tmp_path / "actuals.xlsx"
    assert main(["template", "actuals", NEW, str(form)]) == 0
    filled(form)
    assert main(["review", str(form), "--lang", "en"]) == 0
    made = {path.name for path in (reports / "review").iterdir()}
    assert {"annex.xlsx", "report.docx", "charts", "05_midterm_review.html"} <= made
    assert kc.review(plan, kc.read_actuals(form)).total["of_plan_pct"].item() == pytest.approx(90)

    # An edited report is a planner's own work.
    report = reports / "review" / "report.docx"
    report.write_bytes(report.read_bytes() + b"x")
    capsys.readouterr()
    assert main(["review", str(form), "--lang", "en"]) == 2
    assert "report.docx: expected a copy that nobody has edited" in capsys.readouterr().err

    out = tmp_path / "draft"
    assert main(["draft", "2031-2034", "--from", NEW, "--out", str(out)]) == 0
    assert kc.read_plan(out / "du-thao-2031-2034.docx").years == range(2031, 2035)
    assert main(["check", str(out / "du-thao-2031-2034.xlsx")]) == 0


def test_the_sliders_take_it(received):
    assert main(["new-cycle", NEW, str(received)]) == 0
    plan = kc.load_plan(NEW)
    assert kc.explore(plan, kc.load_norms()).plan.cycle == NEW
