"""Which part of the cost against volume is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tcolang.engine.breakeven import BreakEven

POINTS = 13
"""As many as have room for a label under a chart."""

_AROUND = 4.0
_BEYOND = 1.5


def drawn_factors(factors: Sequence[float], found: Iterable[BreakEven]) -> tuple[float, ...]:
    """Of the multiples of the planned volume for which costs are known, rising: those from a quarter of it to four
    times it, and around every crossing; at most `POINTS`, the same number apart."""
    crossings = [crossing.factor for each in found for crossing in each.crossings]
    low = min([1 / _AROUND, *(factor / _BEYOND for factor in crossings)])
    high = max([_AROUND, *(factor * _BEYOND for factor in crossings)])
    inside = [factor for factor in sorted(factors) if low * (1 - 1e-9) <= factor <= high * (1 + 1e-9)]
    # Left out evenly, since labels stand at equal distances and a line between them would bend.
    return tuple(inside[:: max(1, -(-len(inside) // POINTS))])
