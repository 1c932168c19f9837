"""The normal distribution, against the standard library."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.uncertain.standard_normal import Z95, cumulative_normal, inverse_normal


@given(st.floats(min_value=2.0**-53, max_value=1.0 - 2.0**-53))
def test_inverse_agrees_with_the_standard_library(u: float) -> None:
    expected = NormalDist().inv_cdf(u)
    assert float(inverse_normal(np, np.array(u))) == pytest.approx(expected, rel=1e-13, abs=1e-16)


def test_inverse_agrees_on_a_grid_with_both_tails() -> None:
    tails = 10.0 ** -np.arange(1.0, 300.0)
    u = np.concatenate([np.linspace(0.001, 0.999, 999), tails, 1.0 - tails[:15]])
    expected = [NormalDist().inv_cdf(p) for p in u]
    assert inverse_normal(np, u) == pytest.approx(np.array(expected), rel=1e-13, abs=1e-16)


def test_inverse_undoes_the_error_function() -> None:
    u = np.linspace(0.0005, 0.9995, 1999)
    back = [0.5 * math.erfc(-z / math.sqrt(2.0)) for z in inverse_normal(np, u)]
    assert np.array(back) == pytest.approx(u, rel=1e-14)


@pytest.mark.parametrize(("lowest", "relative"), [(-5.0, 1e-14), (-20.0, 1e-13), (-37.0, 1e-12)])
def test_cumulative_agrees_with_the_error_function(lowest: float, relative: float) -> None:
    z = np.linspace(lowest, 9.0, 4001)
    expected = [0.5 * math.erfc(-x / math.sqrt(2.0)) for x in z]
    assert cumulative_normal(np, z) == pytest.approx(np.array(expected), rel=relative)


def test_cumulative_reaches_its_ends() -> None:
    assert cumulative_normal(np, np.array([-math.inf, -1e300, 1e300, math.inf])).tolist() == [0.0, 0.0, 1.0, 1.0]


def test_the_95th_percentile_is_the_nearest_number() -> None:
    assert NormalDist().inv_cdf(0.95) == pytest.approx(Z95, rel=2e-16)


def test_the_shape_is_kept_and_long_arrays_are_as_short_ones() -> None:
    u = (np.arange(30_000.0) + 0.5).reshape(3, 100, 100) / 30_000.0
    whole = inverse_normal(np, u)
    assert whole.shape == u.shape
    assert whole[2, 50].tolist() == inverse_normal(np, u[2, 50]).tolist()
