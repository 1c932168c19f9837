"""Long arrays in pieces that stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"

_BLOCK = 8192


def in_blocks(xp: Any, calculate: Callable[[Floats], Floats], values: Floats) -> Floats:
    """`calculate` over all values, an elementwise function of flat arrays; the result has the shape of `values`.

    A polynomial over a long array is limited by memory, not by arithmetic: pieces are several times faster.
    """
    given = xp.asarray(values, dtype=xp.float64)
    flat = given.reshape(-1)
    result = xp.empty(flat.shape)
    for start in range(0, flat.size, _BLOCK):
        result[start : start + _BLOCK] = calculate(flat[start : start + _BLOCK])
    shaped: Floats = result.reshape(given.shape)
    return shaped


def polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    """By Horner's rule, the highest power first; at least two coefficients."""
    result = coefficients[0] * x
    result += coefficients[1]
    for coefficient in coefficients[2:]:
        result *= x
        result += coefficient
    return result
