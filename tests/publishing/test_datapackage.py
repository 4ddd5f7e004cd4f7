"""The processed data: valid for frictionless, equal to the plan, and as committed."""

import json

import frictionless
import pandas as pd
import pytest

import kc_analysis as kc
from kc_analysis.publishing.datapackage import TABLES, write_processed
from kc_analysis.reading.cycle import home

NAMES = [*(f"{table}.csv" for table in TABLES), "datapackage.json"]


@pytest.fixture(scope="session")
def made(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("processed") / "2021-2025"
    source = kc.load_source("2021-2025")
    write_processed(folder, plan, source, kc.check(plan), kc.coverage(plan))
    return folder


def test_frictionless_finds_it_valid(made):
    report = frictionless.validate(str(made / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(TABLES)


def test_frictionless_would_see_a_fault(made, tmp_path):
    for name in NAMES:
        (tmp_path / name).write_bytes((made / name).read_bytes())
    budget = (tmp_path / "budget.csv").read_text(encoding="utf-8")
    (tmp_path / "budget.csv").write_text(budget.replace("I.1,", "I.9,", 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_regenerating_changes_nothing(made):
    committed = home() / "data" / "processed" / "2021-2025"
    assert sorted(path.name for path in committed.iterdir()) == sorted(NAMES)
    for name in NAMES:
        assert (made / name).read_bytes() == (committed / name).read_bytes(), name


@pytest.mark.parametrize("table", ["budget", "quantities", "lines"])
def test_what_was_written_reads_back(made, plan, table):
    frame = getattr(plan, table)
    back = pd.read_csv(made / f"{table}.csv", dtype={"number": str})
    pd.testing.assert_frame_equal(back, frame, check_dtype=False)


def test_units_and_sources_are_described(made):
    package = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert "470/QĐ-UBND" in package["sources"][0]["title"]
    assert (home() / package["sources"][0]["path"]).is_file()
    budget = next(r for r in package["resources"] if r["name"] == "budget")
    amount = next(f for f in budget["schema"]["fields"] if f["name"] == "amount_million_vnd")
    assert amount["unit"] == "million VND"
