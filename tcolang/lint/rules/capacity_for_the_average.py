"""Machines sized for the average hour."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, running_models

FLAT = 1.1


def _check(subject: Subject) -> Iterator[Seen]:
    routed = {route.workload for option in running_models(subject) for route in option.routes}
    for workload in sorted(routed):
        peak = node(subject, f"{workload}.peak_to_average")
        factor = middle(subject, peak.key) if peak is not None else None
        if peak is not None and factor is not None and factor < FLAT:
            yield Seen(f"the peak of `{workload}` is its mean, so machines are sized for the average hour", peak.span)


CAPACITY_FOR_THE_AVERAGE = LintRule(
    "TCO455",
    "capacity-for-the-average",
    Severity.WARNING,
    "Machines are bought for the peak hour. A peak equal to the mean says that the night is as busy as noon, "
    "and makes self-hosting look several times cheaper than it is.",
    remedy="state `peak_to_average` from logs: office hours are 3 to 4, around the clock with a queue 1.2 to 1.6",
    check=_check,
    bad=altered("  data_class = internal", "  data_class = internal\n  peak_to_average = 1"),
    good=complete(),
)
