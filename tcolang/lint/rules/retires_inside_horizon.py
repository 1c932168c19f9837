"""A model that its vendor switches off before the horizon ends."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, reached, stated
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import DateType

_NAMES = ("retires", "retired", "retirement", "deprecated", "end_of_life", "end_of_support")
_VENDOR = '  vendor = "Another vendor"'
_CHANGE = "  migration = 5k USD source quotes"


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    if decision is None:
        return
    used = {key for option in subject.model.options for key in reached(subject, option)}
    for key, value in stated(subject):
        component, _, name = key.rpartition(".")
        term = value.segments[-1].term
        if name not in _NAMES or component not in used or not isinstance(term, Constant):
            continue
        if isinstance(value.type, DateType) and term.value < decision.start + decision.horizon:
            yield Seen(f"`{component}` retires before the horizon ends", value.span)


RETIRES_INSIDE_HORIZON = LintRule(
    "TCO459",
    "retires-inside-horizon",
    Severity.WARNING,
    "A model that retires has to be replaced: by another price, another quality, and work to move prompts and"
    " tests over.",
    remedy="price its successor from that date on, with `from`, and add a line for the change",
    check=_check,
    bad=altered(_VENDOR, f"{_VENDOR}\n{_CHANGE}\n  retires = 2027-06"),
    good=altered(_VENDOR, f"{_VENDOR}\n{_CHANGE}\n  retires = 2031-06"),
)
