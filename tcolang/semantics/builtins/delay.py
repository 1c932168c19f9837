"""`delay`: a flow that begins later."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import every_row
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, flow: Any, by: Any) -> Any:
    xp = calc.xp
    possible = by >= 0.0
    months = xp.where(possible, xp.minimum(whole_up(xp, by), calc.months), 0.0)
    wanted = calc.month - months
    width = max(flow.shape[1], by.shape[1])
    index = every_row(calc, xp.maximum(wanted, 0.0).astype(xp.intp), width)
    moved = xp.take_along_axis(every_row(calc, flow, width), index, axis=0)
    return xp.where(possible, xp.where(wanted >= 0.0, moved, 0.0), xp.nan)


DELAY = Builtin(
    name="delay",
    signature="(flow: A, by: time) -> A",
    summary="The flow, later by so many months (a part of a month counts as one), and nothing before.",
    examples=(
        ("in_month(delay(grow(100 EUR, 10%/month), by = 2 months), 2026-04)", "110 EUR"),
        ("in_month(delay(100 EUR, by = 2 months), 2026-02)", "0 EUR"),
    ),
    apply=_apply,
    months="adds",
)
