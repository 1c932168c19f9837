"""What replicas of a given capacity carry of a load that varies, and what spills over."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, capacity: Any, load: Any) -> Any:
    """`load` is the mean, `capacity` what can be carried at any moment, in one unit. Setting `curve`: pieces of the
    load-duration curve with mean 1, each a share of the time and the levels at its two ends.

    Setting `what`: the `share` of the load that is carried; the `peak` of what is carried over its mean; the peak of
    what is `spilled` over its mean. Where there is no load all of it is carried, and peaks are those of the curve.
    """
    xp, curve = calc.xp, calc.settings["curve"]
    assert isinstance(curve, tuple)
    highest = max(max(a, b) for _, a, b in curve)
    some = load > 0.0
    limit = xp.where(some, xp.maximum(capacity, 0.0) / xp.where(some, load, 1.0), highest)
    share = sum(_under(xp, limit, *piece) for piece in curve)
    share = xp.clip(share, 0.0, 1.0)
    if calc.settings["what"] == "share":
        return share
    if calc.settings["what"] == "peak":
        return xp.where(share > 0.0, xp.minimum(limit, highest) / xp.where(share > 0.0, share, 1.0), highest)
    left = 1.0 - share
    return xp.where(left > 0.0, xp.maximum(highest - limit, 0.0) / xp.where(left > 0.0, left, 1.0), 0.0)


def _under(xp: Any, limit: Any, time: float, one: float, other: float) -> Any:
    """The area under the lower of a straight piece of the curve and the limit."""
    low, high = min(one, other), max(one, other)
    if high == low:
        return time * xp.minimum(limit, low)
    below = xp.clip((limit - low) / (high - low), 0.0, 1.0)
    whole = low + 0.5 * (high - low)
    cut = below * (low + 0.5 * below * (high - low)) + (1.0 - below) * limit
    return time * xp.where(limit >= high, whole, xp.where(limit <= low, limit, cut))


CARRIED = Builtin("carried", "", "What a capacity carries of a varying load.", (), _apply)
