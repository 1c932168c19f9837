"""Prompts from the cache that cost more than fresh ones."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components


def _check(subject: Subject) -> Iterator[Seen]:
    for component in own_components(subject):
        fresh, cached = middle(subject, f"{component.key}.input_price"), node(subject, f"{component.key}.cached_price")
        again = middle(subject, cached.key) if cached is not None else None
        if cached is not None and fresh is not None and again is not None and again > fresh:
            yield Seen(f"a cached prompt of `{component.key}` costs more than a fresh one", cached.span)


CACHED_ABOVE_FRESH = LintRule(
    "TCO350",
    "cached-above-fresh",
    Severity.WARNING,
    "A cached prompt is cheaper than a fresh one, or nobody would cache it.",
    remedy="compare both prices with the list",
    check=_check,
    bad=altered(
        "  output_price = 1.60", "  cached_price = 4.00 USD per 1M tokens source quotes\n  output_price = 1.60"
    ),
    good=complete(),
)
