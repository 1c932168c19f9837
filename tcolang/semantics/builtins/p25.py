"""`p25`: the 25th percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile


def _apply(calc: Calculation, value: Any) -> Any:
    return percentile(calc, value, 0.25)


P25 = Builtin(
    name="p25",
    signature="(value: A) -> A",
    summary="The 25th percentile over the futures: the value is below it in 25 of 100.",
    examples=(("p25(3 EUR)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
