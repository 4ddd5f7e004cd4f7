"""What a planner reads in place of a column's name or an identifier, in both languages."""

from dataclasses import replace

import pandas as pd

from kc_analysis.model import Plan, Text
from kc_analysis.numerals import format_number, write_number

COLUMNS = {
    "line": Text("Dòng", "Line"),
    "source": Text("Nguồn", "Source"),
    "other_source": Text("Nguồn so sánh", "Compared source"),
    "activity": Text("Hoạt động", "Activity"),
    "label": Text("Nội dung", "Title"),
    "unit": Text("ĐVT", "Unit"),
    "parent": Text("Chỉ tiêu khác của dòng", "Another measure of line"),
    "year": Text("Năm", "Year"),
    "table": Text("Bảng", "Table"),
    "rule": Text("Quy tắc", "Rule"),
    "severity": Text("Mức", "Severity"),
    "expected": Text("Đúng ra", "Expected"),
    "found": Text("In là", "Found"),
    "place": Text("Vị trí", "Place"),
    "message": Text("Nội dung phát hiện", "Finding"),
    "file": Text("Tệp", "File"),
    "printed": Text("Như in", "As printed"),
    "amount_million_vnd": Text("Kinh phí (triệu đồng)", "Amount (million VND)"),
    "quantity": Text("Khối lượng", "Quantity"),
    "cost_million_vnd_per_unit": Text("Đơn giá (triệu đồng)", "Unit cost (million VND)"),
    "other_cost_million_vnd_per_unit": Text(
        "Đơn giá nguồn so sánh (triệu đồng)", "Compared unit cost (million VND)"
    ),
    "gap_million_vnd_per_unit": Text("Chênh lệch (triệu đồng)", "Gap (million VND)"),
    "gap_pct": Text("Chênh lệch (%)", "Gap (%)"),
    "norm_million_vnd_per_unit": Text("Mức tối đa (triệu đồng)", "Ceiling (million VND)"),
    "headroom_million_vnd_per_unit": Text("Còn dưới mức (triệu đồng)", "Headroom (million VND)"),
    "norm_id": Text("Định mức", "Norm"),
    "in_force": Text("Còn hiệu lực", "In force"),
    "instrument": Text("Văn bản", "Instrument"),
    "provision": Text("Điều khoản", "Provision"),
    "seen": Text("Biết từ đâu", "How known"),
    "change_million_vnd": Text("Tăng, giảm (triệu đồng)", "Change (million VND)"),
    "growth_pct": Text("Tăng trưởng (%)", "Growth (%)"),
    "index": Text("Chỉ số (năm đầu = 100)", "Index (first year = 100)"),
    "compound_pct": Text("Bình quân năm (%)", "Compound rate (% a year)"),
    "share_pct": Text("Tỷ trọng (%)", "Share (%)"),
    "change_points": Text("Thay đổi (điểm %)", "Change (points)"),
    "hhi": Text("Chỉ số HHI", "HHI"),
    "effective_number": Text("Số phần tương đương", "Effective number"),
    "volume_million_vnd": Text("Do khối lượng", "Volume"),
    "unit_cost_million_vnd": Text("Do đơn giá", "Unit cost"),
    "new_million_vnd": Text("Dòng bắt đầu", "Lines that start"),
    "ended_million_vnd": Text("Dòng kết thúc", "Lines that end"),
    "real_volume_million_vnd": Text("Do khối lượng, giá so sánh", "Volume, constant prices"),
    "real_unit_cost_million_vnd": Text("Do đơn giá, giá so sánh", "Unit cost, constant prices"),
    "real_new_million_vnd": Text("Dòng bắt đầu, giá so sánh", "Lines that start, constant prices"),
    "real_ended_million_vnd": Text("Dòng kết thúc, giá so sánh", "Lines that end, constant prices"),
    "real_change_million_vnd": Text("Tăng, giảm, giá so sánh", "Change, constant prices"),
    "task": Text("Nhiệm vụ", "Task"),
    "what": Text("Chỉ tiêu trong phần lời", "Target in the text"),
    "low": Text("Từ", "From"),
    "high": Text("Đến", "To"),
    "per": Text("Tính theo", "Per"),
    "budget_line": Text("Dòng kinh phí", "Budget line"),
    "planned_low": Text("Phụ lục, ít nhất", "Planned, least"),
    "planned_high": Text("Phụ lục, nhiều nhất", "Planned, most"),
    "planned_unit": Text("ĐVT của phụ lục", "Planned unit"),
    "status": Text("Đối chiếu", "Status"),
    "where": Text("Mục", "Where"),
    "left_million_vnd": Text("Còn lại (triệu đồng)", "Left (million VND)"),
    "old_line": Text("Dòng trước", "Earlier line"),
    "new_line": Text("Dòng sau", "Later line"),
    "how": Text("Ghép theo", "Matched by"),
    "likeness_pct": Text("Giống nhau (%)", "Likeness (%)"),
    "old_label": Text("Nội dung trước", "Earlier title"),
    "new_label": Text("Nội dung sau", "Later title"),
    "thread": Text("Chuỗi", "Thread"),
    "cycle": Text("Giai đoạn", "Cycle"),
    "old_amount_million_vnd": Text("Kinh phí trước (triệu đồng)", "Earlier amount (million VND)"),
    "new_amount_million_vnd": Text("Kinh phí sau (triệu đồng)", "Later amount (million VND)"),
    "old_quantity": Text("Khối lượng trước", "Earlier quantity"),
    "new_quantity": Text("Khối lượng sau", "Later quantity"),
    "old_cost_million_vnd_per_unit": Text(
        "Đơn giá trước (triệu đồng)", "Earlier unit cost (million VND)"
    ),
    "new_cost_million_vnd_per_unit": Text(
        "Đơn giá sau (triệu đồng)", "Later unit cost (million VND)"
    ),
    "cost_change_pct": Text("Thay đổi đơn giá (%)", "Change of unit cost (%)"),
    "plan": Text("Phương án", "Plan"),
    "change_pct": Text("Tăng, giảm (%)", "Change (%)"),
    "change_quantity": Text("Thêm, bớt khối lượng", "Change in quantity"),
    "p10_million_vnd": Text("P10 (triệu đồng)", "P10 (million VND)"),
    "p50_million_vnd": Text("Trung vị (triệu đồng)", "Median (million VND)"),
    "p90_million_vnd": Text("P90 (triệu đồng)", "P90 (million VND)"),
    "mean_million_vnd": Text("Bình quân (triệu đồng)", "Mean (million VND)"),
    "middle_million_vnd": Text("Ở giá trị giữa (triệu đồng)", "At the middles (million VND)"),
    "asked_million_vnd": Text("Yêu cầu thay đổi (triệu đồng)", "Change asked for (million VND)"),
    "funds_million_vnd": Text("Kinh phí sau đó (triệu đồng)", "Funds then (million VND)"),
    "short_million_vnd": Text("Thiếu so với nhu cầu (triệu đồng)", "Short of need (million VND)"),
    "placed_million_vnd": Text("Đã bố trí (triệu đồng)", "Placed (million VND)"),
    "nearest_line": Text("Dòng gần đủ nhất", "Line nearest to one more"),
    "lacks_million_vnd": Text("Còn thiếu (triệu đồng)", "What it lacks (million VND)"),
    "ceiling_million_vnd": Text("Mức trần (triệu đồng)", "Ceiling (million VND)"),
    "chance_over_pct": Text("Khả năng vượt trần (%)", "Chance of passing it (%)"),
    "error_million_vnd": Text("Sai số tối đa (triệu đồng)", "Error at most (million VND)"),
    "change": Text("Thay đổi", "Change"),
    "of": Text("Đại lượng", "What"),
    "by": Text("Cách thay đổi", "How"),
    "low_million_vnd": Text("Khi ở P10 (triệu đồng)", "With it at P10 (million VND)"),
    "high_million_vnd": Text("Khi ở P90 (triệu đồng)", "With it at P90 (million VND)"),
    "main_pct": Text("Riêng nó (% phương sai)", "By itself (% of variance)"),
    "total_pct": Text("Kể cả tương tác (% phương sai)", "With interactions (% of variance)"),
    "planned_million_vnd": Text("Kế hoạch (triệu đồng)", "Planned (million VND)"),
    "allocated_million_vnd": Text("Giao (triệu đồng)", "Allocated (million VND)"),
    "spent_million_vnd": Text("Giải ngân (triệu đồng)", "Spent (million VND)"),
    "not_reported_million_vnd": Text("Chưa báo cáo (triệu đồng)", "Not reported (million VND)"),
    "planned_quantity": Text("Khối lượng kế hoạch", "Quantity planned"),
    "delivered_quantity": Text("Khối lượng thực hiện", "Quantity delivered"),
    "not_reported_quantity": Text("Khối lượng chưa báo cáo", "Quantity not reported"),
    "of_plan_pct": Text("So với kế hoạch (%)", "Of plan (%)"),
    "of_allocation_pct": Text("So với giao (%)", "Of allocation (%)"),
    "under_way": Text("Năm chưa kết thúc", "Year not over"),
    "note": Text("Ghi chú", "Note"),
    "unsplit_million_vnd": Text("Chưa tách được", "Not split"),
    "counterpart_million_vnd": Text("Vốn đối ứng (triệu đồng)", "Counterpart (million VND)"),
    "establishments": Text("Cơ sở", "Establishments"),
    "jobs": Text("Lao động", "Jobs"),
    "leverage": Text("Vốn đối ứng/1 đồng hỗ trợ", "Counterpart per VND of support"),
    "cost_million_vnd_per_establishment": Text(
        "Hỗ trợ/cơ sở (triệu đồng)", "Support per establishment (million VND)"
    ),
    "cost_million_vnd_per_job": Text(
        "Hỗ trợ/lao động (triệu đồng)", "Support per job (million VND)"
    ),
    "done_low": Text("Thực hiện, ít nhất", "Done, least"),
    "done_high": Text("Thực hiện, nhiều nhất", "Done, most"),
    "done_unit": Text("ĐVT thực hiện", "Unit done"),
    "done_pct": Text("Đạt (%)", "Done (%)"),
    "planned_cycle_million_vnd": Text(
        "Kế hoạch cả giai đoạn (triệu đồng)", "Planned, whole cycle (million VND)"
    ),
    "remaining_million_vnd": Text(
        "Kế hoạch các năm còn lại (triệu đồng)", "Planned, years to come (million VND)"
    ),
    "as_planned_million_vnd": Text(
        "Nếu các năm còn lại đúng kế hoạch (triệu đồng)", "If as planned (million VND)"
    ),
    "at_rate_million_vnd": Text(
        "Nếu giữ tỷ lệ như đến nay (triệu đồng)", "If at the rate so far (million VND)"
    ),
    "caught_up_million_vnd": Text("Nếu bù đủ (triệu đồng)", "If caught up (million VND)"),
    "needed_million_vnd_per_year": Text(
        "Cần mỗi năm để bù đủ (triệu đồng)", "Needed a year to catch up (million VND)"
    ),
    "best_year": Text("Năm giải ngân cao nhất", "Best year"),
    "best_year_million_vnd": Text(
        "Giải ngân năm cao nhất (triệu đồng)", "Spent in the best year (million VND)"
    ),
    "plausible": Text("Khả thi", "Plausible"),
}

