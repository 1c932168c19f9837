"""How far an input can be moved before its values mean nothing."""

from __future__ import annotations

from tcolang.base.record import record
from tcolang.engine.evaluation import Values
from tcolang.semantics.types import GrowthType, QuantityType, Type


class NotReachableError(Exception):
    """No factor that was asked for leaves the input a value that it can have. Says so in words."""


@record
class Reach:
    """`span` holds the lowest and the highest factor; `end` says in words what stopped it short of what was asked."""

    span: tuple[float, float]
    end: str = ""


def within(key: str, type_: Type, values: Values, span: tuple[float, float]) -> Reach:
    """Of the input `key` with these values, in canonical units, of any shape: a share ends at 100% and a growth at
    -100%, in the month and the future that get there first; an amount has no end. A factor is above zero, so none
    goes beyond zero. Raises `NotReachableError`."""
    if not isinstance(type_, QuantityType | GrowthType):
        raise NotReachableError(f"`{key}` is no amount, so there is no multiple of it")
    if not values.any():
        raise NotReachableError(f"`{key}` is zero, and so is every multiple of it")
    furthest, end = 0.0, ""
    if isinstance(type_, QuantityType) and type_.share:
        furthest, end = float(values.max()), "100%"
    elif isinstance(type_, GrowthType):
        furthest, end = -float(values.min()), "-100%"
    if furthest <= 0 or span[1] * furthest <= 1:
        return Reach(span)
    if span[0] * furthest >= 1:
        raise NotReachableError(f"from {span[0]:g} times its value on, `{key}` is beyond {end}")
    return Reach((span[0], 1 / furthest), f"ends where {key} reaches {end}{_where(values)}")


def _where(values: Values) -> str:
    """A value that is the same everywhere is nowhere in particular."""
    return "" if (values == values.flat[0]).all() else " in some month or future"
