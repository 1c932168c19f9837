"""Runs all lint rules over a checked program."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tcolang.base.diagnostics import Diagnostic, Outcome, in_order
from tcolang.base.record import replace
from tcolang.base.registry import collect
from tcolang.lint.estimate import estimates
from tcolang.lint.rule import LintRule, diagnostic
from tcolang.lint.subject import Subject, is_own
from tcolang.model.costmodel import CostModel
from tcolang.semantics.allowances import Allowed, ended, without_allowed
from tcolang.semantics.program import Program


@cache
def rules() -> tuple[LintRule, ...]:
    """By code."""
    return collect("tcolang.lint.rules", LintRule, key=lambda rule: rule.code)


def lint(
    program: Program, model: CostModel, findings: Iterable[Diagnostic], as_of: float | None = None
) -> Outcome[tuple[Allowed, ...]]:
    """The findings so far and those of all rules, without those that are allowed, which are the value.

    `as_of` is the date by which staleness is judged where there is no decision.
    """
    every = rules()
    findings = (*findings, *_ended(program, as_of))
    today = model.decision.as_of if model.decision is not None else as_of
    subject = Subject(program, model, estimates(model), today)
    found = (*findings, *_seen(subject, [rule for rule in every if not rule.late]))
    counting, allowed = without_allowed(found, program.allowances)
    used = {allowance for _, allowance in allowed}
    subject = replace(subject, unused=tuple(one for one in program.allowances if one not in used))
    late, allowed_late = without_allowed(_seen(subject, [rule for rule in every if rule.late]), program.allowances)
    return Outcome((*allowed, *allowed_late), in_order((*counting, *late)))


def _ended(program: Program, as_of: float | None) -> Iterable[Diagnostic]:
    """Allowances of a file without a decision, by whose date they are judged otherwise."""
    if program.decision is not None or as_of is None:
        return
    for allowance in program.allowances:
        if allowance.until < as_of:
            yield ended(allowance, allowance.span)


def _seen(subject: Subject, some: Iterable[LintRule]) -> Iterable[Diagnostic]:
    """What they find in files of the project."""
    for rule in some:
        problem = rule.problem
        for seen in rule.check(subject):
            if is_own(seen.span):
                yield diagnostic(rule, problem, seen)
