"""`plan`: what is ordered before anyone knows the future."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.futures import percentile, reached
from tcolang.semantics.builtins.grid import every_row
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, amount: Any, at: Any, lead: Any = None) -> Any:
    """A lead that is uncertain or varies by month counts with the longest of its percentiles `at`."""
    xp, share = calc.xp, float(at[0, 0])
    path = reached(calc, amount, share)
    if lead is None:
        return path
    later = whole_up(xp, percentile(calc, lead, share).max(axis=0, keepdims=True))
    possible = later >= 0.0
    month = xp.minimum(calc.month + xp.where(possible, later, 0.0), calc.months - 1).astype(xp.intp)
    width = max(path.shape[1], later.shape[1])
    ahead = xp.take_along_axis(every_row(calc, path, width), every_row(calc, month, width), axis=0)
    return xp.where(possible, ahead if path.shape[0] > 1 else ahead[:1], xp.nan)


PLAN = Builtin(
    name="plan",
    signature="(amount: A, at: percentile, lead: time = 0) -> A",
    summary="One certain path, month by month, that every future pays: the least amount that is not exceeded in that "
    "share of the futures, `lead` later (whole months, rounded up), so that what is ordered now is there when it is "
    "needed. The last month is carried forward.",
    examples=(
        ("plan(3, at = P80)", "3"),
        ("in_month(plan(step(1, 2, at = 2026-07), at = P80, lead = 3 months), 2026-04)", "2"),
    ),
    apply=_apply,
    statistic=True,
)
