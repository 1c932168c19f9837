"""Answers of different quality that cost the same when they fail."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle
from tcolang.units.quantity import percentage


def _check(subject: Subject) -> Iterator[Seen]:
    """Of a workload, either no deployment states a `success_rate`, or all that serve it do."""
    rates: dict[str, set[float]] = {}
    silent: dict[str, dict[str, None]] = {}
    for option in subject.model.options:
        for route in option.routes:
            rate = middle(subject, f"{route.deployment}.success_rate")
            if rate is not None:
                rates.setdefault(route.workload, set()).add(rate)
            else:
                silent.setdefault(route.workload, {})[route.deployment] = None
    for workload, found in rates.items():
        component = subject.program.components[workload]
        for deployment in silent.get(workload, ()):
            message = f"nothing says how much of `{workload}` succeeds on `{deployment}`: its failures are in no total"
            yield Seen(message, subject.program.components[deployment].span)
        if len(found) > 1 and "failure_cost" not in component.values:
            low, high = percentage(min(found)), percentage(max(found))
            message = f"between {low} and {high} of `{workload}` succeed, and a failure costs nothing"
            yield Seen(message, component.span)


QUALITY_WITHOUT_PRICE = LintRule(
    "TCO467",
    "quality-without-price",
    Severity.WARNING,
    "Where one deployment answers fewer requests well, somebody pays for the rest. Eight points of a million "
    "tickets at 4 USD are more than most bills for tokens.",
    remedy="state `failure_cost` of the workload, what an unsuccessful request costs, and `success_rate` of each "
    "deployment, from one evaluation of all",
    check=_check,
    bad=both(
        ('  vendor = "Some vendor"', '  vendor = "Some vendor"\n  success_rate = 92%'),
        ('  vendor = "Another vendor"', '  vendor = "Another vendor"\n  success_rate = 84%'),
    ),
    good=complete(),
)
