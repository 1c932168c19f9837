"""Rates that compound. A rate arrives per period of so many months: the setting `period`, a single month without it."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Calculation
from tcolang.semantics.builtins.grid import every_row


def compounded(calc: Calculation, factor: Any) -> Any:
    """`factor` per period, as a factor for each month since the setting `origin` (the first month without it).

    A factor that varies by month holds from its month on: the months before keep what they had.
    """
    xp, period = calc.xp, number(calc, "period", 1.0)
    before = calc.start - number(calc, "origin", calc.start)
    if factor.shape[0] == 1:
        return xp.power(factor, (before + calc.month) / period)
    steps = xp.power(every_row(calc, factor), 1.0 / period)
    first = xp.power(factor[0:1], before / period)
    return xp.cumprod(xp.concatenate((first, steps[:-1])), axis=0)


def per_month(calc: Calculation, rate: Any) -> Any:
    """The effective rate per month."""
    period = number(calc, "period", 1.0)
    return rate if period == 1.0 else calc.xp.power(1.0 + rate, 1.0 / period) - 1.0


def number(calc: Calculation, setting: str, otherwise: float) -> float:
    """A setting that is a number."""
    value = calc.settings.get(setting, otherwise)
    if not isinstance(value, int | float):
        raise TypeError(f"the setting {setting} is {value!r}")
    return float(value)
