"""From when on a deployment serves."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_up


def _apply(calc: Calculation, lead: Any) -> Any:
    """1 in the months that begin when `lead` months have passed, 0 before."""
    xp = calc.xp
    return xp.where(xp.isnan(lead), xp.nan, (calc.month >= whole_up(xp, lead)).astype(float))


LIVE = Builtin("live", "", "Whether it serves in a month.", (), _apply, months="adds")
