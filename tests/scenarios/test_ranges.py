"""Ranges against SciPy's distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kc_analysis.scenarios.ranges import (
    KINDS,
    Normal,
    Percentiles,
    Triangular,
    Uniform,
    fault_of,
)

SHARES = np.linspace(0.001, 0.999, 999)

numbers = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)
rising = st.lists(numbers, min_size=3, max_size=3, unique=True).map(sorted)


@given(rising)
def test_uniform(ends):
    low, _, high = ends
    one = Uniform(low, high)
    theirs = stats.uniform(low, high - low)
    np.testing.assert_allclose(one.quantile(SHARES), theirs.ppf(SHARES), atol=1e-9)
    assert one.middle == pytest.approx(theirs.mean())


@given(rising, st.sampled_from(["left", "between", "right"]))
def test_triangular(ends, peak):
    low, mode, high = ends
    mode = {"left": low, "between": mode, "right": high}[peak]
    one = Triangular(low, mode, high)
    theirs = stats.triang((mode - low) / (high - low), low, high - low)
    np.testing.assert_allclose(one.quantile(SHARES), theirs.ppf(SHARES), atol=1e-6)
    assert one.quantile(np.array([0.0, 1.0])).tolist() == pytest.approx([low, high])
    assert one.middle == mode


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_normal_is_cut_at_zero(mean, sd):
    one = Normal(mean, sd)
    theirs = stats.truncnorm(-mean / sd, np.inf, mean, sd)
    np.testing.assert_allclose(one.quantile(SHARES), theirs.ppf(SHARES), rtol=1e-6, atol=1e-6)
    assert (one.quantile(SHARES) > 0).all()


percentiles = rising.map(lambda three: [number - three[0] + 0.1 for number in three])


@given(percentiles)
def test_percentiles_are_gone_through_exactly(three):
    one = Percentiles(*three)
    assert one.quantile(np.array([0.1, 0.5, 0.9])).tolist() == pytest.approx(three)
    assert one.middle == three[1]
    values = one.quantile(SHARES)
    assert (np.diff(values) >= 0).all()
    assert (values >= 0).all()


def test_percentiles_that_lie_evenly_are_normal_and_in_ratio_lognormal():
    evenly = Percentiles(90, 100, 110)
    theirs = stats.norm(100, 10 / stats.norm.ppf(0.9))
    np.testing.assert_allclose(evenly.quantile(SHARES), theirs.ppf(SHARES))
    in_ratio = Percentiles(50, 100, 200)
    theirs = stats.lognorm(np.log(2) / stats.norm.ppf(0.9), scale=100)
    np.testing.assert_allclose(in_ratio.quantile(SHARES), theirs.ppf(SHARES))


def test_percentiles_hardly_uneven_are_hardly_other_than_even_ones():
    evenly, hardly = Percentiles(90, 100, 110), Percentiles(90, 100, 110 + 1e-4)
    np.testing.assert_allclose(evenly.quantile(SHARES), hardly.quantile(SHARES), atol=1e-3)


@pytest.mark.parametrize(
    "right",
    [
        Uniform(-1, 1),
        Triangular(1, 1, 2),
        Triangular(1, 2, 2),
        Normal(1, 5),
        Percentiles(0, 1, 3),
    ],
)
def test_a_range_without_fault(right):
    assert fault_of(right) is None


@pytest.mark.parametrize(
    "wrong",
    [
        Uniform(2, 1),
        Uniform(1, float("inf")),
        Triangular(1, 3, 2),
        Triangular(1, float("nan"), 2),
        Normal(0, 1),
        Normal(1, -1),
        Percentiles(3, 2, 1),
        Percentiles(1, 1, 2),
        Percentiles(1, 2, 2),
        Percentiles(-1, 0, 1),
    ],
)
def test_a_faulty_range_is_told_in_both_languages(wrong):
    fault = fault_of(wrong)
    assert fault.vi
    assert fault.en
    assert fault.vi != fault.en


def test_no_two_kinds_have_the_same_names():
    assert len({tuple(sorted(kind.__annotations__)) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize(
    "point", [Uniform(2, 2), Triangular(2, 2, 2), Normal(2, 0), Percentiles(2, 2, 2)]
)
def test_a_point_is_a_range_too(point):
    assert fault_of(point) is None
    assert (point.quantile(SHARES) == 2).all()
    assert point.middle == 2
