"""`min`: the smallest of several."""

from __future__ import annotations

from functools import reduce
from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, first: Any, *more: Any) -> Any:
    return reduce(calc.xp.minimum, more, first)


MIN = Builtin(
    name="min",
    signature="(first: A, more: A...) -> A",
    summary="The smallest of the values, month by month and future by future.",
    examples=(("min(3 EUR, 2 EUR, 4 EUR)", "2 EUR"),),
    apply=_apply,
)
