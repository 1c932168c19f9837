"""A pool without a spare node for a workload that has to answer nearly always."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.demand import pools, served_by
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node

PROMISED = 0.99


def _check(subject: Subject) -> Iterator[Seen]:
    for option, key in pools(subject):
        spare = node(subject, f"{key}.spare")
        if spare is not None and middle(subject, spare.key) == 0 and served_by(subject, option, key) > PROMISED:
            yield Seen(f"`{key}` has no spare node, and what it serves has to answer nearly always", spare.span)


NO_SPARE = LintRule(
    "TCO442",
    "no-spare",
    Severity.WARNING,
    "With no node beyond what the peak takes, the first failure is an outage at the peak.",
    remedy="state `spare = 1` or more, or a lower availability",
    check=_check,
    bad=altered("  custody = colocation", "  custody = colocation\n  spare = 0"),
    good=complete(),
)
