"""The uniform distribution between two extremes."""

from __future__ import annotations

from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family


def _check(distribution: Distribution) -> DistributionMistake | None:
    low, high = distribution.numbers
    if low > high:
        return DistributionMistake("`low` is above `high`", "write the smaller one as `low`")
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    low, high = distribution.numbers
    result: Floats = low + (high - low) * xp.asarray(u)
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    low, high = distribution.numbers
    result: Floats = xp.clip((xp.asarray(x) - low) / (high - low), 0.0, 1.0)
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    low, high = distribution.numbers
    return low, high


def _mean(distribution: Distribution) -> float:
    low, high = distribution.numbers
    return 0.5 * low + 0.5 * high


def _describe(distribution: Distribution) -> str:
    return "uniform, low–high"


UNIFORM = Family("uniform", (("low", "high"),), _check, _quantile, _cumulative, _support, _mean, _describe)
