"""`p10`: the 10th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.1)


P10 = Builtin(
    name="p10",
    signature="(value: A) -> A",
    summary="The 10th percentile over the futures: the value is below it in 10 of 100.",
    examples=(("p10(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
