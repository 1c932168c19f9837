"""Options of which only some say how often they answer."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node


def _check(subject: Subject) -> Iterator[Seen]:
    """Of options that serve a workload which asks for an availability."""
    states: dict[str, bool] = {}
    for option in subject.model.options:
        asked = [r for r in option.routes if middle(subject, f"{r.workload}.availability") is not None]
        if asked:
            states[option.name] = all(node(subject, f"{r.deployment}.availability") is not None for r in asked)
    some = {r.deployment for o in subject.model.options for r in o.routes}
    if not any(node(subject, f"{key}.availability") is not None for key in some):
        return
    for option in subject.model.options:
        if states.get(option.name) is False:
            yield Seen(f"option `{option.name}` does not say how often all of its deployments answer", option.span)


AVAILABILITY_UNEQUAL = LintRule(
    "TCO463",
    "availability-unequal",
    Severity.INFO,
    "Options are compared at the same service. Where one states its availability and another does not, nobody"
    " knows whether they are.",
    remedy="state `availability` of every deployment that the options use",
    check=_check,
    bad=altered('  vendor = "Some vendor"', '  vendor = "Some vendor"\n  availability = 99.9%'),
    good=complete(),
)
