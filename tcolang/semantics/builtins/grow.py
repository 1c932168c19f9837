"""`grow`: a price or volume that rises by a rate that compounds."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.compounding import compounded


def _apply(calc: Calculation, amount: Any, rate: Any) -> Any:
    return amount * compounded(calc, 1.0 + rate)


GROW = Builtin(
    name="grow",
    signature="(amount: A, rate: growth) -> A",
    summary="The amount, growing from the first month of the horizon: amount × (1 + rate)^(months ÷ period).",
    examples=(("in_month(grow(100 EUR, 10%/month), 2026-03)", "121 EUR"),),
    apply=_apply,
    months="adds",
)
