"""A decision's number, date and issuer: from its head, or as its appendix names it."""

from datetime import date

import pytest

HEAD = """ỦY BAN NHÂN DÂN
TỈNH CAO BẰNG
Số: 512/QĐ-UBND
Cao Bằng, ngày 10/4/2025
Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012;
"""
ATTACHED = "(Kèm theo Quyết định số 512/QĐ-UBND ngày 10/4/2025 của UBND tỉnh Cao Bằng)\n"
TITLED = "Quyết định số 512/QĐ-UBND ngày 10 tháng 4 năm 2025 của Ủy ban nhân dân tỉnh Cao Bằng\n"


def with_head(extract: str, head: str) -> str:
    return head + extract[extract.index("III. Nguồn kinh") :]


@pytest.mark.parametrize("head", [HEAD, ATTACHED, TITLED])
def test_number_and_date(read, extract, head):
    plan = read(with_head(extract, head))
    assert (plan.number, plan.issued) == ("512/QĐ-UBND", date(2025, 4, 10))


def test_the_date_of_a_decree_that_is_cited_is_not_the_decisions(read, extract):
    plan = read(with_head(extract, HEAD.replace("ngày 10/4/2025", "ngày … tháng 4 năm 2025")))
    assert plan.issued is None


def test_no_such_day(read, extract):
    assert read(with_head(extract, HEAD.replace("10/4", "31/2"))).issued is None


def test_two_sections_of_one_source_are_told(read, extract):
    plan = read(extract.replace("công quốc gia", "công địa phương huyện"))
    assert plan.sources["source"].tolist() == ["local"]
    assert "one-source-twice" in [note.rule for note in plan.notes]
