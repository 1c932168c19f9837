"""The log-normal distribution, by its 5th and 95th percentile: for what is above zero."""

from __future__ import annotations

import math
from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family
from tcolang.uncertain.standard_normal import Z95, cumulative_normal, inverse_normal

# Beyond these the largest draws, the smallest, or the mean leave floating point.
_WIDEST = 40.0 * math.log(10.0)
_FARTHEST = 150.0 * math.log(10.0)


def _check(distribution: Distribution) -> DistributionMistake | None:
    p5, p95 = distribution.numbers
    if p5 <= 0.0:
        return DistributionMistake(
            "a log-normal value is above zero, and `p5` is not",
            "write a `p5` above zero, or use `normal(p5 = …, p95 = …)`",
        )
    if p5 > p95:
        return DistributionMistake("`p5` is above `p95`", "write the smaller one as `p5`")
    low, high = math.log(p5), math.log(p95)
    if high - low > _WIDEST or high > _FARTHEST or low < -_FARTHEST:
        return DistributionMistake(
            "a log-normal value with these percentiles spans more orders of magnitude than can be calculated with",
            "write a narrower interval",
        )
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _of_logarithm(distribution)
    result: Floats = xp.exp(centre + deviation * inverse_normal(xp, u))
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _of_logarithm(distribution)
    logarithm = xp.log(xp.maximum(x, math.ulp(0.0)))
    result: Floats = xp.where(xp.asarray(x) > 0.0, cumulative_normal(xp, (logarithm - centre) / deviation), 0.0)
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    p5, p95 = distribution.numbers
    return (p5, p5) if p5 == p95 else (math.ulp(0.0), math.inf)


def _mean(distribution: Distribution) -> float:
    centre, deviation = _of_logarithm(distribution)
    return math.exp(centre + 0.5 * deviation * deviation)


def _describe(distribution: Distribution) -> str:
    return "log-normal, P5–P95"


def _of_logarithm(distribution: Distribution) -> tuple[float, float]:
    p5, p95 = (math.log(number) for number in distribution.numbers)
    return 0.5 * (p5 + p95), (p95 - p5) / (2.0 * Z95)


LOGNORMAL = Family("lognormal", (("p5", "p95"),), _check, _quantile, _cumulative, _support, _mean, _describe)
