"""An allowance of findings that there are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, more
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject
from tcolang.semantics.allowances import removal

_ON_EVALUATION = re.compile("TCO(?:5[0-4][0-9]|48[0-9])")
"""Findings that only an evaluation has."""


def _check(subject: Subject) -> Iterator[Seen]:
    """In the file that is checked: what another file allows may be found with another spec."""
    if subject.model.decision is None:
        return
    for allowance in subject.unused:
        if allowance.path == subject.program.main.path and not _ON_EVALUATION.fullmatch(allowance.code):
            message = f"there is no {allowance.code} here that this could allow"
            yield Seen(message, allowance.span, fix=removal(allowance))


UNUSED_ALLOWANCE = LintRule(
    "TCO607",
    "unused-allowance",
    Severity.WARNING,
    "What allows nothing hides the next finding of its code, which nobody has looked at.",
    remedy="remove it",
    check=_check,
    bad=more('allow TCO348 "a first guess" until 2030-01-01\n'),
    good=altered(
        "requests = 2M to 3M requests/month",
        "requests = 20k to 3M requests/month",
        'allow TCO348 "a first guess" until 2030-01-01\n',
    ),
    late=True,
)
