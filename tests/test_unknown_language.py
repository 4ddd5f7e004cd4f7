"""A language that is neither of the two is refused: English marks never stand in Vietnamese."""

import inspect

import matplotlib
import pytest
from matplotlib import pyplot as plt

import kc_analysis as kc
from kc_analysis.numerals import write_number
from kc_analysis.publishing import report_outlook, report_results, review_sentences
from kc_analysis.publishing.actuals_form import write_actuals_form
from kc_analysis.publishing.annex import write_annex
from kc_analysis.publishing.appendices.excel import write_appendices_excel
from kc_analysis.publishing.appendices.word import write_appendices_word
from kc_analysis.publishing.report import write_report
from kc_analysis.publishing.report.recommendations import recommendations
from kc_analysis.publishing.workbook import write_workbook
from kc_analysis.rerun.cycle import run
from kc_analysis.rerun.papers import write_papers

matplotlib.use("Agg")

MODULES = (kc, kc.charts, kc.sentences)
PUBLIC = [getattr(module, n) for module in MODULES for n in dir(module) if not n.startswith("_")]
PUBLIC += [
    recommendations, report_outlook.outlook, report_outlook.targets, report_results.causes,
    report_results.not_reported, report_results.results, review_sentences.effects,
    review_sentences.origin, review_sentences.summary, review_sentences.thresholds, run,
    write_actuals_form, write_annex, write_appendices_excel, write_appendices_word, write_papers,
    write_report, write_workbook,
]  # fmt: skip
FUNCTIONS = dict.fromkeys(
    function
    for function in PUBLIC
    if inspect.isfunction(function) and "lang" in inspect.signature(function).parameters
)


@pytest.fixture(scope="module")
def known(plan, tmp_path_factory):
    """What the functions ask for, by name; a frame, by the name of the function that takes it."""
    norms, sure = kc.load_norms(), kc.load_scenario("uncertain-costs")
    cut = kc.load_scenario("national-cut")
    file = kc.raw_folder("2021-2025") / "actuals-example.xlsx"
    later = kc.draft_cycle(plan, "2026-2030", kc.Assumptions(3.3))
    both = kc.compare_cycles(plan, later, kc.match_lines(plan, later))
    parts = kc.decompose_growth(plan, 2021, 2025, by=[])
    return {
        "plan": plan, "later": later, "norms": norms, "findings": kc.check(plan), "parts": parts,
        "covered": kc.coverage(plan), "totals": kc.amounts(plan), "start": 2021, "end": 2025,
        "expected": 18246.0, "value": "amount_million_vnd", "by": "line", "pictures": {},
        "of": "line", "cycle": plan.cycle, "file": file,
        "review": kc.review(plan, kc.read_actuals(file)),
        "path": tmp_path_factory.mktemp("unknown") / "new",
        "budget": kc.amounts(plan, ["source"]),
        "comparison": kc.compare({"plan": plan}, by=["year"]),
        "concentration": kc.concentration(plan), "cost_change": kc.cycle_growth(both),
        "coverage": kc.coverage(plan), "cycle_series": both, "decomposition": parts,
        "decomposition_by_year": kc.decompose_years(plan),
        "fan": kc.ensemble(plan, sure, draws=100), "growth": kc.growth(plan),
        "headroom": kc.headroom(plan, norms), "shares": kc.shares(plan),
        "show": kc.amounts(plan), "show_years": kc.amounts(plan),
        "placement": kc.placement(plan, cut), "title": cut.title,
        "source_gaps": kc.source_gaps(plan, per="cycle"), "tornado": kc.sensitivity(plan, sure),
        "unit_costs": kc.unit_costs(plan),
    }  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_an_unknown_language_is_refused(function, known):
    asked = inspect.signature(function).parameters.values()
    names = [one.name for one in asked if one.default is one.empty and one.name != "lang"]
    given = {n: known[function.__name__ if n == "frame" else n] for n in names}
    if function in (kc.format_number, write_number):
        given["value"] = 1056.5
    with pytest.raises(ValueError, match='"vi" or "en" expected, "VI" found'):
        function(**given, lang="VI")
    plt.close("all")
