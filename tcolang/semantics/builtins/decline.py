"""`decline`: a price that falls by a rate that compounds."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.compounding import compounded


def _apply(calc: Calculation, amount: Any, rate: Any) -> Any:
    # What declines by 100 % or more is gone: less than nothing has no meaning, and no power of it is a number.
    return amount * compounded(calc, calc.xp.maximum(1.0 - rate, 0.0))


DECLINE = Builtin(
    name="decline",
    signature="(amount: A, rate: growth) -> A",
    summary="The amount, falling from the first month of the horizon: amount × (1 − rate)^(months ÷ period). "
    "At 35% a year it is 65% of what it was after twelve months; a decline of 100% or more leaves nothing.",
    examples=(("in_month(decline(100 EUR, 10%/month), 2026-03)", "81 EUR"),),
    apply=_apply,
    months="adds",
)
