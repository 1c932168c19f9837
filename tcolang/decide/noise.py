"""Thresholds so close to a sampled statistic that other samples could have put it on the other side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import hypot, sqrt

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.decide.operands import conditions_of, leaves_of
from tcolang.decide.problems import THRESHOLD_WITHIN_NOISE
from tcolang.decide.reading import Read, Taken, origin
from tcolang.decide.showing import shown_value
from tcolang.engine.chances import statistic_error
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import Compare, CostModel, ExpectCase, Operand, RuleCase
from tcolang.semantics.terms import Apply, Constant, NodeValue

_ERRORS = 2.0
_OF_A_VALUE = re.compile(r"mean|p[0-9]{1,2}")


@record
class Statistic:
    """`function` over the futures; `key` is that of the value it is taken of, where this is a node."""

    function: str
    key: str | None


def statistic_of(model: CostModel, key: str) -> Statistic | None:
    """The statistic that a node is, where it is nothing but a chance, a mean or a percentile."""
    if key not in model.index:
        return None
    term = origin(model, key).term
    if not isinstance(term, Apply):
        return None
    match term.arguments:
        case (inner,) if term.function == "chance" or _OF_A_VALUE.fullmatch(term.function):
            function = term.function
        case (inner, Constant(at)) if term.function == "percentile":
            function = f"p{round(100 * at)}"
        case _:
            return None
    return Statistic(function, inner.key if isinstance(inner, NodeValue) else None)


def within_noise(
    cases: Iterable[RuleCase | ExpectCase], model: CostModel, evaluation: Evaluation, read: Read
) -> tuple[Diagnostic, ...]:
    """A finding per comparison whose sides lie within two standard errors of each other.

    The error of a mean or percentile is taken from the batches, that of a chance p among N futures is √(p(1 − p)/N),
    which stratified draws do not exceed. A statistic inside a longer expression is not judged.
    """
    found: dict[Diagnostic, None] = {}
    errors = _Errors(model, evaluation)
    for case in cases:
        for condition in conditions_of(case):
            for leaf in leaves_of(condition):
                if isinstance(leaf, Compare):
                    found.update(dict.fromkeys(_finding(leaf, model, errors, read)))
    return tuple(found)


def _finding(compare: Compare, model: CostModel, errors: _Errors, read: Read) -> tuple[Diagnostic, ...]:
    if not (errors.statistic(compare.left) or errors.statistic(compare.right)):
        return ()
    left, right = read(compare.left), read(compare.right)
    if not (isinstance(left.value, float) and isinstance(right.value, float)):
        return ()
    error = hypot(
        errors.of(compare.left, left),
        errors.of(compare.right, right),
    )
    if error == 0.0 or abs(left.value - right.value) > _ERRORS * error:
        return ()
    currency = model.decision.currency if model.decision else "money"
    shown = shown_value(error, compare.left.type, compare.left.unit, currency)
    sides = f"`{compare.left.text}` is {left.reading.shown} and `{compare.right.text}` is {right.reading.shown}"
    return (
        Diagnostic(
            THRESHOLD_WITHIN_NOISE,
            f"`{compare.left.text}` is too close to `{compare.right.text}` for the number of samples",
            compare.left.span,
            note=f"{sides}; the standard error is {shown}",
            help=f"four times as many samples halve it: `--samples {4 * errors.evaluation.samples}`",
        ),
    )


class _Errors:
    """Standard errors of statistics, each worked out once: many rules ask for the same one."""

    def __init__(self, model: CostModel, evaluation: Evaluation) -> None:
        self.model = model
        self.evaluation = evaluation
        self.statistics: dict[str, Statistic | None] = {}
        self.known: dict[Statistic, float] = {}

    def statistic(self, operand: Operand) -> Statistic | None:
        if operand.key is None:
            return None
        if operand.key not in self.statistics:
            self.statistics[operand.key] = statistic_of(self.model, operand.key)
        return self.statistics[operand.key]

    def of(self, operand: Operand, taken: Taken) -> float:
        statistic = self.statistic(operand)
        if statistic is None or not isinstance(taken.value, float):
            return 0.0
        if statistic.function == "chance":
            share = min(max(taken.value, 0.0), 1.0)
            return sqrt(share * (1.0 - share) / self.evaluation.samples)
        if statistic not in self.known:
            self.known[statistic] = self._error(statistic)
        return self.known[statistic]

    def _error(self, statistic: Statistic) -> float:
        if statistic.key is None:
            return 0.0
        return statistic_error(self.evaluation, statistic.function, statistic.key) or 0.0
