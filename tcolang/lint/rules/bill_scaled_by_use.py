"""A bill that is multiplied by a utilisation, as if idle hours were free."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, is_own
from tcolang.model.costmodel import Node
from tcolang.semantics.terms import Apply, Dated, NodeValue, Term
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import NUMBER

USE = re.compile(r"(?:^|_)(?:utili[sz]ation|util|busy|occupancy|duty|load_factor|in_use|usage)(?:_|$)")
BILLED = frozenset(("money", "time", "GPU"))
"""What a bill for hours is made of. With energy, tokens or requests in it, a price follows use."""


def _check(subject: Subject) -> Iterator[Seen]:
    for node in _paid(subject):
        for product in _products(node.term):
            factors = _multiplied(product)
            used = next((factor for factor in factors if _is_use(factor)), None)
            bill = next((factor for factor in factors if _is_bill(factor)), None)
            if isinstance(used, NodeValue) and bill is not None:
                yield Seen(
                    f"a bill is multiplied by `{used.key}`, as if its other hours were free",
                    product.span if product.span.text else node.span,
                )


def _paid(subject: Subject) -> Iterator[Node]:
    """What the project itself writes of all that cost lines rest on."""
    model = subject.model
    waiting = [line.cash for option in model.options for line in option.lines]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key in seen or key not in model.index:
            continue
        seen.add(key)
        waiting += model.node(key).parents
    yield from (node for node in model.nodes if node.key in seen and is_own(node.span))


def _products(term: Term) -> Iterator[Apply]:
    waiting = [term]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Apply):
            waiting += part.arguments
            if part.function == "product":
                yield part
        elif isinstance(part, Dated):
            waiting += [inner for _, inner in part.segments]


def _multiplied(product: Apply) -> list[Term]:
    """Its factors without the divisors: a bill divided by its use is what a busy hour costs."""
    powers = product.setting("powers")
    assert isinstance(powers, tuple)
    return [factor for factor, power in zip(product.arguments, powers, strict=True) if power > 0]


def _is_use(factor: Term) -> bool:
    return (
        isinstance(factor, NodeValue)
        and isinstance(factor.type, QuantityType)
        and factor.type.dimension == NUMBER
        and USE.search(factor.key.rpartition(".")[2]) is not None
    )


def _is_bill(factor: Term) -> bool:
    if not isinstance(factor.type, QuantityType):
        return False
    powers = dict(factor.type.dimension.exponents)
    return powers.get("money", 0) > 0 and BILLED.issuperset(powers)


_RENT = "  cost balancers as network = 600 USD/month\n  cost rent as compute = 4 USD/hour * 8"

BILL_SCALED_BY_USE = LintRule(
    "TCO468",
    "bill-scaled-by-use",
    Severity.WARNING,
    "Hours are billed whether they are used or not: a machine that is busy 40% of the time costs what it costs at "
    "100%. Only what follows use (tokens, power) is multiplied by it; billed hours and busy share are two things.",
    remedy="leave the bill whole; where nodes run for some hours only, say so: `billing = active_window`",
    check=_check,
    bad=altered(
        "  cost balancers as network = 600 USD/month",
        f"{_RENT} * utilisation",
        'assume utilisation: share = 40% to 60% note "measured last year"',
    ),
    good=altered("  cost balancers as network = 600 USD/month", _RENT),
)
