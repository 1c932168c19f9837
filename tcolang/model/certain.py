"""The value of a term that is certain and the same in every month, worked out without an evaluation."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from tcolang.model.costmodel import Node
from tcolang.semantics.terms import Apply, Constant, NodeValue, Term

TOLERANCE = 1e-9


def certain_value(term: Term, nodes: Mapping[str, Node]) -> float | None:
    """None where it has no single value, or takes a function that only the engine knows. Depth is bounded by the
    limit on nesting and by the few formulas that inputs are checked with."""
    match term:
        case Constant(value):
            return value
        case NodeValue(key):
            node = nodes.get(key)
            return None if node is None or node.monthly or node.uncertain else certain_value(node.term, nodes)
        case Apply(function, arguments):
            values = [certain_value(a, nodes) for a in arguments]
            known = [v for v in values if v is not None]
            return None if len(known) < len(values) else _applied(term, function, known)
        case _:
            return None


def _applied(term: Apply, function: str, values: Sequence[float]) -> float | None:
    settings = dict(term.settings)
    if function == "sum":
        return math.fsum(s * v for s, v in zip(_whole(settings["signs"]), values, strict=True))
    if function == "product":
        return _product(_whole(settings["powers"]), values)
    known = _FUNCTIONS.get(function)
    return None if known is None else float(known(values))


def _whole(setting: object) -> tuple[int, ...]:
    assert isinstance(setting, tuple)
    return setting


def _product(powers: Sequence[int], values: Sequence[float]) -> float | None:
    result = 1.0
    for power, value in zip(powers, values, strict=True):
        if power < 0 and value == 0:
            return None
        result = result * value if power > 0 else result / value
    return result


def _close(values: Sequence[float]) -> bool:
    return abs(values[0] - values[1]) <= TOLERANCE * max(abs(values[0]), abs(values[1]))


_FUNCTIONS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "negate": lambda v: -v[0],
    "==": _close,
    "!=": lambda v: not _close(v),
    "<": lambda v: v[0] < v[1] and not _close(v),
    "<=": lambda v: v[0] <= v[1] or _close(v),
    ">": lambda v: v[0] > v[1] and not _close(v),
    ">=": lambda v: v[0] >= v[1] or _close(v),
    "and": min,
    "or": max,
    "not": lambda v: 1 - v[0],
    "min": min,
    "max": max,
    "if": lambda v: v[1] if v[0] else v[2],
}
