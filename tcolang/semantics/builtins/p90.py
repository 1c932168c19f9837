"""`p90`: the 90th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.9)


P90 = Builtin(
    name="p90",
    signature="(value: A) -> A",
    summary="The 90th percentile over the futures: the value is below it in 90 of 100.",
    examples=(("p90(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
