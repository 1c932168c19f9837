"""A source that was looked at more than a year before the decision."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject

MONTHS = 12


def _check(subject: Subject) -> Iterator[Seen]:
    as_of = subject.as_of
    for source in subject.program.sources.values():
        if as_of is not None and source.checked is not None and as_of - source.checked > MONTHS:
            age = int(as_of - source.checked)
            yield Seen(f"`{source.key}` was looked at {age} months before the decision", source.span)


STALE_SOURCE = LintRule(
    "TCO342",
    "stale-source",
    Severity.WARNING,
    "Prices of models and GPUs halve within a year or two; what was true then decides nothing now.",
    remedy="look again, and state the new figure and the new date",
    check=_check,
    bad=altered("  checked = 2025-12-01", "  checked = 2024-06-01"),
    good=complete(),
)
