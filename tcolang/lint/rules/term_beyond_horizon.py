"""A commitment that outlasts the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, reached, stated
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import base

_NAMES = ("term", "commitment", "minimum_term", "contract_term", "committed")

_RESERVED = """tco 1

kind reservation {
  fee: money/month
  term: month
  cost reserved as compute = fee
}

reservation years {
  fee = 900 USD/month note "quote of the provider"
  term = 48 months
}
"""
_USED = ("uses = [serving, weights]", "uses = [serving, weights, years]")


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    if decision is None:
        return
    used = {key for option in subject.model.options for key in reached(subject, option)}
    for key, value in stated(subject):
        component, _, name = key.rpartition(".")
        is_time = isinstance(value.type, QuantityType) and value.type.dimension == base("time")
        months = middle(subject, key)
        if name in _NAMES and component in used and is_time and months is not None and months > decision.horizon:
            message = f"`{component}` binds for {months:.0f} months, the horizon has {decision.horizon}"
            yield Seen(message, value.span)


TERM_BEYOND_HORIZON = LintRule(
    "TCO460",
    "term-beyond-horizon",
    Severity.WARNING,
    "What is committed beyond the horizon is paid all the same, and is in no total.",
    remedy="lengthen the horizon, or add what is left as a line of the category exit",
    check=_check,
    bad=both(("tco 1\n", _RESERVED), _USED),
    good=both(("tco 1\n", _RESERVED.replace("48", "36")), _USED),
)
