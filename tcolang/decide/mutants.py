"""Small changes to rules, each of which a test that minds the rule should notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from tcolang.base.record import record, replace
from tcolang.base.source import Span
from tcolang.decide.logic import Raw
from tcolang.decide.operands import leaves_of
from tcolang.decide.reading import NOTHING_LATE, Read, origin
from tcolang.model.costmodel import AllOf, AnyOf, Compare, Condition, CostModel, Negated, Operand, RuleCase
from tcolang.semantics.program import Rule
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import ChoiceType

Change = Literal["rule", "condition", "exception", "negated", "turned", "operator", "up", "down"]
SHIFT = 0.05
"""By how much a threshold is moved, of its value; in a choice it is the next word."""

_MOVED = "(moved)"
_NEXT: Mapping[str, Literal["==", "!=", "<", "<=", ">", ">="]] = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
}


@record
class Mutant:
    """What is changed in a rule: all of it, one of its conditions (exceptions count on behind them), or one comparison
    in that. `text` says what, `span` where."""

    rule: str
    change: Change
    condition: int
    leaf: int
    text: str
    span: Span


def mutants_of(rule: Rule, case: RuleCase, model: CostModel) -> tuple[Mutant, ...]:
    """Of a rule, as one of its cases has been built: in the order of the rule."""

    def made(change: Change, text: str, span: Span, condition: int = 0, leaf: int = 0) -> Mutant:
        return Mutant(rule.id, change, condition, leaf, text, span)

    found = [made("rule", "without the rule", rule.span)]
    if rule.action in ("prefer", "avoid"):
        found.append(
            made("turned", "avoids for prefers" if rule.action == "prefer" else "prefers for avoids", rule.span)
        )
    for i, term in enumerate(rule.conditions):
        found += [
            made("condition", f"without `{term.span.text}`", term.span, i),
            made("negated", f"not `{term.span.text}`", term.span, i),
        ]
    for i, exception in enumerate(rule.exceptions, len(rule.conditions)):
        found.append(made("exception", f"without the exception `{exception.label}`", exception.span, i))
    for i, condition in enumerate((*case.conditions, *(condition for _, condition in case.exceptions))):
        for j, leaf in enumerate(leaves_of(condition)):
            if isinstance(leaf, Compare):
                found += (made(change, text, leaf.left.span, i, j) for change, text in _of_leaf(leaf, model))
    return tuple(found)


def changed(mutant: Mutant, case: RuleCase, read: Read) -> tuple[RuleCase | None, Mapping[str, object]]:
    """A case under a mutant (None: it is gone), and what is known late in it: the threshold, where it was moved."""
    parts = [*case.conditions, *(condition for _, condition in case.exceptions)]
    at = mutant.condition
    late = NOTHING_LATE
    match mutant.change:
        case "rule":
            return None, NOTHING_LATE
        case "turned":
            return replace(case, action="avoid" if case.action == "prefer" else "prefer"), NOTHING_LATE
        case "condition":
            return replace(case, conditions=(*case.conditions[:at], *case.conditions[at + 1 :])), NOTHING_LATE
        case "exception":
            at -= len(case.conditions)
            return replace(case, exceptions=(*case.exceptions[:at], *case.exceptions[at + 1 :])), NOTHING_LATE
        case "negated":
            parts[at] = Negated(parts[at])
        case _:
            leaf = list(leaves_of(parts[at]))[mutant.leaf]
            assert isinstance(leaf, Compare)
            if mutant.change == "operator":
                other = replace(leaf, operator=_NEXT[leaf.operator])
            else:
                other, late = _shifted(leaf, mutant.change, read)
            parts[at] = _with_leaf(parts[at], leaf, other)
    count = len(case.conditions)
    labels = (label for label, _ in case.exceptions)
    exceptions = tuple(zip(labels, parts[count:], strict=True))
    return replace(case, conditions=tuple(parts[:count]), exceptions=exceptions), late


def _of_leaf(leaf: Compare, model: CostModel) -> Iterator[tuple[Change, str]]:
    whole = f"{leaf.left.text} {leaf.operator} {leaf.right.text}"
    yield "operator", f"`{_NEXT[leaf.operator]}` in `{whole}`"
    if leaf.operator in ("==", "!="):
        return
    threshold = _threshold(leaf)
    if isinstance(threshold.type, ChoiceType):
        place = leaf.order.index(threshold.symbol) if threshold.symbol in leaf.order else None
        if place is not None and place > 0:
            yield "down", f"`{leaf.order[place - 1]}` for `{threshold.text}` in `{whole}`"
        if place is not None and place < len(leaf.order) - 1:
            yield "up", f"`{leaf.order[place + 1]}` for `{threshold.text}` in `{whole}`"
    elif not _is_zero(threshold, model):
        yield "down", f"`{threshold.text}` {SHIFT:.0%} lower in `{whole}`"
        yield "up", f"`{threshold.text}` {SHIFT:.0%} higher in `{whole}`"


def _threshold(leaf: Compare) -> Operand:
    """The side that the other is held against: a word or the right one."""
    return leaf.left if leaf.left.symbol is not None and leaf.right.symbol is None else leaf.right


def _is_zero(operand: Operand, model: CostModel) -> bool:
    """A part of nothing is nothing."""
    if operand.key is None or operand.key not in model.index:
        return False
    term = origin(model, operand.key).term
    return isinstance(term, Constant) and term.value == 0.0


def _shifted(leaf: Compare, change: Change, read: Read) -> tuple[Compare, Mapping[str, object]]:
    """The comparison with a threshold of its own, and the value of that. Others that read the same stay as they are."""
    threshold = _threshold(leaf)
    taken = read(threshold)
    value = _moved(taken.value, 1 if change == "up" else -1, leaf.order)
    moved = replace(threshold, key=None, symbol=None, symbols=None, late=_MOVED, missing=taken.reading.missing)
    other = replace(leaf, left=moved) if threshold is leaf.left else replace(leaf, right=moved)
    return other, {_MOVED: value}


def _moved(value: Raw, way: int, order: tuple[str, ...]) -> Raw:
    if isinstance(value, float):
        return value + way * SHIFT * abs(value)
    if isinstance(value, str) and value in order:
        return order[min(max(order.index(value) + way, 0), len(order) - 1)]
    return value


def _with_leaf(condition: Condition, old: Compare, new: Compare) -> Condition:
    """The same condition with one comparison changed. As deep as the parser lets formulas nest, no deeper."""
    if condition is old:
        return new
    if isinstance(condition, AllOf | AnyOf):
        return replace(condition, items=tuple(_with_leaf(item, old, new) for item in condition.items))
    return Negated(_with_leaf(condition.item, old, new)) if isinstance(condition, Negated) else condition
