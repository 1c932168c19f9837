"""Statistics over the futures: the columns of an array, taken group by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tcolang.semantics.builtin import Calculation


def over_futures(calc: Calculation, value: Any, statistic: Callable[[Any], Any]) -> Any:
    """`statistic` turns an array (rows, groups, futures of a group) into (rows, groups).

    The result has one column where there is one group, else the columns of `value`, equal within each group.
    """
    rows, columns = value.shape
    if columns == 1:
        return value
    size = columns // calc.groups
    result = statistic(value.reshape(rows, calc.groups, size))
    return result if calc.groups == 1 else calc.xp.repeat(result, size, axis=1)


def mean(calc: Calculation, value: Any) -> Any:
    """Exact where all futures are the same."""

    def statistic(grouped: Any) -> Any:
        first = grouped[:, :, 0]
        return first + (grouped - first[:, :, None]).mean(axis=2)

    return over_futures(calc, value, statistic)


def reached(calc: Calculation, value: Any, share: float) -> Any:
    """The least value of a future that is not exceeded in that share of them: of whole numbers a whole number."""
    method = "inverted_cdf"
    return over_futures(calc, value, lambda grouped: calc.xp.quantile(grouped, share, axis=2, method=method))


def percentile(calc: Calculation, value: Any, share: float) -> Any:
    """Linear between the two nearest futures, as in `uncertain.summary.quantile`."""
    return over_futures(calc, value, lambda grouped: calc.xp.quantile(grouped, share, axis=2, method="linear"))
