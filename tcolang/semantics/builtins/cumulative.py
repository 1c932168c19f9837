"""`cumulative`: what a flow has added up to."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import every_row


def _apply(calc: Calculation, flow: Any) -> Any:
    return calc.xp.cumsum(every_row(calc, flow), axis=0)


CUMULATIVE = Builtin(
    name="cumulative",
    signature="(flow: A) -> A*time",
    summary="The sum of the flow from the first month up to and with each month.",
    examples=(("in_month(cumulative(100 EUR/month), 2026-03)", "300 EUR"),),
    apply=_apply,
    months="adds",
)
