"""Statistics over the futures: the columns of an array, taken group by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tcolang.semantics.builtin import Calculation
from tcolang.uncertain import order


def over_futures(calc: Calculation, value: Any, statistic: Callable[[Any], Any]) -> Any:
    """`statistic` turns an array (rows, groups, futures of a group) into (rows, groups), which is the result."""
    rows, columns = value.shape
    if columns in (1, calc.groups):
        return value
    return statistic(value.reshape(rows, calc.groups, columns // calc.groups))


def mean(calc: Calculation, value: Any) -> Any:
    """Exact where all futures are the same."""

    def statistic(grouped: Any) -> Any:
        first = grouped[:, :, 0]
        return first + (grouped - first[:, :, None]).mean(axis=2)

    return over_futures(calc, value, statistic)


def reached(calc: Calculation, value: Any, share: float) -> Any:
    """The least value of a future that is not exceeded in that share of them: of whole numbers a whole number."""
    return over_futures(calc, value, lambda grouped: order.reached(calc.xp, grouped, share))


def percentile(calc: Calculation, value: Any, share: float) -> Any:
    """Linear between the two nearest futures, as in `uncertain.summary.quantile`."""
    return over_futures(calc, value, lambda grouped: order.between(calc.xp, grouped, (share,))[0])
