"""When an option has paid for itself."""

from __future__ import annotations

import math
from collections.abc import Sequence


def payback(cash: Sequence[float], baseline: Sequence[float]) -> int | None:
    """The first month from which on the cumulative cost stays at or below that of the baseline, having been above.

    Money per month of both; months count from 0. 0 where it is never above; None where it is above at the end. Costs
    within a billionth of each other are equal.
    """
    above = [month for month in range(len(cash)) if _is_above(cash[: month + 1], baseline[: month + 1])]
    if not above:
        return 0
    return above[-1] + 1 if above[-1] + 1 < len(cash) else None


def _is_above(cash: Sequence[float], baseline: Sequence[float]) -> bool:
    paid, other = math.fsum(cash), math.fsum(baseline)
    return paid - other > 1e-9 * max(abs(paid), abs(other))
