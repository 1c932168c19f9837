"""`abs`: the size of a number without its sign."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, value: Any) -> Any:
    return calc.xp.abs(value)


ABS = Builtin(
    name="abs",
    signature="(value: A) -> A",
    summary="The value without its sign.",
    examples=(("abs(2 EUR - 5 EUR)", "3 EUR"),),
    apply=_apply,
)
