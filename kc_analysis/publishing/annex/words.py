"""What the annex says: its sheets, its headings, the names in its formulas, its definitions."""

from kc_analysis.model import Text
from kc_analysis.wording import COLUMNS, IN_REVIEW, VALUES

HEADINGS = (
    COLUMNS
    | IN_REVIEW
    | {"title": COLUMNS["label"], "change_million_vnd": Text("Chênh lệch", "Variance")}
)
WORDS = VALUES | IN_REVIEW
MARK = Text("SỐ LIỆU MINH HOẠ", "ILLUSTRATIVE FIGURES")
PAGE = Text("Trang &P/&N", "Page &P of &N")
SUBJECT = Text(
    "Sơ kết kế hoạch khuyến công {cycle}",
    "Mid-term review of the industrial promotion plan {cycle}",
)
ACTUALS = Text("số liệu thực hiện đến ngày {day:%d/%m/%Y}", "actuals as of {day.day} {day:%B %Y}")
TABLE = Text("Biểu {number}. {title}", "Table {number}. {title}")
#: Said once above a table, and so not in the head of every column.
IN_MILLION = Text(" (triệu đồng)", " (million VND)")
MONEY = Text("Kinh phí: triệu đồng. ", "Money in million VND. ")
TOTAL = Text("Tổng cộng", "Total")
YES, NO = Text("có", "yes"), Text("không", "no")
IN_YEAR = Text("Năm {year}", "{year}")
SO_FAR = Text("Giải ngân đến nay", "Spent so far")
SPENT_IN = Text("Giải ngân {year}", "Spent {year}")
BY = {
    "line": Text("Theo dòng", "By line"),
    "source": Text("Theo nguồn", "By source"),
    "year": Text("Theo năm", "By year"),
}

