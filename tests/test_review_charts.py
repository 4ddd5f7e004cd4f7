import re
from dataclasses import replace
from datetime import date

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from midterm.made_up import PLAN, ROWS, actuals
from test_charts import assert_legible, shown, with_third_fund, words

import kc_analysis as kc
from kc_analysis import charts
from kc_analysis.charts.midterm import STATUSES, WORDS
from kc_analysis.midterm.review import review
from kc_analysis.midterm.status import THRESHOLDS
from kc_analysis.publishing.review_gallery import review_gallery
from kc_analysis.wording import present

matplotlib.use("Agg")

MADE_UP = review(PLAN, actuals())
NAMES = list(review_gallery(MADE_UP, "vi"))
every_chart = pytest.mark.parametrize("name", NAMES)
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])
FRAMES = [name for name, value in vars(MADE_UP).items() if hasattr(value, "columns")]


def draw(name, which=MADE_UP, lang="vi", **options):
    return review_gallery(which, lang)[name](**options)


def next_cycle():
    """The same plan and actuals, five years on, with a year that is not over."""
    later = replace(
        PLAN,
        cycle="2026-2030",
        number="999/QĐ-UBND",
        budget=PLAN.budget.assign(year=PLAN.budget["year"] + 5),
        quantities=PLAN.quantities.assign(year=PLAN.quantities["year"] + 5),
        targets=PLAN.targets.head(0),
    )
    rows = {(line, year + 5): figures for (line, year), figures in ROWS.items()}
    return review(later, actuals(rows, date(2028, 6, 30), later))


def three_funds():
    """Twenty lines of three funds, of some far more spent than planned, and of most nothing."""
    plan = with_third_fund()
    rows = ROWS | {
        ("III.1", 2024): (250, 1800.5, 2, 900, 2, 9),
        ("I.1", 2024): (900, 0, 0, 0, 0, 0),
    }
    return review(plan, actuals(rows, date(2025, 12, 31), plan))


def beyond_the_plan():
    """A line is carried out that the plan has not."""
    plan = replace(
        PLAN,
        lines=PLAN.lines[PLAN.lines["line"] != "I.3"],
        budget=PLAN.budget[PLAN.budget["line"] != "I.3"],
        quantities=PLAN.quantities[PLAN.quantities["line"] != "I.3"],
    )
    return review(plan, actuals())


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def lengths(container, upright=True):
    return [bar.get_height() if upright else bar.get_width() for bar in container]


def found(ax, label):
    """The bars of a legend's entry."""
    return next(bars for bars in ax.containers if bars.get_label() == label)


@pytest.mark.parametrize("by", ["year", "line"])
def test_bars_are_planned_and_spent(by):
    upright = by == "year"
    frame = MADE_UP.by_year if upright else MADE_UP.by_line
    ax = charts.plan_and_spent(MADE_UP, by=by)
    np.testing.assert_array_equal(
        lengths(found(ax, "Giải ngân"), upright), frame["spent_million_vnd"]
    )
    known = np.nan_to_num(lengths(found(ax, "Kế hoạch"), upright))
    missing = np.nan_to_num(lengths(found(ax, "Kế hoạch chưa báo cáo"), upright))
    np.testing.assert_array_equal(missing, frame["not_reported_million_vnd"])
    np.testing.assert_array_equal(known + missing, frame["planned_million_vnd"])
    gaps = np.nan_to_num(lengths(found(ax, "Cao hơn kế hoạch"), upright)) + np.nan_to_num(
        lengths(found(ax, "Thấp hơn kế hoạch"), upright)
    )
    np.testing.assert_array_equal(gaps, np.nan_to_num(frame["spent_million_vnd"] - known))
    assert found(ax, "Kế hoạch chưa báo cáo")[0].get_linestyle() == "--"
    assert to_hex(found(ax, "Kế hoạch")[0].get_facecolor()) == "#ffffff"


