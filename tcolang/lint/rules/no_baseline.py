"""Options without one that the others are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    if decision is not None and decision.baseline is None and len(subject.model.options) > 1:
        yield Seen(f"decision `{decision.name}` has no baseline", decision.span)


NO_BASELINE = LintRule(
    "TCO466",
    "no-baseline",
    Severity.INFO,
    "Savings, payback and the price of a rule are measured against what would be done otherwise. Nothing says"
    " what that is.",
    remedy="state `baseline = OPTION`: what is there now, or what would be done without a decision",
    check=_check,
    bad=altered("  baseline = api\n", ""),
    good=complete(),
)