VALUES = {
    "budget": Text("Kinh phí", "Money"),
    "quantities": Text("Khối lượng", "Quantities"),
    "narrative": Text("Phần lời", "Text"),
    "targets": Text("Chỉ tiêu", "Targets"),
    "error": Text("Lỗi", "Error"),
    "warning": Text("Cảnh báo", "Warning"),
    "note": Text("Ghi chú", "Note"),
    "year": Text("năm", "year"),
    "cycle": Text("cả giai đoạn", "cycle"),
    "class": Text("lớp", "class"),
    "round": Text("đợt", "round"),
    "agrees": Text("Khớp", "Agrees"),
    "exceeds": Text("Vượt mức tối thiểu", "Above the minimum"),
    "short": Text("Thiếu so với phần lời", "Short of the text"),
    "over": Text("Nhiều hơn phần lời", "Over the text"),
    "other_years": Text("Khác năm", "Other years"),
    "other_unit": Text("Khác đơn vị, không so được", "Another unit, not comparable"),
    "activity": Text("cùng tên, cùng nguồn", "the same title and source"),
    "crosswalk": Text("người lập kế hoạch ghi", "the planner's crosswalk"),
    "near_title": Text("tên gần giống", "a near title"),
    "ended": Text("kết thúc", "ended"),
    "new": Text("mới", "new"),
    "no_line": Text("Không có dòng kinh phí", "No budget line"),
    "minimum": Text("Được giữ làm mức tối thiểu", "Kept as a minimum"),
    "no_ceiling": Text(
        "Không thuộc mức trần nào, giữ như kế hoạch", "Under no ceiling, as planned"
    ),
    "amount": Text("Kinh phí", "Amount"),
    "quantity": Text("Khối lượng", "Quantity"),
    "unit_cost": Text("Đơn giá", "Unit cost"),
    "set": Text("đặt bằng", "set to"),
    "multiply": Text("nhân với", "multiplied by"),
    "add": Text("cộng thêm", "added to"),
    "grow_pct": Text("tăng % mỗi năm", "grown by % a year"),
    "done": Text("Đạt kế hoạch", "On plan"),
    "slow": Text("Chậm", "Slow"),
    "behind": Text("Chậm nhiều", "Far behind"),
    "not_reported": Text("Chưa báo cáo", "Not reported"),
    "unplanned": Text("Ngoài kế hoạch", "Outside the plan"),
    "not_carried_out": Text("Không thực hiện", "Not carried out"),
    "under_way": Text("Đang thực hiện", "Under way"),
    "reached": Text("Đã đạt", "Reached"),
    "not_yet": Text("Chưa đạt", "Not yet"),
}

