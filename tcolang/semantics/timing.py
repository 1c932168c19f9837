"""The months of a decision, as a scenario states them."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.record import replace
from tcolang.semantics.decisions import is_horizon
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Override, Program, Value
from tcolang.semantics.scope import Scope, is_poison
from tcolang.semantics.terms import Constant

START, HORIZON = "decision.start", "decision.horizon"


def is_timing(key: str, value: Value, scope: Scope) -> bool:
    """Whether it is one certain month, or number of months; a finding otherwise."""
    segment = value.segments[0]
    term = segment.term
    if is_poison(term):
        return False
    if len(value.segments) > 1 or segment.since is not None or not isinstance(term, Constant):
        scope.report(
            problems.BAD_HORIZON if key == HORIZON else problems.BAD_START,
            f"`{key}` is stated as it is, once and for certain: every value has as many months",
            segment.span,
            help=f"`{key} = 24 months`" if key == HORIZON else f"`{key} = 2027-01`",
        )
        return False
    if key == HORIZON:
        return is_horizon(float(term.value), segment.span, scope)
    if abs(term.value - round(term.value)) > 1e-9:
        scope.report(
            problems.BAD_START,
            "a decision starts with a month, since costs are worked out month by month",
            segment.span,
            help=f"`{key} = 2027-01`",
        )
        return False
    return True


def retimed(program: Program, overrides: Sequence[Override]) -> Program:
    """The program with the months that the overrides state, the last of which counts. What is judged as of the start is
    judged as of the new one."""
    stated = {o.target: float(t.value) for o in overrides if isinstance(t := o.segments[-1].term, Constant)}
    decision = program.decision
    if decision is None or not {START, HORIZON} & set(stated):
        return program
    start = round(stated.get(START, decision.start))
    as_of = start if decision.as_of == decision.start else decision.as_of
    horizon = round(stated.get(HORIZON, decision.horizon))
    return replace(program, decision=replace(decision, start=start, as_of=as_of, horizon=horizon))
