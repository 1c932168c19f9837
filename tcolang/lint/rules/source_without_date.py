"""A source that does not say when it was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    for source in subject.program.sources.values():
        if source.checked is None:
            yield Seen(f"nobody says when `{source.key}` was looked at", source.span)


SOURCE_WITHOUT_DATE = LintRule(
    "TCO341",
    "source-without-date",
    Severity.WARNING,
    "Prices change. A source without a date may be three years old, and nobody can tell.",
    remedy="add `checked = YYYY-MM-DD`, the day on which somebody looked",
    check=_check,
    bad=altered("  checked = 2025-12-01\n", ""),
    good=complete(),
)
