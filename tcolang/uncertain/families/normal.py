"""The normal distribution, by its 5th and 95th percentile or by its mean and standard deviation."""

from __future__ import annotations

import math
from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family
from tcolang.uncertain.standard_normal import Z95, cumulative_normal, inverse_normal


def _check(distribution: Distribution) -> DistributionMistake | None:
    first, second = distribution.numbers
    if distribution.names == ("mean", "sd"):
        if second < 0.0:
            return DistributionMistake("a standard deviation is never negative", "write `sd` as a positive number")
    elif first > second:
        return DistributionMistake("`p5` is above `p95`", "write the smaller one as `p5`")
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _moments(distribution)
    return centre + deviation * inverse_normal(xp, u)


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _moments(distribution)
    return cumulative_normal(xp, (xp.asarray(x) - centre) / deviation)


def _support(distribution: Distribution) -> tuple[float, float]:
    centre, deviation = _moments(distribution)
    return (centre, centre) if deviation == 0.0 else (-math.inf, math.inf)


def _mean(distribution: Distribution) -> float:
    return _moments(distribution)[0]


def _describe(distribution: Distribution) -> str:
    return "normal, mean and standard deviation" if distribution.names == ("mean", "sd") else "normal, P5–P95"


def _moments(distribution: Distribution) -> tuple[float, float]:
    first, second = distribution.numbers
    if distribution.names == ("mean", "sd"):
        return first, second
    return 0.5 * first + 0.5 * second, (second - first) / (2.0 * Z95)


NORMAL = Family("normal", (("p5", "p95"), ("mean", "sd")), _check, _quantile, _cumulative, _support, _mean, _describe)
