"""Expressions: every name resolved, every type known, every literal in canonical units. One finding per root cause."""

from __future__ import annotations

from typing import assert_never

from tcolang.semantics.calls import call_term
from tcolang.semantics.literals import interval_term, quantity_term, unit_of
from tcolang.semantics.operators import (
    approximation,
    coalesce,
    comparison,
    conditional,
    conversion,
    logic,
    membership,
    negation,
    power,
    product_of,
    sum_of,
)
from tcolang.semantics.paths import path_term
from tcolang.semantics.problems.units import UNLIKE
from tcolang.semantics.scope import Scope, is_poison
from tcolang.semantics.terms import Constant, Listing, Sentence, Symbol, Term
from tcolang.semantics.types import AnyType, DateType, FlagType, ListType, TextType, Type
from tcolang.semantics.words import fits, words
from tcolang.syntax import nodes

__all__ = ["check", "sentence", "unit_of"]


def check(node: nodes.Expression, scope: Scope, expected: Type | None = None) -> Term:
    """`expected` helps where an expression alone does not say its type: choices, growths, shares. It is not enforced.

    Recursion is bounded by the limit on nesting, which the parser has counted.
    """
    match node:
        case nodes.Quantity():
            return quantity_term(node, scope, expected)
        case nodes.Interval():
            return interval_term(node, scope, expected)
        case nodes.Path():
            return path_term(node, scope, expected)
        case nodes.Call():
            return call_term(node, scope, expected, check)
        case nodes.ListOf():
            return _listing(node, scope, expected)
        case nodes.Date():
            return Constant(months_of(node), DateType(), node.span)
        case nodes.Truth(value):
            return Constant(float(value), FlagType(), node.span)
        case nodes.Text():
            return _text(node, scope)
        case nodes.Sum():
            return sum_of(node, scope, expected, check)
        case nodes.Product():
            return product_of(node, scope, expected, check)
        case nodes.Negation():
            return negation(node, scope, expected, check)
        case nodes.Power():
            return power(node, scope, check)
        case nodes.Conversion():
            return conversion(node, scope, expected, check)
        case nodes.Coalesce():
            return coalesce(node, scope, expected, check)
        case nodes.Comparison():
            return comparison(node, scope, check)
        case nodes.Approximation():
            return approximation(node, scope, check)
        case nodes.Membership():
            return membership(node, scope, check)
        case nodes.And() | nodes.Or() | nodes.Not():
            return logic(node, scope, check)
        case nodes.Conditional():
            return conditional(node, scope, expected, check)
        case _:
            assert_never(node)


def sentence(node: nodes.Text, scope: Scope) -> Sentence:
    """A text for the report: what stands in braces is checked like any expression."""
    parts: list[str | Term] = []
    units: list[str] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        parts.append(check(part, scope))
        units.append(part.unit.text if isinstance(part, nodes.Conversion) else "")
    return Sentence(tuple(parts), tuple(units), TextType(), node.span)


def months_of(node: nodes.Date) -> float:
    """Months since the year 0, days as a fraction of their month."""
    whole = node.year * 12 + node.month - 1
    return whole if node.day is None else whole + (node.day - 1) / days_in(node.year, node.month)


def days_in(year: int, month: int) -> int:
    """Days of a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _text(node: nodes.Text, scope: Scope) -> Term:
    plain = node.plain
    return Symbol(plain, TextType(), node.span) if plain is not None else sentence(node, scope)


def _listing(node: nodes.ListOf, scope: Scope, expected: Type | None) -> Term:
    wanted = expected.item if isinstance(expected, ListType) else None
    items = tuple(check(item, scope, wanted) for item in node.items)
    if any(is_poison(item) for item in items):
        return Constant(0.0, AnyType(), node.span)
    unlike = next((item for item in items[1:] if not fits(item.type, items[0].type)), None)
    if unlike is not None:
        return scope.wrong(
            UNLIKE,
            f"a list holds values of one type, and this one begins with {words(items[0].type)}",
            unlike.span,
            note=f"this is {words(unlike.type)}",
            help=f"write each as {words(items[0].type)}, or leave this one out",
        )
    return Listing(items, ListType(items[0].type if items else wanted or AnyType()), node.span)
