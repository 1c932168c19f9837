"""Where the chart of cost against volume is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.engine.breakeven import BreakEven

POINTS = 13
_AROUND = 4.0
_BEYOND = 1.5


def volume_factors(found: Iterable[BreakEven]) -> tuple[float, ...]:
    """Multiples of the planned volume at equal ratios, rising; a quarter to four times the plan, and what lies around
    every crossing."""
    crossings = [crossing.factor for each in found for crossing in each.crossings]
    low = min([1 / _AROUND, *(factor / _BEYOND for factor in crossings)])
    high = max([_AROUND, *(factor * _BEYOND for factor in crossings)])
    ratio = (high / low) ** (1 / (POINTS - 1))
    return tuple(low * ratio**index for index in range(POINTS))
