"""What the workbook for what happened says to the planner who fills it."""

from kc_analysis.model import Text

TITLES = {
    "guide": Text(
        "BIỂU GHI KẾT QUẢ THỰC HIỆN KẾ HOẠCH KHUYẾN CÔNG GIAI ĐOẠN {cycle}",
        "RECORD OF HOW THE INDUSTRIAL PROMOTION PLAN {cycle} IS CARRIED OUT",
    ),
    "results": Text(
        "KẾT QUẢ THỰC HIỆN THEO DÒNG VÀ NĂM, GIAI ĐOẠN {cycle}",
        "RESULTS BY LINE AND YEAR, {cycle}",
    ),
    "projects": Text("DANH SÁCH ĐỀ ÁN, GIAI ĐOẠN {cycle}", "LIST OF PROJECTS, {cycle}"),
    "summary": Text(
        "TỔNG HỢP THEO NGUỒN VÀ NĂM, GIAI ĐOẠN {cycle}", "SUMMARY BY SOURCE AND YEAR, {cycle}"
    ),
}
SUBTITLES = {
    "results": Text(
        "Điền vào ô màu vàng. Để trống: chưa có số liệu; số 0: có số liệu và bằng không. "
        "Kinh phí: triệu đồng.",
        "Fill the yellow cells. Blank: nothing is known; 0: it is known to be nothing. "
        "Money in million VND.",
    ),
    "projects": Text(
        "Dùng khi theo dõi theo từng đề án: ô để trống ở trang Kết quả được cộng từ đây. "
        "Kinh phí: triệu đồng.",
        "For those who record by project: cells left blank in Results are summed from here. "
        "Money in million VND.",
    ),
    "summary": Text(
        "Tự tính từ hai trang trước, không điền. Kinh phí: triệu đồng.",
        "Computed from the two sheets before; nothing to fill. Money in million VND.",
    ),
}
MARK = Text("SỐ LIỆU MINH HOẠ – KHÔNG PHẢI SỐ LIỆU THẬT", "ILLUSTRATIVE FIGURES – NOT REAL ONES")
SHOWN_TOTAL = Text("Cộng các hàng đang hiện", "Total of the rows shown")
PAGE = Text("Trang &P/&N", "Page &P of &N")

