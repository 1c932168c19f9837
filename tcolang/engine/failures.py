"""Which nodes have come out wrong, in how many futures, from which month on, and from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Problem
from tcolang.base.record import record
from tcolang.engine.evaluation import Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.problems import NOT_FINITE, SHARE_OUTSIDE_RANGE
from tcolang.engine.run import Result, run
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, Dated, NodeValue, Term
from tcolang.units.quantity import show

_SHOWN_INPUTS = 4
_SHORT = 40
_MOST = 20
"""As many findings as are shown: each is worth another calculation."""


def failures(model: CostModel, plan: Plan, settings: Settings, result: Result) -> tuple[Diagnostic, ...]:
    """A finding for each node that is wrong while all that it reads is right: one for each cause."""
    wrong = result.not_finite | result.not_shares
    bad = {key for key, step in plan.places.items() if step in wrong}
    first = [model.node(key) for key in plan.places if key in bad and bad.isdisjoint(model.node(key).parents)]
    return tuple(_failure(model, node, plan, settings, result) for node in first[:_MOST])


def not_finite_somewhere(node: Node) -> Diagnostic:
    """A finding for a node that has no value, or is no share, in one of the ways to fill in `optimal()`."""
    return Diagnostic(
        NOT_FINITE,
        f"`{node.key}` is not a number in one of the ways that `optimal()` chooses from",
        node.span,
        help="`if divisor > 0 then … else …` says what holds where nothing is served",
    )


@record
class _Seen:
    """The values of a node that is wrong and of what it reads; `row` and `column` are of the first that is wrong."""

    values: dict[str, Values]
    wrong: NDArray[np.bool_]
    row: int
    column: int


def _failure(model: CostModel, node: Node, plan: Plan, settings: Settings, result: Result) -> Diagnostic:
    share = plan.places[node.key] not in result.not_finite
    seen = _look(model, node, settings, share)
    where = _extent(seen, plan, settings)
    if share:
        value = _at(seen.values[node.key], seen)
        message = f"the share `{node.key}` is {_shown(value, node)}{where}"
        return _finding(SHARE_OUTSIDE_RANGE, model, node, seen, message, "keep it inside with `min(…, 100%)`")
    message = f"`{node.key}` is not a number{where}"
    return _finding(NOT_FINITE, model, node, seen, message, _remedy(model, node, seen))


def _remedy(model: CostModel, node: Node, seen: _Seen) -> str:
    """A quotient, else what has grown beyond what a computer can hold."""
    divisors = [key for key in _divisors(node.term) if key in seen.values and _at(seen.values[key], seen) == 0.0]
    if divisors:
        return f"keep `{divisors[0]}` above zero, or say what holds at zero: `if {divisors[0]} > 0 then … else …`"
    divisor = next((part for part in _by(node.term) if not isinstance(part, Constant) or part.value == 0.0), None)
    if divisor is not None:
        words = divisor.span.text if len(divisor.span.text) <= _SHORT and "\n" not in divisor.span.text else "divisor"
        return f"`if {words} > 0 then … else …` says what holds at zero"
    return "it is beyond 1e308: look for a growth, a power or an `exp` that runs away, or cut it off with `min(…, …)`"


def _divisors(term: Term) -> tuple[str, ...]:
    """The nodes that it divides by as they are."""
    return tuple(divisor.key for divisor in _by(term) if isinstance(divisor, NodeValue))


def _by(term: Term) -> Iterator[Term]:
    pending = [term]
    while pending:
        current = pending.pop()
        if isinstance(current, Apply):
            pending += current.arguments
            if current.function == "product":
                powers = cast(tuple[int, ...], current.setting("powers"))
                yield from (part for power, part in zip(powers, current.arguments, strict=True) if power < 0)
        elif isinstance(current, Dated):
            pending += [part for _, part in current.segments]


def _look(model: CostModel, node: Node, settings: Settings, share: bool) -> _Seen:
    """Calculates the node once more, with all futures of what it reads at hand."""
    shown = (node.key, *node.parents[:_SHOWN_INPUTS])
    plan = make_plan(model, shown, grouped=len(settings.scale) > 1, volume=settings.scale[0])
    inputs = draw_inputs(plan, model.correlations, settings.samples if plan.uncertain else 1, settings.seed)
    result = run(plan, inputs, settings.scale)
    values = {key: result.values[plan.places[key]] for key in shown}
    own = values[node.key]
    wrong = (own < 0.0) | (own > 1.0) if share else ~np.isfinite(own)
    row = int(wrong.any(axis=1).argmax())
    return _Seen(values, wrong, row, int(wrong[row].argmax()))


def _extent(seen: _Seen, plan: Plan, settings: Settings) -> str:
    rows, columns = seen.wrong.shape
    text = ""
    if columns > 1:
        text += f" in {int(seen.wrong.any(axis=0).sum()):,} of {columns:,} futures"
    if rows > 1:
        year, month = divmod(plan.start + seen.row, 12)
        text += f"{',' if text else ''} first in {year:04d}-{month + 1:02d}"
    return text


def _finding(problem: Problem, model: CostModel, node: Node, seen: _Seen, message: str, help: str) -> Diagnostic:
    inputs = [
        f"`{key}` = {_shown(_at(value, seen), model.node(key))}"
        for key, value in seen.values.items()
        if key != node.key
    ]
    return Diagnostic(problem, message, node.span, note=f"with {', '.join(inputs)}" if inputs else "", help=help)


def _at(values: Values, seen: _Seen) -> float:
    """Of the month and future that is shown."""
    return float(values[min(seen.row, values.shape[0] - 1), min(seen.column, values.shape[1] - 1)])


def _shown(value: float, node: Node) -> str:
    return show(value, node.unit) if node.unit is not None else f"{value:.6g}"
