"""`average`: the mean over the horizon."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import total


def _apply(calc: Calculation, flow: Any) -> Any:
    return flow if flow.shape[0] == 1 else total(calc, flow) / calc.months


AVERAGE = Builtin(
    name="average",
    signature="(flow: A) -> A",
    summary="The mean over all months of the horizon.",
    examples=(("average(step(1 EUR, 3 EUR, at = 2026-07))", "2 EUR"),),
    apply=_apply,
    months="removes",
)
