"""The 2021-2025 decision, figure by figure, as read by eye from the printed appendices."""

import datetime
import hashlib
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from support import EXTRACT, assert_same_plan

import kc_analysis as kc

# Copied by hand from Appendix 1 and Appendix 2: the years 2021 to 2025, then the total.
BUDGET = {
    "I": (750, 800, 880, 960, 1056, 4446),
    "I.1": (600, 640, 750, 790, 836, 3616),
    "I.2": (None, 30, None, 30, None, 60),
    "I.3": (70, 80, 80, 90, 90, 410),
    "I.4": (None, 50, 50, 50, 50, 200),
    "I.5": (80, None, None, None, 80, 160),
    "II": (2200, 2500, 2800, 3000, 3300, 13800),
    "II.1": (1600, 1600, 800, 1600, 1600, 7200),
    "II.2": (600, 900, 900, 900, 1200, 4500),
    "II.3": (None, None, 1100, None, None, 1100),
    "II.4": (None, None, None, 500, 500, 1000),
    "III": (2950, 3300, 3680, 3960, 4356, 18246),
}
QUANTITIES = {
    "I.1": (3, 4, 4, 5, 5, 21),
    "I.2": (None, 1, None, 1, None, 2),
    "I.3": (1, 1, 1, 1, 1, 5),
    "I.4": (None, 1, 1, 1, 1, 4),
    "I.5": (1, None, None, None, 1, 2),
    "II.1": (2, 2, 1, 2, 2, 9),
    "II.2": (2, 3, 3, 3, 4, 15),
    "II.3": (None, None, 1, None, None, 1),
    "II.4": (None, None, None, 1, 1, 2),
}
UNITS = ["Đề án", "Đề án", "Hội chợ", "Đề án", "Chuyến", "Mô hình", "Đề án", "Hội chợ", "Cụm"]


def numbers(plan, table):
    """Every number of one table, by line and year, from the three frames that share them."""
    part, value = {
        "budget": (plan.budget, "amount_million_vnd"),
        "quantities": (plan.quantities, "quantity"),
    }[table]
    found = {(row.line, row.year): getattr(row, value) for row in part.itertuples()}
    totals = plan.printed[plan.printed["table"] == table]
    for row in totals.itertuples():
        found[row.line, None if row.year is pd.NA else row.year] = row.value
    return found


@pytest.mark.parametrize(("table", "printed"), [("budget", BUDGET), ("quantities", QUANTITIES)])
def test_every_printed_number_is_read(plan, table, printed):
    expected = {
        (line, year): value
        for line, values in printed.items()
        for year, value in zip((2021, 2022, 2023, 2024, 2025, None), values, strict=True)
        if value is not None
    }
    assert numbers(plan, table) == expected


def test_the_tables_hold_98_numbers_and_the_text_three(plan):
    assert plan.origin["table"].value_counts().to_dict() == {
        "budget": 58,
        "quantities": 40,
        "narrative": 3,
    }


def test_the_sums_of_section_three_are_in_million(plan):
    stated = plan.printed[plan.printed["table"] == "narrative"].set_index("line")["value"]
    assert stated.to_dict() == {"I": 4446.0, "II": 13800.0, "III": 18246.0}


def test_lines_units_and_sources(plan):
    assert plan.lines["line"].tolist() == [line for line in BUDGET if "." in line]
    assert plan.lines["unit"].tolist() == UNITS
    assert plan.lines["source"].tolist() == ["local"] * 5 + ["national"] * 4
    assert plan.lines["label_en"].notna().all()
    assert plan.lines["unit_en"].notna().all()
    by_line = plan.lines.set_index("line")["activity"]
    assert by_line["I.1"] == by_line["II.2"]
    assert by_line.nunique() == 8


def test_the_letterhead(plan):
    assert plan.number == "470/QĐ-UBND"
    assert plan.issued == datetime.date(2020, 4, 8)
    assert plan.issuer == "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"
    assert plan.cycle == "2021-2025"
    assert plan.title.endswith("CAO BẰNG GIAI ĐOẠN 2021 - 2025")


def test_every_number_is_found_where_its_origin_says(plan, extract):
    lines = extract.split("\n")
    for row in plan.origin.itertuples():
        at = int(row.place_en.removeprefix("line "))
        assert row.place_vi == f"dòng {at}"
        assert row.printed in lines[at - 1]
        assert row.file == EXTRACT.name


def test_trace_gives_the_text_as_printed(plan):
    assert kc.trace(plan, line="I", year=2025)["printed"].tolist() == ["1.056"]
    assert kc.trace(plan, line="III", year=2024)["printed"].tolist() == ["3960"]
    assert kc.trace(plan, line="I.2", year=2022)["printed"].tolist() == ["30", "01"]
    assert len(kc.trace(plan)) == 101
    assert kc.trace(plan, line="I.2", year=2021).empty


