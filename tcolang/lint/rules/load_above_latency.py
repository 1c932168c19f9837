"""A pool planned so full that requests queue."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components

FULL = 0.85
"""Load of a node from which waiting dominates the answer time."""


def _check(subject: Subject) -> Iterator[Seen]:
    for component in own_components(subject):
        load = node(subject, f"{component.key}.target_load")
        planned = middle(subject, load.key) if load is not None else None
        if load is not None and planned is not None and planned > FULL:
            yield Seen(f"`{component.key}` is planned {planned:.0%} busy at the peak", load.span)


LOAD_ABOVE_LATENCY = LintRule(
    "TCO454",
    "load-above-latency",
    Severity.WARNING,
    "Waiting grows with 1 / (1 - load): at 90 % busy a request waits ten times as long as it takes, and no "
    "latency target survives that.",
    remedy="plan for at most 80 % of a node at the peak: `target_load = 70%`",
    check=_check,
    bad=altered("  custody = colocation", "  custody = colocation\n  target_load = 95%"),
    good=complete(),
)
