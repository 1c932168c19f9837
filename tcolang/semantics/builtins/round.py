"""`round`: the nearest whole number."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_down


def _apply(calc: Calculation, value: Any) -> Any:
    xp = calc.xp
    return xp.copysign(whole_down(xp, xp.abs(value) + 0.5), value)


ROUND = Builtin(
    name="round",
    signature="(value: number) -> number",
    summary="The nearest whole number; a half goes away from zero, and so does what misses it by a billionth.",
    examples=(("round(2.5)", "3"), ("round(2.4)", "2")),
    apply=_apply,
)
