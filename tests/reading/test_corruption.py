"""One fault in a document is refused, found, or without effect wherever a total covers it."""

from random import Random

import pytest
from documents.corruptions import KINDS, corrupt
from documents.forms import FORMS, can_write
from documents.layouts import documents
from documents.verdict import figures, judge
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import kc_analysis as kc


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_is_silent_and_no_repair_is_wrong(kind, tmp_path):
    path = tmp_path / "document"

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(documents(), st.integers(0, 10_000), st.sampled_from(["bars_text", "html"]))
    def holds(document, seed, form):
        _, sheets = document
        assume(can_write(form, sheets))
        thousands = "," if sheets[0].marks.thousands == "," else "."
        path.write_bytes(FORMS[form](sheets))
        truth = figures(kc.read_plan(path, thousands=thousands))
        try:
            fault = corrupt(Random(seed), sheets, kind)
        except ValueError:
            assume(False)
        path.write_bytes(FORMS[form](fault.sheets))
        outcome = judge(path, truth, thousands, covered=fault.covered)
        assert "silent, covered" not in outcome
        assert "repaired wrongly" not in outcome

    holds()