ASKED = {
    "cycle": Text("Không sửa.", "Leave as it is."),
    "as_of": Text(
        "Bắt buộc. Ngày chốt số liệu, gõ ngày/tháng/năm, ví dụ 31/12/{year}.",
        "Required. The day up to which the figures are known, such as 31 December {year}.",
    ),
    "illustrative": Text(
        "Chọn Có nếu số liệu chỉ để minh hoạ; mọi trang và biểu đồ sẽ ghi rõ.",
        "Choose Yes if the figures are made up; every sheet and chart will say so.",
    ),
}
STEPS_TITLE = Text("Cách điền", "How to fill it")
STEPS = (
    Text(
        "Ghi ngày chốt số liệu ở ô màu vàng phía trên.",
        "Enter the day of the figures in the yellow cell above.",
    ),
    Text(
        "Trang Kết quả: mỗi dòng của kế hoạch có một hàng cho mỗi năm. Điền số được giao, giải "
        "ngân, khối lượng, vốn đối ứng, cơ sở, lao động của những năm đã qua. Lọc theo năm bằng "
        "mũi tên ở tiêu đề.",
        "Results: each line of the plan has a row for each year. Enter what was allocated, "
        "disbursed, delivered, the counterpart capital, establishments and jobs of the years "
        "that are past. Filter by year with the arrow in the heading.",
    ),
    Text(
        "Ô để trống nghĩa là chưa có số liệu, không phải bằng không. Nếu đã biết là không thực "
        "hiện, ghi số 0 và nêu lý do ở cột Ghi chú.",
        "A blank cell means that nothing is known, not that it is nothing. Where something is "
        "known not to have happened, enter 0 and say why in Note.",
    ),
    Text(
        "Việc đã làm mà kế hoạch không có: ghi ở các hàng trống cuối trang Kết quả, với số dòng "
        "mới của nguồn đó (như {number}), nội dung, nguồn, đơn vị tính và năm.",
        "What was carried out without being planned goes into the spare rows at the end of "
        "Results, with a new number under its source (such as {number}), title, source, unit "
        "and year.",
    ),
    Text(
        "Nếu theo dõi theo đề án: ghi từng đề án ở trang Đề án và để trống giải ngân, khối lượng, "
        "đối ứng của dòng và năm đó ở trang Kết quả; ba cột “được tính” cho thấy số cộng được. "
        "Đã điền cả hai nơi thì hai số phải bằng nhau.",
        "Where projects are followed one by one, enter each in Projects and leave its line's "
        "disbursed, delivered and counterpart cells of that year blank in Results; the three "
        "“as counted” columns show what they come to. Where both are filled they must be equal.",
    ),
    Text(
        "Gõ số không có dấu tách hàng nghìn, Excel tự hiện dấu. Các ô khác được khoá (không mật "
        "khẩu) để khỏi sửa nhầm.",
        "Type numbers without a mark between thousands; Excel shows it by itself. The other "
        "cells are locked, without a password, so that nothing is changed by mistake.",
    ),
)
MEANINGS_TITLE = Text("Ý nghĩa các cột", "What the columns mean")
MEANINGS = {
    "results": {
        "line": Text("Số của phần và số thứ tự trong phụ lục.", "Section and number in the plan."),
        "planned_million_vnd": Text(
            "Theo quyết định; khoá. Trống: không có trong kế hoạch.",
            "As decided; locked. Blank: nothing is planned.",
        ),
        "planned_quantity": Text("Theo quyết định; khoá.", "As decided; locked."),
        "allocated_million_vnd": Text(
            "Dự toán được giao trong năm, kể cả điều chỉnh.",
            "The year's budget as allocated, adjustments included.",
        ),
        "disbursed_million_vnd": Text(
            "Đã chi từ nguồn khuyến công trong năm, đến ngày chốt số liệu.",
            "Spent from promotion funds in the year, up to the day of the figures.",
        ),
        "quantity": Text(
            "Số đơn vị đã nghiệm thu, theo ĐVT của dòng; số nguyên.",
            "Units accepted as done, in the line's unit; whole.",
        ),
        "counterpart_million_vnd": Text(
            "Vốn của đơn vị thụ hưởng và nguồn khác cùng bỏ vào.",
            "What the beneficiaries and others put in.",
        ),
        "establishments": Text(
            "Số cơ sở công nghiệp nông thôn được hỗ trợ; số nguyên.",
            "Rural industrial establishments supported; whole.",
        ),
        "jobs": Text(
            "Số lao động có việc làm nhờ đề án; số nguyên.",
            "Jobs that the projects gave; whole.",
        ),
        "counted": Text(
            "Tự tính: số đã điền; nếu để trống thì cộng từ trang Đề án.",
            "Computed: the figure entered or, where blank, the projects' sum.",
        ),
    },
    "projects": {
        "line": Text(
            "Dòng chi trả đề án; chọn trong danh sách, hoặc số của dòng ngoài kế hoạch.",
            "The line that pays for it: from the list, or an unplanned line's number.",
        ),
        "year": Text("Năm dùng kinh phí hỗ trợ.", "The year whose money supports it."),
        "total_cost_million_vnd": Text(
            "Toàn bộ chi phí của đề án, gồm hỗ trợ và đối ứng.",
            "All that the project costs, support and counterpart included.",
        ),
        "support_million_vnd": Text(
            "Từ nguồn khuyến công; không quá tổng chi phí.",
            "From promotion funds; at most the total cost.",
        ),
    },
}
COUNTED = Text("… được tính", "…, as counted")
STATUSES_TITLE = Text("Trạng thái của đề án", "A project's status")
COUNTS_AS = {
    "approved": Text("không tính", "counts nowhere"),
    "under_way": Text("không tính", "counts nowhere"),
    "disbursed": Text("giải ngân, đối ứng", "money"),
    "completed": Text("cả khối lượng", "money and work"),
    "stopped": Text("không tính", "counts nowhere"),
}
STATUSES = {
    "approved": Text("Có quyết định, chưa làm.", "Decided, not begun."),
    "under_way": Text("Đang làm, chưa chi hỗ trợ.", "Begun, support not yet paid."),
    "disbursed": Text("Đã chi hỗ trợ, chưa nghiệm thu.", "Support paid, work not yet accepted."),
    "completed": Text(
        "Đã chi và nghiệm thu; mỗi đề án là một đơn vị khối lượng của dòng.",
        "Paid and accepted; each project is one unit of its line's work.",
    ),
    "stopped": Text("Không làm tiếp.", "Given up."),
}
SOURCES_TITLE = Text("Nguồn kinh phí", "Fund sources")
LINES_TITLE = Text("Các dòng của kế hoạch", "The plan's lines")

