"""The PERT distribution: a beta between two extremes whose mean weighs the likeliest value four times.

Malcolm, Roseboom, Clark and Fazar, Application of a Technique for Research and Development Program Evaluation,
Operations Research 7 (1959), 646–669.
"""

from __future__ import annotations

from typing import Any

from tcolang.uncertain.beta import cumulative_beta, inverse_beta
from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.distribution import Distribution, DistributionMistake
from tcolang.uncertain.family import Family


def _check(distribution: Distribution) -> DistributionMistake | None:
    low, mode, high = distribution.numbers
    if not low <= mode <= high:
        return DistributionMistake(
            "the numbers of `pert` are not in the order low, mode, high",
            "write the smallest, the likeliest and the largest value",
        )
    return None


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    low, _, high = distribution.numbers
    return low + (high - low) * inverse_beta(xp, u, *_shape(distribution))


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    low, _, high = distribution.numbers
    return cumulative_beta(xp, (xp.asarray(x) - low) / (high - low), *_shape(distribution))


def _support(distribution: Distribution) -> tuple[float, float]:
    low, _, high = distribution.numbers
    return low, high


def _mean(distribution: Distribution) -> float:
    low, mode, high = distribution.numbers
    return low / 6.0 + 4.0 * (mode / 6.0) + high / 6.0


def _describe(distribution: Distribution) -> str:
    return "PERT, low–mode–high"


def _shape(distribution: Distribution) -> tuple[float, float]:
    low, mode, high = distribution.numbers
    turn = (mode - low) / (high - low)
    return 1.0 + 4.0 * turn, 5.0 - 4.0 * turn


PERT = Family("pert", (("low", "mode", "high"),), _check, _quantile, _cumulative, _support, _mean, _describe)
