"""`phase_in`: a change that comes bit by bit."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, amount: Any, since: Any, over: Any) -> Any:
    xp = calc.xp
    elapsed = calc.start + calc.month - since
    part = xp.where(over > 0.0, xp.clip(elapsed / over, 0.0, 1.0), elapsed >= 0.0)
    return amount * part


PHASE_IN = Builtin(
    name="phase_in",
    signature="(amount: A, from: date, over: time) -> A",
    summary="Nothing until `from`, then a straight line up to the whole amount, which is reached `over` later.",
    examples=(("in_month(phase_in(100 EUR, from = 2026-01, over = 4 months), 2026-02)", "25 EUR"),),
    apply=_apply,
    months="adds",
)
