import re
from dataclasses import replace

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

import kc_analysis as kc
from kc_analysis import charts
from kc_analysis.charts.coverage import STATUSES
from kc_analysis.model import Text as Wording

matplotlib.use("Agg")

PLAN = kc.load_plan("2021-2025")
LINES = PLAN.lines["line"].tolist()
YEARS = list(PLAN.years)


def with_third_fund():
    """The plan with a third section of eleven lines: twenty lines in all, some with odd amounts."""
    new = pd.DataFrame(
        {
            "line": [f"III.{number}" for number in range(1, 12)],
            "source": "matching",
            "number": [str(number) for number in range(1, 12)],
            "activity": [f"pilot-{number}" for number in range(1, 12)],
            "label_vi": "Hỗ trợ mô hình thí điểm về áp dụng sản xuất sạch hơn",
            "label_en": "Cleaner production pilots in rural industry",
            "unit": "Mô hình",
            "unit_en": "model",
        }
    )
    source = {
        "source": "matching",
        "number": "III",
        "label_vi": "Vốn đối ứng",
        "label_en": "Matching funds",
    }
    keys = new[["line", "source", "activity"]].merge(pd.DataFrame({"year": YEARS}), how="cross")
    return replace(
        PLAN,
        sources=pd.concat([PLAN.sources, pd.DataFrame([source])], ignore_index=True),
        lines=pd.concat([PLAN.lines, new], ignore_index=True),
        budget=pd.concat([PLAN.budget, keys.assign(amount_million_vnd=250.5)], ignore_index=True),
        quantities=pd.concat(
            [PLAN.quantities, keys.assign(unit="Mô hình", quantity=2.0)], ignore_index=True
        ),
    )


def budget_by_source(plan, **options):
    return charts.budget(kc.amounts(plan, ["source"]), plan, **options)


def budget_by_line(plan, **options):
    return charts.budget(kc.amounts(plan, ["line"]), plan, **options)


def growth(plan, **options):
    return charts.growth(kc.growth(plan), plan, **options)


def growth_by_source(plan, **options):
    return charts.growth(kc.growth(plan, ["source"]), plan, **options)


def shares_by_source(plan, **options):
    return charts.shares(kc.shares(plan, "source"), plan, **options)


def shares_by_line(plan, **options):
    return charts.shares(kc.shares(plan, "line"), plan, **options)


def unit_costs(plan, **options):
    norms = kc.headroom(plan, kc.load_norms())
    return charts.unit_costs(kc.unit_costs(plan), plan, norms=norms, **options)


def decomposition(plan, **options):
    years = {"start": 2021, "end": 2025}
    parts = kc.decompose_growth(plan, **years, by=[])
    return charts.decomposition(parts, plan, totals=kc.amounts(plan), **years, **options)


def decomposition_in_both_prices(plan, **options):
    years = {"start": 2021, "end": 2025}
    parts = kc.decompose_growth(plan, **years, by=[], cpi=kc.load_cpi())
    return charts.decomposition(parts, plan, totals=kc.amounts(plan), **years, **options)


def decomposition_by_year(plan, **options):
    return charts.decomposition_by_year(kc.decompose_years(plan), plan, **options)


def coverage(plan, **options):
    return charts.coverage(kc.coverage(plan), plan, **options)


CUT = kc.load_scenario("national-cut")
NAMES = {"plan": Wording("Kế hoạch đã duyệt", "Approved plan"), "cut": CUT.title}


def sides(count=2):
    """The plan beside the same cut, as often as there are plans."""
    cut = kc.apply_scenario(PLAN, CUT)
    others = {f"cut{number or ''}": cut for number in range(count - 1)}
    return kc.compare({"plan": PLAN} | others, by=["year"])


BAND = [f"p{share}_million_vnd" for share in (10, 50, 90)]


