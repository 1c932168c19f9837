"""A lint rule: the one value that a file in `lint/rules/` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tcolang.base.diagnostics import Diagnostic, Fix, Label
from tcolang.base.problem import Example, Problem, Severity
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.lint.subject import Subject


@record
class Seen:
    """What a rule has found: what, where, and what to do in this case if it is not the remedy of the rule."""

    message: str
    span: Span
    note: str = ""
    help: str = ""
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None


@record
class LintRule:
    """`why` is the reason behind it and `remedy` how it is mended, each a sentence or two; the examples run as tests.

    `check` looks at a program without errors and its model, and evaluates nothing. A `late` rule comes after all
    others and after allowances, of which it is told the unused ones.
    """

    code: str
    name: str
    severity: Severity
    why: str
    remedy: str
    check: Callable[[Subject], Iterable[Seen]]
    bad: Example
    good: Example
    late: bool = False

    @property
    def problem(self) -> Problem:
        return Problem(self.code, self.name, self.severity, self.why, self.bad, self.good)


def diagnostic(rule: LintRule, problem: Problem, seen: Seen) -> Diagnostic:
    return Diagnostic(problem, seen.message, seen.span, seen.note, seen.labels, seen.help or rule.remedy, seen.fix)
