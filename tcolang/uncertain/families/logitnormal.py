"""The logit-normal distribution, by its 5th and 95th percentile: for a share, always inside 0–1.

Aitchison and Shen, Logistic-Normal Distributions: Some Properties and Uses, Biometrika 67 (1980), 261–272.
"""

from __future__ import annotations

import math
from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family
from tcolang.uncertain.standard_normal import Z95, cumulative_normal, inverse_normal

_LOWEST = math.ulp(0.0)
_HIGHEST = 1.0 - 2.0**-53


def _check(distribution: Distribution) -> DistributionMistake | None:
    p5, p95 = distribution.numbers
    if not (p5 > 0.0 and p95 < 1.0):
        return DistributionMistake(
            "a logit-normal share is inside 0–100 %, and a percentile is not",
            "write both percentiles above 0 % and below 100 %",
        )
    if p5 > p95:
        return DistributionMistake("`p5` is above `p95`", "write the smaller one as `p5`")
    if p5 < 1e-60:
        return DistributionMistake("a share this small cannot be calculated with", "write a `p5` above 1e-60")
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _of_logit(distribution)
    odds = xp.exp(-(centre + deviation * inverse_normal(xp, u)))
    result: Floats = xp.clip(1.0 / (1.0 + odds), _LOWEST, _HIGHEST)
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    centre, deviation = _of_logit(distribution)
    given = xp.asarray(x)
    inside = xp.clip(given, _LOWEST, _HIGHEST)
    logit = xp.log(inside) - xp.log1p(-inside)
    within = cumulative_normal(xp, (logit - centre) / deviation)
    result: Floats = xp.where(given <= 0.0, 0.0, xp.where(given >= _HIGHEST, 1.0, within))
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    p5, p95 = distribution.numbers
    return (p5, p5) if p5 == p95 else (_LOWEST, _HIGHEST)


def _mean(distribution: Distribution) -> float:
    """No closed form: the trapezoidal rule over ±9 standard deviations, exact to rounding for so smooth a curve."""
    centre, deviation = _of_logit(distribution)
    steps = [0.02 * k for k in range(-450, 451)]
    weights = [math.exp(-0.5 * z * z) for z in steps]
    total = math.fsum(w * _logistic(centre + deviation * z) for w, z in zip(weights, steps, strict=True))
    return total / math.fsum(weights)


def _describe(distribution: Distribution) -> str:
    return "logit-normal, P5–P95"


def _of_logit(distribution: Distribution) -> tuple[float, float]:
    p5, p95 = (math.log(share) - math.log1p(-share) for share in distribution.numbers)
    return 0.5 * (p5 + p95), (p95 - p5) / (2.0 * Z95)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x > 0.0 else math.exp(x) / (1.0 + math.exp(x))


LOGITNORMAL = Family("logitnormal", (("p5", "p95"),), _check, _quantile, _cumulative, _support, _mean, _describe)
