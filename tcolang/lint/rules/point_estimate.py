"""One number for what nobody knows exactly."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import more
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, stated
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import QuantityType

_DEMAND = ("requests", "input_tokens", "output_tokens")

_USED = "let share_of_tickets = tickets / first_year(chat.requests)\n"


def _check(subject: Subject) -> Iterator[Seen]:
    """Of assumptions, and of how much a workload asks for. Those of a pack are its thresholds."""
    if subject.program.pack is not None:
        return
    for assumption in subject.program.assumptions.values():
        value = assumption.value
        if isinstance(value.type, QuantityType) and all(isinstance(s.term, Constant) for s in value.segments):
            yield Seen(f"`{assumption.key}` is assumed to be one number", assumption.span)
    for key, value in stated(subject):
        component, _, name = key.rpartition(".")
        kind = subject.program.kinds[subject.program.components[component].kind]
        if kind.role == "workload" and name in _DEMAND and isinstance(value.segments[-1].term, Constant):
            yield Seen(f"`{key}` is assumed to be one number", value.span)


POINT_ESTIMATE = LintRule(
    "TCO347",
    "point-estimate",
    Severity.INFO,
    "An assumption is what people argue about. A single number hides by how much they disagree, and every "
    "result built on it looks certain.",
    remedy="write a range, `1.2M to 1.8M tickets/month`: the 5th and the 95th percentile",
    check=_check,
    bad=more(f"assume tickets: request/month = 50k requests/month\n{_USED}"),
    good=more(f"assume tickets: request/month = 40k to 60k requests/month\n{_USED}"),
)
