"""Values by their place in order of size, of arrays whose last axis holds the futures.

A partition along that axis, which is how they lie in memory: `numpy.quantile` turns the array round first, and takes
several times as long where there are many rows of few futures. Results are NaN where a future is.
"""

from __future__ import annotations

import math
from typing import Any


def reached(xp: Any, values: Any, share: float) -> Any:
    """The least value that is not exceeded in that share of the futures, one of them; the last axis is gone.

    Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), definition 1.
    """
    place = max(0, math.ceil(values.shape[-1] * share - 1))
    return _at(xp, values, (place,))[0]


def between(xp: Any, values: Any, shares: tuple[float, ...]) -> tuple[Any, ...]:
    """For each share the value on the line between the two nearest futures (definition 7)."""
    last = values.shape[-1] - 1
    exact = [last * share for share in shares]
    below = [min(last, math.floor(place)) for place in exact]
    above = [min(last, place + 1) for place in below]
    found = _at(xp, values, (*below, *above))
    ends = zip(found[: len(shares)], found[len(shares) :], exact, below, strict=True)
    return tuple(_on_the_line(low, high, place - down) for low, high, place, down in ends)


def _at(xp: Any, values: Any, places: tuple[int, ...]) -> list[Any]:
    last = values.shape[-1] - 1
    # What is not a number comes last.
    ordered = xp.partition(values, sorted({*places, last}), axis=-1)
    unknown = xp.isnan(ordered[..., last])
    return [xp.where(unknown, xp.nan, ordered[..., place]) for place in places]


def _on_the_line(low: Any, high: Any, share: float) -> Any:
    """From the nearer end, so that it is exact at both."""
    return low + (high - low) * share if share < 0.5 else high - (high - low) * (1.0 - share)
