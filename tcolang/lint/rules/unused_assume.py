"""An assumption that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import more
from tcolang.lint.reads import reads
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject

_TICKETS = "assume tickets: request/month = 40k to 60k requests/month\n"


def _check(subject: Subject) -> Iterator[Seen]:
    """In the file that is checked: what another file declares, or one without a decision, is for other specs."""
    if subject.model.decision is None:
        return
    read = reads(subject)
    for assumption in subject.program.assumptions.values():
        if assumption.key not in read and assumption.span.file == subject.program.main:
            yield Seen(f"nothing reads `{assumption.key}`", assumption.span)


UNUSED_ASSUME = LintRule(
    "TCO601",
    "unused-assume",
    Severity.WARNING,
    "An assumption is listed in the report as something the decision rests on. Where nothing reads it, that "
    "is not so, and a formula was probably meant to.",
    remedy="use it, or remove it",
    check=_check,
    bad=more(_TICKETS),
    good=more(f"{_TICKETS}let share_of_tickets = tickets / first_year(chat.requests)\n"),
)
