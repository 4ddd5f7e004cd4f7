"""A decision is taken in by the command alone, and the cycle then loads as any other."""

import hashlib
import re
import shutil

import pytest

import kc_analysis as kc
from kc_analysis.publishing.new_cycle import take_in
from kc_analysis.reading.cycle import home

NEXT = "2026-2030"


def five_years_on(text: str) -> str:
    """The decision as that of the next cycle: its years moved on, but not its own date."""
    text = re.sub(r"\b202([1-5])\b", lambda match: str(2025 + int(match[1])), text)
    return text.replace("470/QĐ-UBND", "99/QĐ-UBND").replace("năm 2020", "năm 2025")


@pytest.fixture
def received(tmp_path, extract, monkeypatch):
    """A home with the first cycle only, and the next one's decision as it came by mail."""
    raw = tmp_path / "home" / "data" / "raw"
    shutil.copytree(home() / "data" / "raw", raw)
    monkeypatch.setenv("KC_HOME", str(tmp_path / "home"))
    path = tmp_path / "Quyết định 99.txt"
    text = five_years_on(extract).replace("Tổ chức Hội chợ cấp vùng", "Sản xuất sạch hơn")
    path.write_text(text, encoding="utf-8")
    return path


def test_the_folder_is_made_and_loads(received):
    taken = take_in(NEXT, received)
    assert kc.cycles() == ["2021-2025", NEXT]
    assert (taken.folder / received.name).read_bytes() == received.read_bytes()
    source = kc.load_source(NEXT)
    assert source["sha256"] == hashlib.sha256(received.read_bytes()).hexdigest()
    assert (source["number"], source["date"].year) == ("99/QĐ-UBND", 2025)
    plan = kc.load_plan(NEXT)
    assert (plan.cycle, plan.number) == (NEXT, "99/QĐ-UBND")
    assert plan.budget["amount_million_vnd"].sum() == 18246
    assert plan.targets.empty


def test_how_its_tables_are_read_may_be_put_right(received):
    layout = take_in(NEXT, received).folder / "layout.toml"
    text = layout.read_text(encoding="utf-8")
    assert 'heading = "Năm 2026", role = "value", year = 2026' in text
    layout.write_text(text.replace('"Hỗ trợ ứng dụng', '"Ứng dụng'), encoding="utf-8")
    with pytest.raises(kc.DataError, match=r"layout\.toml, bảng “dòng 23”, hàng 2"):
        kc.load_plan(NEXT)


def test_english_titles_come_from_the_last_cycle_where_it_has_them(received):
    taken = take_in(NEXT, received)
    titles = kc.load_plan(NEXT).lines.set_index("line")["label_en"]
    assert titles["I.1"] == "Machinery and equipment support"
    assert not isinstance(titles["II.3"], str)
    assert any("II.3" in text.en and "English titles" in text.en for text in taken.to_fill)


def test_what_differs_is_told(received):
    taken = take_in(NEXT, received)
    matched = taken.matched.set_index("old_line")
    assert matched.loc["II.3", "how"] == "ended"
    assert taken.matched.query("new_line == 'II.3'")["how"].item() == "new"
    assert taken.differences == []
    assert "error" not in set(taken.findings["severity"])


def test_other_sources_units_and_years_are_told(received):
    text = received.read_text(encoding="utf-8").replace("Hội chợ\n|", "Lượt\n|")
    received.write_text(text.replace("quốc gia", "quốc tế"), encoding="utf-8")
    told = [text.en for text in take_in(NEXT, received).differences]
    assert any("a new source" in text for text in told)
    assert "no longer a source: national" in told
    assert "line I.3 counts “Lượt” instead of “Hội chợ”" in told


def test_what_the_document_does_not_tell_is_marked_to_fill_in(received):
    text = received.read_text(encoding="utf-8")
    received.write_text(text.replace("Số: 99/QĐ-UBND", ""), encoding="utf-8")
    taken = take_in(NEXT, received)
    assert any(text.en.startswith("source.toml: number") for text in taken.to_fill)
    source = taken.folder / "source.toml"
    assert 'number = "" # điền vào đây / fill in' in source.read_text(encoding="utf-8")
    filled = source.read_text(encoding="utf-8").replace('number = ""', 'number = "99/QĐ-UBND"')
    source.write_text(filled, encoding="utf-8")
    assert kc.load_plan(NEXT).number == "99/QĐ-UBND"


@pytest.mark.parametrize(
    ("cycle", "message"),
    [
        ("2021-2025", "a cycle that is not there yet"),
        ("../2026", "a cycle such as 2026-2030"),
        ("2027-2031", "expected the years 2027-2031, found 2026-2030"),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing_behind(received, cycle, message):
    before = sorted((home() / "data").rglob("*"))
    with pytest.raises(kc.DataError, match=message):
        take_in(cycle, received)
    assert sorted((home() / "data").rglob("*")) == before


def test_a_document_that_cannot_be_read_leaves_nothing_behind(received):
    received.write_text("không có bảng nào", encoding="utf-8")
    with pytest.raises(kc.DataError):
        take_in(NEXT, received)
    assert kc.cycles() == ["2021-2025"]
