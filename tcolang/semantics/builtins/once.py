"""`once`: a single payment."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import nothing
from tcolang.semantics.builtins.tolerance import whole_down


def _apply(calc: Calculation, amount: Any, at: Any) -> Any:
    if calc.view == "at_horizon":
        return nothing(calc)
    return amount * (calc.start + calc.month == whole_down(calc.xp, at))


ONCE = Builtin(
    name="once",
    signature="(amount: A, at: date) -> A/time",
    summary="The whole amount in the month that contains the date; nothing in the others.",
    examples=(("once(1_000 EUR, at = 2026-03)", "1_000 EUR"),),
    apply=_apply,
    months="adds",
    only_in_costs=True,
)
