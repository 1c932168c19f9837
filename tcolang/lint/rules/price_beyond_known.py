"""A price far from any that is known."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.known import known_price, near
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, stated


def _check(subject: Subject) -> Iterator[Seen]:
    decision = subject.model.decision
    for key, value in stated(subject):
        found = known_price(value.type, key.rpartition(".")[2])
        estimate = subject.estimates.get(key)
        if found is None or estimate is None or decision is None or estimate.middle <= 0:
            continue
        if not near(found, estimate.middle, decision.currency):
            message = f"`{key}` is far from any known price of {found.what}"
            yield Seen(message, value.span, note=f"known: {found.shown}")


PRICE_BEYOND_KNOWN = LintRule(
    "TCO345",
    "price-beyond-known",
    Severity.WARNING,
    "A price per thousand read as one per million is wrong by a factor of a thousand, and looks like a "
    "bargain or a scandal. Known prices lie within a range that is kept with its sources.",
    remedy="check the unit: `0.40 USD per 1M tokens` is not `0.40 USD per 1k tokens`",
    check=_check,
    bad=both(
        ("0.40 USD per 1M tokens", "0.40 USD per 1k tokens"), ("1.60 USD per 1M tokens", "1.60 USD per 1k tokens")
    ),
    good=complete(),
)
