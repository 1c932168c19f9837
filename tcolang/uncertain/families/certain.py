"""A certain value."""

from __future__ import annotations

from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family


def _check(distribution: Distribution) -> DistributionMistake | None:
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    (value,) = distribution.numbers
    result: Floats = xp.full(xp.shape(u), value, dtype=xp.float64)
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    (value,) = distribution.numbers
    result: Floats = xp.where(xp.asarray(x) >= value, 1.0, 0.0)
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    (value,) = distribution.numbers
    return value, value


def _mean(distribution: Distribution) -> float:
    (value,) = distribution.numbers
    return value


def _describe(distribution: Distribution) -> str:
    return "certain"


CERTAIN = Family("certain", (("value",),), _check, _quantile, _cumulative, _support, _mean, _describe)