#: What names say in the frames of a review, and not, or not so, in those of a plan.
IN_REVIEW = {
    "status": Text("Tình trạng", "Status"),
    "over": Text("Vượt kế hoạch", "Over the plan"),
    "new_million_vnd": Text("Ngoài kế hoạch", "Outside the plan"),
    "ended_million_vnd": Text("Không thực hiện", "Not carried out"),
    "target_id": Text("Mã chỉ tiêu", "Target id"),
    "line_unit": Text("ĐVT của dòng", "Unit of the line"),
    "years": Text("Các năm", "Years"),
}
#: Each of a review's frames whose words differ has one of these columns.
_OF_REVIEW = {"of_plan_pct", "unsplit_million_vnd", "done_pct"}


def labels(plan: Plan, of: str, lang: str = "vi") -> dict[str, str]:
    """What the plan calls its sources, lines or activities.

    Parameters
    ----------
    plan : Plan
    of : {"source", "line", "activity"}
    lang : {"vi", "en"}

    Returns
    -------
    dict
        Identifier to title, in the document's order. A title without English stays Vietnamese.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> labels(kc.load_plan("2021-2025"), "source", "en")
    {'local': 'Local funds', 'national': 'National funds'}
    """
    frame = plan.sources if of == "source" else plan.lines
    titles = frame[Text("label_vi", "label_en")[lang]].fillna(frame["label_vi"])
    return dict(zip(frame[of], titles, strict=True))