def test_the_difference_is_signed_and_hatched():
    ax = charts.plan_and_spent(MADE_UP)
    assert {"−860", "+2", "−25"} <= set(words(ax))
    assert all(bar.get_hatch() for bar in found(ax, "Thấp hơn kế hoạch"))
    assert not any(bar.get_hatch() for bar in found(ax, "Cao hơn kế hoạch"))


def test_years_say_what_is_not_reported_and_which_is_not_over():
    labels = charts.plan_and_spent(next_cycle(), lang="en").get_xticklabels()
    assert [label.get_text() for label in labels] == [
        "2026\nnot reported: 680",
        "2027\nnot reported: 50",
        "2028\nnot reported: 2,130\nunder way",
    ]


def test_execution_is_the_share_of_the_plan():
    ax = charts.execution(MADE_UP)
    bars = lengths(ax.containers[-1], upright=False)
    expected = [*MADE_UP.by_line["of_plan_pct"], MADE_UP.total["of_plan_pct"].item()]
    np.testing.assert_allclose(bars, expected)
    assert [int(label.get_text()) for label in ax.get_xticklabels()] == list(THRESHOLDS.values())
    texts = words(ax)
    assert "96,1%  ✓ Đạt kế hoạch" in texts
    assert "900/2.400, chưa báo cáo 1.500" in texts
    marks = ax.collections[0].get_offsets()
    assert marks[0][0] == pytest.approx(100 * 1940 / 1990)


def test_a_bar_too_long_ends_at_an_arrow():
    ax = charts.execution(three_funds())
    row = three_funds().by_line["line"].tolist().index("III.1")
    assert ax.containers[-1][row].get_width() == pytest.approx(ax.get_xlim()[1])
    arrows = ax.collections[1].get_offsets()
    assert row in arrows[:, 1].tolist()
    assert "718,8%  ▲ Vượt kế hoạch" in words(ax)


def test_what_is_not_reported_is_never_drawn_as_zero():
    unknown = MADE_UP.by_line["spent_million_vnd"].isna()
    for ax in (charts.plan_and_spent(MADE_UP, by="line"), charts.execution(MADE_UP)):
        spent = ax.containers[-1] if len(ax.containers) == 2 else found(ax, "Giải ngân")
        widths = np.array(lengths(spent, upright=False))[: len(unknown)]
        np.testing.assert_array_equal(np.isnan(widths), unknown)
    assert words(charts.execution(MADE_UP)).count("Chưa báo cáo") == unknown.sum() + 1
    moved = lengths(charts.leverage(MADE_UP).containers[0], upright=False)
    np.testing.assert_array_equal(np.isnan(moved), MADE_UP.effects_by_line["leverage"].isna())
    over = review(PLAN, actuals(as_of=date(2025, 12, 31)))
    spent = charts.outlook(over).lines[-1].get_ydata()
    np.testing.assert_array_equal(spent, [1410, 4662, 6187, np.nan, np.nan])


def test_the_map_has_a_tile_for_each_cell():
    ax = charts.execution_map(MADE_UP, lang="en")
    lines, years = MADE_UP.by_line["line"].tolist(), MADE_UP.by_year["year"].tolist()
    texts = {text.get_position(): text.get_text() for text in ax.texts}
    assert len(ax.patches) == len(MADE_UP.cells)
    for tile, cell in zip(ax.patches, MADE_UP.cells.itertuples(), strict=True):
        symbol, colour, hatch = STATUSES[cell.status]
        assert (to_hex(tile.get_facecolor()), tile.get_hatch() or "") == (colour, hatch)
        text = texts[years.index(cell.year), lines.index(cell.line)]
        assert text.startswith(symbol)
        if cell.spent_million_vnd > 0 < cell.planned_million_vnd:
            assert text.endswith(f"{cell.of_plan_pct:.1f}%")
    assert texts[2, 1] == "✚ 25 million VND"
    assert texts[1, 1] == "✗ Not carried out"
    assert texts[0, 4] == "? Not reported"
    keys = [text.get_text() for text in ax.get_legend().get_texts()]
    there = [name for name in STATUSES if (MADE_UP.cells["status"] == name).any()]
    assert keys == [f"{STATUSES[name][0]} {WORDS[name].en}" for name in there]


