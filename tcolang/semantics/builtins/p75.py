"""`p75`: the 75th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.75)


P75 = Builtin(
    name="p75",
    signature="(value: A) -> A",
    summary="The 75th percentile over the futures: the value is below it in 75 of 100.",
    examples=(("p75(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
