"""The value of a term that is certain and the same in every month, worked out without an evaluation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from tcolang.model.costmodel import Node
from tcolang.semantics.terms import Apply, Constant, NodeValue, Term

TOLERANCE = 1e-9


def certain_values(keys: Iterable[str], nodes: Mapping[str, Node]) -> dict[str, float]:
    """Of these nodes and of what they rest on, each once and after what it reads: those that have a single value.

    `nodes` are in the order of the model. Functions that only the engine knows give none.
    """
    needed = with_ancestors(keys, nodes)
    values: dict[str, float] = {}
    for key, node in nodes.items():
        if key in needed and not node.monthly and not node.uncertain:
            value = _value(node.term, values)
            if value is not None and math.isfinite(value):
                values[key] = value
    return values


def with_ancestors(keys: Iterable[str], nodes: Mapping[str, Node]) -> set[str]:
    """These nodes and all that they rest on."""
    waiting = list(keys)
    found = set(waiting)
    while waiting:
        for parent in nodes[waiting.pop()].parents:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _value(term: Term, values: Mapping[str, float]) -> float | None:
    """Depth is bounded by the parser's limit on nesting."""
    match term:
        case Constant(value):
            return value
        case NodeValue(key):
            return values.get(key)
        case Apply(function, arguments):
            found = [_value(a, values) for a in arguments]
            known = [v for v in found if v is not None]
            return None if len(known) < len(found) else _applied(term, function, known)
        case _:
            return None


def _applied(term: Apply, function: str, values: Sequence[float]) -> float | None:
    settings = dict(term.settings)
    if function == "sum":
        return sum(s * v for s, v in zip(_whole(settings["signs"]), values, strict=True))
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
