"""Make actuals-example.xlsx: the workbook of what happened, filled with made-up figures.

Run it where the library is installed: python data/raw/2021-2025/make_actuals_example.py
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

import kc_analysis as kc
from kc_analysis.publishing.actuals_form import write_actuals_form

EXAMPLE = Path(__file__).with_name("actuals-example.xlsx")
DELAYED = "Không thực hiện được do dịch COVID-19"

# Line, year: allocated, disbursed, quantity, counterpart, establishments, jobs, note. What is None
# is not reported, or stands among the projects; line I.4 reports nothing at all of 2023.
RESULTS = {
    ("I.1", 2021): (450, 380, 2, 790, 2, 14, "Cắt giảm trong năm do dịch COVID-19"),
    ("I.1", 2022): (700, None, None, None, 4, 27, "Ghi theo đề án"),
    ("I.1", 2023): (800, 790, 4, 1720, 4, 31, None),
    ("I.2", 2022): (30, 28.5, 1, None, 9, None, None),
    ("I.3", 2021): (35, 0, 0, None, 0, None, DELAYED),
    ("I.3", 2022): (80, 76.4, 1, 42, 6, None, None),
    ("I.3", 2023): (90, 88.2, 1, 65, 8, None, None),
    ("I.4", 2022): (50, 46.5, 1, None, None, None, None),
    ("I.5", 2021): (80, 0, 0, None, None, None, DELAYED + ", chuyển sang năm 2022"),
    ("I.5", 2022): (80, 74, 1, None, None, None, "Chuyển từ năm 2021"),
    ("II.1", 2021): (800, 760, 1, 1480, 1, 12, "Một mô hình lùi lại do dịch COVID-19"),
    ("II.1", 2022): (1600, 1545, 2, 3050, 2, 26, None),
    ("II.1", 2023): (800, 780, 1, 1620, 1, 15, None),
    ("II.2", 2021): (600, 540, 2, 1015, 2, 11, None),
    ("II.2", 2022): (900, None, None, None, 3, 22, "Ghi theo đề án"),
    ("II.2", 2023): (1200, None, None, None, 3, 25, "Ghi theo đề án; một đề án còn đang làm"),
    ("II.3", 2023): (1000, 985, 1, 430, 62, None, None),
}
UNPLANNED = {
    ("II.5", 2023): (250, 245, 1, 410, 1, 3, "Bổ sung trong năm"),
}
UNPLANNED_NAMES = ("Hỗ trợ áp dụng sản xuất sạch hơn", "Khuyến công quốc gia", "Mô hình")

# Name, line, year, total cost, support, counterpart, status.
PROJECTS = [
    ("Máy xẻ gỗ tự động", "I.1", 2022, 510, 170, 340, "Hoàn thành"),
    ("Dây chuyền chế biến miến dong", "I.1", 2022, 575, 180, 395, "Hoàn thành"),
    ("Máy ép gạch không nung", "I.1", 2022, 475, 165, 310, "Hoàn thành"),
    ("Lò sấy nông sản bằng hơi nước", "I.1", 2022, 540, 175, 365, "Hoàn thành"),
    ("Máy cắt CNC cho cơ khí nông cụ", "II.2", 2022, 850, 290, 560, "Hoàn thành"),
    ("Dây chuyền đóng gói chè", "II.2", 2022, 905, 295, 610, "Hoàn thành"),
    ("Máy nghiền sàng đá", "II.2", 2022, 870, 280, 590, "Hoàn thành"),
    ("Hệ thống sơn tĩnh điện", "II.2", 2023, 920, 300, 620, "Hoàn thành"),
    ("Máy ép ván từ gỗ rừng trồng", "II.2", 2023, 865, 290, 575, "Hoàn thành"),
    ("Dây chuyền chế biến thạch đen", "II.2", 2023, 935, 295, 640, "Hoàn thành"),
    ("Máy dệt thổ cẩm bán tự động", "II.2", 2023, 780, 300, 480, "Đang thực hiện"),
]


def main() -> None:
    """Fill an empty form, read it, and write it again with its sums."""
    plan = kc.load_plan("2021-2025")
    with TemporaryDirectory() as folder:
        typed = Path(folder) / "typed.xlsx"
        write_actuals_form(typed, plan)
        type_in(typed)
        actuals = kc.read_actuals(typed, plan)
    EXAMPLE.unlink(missing_ok=True)
    write_actuals_form(EXAMPLE, plan, actuals=actuals)


def type_in(path: Path) -> None:
    """Type the figures into a form."""
    book = load_workbook(path)
    book["Hướng dẫn"]["B6"], book["Hướng dẫn"]["B7"] = date(2023, 12, 31), "Có"
    sheet = book["Kết quả"]
    column = {cell.value: cell.column for cell in sheet[5]}
    rows = {(sheet.cell(r, 1).value, sheet.cell(r, 5).value): r for r in range(6, sheet.max_row)}
    spare = min(r for r in range(6, sheet.max_row) if sheet.cell(r, 1).value is None)
    figures = [column["Kinh phí được giao (triệu đồng)"] + i for i in range(6)]
    for at, values in (RESULTS | UNPLANNED).items():
        row = rows.get(at, spare)
        if at in UNPLANNED:
            names = (at[0], *UNPLANNED_NAMES, at[1])
            for i, name in enumerate(names, 1):
                sheet.cell(row, i).value = name
            spare += 1
        for i, value in zip([*figures, column["Ghi chú"]], values, strict=True):
            sheet.cell(row, i).value = value
    sheet = book["Đề án"]
    for number, (name, line, year, *money, status) in enumerate(PROJECTS, 1):
        cells = (name, line, None, year, f"Cơ sở minh hoạ {number:02}", *money, status)
        for i, value in enumerate(cells, 1):
            if i != 3:
                sheet.cell(number + 5, i).value = value
    book.save(path)


if __name__ == "__main__":
    main()
