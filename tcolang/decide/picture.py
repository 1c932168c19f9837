"""The values of an expectation's parts, each at its place: what a reader of a failed one needs to see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tcolang.base.diagnostics import Label
from tcolang.base.source import Span
from tcolang.decide.conditions import leaves
from tcolang.decide.decision import ConditionRecord, Reading
from tcolang.decide.operands import conditions_of, leaves_of, operands_of_leaf
from tcolang.decide.showing import shown_estimate
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, ExpectCase, Operand
from tcolang.semantics.terms import Apply, Listing, NodeValue, Term

MOST = 20
"""Values shown of one expectation."""


def inner_values(case: ExpectCase, model: CostModel) -> Iterator[NodeValue]:
    """What the formulas of an expectation's condition read: `chat.requests` in `2 * chat.requests`."""
    for leaf in leaves_of(conditions_of(case)[0]):
        for operand in operands_of_leaf(leaf):
            yield from islice(_inside(operand, model), MOST)


def picture(
    case: ExpectCase, condition: ConditionRecord, model: CostModel, evaluation: Evaluation
) -> tuple[Label, ...]:
    """In order of writing, outer parts first; how each comparison came out where there are several."""
    parts = tuple(leaves(condition))
    labels = [Label(reading.span, reading.shown) for part in parts for reading in part.readings if _differs(reading)]
    if len(parts) > 1:
        labels += [Label(_around(part), part.result) for part in parts if len(part.readings) > 1]
    currency = model.decision.currency if model.decision else "money"
    for read in islice(inner_values(case, model), MOST):
        if read.key in evaluation.values and _within(read.span, case.span):
            node = model.node(read.key)
            labels.append(
                Label(read.span, shown_estimate(evaluation.estimate(read.key), read.type, node.unit, currency))
            )
    once = {(label.span, label.message): label for label in labels}
    return tuple(sorted(once.values(), key=lambda label: (label.span.start, -label.span.end)))[:MOST]


def _inside(operand: Operand, model: CostModel) -> Iterator[NodeValue]:
    """Nothing where the operand is the value of a node that has a name: that is shown as it is."""
    if operand.key is None or operand.key not in model.index or model.node(operand.key).sort != "rule":
        return
    whole = model.node(operand.key).term
    todo: list[Term] = [] if isinstance(whole, NodeValue) else [whole]
    while todo:
        match term := todo.pop():
            case NodeValue(key, type_):
                yield NodeValue(key, type_, _moved(term.span, whole.span, operand))
            case Apply(_, arguments):
                todo += reversed(arguments)
            case Listing(items):
                todo += reversed(items)
            case _:
                pass


def _moved(span: Span, whole: Span, operand: Operand) -> Span:
    """A formula that is written twice is one node, with the place of the first; this is the place in the operand."""
    if whole.text != operand.text:
        return span
    by = operand.span.start - whole.start
    return Span(operand.span.file, span.start + by, span.end + by)


def _differs(reading: Reading) -> bool:
    return reading.shown != reading.text


def _around(part: ConditionRecord) -> Span:
    first = part.readings[0].span
    return Span(first.file, first.start, max(reading.span.end for reading in part.readings))


def _within(inner: Span, outer: Span) -> bool:
    return inner.file == outer.file and outer.start <= inner.start and inner.end <= outer.end
