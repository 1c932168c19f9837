"""`p5`: the 5th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.05)


P5 = Builtin(
    name="p5",
    signature="(value: A) -> A",
    summary="The 5th percentile over the futures: the value is below it in 5 of 100.",
    examples=(("p5(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
