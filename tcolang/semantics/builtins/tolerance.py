"""Comparing and counting without seeing the noise of floating point.

Two numbers within 1e-9 of their size are the same, so 3.0000000001 servers are three, and a threshold is met by what
misses it by a rounding error. What is below 1e-12 in size is zero where whole things are counted.
"""

from __future__ import annotations

from typing import Any

RELATIVE = 1e-9
_ZERO = 1e-12


def same(xp: Any, left: Any, right: Any) -> Any:
    """Where both are equal, as booleans; never where one is not a number."""
    return xp.abs(left - right) <= RELATIVE * xp.maximum(xp.abs(left), xp.abs(right))


def whole_up(xp: Any, value: Any) -> Any:
    """The next whole number, elementwise."""
    near = xp.rint(value)
    return xp.where(_is_whole(xp, value, near), near, xp.ceil(value))


def whole_down(xp: Any, value: Any) -> Any:
    """The whole number before, elementwise."""
    near = xp.rint(value)
    return xp.where(_is_whole(xp, value, near), near, xp.floor(value))


def _is_whole(xp: Any, value: Any, near: Any) -> Any:
    return xp.abs(value - near) <= RELATIVE * xp.abs(near) + _ZERO
