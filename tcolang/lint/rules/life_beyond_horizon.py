"""Machines that outlive the horizon and are worth nothing at its end."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components, reached


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    used = {key for option in subject.model.options for key in reached(subject, option)}
    for component in own_components(subject):
        life, resale = middle(subject, f"{component.key}.life"), node(subject, f"{component.key}.resale")
        if decision is None or life is None or resale is None or component.key not in used:
            continue
        if life > decision.horizon and resale.provenance.is_default:
            message = f"`{component.key}` lives {life:.0f} months, the horizon has {decision.horizon}"
            yield Seen(message, component.span, note="and nothing is credited for the rest")


LIFE_BEYOND_HORIZON = LintRule(
    "TCO461",
    "life-beyond-horizon",
    Severity.INFO,
    "The horizon ends while machines still run: their whole price is in the total, and nothing of what they "
    "are still worth.",
    remedy="state `resale`, what they sell for at the end of the horizon, or make the horizon a multiple of their life",
    check=_check,
    bad=altered("  life = 36 months", "  life = 60 months"),
    good=complete(),
)
