"""`p80`: the 80th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.8)


P80 = Builtin(
    name="p80",
    signature="(value: A) -> A",
    summary="The 80th percentile over the futures: the value is below it in 80 of 100.",
    examples=(("p80(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
