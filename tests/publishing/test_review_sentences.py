"""The sentences of a review say what its figures say, and nothing of what is not reported."""

import re
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from midterm.made_up import PLAN, ROWS, actuals

from kc_analysis.midterm.review import Review, review
from kc_analysis.midterm.status import THRESHOLDS
from kc_analysis.numerals import format_number, write_number
from kc_analysis.publishing import review_sentences as sentences
from kc_analysis.publishing.report.recommendations import RULES, recommendations

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
ENGLISH = re.compile(r"\b(?:the|of|and|planned|spent|reported|year|line)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def later(plan=PLAN, years=5):
    """The same plan in another cycle."""
    first, last = plan.years[0] + years, plan.years[-1] + years
    return replace(
        plan,
        cycle=f"{first}-{last}",
        budget=plan.budget.assign(year=plan.budget["year"] + years),
        quantities=plan.quantities.assign(year=plan.quantities["year"] + years),
        targets=plan.targets.iloc[:0],
    )


def with_third_source(plan=PLAN):
    """The same plan with a line of a third source, which an odd amount goes to."""
    source = {"source": "matching", "number": "III", "label_vi": "Vốn xã hội hóa"}
    line = plan.lines.iloc[[0]].assign(line="III.1", source="matching", label_vi="Thí điểm")
    line, source["label_en"] = line.assign(label_en="Pilots"), "Social funds"
    key = {"line": "III.1", "source": "matching", "activity": line["activity"].item()}
    money = pd.DataFrame([key | {"year": 2022, "amount_million_vnd": 100.5}])
    work = pd.DataFrame([key | {"unit": "Đề án", "year": 2022, "quantity": 1.0}])
    return replace(
        plan,
        sources=pd.concat([plan.sources, pd.DataFrame([source])], ignore_index=True),
        lines=pd.concat([plan.lines, line], ignore_index=True),
        budget=pd.concat([plan.budget, money], ignore_index=True),
        quantities=pd.concat([plan.quantities, work], ignore_index=True),
    )


def as_planned(plan=PLAN, until=2023):
    """Rows that report everything as it was planned."""
    cells = plan.budget.merge(plan.quantities, how="left")
    return {
        (row.line, row.year): (
            row.amount_million_vnd,
            row.amount_million_vnd,
            row.quantity,
            1,
            1,
            1,
        )
        for row in cells[cells["year"] <= until].itertuples()
    }


ONE = {("I.1", 2021): (600, 540, 3, None, None, None)}
THIRD = with_third_source()
REVIEWS = {
    "made up": review(PLAN, actuals()),
    "another cycle": review(
        later(),
        actuals({(i, y + 5): row for (i, y), row in ROWS.items()}, date(2028, 12, 31), later()),
    ),
    "three sources": review(
        THIRD, actuals(ROWS | {("III.1", 2022): (100.5, 90.25, 1, 7, 1, 1)}, plan=THIRD)
    ),
    "as planned": review(PLAN, actuals(as_planned())),
    "one figure": review(PLAN, actuals(ONE)),
    "a year under way": review(PLAN, actuals(as_of=date(2023, 6, 30))),
    "the second year under way": review(PLAN, actuals(ONE, date(2022, 6, 30))),
    "the whole cycle": review(PLAN, actuals(as_planned(until=2025), date(2025, 12, 31))),
    "only outside the plan": review(
        PLAN, actuals({("I.2", 2021): (None, 25, None, None, None, None)}, date(2021, 12, 31))
    ),
}


def every(about, lang):
    """Each text that the package makes of a review, by name."""
    by = {
        f"results by {name}": sentences.results(about, name, lang)
        for name in ("source", "line", "year")
    }
    names = ("summary", "origin", "not_reported", "causes", "effects", "targets", "outlook")
    said = {name: getattr(sentences, name)(about, lang) for name in names}
    return (
        by
        | said
        | {
            "thresholds": sentences.thresholds(lang),
            "recommendations": recommendations(about, lang),
        }
    )


def figures(about, lang):
    """Every figure of a review, as it may be written."""
    frames = [getattr(about, field.name) for field in fields(Review)]
    frames = [frame for frame in frames if isinstance(frame, pd.DataFrame)]
    frames.append(about.variance.sum(numeric_only=True).to_frame())
    values = {
        abs(float(value))
        for frame in frames
        for value in frame.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan).ravel()
        if not np.isnan(value)
    }
    values |= {*THRESHOLDS.values(), len(about.targets), *about.targets["status"].value_counts()}
    written = {format_number(v, lang, decimals) for v in values for decimals in (0, 1, 2)}
    return (
        written | {write_number(value, lang) for value in values} | set(map(str, about.plan.years))
    )


