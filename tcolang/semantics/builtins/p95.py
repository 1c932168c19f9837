"""`p95`: the 95th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.95)


P95 = Builtin(
    name="p95",
    signature="(value: A) -> A",
    summary="The 95th percentile over the futures: the value is below it in 95 of 100.",
    examples=(("p95(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
