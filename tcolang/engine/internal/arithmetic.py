"""Sums, products and powers. What is divided by zero or infinity is not a number, so that no later step hides it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation

_LARGEST_CHAIN = 8
"""Powers up to it are products, which are exact for whole numbers and much faster."""


def _sum(calc: Calculation, *terms: Any) -> Any:
    """Setting `signs`: 1 or −1 for each term."""
    xp = calc.xp
    signs = _whole_numbers(calc, "signs", len(terms))
    result = terms[0] if signs[0] > 0 else -terms[0]
    for place, (term, sign) in enumerate(zip(terms[1:], signs[1:], strict=True)):
        result = (xp.add if sign > 0 else xp.subtract)(result, term, out=_reusable(result, term, place > 0))
    return result


def _product(calc: Calculation, *factors: Any) -> Any:
    """Setting `powers`: 1 or −1 for each factor."""
    xp = calc.xp
    powers = _whole_numbers(calc, "powers", len(factors))
    result = factors[0] if powers[0] > 0 else 1.0 / factors[0]
    for place, (factor, power) in enumerate(zip(factors[1:], powers[1:], strict=True)):
        result = (xp.multiply if power > 0 else xp.divide)(result, factor, out=_reusable(result, factor, place > 0))
    divisors = (factor for factor, power in zip(factors, powers, strict=True) if power < 0)
    return _unknown_where_impossible(xp, result, divisors)


def _negate(calc: Calculation, value: Any) -> Any:
    return -value


def _power(calc: Calculation, value: Any) -> Any:
    """Setting `exponent`, a whole number."""
    exponent = calc.settings["exponent"]
    if not isinstance(exponent, int):
        raise TypeError(f"the exponent is {exponent!r}")
    size = abs(exponent)
    if 1 <= size <= _LARGEST_CHAIN:
        result = value
        for _ in range(size - 1):
            result = result * value
    else:
        result = calc.xp.power(value, float(size))
    return result if exponent >= 0 else _unknown_where_impossible(calc.xp, 1.0 / result, (result,))


def _unknown_where_impossible(xp: Any, result: Any, divisors: Iterable[Any]) -> Any:
    """Looks at the divisors, which are often smaller than the result; the sum tells whether all are finite."""
    for divisor in divisors:
        if not divisor.all() or not math.isfinite(divisor.sum()):
            result = xp.where((divisor == 0.0) | ~xp.isfinite(divisor), xp.nan, result)
    return result


def _reusable(result: Any, other: Any, ours: bool) -> Any:
    """`result` where it was made here and the next result has its shape, so that no memory is asked for."""
    return result if ours and all(a >= b for a, b in zip(result.shape, other.shape, strict=True)) else None


def _whole_numbers(calc: Calculation, setting: str, count: int) -> tuple[int, ...]:
    """One for each argument, or the setting is missing and all are 1."""
    value = calc.settings.get(setting)
    if value is None:
        return (1,) * count
    if not isinstance(value, tuple):
        raise TypeError(f"the setting {setting} is {value!r}")
    return value


SUM = Builtin("sum", "", "The terms, added or subtracted.", (), _sum)
PRODUCT = Builtin("product", "", "The factors, multiplied or divided by.", (), _product)
NEGATE = Builtin("negate", "", "The opposite.", (), _negate)
POWER = Builtin("power", "", "A whole power.", (), _power)