def uncertain():
    """An ensemble's frame: every amount may be a tenth more or less than planned, or is sure."""
    frames = [kc.amounts(PLAN, by, per) for by in ([], ["source"]) for per in ("year", "cycle")]
    frame = pd.concat(frames, ignore_index=True).astype({"year": "Int64"})
    ceiling = frame.pop("amount_million_vnd")
    sure = (frame["year"] == 2021).fillna(False)
    return frame.assign(
        p10_million_vnd=ceiling.where(sure, 0.9 * ceiling),
        p50_million_vnd=ceiling.where(sure, 1.01 * ceiling),
        p90_million_vnd=ceiling.where(sure, 1.1 * ceiling),
        mean_million_vnd=ceiling,
        middle_million_vnd=ceiling,
        ceiling_million_vnd=ceiling,
        chance_over_pct=np.where(sure, 0.0, 54.6),
        error_million_vnd=0.5,
    )


def swings(count=5):
    """A sensitivity's frame, the smallest swing first."""
    unknown = [("unit_cost", np.nan, np.nan, pd.NA), ("unit_cost", "local", np.nan, 2024)]
    unknown += [("amount", np.nan, np.nan, 2025), ("quantity", "national", "II.2", pd.NA)]
    unknown += [("unit_cost", "national", "II.1", 2024)] * (count - 4)
    frame = pd.DataFrame(unknown, columns=["of", "source", "line", "year"])
    swing = 100.0 * np.arange(1, count + 1)
    return frame.astype({"year": "Int64"}).assign(
        change=range(1, count + 1),
        by="multiply",
        low_million_vnd=18300 - swing,
        high_million_vnd=18300 + 1.5 * swing,
        main_pct=np.linspace(0.2, 60, count),
        total_pct=np.linspace(0.2, 60, count),
    )


def comparison(plan, **options):
    return charts.comparison(sides(), plan, names=NAMES, **options)


def fan(plan, **options):
    return charts.fan(uncertain(), plan, **options)


def tornado(plan, **options):
    return charts.tornado(swings(), plan, expected=18300.0, **options)


YEARLY = [
    budget_by_source,
    budget_by_line,
    growth,
    growth_by_source,
    shares_by_source,
    shares_by_line,
]
CAUSES = [decomposition, decomposition_in_both_prices, decomposition_by_year]
ALL = [*YEARLY, *CAUSES, unit_costs, coverage, comparison, fan, tornado]
every_chart = pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.__name__)
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def shown(ax):
    """All texts that a reader sees, ticks out of view left out."""
    ax.figure.draw_without_rendering()
    unseen = set()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                unseen |= {tick.label1, tick.label2}
    texts = ax.figure.findobj(Text)
    return [text for text in texts if text.get_text() and text.get_visible() and text not in unseen]


def words(ax):
    return [text.get_text() for text in shown(ax)]


def heights(container):
    return [bar.get_height() for bar in container]


def by_year(frame, of, value):
    return {key: rows[value].tolist() for key, rows in frame.groupby(of, sort=False)}


def stacked(containers, keys):
    """Bar heights by key; the plan's first stands on top, so it is drawn last."""
    return {key: heights(bars) for key, bars in zip(reversed(keys), containers, strict=True)}


@pytest.mark.parametrize("of", ["source", "line"])
def test_budget_bars_are_the_amounts(of):
    frame = kc.amounts(PLAN, [of])
    totals, *stack = charts.budget(frame, PLAN).containers
    expected = by_year(frame, of, "amount_million_vnd")
    drawn = stacked(stack, list(expected))
    for key, amounts in expected.items():
        np.testing.assert_array_equal(drawn[key], amounts)
    assert heights(totals) == [2950, 3300, 3680, 3960, 4356]
    for year, total in enumerate(heights(totals)):
        tops = [bars[year].get_y() + bars[year].get_height() for bars in stack]
        assert np.nanmax(tops) == total


def test_growth_bars_are_the_rates_and_the_first_year_is_not_drawn():
    frame = kc.growth(PLAN, ["source"])
    ax = charts.growth(frame, PLAN)
    expected = by_year(frame.dropna(subset="growth_pct"), "source", "growth_pct")
    assert [heights(bars) for bars in ax.containers] == list(expected.values())
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2022", "2023", "2024", "2025"]
    assert [text.get_text() for text in ax.texts[:4]] == ["+6,7", "+10,0", "+9,1", "+10,0"]


