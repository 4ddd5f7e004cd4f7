"""The page of sliders, driven as a planner's hands would."""

import base64
import io
import re
import socket
import subprocess
import sys
from dataclasses import replace

import ipywidgets as widgets
import nbformat
import pytest
from openpyxl import load_workbook

import kc_analysis as kc
from kc_analysis import model
from kc_analysis.explorer import page as page_module
from kc_analysis.explorer.dashboard import NOTEBOOK, for_dashboard, free_port
from kc_analysis.explorer.picture import Picture
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import Plan, Text, tabulate
from kc_analysis.reading.cycle import home
from kc_analysis.scenarios.scenario import Change, Scenario


class Hands:
    """What a planner does on a page, and reads from it."""

    def __init__(self, page):
        self.page = page

    def all(self, kind=widgets.Widget):
        def below(widget):
            yield widget
            for child in getattr(widget, "children", ()):
                yield from below(child)

        return [widget for widget in below(self.page) if isinstance(widget, kind)]

    def control(self, kind, name):
        named = WORDS[name][self.page.lang] if name in WORDS else name
        (found,) = [widget for widget in self.all(kind) if widget.description == named]
        return found

    def money(self, source, year, percent):
        self.control(widgets.Dropdown, "source").value = source
        self.control(widgets.IntSlider, str(year)).value = percent

    def work(self, line, year, quantity):
        self.control(widgets.Dropdown, "line").value = line
        self.control(widgets.FloatSlider, str(year)).value = quantity

    def costs(self, percent):
        self.control(widgets.FloatSlider, "a_year").value = percent

    def press(self, name):
        button = self.control(widgets.Button, name)
        assert not button.disabled and button.layout.display != "none"
        button.click()

    def offered(self, name):
        return self.control(widgets.Button, name).layout.display != "none"

    def name(self, text):
        self.control(widgets.Text, "name").value = text

    @property
    def html(self):
        return [widget.value for widget in self.all(widgets.HTML)]

    @property
    def total(self):
        (text,) = re.findall(r'class="kc-total">([^<]*)<', "".join(self.html))
        return text

    @property
    def told(self):
        (text,) = re.findall(r'role="status">([^<]*)<', "".join(self.html))
        return text

    @property
    def text(self):
        shown = "".join(html for html in self.html if not html.startswith("<style>"))
        return " ".join(re.sub("<[^>]+>", " ", shown).split())


@pytest.fixture
def hands(plan, tmp_path):
    return Hands(kc.explore(plan, kc.load_norms(), folder=tmp_path))


@pytest.fixture
def apart(monkeypatch):
    """Every movement is a drag of its own."""
    monkeypatch.setattr(page_module, "_DRAG_SECONDS", -1)


@pytest.fixture
def other_plan(plan) -> Plan:
    """Another cycle: three sources, one of which gives money without work; half units."""
    sources = [(key, str(i + 1), f"Nguồn {key}", f"Fund {key}") for i, key in enumerate("abc")]
    lines = [
        (f"{n}.1", key, "1", f"viec-{key}", f"Việc {key}", f"Work {key}", "lớp", "classes", None)
        for n, key in enumerate("abc", 1)
    ]
    budget = [
        (f"{n}.1", key, f"viec-{key}", year, 100.0 * n)
        for n, key in enumerate("abc", 1)
        for year in (2026, 2027, 2028)
        if (key, year) != ("c", 2027)
    ]
    quantities = [(line, s, a, "lớp", year, 2.5) for line, s, a, year, _ in budget if s != "b"]
    return replace(
        plan,
        cycle="2026-2028",
        sources=tabulate(model.SOURCES, sources),
        lines=tabulate(model.LINES, lines),
        budget=tabulate(model.BUDGET, budget),
        quantities=tabulate(model.QUANTITIES, quantities),
        printed=tabulate(model.PRINTED, []),
        origin=tabulate(model.ORIGIN, []),
        notes=(),
    )