def plain(text, about):
    """A text without what is printed elsewhere: numbers of lines and decisions, days, files."""
    for known in (
        about.plan.number,
        *about.actuals.plan.origin["file"].unique(),
        *about.plan.lines["label_vi"],
        *about.plan.lines["label_en"],
        *about.targets["what_vi"],
        *about.targets["what_en"],
    ):
        text = text.replace(known, "")
    day = r"\b\d{1,2}/\d{1,2}/\d{4}\b|\b\d{1,2} [A-Z][a-z]+ \d{4}\b"
    return re.sub(rf"\b[IVX]+\.\d+\b|{day}", "", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("about", REVIEWS.values(), ids=REVIEWS)
def test_every_number_is_one_of_the_figures(about, lang):
    known = figures(about, lang)
    for name, text in every(about, lang).items():
        assert set(NUMBER.findall(plain(text, about))) <= known, name


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("about", REVIEWS.values(), ids=REVIEWS)
def test_sentences_are_whole_and_in_one_language(about, lang):
    other = VIETNAMESE if lang == "en" else ENGLISH
    for name, text in every(about, lang).items():
        assert text.endswith("."), name
        assert not other.search(text.replace("QĐ-UBND", "")), name
        assert not re.search(r"\b[Nn]a[Nn]\b|<NA>|None", text), name
        # A dash stands between the ends of a range, never for a figure that is missing.
        assert not re.search(r"(?<!\d)–|–(?!\d)", text), name
        assert "  " not in text and "()" not in text and " ." not in text, name


def test_what_was_spent():
    said = sentences.summary(REVIEWS["made up"])
    assert said.startswith("Đến ngày 31/12/2023, đã giải ngân **6.187 triệu đồng** trên **9.930 ")
    assert "**87,5%** kế hoạch của phần đã báo cáo và 96,0% kinh phí được giao" in said
    assert "Khuyến công quốc gia: 4.100 triệu đồng (83,7% kế hoạch)" in said
    assert "thấp nhất là Xây dựng mô hình trình diễn kỹ thuật (II.1): 80,0%" in said
    assert "Chưa có báo cáo về **2.860 triệu đồng** kế hoạch" in said


def test_what_is_known_in_full_is_not_called_partial():
    about = REVIEWS["as planned"]
    assert "**100.0%** of the plan and 100.0% of the allocation." in sentences.summary(about, "en")
    assert "reported" not in sentences.summary(about, "en")
    assert sentences.not_reported(about, "en") == "All of the plan due is reported on."
    assert sentences.causes(about, "en") == "Of what is reported, spending is on the plan."
    assert "at the rate so far (100.0% of the plan)" in sentences.outlook(about, "en")


def test_a_rate_over_a_part_says_so():
    # Line I.2 spent nothing of its 30; the 25 that it spent were never allocated.
    said = sentences.results(REVIEWS["made up"], "line", "en")
    assert "**83.3%** of the plan and 0.0% of the allocation (where both are reported)" in said
    assert "**96.1%** of the plan and 98.6% of the allocation; projects: 11 delivered" in said


def test_a_line_of_which_nothing_is_known_has_no_figure_but_its_plan():
    said = sentences.results(REVIEWS["made up"], "line", "en")
    assert "(I.4)**: planned 100 million VND; spending not reported." in said
    said = sentences.not_reported(REVIEWS["made up"], "en")
    assert "(I.4): 2022 (50 million VND) and 2023 (50 million VND)." in said


def test_causes_are_those_of_the_figures():
    said = sentences.causes(REVIEWS["made up"]).splitlines()
    assert said[0] == (
        "Tính trên phần đã báo cáo, giải ngân thấp hơn kế hoạch 883 triệu đồng (khối lượng −800; "
        "đơn giá −78; thực hiện ngoài kế hoạch +25; không thực hiện −30)."
    )
    assert len(said) == 4
    assert "(II.1): giải ngân thấp hơn kế hoạch 800 triệu đồng (khối lượng −800)." in said[3]


def test_notes_of_the_workbook_are_quoted():
    told = actuals()
    first = told.indicators.index == 0
    noted = told.indicators.assign(note=np.where(first, "Cắt giảm\ntrong năm", None))
    said = sentences.causes(review(PLAN, replace(told, indicators=noted)))
    assert "(đơn giá −78). Ghi chú của đơn vị: 2021: “Cắt giảm trong năm”." in said


def test_one_and_several():
    said = sentences.effects(REVIEWS["three sources"], "en")
    assert "Social funds: 7 million VND of counterpart capital" in said
    assert "1 establishment, 90.2 million VND of support for each; 1 job," in said
    assert "7 establishments" in said and "77 jobs" in said
    one = replace(REVIEWS["made up"], targets=REVIEWS["made up"].targets.iloc[:1])
    assert sentences.targets(one, "en").startswith("Of the plan's 1 target,")


def test_effects_that_are_not_reported():
    said = sentences.effects(REVIEWS["one figure"], "en")
    assert said == "Counterpart capital, establishments and jobs are not reported."


def test_targets():
    said = sentences.targets(REVIEWS["made up"])
    assert "đã báo cáo 4 mô hình; chỉ tiêu 9 mô hình; đạt 44,4%." in said
    assert "đã báo cáo 6,187 tỷ đồng; chỉ tiêu 18,246 tỷ đồng; đạt 33,9%." in said
    assert sentences.targets(REVIEWS["another cycle"], "en") == "The plan has no targets."


def test_outlook():
    said = sentences.outlook(REVIEWS["made up"])
    assert "**14.503 triệu đồng** nếu các năm còn lại thực hiện đúng kế hoạch" in said
    assert "mỗi năm còn lại phải giải ngân 6.029,5 triệu đồng" in said
    assert "năm cao nhất (2022) giải ngân 3.252 triệu đồng: khó có thể đạt được" in said
    assert "Có thể bù đủ: Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu (I.2)." in said
    assert "Phần kế hoạch chưa báo cáo được coi là chưa giải ngân." in said


def test_a_cycle_that_is_over_has_no_outlook():
    said = sentences.outlook(REVIEWS["the whole cycle"], "en")
    assert said.startswith("The plan of the whole cycle 2021–2025 is **18,246 million VND**;")
    assert "years to come" not in said and "each year" not in said


def test_a_year_under_way_is_said_to_be():
    assert "The year 2023 is not over" in sentences.summary(REVIEWS["a year under way"], "en")
    assert "not over" not in sentences.summary(REVIEWS["made up"], "en")


def test_thresholds_are_the_review_s():
    said = sentences.thresholds()
    assert said.count("%") == 2 * len(THRESHOLDS) - 2
    assert "dưới 80% là chậm nhiều; từ 80% đến dưới 95% là chậm" in said


def test_recommendations_follow_the_figures():
    said = recommendations(REVIEWS["made up"], "en")
    assert "(I.4): 100 million VND" in said.splitlines()[0]
    assert "Regularise" in said and "(I.2), 2023: 25 million VND" in said
    assert "(II.1): 2,000 million VND against 1,600 million VND" in said
    assert "unit costs where they have raised" not in said
    dear = {("I.1", 2021): (600, 690, 3, None, None, None)}
    assert "(I.1): 90 million VND" in recommendations(review(PLAN, actuals(dear)), "en")
    slow = {("II.1", 2021): (1600, 800, 1, None, None, None)}
    assert "reallocate" in recommendations(review(PLAN, actuals(slow, date(2021, 12, 31))), "en")
    done = recommendations(REVIEWS["the whole cycle"], "en")
    assert done == "The figures ask for nothing."


def test_each_rule_can_hold():
    held = {
        rule.asks.en
        for about in REVIEWS.values()
        for rule in RULES
        if rule.holds(getattr(about, rule.frame)).any()
    }
    dear = review(PLAN, actuals({("I.1", 2021): (600, 690, 3, None, None, None)}))
    slow = review(PLAN, actuals({("II.1", 2021): (1600, 800, 1, None, None, None)}))
    for about in (dear, slow):
        held |= {rule.asks.en for rule in RULES if rule.holds(getattr(about, rule.frame)).any()}
    assert len(held) == len(RULES)