@pytest.mark.parametrize("of", ["source", "line"])
def test_share_bars_are_the_shares(of):
    frame = kc.shares(PLAN, of)
    expected = by_year(frame, of, "share_pct")
    drawn = stacked(charts.shares(frame, PLAN).containers, list(expected))
    for key, percents in expected.items():
        np.testing.assert_allclose(drawn[key], percents)
    np.testing.assert_allclose(np.nansum(list(drawn.values()), axis=0), 100)


def test_unit_costs_and_ceilings_stand_where_the_frames_say():
    frame, norms = kc.unit_costs(PLAN), kc.headroom(PLAN, kc.load_norms())
    ax = charts.unit_costs(frame, PLAN, norms=norms)
    marks = [group.get_offsets() for group in ax.collections if len(group.get_offsets())]
    for year, drawn in zip(YEARS, marks, strict=True):
        rows = frame[frame["year"] == year]
        assert drawn[:, 0].tolist() == rows["cost_million_vnd_per_unit"].tolist()
        assert [LINES[round(y)] for y in drawn[:, 1]] == rows["line"].tolist()
    walls = {
        LINES[round(wall.get_y() + wall.get_height() / 2 - 0.2)]: (
            wall.get_x(),
            to_hex(wall.get_facecolor()) != "#ffffff",
        )
        for wall in ax.patches
    }
    assert walls == {
        "I.1": (300, True),
        "II.1": (1000, True),
        "II.2": (300, True),
        "II.4": (500, False),
    }
    beside = [text.get_text() for text in ax.texts]
    assert "158–200\n(tối đa 300/cơ sở)" in beside
    assert "500\n(tối đa 500/cụm, hết hiệu lực)" in beside


def test_unit_costs_need_no_norms():
    ax = charts.unit_costs(kc.unit_costs(PLAN), PLAN, lang="en")
    assert not ax.patches
    assert ax.get_xlabel() == kc.citation(PLAN, "en")


def test_decomposition_leads_from_the_first_total_to_the_last():
    bars = decomposition(PLAN).patches
    assert [bar.get_height() for bar in bars] == pytest.approx([2950, 967.2, -111.2, 550, 0, 4356])
    bases = [bar.get_y() for bar in bars]
    tops = [bar.get_y() + bar.get_height() for bar in bars]
    assert bases[1:-1] == pytest.approx(tops[:-2])
    assert tops[-2] == pytest.approx(tops[-1])


def test_decomposition_in_constant_prices_stands_beside_the_nominal():
    nominal, real = decomposition_in_both_prices(PLAN).containers
    level = 1.0315 * 1.0325 * 1.0363 * 1.0331
    assert heights(nominal) == pytest.approx([2950, 967.2, -111.2, 550, 0, 4356])
    assert heights(real)[2:5] == pytest.approx([-521.78, 550 / level, 0], abs=0.005)
    assert heights(real)[-1] == pytest.approx(4356 / level)


def test_decomposition_by_year_stacks_the_parts_of_each_change():
    frame = kc.decompose_years(PLAN)
    whole, *parts = decomposition_by_year(PLAN).containers
    names = ("volume", "unit_cost", "new", "ended")
    for bars, name in zip(parts, names, strict=True):
        assert heights(bars) == frame[f"{name}_million_vnd"].tolist()
    drawn = np.sum([heights(bars) for bars in parts], axis=0)
    assert drawn == pytest.approx([350, 380, 280, 396])
    for year, top in enumerate(heights(whole)):
        assert max(bars[year].get_y() + bars[year].get_height() for bars in parts) == top


def test_decomposition_by_line_is_drawn_as_one():
    years = {"start": 2021, "end": 2025}
    parts = kc.decompose_growth(PLAN, **years)
    ax = charts.decomposition(parts, PLAN, totals=kc.amounts(PLAN), **years)
    whole = decomposition(PLAN)
    assert [bar.get_height() for bar in ax.patches] == pytest.approx(
        [bar.get_height() for bar in whole.patches]
    )