def test_statuses_are_told_apart_without_colour():
    assert len({symbol for symbol, _, _ in STATUSES.values()}) == len(STATUSES)


def test_the_variance_leads_from_plan_to_spent():
    ax = charts.variance(MADE_UP)
    heights = [bars[0].get_height() for bars in ax.containers]
    assert heights == [9930, -2860, 7070, -800, -78, 25, -30, 0, 6187]
    floors = [bars[0].get_y() for bars in ax.containers]
    tops = np.add(heights, floors)
    assert tops[1] == tops[2] == floors[3]
    assert tops[-2] == tops[-1]
    assert {"−2.860", "+25", "6.187"} <= set(words(ax))


def test_the_outlook_goes_where_the_frame_says():
    ax = charts.outlook(MADE_UP, lang="en")
    names = ["planned", "caught_up", "as_planned", "at_rate", "spent"]
    for line, name in zip(ax.lines, names, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), MADE_UP.path[f"{name}_million_vnd"])
    ends = {"Plan: 18,246", "Caught up: 18,246", "Spent: 6,187", "At the rate so far: 13,464"}
    assert ends <= set(words(ax))
    assert "6,030 million VND a year; the best year (2022): 3,252" in ax.get_xlabel()
    assert len({line.get_linestyle() + line.get_marker() for line in ax.lines}) == 5


def test_a_cycle_that_is_over_has_no_outlook():
    over = review(PLAN, actuals(as_of=date(2025, 12, 31)))
    assert len(charts.outlook(over).lines) == 2


def test_a_year_that_is_not_over_alone_tells_nothing_of_the_way():
    rows = {("I.1", 2022): ROWS["I.1", 2022]}
    ax = charts.outlook(review(PLAN, actuals(rows, date(2022, 6, 30))))
    assert not [text for text in words(ax) if text.startswith("Giải ngân:")]


@pytest.mark.parametrize("by", ["line", "source"])
def test_leverage_and_costs_are_written(by):
    frame = MADE_UP.effects_by_line if by == "line" else MADE_UP.effects_by_source
    ax = charts.leverage(MADE_UP, by=by, lang="en")
    np.testing.assert_array_equal(lengths(ax.containers[0], upright=False), frame["leverage"])
    texts = set(words(ax))
    assert {f"{value:.2f}" for value in frame["leverage"].dropna()} <= texts
    costs = frame["cost_million_vnd_per_establishment"].dropna()
    assert {f"{value:.1f}" for value in costs} <= texts
    assert "mean: 1.96" in texts


def test_targets_are_done_as_far_as_the_frame_says():
    ax = charts.targets(MADE_UP)
    frame = MADE_UP.targets.query("status not in ['other_unit', 'no_line']")
    drawn = np.nansum([lengths(bars, upright=False) for bars in ax.containers], axis=0)
    np.testing.assert_allclose(drawn, frame["done_pct"].fillna(0))
    assert frame["done_pct"].isna().sum() == 2
    assert any("Chưa báo cáo" in text for text in words(ax))
    assert "4 / 9 mô hình\nChưa đạt" in words(ax)
    below = ax.get_xlabel().replace("\n", " ")
    others = MADE_UP.targets.query("status == 'other_unit'")["what_vi"]
    assert all(what in below for what in others)
    assert "18 chỉ tiêu không có dòng kinh phí" in below


def test_the_gallery_leaves_targets_out_where_there_are_none():
    assert list(review_gallery(next_cycle(), "vi")) == NAMES[:-1]


