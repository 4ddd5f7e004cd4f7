"""Scenario files: written, read back as the same, and told apart from what is none."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kc_analysis as kc
from kc_analysis.model import Text
from kc_analysis.scenarios.files import dumps, scenario_folder
from kc_analysis.scenarios.ranges import Normal, Percentiles, Triangular, Uniform
from kc_analysis.scenarios.scenario import Ceiling, Change, Scenario

RIGHT = """title_vi = "Thử"
title_en = "A try"
plan = "2021-2025"

[[change]]
of = "unit_cost"
multiply = 1.1
years = [2024, 2025]
"""


@pytest.fixture
def write(tmp_path):
    """Write a text as a scenario's file."""

    def _write(text, name="a"):
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def caught(path):
    """What is said of a file, in Vietnamese and in English."""
    with pytest.raises(kc.DataError) as error:
        kc.load_scenario(path)
    return error.value


def test_the_smallest_file(write):
    assert kc.load_scenario(write(RIGHT)) == Scenario(
        "a",
        Text("Thử", "A try"),
        "2021-2025",
        (Change("unit_cost", "multiply", 1.1, (2024, 2025)),),
    )


def test_one_value_may_stand_for_a_list(write):
    one = RIGHT.replace("[2024, 2025]", '2024\nline = "II.1"')
    many = RIGHT.replace("[2024, 2025]", '[2024]\nline = ["II.1"]')
    assert kc.load_scenario(write(one)) == kc.load_scenario(write(many))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_as_windows_writes_it(write, mark, end):
    read = kc.load_scenario(write(mark + RIGHT.replace("\n", end).encode()))
    assert read.title == Text("Thử", "A try")


def test_a_whole_number_is_a_correlation_too(write):
    text = RIGHT.replace("multiply = 1.1", 'multiply = {low = 1, high = 2}\nindependent = "line"')
    change = kc.load_scenario(write(text + "correlation = 0\n")).changes[0]
    assert change.value == Uniform(1, 2)
    assert change.correlation == 0


@pytest.mark.parametrize("name", kc.scenarios())
def test_the_shipped_scenarios_fit_the_plan(name, plan):
    scenario = kc.load_scenario(name)
    assert kc.apply_scenario(plan, scenario).variant == scenario.title
    assert kc.load_scenario(scenario_folder() / f"{name}.toml") == scenario


def test_a_base_is_read_from_the_same_folder(write):
    write(RIGHT, "below")
    text = RIGHT.replace('plan = "2021-2025"', 'based_on = "below"')
    scenario = kc.load_scenario(write(text))
    assert scenario.base.name == "below"
    assert scenario.cycle == "2021-2025"
    assert [part.name for part in scenario.chain] == ["below", "a"]


def test_another_home_has_other_scenarios(write, tmp_path, monkeypatch):
    folder = tmp_path / "data" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(RIGHT, encoding="utf-8")
    monkeypatch.setenv("KC_HOME", str(tmp_path))
    assert kc.scenarios() == ["mine"]
    assert kc.load_scenario("mine").name == "mine"


# Writing.

