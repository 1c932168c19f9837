"""`first_year`: the mean over the first twelve months."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, flow: Any) -> Any:
    if flow.shape[0] == 1:
        return flow
    months = min(12, calc.months)
    result = flow[0:1].copy()
    for month in range(1, months):
        result += flow[month : month + 1]
    return result / months


FIRST_YEAR = Builtin(
    name="first_year",
    signature="(flow: A) -> A",
    summary="The mean over the first twelve months, or over the horizon where it is shorter.",
    examples=(("first_year(step(1 EUR, 3 EUR, at = 2026-07))", "2 EUR"),),
    apply=_apply,
    months="removes",
)
