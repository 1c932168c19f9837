"""The beta distribution of PERT, against closed forms and against quadrature."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from tcolang.uncertain.beta import cumulative_beta, inverse_beta

NEAR_ONE = 1.0 - 1e-6
"""Nearer to 1, u itself no longer tells x to the accuracy that is asked for."""


def binomial_tail(x: float, a: int) -> float:
    """The cumulative function for whole `a` and b = 6 - a: the chance of `a` or more in five trials, exactly."""
    p = Fraction(x)
    return float(sum(math.comb(5, k) * p**k * (1 - p) ** (5 - k) for k in range(a, 6)))


def quadrature(x: float, a: float) -> float:
    """The cumulative function by the double-exponential rule, with b = 6 - a; takes ends of any power."""
    steps = np.arange(-400, 401) / 100.0
    bend = 0.5 * np.pi * np.sinh(steps)
    place = x / (1.0 + np.exp(-2.0 * bend))
    slope = x * np.pi * np.cosh(steps) * np.exp(-2.0 * np.abs(bend)) / (1.0 + np.exp(-2.0 * np.abs(bend))) ** 2
    total = math.fsum(place ** (a - 1.0) * (1.0 - place) ** (5.0 - a) * slope) / 100.0
    return total * math.gamma(6.0) / math.gamma(a) / math.gamma(6.0 - a)


@pytest.mark.parametrize("a", [1, 2, 3, 4, 5])
def test_whole_shapes_agree_with_the_binomial_sum(a: int) -> None:
    x = np.concatenate([10.0 ** -np.arange(1.0, 8.0), np.linspace(0.02, 0.98, 49)])
    u = np.array([binomial_tail(v, a) for v in x])
    assert cumulative_beta(np, x, a, 6 - a) == pytest.approx(u, rel=1e-13)
    kept = u < NEAR_ONE
    assert inverse_beta(np, u[kept], a, 6 - a) == pytest.approx(x[kept], rel=1e-11)


@pytest.mark.parametrize("a", [1.0001, 1.25, 1.8, 2.2, 3.1, 3.9, 4.6, 4.97])
def test_other_shapes_agree_with_quadrature(a: float) -> None:
    x = np.array([0.001, 0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99])
    u = np.array([quadrature(v, a) for v in x])
    assert cumulative_beta(np, x, a, 6.0 - a) == pytest.approx(u, rel=1e-11)
    kept = u < NEAR_ONE
    assert inverse_beta(np, u[kept], a, 6.0 - a) == pytest.approx(x[kept], rel=1e-9)


def test_the_first_and_last_shape_are_powers() -> None:
    u = np.concatenate([10.0 ** -np.arange(1.0, 16.0), np.linspace(0.01, 0.99, 99)])
    assert inverse_beta(np, u, 5.0, 1.0) == pytest.approx(u**0.2, rel=1e-12)
    assert inverse_beta(np, u, 1.0, 5.0) == pytest.approx(-np.expm1(np.log1p(-u) / 5.0), rel=1e-12)


@pytest.mark.parametrize("a", [1.0, 1.3, 3.0, 4.4, 5.0])
def test_the_inverse_rises_inside_its_ends(a: float) -> None:
    u = (np.arange(20_000.0) + 0.5) / 20_000.0
    x = inverse_beta(np, u, a, 6.0 - a)
    assert (np.diff(x) > 0.0).all()
    assert 0.0 < x[0] < x[-1] < 1.0


def test_the_extreme_uniforms_stay_inside() -> None:
    ends = np.array([2.0**-53, 1.0 - 2.0**-53])
    for a in (1.0, 1.5, 3.0, 4.5, 5.0):
        x = inverse_beta(np, ends, a, 6.0 - a)
        assert 0.0 < x[0] < x[1] <= 1.0


def test_the_cumulative_function_is_flat_outside() -> None:
    assert cumulative_beta(np, np.array([-1.0, 0.0, 1.0, 2.0]), 2.0, 4.0).tolist() == [0.0, 0.0, 1.0, 1.0]
