"""`step`: one value until a date, another from it on."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, before: Any, after: Any, at: Any) -> Any:
    return calc.xp.where(calc.start + calc.month >= whole_up(calc.xp, at), after, before)


STEP = Builtin(
    name="step",
    signature="(before: A, after: A, at: date) -> A",
    summary="The first value until the date, the second from it on; a date inside a month counts from the first of "
    "the next.",
    examples=(
        ("in_month(step(2 EUR, 3 EUR, at = 2026-06), 2026-05)", "2 EUR"),
        ("in_month(step(2 EUR, 3 EUR, at = 2026-06), 2026-06)", "3 EUR"),
    ),
    apply=_apply,
    months="adds",
)
