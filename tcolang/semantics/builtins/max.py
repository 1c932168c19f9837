"""`max`: the largest of several."""

from __future__ import annotations

from functools import reduce
from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, first: Any, *more: Any) -> Any:
    return reduce(calc.xp.maximum, more, first)


MAX = Builtin(
    name="max",
    signature="(first: A, more: A...) -> A",
    summary="The largest of the values, month by month and future by future.",
    examples=(("max(3 EUR, 2 EUR, 4 EUR)", "4 EUR"),),
    apply=_apply,
)
