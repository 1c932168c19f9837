"""Three values, true, false and unknown (Kleene's strong logic), and the comparisons that give them.

S. C. Kleene, Introduction to Metamathematics (1952), § 64.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import isclose, isinf
from typing import TypeAlias, assert_never

from tcolang.decide.decision import Truth
from tcolang.decide.operands import Joint, Leaf
from tcolang.model.costmodel import Compare, Holds, Near, OneOf

Raw: TypeAlias = float | str | tuple[str, ...] | None
"""A number in canonical units (flags 0 or 1, the mean where it is uncertain), a word, several words, or unknown."""

Step: TypeAlias = Callable[[Sequence[Raw], Sequence[Truth]], Truth]
"""How one thing comes out for the values in the slots, and for what came out before it. A comparison looks at values
alone."""

# Numbers closer than this, relative to the larger, count as equal: they went through different additions.
_ROUNDING = 1e-9
_NEGATED: dict[Truth, Truth] = {"true": "false", "false": "true", "unknown": "unknown"}


def comparison_of(leaf: Leaf, slots: tuple[int, ...]) -> Step:
    """`slots` are the places of its operands, in order of writing."""
    match leaf:
        case Compare(operator, _, _, order):
            if order or operator in ("==", "!="):
                return _comparison(operator, order, *slots)
            return _ORDERED[operator](*slots)
        case Near():
            return _nearness(leaf.relative, *slots)
        case OneOf():
            return _membership(slots)
        case Holds():
            (slot,) = slots
            return lambda values, _: _truth(values[slot])
        case _:
            assert_never(leaf)


def all_of(truths: Collection[Truth]) -> Truth:
    """False if one is, else unknown if one is, else true."""
    return "false" if "false" in truths else "unknown" if "unknown" in truths else "true"


def any_of(truths: Collection[Truth]) -> Truth:
    """True if one is, else unknown if one is, else false."""
    return "true" if "true" in truths else "unknown" if "unknown" in truths else "false"


def negated(truth: Truth) -> Truth:
    return _NEGATED[truth]


def joined(operator: Joint, truths: Collection[Truth]) -> Truth:
    match operator:
        case "and":
            return all_of(truths)
        case "or":
            return any_of(truths)
        case "not":
            (truth,) = truths
            return negated(truth)
        case _:
            assert_never(operator)


def _truth(value: Raw) -> Truth:
    return "unknown" if value is None else "true" if value else "false"


# Most comparisons by far are of two numbers by order. Each of the four has a function that does no more than that.


def _above(one: int, other: int) -> Step:
    def above(values: Sequence[Raw], _: object) -> Truth:
        left, right = values[one], values[other]
        if isinstance(left, float) and isinstance(right, float):
            return "true" if left > right and not isclose(left, right, rel_tol=_ROUNDING) else "false"
        return _compared(">", left, right, ())

    return above


def _at_least(one: int, other: int) -> Step:
    def at_least(values: Sequence[Raw], _: object) -> Truth:
        left, right = values[one], values[other]
        if isinstance(left, float) and isinstance(right, float):
            return "true" if left >= right or isclose(left, right, rel_tol=_ROUNDING) else "false"
        return _compared(">=", left, right, ())

    return at_least


_ORDERED: dict[str, Callable[[int, int], Step]] = {
    ">": _above,
    ">=": _at_least,
    "<": lambda one, other: _above(other, one),
    "<=": lambda one, other: _at_least(other, one),
}


def _comparison(operator: str, order: tuple[str, ...], one: int, other: int) -> Step:
    return lambda values, _: _compared(operator, values[one], values[other], order)


def _compared(operator: str, left: Raw, right: Raw, order: tuple[str, ...]) -> Truth:
    if left is None or right is None:
        return "unknown"
    same = _same(left, right)
    if operator == "==":
        return "true" if same else "false"
    if operator == "!=":
        return "false" if same else "true"
    low, high = _place(left, order), _place(right, order)
    if same:
        return "true" if operator in ("<=", ">=") else "false"
    return "true" if (low < high) == (operator in ("<", "<=")) else "false"


def _same(left: float | str | tuple[str, ...], right: float | str | tuple[str, ...]) -> bool:
    """Lists of words are compared as sets: `[api, rented]` is `[rented, api]`."""
    if isinstance(left, float) and isinstance(right, float):
        return isclose(left, right, rel_tol=_ROUNDING)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return set(left) == set(right)
    return left == right


def _place(value: float | str | tuple[str, ...], order: tuple[str, ...]) -> float:
    return value if isinstance(value, float) else float(order.index(str(value)))


def _nearness(relative: bool, one: int, other: int, within: int) -> Step:
    return lambda values, _: _near(values[one], values[other], values[within], relative)


def _near(left: Raw, right: Raw, tolerance: Raw, relative: bool) -> Truth:
    if left is None or right is None or tolerance is None:
        return "unknown"
    if not (isinstance(left, float) and isinstance(right, float) and isinstance(tolerance, float)):
        return "true" if left == right else "false"
    if isinf(left) or isinf(right):
        return "true" if left == right else "false"
    allowed = tolerance * abs(right) if relative else tolerance
    return "true" if abs(left - right) <= allowed + _ROUNDING * max(abs(left), abs(right)) else "false"


def _membership(slots: tuple[int, ...]) -> Step:
    wanted, *others = slots
    return lambda values, _: _one_of(values[wanted], [values[other] for other in others])


def _one_of(value: Raw, items: Sequence[Raw]) -> Truth:
    if value is None:
        return "unknown"
    flat: list[float | str | None] = []
    for item in items:
        flat.extend(item if isinstance(item, tuple) else (item,))
    found: list[Truth] = ["unknown" if item is None else _truth(float(_same(value, item))) for item in flat]
    return any_of(found)