@both_languages
def test_coverage_has_a_row_for_each_target_in_the_decisions_order(lang):
    frame = kc.coverage(PLAN)
    ax = charts.coverage(frame, PLAN, lang=lang)
    texts = [text.get_text().replace("\n", " ") for text in ax.texts]
    places = [texts.index(what) for what in frame[f"what_{lang}"]]
    assert len(places) == 32 == len(ax.patches)
    assert places == sorted(places)
    first, short, funds = (places[row] for row in (0, 15, 29))
    if lang == "vi":
        assert texts[first - 1] == "1"
        assert texts[first + 1 : first + 4] == ["2 lớp/năm", "–", "✗  Không có dòng kinh phí"]
        assert texts[short + 1 : short + 3] == ["2 hội chợ/năm", "1 Hội chợ/năm"]
        assert "trên 25 lượt cơ sở" in texts
        assert texts[funds + 1] == "18,246 tỷ đồng"
    else:
        assert texts[short + 3] == "▼  Short of the text"
        assert "over 25 establishments" in texts
        assert texts[funds + 1] == "18.246 billion VND"


def test_every_status_has_its_own_colour_and_word():
    frame = kc.coverage(PLAN).iloc[:7].assign(status=list(STATUSES))
    ax = charts.coverage(frame, PLAN)
    assert len({tile.get_facecolor() for tile in ax.patches}) == 7
    assert len({text.get_text() for text in ax.texts if "  " in text.get_text()}) == 7


def test_compared_plans_stand_side_by_side_and_the_first_is_outlined():
    plan, cut = comparison(PLAN).containers
    assert heights(plan) == [2950, 3300, 3680, 3960, 4356]
    assert heights(cut) == [2950, 3300, 3680, 3160, 3556]
    for one, other in zip(plan, cut, strict=True):
        assert one.get_x() + one.get_width() == pytest.approx(other.get_x())
    assert {to_hex(bar.get_edgecolor()) for bar in plan} != {"#ffffff"}
    assert {to_hex(bar.get_edgecolor()) for bar in cut} == {"#ffffff"}


@both_languages
def test_compared_plans_go_by_the_names_given(lang):
    assert list(legend(comparison(PLAN, lang=lang))) == [name[lang] for name in NAMES.values()]
    ax = charts.comparison(sides(3), PLAN, names={"cut": "Cắt 20%"}, lang=lang)
    assert list(legend(ax)) == ["plan", "Cắt 20%", "cut1"]


def test_a_year_that_a_plan_has_not_is_left_empty():
    frame = sides().query("plan == 'plan' or year != 2024")
    drawn = heights(charts.comparison(frame, PLAN).containers[1])
    assert np.isnan(drawn[3])
    assert drawn[4] == 3556


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 8])
def test_many_plans_differ_and_are_legible(count):
    ax = charts.comparison(sides(count), PLAN)
    assert_legible(ax)
    assert len(set(legend(ax).values())) == count


@pytest.mark.parametrize("source", [None, "national"])
def test_the_fan_shows_the_frames_figures(source):
    frame = uncertain()
    rows = frame[frame["source"].isna() if source is None else frame["source"] == source]
    rows = rows[rows["year"].notna()]
    ax = charts.fan(frame.sample(frac=1, random_state=1), PLAN, source=source)
    median, ceiling = ax.lines
    assert median.get_ydata().tolist() == rows["p50_million_vnd"].tolist()
    assert ceiling.get_ydata().tolist() == rows["ceiling_million_vnd"].tolist()
    outline = ax.collections[0].get_paths()[0].vertices
    for place, (low, high) in enumerate(zip(rows[BAND[0]], rows[BAND[2]], strict=True)):
        ends = outline[outline[:, 0] == place, 1]
        assert (ends.min(), ends.max()) == (low, high)
    written = {text.get_text() for text in ax.texts}
    for amount in rows.loc[rows["year"] > 2021, [*BAND, "ceiling_million_vnd"]].stack():
        assert kc.format_number(amount) in written