@every_chart
@both_languages
def test_titles_and_both_sources_are_there(name, lang):
    ax = draw(name, lang=lang)
    years = "2021–2025" if name == "outlook" else "2021–2023"
    assert ax.get_title(loc="left").endswith(f", {years}")
    assert ax.get_xlabel().startswith(kc.citation(PLAN, lang))
    day = {"vi": "Số liệu thực hiện đến 31/12/2023", "en": "Actuals as of 31 December 2023"}
    assert day[lang] in ax.get_xlabel()
    assert any(text.startswith(("Đơn vị tính", "Unit")[lang == "en"]) for text in words(ax))


@every_chart
@both_languages
def test_made_up_figures_are_called_so_and_real_ones_are_not(name, lang):
    stamp = {"vi": "SỐ LIỆU MINH HOẠ", "en": "ILLUSTRATIVE FIGURES"}[lang]
    assert stamp in words(draw(name, lang=lang))
    real = review(PLAN, replace(actuals(), illustrative=False))
    texts = words(draw(name, real, lang))
    assert not [text for text in texts if re.search("minh hoạ|illustrative", text, re.IGNORECASE)]


@every_chart
def test_an_english_chart_speaks_no_vietnamese(name):
    texts = [text.replace("QĐ-UBND", "") for text in words(draw(name, lang="en"))]
    assert not [text for text in texts if re.search("[À-ɏẠ-ỹ]", text)]


@every_chart
@both_languages
@pytest.mark.parametrize(
    "which",
    [
        lambda: MADE_UP,
        *(
            pytest.param(w, marks=pytest.mark.deep)
            for w in (next_cycle, three_funds, beyond_the_plan)
        ),
    ],
)
def test_texts_neither_overlap_nor_leave_the_figure(name, lang, which):
    gallery = review_gallery(which(), lang)
    if name in gallery:
        ax = gallery[name]()
        assert_legible(ax)
        assert not [text for text in shown(ax) if re.search(r"\bnan\b|<NA>", text.get_text())]


@every_chart
def test_an_axes_that_is_given_is_drawn_into_and_nothing_global_changes(name):
    before = dict(matplotlib.rcParams)
    figure, ax = plt.subplots()
    assert draw(name, ax=ax) is ax
    assert figure.axes == [ax]
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("name", ["plan_and_spent_by_year", "execution_map"])
def test_saved_files_are_the_same_each_time(name, tmp_path):
    one, other = (charts.save(draw(name), tmp_path / stem) for stem in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.parametrize("name", FRAMES)
@both_languages
def test_every_frame_of_a_review_reads_in_one_language(name, lang):
    shown_frame = present(getattr(MADE_UP, name), PLAN, lang)
    texts = [*shown_frame, *shown_frame.to_numpy().ravel()]
    ids = {*MADE_UP.targets["target_id"], *MADE_UP.targets["where"]}
    texts = [text for text in texts if text not in ids]
    assert not [text for text in texts if "_" in text or text in ("nan", "<NA>", "None")]
    if lang == "en":
        units = {*PLAN.lines["unit"], *MADE_UP.targets["line_unit"].dropna()}
        spoken = [text for text in texts if text not in units]
        assert not [text for text in spoken if re.search("[À-ɏẠ-ỹ]", text)]


def test_a_review_says_over_of_the_plan_and_a_plan_of_its_text():
    assert present(MADE_UP.cells, PLAN, "en")["Status"][1] == "Over the plan"
    assert WORDS["over"].vi == "Vượt kế hoạch"
    covered = kc.coverage(PLAN).assign(status="over")
    assert set(present(covered, PLAN, "en")["Status"]) == {"Over the text"}
    variance = present(MADE_UP.variance, PLAN)
    assert {"Ngoài kế hoạch", "Không thực hiện", "Chưa tách được"} <= set(variance)
    outlook = present(MADE_UP.outlook_by_line, PLAN)
    assert outlook["Năm giải ngân cao nhất"].tolist()[2:4] == ["2022", "–"]
    assert outlook["Khả thi"].tolist()[:4] == ["không", "có", "không", "–"]
    assert "1,97" in present(MADE_UP.effects_by_line, PLAN)["Vốn đối ứng/1 đồng hỗ trợ"].tolist()
