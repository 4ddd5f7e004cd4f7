"""A document with a fault has the fault that it is said to have, and no other."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.corruptions import KINDS, corrupt
from documents.layouts import documents


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
@given(documents(), st.integers(0, 2**32))
def test_a_fault_shows_at_its_place_and_leaves_the_original_alone(kind, drawn, seed):
    _, sheets = drawn
    before = [[list(row) for row in sheet.rows] for sheet in sheets]
    try:
        fault = corrupt(Random(seed), sheets, kind)
    except ValueError:
        assume(False)
    assert [[list(row) for row in sheet.rows] for sheet in sheets] == before
    at, row, column = fault.place
    assert [i for i, each in enumerate(sheets) if each != fault.sheets[i]] == [at]
    assert fault.kind == kind
    if kind.startswith("row"):
        assert any(span.value is not None for span in before[at][row])
        assert column == 0
    elif not kind.startswith("column"):
        assert before[at][row][column].value is not None
        assert sheets[at].rows[row] != fault.sheets[at].rows[row]
