"""What a flow of money over the horizon is worth at its start."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.compounding import number
from tcolang.semantics.builtins.grid import every_row, total


def _apply(calc: Calculation, cash: Any, rate: Any, at_horizon: Any = None, at_end: Any = None) -> Any:
    """Sum of cash(k) ÷ (1 + rate)^(k ÷ period) over the months k, the first being 0, and of what the horizon brings
    (its last row), after all months. `at_end` is the part of `cash` that falls due when its month ends, and is
    discounted over it as well. Setting `period`: the months that `rate` is for."""
    period = number(calc, "period", 1.0)
    grown = factors(calc.xp, rate, calc.months, period)
    due = cash if at_end is None else cash - at_end + at_end / calc.xp.power(1.0 + rate, 1.0 / period)
    result = total(calc, every_row(calc, due) / grown[:-1])
    return result if at_horizon is None else result + at_horizon[-1:] / grown[-1:]


def factors(xp: Any, rate: Any, months: int, period: float) -> Any:
    """For each month and the end of the last; a rate that varies by month holds during its month."""
    if rate.shape[0] == 1:
        return xp.power(1.0 + rate, xp.arange(months + 1)[:, None] / period)
    steps = xp.cumprod(xp.power(1.0 + rate, 1.0 / period), axis=0)
    return xp.concatenate((xp.ones((1, steps.shape[1])), steps))


DISCOUNTED = Builtin("discounted", "", "The present value of a flow of money.", (), _apply, months="removes")