@both_languages
def test_the_fan_writes_the_chance_of_passing_the_ceiling(lang):
    frame = uncertain()
    years = frame["year"].notna()
    frame.loc[years, "chance_over_pct"] = [0, 0.2, 54.6, 99.7, 100] * 3
    ax = charts.fan(frame, PLAN, lang=lang)
    below = [label.get_text().rpartition(": ")[2] for label in ax.get_xticklabels()]
    assert below == ["0%", "< 1%", "55%", "> 99%", "100%"]
    whole = {"vi": "khả năng vượt 18.246: 55%", "en": "chance of over 18,246: 55%"}
    assert ax.get_xlabel().endswith(whole[lang])


@both_languages
def test_the_fan_tells_where_the_middle_lies_outside(lang):
    frame = uncertain()
    assert "P10–P90" not in charts.fan(frame, PLAN, lang=lang).get_xlabel()
    here = frame["source"].isna() & (frame["year"] == 2024)
    frame.loc[here, "middle_million_vnd"] = frame.loc[here, BAND[0]] - 100
    ax = charts.fan(frame, PLAN, lang=lang)
    said = " ".join(ax.get_xlabel().split())
    figures = [frame.loc[here, name].item() for name in ("middle_million_vnd", BAND[0])]
    middle, low = (kc.format_number(figure, lang) for figure in figures)
    below = {"vi": "dưới P10", "en": "below P10"}[lang]
    assert f"2024: {middle}, {below} {low}" in said
    assert_legible(ax)


def test_a_sure_amount_is_written_once():
    texts = [text for text in fan(PLAN).texts if text.get_position()[0] < 0.5]
    assert [text.get_text() for text in texts if text.get_text() == "2.950"] == ["2.950"]


def test_figures_close_together_are_moved_apart():
    frame = uncertain()
    for name, amount in zip(BAND, (3000.0, 3001.0, 3002.0), strict=True):
        frame.loc[frame["year"] == 2023, name] = amount
    assert_legible(charts.fan(frame, PLAN))


def test_a_fan_without_ceiling_or_cycle():
    frame = uncertain().query("year.notna()")
    ax = charts.fan(frame.assign(ceiling_million_vnd=np.nan, chance_over_pct=np.nan), PLAN)
    assert_legible(ax)
    assert ax.get_xlabel() == kc.citation(PLAN)
    assert all(label.get_text().endswith("–") for label in ax.get_xticklabels())


def test_the_largest_swing_is_on_top_of_the_tornado():
    frame = swings()
    low, high = tornado(PLAN).containers
    ends = [
        [bar.get_x() + bar.get_width() for bar in bars]
        if bars is high
        else [min(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]
        for bars in (low, high)
    ]
    assert ends[0] == frame["low_million_vnd"].tolist()[::-1]
    assert ends[1] == frame["high_million_vnd"].tolist()[::-1]
    assert [bar.get_y() for bar in low] == sorted(bar.get_y() for bar in low)
    ax = tornado(PLAN)
    assert ax.yaxis_inverted()
    assert {"17.800", "19.050", "60%", "< 1%", "kỳ vọng 18.300"} <= set(words(ax))


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        (
            "vi",
            [
                "Đơn giá, dòng II.1, 2024",
                "Khối lượng, dòng II.2",
                "Kinh phí, thay đổi 3, 2025",
                "Đơn giá, Khuyến công địa phương, 2024",
                "Đơn giá, thay đổi 1",
            ],
        ),
        (
            "en",
            [
                "Unit cost, line II.1, 2024",
                "Quantity, line II.2",
                "Amount, change 3, 2025",
                "Unit cost, Local funds, 2024",
                "Unit cost, change 1",
            ],
        ),
    ],
)
def test_the_tornado_names_each_number(lang, names):
    ax = tornado(PLAN, lang=lang)
    assert [label.get_text() for label in ax.get_yticklabels()] == names


def test_numbers_of_one_place_are_told_apart_and_the_rest_is_counted():
    ax = charts.tornado(swings(20), PLAN, expected=18300.0, lang="en")
    assert_legible(ax)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[:2] == [
        "Unit cost, line II.1, 2024, change 20",
        "Unit cost, line II.1, 2024, change 19",
    ]
    assert len(set(names)) == len(names) == 12
    assert ax.get_xlabel().endswith("8 more numbers move it less")


