"""One of several values, by number: how a search tries many of them in one evaluation."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, number: Any) -> Any:
    """Setting `values`: those to pick from; `number` counts from 0."""
    values = calc.xp.array(calc.settings["values"])
    return values[number.astype(int)]


PICKED = Builtin("picked", "", "One of several values, by number.", (), _apply)
