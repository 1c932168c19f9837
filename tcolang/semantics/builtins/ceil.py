"""`ceil`: whole things."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, value: Any) -> Any:
    return whole_up(calc.xp, value)


CEIL = Builtin(
    name="ceil",
    signature="(value: number) -> number",
    summary="The next whole number up. A billionth above a whole number still counts as that number.",
    examples=(("ceil(3.2)", "4"), ("ceil(3.0000000001)", "3")),
    apply=_apply,
)