names = st.from_regex(r"[\w-]{1,12}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9)
ids = st.lists(texts, max_size=3).map(tuple)
ranges = st.one_of(
    st.builds(Uniform, numbers, numbers),
    st.builds(Triangular, numbers, numbers, numbers),
    st.builds(Normal, numbers, numbers),
    st.builds(Percentiles, numbers, numbers, numbers),
)
years = st.integers(1990, 2100)
changes = st.builds(
    Change,
    of=st.sampled_from(["amount", "quantity", "unit_cost"]),
    by=st.sampled_from(["set", "multiply", "add", "grow_pct"]),
    value=numbers | ranges,
    years=st.lists(years, min_size=1, max_size=5).map(tuple),
    source=ids,
    line=ids,
    activity=ids,
    gives_way=st.sampled_from([None, "quantity", "unit_cost"]),
    from_year=st.none() | years,
    independent=st.lists(st.sampled_from(["source", "line", "year"]), max_size=3).map(tuple),
    correlation=st.floats(0, 1),
)
ceilings = st.builds(Ceiling, st.none() | texts, years, numbers)


def scenarios(base):
    return st.builds(
        Scenario,
        name=names,
        title=st.builds(Text, texts, texts),
        cycle=st.just("2021-2025"),
        changes=st.lists(changes, max_size=3).map(tuple),
        ceilings=st.lists(ceilings, max_size=3).map(tuple),
        base=base,
    )


@given(scenarios(st.none() | scenarios(st.none())))
def test_what_is_written_is_read_back(tmp_path_factory, scenario):
    folder = tmp_path_factory.mktemp("written")
    if scenario.base:
        scenario = replace(scenario, name="over", base=replace(scenario.base, name="base"))
        kc.save_scenario(scenario.base, folder / "base.toml")
    path = kc.save_scenario(scenario, folder / f"{scenario.name}.toml")
    assert path.read_text("utf-8") == dumps(scenario)
    assert kc.load_scenario(path) == scenario


def test_a_file_is_text_that_a_colleague_can_read():
    scenario = Scenario(
        "x",
        Text("Đơn giá tăng", "Costs rise"),
        "2021-2025",
        (Change("unit_cost", "multiply", Triangular(1, 1.1, 1.3), (2024,), line=("II.1",)),),
        (Ceiling("national", 2024, 3000),),
    )
    assert dumps(scenario) == (
        'title_vi = "Đơn giá tăng"\n'
        'title_en = "Costs rise"\n'
        'plan = "2021-2025"\n'
        "\n"
        "[[change]]\n"
        'of = "unit_cost"\n'
        "multiply = {low = 1, mode = 1.1, high = 1.3}\n"
        'line = ["II.1"]\n'
        "years = [2024]\n"
        "\n"
        "[[ceiling]]\n"
        'source = "national"\n'
        "year = 2024\n"
        "amount_million_vnd = 3000\n"
    )


def test_a_file_is_not_overwritten_unless_that_is_wanted(write):
    path = write("# mine\n")
    scenario = kc.load_scenario("national-cut")
    with pytest.raises(kc.DataError) as error:
        kc.save_scenario(scenario, path)
    assert error.value.in_language("en") == (
        "a.toml: expected a name that is free, found the file exists"
    )
    assert error.value.in_language("vi") == "a.toml: cần tên chưa có, nhưng thấy đã có tệp"
    assert path.read_text("utf-8") == "# mine\n"
    kc.save_scenario(scenario, path, overwrite=True)
    assert kc.load_scenario(path) == replace(scenario, name="a")
    assert [one.name for one in path.parent.iterdir()] == ["a.toml"]


# What is wrong.

OUTSIDE = ["../a", "a/b", "a b", "..", "", "/etc/passwd", "a.toml/../../b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_does_not_lead_out_of_the_folder(name):
    for attempt in (
        lambda: kc.load_scenario(name),
        lambda: kc.save_scenario(kc.load_scenario("national-cut"), name),
    ):
        with pytest.raises(kc.DataError) as error:
            attempt()
        assert error.value.in_language("en") == (
            "scenario: expected a name of letters, digits and hyphens, or a .toml file, "
            f"found “{name}”"
        )
        assert error.value.in_language("vi").startswith("kịch bản: cần một tên gồm chữ, số và gạch")


@pytest.mark.parametrize("name", [*OUTSIDE, "../b.toml", "b.toml"])
def test_a_bases_name_does_not_either(write, tmp_path, name):
    (tmp_path / "b.toml").write_text(RIGHT, encoding="utf-8")
    error = caught(write(RIGHT.replace("plan =", f'based_on = "{name}"\nplan =')))
    assert error.in_language("en") == (
        f"a.toml: expected a name of letters, digits and hyphens, found based_on = “{name}”"
    )
    assert error.in_language("vi").startswith("a.toml: cần một tên gồm chữ, số và gạch nối")


def test_no_such_scenario_names_those_that_there_are(write):
    path = write(RIGHT).with_name("b.toml")
    assert caught(path).in_language("en") == (
        "b.toml: expected a scenario that there is: a, found no such file"
    )
    assert caught(path).in_language("vi") == (
        "b.toml: cần một kịch bản đã có: a, nhưng thấy không có tệp"
    )
    assert "national-cut" in str(caught("no-such"))


def test_no_such_base(write):
    error = caught(write(RIGHT.replace("plan =", 'based_on = "b"\nplan =')))
    assert error.in_language("en").startswith("b.toml: expected a scenario that there is: a,")


def test_bases_in_a_circle(write):
    for name, base in (("b", "c"), ("c", "a"), ("a", "b")):
        path = write(RIGHT.replace("plan =", f'based_on = "{base}"\nplan ='), name)
    error = caught(path)
    assert error.in_language("en") == (
        "a.toml: expected scenarios that are not in a circle, found a → b → c → a"
    )
    assert "vòng tròn, nhưng thấy a → b → c → a" in error.in_language("vi")
    assert "a → a" in str(caught(write(RIGHT.replace("plan =", 'based_on = "a"\nplan ='))))


@pytest.mark.parametrize(
    "content",
    [
        "title_vi = ",
        "{json: 1}",
        RIGHT.encode("utf-16"),
        b"\xff",
        "plan = " + "[" * 10_000,
        "plan = " + "9" * 10_000,
    ],
    ids=["half", "json", "utf-16", "byte", "brackets", "digits"],
)
def test_what_is_no_toml(write, content):
    error = caught(write(content))
    assert error.in_language("en").startswith("a.toml: expected TOML")
    assert error.in_language("vi").startswith("a.toml: cần tệp TOML")


CHANGE_KEYS = (
    "of, set, multiply, add, grow_pct, source, line, activity, years, gives_way, from_year, "
    "independent, correlation"
)
RANGES = "{low, high}; {low, mode, high}; {mean, sd}; {p10, p50, p90}"


@pytest.mark.parametrize(
    ("old", "new", "vi", "en"),
    [
        # At the top of the file.
        (
            "title_vi",
            "titel",
            "a.toml: cần một trong các khóa: title_vi, title_en, plan, based_on, order, change, "
            "ceiling, nhưng thấy “titel”\na.toml: cần khóa “title_vi”, nhưng thấy không có",
            "a.toml: expected one of the keys: title_vi, title_en, plan, based_on, order, "
            "change, ceiling, found “titel”\na.toml: expected the key “title_vi”, found none",
        ),
        (
            '"A try"',
            "3",
            "a.toml: cần title_en là chữ trong ngoặc kép, nhưng thấy 3",
            "a.toml: expected title_en to be text in quotes, found 3",
        ),
        (
            'plan = "2021-2025"',
            "",
            "a.toml: cần plan = “2021-2025”, hoặc based_on, nhưng thấy không có",
            "a.toml: expected plan = “2021-2025”, or based_on, found none",
        ),
        (
            "[[change]]",
            "[change]",
            "a.toml: cần [[change]], nhưng thấy change = …",
            "a.toml: expected [[change]], found change = …",
        ),
        # In a change.
        (
            "years",
            "yaers",
            f"a.toml, thay đổi 1: cần một trong các khóa: {CHANGE_KEYS}, nhưng thấy “yaers”\n"
            "a.toml, thay đổi 1: cần khóa “years”, nhưng thấy không có",
            f"a.toml, change 1: expected one of the keys: {CHANGE_KEYS}, found “yaers”\n"
            "a.toml, change 1: expected the key “years”, found none",
        ),
        (
            "multiply = 1.1",
            "",
            "a.toml, thay đổi 1: cần đúng một trong: set, multiply, add, grow_pct, nhưng thấy –",
            "a.toml, change 1: expected exactly one of: set, multiply, add, grow_pct, found –",
        ),
        (
            "multiply = 1.1",
            "add = 1\nset = 2",
            "a.toml, thay đổi 1: cần đúng một trong: set, multiply, add, grow_pct, nhưng thấy set, "
            "add",
            "a.toml, change 1: expected exactly one of: set, multiply, add, grow_pct, found set, "
            "add",
        ),
        (
            "unit_cost",
            "price",
            "a.toml, thay đổi 1: cần of là một trong: amount, quantity, unit_cost, "
            "nhưng thấy price",
            "a.toml, change 1: expected of to be one of: amount, quantity, unit_cost, found price",
        ),
        (
            "multiply = 1.1",
            'multiply = "1,1"',
            f"a.toml, thay đổi 1: cần multiply là một số, hoặc một khoảng: {RANGES}, "
            "nhưng thấy 1,1",
            f"a.toml, change 1: expected multiply to be a number, or a range: {RANGES}, found 1,1",
        ),
        (
            "multiply = 1.1",
            "multiply = { low = 1, top = 2 }",
            f"a.toml, thay đổi 1: cần multiply là một số, hoặc một khoảng: {RANGES}, nhưng thấy "
            "{'low': 1, 'top': 2}",
            f"a.toml, change 1: expected multiply to be a number, or a range: {RANGES}, found "
            "{'low': 1, 'top': 2}",
        ),
        (
            "[2024, 2025]",
            '["2024"]',
            "a.toml, thay đổi 1: cần years là danh sách, mỗi phần tử là số nguyên, nhưng thấy "
            "['2024']",
            "a.toml, change 1: expected years to be a list, each a whole number, found ['2024']",
        ),
        (
            "multiply = 1.1",
            "multiply = 1.1\nfrom_year = 2021.0",
            "a.toml, thay đổi 1: cần from_year là số nguyên, nhưng thấy 2021.0",
            "a.toml, change 1: expected from_year to be a whole number, found 2021.0",
        ),
        (
            "multiply = 1.1",
            "multiply = 1.1\ncorrelation = true",
            "a.toml, thay đổi 1: cần correlation là một số, nhưng thấy True",
            "a.toml, change 1: expected correlation to be a number, found True",
        ),
        (
            "multiply = 1.1",
            'multiply = 1.1\nindependent = ["lines"]',
            "a.toml, thay đổi 1: cần independent là một trong: source, line, year, nhưng thấy "
            "['lines']",
            "a.toml, change 1: expected independent to be one of: source, line, year, found "
            "['lines']",
        ),
        (
            "multiply = 1.1",
            'multiply = 1.1\ngives_way = "cost"',
            "a.toml, thay đổi 1: cần gives_way là một trong: quantity, unit_cost, nhưng thấy cost",
            "a.toml, change 1: expected gives_way to be one of: quantity, unit_cost, found cost",
        ),
        # In a ceiling.
        (
            "[[change]]",
            "[[ceiling]]\nyear = 2024\n\n[[change]]",
            "a.toml: cần khóa “amount_million_vnd”, nhưng thấy không có",
            "a.toml: expected the key “amount_million_vnd”, found none",
        ),
        (
            "[[change]]",
            '[[ceiling]]\nyear = 2024\namount_million_vnd = "3.000"\n\n[[change]]',
            "a.toml: cần amount_million_vnd là một số, nhưng thấy '3.000'",
            "a.toml: expected amount_million_vnd to be a number, found '3.000'",
        ),
    ],
)
def test_a_wrong_file_is_told_with_what_is_right(write, old, new, vi, en):
    assert old in RIGHT
    error = caught(write(RIGHT.replace(old, new, 1)))
    assert error.in_language("vi") == vi
    assert error.in_language("en") == en


def test_all_that_is_wrong_is_told_at_once(write):
    text = RIGHT + '\n[[change]]\nof = "price"\nset = "much"\nline = 3\n\n[[ceiling]]\n'
    error = caught(write(text.replace('plan = "2021-2025"', "")))
    places = [trouble.place.en for trouble in error.troubles]
    # No years, no such number, thing or line; no year or amount of the ceiling; no plan.
    assert places == ["a.toml, change 2"] * 4 + ["a.toml"] * 3
    assert len(str(error).splitlines()) == 14


@given(st.text(st.sampled_from("[]={}\"\n\t #.,x12\\'chage"), max_size=60))
def test_any_text_is_a_scenario_or_a_data_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "a.toml"
    path.write_text(RIGHT + text, encoding="utf-8")
    try:
        kc.load_scenario(Path(path))
    except kc.DataError as error:
        assert "a.toml" in str(error)
