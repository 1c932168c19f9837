"""`scale`: a degree between not at all and fully."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, value: Any, none: Any, full: Any) -> Any:
    xp = calc.xp
    part = (value - none) / (full - none)
    return xp.where(full == none, xp.nan, xp.clip(part, 0.0, 1.0))


SCALE = Builtin(
    name="scale",
    signature="(value: A, from: A, to: A) -> share",
    summary="0% at `from` and before, 100% at `to` and beyond, a straight line between; `from` may be the larger one.",
    examples=(
        ("scale(3 EUR, from = 2 EUR, to = 6 EUR)", "25%"),
        ("scale(3 EUR, from = 6 EUR, to = 2 EUR)", "75%"),
        ("scale(9 EUR, from = 2 EUR, to = 6 EUR)", "100%"),
    ),
    apply=_apply,
)