def test_the_unit_is_inferred_and_says_from_what(plan):
    (note,) = (finding for finding in plan.notes if finding.rule == "unit-inferred")
    assert "18,246 tỷ đồng" in note.message.vi
    assert "18.246" in note.message.vi
    assert note.place.vi == f"{EXTRACT.name}, dòng 13"
    source = kc.load_source("2021-2025")
    assert source["unit"]["printed"] is False
    assert source["unit"]["amount"] in note.message.vi


def test_the_extract_is_the_file_whose_checksum_is_recorded():
    source = tomllib.loads((EXTRACT.parent / "source.toml").read_text(encoding="utf-8"))
    assert source["sha256"] == hashlib.sha256(EXTRACT.read_bytes()).hexdigest()


def test_the_whole_decision_gives_the_same_plan(extract, read):
    """The narrative around the tables changes nothing, with its own years and money."""
    letterhead, rest = extract.split("III. Nguồn kinh", 1)
    funds, appendices = rest.split("PHỤ LỤC 1", 1)
    whole = (
        letterhead
        + "QUYẾT ĐỊNH\nCăn cứ văn bản ngày 19 tháng 6 năm 2015;\nĐiều 1. Phê duyệt.\n|\n"
        + "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n|\nKẾ HOẠCH\nDự kiến mỗi năm mở 02 lớp\n(30- 40 học viên).\n"
        + "Kinh phí khuyến công địa phương năm 2020: 650 triệu đồng.\nIII. Nguồn kinh"
        + funds
        + "IV. Giải pháp\n1. Tiếp tục thực hiện trước ngày 30/8;\nPHỤ LỤC 1"
        + appendices
    )
    assert_same_plan(read(whole), read(extract))


def test_wrapped_cells_windows_line_ends_and_decomposed_letters(extract, read):
    import unicodedata

    wrapped = extract.replace("sản phẩm công nghiệp nông thôn", "sản phẩm công\nnghiệp nông thôn")
    assert wrapped != extract
    plain = read(extract)
    assert_same_plan(read(wrapped), plain)
    assert_same_plan(read(extract.replace("\n", "\r\n")), plain)
    assert_same_plan(read(unicodedata.normalize("NFD", extract)), plain)
    assert_same_plan(read(extract, encoding="utf-8-sig"), plain)


def test_years_sections_and_lines_are_read_never_assumed(read, extract):
    """Another cycle: years moved on, another source, the headings' other words."""
    other = re.sub(r"\b202([1-5])\b", lambda m: f"203{m[1]}", extract)
    other = (
        other.replace("\nTT\n", "\nSTT\n").replace("Năm 203", "203").replace("ĐVT", "Đơn vị tính")
    )
    plan = read(other)
    assert plan.cycle == "2031-2035"
    assert plan.budget["amount_million_vnd"].sum() == 18246
    third = other.replace("Kinh phí khuyến công quốc gia", "Vốn đối ứng của cơ sở").replace(
        "Khuyến công quốc gia", "Vốn đối ứng của cơ sở"
    )
    assert read(third).sources["source"].tolist() == ["local", "counterpart"]


def test_a_printed_unit_is_taken_before_any_inference(read, extract):
    printed = extract.replace("\nTT\n", "\n(Đơn vị tính: nghìn đồng)\nTT\n", 1)
    plan = read(printed)
    assert plan.budget["amount_million_vnd"].sum() == pytest.approx(18.246)
    assert not any(note.rule == "unit-inferred" for note in plan.notes)


def test_a_signature_after_the_last_table_is_text(read, extract):
    signed = extract + "Nơi nhận:\n- Như trên;\n|\nKT. CHỦ TỊCH\n|\n"
    assert_same_plan(read(signed), read(extract))


def test_load_plan_names_the_cycles_that_exist():
    with pytest.raises(kc.DataError, match="2021-2025"):
        kc.load_plan("2031-2035")
    with pytest.raises(kc.DataError):
        kc.load_plan("../2021-2025")


def test_a_changed_file_is_refused_with_both_checksums(tmp_path: Path, monkeypatch, extract):
    import shutil

    shutil.copytree(EXTRACT.parents[1], tmp_path / "data" / "raw")
    monkeypatch.setenv("KC_HOME", str(tmp_path))
    assert kc.load_plan("2021-2025").cycle == "2021-2025"
    copy = tmp_path / "data" / "raw" / "2021-2025" / EXTRACT.name
    copy.write_text(extract.replace("3.616", "3.617"), encoding="utf-8", newline="\n")
    with pytest.raises(kc.DataError) as error:
        kc.load_plan("2021-2025")
    recorded = kc.load_source("2021-2025")["sha256"]
    assert recorded in str(error.value)
    assert hashlib.sha256(copy.read_bytes()).hexdigest() in str(error.value)
