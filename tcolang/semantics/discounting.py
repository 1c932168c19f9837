"""What a discount rate may be: a convention, not a forecast."""

from __future__ import annotations

from tcolang.semantics.literals import number_of
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Value
from tcolang.semantics.scope import Scope, is_poison


def is_discount_rate(value: Value, scope: Scope) -> bool:
    """One certain rate, not below zero; a finding otherwise, unless there has been one."""
    first = value.segments[0]
    rate = number_of(first.term)
    if is_poison(first.term):
        return False
    if rate is None or any(segment.since is not None for segment in value.segments):
        scope.report(
            problems.RATE_UNCERTAIN,
            "the discount rate is one certain rate",
            first.span,
            help="`discount_rate = 8%/year`; compare rates with scenarios",
        )
        return False
    if rate < 0:
        scope.report(
            problems.RATE_NEGATIVE,
            "a discount rate is not below zero",
            first.span,
            help="`discount_rate = 0%/year` counts all months alike",
        )
        return False
    return True
