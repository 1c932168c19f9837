"""An option that may not be live before the horizon ends."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    for option in subject.model.options:
        lead = subject.estimates.get(f"{option.name}.lead_time")
        if decision is not None and lead is not None and lead.high >= decision.horizon:
            yield Seen(f"option `{option.name}` may not be live before the horizon ends", option.span)


LIVE_AFTER_HORIZON = LintRule(
    "TCO513",
    "live-after-horizon",
    Severity.WARNING,
    "What goes live after the horizon serves nobody in it: the option is compared by what its bridge costs.",
    remedy="lengthen the horizon, or leave the option out",
    check=_check,
    bad=altered("  comparator", "  lead_time = 20 to 40 months\n  bridge = small\n  comparator"),
    good=complete(),
)
