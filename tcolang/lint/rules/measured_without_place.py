"""A measurement or a contract that nobody can look up."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    for source in subject.program.sources.values():
        if source.grade in ("measured", "contracted") and not source.url:
            yield Seen(f"`{source.key}` is {source.grade}, and nobody says where it can be read", source.span)


MEASURED_WITHOUT_PLACE = LintRule(
    "TCO351",
    "measured-without-place",
    Severity.INFO,
    "Measured and contracted are the grades that a reader trusts most. They can be checked only where there "
    "is a place to look.",
    remedy='add `url = "…"`, or grade it `estimated`',
    check=_check,
    bad=altered('  url = "https://example.com/quotes"\n', ""),
    good=complete(),
)
