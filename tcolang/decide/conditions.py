"""Conditions, in three values: true, false and unknown (Kleene's strong logic).

S. C. Kleene, Introduction to Metamathematics (1952), § 64.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isclose, isinf
from typing import assert_never

from tcolang.base.record import record
from tcolang.decide.decision import ConditionRecord, Truth
from tcolang.decide.reading import Raw, Read
from tcolang.model.costmodel import AllOf, AnyOf, Compare, Condition, Holds, Near, Negated, OneOf

# Numbers closer than this, relative to the larger, count as equal: they went through different additions.
_ROUNDING = 1e-9
_NEGATED: dict[Truth, Truth] = {"true": "false", "false": "true", "unknown": "unknown"}


@record
class _Join:
    """The last `count` records that were made are the parts of this one."""

    operator: str
    count: int


def judge(condition: Condition, read: Read) -> ConditionRecord:
    """How a condition comes out, every part evaluated."""
    if isinstance(condition, Compare):
        # Most are no more than that.
        return _leaf(condition, read)
    done: list[ConditionRecord] = []
    todo: list[Condition | _Join] = [condition]
    while todo:
        match item := todo.pop():
            case AllOf(items):
                todo.append(_Join("and", len(items)))
                todo.extend(reversed(items))
            case AnyOf(items):
                todo.append(_Join("or", len(items)))
                todo.extend(reversed(items))
            case Negated(inner):
                todo.extend((_Join("not", 1), inner))
            case _Join(operator, count):
                parts = tuple(done[len(done) - count :])
                del done[len(done) - count :]
                done.append(ConditionRecord(_joined(operator, parts), operator, (), parts))
            case _:
                done.append(_leaf(item, read))
    return done[0]


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if one is, else unknown if one is, else true."""
    seen = set(truths)
    return "false" if "false" in seen else "unknown" if "unknown" in seen else "true"


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is, else unknown if one is, else false."""
    seen = set(truths)
    return "true" if "true" in seen else "unknown" if "unknown" in seen else "false"


def negated(truth: Truth) -> Truth:
    return _NEGATED[truth]


def missing_facts(records: Iterable[ConditionRecord]) -> tuple[str, ...]:
    """The facts for want of which records are unknown, each once, as they come. What is unknown in a part that is
    settled all the same is missing for nobody."""
    found: dict[str, None] = {}
    todo = list(records)[::-1]
    while todo:
        record = todo.pop()
        if record.result == "unknown":
            for reading in record.readings:
                found.update(dict.fromkeys(reading.missing))
            todo.extend(reversed(record.items))
    return tuple(found)


def leaves(record: ConditionRecord) -> Iterator[ConditionRecord]:
    """The comparisons that a record is made of, in order of writing."""
    todo = [record]
    while todo:
        record = todo.pop()
        if record.operator in ("and", "or", "not"):
            todo.extend(reversed(record.items))
        else:
            yield record


def _joined(operator: str, parts: tuple[ConditionRecord, ...]) -> Truth:
    results = [part.result for part in parts]
    if operator == "not":
        return negated(results[0])
    return all_of(results) if operator == "and" else any_of(results)


def _leaf(condition: Compare | Near | OneOf | Holds, read: Read) -> ConditionRecord:
    match condition:
        case Compare(operator, left, right, order):
            one, other = read(left), read(right)
            result = _compared(operator, one.value, other.value, order)
            return ConditionRecord(result, operator, (one.reading, other.reading))
        case Near(left, right, tolerance, relative):
            taken = tuple(read(operand) for operand in (left, right, tolerance))
            result = _near(taken[0].value, taken[1].value, taken[2].value, relative)
            return ConditionRecord(result, "~=", tuple(each.reading for each in taken))
        case OneOf(value, items):
            wanted, others = read(value), tuple(read(item) for item in items)
            result = _one_of(wanted.value, tuple(other.value for other in others))
            return ConditionRecord(result, "in", (wanted.reading, *(other.reading for other in others)))
        case Holds(value):
            flag = read(value)
            return ConditionRecord(_truth(flag.value), "holds", (flag.reading,))
        case _:
            assert_never(condition)


def _truth(value: Raw) -> Truth:
    return "unknown" if value is None else "true" if value else "false"


def _compared(operator: str, left: Raw, right: Raw, order: tuple[str, ...]) -> Truth:
    if left is None or right is None:
        return "unknown"
    same = _same(left, right)
    if operator == "==":
        return _truth(float(same))
    if operator == "!=":
        return _truth(float(not same))
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


def _near(left: Raw, right: Raw, tolerance: Raw, relative: bool) -> Truth:
    if left is None or right is None or tolerance is None:
        return "unknown"
    if not (isinstance(left, float) and isinstance(right, float) and isinstance(tolerance, float)):
        return _truth(float(left == right))
    if isinf(left) or isinf(right):
        return _truth(float(left == right))
    allowed = tolerance * abs(right) if relative else tolerance
    return _truth(float(abs(left - right) <= allowed + _ROUNDING * max(abs(left), abs(right))))


def _one_of(value: Raw, items: tuple[Raw, ...]) -> Truth:
    if value is None:
        return "unknown"
    flat: list[float | str | None] = []
    for item in items:
        flat.extend(item if isinstance(item, tuple) else (item,))
    return any_of("unknown" if item is None else _truth(float(_same(value, item))) for item in flat)