def test_shares_of_the_variance_that_are_missing_are_not_drawn():
    frame = swings().assign(main_pct=np.nan, total_pct=np.nan)
    ax = charts.tornado(frame, PLAN, expected=18300.0)
    assert not [text for text in words(ax) if "%" in text or text == "–"]


def test_an_expected_total_beyond_both_ends_is_legible():
    assert_legible(charts.tornado(swings(), PLAN, expected=18900.0))


@both_languages
def test_tables_of_scenarios_read_in_one_language(lang):
    tables = [kc.show(frame, PLAN, lang) for frame in (sides(), uncertain(), swings())]
    texts = [text for table in tables for text in [*table.frame, *table.frame.to_numpy().ravel()]]
    assert not [text for text in texts if "_" in text or text in ("nan", "<NA>")]
    if lang == "en":
        assert not [text for text in texts if re.search("[À-ɏẠ-ỹ]", text)]


@pytest.mark.parametrize(
    ("lang", "amount", "total", "tick"),
    [("vi", "1.056", "4.356", "4.000"), ("en", "1,056", "4,356", "4,000")],
)
def test_numbers_are_written_as_the_language_writes_them(lang, amount, total, tick):
    ax = budget_by_source(PLAN, lang=lang)
    assert {amount, total} <= set(words(ax))
    assert tick in [label.get_text() for label in ax.get_yticklabels()]


@every_chart
@both_languages
def test_title_unit_and_source_are_there(chart, lang):
    ax = chart(PLAN, lang=lang)
    assert ax.get_title(loc="left").endswith(", 2021–2025")
    assert ax.get_xlabel().startswith(kc.citation(PLAN, lang))
    assert any(text.startswith(("Đơn vị tính", "Unit")[lang == "en"]) for text in words(ax))


@every_chart
def test_an_english_chart_speaks_no_vietnamese(chart):
    ax = chart(PLAN, lang="en")
    own = [text for text in words(ax) if text != ax.get_xlabel()]
    assert not [text for text in own if re.search("[À-ɏẠ-ỹ]", text)]


def legend(ax):
    """Each title in the legend with its look."""
    found = ax.get_legend()
    return {
        text.get_text(): (patch.get_facecolor(), patch.get_hatch())
        for text, patch in zip(found.get_texts(), found.get_patches(), strict=True)
    }


@pytest.mark.parametrize(
    ("chart", "frame"),
    [(charts.budget, kc.amounts(PLAN, ["line"])), (charts.shares, kc.shares(PLAN, "line"))],
)
def test_a_line_looks_the_same_in_a_part_of_the_frame(chart, frame):
    part = frame[frame["line"].isin(["II.2", "I.3"])].iloc[::-1]
    whole, few = legend(chart(frame, PLAN)), legend(chart(part, PLAN))
    assert len(whole) == 2 + 9
    assert len(few) == 2 + 2
    assert few.items() <= whole.items()
    assert list(few) == [title for title in whole if title in few]


def test_sources_differ_in_grey_print():
    ax = budget_by_source(with_third_fund())
    shades = sorted(
        float(np.dot(patch.get_facecolor()[:3], (0.3, 0.59, 0.11)))
        for patch in ax.get_legend().get_patches()
    )
    assert len(shades) == 3
    assert min(np.diff(shades)) > 0.1


def test_no_two_lines_of_twenty_look_alike():
    handles = budget_by_line(with_third_fund()).get_legend().get_patches()
    lines = [handle for handle in handles if handle.get_alpha() is None]
    assert len({(line.get_facecolor(), line.get_hatch()) for line in lines}) == 20


def test_a_line_that_the_plan_lacks_is_an_error():
    frame = kc.amounts(PLAN, ["line"]).replace({"line": {"I.1": "IX.1"}})
    with pytest.raises(ValueError, match=r"IX\.1"):
        charts.budget(frame, PLAN)


