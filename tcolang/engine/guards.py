"""What has no result is not a number, so that no later step hides it."""

from __future__ import annotations

import math
from typing import Any


def nan_where_impossible(xp: Any, result: Any, divisor: Any) -> Any:
    """`result`, but not a number where what it was divided by is zero or not finite."""
    if hasattr(xp, "tape"):
        return xp.call("nan_where_impossible", result, divisor)
    # The divisor is often smaller than the result, and its sum tells whether all of it is finite.
    if divisor.all() and math.isfinite(divisor.sum()):
        return result
    return xp.where((divisor == 0.0) | ~xp.isfinite(divisor), xp.nan, result)


def nan_where_unknown(xp: Any, result: Any, known: Any) -> Any:
    """`result`, but not a number where `known` is not finite."""
    if hasattr(xp, "tape"):
        return xp.call("nan_where_unknown", result, known)
    return result if math.isfinite(known.sum()) else xp.where(xp.isfinite(known), result, xp.nan)
