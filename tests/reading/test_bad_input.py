"""What cannot be read is refused: where, what was expected, what was found, all in one list."""

import re

import pytest
from support import assert_same_plan

import kc_analysis as kc
from kc_analysis.model import Trouble, same


def replace_line(text: str, number: int, new: str | None) -> str:
    """The text with one line (counted from 1) replaced, or left out."""
    lines = text.split("\n")
    lines[number - 1 : number] = [] if new is None else new.split("\n")
    return "\n".join(lines)


def place_of(plan, line, year, table=0):
    """The line of the file on which a number stands."""
    place = kc.trace(plan, line=line, year=year)["place_en"].iloc[table]
    return int(place.removeprefix("line "))


def troubles(read, text):
    with pytest.raises(kc.DataError) as error:
        read(text)
    return error.value


def errors(read, text) -> set[str]:
    """How severe the findings of what is read are; an error where it is refused."""
    try:
        return set(kc.check(read(text))["severity"])
    except kc.DataError:
        return {"error"}


def test_no_such_file(tmp_path):
    with pytest.raises(kc.DataError, match=r"nothing\.txt.*no such file"):
        kc.read_plan(tmp_path / "nothing.txt")


def test_a_folder(tmp_path):
    with pytest.raises(kc.DataError, match="folder"):
        kc.read_plan(tmp_path)


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file(read, text):
    assert "an empty file" in str(troubles(read, text))


def test_a_text_without_such_a_table(read):
    error = troubles(read, "Kính gửi: Sở Công Thương\n|\nNăm 2021\n|\n")
    assert "decision.txt: cần một bảng có tiêu đề và số" in str(error)


def test_another_encoding_is_named(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("Kế hoạch".encode("cp1258", errors="replace") + b"\xfd\xff")
    with pytest.raises(kc.DataError, match="encoding"):
        kc.read_plan(path)


def test_a_header_without_years(read, extract):
    error = troubles(read, re.sub(r"Năm 202\d", "Năm", extract))
    assert len([t for t in error.troubles if t.found.en == "it names no year"]) == 2


def test_a_year_twice(read, extract):
    error = troubles(read, extract.replace("Năm 2022", "Năm 2021", 1))
    assert "the year 2021 a second time" in error.in_language("en")
    assert "năm 2021 lần thứ hai" in error.in_language("vi")


@pytest.mark.parametrize("wrong", ["12x", "1.05", "1,056,7", "1.0567", "7 50", "٧٥٠"])
def test_a_number_that_is_none(read, extract, plan, wrong):
    at = place_of(plan, "I", 2021)
    (trouble,) = troubles(read, replace_line(extract, at, wrong)).troubles
    assert trouble.place.en == f"decision.txt, line {at}"
    assert trouble.found.vi == f"“{wrong}”"
    assert "1.250,5" in trouble.expected.vi


def test_a_full_stop_after_a_number_is_none_of_it(read, extract):
    assert_same_plan(read(extract.replace("\n4.446\n", "\n4.446.\n")), read(extract))


@pytest.mark.parametrize("line", ["I", "I.1", "I.3", "II.1", "III"])
def test_a_cell_too_few(read, extract, plan, line):
    at = place_of(plan, line, 2023)
    (trouble,) = troubles(
        read, replace_line(replace_line(extract, at + 1, None), at, None)
    ).troubles
    assert trouble.expected.en.startswith("8 cells in the row")
    assert trouble.found.en == "7 cells"


@pytest.mark.parametrize("line", ["I", "I.1", "I.3", "II.1", "III"])
def test_a_cell_too_many(read, extract, plan, line):
    at = place_of(plan, line, 2023)
    (trouble,) = troubles(read, replace_line(extract, at, "1\n|\n2")).troubles
    assert trouble.found.en == "9 cells"


def test_two_lines_of_one_number(read, extract):
    for times in (1, 2):
        other = extract.replace("\n2\n|\nBình chọn", "\n1\n|\nBình chọn", times)
        assert "error" in errors(read, other)


def test_a_line_without_a_section(read, extract):
    text = re.sub(r"I\n\|\nKinh phí khuyến công địa phương\n\|\n(?:[\d.]+\n\|\n){6}", "", extract)
    assert "error" in errors(read, text)


def test_only_one_of_the_two_tables(read, extract):
    found = str(troubles(read, extract.split("PHỤ LỤC 2")[0]))
    assert "1 of money (line 23), 0 of quantities" in found


def test_no_unit_and_nothing_to_infer_it_from(read, extract):
    error = troubles(read, extract.replace("tỷ đồng", ""))
    assert "a unit of money above the table" in str(error)


def test_all_troubles_come_at_once(read, extract, plan):
    text = replace_line(extract, place_of(plan, "I", 2021), "12x")
    text = replace_line(text, place_of(plan, "III", 2025), "1.05")
    error = troubles(read, text.replace("Chuyến\n|\n", "Chuyến\n|\n|\n"))
    assert {trouble.code for trouble in error.troubles} == {"no-number", "row-length"}
    assert len(error.troubles) == 3
    assert len(error.in_language("vi").splitlines()) == 3


def test_of_thousands_of_troubles_a_hundred_are_told_and_the_rest_counted():
    trouble = Trouble(*[same("x")] * 3)
    error = kc.DataError([trouble] * 1234)
    assert len(error.troubles) == 1234
    assert error.in_language("en").splitlines()[100:] == ["… and 1134 more"]
