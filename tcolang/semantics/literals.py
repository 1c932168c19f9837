"""Quantities, intervals and distributions: the numbers a spec states."""

from __future__ import annotations

import re
from fractions import Fraction

from tcolang.base.source import Span
from tcolang.semantics.problems import units as problems
from tcolang.semantics.scope import Scope, is_poison, poison
from tcolang.semantics.terms import Apply, Constant, Draw, ExchangeTo, Term
from tcolang.semantics.types import NUMBER_TYPE, GrowthType, QuantityType, Type
from tcolang.syntax import nodes
from tcolang.syntax.problems import NUMBER_LIMIT
from tcolang.uncertain.distribution import Distribution, DistributionMistake, interval, is_certain
from tcolang.units.dimension import NUMBER, base
from tcolang.units.table import UnitMistake
from tcolang.units.unit import Unit

PER_TIME = NUMBER / base("time")


def quantity_term(node: nodes.Quantity, scope: Scope, expected: Type | None) -> Term:
    """A literal in canonical units; foreign money is exchanged where it is written."""
    if isinstance(expected, GrowthType):
        return _growth(node, scope)
    unit = unit_of(node, scope)
    value = amount(node, unit, scope) if unit is not None else None
    if unit is None or value is None:
        return poison(node.span)
    return exchanged(Constant(value, _type(unit, node), node.span), unit, scope, node.span)


def interval_term(node: nodes.Interval, scope: Scope, expected: Type | None) -> Term:
    """P5 to P95 of one value, its family by what it measures."""
    if isinstance(expected, GrowthType):
        return _growth_interval(node, scope)
    low_unit, high_unit = unit_of(node.low, scope), unit_of(node.high, scope)
    if low_unit is None or high_unit is None:
        return poison(node.span)
    if low_unit.dimension != high_unit.dimension or low_unit.currency != high_unit.currency:
        return scope.wrong(
            problems.ENDS_DIFFER,
            "the ends of an interval measure different things",
            node.span,
            note=f"`{low_unit.text or 'no unit'}` and `{high_unit.text or 'no unit'}`",
            help="write the unit once, behind the second end: `800 to 1_500 tokens/request`",
        )
    share = _is_share(node, low_unit, expected)
    low, high = amount(node.low, low_unit, scope), amount(node.high, high_unit, scope)
    if low is None or high is None:
        return poison(node.span)
    made = interval(low, high, "share" if share else "real")
    type_ = QuantityType(low_unit.dimension, share)
    return drawn(made, node.span, type_, low_unit, scope)


def _mistaken(node: nodes.Quantity, scope: Scope) -> Span:
    """The unit that is wrong: that behind `per`, where the other is right."""
    units = [node.unit, *([node.per[1]] if node.per else [])]
    stated = [unit for unit in units if unit is not None]
    wrong = [unit for unit in stated if isinstance(scope.tables.units.parse(unit.text), UnitMistake)]
    return (wrong or stated)[0].span if stated else node.span


def unit_of(node: nodes.Quantity, scope: Scope) -> Unit | None:
    """The unit of a literal; None after a finding."""
    table = scope.tables.units
    if node.per is not None:
        text = node.unit.text if node.unit else None
        found = table.parse_per(text, node.per[0], node.per[1].text)
    elif node.unit is not None:
        found = table.parse(node.unit.text)
    else:
        return Unit("", NUMBER, Fraction(1))
    if isinstance(found, UnitMistake):
        scope.report(problems.UNKNOWN_UNIT, found.message, _mistaken(node, scope), help=found.help)
        return None
    # Nothing is nothing in every currency.
    if found.dimension.exponent("money") and found.currency is None and node.number != 0:
        at = node.unit or node.per[1] if node.per else node.unit
        scope.report(
            problems.MONEY_LITERAL,
            f"`{found.text}` names no currency",
            at.span if at else node.span,
            help=f"write `{_home_unit(found, scope)}`, or the currency that the figure is quoted in",
        )
        return None
    return found


def _home_unit(unit: Unit, scope: Scope) -> str:
    return re.sub(r"\bmoney\b", scope.tables.currency or "EUR", unit.text)


def canonical(node: nodes.Quantity, unit: Unit) -> float:
    return unit.to_canonical(node.number)


def amount(node: nodes.Quantity, unit: Unit, scope: Scope) -> float | None:
    """In canonical units; None after a finding, where that is beyond what a number can hold."""
    try:
        return canonical(node, unit)
    except OverflowError:
        scope.report(
            NUMBER_LIMIT,
            "this is too large an amount to be computed with",
            node.span,
            help="shorten it, or use another unit or magnitude",
        )
        return None