def citation(plan: Plan, lang: str = "vi") -> str:
    """The source note of every table and chart; of a variant, its name and what it departs from.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> citation(kc.load_plan("2021-2025"))
    'Nguồn: Quyết định số 470/QĐ-UBND ngày 08/4/2020'
    """
    if plan.variant:
        variant = f"{Text('Phương án', 'Variant')[lang]}: {plan.variant[lang]}"
        if not plan.number:
            return variant
        origin = citation(replace(plan, variant=None), lang).partition(": ")[2]
        return f"{variant}; {Text('gốc', 'from')[lang]}: {origin}"
    if not plan.number:
        plan_of = Text(f"kế hoạch {plan.cycle}", f"the plan for {plan.cycle}")[lang]
        return f"{Text('Nguồn', 'Source')[lang]}: {plan.title or plan_of}"
    date = Text("", "")
    if day := plan.issued:
        # Official letters write single digits of days, and of January and February, with a zero.
        month = f"{day.month:02d}" if day.month < 3 else day.month
        date = Text(f" ngày {day.day:02d}/{month}/{day.year}", f" of {day.day} {day:%B %Y}")
    decision = Text("Nguồn: Quyết định số", "Source: Decision")
    return f"{decision[lang]} {plan.number}{date[lang]}"


def present(frame: pd.DataFrame, plan: Plan, lang: str = "vi") -> pd.DataFrame:
    """A frame as a planner reads it: titles for identifiers, words for names, numbers written.

    Parameters
    ----------
    frame : DataFrame
        Any table of this package. Of two columns in two languages, one is kept.
    plan : Plan
        The plan that the frame comes from; it names sources, lines and activities.
    lang : {"vi", "en"}

    Returns
    -------
    DataFrame
        Text throughout, to be shown and not to be reckoned with.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> present(kc.amounts(plan), plan).iloc[0].tolist()
    ['2021', '2.950']
    """
    other = Text("_en", "_vi")[lang]
    columns, values = COLUMNS, VALUES
    if _OF_REVIEW & set(frame):
        columns, values = COLUMNS | IN_REVIEW, VALUES | IN_REVIEW
    missing = ""
    if "p50_million_vnd" in frame:
        missing = Text("tất cả", "all")[lang]
    elif "total_pct" in frame:  # one draw for all that a change speaks of
        missing = Text("chung", "shared")[lang]
    shown = {}
    for name in frame.columns:
        if name.endswith(other):
            continue
        column, name = frame[name], name.removesuffix(f"_{lang}")
        heading = columns.get(name, Text(name, name))[lang]
        if name in ("source", "other_source", "activity"):
            named = labels(plan, name.removeprefix("other_"), lang)
            shown[heading] = [named.get(value, value) for value in column.fillna(missing)]
        elif name == "unit" and lang == "en":
            english = dict(zip(plan.lines["unit"], plan.lines["unit_en"], strict=True))
            known = {unit: word for unit, word in english.items() if isinstance(word, str)}
            words = ("" if pd.isna(value) else value for value in column)
            shown[heading] = [known.get(unit, unit) for unit in words]
        elif name == "line" and "table" in frame:
            # What a finding says of a target, it says by the target's name.
            pairs = zip(frame["table"], column, strict=True)
            shown[heading] = ["" if table == "targets" else line for table, line in pairs]
        elif name in ("plan", "line", "year"):
            shown[heading] = [missing if pd.isna(value) else str(value) for value in column]
        elif name == "task":
            shown[heading] = ["" if pd.isna(value) else str(value) for value in column]
        elif name == "best_year":
            shown[heading] = ["–" if pd.isna(value) else f"{value:.0f}" for value in column]
        elif pd.api.types.is_bool_dtype(column):
            answers = {True: Text("có", "yes"), False: Text("không", "no")}
            shown[heading] = ["–" if pd.isna(value) else answers[value][lang] for value in column]
        elif pd.api.types.is_numeric_dtype(column):
            shown[heading] = _written(name, column, _decimals(name, column), lang)
        else:
            words = ("" if pd.isna(value) else value for value in column)
            shown[heading] = [values[value][lang] if value in values else value for value in words]
    return pd.DataFrame(shown)