_OF_REPORTED = Text(
    "So với kế hoạch: chỉ tính trên kế hoạch của dòng và năm đã báo cáo.",
    "Of plan: only against the plan of the lines and years that are reported.",
)
#: A sheet's name, its title, and what has to be known to read it.
SHEETS = {
    "inputs": (
        Text("Số liệu", "Figures"),
        Text("Số liệu theo dòng và năm, {cycle}", "Figures by line and year, {cycle}"),
        Text(
            "Số liệu gốc; các biểu sau tính từ đây. Ô trống: không có trong kế hoạch, hoặc chưa "
            "báo cáo.",
            "As recorded; all other tables reckon from here. Blank: not planned, or not reported.",
        ),
    ),
    "lines": (
        Text("Theo dòng", "By line"),
        Text("Thực hiện theo dòng, {so_far}", "Execution by line, {so_far}"),
        _OF_REPORTED,
    ),
    "sources": (
        Text("Theo nguồn", "By source"),
        Text("Thực hiện theo nguồn, {so_far}", "Execution by source, {so_far}"),
        _OF_REPORTED,
    ),
    "source_years": (
        Text("Theo nguồn và năm", "By source and year"),
        Text("Thực hiện theo nguồn và năm, {so_far}", "Execution by source and year, {so_far}"),
        _OF_REPORTED,
    ),
    "years": (
        Text("Theo năm", "By year"),
        Text("Thực hiện theo năm, {so_far}", "Execution by year, {so_far}"),
        _OF_REPORTED,
    ),
    "delivery": (
        Text("Khối lượng", "Delivery"),
        Text("Khối lượng thực hiện, {so_far}", "Work delivered, {so_far}"),
        Text(
            "Các đơn vị tính khác nhau nên không cộng chung.",
            "Units differ, so that there is no total.",
        ),
    ),
    "cells": (
        Text("Từng dòng, từng năm", "Line by line, year by year"),
        Text(
            "Thực hiện và chênh lệch từng dòng, từng năm, {so_far}",
            "Execution and variance, one by one, {so_far}",
        ),
        Text(
            "Chênh lệch: giải ngân trừ kế hoạch.",
            "Variance: spent less planned.",
        ),
    ),
    "variance": (
        Text("Chênh lệch", "Variance"),
        Text(
            "Vì sao giải ngân khác kế hoạch, {so_far}",
            "Why more or less was spent than planned, {so_far}",
        ),
        Text(
            "Chỉ gồm dòng và năm đã báo cáo.",
            "Only the lines and years that are reported.",
        ),
    ),
    "effects": (
        Text("Hiệu quả", "Effects"),
        Text("Hiệu quả của kinh phí hỗ trợ, {so_far}", "What the money moved, {so_far}"),
        Text(
            "Mỗi tỷ lệ chỉ gồm dòng và năm đã báo cáo cả hai vế.",
            "Each rate is over the lines and years in which both its sides are reported.",
        ),
    ),
    "targets": (
        Text("Chỉ tiêu", "Targets"),
        Text(
            "Chỉ tiêu của quyết định đến nay, {so_far}", "The decision's targets so far, {so_far}"
        ),
        Text(
            "Chỉ tiêu mỗi năm: năm ít nhất và năm nhiều nhất. Ô trống: không dòng nào cho biết.",
            "Yearly targets: the least and the most in a year. Blank: nothing recorded tells.",
        ),
    ),
    "outlook": (
        Text("Dự báo", "Outlook"),
        Text("Dự báo đến hết giai đoạn, {cycle}", "The end of the cycle, {cycle}"),
        Text(
            "Khả thi: số cần mỗi năm không hơn năm giải ngân cao nhất.",
            "Plausible: no more is needed a year than the best year has spent.",
        ),
    ),
    "path": (
        Text("Lũy kế", "Cumulative"),
        Text(
            "Lũy kế kế hoạch, giải ngân và dự báo, {cycle}",
            "Planned, spent and outlook, cumulative, {cycle}",
        ),
        Text("Cộng dồn từ năm đầu giai đoạn.", "Each the sum from the first year on."),
    ),
    "projects": (
        Text("Đề án", "Projects"),
        Text("Danh sách đề án, {so_far}", "List of projects, {so_far}"),
        Text("Ô trống: không ghi.", "Blank: not recorded."),
    ),
    "charts": (Text("Biểu đồ", "Charts"), Text("Biểu đồ", "Charts"), Text("", "")),
    "rules": (
        Text("Cách tính", "Definitions"),
        Text("Ngưỡng và cách tính", "Thresholds and definitions"),
        Text(
            "Sửa ngưỡng ở cột Giá trị thì tình trạng trong các biểu đổi theo.",
            "When a threshold is changed here, each status in the tables changes with it.",
        ),
    ),
    "origin": (
        Text("Nguồn số liệu", "Sources"),
        Text("Vị trí của từng số liệu", "Where each figure stands"),
        Text(
            "Chép đúng như in trong quyết định và như ghi trong bảng thực hiện.",
            "As printed in the decision, and as entered in the workbook of actuals.",
        ),
    ),
}

#: What formulas call the columns of the figures, of the variance, and the cells of the rules.
NAMES = {
    "line": Text("Dòng", "Line_no"),
    "source": Text("Nguồn", "Source_no"),
    "year": Text("Năm", "In_year"),
    "planned_million_vnd": Text("Kế_hoạch", "Planned"),
    "allocated_million_vnd": Text("Được_giao", "Allocated"),
    "spent_million_vnd": Text("Giải_ngân", "Spent"),
    "planned_quantity": Text("Khối_lượng_kế_hoạch", "Planned_quantity"),
    "delivered_quantity": Text("Khối_lượng_thực_hiện", "Delivered_quantity"),
    "counterpart_million_vnd": Text("Vốn_đối_ứng", "Counterpart"),
    "establishments": Text("Cơ_sở", "Establishments"),
    "jobs": Text("Lao_động", "Jobs"),
    "variance_line": Text("Dòng_chênh_lệch", "Variance_line"),
    "volume_million_vnd": Text("Do_khối_lượng", "By_volume"),
    "unit_cost_million_vnd": Text("Do_đơn_giá", "By_unit_cost"),
    "new_million_vnd": Text("Ngoài_kế_hoạch", "Outside_plan"),
    "ended_million_vnd": Text("Không_thực_hiện", "Not_carried_out"),
    "unsplit_million_vnd": Text("Chưa_tách_được", "Not_split"),
    "change_million_vnd": Text("Chênh_lệch", "Variance"),
    "to_year": Text("Đến_năm", "To_year"),
    "year_over": Text("Năm_đã_hết", "Year_over"),
    "year_end": Text("Năm_cuối", "End_year"),
    "slow": Text("Ngưỡng_chậm", "Floor_slow"),
    "done": Text("Ngưỡng_đạt", "Floor_on_plan"),
    "over": Text("Ngưỡng_vượt", "Floor_over"),
}

