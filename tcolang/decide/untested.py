"""Rules that tests do not show in all three ways."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.coverage import Coverage
from tcolang.decide.problems import UNTESTED_RULE


def untested(covered: Coverage) -> Iterator[Diagnostic]:
    """Of the project's own rules: those without a test in which they hold, fail or are unknown."""
    for rule in covered.rules:
        ways = (("holds", rule.held), ("fails", rule.failed), ("is unknown", rule.unknown))
        lacking = [way for way, titles in ways if not titles]
        if lacking and not rule.span.file.shipped:
            yield Diagnostic(
                UNTESTED_RULE,
                f"no test in which `{rule.rule}` {' or '.join(lacking)}",
                rule.span,
                help="add a `test` that gives it the facts for that; it is unknown where the spec does not state one",
            )
