"""Arrays on the grid of months: rows are months (one row: the same in each), columns are futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Calculation


def every_row(calc: Calculation, value: Any, width: int | None = None) -> Any:
    """With a row for each month, and `width` columns; a view, not to be written to."""
    return calc.xp.broadcast_to(value, (calc.months, width or value.shape[1]))


def row(value: Any, month: int) -> Any:
    """Shape (1, columns)."""
    return value[month : month + 1] if value.shape[0] > 1 else value


def total(calc: Calculation, flow: Any) -> Any:
    """The sum over the months, shape (1, columns).

    Month after month, not by the array module's own sum: that one adds in another order where there is one column.
    """
    if flow.shape[0] == 1:
        return flow * calc.months
    result = flow[0:1].copy()
    for month in range(1, calc.months):
        result += flow[month : month + 1]
    return result


def nothing(calc: Calculation) -> Any:
    """A single zero: what a payment without resale brings back at the horizon."""
    return calc.xp.zeros((1, 1))


def whole_life(calc: Calculation, life: Any) -> Any:
    """In whole months, one at least; not a number where it is not finite."""
    xp = calc.xp
    return xp.where(xp.isfinite(life), xp.maximum(xp.floor(life + 0.5), 1.0), xp.nan)
