"""Estimates read off the futures, against the standard library and against known spreads."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.uncertain.draw import uniforms
from tcolang.uncertain.summary import Estimate, batch_slices, chance, quantile, summarise


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=200))
def test_percentiles_and_mean_agree_with_the_standard_library(values: list[float]) -> None:
    found = summarise(np.array(values), batches=20)
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    expected = [statistics.fmean(values), cuts[0], statistics.median(values), cuts[18]]
    assert [found.mean, found.p5, found.p50, found.p95] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_standard_error_is_that_of_the_batches() -> None:
    values = np.array([1.0, 3.0, 2.0, 4.0, 7.0, 7.0])
    # Batch means 2, 3, 7: variance 7.
    assert summarise(values, batches=3).standard_error == pytest.approx(math.sqrt(7.0 / 3.0), rel=1e-15)
    assert summarise(values, batches=3).mean == 4.0


def test_a_certain_value_is_exact() -> None:
    assert summarise(np.full(10_000, 0.1), 20) == Estimate(0.1, 0.1, 0.1, 0.1, 0.0)
    assert summarise(np.broadcast_to(np.array([0.1]), (7,)), 20) == Estimate(0.1, 0.1, 0.1, 0.1, 0.0)


def test_the_mean_does_not_depend_on_the_order_within_a_batch() -> None:
    values = np.exp(30.0 * uniforms(["a"], 1000, 1, 1)["a"])
    assert summarise(values.reshape(20, 50)[:, ::-1].reshape(-1), 20).mean == summarise(values, 20).mean


def test_standard_errors_cover_the_true_mean() -> None:
    """Of 200 estimates of a mean, about 95 % lie within 2.09 standard errors (t with 19 degrees of freedom)."""
    covered = 0
    for seed in range(200):
        u = uniforms(["a", "b"], 400, seed, 1)
        found = summarise(u["a"] * u["b"], 20)
        covered += abs(found.mean - 0.25) < 2.09 * found.standard_error
    assert 180 <= covered <= 199


def test_chances_and_their_standard_error() -> None:
    flags = np.array([True, True, True, False, False, False, True, False])
    probability, error = chance(flags, batches=4)
    # Proportions 1, ½, 0, ½: variance 1/6.
    assert probability == 0.5
    assert error == pytest.approx(math.sqrt(1.0 / 6.0 / 4.0), rel=1e-15)
    assert chance(np.ones(100, dtype=bool), 20) == (1.0, 0.0)
    assert chance(np.zeros(100, dtype=bool), 20) == (0.0, 0.0)


def test_quantiles_lie_on_the_line_between_neighbours() -> None:
    values = np.array([40.0, 10.0, 20.0, 30.0])
    assert [quantile(values, q) for q in (0.0, 0.1, 0.5, 1.0)] == pytest.approx([10.0, 13.0, 25.0, 40.0], rel=1e-15)


@given(st.integers(1, 500), st.integers(1, 60))
def test_batches_cover_the_samples_evenly(samples: int, batches: int) -> None:
    pieces = batch_slices(samples, batches)
    sizes = [piece.stop - piece.start for piece in pieces]
    assert [i for piece in pieces for i in range(samples)[piece]] == list(range(samples))
    assert len(pieces) == min(samples, batches)
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


def test_one_sample_has_no_error() -> None:
    assert summarise(np.array([3.0]), 20) == Estimate(3.0, 3.0, 3.0, 3.0, 0.0)
    assert chance(np.array([True]), 20) == (1.0, 0.0)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_never_passes(bad: float) -> None:
    with pytest.raises(ValueError, match="1 of 3 values are not finite"):
        summarise(np.array([1.0, bad, 2.0]), 2)
    with pytest.raises(ValueError, match="not finite"):
        quantile(np.array([1.0, bad]), 0.5)


def test_unusable_values_never_pass() -> None:
    with pytest.raises(ValueError, match="one number per future"):
        summarise(np.ones((2, 3)), 2)
    with pytest.raises(ValueError, match="one number per future"):
        summarise(np.empty(0), 2)
    with pytest.raises(ValueError, match="one batch"):
        summarise(np.array([1.0, 2.0]), 1)
    with pytest.raises(ValueError, match="too large"):
        summarise(np.array([1e308, 1.5e308, 1.6e308, 1e308]), 2)
    with pytest.raises(ValueError, match="at least 1"):
        batch_slices(0, 20)
