"""Reading the operands of conditions and texts from an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.decide.decision import Reading
from tcolang.decide.showing import UNKNOWN, shown_estimate, shown_value
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, Node, Operand, Told
from tcolang.semantics.terms import Constant, NodeValue

Raw: TypeAlias = float | str | tuple[str, ...] | None
"""A number in canonical units (flags 0 or 1, the mean where it is uncertain), a word, several words, or unknown."""


@record
class Taken:
    """An operand's value to compute with, and the record of it."""

    value: Raw
    reading: Reading


Read: TypeAlias = Callable[[Operand], Taken]

NOTHING_LATE: Mapping[str, object] = MappingProxyType({})


@record
class _Figure:
    """The value of a node as shown in one unit; the key of what it came from ('' for a literal) and its grade."""

    value: float
    shown: str
    key: str
    grade: str


def reader(model: CostModel, evaluation: Evaluation, late: Mapping[str, object] = NOTHING_LATE) -> Read:
    """A function that reads operands. `late` gives, by name, what is known only once the decision is made: a word, a
    tuple of words, a flag, a number (infinite: never), or None for what is not known.

    Each node is formatted once per unit, however many rules read it.
    """
    currency = model.decision.currency if model.decision else "money"
    figures: dict[tuple[str, str], _Figure] = {}

    def figure(operand: Operand, key: str) -> _Figure:
        place = (key, operand.unit.text if operand.unit else "")
        known = figures.get(place)
        if known is None:
            estimate = evaluation.estimate(key)
            shown = shown_estimate(estimate, operand.type, operand.unit, currency)
            node = origin(model, key)
            literal = isinstance(node.term, Constant) and node.sort == "rule"
            name = "" if literal else node.key
            known = figures[place] = _Figure(estimate.mean, shown, name, node.grade or "")
        return known

    def read(operand: Operand) -> Taken:
        if operand.late is not None:
            return _taken_late(operand, late.get(operand.late), currency)
        if operand.symbol is not None:
            return _word(operand, operand.symbol)
        if operand.symbols is not None:
            return _words(operand, operand.symbols)
        key = operand.key
        if key is None or operand.missing or key not in evaluation.values:
            return _unknown(operand, operand.missing or model.unknown.get(key or "", (key or operand.text,)))
        known = figure(operand, key)
        return Taken(known.value, _reading(operand, known.shown, known.value, known.key, known.grade))

    return read


def origin(model: CostModel, key: str) -> Node:
    """The node behind one that a rule holds only to read another."""
    node = model.node(key)
    while node.sort == "rule" and isinstance(node.term, NodeValue):
        node = model.node(node.term.key)
    return node


def told(text: Told, read: Read) -> str:
    """A text with its operands filled in."""
    return "".join(part if isinstance(part, str) else read(part).reading.shown for part in text.parts)


def _taken_late(operand: Operand, value: object, currency: str) -> Taken:
    match value:
        case str():
            return _word(operand, value)
        case tuple():
            return _words(operand, tuple(str(word) for word in value))
        case bool() | int() | float():
            number = float(value)
            shown = shown_value(number, operand.type, operand.unit, currency)
            return Taken(number, _reading(operand, shown, number, operand.late or "", ""))
        case _:
            return _unknown(operand, operand.missing or (operand.late or operand.text,))


def _word(operand: Operand, word: str) -> Taken:
    return Taken(word, _reading(operand, word, None, operand.late or "", ""))


def _words(operand: Operand, words: tuple[str, ...]) -> Taken:
    return Taken(words, _reading(operand, f"[{', '.join(words)}]", None, operand.late or "", ""))


def _unknown(operand: Operand, missing: tuple[str, ...]) -> Taken:
    return Taken(None, Reading(operand.text, UNKNOWN, None, "", "unknown", missing, operand.span))


def _reading(operand: Operand, shown: str, value: float | None, key: str, grade: str) -> Reading:
    return Reading(operand.text, shown, value, key, grade, (), operand.span)
