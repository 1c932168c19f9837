"""An option that one person keeps running."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, running_models


def _check(subject: Subject) -> Iterator[Seen]:
    for option in running_models(subject):
        heads = [middle(subject, key) for _, key in option.staff]
        total = sum(head for head in heads if head is not None)
        if option.staff and None not in heads and 0 < total <= 1:
            yield Seen(f"one person or less keeps option `{option.name}` running", option.span)


BUS_FACTOR_OF_ONE = LintRule(
    "TCO456",
    "bus-factor-of-one",
    Severity.INFO,
    "Where one person knows how a service runs, it stands still when that person is ill, on holiday or gone.",
    remedy="staff it with at least two, or say who stands in",
    check=_check,
    bad=altered("    engineer = 3 FTE", "    engineer = 1 FTE"),
    good=complete(),
)