def exchanged(term: Term, unit: Unit | None, scope: Scope, span: Span) -> Term:
    """The amount in the decision's currency: `USD-USD` takes the rate twice, `tokens/USD` is divided by it. Nothing is
    nothing in any currency."""
    code = unit.currency if unit else None
    if unit is None or code is None or code == scope.tables.currency:
        return term
    if isinstance(term, Constant) and term.value == 0:
        return term
    tables = scope.tables
    stated = scope.file.loaded.origin in ("main", "import")
    (tables.exchanged if stated else tables.exchanged_by_tool).setdefault(code, span)
    power = unit.dimension.exponent("money")
    rates = (ExchangeTo(code, NUMBER_TYPE, span),) * abs(power)
    powers = (1, *(1 if power > 0 else -1 for _ in rates))
    return Apply("product", (term, *rates), term.type, span, (("powers", powers),))


def growth_period(unit_text: str, scope: Scope) -> float | None:
    """The months of the `year` in `%/year`; None where that is no percentage per time."""
    over, slash, under = unit_text.partition("/")
    top = scope.tables.units.parse(over)
    bottom = scope.tables.units.parse(under) if slash else None
    if not isinstance(top, Unit) or not isinstance(bottom, Unit):
        return None
    if not top.dimension.is_number or bottom.dimension != base("time"):
        return None
    return float(bottom.factor)


def is_rate(node: nodes.Expression, scope: Scope) -> bool:
    """Whether a literal is a percentage per time, as growths are."""
    literal = node.high if isinstance(node, nodes.Interval) else node
    if not isinstance(literal, nodes.Quantity) or literal.unit is None or literal.per is not None:
        return False
    return growth_period(literal.unit.text, scope) is not None


def _growth(node: nodes.Quantity, scope: Scope) -> Term:
    found = _rate(node, scope)
    return poison(node.span) if found is None else Constant(found[0], GrowthType(found[1]), node.span)


def _growth_interval(node: nodes.Interval, scope: Scope) -> Term:
    high = _rate(node.high, scope)
    low = _rate(node.low, scope) if high is not None else None
    if low is None or high is None:
        return poison(node.span)
    return drawn(interval(low[0], high[0], "real"), node.span, GrowthType(high[1]), None, scope)


def _rate(node: nodes.Quantity, scope: Scope) -> tuple[float, float] | None:
    text = node.unit.text if node.unit and node.per is None else ""
    period = growth_period(text, scope)
    if period is None:
        scope.report(
            problems.NOT_A_GROWTH,
            "a growth is a percentage per time",
            node.span,
            note=f"`{text}`" if text else "no unit",
            help="write the period it was observed over, and it will compound: `3%/month`, `35%/year`",
        )
        return None
    top = scope.tables.units.parse(text.partition("/")[0])
    value = amount(node, top, scope) if isinstance(top, Unit) else None
    return None if value is None else (value, period)


def drawn(made: Distribution | DistributionMistake, span: Span, type_: Type, unit: Unit | None, scope: Scope) -> Term:
    """A distribution in canonical units as a term; one without width is a constant."""
    if isinstance(made, DistributionMistake):
        scope.counter.take()
        return scope.wrong(problems.BAD_INTERVAL, made.message, span, help=made.help)
    ordinal = scope.counter.take()
    term: Term = Draw(made, ordinal, type_, span)
    if is_certain(made):
        term = Constant(dict(made.parameters)["value"], type_, span)
    return exchanged(term, unit, scope, span)


def _type(unit: Unit, node: nodes.Quantity) -> QuantityType:
    return QuantityType(unit.dimension, unit.text == "%" and 0 <= node.number <= 100)


def _is_share(node: nodes.Interval, unit: Unit, expected: Type | None) -> bool:
    if not unit.dimension.is_number:
        return False
    if isinstance(expected, QuantityType) and expected.dimension.is_number:
        return expected.share
    return unit.text == "%" and node.low.number >= 0 and node.high.number <= 100


def number_of(term: Term) -> float | None:
    """The value of a certain literal; None for anything else."""
    if isinstance(term, Constant) and not is_poison(term):
        return term.value
    if isinstance(term, Apply) and term.function == "negate":
        inner = number_of(term.arguments[0])
        return None if inner is None else -inner
    return None
