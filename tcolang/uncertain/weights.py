"""Probabilities that are stated one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tcolang.uncertain.distribution import DistributionMistake

_TOLERANCE = 1e-9


def weights_mistake(name: str, weights: Sequence[float]) -> DistributionMistake | None:
    """Weights are above zero and add to 1: a sum that is off is more often a slip than a proportion."""
    if min(weights) <= 0.0:
        return DistributionMistake(
            f"a weight of `{name}` is not above zero", "leave out what cannot happen, and write the others above 0 %"
        )
    total = math.fsum(weights)
    if abs(total - 1.0) > _TOLERANCE:
        return DistributionMistake(
            f"the weights of `{name}` add to {100.0 * total:.6g} %, not to 100 %",
            "correct them so that they add to 100 %",
        )
    return None
