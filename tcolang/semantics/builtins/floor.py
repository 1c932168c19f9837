"""`floor`: whole things."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_down


def _apply(calc: Calculation, value: Any) -> Any:
    return whole_down(calc.xp, value)


FLOOR = Builtin(
    name="floor",
    signature="(value: number) -> number",
    summary="The next whole number down. A billionth below a whole number already counts as that number.",
    examples=(("floor(3.8)", "3"), ("floor(2.9999999999)", "3")),
    apply=_apply,
)
