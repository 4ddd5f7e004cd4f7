"""The processed data: tidy CSV files and the Frictionless description that goes with them."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_float_dtype, is_integer_dtype

from kc_analysis.model import Plan
from kc_analysis.publishing.aside import aside
from kc_analysis.wording import COLUMNS, citation

#: The tables and what each holds.
TABLES = {
    "lines": "The plan's lines, in the document's order",
    "budget": "A row for each amount that the document prints for a line and year",
    "quantities": "A row for each quantity that the document prints for a line and year",
    "findings": "What the checks found; a plan without errors reconciles",
    "coverage": "The narrative's targets beside the budget lines that pay for them",
}
_KEYS = {
    "lines": ["line"],
    "budget": ["line", "year"],
    "quantities": ["line", "year"],
    "coverage": ["target_id"],
}


def write_processed(
    folder: Path, plan: Plan, source: dict[str, Any], findings: pd.DataFrame, coverage: pd.DataFrame
) -> None:
    """Write a cycle's processed data, all of it or none.

    Parameters
    ----------
    folder : Path
        Its name is the cycle's.
    plan : Plan
    source : dict
        As ``load_source`` gives it.
    findings, coverage : DataFrame
        As ``check`` and ``coverage`` give them.
    """
    tables = {
        "lines": plan.lines,
        "budget": plan.budget,
        "quantities": plan.quantities,
        "findings": findings,
        "coverage": coverage,
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"khuyen-cong-{plan.cycle}",
        "title": source["title"],
        "description": f"{source['title_en']}. {citation(plan, 'en')}. Amounts in million VND.",
        "sources": [{"title": citation(plan), "path": f"data/raw/{plan.cycle}/{source['file']}"}],
        "resources": [_resource(name, frame) for name, frame in tables.items()],
    }
    with aside(folder.parent) as work:
        made = work / folder.name
        made.mkdir()
        for name, frame in tables.items():
            # Fifteen digits tell any two amounts apart and spare the reader 17.200000000000003.
            _defused(frame).to_csv(
                made / f"{name}.csv", index=False, float_format="%.15g", lineterminator="\n"
            )
        text = json.dumps(package, ensure_ascii=False, indent=2)
        (made / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Texts that a spreadsheet would take for formulas, made plain by an apostrophe."""
    texts: pd.DataFrame = frame.select_dtypes("str")
    formulas = texts.apply(lambda column: column.str.match(r"[=+\-@\t\r]").fillna(value=False))
    return frame.assign(**texts.where(~formulas, "'" + texts)) if formulas.any(axis=None) else frame


def _resource(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(str(column), frame[column]) for column in frame]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name in ("budget", "quantities"):
        reference = {"resource": "lines", "fields": ["line"]}
        schema["foreignKeys"] = [{"fields": ["line"], "reference": reference}]
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": TABLES[name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, column: pd.Series) -> dict[str, Any]:
    kind = (
        "integer" if is_integer_dtype(column) else "number" if is_float_dtype(column) else "string"
    )
    field = {"name": name, "type": kind}
    base = name.removesuffix("_vi").removesuffix("_en")
    if base in COLUMNS:
        title = COLUMNS[base]
        field |= {"title": title.vi, "description": title.en}
    if "million_vnd" in name:
        field["unit"] = "million VND per unit" if name.endswith("_per_unit") else "million VND"
    return field
