"""A note or a reason that says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, stated

_NOTHING = re.compile(
    r"\W*(?:to ?do|tbd|tbc|fix ?me|xxx+|n/?a|none|unknown|guess|placeholder|later)?\W*", re.IGNORECASE
)


def _check(subject: Subject) -> Iterator[Seen]:
    values = [(key, value) for key, value in stated(subject)]
    values += [(assumption.key, assumption.value) for assumption in subject.program.assumptions.values()]
    for key, value in values:
        for segment in value.segments:
            note = segment.provenance.note
            if note and _NOTHING.fullmatch(note):
                yield Seen(f"the note on `{key}` does not say where it is from", segment.span)
    for allowance in subject.program.allowances:
        if _NOTHING.fullmatch(allowance.reason):
            yield Seen(f"nobody says why {allowance.code} is allowed here", allowance.span)


PLACEHOLDER_NOTE = LintRule(
    "TCO605",
    "placeholder-note",
    Severity.WARNING,
    "A note says where a figure comes from. One that says that this is still to be found out says that nobody knows.",
    remedy='say where the figure is from: `note "assumed: …"`',
    check=_check,
    bad=altered("rack_price = 900 USD/month source quotes", 'rack_price = 900 USD/month note "TBD"'),
    good=complete(),
)
