"""Reading the operands of conditions and texts from an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.decide.decision import Reading
from tcolang.decide.logic import Raw
from tcolang.decide.showing import UNKNOWN, shown_estimate, shown_value
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, Node, Operand, Told
from tcolang.semantics.terms import Constant, NodeValue
from tcolang.uncertain.summary import Estimate


@record
class Taken:
    """An operand's value to compute with, and the record of it."""

    value: Raw
    reading: Reading


Read: TypeAlias = Callable[[Operand], Taken]
Telling: TypeAlias = Callable[[Operand, Raw, Estimate | None], Reading]
"""The record of an operand and the value read for it, as a number that is the mean where it is uncertain, and then the
estimate of it."""

NOTHING_LATE: Mapping[str, object] = MappingProxyType({})


@record
class _Figure:
    """The value of a node as shown in one unit; the key of what it came from ('' for a literal) and its grade."""

    shown: str
    key: str
    grade: str


def reader(model: CostModel, evaluation: Evaluation, late: Mapping[str, object] = NOTHING_LATE) -> Read:
    """A function that reads operands. `late` gives, by name, what is known only once the decision is made: a word, a
    tuple of words, a flag, a number (infinite: never), or None for what is not known."""
    tell = telling(model)

    def read(operand: Operand) -> Taken:
        estimate = None
        value = stated_value(operand)
        if operand.late is not None:
            value = late_value(late.get(operand.late))
        elif value is None and operand.key is not None and operand.key in evaluation.values and not operand.missing:
            estimate = evaluation.estimate(operand.key)
            value = estimate.mean
        return Taken(value, tell(operand, value, estimate))

    return read


def stated_value(operand: Operand) -> Raw:
    """The words that an operand is; None for what has to be read."""
    return operand.symbol if operand.symbol is not None else operand.symbols


def late_value(value: object) -> Raw:
    match value:
        case str():
            return value
        case tuple():
            return tuple(str(word) for word in value)
        case bool() | int() | float():
            return float(value)
        case _:
            return None


def telling(model: CostModel) -> Telling:
    """Each node is formatted once per unit, however many rules read it."""
    currency = model.decision.currency if model.decision else "money"
    figures: dict[tuple[str, str], _Figure] = {}

    def figure(operand: Operand, key: str, value: float, estimate: Estimate | None) -> _Figure:
        place = (key, operand.unit.text if operand.unit else "")
        known = figures.get(place)
        if known is None:
            shown = (
                shown_value(value, operand.type, operand.unit, currency)
                if estimate is None
                else shown_estimate(estimate, operand.type, operand.unit, currency)
            )
            node = origin(model, key)
            name = node.key if literal(node) is None else ""
            known = figures[place] = _Figure(shown, name, node.grade or "")
        return known

    def tell(operand: Operand, value: Raw, estimate: Estimate | None) -> Reading:
        late = operand.late or ""
        if value is None:
            return Reading(operand.text, UNKNOWN, None, "", "unknown", missing_of(operand, model), operand.span)
        if isinstance(value, str):
            return Reading(operand.text, value, None, late, "", (), operand.span)
        if isinstance(value, tuple):
            return Reading(operand.text, f"[{', '.join(value)}]", None, late, "", (), operand.span)
        if operand.key is None:
            shown = shown_value(value, operand.type, operand.unit, currency)
            return Reading(operand.text, shown, value, late, "", (), operand.span)
        known = figure(operand, operand.key, value, estimate)
        return Reading(operand.text, known.shown, value, known.key, known.grade, (), operand.span)

    return tell


def missing_of(operand: Operand, model: CostModel) -> tuple[str, ...]:
    """For want of what an operand is unknown, where it is."""
    if operand.missing:
        return operand.missing
    if operand.key is None:
        return (operand.late or operand.text,)
    return model.unknown.get(operand.key, (operand.key,))


def origin(model: CostModel, key: str) -> Node:
    """The node behind one that a rule holds only to read another."""
    node = model.node(key)
    while node.sort == "rule" and isinstance(node.term, NodeValue):
        node = model.node(node.term.key)
    return node


def literal(node: Node) -> float | None:
    """The figure, where one stands in a rule."""
    return float(node.term.value) if node.sort == "rule" and isinstance(node.term, Constant) else None


def told(text: Told, read: Read) -> str:
    """A text with its operands filled in."""
    return "".join(part if isinstance(part, str) else read(part).reading.shown for part in text.parts)
