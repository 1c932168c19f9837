"""`percentile`: any percentile over the futures."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins import futures


def _apply(calc: Calculation, value: Any, at: Any) -> Any:
    return futures.percentile(calc, value, float(at[0, 0]))


PERCENTILE = Builtin(
    name="percentile",
    signature="(value: A, at: percentile) -> A",
    summary="The percentile over the futures, linear between the two nearest of them.",
    examples=(("percentile(3 EUR, at = P20)", "3 EUR"),),
    apply=_apply,
    statistic=True,
)
