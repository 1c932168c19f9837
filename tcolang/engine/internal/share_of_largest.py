"""How much of the cost goes to one vendor."""

from __future__ import annotations

from functools import reduce
from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import mean


def _apply(calc: Calculation, *totals: Any) -> Any:
    """Arguments: the total of each vendor, then that of all costs. Means over the futures; 0 where nothing is paid."""
    xp = calc.xp
    *vendors, total = (mean(calc, value) for value in totals)
    if not vendors:
        return xp.zeros(total.shape)
    return xp.where(total == 0.0, 0.0, reduce(xp.maximum, vendors) / total)


SHARE_OF_LARGEST = Builtin("share_of_largest", "", "The largest part of a total.", (), _apply, statistic=True)
