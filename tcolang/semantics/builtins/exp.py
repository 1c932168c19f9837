"""`exp`: the exponential of a number."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, value: Any) -> Any:
    return calc.xp.exp(value)


EXP = Builtin(
    name="exp",
    signature="(value: number) -> number",
    summary="e to the power of the number, as in the chance that a wait is longer than a limit.",
    examples=(("exp(1)", "2.718281828459045"), ("exp(-1) * exp(1)", "1")),
    apply=_apply,
)