SUMMARY = {
    "source": Text("Nguồn", "Source"),
    "year": Text("Năm", "Year"),
    "planned_million_vnd": Text("Kế hoạch", "Planned"),
    "allocated_million_vnd": Text("Được giao", "Allocated"),
    "counted_disbursed": Text("Giải ngân", "Disbursed"),
    "of_plan": Text("Giải ngân / kế hoạch", "Disbursed / planned"),
    "of_allocated": Text("Giải ngân / được giao", "Disbursed / allocated"),
    "counted_counterpart": Text("Vốn đối ứng", "Counterpart capital"),
    "leverage": Text("Đối ứng trên 1 đồng giải ngân", "Counterpart per VND disbursed"),
    "establishments": Text("Cơ sở được hỗ trợ", "Establishments supported"),
    "jobs": Text("Lao động có việc làm", "Jobs"),
    "not_reported": Text(
        "Dòng có kế hoạch, chưa có số giải ngân", "Planned lines without a figure"
    ),
}
TO_DATE = Text("Luỹ kế", "To date")
CYCLE = Text("Giai đoạn", "Cycle")
ALL = Text("Tất cả các nguồn", "All sources")
SUMMARY_NOTES = (
    Text(
        "Luỹ kế: từ năm đầu đến hết năm của ngày chốt số liệu. Ô trống: chưa có số liệu.",
        "To date: from the first year to the year of the figures' day. Blank: nothing is known.",
    ),
    Text(
        "Tỷ lệ lấy toàn bộ kế hoạch làm mẫu số, kể cả dòng chưa có số liệu (đếm ở cột cuối).",
        "The percentages are of the whole plan, lines without a figure (counted at the right) "
        "included.",
    ),
)

INVALID_TITLE = Text("Không nhập được", "Not possible")
INVALID = {
    "money": Text(
        "Nhập một số không âm (triệu đồng), hoặc để trống nếu chưa có số liệu.",
        "Enter a number of zero or more (million VND), or leave blank what is not known.",
    ),
    "count": Text(
        "Nhập một số nguyên không âm, hoặc để trống nếu chưa có số liệu.",
        "Enter a whole number of zero or more, or leave blank what is not known.",
    ),
    "choice": Text("Chọn một mục trong danh sách.", "Choose one from the list."),
    "line": Text(
        "Số dòng này không có trong kế hoạch. Chỉ tiếp tục nếu đã khai nó ở cuối trang Kết quả.",
        "The plan has no such line. Go on only if it is declared at the end of Results.",
    ),
    "day": Text(
        "Nhập một ngày của giai đoạn, hoặc của năm ngay sau đó.",
        "Enter a day of the cycle, or of the year after it.",
    ),
}