def present_years(
    frame: pd.DataFrame, value: str, plan: Plan, lang: str = "vi", *, total: bool = False
) -> pd.DataFrame:
    """One figure of a frame as the appendices print it: a row a line, a column a year.

    Parameters
    ----------
    frame : DataFrame
        With year, ``value``, and at most one of line, source and activity.
    value : str
        The column to show.
    plan : Plan
    lang : {"vi", "en"}
    total : bool
        Whether a column adds up the years, and, of amounts, a row adds up the lines.

    Returns
    -------
    DataFrame
        Text throughout; a dash where the frame has nothing.

    Examples
    --------
    >>> import kc_analysis as kc
    >>> plan = kc.load_plan("2021-2025")
    >>> budget = kc.amounts(plan, ["line"])
    >>> present_years(budget, "amount_million_vnd", plan, total=True).iloc[1].tolist()[2:]
    ['–', '30', '–', '30', '–', '60']
    """
    decimals = _decimals(value, frame[value])
    key = next((name for name in ("line", "source", "activity") if name in frame), None)
    named = labels(plan, key, lang) if key else {}
    wide = frame.assign(all="").pivot(index=key or "all", columns="year", values=value)
    wide = wide.reindex(list(named)) if key else wide
    whole = Text("Tổng cộng", "Total")[lang]
    if total:
        wide[whole] = wide.sum(axis=1, min_count=1)
        if key and value.startswith("amount"):
            # Quantities of unlike units are never added up.
            wide.loc[whole] = wide.sum()
            named = {**named, whole: whole}
    shown = {}
    if key == "line":
        shown[COLUMNS["line"][lang]] = ["" if line == whole else line for line in named]
    if key:
        shown[COLUMNS["label" if key == "line" else key][lang]] = list(named.values())
    for year in wide:
        shown[str(year)] = _written(value, wide[year], decimals, lang)
    return pd.DataFrame(shown)


_OF_TARGETS = ("low", "high", "planned_low", "planned_high", "done_low", "done_high")
_ONE_DECIMAL = (
    "likeness_pct",
    "index", "chance_over_pct", "of_plan_pct", "of_allocation_pct", "done_pct",
    "needed_million_vnd_per_year", "cost_million_vnd_per_establishment", "cost_million_vnd_per_job",
)  # fmt: skip


def _decimals(name: str, column: pd.Series) -> int:
    """No decimals where all is whole; else as many as a quantity of that kind deserves."""
    if (column.dropna() % 1 == 0).all() or name == "hhi":
        return 0
    return 1 if name.endswith("_vnd") or name in _ONE_DECIMAL else 2


def _written(name: str, column: pd.Series, decimals: int, lang: str) -> list[str]:
    if name in _OF_TARGETS:  # each counts something else
        return ["–" if pd.isna(value) else write_number(value, lang) for value in column]
    sign = name.startswith(("change_", "real_change_", "growth_", "gap_"))
    return [format_number(value, lang, decimals, sign=sign) for value in column]