@pytest.mark.parametrize("chart", YEARLY, ids=lambda chart: chart.__name__)
def test_a_third_fund_is_drawn(chart):
    plan = with_third_fund()
    ax = chart(plan)
    if chart is not growth:
        assert "Vốn đối ứng" in legend(ax)


def test_missing_values_are_not_drawn():
    frame = kc.amounts(PLAN, ["source"])
    frame.loc[frame["year"] == 2023, "amount_million_vnd"] = np.nan
    totals, *stack = charts.budget(frame, PLAN).containers
    assert heights(totals)[2] == 0
    assert all(np.isnan(heights(bars)[2]) for bars in stack)
    assert words(charts.growth(kc.growth(PLAN).assign(growth_pct=np.nan), PLAN))
    costs = kc.unit_costs(PLAN)
    costs.loc[costs["line"] == "I.1", "cost_million_vnd_per_unit"] = np.nan
    assert "–" in words(charts.unit_costs(costs, PLAN))
    assert words(charts.unit_costs(costs.assign(cost_million_vnd_per_unit=np.nan), PLAN))
    assert words(charts.budget(frame.assign(amount_million_vnd=np.nan), PLAN))


@both_languages
def test_a_plan_without_english_or_units_is_drawn(lang):
    plan = kc.read_plan(kc.raw_folder("2021-2025") / "470-QD-UBND.txt")
    lines = plan.lines.copy()
    lines.loc[0, "unit"] = np.nan
    plan = replace(plan, lines=lines)
    for chart in (budget_by_line, unit_costs):
        assert_legible(ax := chart(plan, lang=lang))
        assert not [text for text in words(ax) if "nan" in text.split()]
        assert not [text for text in words(ax) if "(nan)" in text]


@every_chart
def test_nothing_global_changes(chart):
    before = dict(matplotlib.rcParams)
    chart(PLAN)
    assert dict(matplotlib.rcParams) == before


@every_chart
def test_an_axes_that_is_given_is_drawn_into(chart):
    figure, ax = plt.subplots()
    ax.plot([1, 2])
    assert chart(PLAN, ax=ax) is ax
    assert figure.axes == [ax]
    assert len(ax.lines) < 50
    assert not ax.spines["top"].get_visible()


@pytest.mark.parametrize(
    "chart", [ALL[0], *(pytest.param(chart, marks=pytest.mark.deep) for chart in ALL[1:])]
)
def test_saved_files_are_whole_and_the_same_each_time(chart, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        paths = charts.save(chart(PLAN), tmp_path / folder / "a.b")
        assert paths == [tmp_path / folder / "a.b.png", tmp_path / folder / "a.b.svg"]
        assert sorted((tmp_path / folder).iterdir()) == paths
    assert not plt.get_fignums()
    for name in ("a.b.png", "a.b.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    with Image.open(tmp_path / "one" / "a.b.png") as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    svg = (tmp_path / "one" / "a.b.svg").read_text("utf-8")
    assert re.search("<dc:title>[^<]+, 2021–2025</dc:title>", svg)
    assert kc.citation(PLAN) in svg
    assert "<dc:date>" not in svg


def assert_legible(ax):
    """Every text is inside the figure, of a readable size, and lies over no other."""
    texts = shown(ax)
    boxes = [text.get_window_extent() for text in texts]
    edge = ax.figure.bbox
    for text, box in zip(texts, boxes, strict=True):
        inside = edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 <= box.y1 <= edge.y1
        assert inside, text
        assert text.get_fontsize() >= 7, text
        assert text.get_fontname() == "DejaVu Sans", text
    for place, box in enumerate(boxes):
        for other in range(place):
            assert not box.overlaps(boxes[other]), (texts[place], texts[other])


@every_chart
@both_languages
def test_texts_neither_overlap_nor_leave_the_figure(chart, lang):
    assert_legible(chart(PLAN, lang=lang))


@pytest.mark.parametrize("chart", [*YEARLY, *CAUSES, unit_costs])
@both_languages
def test_twenty_lines_and_three_funds_are_legible(chart, lang):
    assert_legible(chart(with_third_fund(), lang=lang))