TERM = Text("Đại lượng", "Term")
VALUE = Text("Giá trị", "Value")
MEANING = Text("Cách tính", "Meaning")
#: What the rules are called where no column is.
RULES = {
    "as_of": Text("Số liệu đến ngày", "Figures as of"),
    "to_year": Text("Tính đến năm", "Years up to"),
    "year_over": Text("Năm cuối đã kết thúc", "Last year that is over"),
    "year_end": Text("Năm cuối giai đoạn", "Last year of the cycle"),
    "slow": Text("Chậm, từ (% kế hoạch)", "Slow, from (% of plan)"),
    "done": Text("Đạt kế hoạch, từ (% kế hoạch)", "On plan, from (% of plan)"),
    "over": Text("Vượt kế hoạch, từ (% kế hoạch)", "Over the plan, from (% of plan)"),
}
MEANINGS = {
    "as_of": Text("Ngày chốt số liệu thực hiện.", "The day up to which the actuals are known."),
    "to_year": Text(
        "Các biểu thực hiện gồm những năm đến năm này.",
        "Execution counts the years up to this one.",
    ),
    "year_over": Text(
        "Năm sau năm này, nếu đã có số liệu, là năm chưa kết thúc.",
        "A later year with figures is under way.",
    ),
    "year_end": Text("Dự báo tính đến hết năm này.", "The outlook goes up to the end of it."),
    "slow": Text(
        "Dưới ngưỡng này là “Chậm nhiều”. Tỷ lệ được làm tròn một chữ số rồi mới so.",
        "Below it, “Far behind”. Rates are rounded to one decimal before they are compared.",
    ),
    "done": Text(
        "Năm chưa kết thúc mà chưa tới ngưỡng này là “Đang thực hiện”.",
        "A year that is not over and has not come so far is “Under way”.",
    ),
    "over": Text("Từ ngưỡng này là “Vượt kế hoạch”.", "From here on, “Over the plan”."),
    "planned_million_vnd": Text(
        "Cộng kế hoạch của những năm đã đến hạn, kể cả phần chưa báo cáo.",
        "The plan of all years that are due, reported or not.",
    ),
    "not_reported_million_vnd": Text(
        "Phần kế hoạch đã đến hạn mà chưa có số giải ngân.",
        "What of the plan was due and has no amount spent.",
    ),
    "of_plan_pct": Text(
        "Giải ngân chia cho kế hoạch của dòng và năm đã báo cáo giải ngân; khối lượng cũng vậy.",
        "Spent over the plan of the lines and years whose spending is reported; so for quantities.",
    ),
    "of_allocation_pct": Text(
        "Giải ngân chia cho kinh phí giao, ở dòng và năm đã báo cáo cả hai.",
        "Spent over allocated, where both are reported.",
    ),
    "status": Text(
        "Theo các ngưỡng trên. Có kế hoạch mà chưa có số: “Chưa báo cáo”; có kế hoạch, báo cáo "
        "bằng 0: “Không thực hiện”; có giải ngân, không có kế hoạch: “Ngoài kế hoạch”.",
        "By the thresholds above. Planned and without a figure: “Not reported”; planned and "
        "reported as 0: “Not carried out”; spent and not planned: “Outside the plan”.",
    ),
    "volume_million_vnd": Text(
        "(khối lượng thực hiện − kế hoạch) × bình quân đơn giá kế hoạch và thực hiện.",
        "(quantity delivered − planned) × the mean of planned and actual unit cost.",
    ),
    "unit_cost_million_vnd": Text(
        "(đơn giá thực hiện − kế hoạch) × bình quân khối lượng kế hoạch và thực hiện.",
        "(actual − planned unit cost) × the mean of quantity planned and delivered.",
    ),
    "new_million_vnd": Text(
        "Giải ngân ở dòng và năm không có trong kế hoạch.",
        "Spent in lines and years that were not planned.",
    ),
    "ended_million_vnd": Text(
        "Kế hoạch (số âm) ở dòng và năm báo cáo giải ngân bằng 0.",
        "The plan, as a loss, of lines and years that are reported as 0.",
    ),
    "unsplit_million_vnd": Text(
        "Chênh lệch ở dòng và năm thiếu khối lượng nên không tách được.",
        "The variance of lines and years that lack a quantity.",
    ),
    "change_million_vnd": Text(
        "Giải ngân trừ kế hoạch, bằng tổng các phần trên.",
        "Spent less planned, the sum of the parts above.",
    ),
    "leverage": Text(
        "Vốn đối ứng chia cho giải ngân, ở dòng và năm đã báo cáo cả hai.",
        "Counterpart over spent, where both are reported.",
    ),
    "cost_million_vnd_per_establishment": Text(
        "Giải ngân chia cho số cơ sở, ở dòng và năm đã báo cáo cả hai.",
        "Spent over establishments, where both are reported.",
    ),
    "cost_million_vnd_per_job": Text(
        "Giải ngân chia cho số lao động, ở dòng và năm đã báo cáo cả hai.",
        "Spent over jobs, where both are reported.",
    ),
    "done_pct": Text(
        "Thực hiện ít nhất chia cho mức thấp nhất của chỉ tiêu.",
        "What is done at least, over the least that the target asks for.",
    ),
    "as_planned_million_vnd": Text(
        "Giải ngân các năm đã kết thúc, cộng kế hoạch các năm còn lại.",
        "Spent in the years that are over, and the plan of the years to come.",
    ),
    "at_rate_million_vnd": Text(
        "Giải ngân các năm đã kết thúc, cộng kế hoạch các năm còn lại nhân với tỷ lệ so với kế "
        "hoạch đến nay.",
        "Spent in the years that are over, and the plan of the years to come times the rate "
        "reached so far.",
    ),
    "needed_million_vnd_per_year": Text(
        "(kế hoạch cả giai đoạn − giải ngân các năm đã kết thúc) ÷ số năm còn lại.",
        "(plan of the cycle − spent in the years that are over) ÷ years left.",
    ),
    "plausible": Text(
        "“có” nếu số cần mỗi năm không hơn năm đã giải ngân cao nhất.",
        "“yes” if no more is needed a year than the most that a year has spent.",
    ),
}  # fmt: skip

