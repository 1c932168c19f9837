"""The triangular distribution: two extremes and the likeliest value."""

from __future__ import annotations

from typing import Any

from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family


def _check(distribution: Distribution) -> DistributionMistake | None:
    low, mode, high = distribution.numbers
    if not low <= mode <= high:
        return DistributionMistake(
            "the numbers of `triangular` are not in the order low, mode, high",
            "write the smallest, the likeliest and the largest value",
        )
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    low, mode, high = distribution.numbers
    given = xp.asarray(u)
    turn = (mode - low) / (high - low)
    rising = low + (high - low) * xp.sqrt(turn * given)
    falling = high - (high - low) * xp.sqrt((1.0 - turn) * (1.0 - given))
    result: Floats = xp.where(given < turn, rising, falling)
    return result


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    low, mode, high = distribution.numbers
    turn = (mode - low) / (high - low)
    part = xp.clip((xp.asarray(x) - low) / (high - low), 0.0, 1.0)
    rising = part * part / (turn or 1.0)
    falling = 1.0 - (1.0 - part) * (1.0 - part) / ((1.0 - turn) or 1.0)
    result: Floats = xp.where(part < turn, rising, falling)
    return result


def _support(distribution: Distribution) -> tuple[float, float]:
    low, _, high = distribution.numbers
    return low, high


def _mean(distribution: Distribution) -> float:
    return sum(number / 3.0 for number in distribution.numbers)


def _describe(distribution: Distribution) -> str:
    return "triangular, low–mode–high"


TRIANGULAR = Family(
    "triangular", (("low", "mode", "high"),), _check, _quantile, _cumulative, _support, _mean, _describe
)
