"""The node of each rule of a formula: one function a rule, of the same name as in grammar.lark."""

from __future__ import annotations

from typing import Any, Literal, cast

from tcolang.syntax import nodes
from tcolang.syntax.grown import Chain, Growing, Grown, chained, grown, whole
from tcolang.syntax.interval import interval_of
from tcolang.syntax.literals import check_magnitude
from tcolang.syntax.literals import date as date_of
from tcolang.syntax.literals import exponent as exponent_of
from tcolang.syntax.literals import number as number_of
from tcolang.syntax.nodes import Expression
from tcolang.syntax.place import Place, Token
from tcolang.syntax.texts import interpolated


def expression(_: Place, formula: Growing) -> Grown:
    return whole(formula)


def value(_: Place, formula: Growing) -> Expression:
    return whole(formula).node


def conditional(place: Place, *parts: Growing) -> Grown:
    condition, then, otherwise = (whole(part) for part in parts)
    node = nodes.Conditional(condition.node, then.node, otherwise.node, place.span)
    return grown(place, node, condition, then, otherwise)


def or_else(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Or, left, right, _item)


def and_also(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.And, left, right, _item)


def coalesce(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Coalesce, left, right, _item)


def add(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Sum, left, right, _positive)


def subtract(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Sum, left, right, _negative)


def multiply(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Product, left, right, _positive)


def divide(place: Place, left: Growing, right: Growing) -> Chain:
    return chained(place, nodes.Product, left, right, _negative)


def negate(place: Place, operand: Growing) -> Grown:
    inner = whole(operand)
    return grown(place, nodes.Not(inner.node, place.span), inner)


def minus(place: Place, operand: Growing) -> Grown:
    inner = whole(operand)
    return grown(place, nodes.Negation(inner.node, place.span), inner)


def raise_to(place: Place, base: Growing, power: Token) -> Grown:
    inner = whole(base)
    return grown(place, nodes.Power(inner.node, exponent_of(place, power), place.span), inner)


def lower_to(place: Place, base: Growing, power: Token) -> Grown:
    inner = whole(base)
    return grown(place, nodes.Power(inner.node, -exponent_of(place, power), place.span), inner)


def compare(place: Place, left: Growing, operator: Token, right: Growing) -> Grown:
    low, high = whole(left), whole(right)
    comparator = cast(nodes.Comparator, operator.text)
    return grown(place, nodes.Comparison(comparator, low.node, high.node, place.span), low, high)


def approximate(place: Place, left: Growing, right: Growing, within: Growing) -> Grown:
    value, other, margin = whole(left), whole(right), whole(within)
    return grown(place, nodes.Approximation(value.node, other.node, margin.node, place.span), value, other, margin)


def member_of(place: Place, left: Growing, items: Grown) -> Grown:
    inner = whole(left)
    node = nodes.Membership(inner.node, cast(nodes.ListOf, items.node), place.span)
    return grown(place, node, inner, items)


def interval(place: Place, low: Growing, high: Growing) -> Grown:
    left, right = whole(low), whole(high)
    return grown(place, interval_of(place, left.node, right.node), left, right)


def convert(place: Place, operand: Growing, unit: Token) -> Grown:
    inner = whole(operand)
    return grown(place, nodes.Conversion(inner.node, unit_text(place, unit), place.span), inner)


def parenthesised(_: Place, formula: Growing) -> Grown:
    """Closed, so that `a + (b + c)` stays as written."""
    return whole(formula)


def quantity(
    place: Place, amount: Token, unit: Token | None, per_amount: Token | None, per_unit: Token | None
) -> Grown:
    value = number_of(place, amount)
    for count, word in ((amount, unit), (per_amount, per_unit)):
        if count and word:
            check_magnitude(place, count, word)
    per = (number_of(place, per_amount), unit_text(place, per_unit)) if per_amount and per_unit else None
    return grown(place, nodes.Quantity(value, unit_text(place, unit) if unit else None, per, place.span))


def path(place: Place, *names: Token) -> nodes.Path:
    return nodes.Path(tuple(name.text for name in names), place.span)


def path_value(place: Place, names: nodes.Path) -> Grown:
    return grown(place, names)


def call(place: Place, function: nodes.Path, *arguments: tuple[nodes.Argument, Grown]) -> Grown:
    given = tuple(argument for argument, _ in arguments)
    return grown(place, nodes.Call(function, given, place.span), *(inner for _, inner in arguments))


def argument(place: Place, name: Token | None, formula: Growing) -> tuple[nodes.Argument, Grown]:
    inner = whole(formula)
    return nodes.Argument(name.text if name else None, inner.node, place.span), inner


def list_(place: Place, *formulas: Growing) -> Grown:
    items = [whole(formula) for formula in formulas]
    return grown(place, nodes.ListOf(tuple(item.node for item in items), place.span), *items)


def date(place: Place, token: Token) -> Grown:
    return grown(place, date_of(place, token))


def true(place: Place, _: Token) -> Grown:
    return grown(place, nodes.Truth(True, place.span))


def false(place: Place, _: Token) -> Grown:
    return grown(place, nodes.Truth(False, place.span))


def text(place: Place, token: Token) -> Grown:
    return interpolated(place, token)


def text_value(_: Place, content: Grown) -> Grown:
    return content


def unit_text(place: Place, token: Token) -> nodes.UnitText:
    return nodes.UnitText(token.text, place.span_of(token))


def _item(node: Expression, _: bool) -> Any:
    return node


def _positive(node: Expression, _: bool) -> tuple[Literal[1, -1], Expression]:
    return 1, node


def _negative(node: Expression, first: bool) -> tuple[Literal[1, -1], Expression]:
    return (1 if first else -1), node


RULES = (
    expression,
    value,
    conditional,
    or_else,
    and_also,
    coalesce,
    add,
    subtract,
    multiply,
    divide,
    negate,
    minus,
    raise_to,
    lower_to,
    compare,
    approximate,
    member_of,
    interval,
    convert,
    parenthesised,
    quantity,
    path,
    path_value,
    call,
    argument,
    list_,
    date,
    true,
    false,
    text,
    text_value,
)
