"""`every`: a payment that comes back."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import nothing
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, amount: Any, period: Any, since: Any = None) -> Any:
    if calc.view == "at_horizon":
        return nothing(calc)
    first = calc.start if since is None else since
    now = calc.start + calc.month
    due = _paid_before(calc, now + 1.0 - first, period) - _paid_before(calc, now - first, period)
    return amount * due


def _paid_before(calc: Calculation, elapsed: Any, period: Any) -> Any:
    """How many payments fall before `elapsed` months since the first, which falls at 0."""
    xp = calc.xp
    return xp.where(period > 0.0, xp.maximum(whole_up(xp, elapsed / period), 0.0), xp.nan)


EVERY = Builtin(
    name="every",
    signature="(amount: A, period: time, from: date = start) -> A/time",
    summary="The whole amount in the month of `from` (the first month unless stated), and again each `period` later.",
    examples=(
        ("every(100 EUR, 3 months)", "400 EUR"),
        ("every(100 EUR, 6 months, from = 2026-09)", "100 EUR"),
    ),
    apply=_apply,
    months="adds",
    only_in_costs=True,
)
