"""What conditions, texts and rules are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

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


def leaves_of(condition: Condition) -> Iterator[Compare | Near | OneOf | Holds]:
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


def operands_of_leaf(leaf: Compare | Near | OneOf | Holds) -> tuple[Operand, ...]:
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
