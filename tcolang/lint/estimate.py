"""Rough values without evaluating anything: what a value is at the start, at P5, in the middle and at P95.

Good enough to tell a price from one that is a thousand times too high; nothing is decided by it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from tcolang.base.record import record
from tcolang.model.costmodel import CostModel
from tcolang.semantics import terms
from tcolang.semantics.terms import Term
from tcolang.uncertain.distribution import Distribution, mean, support


@record
class Estimate:
    low: float
    middle: float
    high: float

    @property
    def is_point(self) -> bool:
        return self.low == self.high


def estimates(model: CostModel) -> Mapping[str, Estimate]:
    """Of each node that has one, by key."""
    found: dict[str, Estimate] = {}
    start = model.decision.start if model.decision is not None else 0
    for node in model.nodes:
        value = _of(node.term, found, start)
        if value is not None:
            found[node.key] = value
    return found


def spread(distribution: Distribution) -> Estimate:
    """P5, middle and P95 where it is stated by them; else its ends and its most likely or mean value."""
    stated = dict(distribution.parameters)
    match distribution.family:
        case "certain":
            return _point(stated["value"])
        case "lognormal":
            return Estimate(stated["p5"], math.sqrt(stated["p5"] * stated["p95"]), stated["p95"])
        case "logitnormal" | "normal" if "p5" in stated:
            return Estimate(stated["p5"], (stated["p5"] + stated["p95"]) / 2, stated["p95"])
        case "mixture":
            parts = [spread(part) for part in distribution.components]
            return Estimate(min(p.low for p in parts), mean(distribution), max(p.high for p in parts))
        case _:
            low, high = support(distribution)
            return Estimate(low, mean(distribution), high)


def _point(value: float) -> Estimate:
    return Estimate(value, value, value)


def _of(term: Term, known: Mapping[str, Estimate], start: int) -> Estimate | None:
    """The parser's limit on nesting bounds the recursion."""
    match term:
        case terms.Constant():
            return _point(term.value)
        case terms.Draw():
            return spread(term.distribution)
        case terms.NodeValue():
            return known.get(term.key)
        case terms.Dated():
            in_force = [value for since, value in term.segments if since <= start] or [term.segments[0][1]]
            return _of(in_force[-1], known, start)
        case terms.Apply():
            operands = [_of(argument, known, start) for argument in term.arguments]
            return _applied(term, operands)
        case _:
            return None


def _applied(term: terms.Apply, operands: list[Estimate | None]) -> Estimate | None:
    """Of what can be told by looking; None for the rest."""
    function = term.function
    if function == "coalesce":
        return next((operand for operand in operands if operand is not None), None)
    if function in ("grow", "decline", "plan", "peak_so_far", "delay", "phase_in"):
        return operands[0]
    values = [operand for operand in operands if operand is not None]
    if len(values) != len(operands) or not values:
        return None
    if function in ("sum", "product"):
        signs = term.setting("signs" if function == "sum" else "powers")
        assert isinstance(signs, tuple)
        return _summed(values, signs) if function == "sum" else _multiplied(values, signs)
    simple = _SIMPLE.get(function)
    return None if simple is None else _ordered(*(simple(*ends) for ends in zip(*map(_all, values), strict=True)))


def _all(one: Estimate) -> tuple[float, float, float]:
    return one.low, one.middle, one.high


def _ordered(first: float, middle: float, last: float) -> Estimate:
    return Estimate(min(first, last), middle, max(first, last))


def _summed(values: list[Estimate], signs: tuple[int, ...]) -> Estimate:
    signed = [v if sign > 0 else Estimate(-v.high, -v.middle, -v.low) for v, sign in zip(values, signs, strict=True)]
    return Estimate(sum(v.low for v in signed), sum(v.middle for v in signed), sum(v.high for v in signed))


def _multiplied(values: list[Estimate], powers: tuple[int, ...]) -> Estimate | None:
    """Of what is not negative; None where it may be, or where something is divided by nothing."""
    result = _point(1.0)
    for value, power in zip(values, powers, strict=True):
        if value.low < 0 or (power < 0 and value.low <= 0):
            return None
        if power < 0:
            value = Estimate(1 / value.high, 1 / value.middle, 1 / value.low)
        result = Estimate(result.low * value.low, result.middle * value.middle, result.high * value.high)
    return result


_SIMPLE: dict[str, Callable[..., float]] = {
    "negate": lambda x: -x,
    "ceil": math.ceil,
    "floor": math.floor,
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
}
