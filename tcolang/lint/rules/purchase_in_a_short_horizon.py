"""Machines bought for a horizon in which they cannot pay off."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject

SHORT = 18


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    if decision is None or decision.horizon >= SHORT:
        return
    for option in subject.model.options:
        if "hardware" in option.categories:
            message = f"option `{option.name}` buys machines for a horizon of {decision.horizon} months"
            yield Seen(message, option.span)


PURCHASE_IN_A_SHORT_HORIZON = LintRule(
    "TCO512",
    "purchase-in-a-short-horizon",
    Severity.WARNING,
    "Servers pay off over three to five years. In a horizon of a year or less their whole price is held "
    "against a year's bill of an API.",
    remedy="lengthen the horizon to the life of the machines, or rent",
    check=_check,
    bad=both(
        ("  horizon = 36 months", "  horizon = 12 months"),
        ("  life = 36 months", "  life = 12 months"),
        ("at = 2028-12", "at = 2026-12"),
    ),
    good=complete(),
)
