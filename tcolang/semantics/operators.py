"""What operators ask of their operands, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tcolang.base.diagnostics import Label
from tcolang.semantics.literals import is_rate, number_of
from tcolang.semantics.paths import is_name
from tcolang.semantics.problems import units as problems
from tcolang.semantics.scope import Scope, is_poison, natural_unit, poison
from tcolang.semantics.terms import Apply, Listing, Term
from tcolang.semantics.types import (
    NUMBER_TYPE,
    SHARE_TYPE,
    AnyType,
    ChoiceType,
    DateType,
    FlagType,
    GrowthType,
    ListType,
    QuantityType,
    ReferenceType,
    Type,
)
from tcolang.semantics.words import fits, same, words
from tcolang.syntax import nodes
from tcolang.units.dimension import NUMBER, Dimension, base
from tcolang.units.table import UnitMistake

Check = Callable[[nodes.Expression, Scope, Type | None], Term]
TIME = QuantityType(base("time"))
HIGHEST_POWER = 16
"""Of a unit, up or down."""


def sum_of(node: nodes.Sum, scope: Scope, expected: Type | None, check: Check) -> Term:
    """All terms of one dimension; two dates give a time, a date and a time a date."""
    terms = [check(term, scope, expected) for _, term in node.terms]
    if any(is_poison(term) for term in terms):
        return poison(node.span)
    signs = tuple(sign for sign, _ in node.terms)
    type_ = _sum_type(node, terms, signs, scope)
    if isinstance(type_, AnyType):
        return poison(node.span)
    return Apply("sum", tuple(terms), type_, node.span, (("signs", signs),))


def _sum_type(node: nodes.Sum, terms: list[Term], signs: tuple[int, ...], scope: Scope) -> Type:
    if any(isinstance(term.type, DateType) for term in terms):
        return _date_sum(node, terms, signs, scope)
    first = terms[0]
    for term in terms:
        if not isinstance(term.type, QuantityType):
            return _not_a_quantity(term, scope)
    for term in terms[1:]:
        if not fits(term.type, first.type):
            _unlike(first, term, "added" if signs[terms.index(term)] > 0 else "subtracted", scope)
            return AnyType()
    assert isinstance(first.type, QuantityType)
    return SHARE_TYPE if _complement(terms, signs) else QuantityType(first.type.dimension)


def _complement(terms: list[Term], signs: tuple[int, ...]) -> bool:
    """`1 - share` is a share again."""
    return (
        signs == (1, -1)
        and number_of(terms[0]) == 1
        and isinstance(terms[1].type, QuantityType)
        and terms[1].type.share
    )


def _date_sum(node: nodes.Sum, terms: list[Term], signs: tuple[int, ...], scope: Scope) -> Type:
    dates = sum(sign for sign, term in zip(signs, terms, strict=True) if isinstance(term.type, DateType))
    others = [term for term in terms if not isinstance(term.type, DateType)]
    if dates in (0, 1) and all(fits(term.type, TIME) for term in others):
        return DateType() if dates == 1 else TIME
    scope.report(
        problems.UNLIKE,
        "a date takes a time or another date, no more",
        node.span,
        help="`decision.deadline - decision.as_of` is a time; `decision.start + 3 months` is a date",
    )
    return AnyType()


def _not_a_quantity(term: Term, scope: Scope) -> Type:
    if isinstance(term.type, GrowthType):
        scope.report(
            problems.GROWTH_ARITHMETIC,
            "a growth compounds, so it cannot be added to anything",
            term.span,
            help="use it in `grow(…)` or `decline(…)`; a rate that does not compound is typed `share/year`",
        )
    else:
        message = f"this is {words(term.type)}, where an amount is needed"
        scope.report(problems.WRONG_TYPE, message, term.span, help="write an amount, such as `5` or `5 EUR/month`")
    return AnyType()


def _unlike(one: Term, other: Term, verb: str, scope: Scope) -> None:
    scope.report(
        problems.UNLIKE,
        f"{words(one.type)} and {words(other.type)} cannot be {verb}",
        other.span,
        note=f"this is {words(other.type)}",
        labels=(Label(one.span, f"this is {words(one.type)}"),),
        help=_missing_factor(one, other),
    )


def _missing_factor(one: Term, other: Term) -> str:
    """What one side lacks to be like the other, factor by factor."""
    if not isinstance(one.type, QuantityType) or not isinstance(other.type, QuantityType):
        return ""
    number = number_of(other)
    if other.type.share and number is not None and not one.type.dimension.is_number:
        return f"a percentage is a number: to add {number:.15g} of it, multiply by `(1 + {other.span.text})`"
    ratio = one.type.dimension / other.type.dimension
    return f"they differ by {_factor(ratio)}: multiply or divide one side by something measured in {_factor(ratio)}"


def _factor(dimension: Dimension) -> str:
    inverse = NUMBER / dimension
    return str(dimension) if not str(dimension).startswith("1/") else str(inverse)


def product_of(node: nodes.Product, scope: Scope, expected: Type | None, check: Check) -> Term:
    """Dimensions multiply. A growth may be scaled by a number, a divisor may not be an interval around zero."""
    grows = isinstance(expected, GrowthType)
    factors = [check(f, scope, expected if grows and is_rate(f, scope) else None) for _, f in node.factors]
    if any(is_poison(factor) for factor in factors):
        return poison(node.span)
    powers = tuple(power for power, _ in node.factors)
    growths = [factor for factor in factors if isinstance(factor.type, GrowthType)]
    if growths:
        return _scaled_growth(node, factors, powers, growths, scope)
    exponents: dict[str, int] = {}
    share = True
    for factor, power in zip(factors, powers, strict=True):
        if not isinstance(factor.type, QuantityType):
            _not_a_quantity(factor, scope)
            return poison(node.span)
        for unit, exponent in factor.type.dimension.exponents:
            exponents[unit] = exponents.get(unit, 0) + power * exponent
        share = share and factor.type.share and power > 0
    # Not factor by factor: a product may have thousands of them.
    dimension = Dimension(tuple(sorted((unit, exponent) for unit, exponent in exponents.items() if exponent)))
    if _too_high(dimension, node, scope):
        return poison(node.span)
    return Apply("product", tuple(factors), QuantityType(dimension, share), node.span, (("powers", powers),))


def _too_high(dimension: Dimension, node: nodes.Product | nodes.Power, scope: Scope) -> bool:
    """A finding where a unit has a power that nothing is measured in, and that could not even be written."""
    if all(abs(power) <= HIGHEST_POWER for _, power in dimension.exponents):
        return False
    scope.report(
        problems.POWER_OF_UNIT,
        f"a unit comes out here to a power beyond {HIGHEST_POWER}",
        node.span,
        help="divide by the unit first, and take the power of a plain number",
    )
    return True


def _scaled_growth(
    node: nodes.Product, factors: list[Term], powers: tuple[int, ...], growths: list[Term], scope: Scope
) -> Term:
    others = [factor for factor in factors if factor not in growths]
    first_power = powers[factors.index(growths[0])]
    if len(growths) == 1 and first_power > 0 and all(fits(o.type, NUMBER_TYPE) for o in others):
        return Apply("product", tuple(factors), growths[0].type, node.span, (("powers", powers),))
    return scope.wrong(
        problems.GROWTH_ARITHMETIC,
        "a growth can be multiplied by plain numbers only",
        growths[0].span,
        help="apply it to an amount with `grow(amount, growth)` or `decline(amount, growth)`",
    )


def negation(node: nodes.Negation, scope: Scope, expected: Type | None, check: Check) -> Term:
    value = check(node.value, scope, expected)
    if is_poison(value):
        return value
    if isinstance(value.type, GrowthType):
        return Apply("negate", (value,), value.type, node.span)
    if not isinstance(value.type, QuantityType):
        _not_a_quantity(value, scope)
        return poison(node.span)
    return Apply("negate", (value,), QuantityType(value.type.dimension), node.span)


def power(node: nodes.Power, scope: Scope, check: Check) -> Term:
    value = check(node.base, scope, None)
    if is_poison(value):
        return value
    if not isinstance(value.type, QuantityType):
        _not_a_quantity(value, scope)
        return poison(node.span)
    type_ = QuantityType(value.type.dimension**node.exponent, value.type.share and node.exponent > 0)
    if _too_high(type_.dimension, node, scope):
        return poison(node.span)
    return Apply("power", (value,), type_, node.span, (("exponent", node.exponent),))


def conversion(node: nodes.Conversion, scope: Scope, expected: Type | None, check: Check) -> Term:
    """`x as tokens/day` has the value of `x`: a unit is how it is shown. Another currency is another amount."""
    value = check(node.value, scope, expected)
    unit = scope.tables.units.parse(node.unit.text)
    if isinstance(unit, UnitMistake):
        return scope.wrong(problems.UNKNOWN_UNIT, unit.message, node.unit.span, help=unit.help)
    if is_poison(value):
        return value
    if not isinstance(value.type, QuantityType) or value.type.dimension != unit.dimension:
        return scope.wrong(
            problems.WRONG_CONVERSION,
            f"{words(value.type)} cannot be shown in `{unit.text}`",
            node.unit.span,
            note=f"`{unit.text}` measures {words(QuantityType(unit.dimension))}",
            labels=(Label(value.span, f"this is {words(value.type)}"),),
            help=_shown_as(value.type),
        )
    home = scope.tables.currency
    if unit.currency is not None and home is not None and unit.currency != home:
        return scope.wrong(
            problems.WRONG_CONVERSION,
            f"amounts of this decision are in {home}, and cannot be shown in {unit.currency}",
            node.unit.span,
            help=f"show it in {home}: what was written in another currency has been exchanged already",
        )
    return value


def _shown_as(type_: Type) -> str:
    """A unit in which a value can be shown."""
    unit = natural_unit(type_)
    return f"`… as {unit.text}` would be a unit of it" if unit is not None else "leave out `as`: it has no unit"


def coalesce(node: nodes.Coalesce, scope: Scope, expected: Type | None, check: Check) -> Term:
    choices = _alike(node.choices, scope, expected, check)
    type_ = _common(choices, scope, "`??`")
    return poison(node.span) if type_ is None else Apply("coalesce", tuple(choices), type_, node.span)


def conditional(node: nodes.Conditional, scope: Scope, expected: Type | None, check: Check) -> Term:
    condition = check(node.condition, scope, None)
    branches = _alike((node.then, node.otherwise), scope, expected, check)
    needs_flag(condition, scope)
    type_ = _common(branches, scope, "`if`")
    if type_ is None or is_poison(condition):
        return poison(node.span)
    return Apply("if", (condition, *branches), type_, node.span)


def _alike(sides: Sequence[nodes.Expression], scope: Scope, expected: Type | None, check: Check) -> list[Term]:
    """Sides of one type: what the first that says its type by itself is, a bare word on another can be one of."""
    found: dict[int, Term] = {}
    for i, side in enumerate(sides):
        if not (isinstance(side, nodes.Path) and len(side.names) == 1 and not is_name(side, scope)):
            found[i] = check(side, scope, expected)
            expected = expected if expected is not None or is_poison(found[i]) else found[i].type
    return [found[i] if i in found else check(side, scope, expected) for i, side in enumerate(sides)]


def _common(choices: list[Term], scope: Scope, of: str) -> Type | None:
    type_: Type = choices[0].type
    for choice in choices[1:]:
        joined = same(type_, choice.type)
        if joined is None:
            scope.report(
                problems.UNLIKE,
                f"the sides of {of} are {words(type_)} and {words(choice.type)}",
                choice.span,
                note=f"this is {words(choice.type)}",
                labels=(Label(choices[0].span, f"this is {words(type_)}"),),
                help="both sides must measure the same, since either can be the result",
            )
            return None
        type_ = joined
    return None if isinstance(type_, AnyType) else type_


def comparison(node: nodes.Comparison, scope: Scope, check: Check) -> Term:
    """Quantities of one dimension, dates, ordered choices; equality of choices, options, flags and texts too."""
    left, right = both_sides(node.left, node.right, scope, check)
    if is_poison(left) or is_poison(right):
        return poison(node.span)
    if not _comparable(left.type, right.type):
        _unlike(left, right, "compared", scope)
        return poison(node.span)
    if isinstance(left.type, GrowthType) and (left.type != right.type or left.type.period is None):
        return scope.wrong(
            problems.GROWTH_ARITHMETIC,
            "these growths may be stated over different periods, so their numbers cannot be compared",
            node.span,
            help="compare what they lead to: `in_month(grow(1, …), 2027-01)`",
        )
    if node.operator not in ("==", "!=") and not _ordered(left.type):
        return scope.wrong(
            problems.NOT_ORDERED,
            f"`{node.operator}` needs an order, and {words(left.type)} has none",
            node.span,
            help="compare with `==` or `!=`, or declare the choice as `ordered one of …`",
        )
    return Apply(node.operator, (left, right), FlagType(), node.span)


def both_sides(one: nodes.Expression, other: nodes.Expression, scope: Scope, check: Check) -> tuple[Term, Term]:
    """The side that says its type by itself first, so that a bare word on the other can be one of its choices."""
    if isinstance(one, nodes.Path) and len(one.names) == 1 and not is_name(one, scope):
        right = check(other, scope, None)
        return _beside(right, one, scope, check), right
    left = check(one, scope, None)
    return left, _beside(left, other, scope, check)


def _beside(term: Term, node: nodes.Expression, scope: Scope, check: Check) -> Term:
    """What stands beside a term; a bare word there may be one of its choices, so that it is not looked at where the
    term has been found wrong."""
    bare = isinstance(node, nodes.Path) and len(node.names) == 1 and not is_name(node, scope)
    return poison(node.span) if is_poison(term) and bare else check(node, scope, term.type)


def _comparable(one: Type, other: Type) -> bool:
    if isinstance(one, ReferenceType) and isinstance(other, ReferenceType):
        return True
    return fits(one, other)


def _ordered(type_: Type) -> bool:
    return isinstance(type_, QuantityType | DateType | GrowthType) or (isinstance(type_, ChoiceType) and type_.ordered)


def approximation(node: nodes.Approximation, scope: Scope, check: Check) -> Term:
    left, right = both_sides(node.left, node.right, scope, check)
    within = check(node.within, scope, left.type if isinstance(left.type, GrowthType) else None)
    if is_poison(left) or is_poison(right) or is_poison(within):
        return poison(node.span)
    if isinstance(left.type, GrowthType) and isinstance(right.type, GrowthType) and fits(within.type, left.type):
        return Apply("approx", (left, right, within), FlagType(), node.span, (("relative", False),))
    if not isinstance(left.type, QuantityType) or not fits(left.type, right.type):
        _unlike(left, right, "compared", scope)
        return poison(node.span)
    relative = not fits(within.type, left.type) or (
        isinstance(within.type, QuantityType) and within.type.share and left.type.dimension.is_number is False
    )
    if relative and not (isinstance(within.type, QuantityType) and within.type.dimension.is_number):
        _unlike(left, within, "compared", scope)
        return poison(node.span)
    return Apply("approx", (left, right, within), FlagType(), node.span, (("relative", relative),))


def membership(node: nodes.Membership, scope: Scope, check: Check) -> Term:
    value = check(node.value, scope, None)
    if is_poison(value):
        return poison(node.span)
    items = check(node.items, scope, ListType(value.type))
    if is_poison(items) or not isinstance(items, Listing):
        return poison(node.span)
    for item in items.items:
        if not _comparable(item.type, value.type):
            _unlike(value, item, "compared", scope)
            return poison(node.span)
    return Apply("in", (value, *items.items), FlagType(), node.span)


def logic(node: nodes.And | nodes.Or | nodes.Not, scope: Scope, check: Check) -> Term:
    parts = (node.value,) if isinstance(node, nodes.Not) else node.items
    items = [check(part, scope, FlagType()) for part in parts]
    if sum(needs_flag(item, scope) for item in items) < len(items):
        return poison(node.span)
    name = {nodes.And: "and", nodes.Or: "or", nodes.Not: "not"}[type(node)]
    return Apply(name, tuple(items), FlagType(), node.span)


def needs_flag(term: Term, scope: Scope) -> bool:
    """True where the term is a yes or no; a finding where it is something else."""
    if isinstance(term.type, FlagType):
        return True
    if not is_poison(term):
        scope.report(
            problems.NOT_A_FLAG,
            f"a condition is true or false, and this is {words(term.type)}",
            term.span,
            help=f"compare it: `{term.span.text} > …`",
        )
    return False
