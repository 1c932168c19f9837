"""A source that no figure is from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, more
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    """In the file that is checked, unless it only holds figures for others."""
    if subject.model.decision is None:
        return
    text = subject.program.main.text
    for source in subject.program.sources.values():
        name = source.key.rpartition(".")[2]
        if source.span.file == subject.program.main and not re.search(
            rf"\bsource\s+{re.escape(name)}(?!\s*\")\b", text
        ):
            yield Seen(f"no figure is from `{source.key}`", source.span)


UNUSED_SOURCE = LintRule(
    "TCO604",
    "unused-source",
    Severity.INFO,
    "A source that nothing names supports nothing: a figure lost its source, or the source is left over.",
    remedy="name it behind a figure, `source NAME`, or remove it",
    check=_check,
    bad=more('source survey "Survey of developers" {\n  checked = 2025-12-01\n  grade = estimated\n}\n'),
    good=complete(),
)
