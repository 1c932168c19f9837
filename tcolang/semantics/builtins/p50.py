"""`p50`: the 50th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.5)


P50 = Builtin(
    name="p50",
    signature="(value: A) -> A",
    summary="The 50th percentile over the futures: the value is below it in 50 of 100.",
    examples=(("p50(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
