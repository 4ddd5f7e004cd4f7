"""The decision's extract, and what it means that two plans are the same."""

import pandas as pd

import kc_analysis as kc
from kc_analysis.model import Plan

EXTRACT = kc.raw_folder("2021-2025") / "470-QD-UBND.txt"


def assert_same_plan(left: Plan, right: Plan) -> None:
    """Both plans hold the same figures; where each was read is not compared."""
    for name in ("cycle", "title", "number", "issued", "issuer"):
        assert getattr(left, name) == getattr(right, name), name
    for name in ("sources", "lines", "budget", "quantities", "printed"):
        pd.testing.assert_frame_equal(getattr(left, name), getattr(right, name), obj=name)
