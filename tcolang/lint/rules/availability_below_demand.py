"""A deployment that promises less than its workload asks for."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node


def _check(subject: Subject) -> Iterator[Seen]:
    told: set[tuple[str, str]] = set()
    for option in subject.model.options:
        for route in option.routes:
            wanted = middle(subject, f"{route.workload}.availability")
            promised = node(subject, f"{route.deployment}.availability")
            given = middle(subject, promised.key) if promised is not None else None
            pair = (route.workload, route.deployment)
            if promised is None or wanted is None or given is None or given >= wanted or pair in told:
                continue
            told.add(pair)
            message = f"`{route.deployment}` promises {given:.3%}, `{route.workload}` asks for {wanted:.3%}"
            yield Seen(message, promised.span)


AVAILABILITY_BELOW_DEMAND = LintRule(
    "TCO462",
    "availability-below-demand",
    Severity.WARNING,
    "What promises to answer 99 % of the time is down for seven hours a month, whatever the workload needs.",
    remedy="route to something that promises enough, or state what the workload can bear",
    check=_check,
    bad=both(
        ('  vendor = "Some vendor"', '  vendor = "Some vendor"\n  availability = 99%'),
        ('  vendor = "Another vendor"', '  vendor = "Another vendor"\n  availability = 99.9%'),
        ("  server = box", "  server = box\n  availability = 99.5%"),
    ),
    good=complete(),
)
