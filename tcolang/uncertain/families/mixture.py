"""One of several distributions, each with its probability: a price that may or may not be cut.

Drawing a component first and a value second would lose the order of the futures, which rank correlation and the
stratified draws rest on; so the cumulative function of the whole is inverted.
"""

from __future__ import annotations

import math
from functools import reduce
from typing import Any

from tcolang.uncertain.blocks import Floats, in_blocks
from tcolang.uncertain.distribution import Distribution, DistributionMistake, cumulative, mean, quantile, support
from tcolang.uncertain.family import Family
from tcolang.uncertain.weights import weights_mistake

_HALVINGS = 64


def _check(distribution: Distribution) -> DistributionMistake | None:
    if any(component.family == "mixture" for component in distribution.components):
        return DistributionMistake(
            "a component of `mixture` is a mixture itself", "write one mixture with all the components"
        )
    return weights_mistake("mixture", distribution.numbers)


def _quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    """By halving: the result lies between the smallest and the largest quantile of the components."""

    def block(part: Floats) -> Floats:
        each = [quantile(xp, part, component) for component in distribution.components]
        low, high = reduce(xp.minimum, each), reduce(xp.maximum, each)
        for _ in range(_HALVINGS):
            middle = 0.5 * low + 0.5 * high
            enough = _cumulative(xp, middle, distribution) >= part
            low, high = xp.where(enough, low, middle), xp.where(enough, middle, high)
        result: Floats = high
        return result

    return in_blocks(xp, block, u)


def _cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    total: Floats = xp.zeros(xp.shape(x))
    for weight, component in zip(_shares(distribution), distribution.components, strict=True):
        total = total + weight * cumulative(xp, x, component)
    return total


def _support(distribution: Distribution) -> tuple[float, float]:
    ends = [support(component) for component in distribution.components]
    return min(low for low, _ in ends), max(high for _, high in ends)


def _mean(distribution: Distribution) -> float:
    pairs = zip(_shares(distribution), distribution.components, strict=True)
    return math.fsum(weight * mean(component) for weight, component in pairs)


def _describe(distribution: Distribution) -> str:
    return f"mixture of {len(distribution.components)}"


def _shares(distribution: Distribution) -> tuple[float, ...]:
    total = math.fsum(distribution.numbers)
    return tuple(weight / total for weight in distribution.numbers)


MIXTURE = Family("mixture", (("components", "weights"),), _check, _quantile, _cumulative, _support, _mean, _describe)
