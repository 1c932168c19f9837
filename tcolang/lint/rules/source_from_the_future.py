"""A source that was looked at after the date of the decision."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    as_of = subject.as_of
    for source in subject.program.sources.values():
        # A month is allowed for: a decision as of January is written in January.
        if as_of is not None and source.checked is not None and source.checked > as_of + 1:
            yield Seen(f"`{source.key}` was looked at after the date of the decision", source.span)


SOURCE_FROM_THE_FUTURE = LintRule(
    "TCO343",
    "source-from-the-future",
    Severity.INFO,
    "A decision as of a day rests on what was known on that day.",
    remedy="state `as_of` of the decision: the day from which it looks at the world",
    check=_check,
    bad=altered("  checked = 2025-12-01", "  checked = 2026-09-01"),
    good=complete(),
)
