"""A cycle's folder: the decision as received, where it comes from, and what goes with it."""

import hashlib
import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from kc_analysis import model
from kc_analysis.model import DataError, Plan, Text, Trouble, same
from kc_analysis.reading.plan.read_plan import read_plan

#: A name such as "../x" must not lead out of the data folder.
CYCLE_NAME = re.compile(r"\d{4}-\d{4}")


def home() -> Path:
    """The folder that holds data/, notebooks/ and reports/: the checkout, or KC_HOME if set."""
    return Path(os.environ.get("KC_HOME") or Path(__file__).parents[2]).resolve()


def cycles() -> list[str]:
    """The cycles that have a folder of raw data, earliest first.

    Examples
    --------
    >>> cycles()
    ['2021-2025']
    """
    return sorted(path.parent.name for path in (home() / "data" / "raw").glob("*/source.toml"))


def raw_folder(cycle: str) -> Path:
    """The folder of a cycle's raw data.

    Raises
    ------
    DataError
        If there is no such cycle; the error names those that there are.
    """
    folder = home() / "data" / "raw" / cycle
    if CYCLE_NAME.fullmatch(cycle) and (folder / "source.toml").is_file():
        return folder
    known = ", ".join(cycles())
    raise _error(
        home() / "data" / "raw",
        Text(f"một giai đoạn đã có dữ liệu: {known}", f"a cycle that has data: {known}"),
        same(f"“{cycle}”"),
    )


def load_source(cycle: str) -> dict[str, Any]:
    """What is known of a cycle's decision: its source.toml.

    Parameters
    ----------
    cycle : str

    Returns
    -------
    dict
        number, date, issuer, title, title_en, file, sha256, unit, and known: the findings that
        are acknowledged, each with rule, table, line, year and reason.

    Raises
    ------
    DataError
        If there is no such cycle.

    Examples
    --------
    >>> load_source("2021-2025")["number"]
    '470/QĐ-UBND'
    """
    return tomllib.loads((raw_folder(cycle) / "source.toml").read_text(encoding="utf-8"))


def load_plan(cycle: str) -> Plan:
    """Load a cycle's approved plan, with English labels and the narrative's targets.

    Parameters
    ----------
    cycle : str
        ``"2021-2025"``.

    Returns
    -------
    Plan

    Raises
    ------
    DataError
        If there is no such cycle, if the decision is not the file whose checksum source.toml
        holds, or with all that cannot be read in it.

    Examples
    --------
    >>> plan = load_plan("2021-2025")
    >>> plan.sources["source"].tolist(), len(plan.targets)
    (['local', 'national'], 32)
    """
    folder, source = raw_folder(cycle), load_source(cycle)
    path = folder / source["file"]
    layout = folder / "layout.toml"
    plan = read_plan(path, layout if layout.is_file() else None, thousands=source.get("thousands"))
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    if checksum != source["sha256"]:
        raise _error(
            path,
            Text(f"mã SHA-256 {source['sha256']}", f"the SHA-256 {source['sha256']}"),
            same(checksum),
        )
    columns = dict.fromkeys(("line", "label_en", "unit_en"), model.TEXT)
    printed = {"number": plan.number, "date": plan.issued}
    for name, value in printed.items():
        if value is not None and value != source[name]:
            raise _error(
                folder / "source.toml",
                Text(
                    f"{name} = {value}, như trong quyết định",
                    f"{name} = {value}, as in the decision",
                ),
                same(str(source[name])),
            )
    labels = _read_csv(folder / "lines.csv", columns).set_index("line")
    return replace(
        plan,
        # What the document does not tell, a person may have filled in.
        number=plan.number or source["number"] or None,
        issued=plan.issued or source["date"] or None,
        issuer=plan.issuer or source["issuer"] or None,
        sources=plan.sources.assign(label_en=plan.sources["number"].map(labels["label_en"])),
        lines=plan.lines.assign(
            **{name: plan.lines["line"].map(labels[name]) for name in ("label_en", "unit_en")}
        ),
        targets=_read_csv(folder / "targets.csv", model.TARGETS),
    )


def load_crosswalk(cycle: str) -> pd.DataFrame | None:
    """What a planner has corrected of how a cycle's lines go on from the last one's.

    Parameters
    ----------
    cycle : str
        The later cycle.

    Returns
    -------
    DataFrame or None
        old_line, new_line, note, as ``match_lines`` takes them; None where there is no such file.

    Examples
    --------
    >>> load_crosswalk("2021-2025") is None  # the first cycle
    True
    """
    path = home() / "data" / "raw" / cycle / "crosswalk.csv"
    columns = dict.fromkeys(("old_line", "new_line", "note"), model.TEXT)
    return _read_csv(path, columns) if path.is_file() else None


def load_cpi() -> pd.DataFrame:
    """The consumer price index: year, its annual average's change in per cent, and its source.

    Examples
    --------
    >>> load_cpi().set_index("year").loc[2022, "cpi_annual_average_change_pct"]
    np.float64(3.15)
    """
    columns = {
        "year": "int64",
        "cpi_annual_average_change_pct": "float64",
        "source": model.TEXT,
        "confidence_vi": model.TEXT,
        "confidence_en": model.TEXT,
    }
    return _read_csv(home() / "data" / "raw" / "cpi.csv", columns)


def load_norms() -> pd.DataFrame:
    """The cost norms: activity, ceiling in million VND, instrument, dates in force, how known.

    Examples
    --------
    >>> load_norms().set_index("norm_id").loc["machinery", "amount_max_million_vnd"]
    np.float64(300.0)
    """
    text = (
        "norm_id",
        "activity_vi",
        "activity",
        "source",
        "per_vi",
        "per_en",
        "instrument",
        "provision",
        "in_force_from",
        "in_force_to",
        "seen_vi",
        "seen_en",
    )
    columns = {
        **dict.fromkeys(text, model.TEXT),
        "share_max_pct": "float64",
        "amount_max_million_vnd": "float64",
    }
    return _read_csv(home() / "data" / "raw" / "cost_norms.csv", columns)


def _read_csv(path: Path, columns: dict[str, Any]) -> pd.DataFrame:
    """A CSV file whose columns are known; another set of them is an error that names both."""
    expected = Text(
        "tệp CSV có các cột " + ", ".join(columns),
        "a CSV file with the columns " + ", ".join(columns),
    )
    try:
        frame = pd.read_csv(path, dtype=columns, encoding="utf-8-sig")
    except FileNotFoundError:
        raise _error(path, expected, Text("không có tệp này", "no such file")) from None
    except ValueError as error:
        raise _error(path, expected, same(str(error))) from None
    if set(frame.columns) != set(columns):
        raise _error(path, expected, same(", ".join(frame.columns)))
    return frame[list(columns)]


def _error(path: Path, expected: Text, found: Text) -> DataError:
    return DataError([Trouble(same(path.relative_to(home()).as_posix()), expected, found)])