SIDE = Text("Loại", "Kind")
SIDES = (Text("Kế hoạch", "Planned"), Text("Thực hiện", "Actual"))
TABLES = {"budget": Text("Kinh phí", "Money"), "quantities": Text("Khối lượng", "Quantity")}
AS_WRITTEN = Text("Như ghi", "As written")

CHARTS = {
    "years": Text("Kế hoạch và giải ngân theo năm", "Planned and spent by year"),
    "lines": Text("Giải ngân so với kế hoạch, theo dòng", "Spent against plan, by line"),
    "path": Text("Lũy kế và dự báo đến hết giai đoạn", "Cumulative, and the end of the cycle"),
    "leverage": Text(
        "Vốn đối ứng trên một đồng hỗ trợ, theo dòng", "Counterpart per VND of support, by line"
    ),
}
MILLION = Text("triệu đồng", "million VND")
OF_PLAN = Text(
    "% kế hoạch của phần đã báo cáo (không có thanh và số: chưa báo cáo, ngoài kế hoạch)",
    "% of the plan of what is reported (neither bar nor number: not reported, not planned)",
)
PER_DONG = Text(
    "đồng đối ứng trên một đồng hỗ trợ (không có thanh và số: chưa đủ số liệu)",
    "VND of counterpart per VND of support (neither bar nor number: not known)",
)
#: The series of the charts, where a heading with its unit would be too long.
SERIES = {
    "planned_million_vnd": Text("Kế hoạch", "Planned"),
    "not_reported_million_vnd": Text("Trong đó chưa báo cáo", "Of it not reported"),
    "spent_million_vnd": Text("Giải ngân", "Spent"),
    "as_planned_million_vnd": Text("Nếu đúng kế hoạch", "If as planned"),
    "at_rate_million_vnd": Text("Nếu giữ tỷ lệ đến nay", "If at the rate so far"),
    "caught_up_million_vnd": Text("Nếu bù đủ", "If caught up"),
}
