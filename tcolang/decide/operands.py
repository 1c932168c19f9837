"""What conditions, texts and rules are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias, TypeVar, assert_never

from tcolang.base.record import record
from tcolang.model.costmodel import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    ExpectCase,
    Holds,
    Near,
    Negated,
    OneOf,
    Operand,
    RuleCase,
    Told,
)

T = TypeVar("T")
Leaf: TypeAlias = Compare | Near | OneOf | Holds
Joint: TypeAlias = Literal["and", "or", "not"]


@record
class _Join:
    """The last `count` results are those of the parts of this one."""

    operator: Joint
    count: int


def operands_of(case: RuleCase | ExpectCase) -> Iterator[Operand]:
    """Every operand that a rule or expectation reads."""
    for condition in conditions_of(case):
        for leaf in leaves_of(condition):
            yield from operands_of_leaf(leaf)
    if isinstance(case, RuleCase) and case.degree is not None:
        yield case.degree
    if case.because is not None:
        yield from _of_text(case.because)


def conditions_of(case: RuleCase | ExpectCase) -> tuple[Condition, ...]:
    """Those of its exceptions too."""
    if isinstance(case, ExpectCase):
        return (case.condition,)
    return (*case.conditions, *(condition for _, condition in case.exceptions))


def folded(condition: Condition, leaf: Callable[[Leaf], T], join: Callable[[Joint, Sequence[T]], T]) -> T:
    """What `leaf` makes of its comparisons and flags, and `join` of what was made of parts. None is skipped."""
    if isinstance(condition, Compare):
        # Most are no more than that.
        return leaf(condition)
    done: list[T] = []
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
                parts = done[len(done) - count :]
                del done[len(done) - count :]
                done.append(join(operator, parts))
            case _:
                done.append(leaf(item))
    return done[0]


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """In order of writing."""
    todo = [condition]
    while todo:
        match item := todo.pop():
            case AllOf(items) | AnyOf(items):
                todo.extend(reversed(items))
            case Negated(inner):
                todo.append(inner)
            case _:
                yield item


def operands_of_leaf(leaf: Leaf) -> tuple[Operand, ...]:
    """In order of writing."""
    match leaf:
        case Compare():
            return (leaf.left, leaf.right)
        case Near():
            return (leaf.left, leaf.right, leaf.tolerance)
        case OneOf():
            return (leaf.value, *leaf.items)
        case Holds():
            return (leaf.value,)
        case _:
            assert_never(leaf)


def _of_text(text: Told) -> Iterator[Operand]:
    return (part for part in text.parts if isinstance(part, Operand))
