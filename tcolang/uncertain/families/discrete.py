"""One of a few values, each with its probability. Parameters: value, weight, value, weight …, the values rising."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import accumulate
from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family
from tcolang.uncertain.weights import weights_mistake


def _check(distribution: Distribution) -> DistributionMistake | None:
    return weights_mistake("discrete", _weights(distribution))


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    values = xp.asarray(_values(distribution), dtype=xp.float64)
    # The last bound is left out: whatever lies above the others belongs to the last value.
    bounds = xp.asarray(_bounds(distribution)[:-1], dtype=xp.float64)
    result: Floats = values[xp.searchsorted(bounds, xp.asarray(u), side="left")]
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    bounds = xp.asarray((0.0, *_bounds(distribution)[:-1], 1.0), dtype=xp.float64)
    values = xp.asarray(_values(distribution), dtype=xp.float64)
    result: Floats = bounds[xp.searchsorted(values, xp.asarray(x), side="right")]
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    values = _values(distribution)
    return values[0], values[-1]


def _mean(distribution: Distribution) -> float:
    weights = _weights(distribution)
    total = math.fsum(weights)
    return math.fsum(v * (w / total) for v, w in zip(_values(distribution), weights, strict=True))


def _describe(distribution: Distribution) -> str:
    return f"discrete, {len(_values(distribution))} values"


def _values(distribution: Distribution) -> tuple[float, ...]:
    return distribution.numbers[0::2]


def _weights(distribution: Distribution) -> tuple[float, ...]:
    return distribution.numbers[1::2]


def _bounds(distribution: Distribution) -> tuple[float, ...]:
    """The probabilities up to each value, exact until they are rounded once."""
    sums = tuple(accumulate(Fraction(weight) for weight in _weights(distribution)))
    return tuple(float(part / sums[-1]) for part in sums)


DISCRETE = Family("discrete", (("values", "weights"),), _check, _quantile, _cumulative, _support, _mean, _describe)
