"""`peak_so_far`: the most there has been."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, amount: Any) -> Any:
    return calc.xp.maximum.accumulate(amount, axis=0)


PEAK_SO_FAR = Builtin(
    name="peak_so_far",
    signature="(amount: A) -> A",
    summary="The largest amount up to and with each month: what has been bought stays.",
    examples=(("in_month(peak_so_far(step(3 EUR, 1 EUR, at = 2026-07)), 2026-08)", "3 EUR"),),
    apply=_apply,
)
