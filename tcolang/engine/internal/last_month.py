"""The value that holds when the horizon ends."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation


def _apply(calc: Calculation, amount: Any) -> Any:
    """The last row."""
    return amount[-1:]


LAST_MONTH = Builtin("last_month", "", "The value in the last month.", (), _apply, months="removes")
