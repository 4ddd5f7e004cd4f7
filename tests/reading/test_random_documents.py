"""A random plan in a random layout, written in each form and read back, equals itself."""

from pathlib import Path

import pytest
from documents.forms import FORMS, can_write
from documents.layouts import documents
from hypothesis import HealthCheck, assume, given, settings

import kc_analysis as kc

# Making a Word or PDF file takes a hundred times as long as a text.
EXAMPLES = {"docx": 12, "pdf": 8, "xlsx_text": 20, "xlsx_numbers": 20}


def budget(plan):
    return {(r.line, r.year): r.amount_million_vnd for r in plan.budget.itertuples()}


def quantities(plan):
    return {(r.line, r.year): r.quantity for r in plan.quantities.itertuples()}


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_is_read_back(form, tmp_path):
    path = Path(tmp_path, "document")

    @settings(
        max_examples=EXAMPLES.get(form, 60),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(documents())
    def holds(document):
        truth, sheets = document
        assume(can_write(form, sheets))
        if form == "xlsx_numbers" and truth.layout.money_stands == "sentence":
            # Numbers without marks leave the sentence's marks open: Vietnamese ones are assumed.
            assume(truth.layout.marks.thousands != ",")
        path.write_bytes(FORMS[form](sheets))
        try:
            plan = kc.read_plan(path)
        except kc.DataError as error:
            # Nothing in the document decides what its marks mean; a person must say.
            assert "separates thousands" in str(error)
            plan = kc.read_plan(path, thousands="," if truth.layout.marks.decimal == "." else ".")
        assert budget(plan) == pytest.approx(truth.budget)
        assert quantities(plan) == pytest.approx(truth.quantities)
        assert dict(zip(plan.lines["line"], plan.lines["label_vi"], strict=True)) == truth.titles
        assert dict(zip(plan.lines["line"], plan.lines["unit"], strict=True)) == truth.units
        assert "error" not in set(kc.check(plan)["severity"])

    holds()
