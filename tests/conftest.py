"""What the tests share: the real decision, and copies of it with a change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import EXTRACT

import kc_analysis as kc
from kc_analysis.model import Plan

# A time limit in a test fails on a busy machine; how many inputs are filtered out hangs on chance.
settings.register_profile(
    "deep",
    deadline=None,
    # The same inputs each time: a failure is of the change at hand, and not of chance.
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile("quick", settings.get_profile("deep"), max_examples=10)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The approved plan of 2021-2025."""
    return kc.load_plan("2021-2025")


@pytest.fixture(scope="session")
def extract() -> str:
    """The decision's text as it stands in data/raw."""
    return EXTRACT.read_text(encoding="utf-8")


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Plan]:
    """Read a text as the file that a planner would have."""

    def _read(text: str, encoding: str = "utf-8") -> Plan:
        path = tmp_path / "decision.txt"
        path.write_bytes(text.encode(encoding))
        return kc.read_plan(path)

    return _read
