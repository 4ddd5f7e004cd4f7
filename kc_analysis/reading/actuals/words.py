"""The workbook of what happened, as the form writes it and the reader knows it again."""

from kc_analysis.model import Text

#: The sheets, in order.
SHEETS = {
    "guide": Text("Hướng dẫn", "Instructions"),
    "results": Text("Kết quả", "Results"),
    "projects": Text("Đề án", "Projects"),
    "summary": Text("Tổng hợp", "Summary"),
}

#: What is asked once, on the first sheet.
ASKED = {
    "cycle": Text("Giai đoạn", "Cycle"),
    "as_of": Text("Số liệu tính đến ngày", "Figures as of"),
    "illustrative": Text("Số liệu minh hoạ?", "Illustrative figures?"),
}
YES, NO = Text("Có", "Yes"), Text("Không", "No")

_LINE = {
    "line": Text("Dòng", "Line"),
    "title": Text("Nội dung", "Title"),
    "source": Text("Nguồn", "Source"),
    "unit": Text("ĐVT", "Unit"),
    "year": Text("Năm", "Year"),
}
PLANNED = {
    "planned_million_vnd": Text("Kinh phí kế hoạch (triệu đồng)", "Planned amount (million VND)"),
    "planned_quantity": Text("Khối lượng kế hoạch", "Planned quantity"),
}
MONEY = {
    "allocated_million_vnd": Text("Kinh phí được giao (triệu đồng)", "Allocated (million VND)"),
    "disbursed_million_vnd": Text("Giải ngân (triệu đồng)", "Disbursed (million VND)"),
    "counterpart_million_vnd": Text(
        "Vốn đối ứng (triệu đồng)", "Counterpart capital (million VND)"
    ),
}
COUNTED = {
    "quantity": Text("Khối lượng thực hiện", "Delivered quantity"),
    "establishments": Text("Cơ sở được hỗ trợ", "Establishments supported"),
    "jobs": Text("Lao động có việc làm", "Jobs"),
}
#: The figures that are reported for a line and year, in the order of the form.
REPORTED = {
    name: (MONEY | COUNTED)[name]
    for name in (
        "allocated_million_vnd", "disbursed_million_vnd", "quantity", "counterpart_million_vnd",
        "establishments", "jobs",
    )
}  # fmt: skip
#: What counts in the sums: a figure as reported, or else the projects'.
COUNTS = {
    "counted_disbursed": Text(
        "Giải ngân được tính (triệu đồng)", "Disbursed, as counted (million VND)"
    ),
    "counted_quantity": Text("Khối lượng được tính", "Quantity, as counted"),
    "counted_counterpart": Text(
        "Đối ứng được tính (triệu đồng)", "Counterpart, as counted (million VND)"
    ),
}
RESULTS = {**_LINE, **PLANNED, **REPORTED, **COUNTS, "note": Text("Ghi chú", "Note")}

PROJECTS = {
    "name": Text("Tên đề án", "Project"),
    "line": _LINE["line"],
    "title": Text("Nội dung của dòng", "The line's title"),
    "year": _LINE["year"],
    "beneficiary": Text("Đơn vị thụ hưởng", "Beneficiary"),
    "total_cost_million_vnd": Text("Tổng chi phí (triệu đồng)", "Total cost (million VND)"),
    "support_million_vnd": Text("Kinh phí hỗ trợ (triệu đồng)", "Support (million VND)"),
    "counterpart_million_vnd": MONEY["counterpart_million_vnd"],
    "status": Text("Trạng thái", "Status"),
}

STATUSES = {
    "approved": Text("Đã phê duyệt", "Approved"),
    "under_way": Text("Đang thực hiện", "Under way"),
    "disbursed": Text("Đã giải ngân", "Disbursed"),
    "completed": Text("Hoàn thành", "Completed"),
    "stopped": Text("Dừng thực hiện", "Stopped"),
}
#: The statuses in which a project's money is spent, and those in which its work is delivered.
SPENT = ("disbursed", "completed")
DELIVERED = ("completed",)

ILLUSTRATIVE = Text("SỐ LIỆU MINH HOẠ", "ILLUSTRATIVE")