def test_the_page_begins_with_the_plan(hands, plan):
    assert hands.total == "18.246"
    assert "kế hoạch: 18.246" in hands.text
    assert hands.page.scenario.changes == ()
    assert hands.control(widgets.Button, "undo").disabled


def test_a_cut_of_a_source_is_seen_at_once(hands):
    picture = hands.all(widgets.Image)[0]
    before = bytes(picture.value)
    hands.money("national", 2024, -20)
    assert hands.page.scenario.changes == (
        Change("amount", "multiply", 0.8, (2024,), source=("national",), gives_way="quantity"),
    )
    # Of 2,400 a model, three projects and the cluster's plan are carried out: 2,200.
    assert hands.total == "17.446"
    assert "−800 (−4,4%)" in hands.text
    assert "Khuyến công quốc gia 2024 −20%" in hands.text
    assert (
        "thay đổi −600 thành 2.400 triệu đồng; đã bố trí 2.200; chưa bố trí được 200" in hands.text
    )
    assert bytes(picture.value) != before
    assert bytes(picture.value).startswith(b"\x89PNG")


def test_the_sliders_of_a_scenario_make_the_plan_that_its_file_would(hands, plan, tmp_path):
    hands.money("national", 2024, -20)
    hands.money("national", 2025, -20)
    shipped = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    assert hands.page.plan.budget.equals(shipped.budget)
    assert hands.page.plan.quantities.equals(shipped.quantities)


def test_unit_costs_that_rise(hands):
    hands.costs(3.3)
    grown = hands.page.plan.budget.set_index(["line", "year"])["amount_million_vnd"]
    assert grown["I.1", 2021] == 600
    assert grown["I.1", 2023] == pytest.approx(750 * 1.033**2)
    assert "đơn giá +3,3% mỗi năm" in hands.text
    hands.costs(0)
    assert hands.page.scenario.changes == ()
    assert hands.total == "18.246"


def test_a_quantity_set_by_hand_is_the_last_word(hands):
    hands.work("II.2", 2025, 6)
    assert hands.total == "18.846"
    hands.money("national", 2025, -50)
    quantities = hands.page.plan.quantities.set_index(["line", "year"])["quantity"]
    assert quantities["II.2", 2025] == 6
    assert hands.control(widgets.FloatSlider, "2025").value == 6
    hands.work("II.1", 2025, 1)  # what the cut leaves of it anyway
    assert [change.line for change in hands.page.scenario.changes] == [(), ("II.2",)]


def test_quantity_sliders_follow_the_money(hands):
    hands.control(widgets.Dropdown, "line").value = "II.2"
    hands.money("national", 2025, -50)
    assert hands.control(widgets.FloatSlider, "2025").value == 2
    assert len(hands.page.scenario.changes) == 1


def test_new_work_takes_the_unit_cost_of_the_nearest_year(hands):
    hands.work("II.3", 2025, 1)
    assert hands.total == "19.346"
    assert hands.told == "Năm 2025 chưa có đơn giá; tạm lấy của năm 2023: 1.100 triệu đồng."
    hands.work("II.3", 2025, 2)
    assert hands.total == "20.446"
    hands.work("II.3", 2025, 0)
    assert hands.page.scenario.changes == ()


def test_unit_costs_may_give_way_instead(hands):
    hands.money("national", 2024, -20)
    hands.control(widgets.Dropdown, "gives_way").value = "unit_cost"
    assert hands.total == "17.646"
    assert "Phần dư Không có" in hands.text
    hands.press("undo")
    assert hands.total == "17.446"
    assert hands.control(widgets.Dropdown, "gives_way").value == "quantity"


def test_a_long_list_is_folded(hands):
    hands.work("II.2", 2025, 5)
    assert "<summary>" not in "".join(hands.html)
    hands.costs(0.1)
    assert "Vượt 8 trong 10 mức" in hands.text
    assert "<summary>và 4 chỗ nữa<" in "".join(hands.html)


def test_a_slider_in_a_hand_is_not_pulled_by_rounding(hands):
    slider = hands.control(widgets.FloatSlider, "a_year")
    sent = []
    slider.observe(lambda change: sent.append(change["new"]), "value")
    slider.value = 0.1 * 3
    assert sent == [0.1 * 3] != [0.3]
    assert hands.page.scenario.changes[0].value == 0.3


