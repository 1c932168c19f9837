"""Comparisons and what is made of them. Flags are 1 and 0; a comparison with what is not finite is not a number."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from tcolang.engine.guards import nan_where_unknown
from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import RELATIVE, same


def _comparison(decide: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """`decide` gets the difference of both sides and how small a one is none."""

    def apply(calc: Calculation, left: Any, right: Any) -> Any:
        xp = calc.xp
        difference = left - right
        tolerance = RELATIVE * xp.maximum(xp.abs(left), xp.abs(right))
        return _flag(xp, decide(difference, tolerance), difference)

    return apply


def _and(calc: Calculation, *conditions: Any) -> Any:
    """False where any is, whatever the others are."""
    xp = calc.xp
    return xp.where(reduce(xp.logical_or, (c == 0.0 for c in conditions)), 0.0, reduce(xp.minimum, conditions))


def _or(calc: Calculation, *conditions: Any) -> Any:
    """True where any is, whatever the others are."""
    xp = calc.xp
    return xp.where(reduce(xp.logical_or, (c == 1.0 for c in conditions)), 1.0, reduce(xp.maximum, conditions))


def _not(calc: Calculation, condition: Any) -> Any:
    return 1.0 - condition


def _if(calc: Calculation, condition: Any, then: Any, otherwise: Any) -> Any:
    """What is not chosen may be anything, also not a number."""
    return nan_where_unknown(calc.xp, calc.xp.where(condition != 0.0, then, otherwise), condition)


def _in(calc: Calculation, value: Any, *items: Any) -> Any:
    xp = calc.xp
    found = reduce(xp.logical_or, (same(xp, value, item) for item in items))
    return _flag(xp, found, reduce(xp.add, items, value))


def _approx(calc: Calculation, left: Any, right: Any, within: Any) -> Any:
    """Setting `relative`: `within` is a share of the right side."""
    xp = calc.xp
    allowed = xp.abs(within * right) if calc.settings.get("relative") else within
    distance = xp.abs(left - right)
    return _flag(xp, (distance < allowed) | same(xp, distance, allowed), distance + allowed)


def _flag(xp: Any, holds: Any, known: Any) -> Any:
    """As 1 and 0, where `known` is finite."""
    return nan_where_unknown(xp, holds.astype(float), known)


EQUAL = Builtin("==", "", "Equal.", (), _comparison(lambda d, t: abs(d) <= t))
UNEQUAL = Builtin("!=", "", "Unequal.", (), _comparison(lambda d, t: abs(d) > t))
LESS = Builtin("<", "", "Less.", (), _comparison(lambda d, t: d < -t))
AT_MOST = Builtin("<=", "", "At most.", (), _comparison(lambda d, t: d <= t))
MORE = Builtin(">", "", "More.", (), _comparison(lambda d, t: d > t))
AT_LEAST = Builtin(">=", "", "At least.", (), _comparison(lambda d, t: d >= -t))
AND = Builtin("and", "", "All hold.", (), _and)
OR = Builtin("or", "", "One holds at least.", (), _or)
NOT = Builtin("not", "", "It does not hold.", (), _not)
IF = Builtin("if", "", "One value or another.", (), _if)
IN = Builtin("in", "", "One of several.", (), _in)
APPROX = Builtin("approx", "", "Equal within a tolerance.", (), _approx)
