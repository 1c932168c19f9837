"""The peak of several streams that share a deployment: `served.peak(…)`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from typing import Any, TypeAlias

from tcolang.semantics.builtin import Builtin, Calculation

Weights: TypeAlias = tuple[tuple[float, ...], ...]


def _apply(calc: Calculation, *arguments: Any) -> Any:
    """Arguments: mean flow and peak-to-average of each stream in turn. Setting `profiles`: for each its 168 hourly
    values, whose size does not matter, or None.

    With a profile for every stream, the peak of the summed curves, else the sum of the peaks: an upper bound.
    """
    xp = calc.xp
    flows, ratios = arguments[0::2], arguments[1::2]
    profiles = calc.settings.get("profiles")
    if not isinstance(profiles, tuple) or None in profiles or not profiles:
        return reduce(xp.add, (flow * ratio for flow, ratio in zip(flows, ratios, strict=True)))
    positive = all(bool((flow >= 0.0).all()) for flow in flows)
    hours = (_highest_hours if positive else _hours)(profiles)
    return reduce(xp.maximum, (_at(xp, flows, weights) for weights in hours))


def _at(xp: Any, flows: Sequence[Any], weights: Sequence[float]) -> Any:
    return reduce(xp.add, (flow * weight for flow, weight in zip(flows, weights, strict=True)))


def _hours(profiles: Weights) -> Weights:
    """Of each hour, what it has over the mean hour, by stream."""
    means = [sum(profile) / len(profile) for profile in profiles]
    return tuple(tuple(v / m for v, m in zip(hour, means, strict=True)) for hour in zip(*profiles, strict=True))


@lru_cache(maxsize=1024)
def _highest_hours(profiles: Weights) -> Weights:
    """Without the hours in which no stream has more than in another hour: with flows above zero none is the peak."""
    hours = sorted(set(_hours(profiles)), reverse=True)
    kept: list[tuple[float, ...]] = []
    for hour in hours:
        if not any(all(a >= b for a, b in zip(other, hour, strict=True)) for other in kept):
            kept.append(hour)
    return tuple(kept)


PEAK_FLOW = Builtin("peak_flow", "", "The peak of the streams that are served.", (), _apply)
