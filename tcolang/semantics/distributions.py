"""Distributions named in a spec: `triangular(1, 2, 4)`, `discrete(values = […], weights = […])`."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.semantics.literals import amount, drawn, unit_of
from tcolang.semantics.problems import units as problems
from tcolang.semantics.scope import Scope, poison
from tcolang.semantics.terms import Term
from tcolang.semantics.types import QuantityType, Type
from tcolang.syntax import nodes
from tcolang.uncertain.distribution import Distribution, DistributionMistake, certain, interval
from tcolang.uncertain.explicit import discrete, mixture, named
from tcolang.units.unit import Unit

DISTRIBUTIONS = ("normal", "lognormal", "logitnormal", "uniform", "triangular", "pert", "discrete", "mixture")
Check = Callable[[nodes.Expression, Scope, Type | None], Term]
Made = Distribution | DistributionMistake


def distribution_term(node: nodes.Call, scope: Scope, expected: Type | None, check: Check) -> Term:
    """All parameters are literals of one unit, stated with each or with any of them."""
    name = node.function.text
    quantities = _quantities(node)
    if quantities is None:
        return _not_literal(node, scope)
    unit = _common_unit(quantities, node, scope)
    if unit is None:
        return poison(node.span)
    if any(amount(quantity, unit, scope) is None for quantity in quantities):
        return poison(node.span)
    made = _mixture(node, unit) if name == "mixture" else _discrete(node, unit) if name == "discrete" else None
    if made is None:
        arguments = [(a.name, _number(a.value, unit)) for a in node.arguments]
        known = [(n, v) for n, v in arguments if v is not None]
        if len(known) < len(arguments):
            return _not_literal(node, scope)
        made = named(name, known)
    share = unit.dimension.is_number and (unit.text == "%" or (isinstance(expected, QuantityType) and expected.share))
    return drawn(made, node.span, QuantityType(unit.dimension, share), unit, scope)


def _not_literal(node: nodes.Call, scope: Scope) -> Term:
    return scope.wrong(
        problems.NOT_LITERAL,
        "the parameters of a distribution are numbers as they stand",
        node.span,
        help="`triangular(1, 2, 4) * x` scales a distribution by anything",
    )


def _quantities(node: nodes.Call) -> list[nodes.Quantity] | None:
    """The literals whose unit is the distribution's (not the weights); None where something else stands there."""
    found: list[nodes.Quantity] = []
    for argument in node.arguments:
        if argument.name == "weights" or (
            argument.name is None and argument is not node.arguments[0] and _listed(node)
        ):
            continue
        for item in argument.value.items if isinstance(argument.value, nodes.ListOf) else (argument.value,):
            if isinstance(item, nodes.Interval):
                found += [item.low, item.high]
                continue
            bare = item.value if isinstance(item, nodes.Negation) else item
            if not isinstance(bare, nodes.Quantity):
                return None
            found.append(bare)
    return found


def _listed(node: nodes.Call) -> bool:
    return node.function.text in ("discrete", "mixture")


def _common_unit(quantities: list[nodes.Quantity], node: nodes.Call, scope: Scope) -> Unit | None:
    """The one unit that is written; a plain number takes it, except that zero may go without."""
    units = [unit_of(q, scope) for q in quantities]
    if not units or any(unit is None for unit in units):
        return None
    stated = [unit for unit in units if unit is not None and unit.text]
    first = stated[0] if stated else units[0]
    if any(
        u.dimension != first.dimension or u.currency != first.currency or u.factor != first.factor
        for u in stated
        if first
    ):
        scope.report(
            problems.ENDS_DIFFER,
            "the parameters of a distribution are in different units",
            node.span,
            help="write all of them in one unit",
        )
        return None
    return first


def _number(node: nodes.Expression, unit: Unit) -> float | None:
    if isinstance(node, nodes.Negation):
        inner = _number(node.value, unit)
        return None if inner is None else -inner
    return unit.to_canonical(node.number) if isinstance(node, nodes.Quantity) else None


def _lists(node: nodes.Call) -> tuple[tuple[nodes.Expression, ...], list[float]]:
    """The values or components, and the weights, of a call with two lists."""
    by_name = {a.name: a.value for a in node.arguments if a.name}
    rest = [a.value for a in node.arguments if a.name is None]
    first = by_name.get("values") or by_name.get("components") or (rest.pop(0) if rest else None)
    second = by_name.get("weights") or (rest.pop(0) if rest else None)
    items = first.items if isinstance(first, nodes.ListOf) else ()
    weights = second.items if isinstance(second, nodes.ListOf) else ()
    return items, [_weight(w) for w in weights]


def _weight(node: nodes.Expression) -> float:
    if not isinstance(node, nodes.Quantity):
        return float("nan")
    return float(node.number) / (100.0 if node.unit and node.unit.text == "%" else 1.0)


def _discrete(node: nodes.Call, unit: Unit) -> Made:
    items, weights = _lists(node)
    numbers = [_number(item, unit) for item in items]
    return discrete([n if n is not None else float("nan") for n in numbers], weights)


def _mixture(node: nodes.Call, unit: Unit) -> Made:
    items, weights = _lists(node)
    components: list[Distribution] = []
    for item in items:
        made = _component(item, unit)
        if isinstance(made, DistributionMistake):
            return made
        components.append(made)
    return mixture(components, weights)


def _component(item: nodes.Expression, unit: Unit) -> Made:
    if isinstance(item, nodes.Interval):
        return interval(unit.to_canonical(item.low.number), unit.to_canonical(item.high.number), "real")
    number = _number(item, unit)
    if number is None:
        return DistributionMistake("a part of a mixture is an interval or a number", "write `1 to 2`, or `5`")
    return certain(number)
