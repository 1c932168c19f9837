"""`in_month`: the value in one month."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import every_row
from tcolang.semantics.builtins.tolerance import whole_down


def _apply(calc: Calculation, flow: Any, at: Any) -> Any:
    """Not a number where the date lies outside the horizon."""
    xp = calc.xp
    wanted = whole_down(xp, at[0:1]) - calc.start
    inside = (wanted >= 0.0) & (wanted < calc.months)
    index = xp.where(inside, wanted, 0.0).astype(xp.intp)
    width = max(flow.shape[1], at.shape[1])
    found = xp.take_along_axis(every_row(calc, flow, width), xp.broadcast_to(index, (1, width)), axis=0)
    return xp.where(inside, found, xp.nan)


IN_MONTH = Builtin(
    name="in_month",
    signature="(flow: A, at: date) -> A",
    summary="The value in the month that contains the date, which lies inside the horizon.",
    examples=(("in_month(step(1 EUR, 3 EUR, at = 2026-07), at = 2026-08)", "3 EUR"),),
    apply=_apply,
    months="removes",
)
