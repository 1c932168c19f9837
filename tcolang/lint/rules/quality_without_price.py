"""Answers of different quality that cost the same when they fail."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle


def _check(subject: Subject) -> Iterator[Seen]:
    rates: dict[str, set[float]] = {}
    for option in subject.model.options:
        for route in option.routes:
            rate = middle(subject, f"{route.deployment}.success_rate")
            if rate is not None:
                rates.setdefault(route.workload, set()).add(rate)
    for workload, found in rates.items():
        component = subject.program.components[workload]
        if len(found) > 1 and "failure_cost" not in component.values:
            low, high = min(found), max(found)
            message = f"between {low:.0%} and {high:.0%} of `{workload}` succeed, and a failure costs nothing"
            yield Seen(message, component.span)


QUALITY_WITHOUT_PRICE = LintRule(
    "TCO467",
    "quality-without-price",
    Severity.WARNING,
    "Where one deployment answers fewer requests well, somebody pays for the rest. Eight points of a million "
    "tickets at 4 USD are more than most bills for tokens.",
    remedy="state `failure_cost` of the workload: what an unsuccessful request costs",
    check=_check,
    bad=both(
        ('  vendor = "Some vendor"', '  vendor = "Some vendor"\n  success_rate = 92%'),
        ('  vendor = "Another vendor"', '  vendor = "Another vendor"\n  success_rate = 84%'),
    ),
    good=complete(),
)
