"""Sentences say what the figures say, in one language at a time."""

import re
from dataclasses import replace

import pytest

import kc_analysis as kc
from kc_analysis.publishing import sentences

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def every(plan, lang):
    """Each sentence that the package makes, by name."""
    parts = kc.decompose_growth(plan, plan.years[0], plan.years[-1], by=[], cpi=kc.load_cpi())
    by_activity = kc.concentration(plan, "activity")
    return {
        "reconciliation": sentences.reconciliation(plan, kc.check(plan), lang),
        "coverage": sentences.coverage(kc.coverage(plan), lang),
        "growth": sentences.growth(kc.growth(plan), lang),
        "decomposition": sentences.decomposition(parts, plan.years[0], plan.years[-1], lang),
        "shares": sentences.shares(kc.shares(plan, per="cycle"), plan, lang=lang),
        "concentration": sentences.concentration(kc.concentration(plan), lang),
        "by_activity": sentences.concentration(by_activity, lang, of="activity"),
        "source_gaps": sentences.source_gaps(kc.source_gaps(plan, per="cycle"), plan, lang),
        "headroom": sentences.headroom(kc.headroom(plan, kc.load_norms()), lang),
    }


def test_figures_in_vietnamese(plan):
    said = every(plan, "vi")
    assert "từ 2.950 (2021) đến 4.356 triệu đồng (2025), bình quân +10,23%" in said["growth"]
    assert "nhanh nhất năm 2022 (+11,86%), chậm nhất năm 2024 (+7,61%)" in said["growth"]
    assert "+1.406,0 triệu đồng: do khối lượng +967,2" in said["decomposition"]
    assert (
        "do đơn giá −111,2, do dòng bắt đầu +550,0, do dòng kết thúc 0,0" in said["decomposition"]
    )
    assert "Theo giá năm 2021: thay đổi +870,3 triệu đồng" in said["decomposition"]
    assert "do đơn giá −521,8" in said["decomposition"]
    assert "HHI theo dòng là 3.782 năm 2021 (như 2,6 dòng bằng nhau)" in said["concentration"]
    assert "theo hoạt động là 4.609 năm 2021 (như 2,2 hoạt động" in said["by_activity"]
    assert "Khuyến công quốc gia 75,63%; Khuyến công địa phương 24,37%" in said["shares"]
    assert "172,19" in said["source_gaps"]
    assert "II.2: cao nhất 300,0" in said["headroom"]
    assert "đúng bằng mức" in said["headroom"]
    assert "II.4: mức 500" in said["headroom"]
    assert "không còn hiệu lực" in said["headroom"]
    assert said["reconciliation"].startswith("Đã đọc 98 số")


def test_english_sentences_are_english(plan):
    for name, text in every(plan, "en").items():
        # Instruments of law keep their Vietnamese names.
        plain = re.sub(r"\((?:Thông tư|Decree).*?\)", "", text)
        assert not VIETNAMESE.search(plain), (name, plain)


def test_prose_follows_the_figures(plan):
    budget = plan.budget.assign(amount_million_vnd=plan.budget["amount_million_vnd"] * 2)
    said = every(replace(plan, budget=budget), "vi")
    assert "từ 5.900 (2021) đến 8.712 triệu đồng" in said["growth"]
    assert "lỗi" in said["reconciliation"]
    assert "vượt mức" in said["headroom"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_notebook_shows_them_as_markdown(plan, lang):
    for text in every(plan, lang).values():
        assert text._repr_markdown_() == text
        assert "nan" not in text


def test_what_a_scenario_asks_places_and_leaves_is_said_in_both_languages():
    plan, cut = kc.load_plan("2021-2025"), kc.load_scenario("national-cut")
    placed = kc.placement(plan, cut)
    assert kc.sentences.placement(placed, cut.title) == (
        "Kinh phí quốc gia giảm một phần năm từ 2024: yêu cầu −1.260 triệu đồng; đã bố trí 4.700 "
        "trong 5.040; còn 340, không đủ cho một đơn vị nào (gần đủ nhất: II.2 năm 2024, thiếu 100)."
    )
    assert kc.sentences.placement(placed.iloc[:0], cut.title, "en").endswith("no change of money.")
