"""A horizon of years in which money keeps its worth."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    if decision is not None and decision.horizon > 12 and "discount_rate" not in decision.values:
        yield Seen(f"decision `{decision.name}` discounts nothing over {decision.horizon} months", decision.span)


NO_DISCOUNT_RATE = LintRule(
    "TCO511",
    "no-discount-rate",
    Severity.INFO,
    "A payment in three years weighs less than one today. Without a rate, options that pay later look dearer "
    "than they are, and those that pay first look cheaper.",
    remedy="state `discount_rate = 8%/year`: what the organisation reckons with",
    check=_check,
    bad=altered("  discount_rate = 8%/year\n", ""),
    good=complete(),
)