def test_ceilings_are_the_plan_s_own_where_none_is_set(hands):
    assert "Giữ được cả 10 mức (là kinh phí đã duyệt theo nguồn và năm" in hands.text
    hands.work("II.2", 2025, 5)
    assert "Vượt 1 trong 10 mức" in hands.text
    assert "Khuyến công quốc gia năm 2025: 3.600, vượt 300" in hands.text


def test_ceilings_of_a_scenario(hands):
    hands.page.start_from(kc.load_scenario("national-cut"))
    assert "Giữ được cả 2 mức (do kịch bản “Kinh phí quốc gia giảm" in hands.text
    hands.work("II.1", 2024, 3)
    assert "Vượt 1 trong 2 mức" in hands.text
    assert "Khuyến công quốc gia năm 2024: 3.800, vượt 1.400" in hands.text


def test_norms_that_are_exceeded(hands):
    assert "Không dòng nào vượt định mức" in hands.text
    hands.costs(5)
    assert "Dòng II.2 năm 2025: 364,7 một đơn vị, định mức 300" in hands.text


def test_undo_goes_back_step_by_step(hands, apart):
    hands.money("local", 2021, -10)
    hands.money("local", 2021, -20)
    hands.costs(2)
    for steps in (2, 1, 1, 0):
        assert len(hands.page.scenario.changes) == steps
        if steps:
            hands.press("undo")
    assert hands.total == "18.246"
    assert hands.control(widgets.IntSlider, "2021").value == 0
    assert hands.control(widgets.Button, "undo").disabled


def test_a_drag_is_undone_as_one(hands, monkeypatch):
    monkeypatch.setattr(page_module, "_DRAG_SECONDS", float("inf"))
    hands.control(widgets.Dropdown, "source").value = "national"
    for percent in range(-1, -31, -1):
        hands.money("national", 2024, percent)
    hands.press("undo")
    assert hands.page.scenario.changes == ()


def test_reset_can_be_undone(hands):
    hands.costs(2)
    total = hands.total
    hands.press("reset")
    assert hands.total == "18.246"
    assert hands.told == "Đã trở về kế hoạch đã duyệt."
    hands.press("undo")
    assert hands.total == total


def test_what_is_saved_is_read_back_as_the_same(hands, tmp_path):
    hands.page.start_from(kc.load_scenario("uncertain-costs"))
    hands.money("national", 2024, -7)
    hands.costs(3.3)
    hands.work("II.3", 2025, 1)
    hands.name("  Cắt 7% từ 2024 ")
    hands.press("save")
    assert hands.told == "Đã lưu: cắt-7-từ-2024.toml"
    read = kc.load_scenario(tmp_path / "cắt-7-từ-2024.toml")
    assert read == hands.page.scenario
    assert read.title == Text("Cắt 7% từ 2024", "Cắt 7% từ 2024")
    # The base was not in the folder yet; it is now.
    assert read.base == kc.load_scenario("uncertain-costs")


def test_a_base_that_has_changed_meanwhile_is_told_of(hands, tmp_path):
    kc.save_scenario(kc.load_scenario("national-cut"), tmp_path / "national-cut.toml")
    hands.page.start_from(kc.load_scenario(tmp_path / "national-cut.toml"))
    kc.save_scenario(
        replace(kc.load_scenario("national-cut"), ceilings=()),
        tmp_path / "national-cut.toml",
        overwrite=True,
    )
    hands.costs(2)
    hands.name("thử")
    hands.press("save")
    assert hands.told.startswith("Tệp national-cut.toml, kịch bản gốc, đã khác")
    assert not (tmp_path / "thử.toml").exists()


