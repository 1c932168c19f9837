"""The beta distribution on 0–1: its inverse and its cumulative function, for arrays."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from tcolang.uncertain.blocks import Floats, in_blocks, polynomial

_DEGREE = 32
_STEPS_TO_MEAN = 14
_STEPS_TO_MEDIAN = 26
_NEWTON_STEPS = 7


def inverse_beta(xp: Any, u: Floats, a: float, b: float) -> Floats:
    """The x below which a beta variable lies with probability `u`; `u` strictly inside 0–1, any shape.

    For `a` and `b` between 1 and 5, as PERT has them; relative error below 1e-12.

    With s = (a B u)^(1/a), which makes x ≈ s near zero, x/s is an analytic function of s: up to the median it is a
    polynomial, fitted at Chebyshev points. Above the median the same holds for 1 - x.
    """
    lower, lower_end = _fit(xp, a, b)
    upper, upper_end = _fit(xp, b, a)

    def block(part: Floats) -> Floats:
        below = part < 0.5
        result: Floats = xp.empty(part.shape)
        result[below] = _near_zero(xp, part[below], a, lower, lower_end)
        result[~below] = 1.0 - _near_zero(xp, 1.0 - part[~below], b, upper, upper_end)
        return result

    return in_blocks(xp, block, u)


def cumulative_beta(xp: Any, x: Floats, a: float, b: float) -> Floats:
    """The probability that a beta variable lies below `x`; 0 below 0 and 1 above 1; any shape."""

    def block(part: Floats) -> Floats:
        inside = xp.clip(part, 0.0, 1.0)
        below = inside < (a + 1.0) / (a + b + 2.0)
        result: Floats = xp.empty(part.shape)
        result[below] = _lower(xp, inside[below], a, b, _STEPS_TO_MEAN)
        result[~below] = 1.0 - _lower(xp, 1.0 - inside[~below], b, a, _STEPS_TO_MEAN)
        return result

    return in_blocks(xp, block, x)


def _near_zero(xp: Any, u: Floats, a: float, coefficients: tuple[float, ...], end: float) -> Floats:
    part = u ** (1.0 / a)  # s as a share of its value at the median
    part *= 2.0 ** (1.0 / a)
    result = polynomial(coefficients, 2.0 * part - 1.0)
    result *= part
    result *= end
    return result


@lru_cache(maxsize=256)
def _fit(xp: Any, a: float, b: float) -> tuple[tuple[float, ...], float]:
    """Powers of t (highest first), -1 ≤ t ≤ 1, that give x/s up to the median; and s at the median."""
    count = _DEGREE + 1
    angles = (xp.arange(count) + 0.5) * (math.pi / count)
    part = 0.5 + 0.5 * xp.cos(angles)
    end = (0.5 * a * math.exp(_log_beta(a, b))) ** (1.0 / a)
    ratios = _solve(xp, part, end, a, b) / (part * end)
    chebyshev = [float((ratios * xp.cos(k * angles)).sum()) * 2.0 / count for k in range(count)]
    chebyshev[0] /= 2.0
    return _powers(chebyshev), end


def _solve(xp: Any, part: Floats, end: float, a: float, b: float) -> Floats:
    """The x whose s is `part * end`, by Newton's steps from x = s: near zero they are equal."""
    target = part * end
    x = target
    for _ in range(_NEWTON_STEPS):
        s = (a * math.exp(_log_beta(a, b)) * _lower(xp, x, a, b, _STEPS_TO_MEDIAN)) ** (1.0 / a)
        slope = (x / s) ** (a - 1.0) * (1.0 - x) ** (b - 1.0)
        x = x + (target - s) / slope
    return x


def _lower(xp: Any, x: Floats, a: float, b: float, steps: int) -> Floats:
    """The regularised incomplete beta function by its continued fraction (NIST DLMF 8.17.22), which converges fast
    below about the mean, and with more steps to the median."""
    fraction = xp.ones(x.shape)
    for m in range(steps, 0, -1):
        even = m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
        fraction = 1.0 + even * x / (1.0 + odd * x / fraction)
    fraction = 1.0 - (a + b) / (a + 1.0) * x / fraction
    result: Floats = x**a * (1.0 - x) ** b / (a * math.exp(_log_beta(a, b))) / fraction
    return result


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _powers(chebyshev: list[float]) -> tuple[float, ...]:
    """A Chebyshev sum as powers. Their size grows as 2.4^k while the terms shrink faster, so no digits are lost."""
    result = [0.0] * len(chebyshev)
    before, now = [1.0], [0.0, 1.0]
    for power, coefficient in enumerate(before):
        result[power] += chebyshev[0] * coefficient
    for k in range(1, len(chebyshev)):
        for power, coefficient in enumerate(now):
            result[power] += chebyshev[k] * coefficient
        after = [0.0, *(2.0 * c for c in now)]
        for power, coefficient in enumerate(before):
            after[power] -= coefficient
        before, now = now, after
    return tuple(reversed(result))
