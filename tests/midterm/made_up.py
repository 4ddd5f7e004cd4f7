"""Figures made up for the tests of the review, small enough to be worked by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd

import kc_analysis as kc
from kc_analysis.model import BUDGET, PRINTED, QUANTITIES, Text, tabulate
from kc_analysis.reading.actuals import Actuals

PLAN = kc.load_plan("2021-2025")
#: line, year: allocated, disbursed, quantity, counterpart, establishments, jobs
ROWS: dict[tuple[str, int], tuple[float | None, ...]] = {
    ("I.1", 2021): (600, 540, 3, 1080, 3, 30),
    ("I.1", 2022): (640, 672, 4, 1344, 4, None),
    ("I.1", 2023): (700, 700, 4, None, 4, 40),
    ("I.2", 2022): (30, 0, 0, None, None, None),  # planned, reported as nothing
    ("I.2", 2023): (None, 25, 1, None, None, None),  # not planned, carried out
    ("I.3", 2021): (70, 70, 1, 0, 6, 0),
    ("I.3", 2022): (80, 80, None, 0, 8, 0),  # what was delivered is not known
    ("II.1", 2021): (1000, 800, 1, 1600, 1, 10),
    ("II.1", 2022): (1600, 1600, 2, 3200, 2, 25),
    ("II.1", 2023): (800, 800, 1, 1500, 1, 12),
    ("II.2", 2022): (900, 900, 3, 2000, 3, 30),
    # II.2 of 2021 and of 2023, and others, are not reported.
}


def actuals(rows=ROWS, as_of: date = date(2023, 12, 31), plan=PLAN) -> Actuals:
    """The actuals that a workbook with these rows would give."""
    lines = plan.lines.set_index("line")
    indicators = pd.DataFrame(
        [
            (line, *lines.loc[line, ["source", "activity", "unit"]], year, *figures, None)
            for (line, year), figures in rows.items()
        ],
        columns=[
            "line", "source", "activity", "unit", "year", "allocated_million_vnd",
            "disbursed_million_vnd", "quantity", "counterpart_million_vnd", "establishments",
            "jobs", "note",
        ],
    )  # fmt: skip
    numbers = list(indicators.columns[5:11])
    indicators[numbers] = indicators[numbers].astype(float)
    spent = indicators.dropna(subset="disbursed_million_vnd")
    done = indicators.dropna(subset="quantity")
    who = ["line", "source", "activity"]
    return Actuals(
        plan=replace(
            plan,
            variant=Text("Thực hiện", "Actual"),
            budget=tabulate(BUDGET, spent[[*who, "year", "disbursed_million_vnd"]].to_numpy()),
            quantities=tabulate(QUANTITIES, done[[*who, "unit", "year", "quantity"]].to_numpy()),
            printed=tabulate(PRINTED, []),
        ),
        indicators=indicators,
        projects=pd.DataFrame(),
        as_of=as_of,
        illustrative=True,
    )