def test_nothing_is_overwritten_unasked(hands, tmp_path):
    hands.costs(2)
    hands.name("thử")
    hands.press("save")
    first = (tmp_path / "thử.toml").read_bytes()
    assert not hands.offered("overwrite")
    hands.costs(4)
    hands.press("save")
    assert hands.told == "Đã có tệp thử.toml. Ghi đè?"
    assert (tmp_path / "thử.toml").read_bytes() == first
    hands.press("keep")
    assert not hands.offered("overwrite")
    hands.press("save")
    hands.costs(5)  # whoever goes on has not confirmed
    assert not hands.offered("overwrite")
    assert (tmp_path / "thử.toml").read_bytes() == first
    hands.press("save")
    hands.press("overwrite")
    assert kc.load_scenario(tmp_path / "thử.toml").changes[0].value == 5


def test_a_confirmation_holds_for_the_name_that_was_asked_about(hands, tmp_path):
    for name in ("một", "hai"):
        hands.costs(len(name))
        hands.name(name)
        hands.press("save")
    hands.costs(9)
    hands.press("save")
    hands.name("một")
    assert not hands.offered("overwrite")


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "Hãy đặt tên"), ("...", "Hãy đặt tên"), ("trống", "Chưa có thay đổi nào")],
)
def test_what_cannot_be_saved(hands, tmp_path, name, told):
    if not name.isalpha():
        hands.costs(2)
    hands.name(name)
    hands.press("save")
    assert hands.told.startswith(told)
    assert list(tmp_path.iterdir()) == []


def test_a_variant_does_not_take_its_base_s_name(hands, tmp_path):
    kc.save_scenario(kc.load_scenario("national-cut"), tmp_path / "national-cut.toml")
    hands.page.start_from(kc.load_scenario(tmp_path / "national-cut.toml"))
    hands.costs(2)
    hands.name("National cut")
    hands.press("save")
    assert hands.told == "Tên này là của kịch bản đang làm gốc; hãy chọn tên khác."


