"""Tables are whole, written in the planner's way, and escape what a document says."""

from dataclasses import replace

import kc_analysis as kc


def test_the_appendix_with_its_totals(plan):
    shown = kc.show_years(kc.amounts(plan, ["line"]), "amount_million_vnd", plan, total=True).frame
    assert shown.columns.tolist() == [
        "Dòng",
        "Nội dung",
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
        "Tổng cộng",
    ]
    assert shown.iloc[0].tolist()[2:] == ["600", "640", "750", "790", "836", "3.616"]
    assert shown.iloc[-1].tolist() == [
        "", "Tổng cộng", "2.950", "3.300", "3.680", "3.960", "4.356", "18.246",
    ]  # fmt: skip
    assert shown["Dòng"].tolist()[:-1] == plan.lines["line"].tolist()


def test_quantities_of_unlike_units_are_never_added_up(plan):
    shown = kc.show_years(plan.quantities, "quantity", plan, total=True).frame
    assert len(shown) == len(plan.lines)
    assert shown["Tổng cộng"].tolist() == ["21", "2", "5", "4", "2", "9", "15", "1", "2"]


def test_one_language_at_a_time(plan):
    findings = kc.check(plan)
    vi, en = (kc.show(findings, plan, lang).frame for lang in ("vi", "en"))
    assert len(vi.columns) == len(en.columns) == len(findings.columns) - 2
    assert "Cảnh báo" in set(vi["Mức"])
    assert "Warning" in set(en["Severity"])


def test_markup_in_a_title_is_escaped(plan):
    hostile = '<img src=x onerror="alert(1)">'
    lines = plan.lines.assign(label_vi=hostile)
    html = kc.show_years(
        kc.amounts(plan, ["line"]), "amount_million_vnd", replace(plan, lines=lines)
    )._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


def test_changes_carry_their_sign(plan):
    shown = kc.show(kc.growth(plan), plan).frame
    assert shown["Tăng trưởng (%)"].tolist() == ["–", "+11,86", "+11,52", "+7,61", "+10,00"]
