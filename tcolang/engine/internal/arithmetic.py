"""Sums, products and powers. What is divided by zero or infinity is not a number, so that no later step hides it."""

from __future__ import annotations

from typing import Any

from tcolang.engine.guards import nan_where_impossible
from tcolang.semantics.builtin import Builtin, Calculation

_LARGEST_CHAIN = 8
"""Powers up to it are products, which are exact for whole numbers and much faster."""


def _sum(calc: Calculation, *terms: Any) -> Any:
    """Setting `signs`: 1 or −1 for each term."""
    signs = _whole_numbers(calc, "signs", len(terms))
    result = terms[0] if signs[0] > 0 else -terms[0]
    for term, sign in zip(terms[1:], signs[1:], strict=True):
        result = result + term if sign > 0 else result - term
    return result


def _product(calc: Calculation, *factors: Any) -> Any:
    """Setting `powers`: 1 or −1 for each factor."""
    powers = _whole_numbers(calc, "powers", len(factors))
    result = factors[0] if powers[0] > 0 else 1.0 / factors[0]
    for factor, power in zip(factors[1:], powers[1:], strict=True):
        result = result * factor if power > 0 else result / factor
    for factor, power in zip(factors, powers, strict=True):
        if power < 0:
            result = nan_where_impossible(calc.xp, result, factor)
    return result


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
    return result if exponent >= 0 else nan_where_impossible(calc.xp, 1.0 / result, result)


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