def test_a_folder_that_cannot_be_written(plan, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    hands = Hands(kc.explore(plan, kc.load_norms(), lang="en", folder=blocked))
    hands.costs(2)
    hands.name("trial")
    hands.press("save")
    assert hands.told.startswith("The file ") and hands.told.endswith("cannot be written.")


def test_one_that_is_opened_becomes_the_base(plan):
    hands = Hands(kc.explore(plan, kc.load_norms()))
    names = [value for _, value in hands.control(widgets.Dropdown, "scenario").options]
    assert names == ["", *kc.scenarios()]
    hands.control(widgets.Dropdown, "scenario").value = "national-cut"
    hands.press("load")
    assert hands.page.scenario.base == kc.load_scenario("national-cut")
    assert hands.total == "16.646"
    assert "Từ kịch bản “Kinh phí quốc gia giảm một phần năm từ 2024”" in hands.text
    hands.work("II.1", 2024, 2)
    assert hands.total == "17.446"


def test_only_scenarios_of_the_cycle_are_offered(other_plan):
    hands = Hands(kc.explore(other_plan, kc.load_norms()))
    assert [value for _, value in hands.control(widgets.Dropdown, "scenario").options] == [""]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_file_that_is_none_is_told_of_in_the_language(plan, tmp_path, lang):
    (tmp_path / "broken.toml").write_text('title_vi = "x"\nplan = 3\n', encoding="utf-8")
    hands = Hands(kc.explore(plan, kc.load_norms(), lang=lang, folder=tmp_path))
    hands.control(widgets.Dropdown, "scenario").value = "broken"
    hands.press("load")
    wanted, other = ("cần", "expected") if lang == "vi" else ("expected", "cần")
    assert wanted in hands.told and other not in hands.told
    assert "kc-wrong" in "".join(hands.html)
    assert hands.page.scenario.base is None


def test_a_scenario_of_another_cycle_is_refused(hands):
    wrong = Scenario("x", Text("x", "x"), "2016-2020", ())
    hands.page.start_from(wrong)
    assert "2021-2025" in hands.told
    assert hands.page.scenario.base is None


def test_another_cycle_with_other_lines_and_three_sources(other_plan, tmp_path):
    hands = Hands(kc.explore(other_plan, kc.load_norms(), folder=tmp_path))
    assert hands.total == "1.500"
    hands.money("b", 2027, 10)
    assert hands.total == "1.520"
    hands.work("3.1", 2028, 1.5)
    assert hands.total == "1.400"
    hands.work("3.1", 2027, 2.5)
    assert hands.total == "1.700"
    hands.control(widgets.Dropdown, "line").value = "2.1"  # money without work
    assert hands.control(widgets.FloatSlider, "2027").disabled
    hands.control(widgets.Dropdown, "source").value = "c"
    hands.costs(10)
    hands.name("ba nguồn")
    hands.press("save")
    assert kc.load_scenario(tmp_path / "ba-nguồn.toml") == hands.page.scenario


def test_a_cycle_of_one_year(other_plan):
    one = {
        name: (frame := getattr(other_plan, name))[frame["year"] == 2026]
        for name in ("budget", "quantities")
    }
    hands = Hands(kc.explore(replace(other_plan, cycle="2026-2026", **one), kc.load_norms()))
    hands.money("a", 2026, 100)
    assert hands.total == "700"
    assert not [s for s in hands.all(widgets.FloatSlider) if s.description == "Mỗi năm"]


def test_the_picture_draws_what_the_frames_hold(plan):
    picture = Picture(plan)
    cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    picture.draw(cut)
    frame = kc.amounts(cut, ["source"]).set_index(["source", "year"])["amount_million_vnd"]
    for place, bar in picture.bars.items():
        assert bar.patch.get_height() == frame[place]
    tops = [top.get_text() for top in picture.totals]
    assert tops == ["2.950", "3.300", "3.680", "3.160", "3.556"]
    assert picture.described(cut).endswith("2024: 3.160; 2025: 3.556")


def test_the_same_plan_is_the_same_picture_whatever_was_drawn_before(plan):
    cut = kc.apply_scenario(plan, kc.load_scenario("national-cut"))
    picture = Picture(plan)
    first = picture.draw(plan)
    picture.draw(cut)
    assert picture.draw(plan) == first == Picture(plan).draw(plan)


class TestExcel:
    @pytest.fixture(scope="class")
    @classmethod
    def book(cls, plan, tmp_path_factory):
        hands = Hands(kc.explore(plan, kc.load_norms(), folder=tmp_path_factory.mktemp("saved")))
        hands.money("national", 2024, -20)
        hands.name("=1+1")
        hands.press("save")
        hands.press("excel")
        (kind, data) = re.findall(r'href="data:([^;]*);base64,([^"]*)"', "".join(hands.html))[0]
        assert kind == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert 'download="1-1.xlsx"' in "".join(hands.html)
        return load_workbook(io.BytesIO(base64.b64decode(data)))

    def test_it_holds_both_appendices_and_the_comparison(self, book):
        assert book.sheetnames == ["Kinh phí", "Khối lượng", "So với kế hoạch"]
        *_, last = book["Kinh phí"].iter_rows(values_only=True)
        assert last[1:] == ("Tổng cộng", 2950, 3300, 3680, 3160, 4356, 17446)
        sections = [row for row in book["Kinh phí"].iter_rows(values_only=True) if row[0] == "II"]
        assert sections[0][2:] == (2200, 2500, 2800, 2200, 3300, 13000)

    def test_what_departs_from_the_plan_is_marked(self, book):
        marked = {
            (sheet.title, cell.value): cell.comment.text
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }
        assert marked == {("Kinh phí", 800): "Kế hoạch: 1.600", ("Khối lượng", 1): "Kế hoạch: 2"}

    def test_the_comparison_adds_up(self, book):
        rows = list(book["So với kế hoạch"].iter_rows(values_only=True, min_row=3))
        years, lines = rows[:5], rows[15:]
        assert [row[5] for row in years] == [0, 0, 0, -800, 0]
        assert sum(row[5] or 0 for row in lines) == -800
        assert ("II.1", "2024", 2, 1, -1) in [(r[0], r[2], *r[7:]) for r in lines]

    def test_a_text_that_begins_like_a_formula_stays_a_text(self, book):
        assert all(
            cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row
        )

    def test_what_was_made_of_another_variant_is_no_more(self, hands):
        hands.costs(2)
        hands.press("excel")
        assert "data:" in "".join(hands.html)
        hands.costs(3)
        assert "data:" not in "".join(hands.html)


def test_a_name_in_angle_brackets_stays_text(hands, tmp_path):
    hands.costs(2)
    hands.name("<img src=x onerror=alert(1)>")
    hands.press("save")
    hands.press("excel")
    assert "<img" not in "".join(hands.html)


class TestLanguages:
    @pytest.fixture(scope="class")
    @classmethod
    def pages(cls, plan, tmp_path_factory):
        folder = tmp_path_factory.mktemp("kept")
        pages = [Hands(kc.explore(plan, kc.load_norms(), lang, folder)) for lang in ("vi", "en")]
        for hands in pages:
            hands.page.start_from(kc.load_scenario("national-cut"))
            hands.work("II.3", 2025, 2)
            hands.costs(5)
            hands.press("excel")
        return pages

    def test_every_text_on_a_control_is_in_one_language(self, pages):
        def texts(widget):
            yield getattr(widget, "description", "")
            yield getattr(widget, "placeholder", "")
            yield from getattr(widget, "titles", ())
            yield from (option[0] for option in getattr(widget, "options", ()))

        first, second = ([text for w in hands.all() for text in texts(w)] for hands in pages)
        assert len(first) == len(second) > 40
        for vi, en in zip(first, second, strict=True):
            assert vi != en or not re.search(r"[^\W\d]", vi), vi

    def test_every_shown_text_is_in_one_language(self, pages):
        shared = re.compile(r"\b(II?\.\d|QĐ-UBND|xlsx|Excel|style|kc|VND)\b|\d")
        vi, en = (hands.text for hands in pages)
        for word in ("the", "of", "plan", "in", "by", "source", "line", "unit"):
            assert not re.search(rf"\b{word}\b", shared.sub("", vi), re.IGNORECASE), word
        assert not re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", en.lower())

    def test_numbers_are_written_as_the_language_does(self, pages):
        vi, en = (hands.text for hands in pages)
        assert re.search(r"\d\.\d{3},\d", vi) and not re.search(r"\d,\d{3}\.\d", vi)
        assert re.search(r"\d,\d{3}\.\d", en) and not re.search(r"\d\.\d{3},\d", en)

    def test_no_slider_writes_numbers_its_own_way(self, pages):
        for hands in pages:
            sliders = hands.all((widgets.IntSlider, widgets.FloatSlider))
            assert len(sliders) == 11
            assert not any(slider.readout for slider in sliders)


def test_every_control_has_a_label(hands):
    kinds = (widgets.IntSlider, widgets.FloatSlider, widgets.Dropdown, widgets.Text, widgets.Button)
    assert all(control.description for control in hands.all(kinds))


def test_nothing_that_hangs_a_run_without_a_screen(hands):
    assert not hands.all(widgets.Output)


@pytest.mark.parametrize(("lang", "title"), [("vi", "# Nếu thay đổi"), ("en", "# What if")])
def test_the_dashboard_shows_the_title_and_the_sliders(lang, title):
    notebook = nbformat.read(home() / "notebooks" / NOTEBOOK, as_version=4)
    heading, parameters, loading, sliders = for_dashboard(notebook, "2026-2030", lang).cells
    assert heading.source.startswith(title) and "\n" not in heading.source
    assert parameters.source == f"CYCLE = '2026-2030'\nLANG = '{lang}'"
    assert "kc.load_plan(CYCLE)" in loading.source
    assert "kc.explore(plan, norms, LANG)" in sliders.source


def test_a_port_that_is_taken_is_passed_over():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert free_port(taken) > taken


def test_the_library_loads_without_widgets():
    code = (
        "import sys, kc_analysis as kc; kc.check(kc.load_plan('2021-2025')); "
        "print([m for m in ('ipywidgets', 'matplotlib', 'voila') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
