"""`low to high`: its ends are literals, and the left one may leave its unit to the right one."""

from __future__ import annotations

from tcolang.base.record import replace
from tcolang.syntax import problems
from tcolang.syntax.nodes import (
    Coalesce,
    Conversion,
    Expression,
    Interval,
    Negation,
    Power,
    Product,
    Quantity,
    Sum,
)
from tcolang.syntax.place import Place, reject


def interval_of(place: Place, low: Expression, high: Expression) -> Interval:
    left, right = _literal(low), _literal(high)
    if left is None or right is None:
        wrong = low if left is None else high
        raise reject(
            problems.INTERVAL_END,
            f"`{_shown(wrong.span.text)}` is not a number",
            wrong.span,
            note="an end of a range",
            help=_remedy(place, low, high),
        )
    if left.unit is None and left.per is None:
        left = replace(left, unit=right.unit, per=right.per)
    return Interval(left, right, place.span)


def _literal(node: Expression) -> Quantity | None:
    match node:
        case Quantity():
            return node
        case Negation(Quantity() as amount):
            return replace(amount, number=amount.number.copy_negate(), span=node.span)
        case _:
            return None


def _remedy(place: Place, low: Expression, high: Expression) -> str:
    """The range in parentheses, where one can be seen; else the function for computed ends."""
    left, right = _last(low), _first(high)
    if left is None or right is None:
        return f"for computed ends write `normal(p5 = {_shown(low.span.text)}, p95 = {_shown(high.span.text)})`"
    source = place.reading.file.text
    before, after = source[place.start : left.span.start], source[right.span.end : place.end]
    return f"write `{_shown(f'{before}({source[left.span.start : right.span.end]}){after}')}`"


def _first(node: Expression) -> Expression | None:
    """The literal that a formula begins with."""
    while _literal(node) is None:
        match node:
            case Sum(terms) | Product(terms):
                node = terms[0][1]
            case Coalesce(choices):
                node = choices[0]
            case Conversion(inner) | Power(inner):
                node = inner
            case _:
                return None
    return node


def _last(node: Expression) -> Expression | None:
    """The literal that a formula ends with."""
    while _literal(node) is None:
        match node:
            case Sum(terms) | Product(terms):
                node = terms[-1][1]
            case Coalesce(choices):
                node = choices[-1]
            case Negation(inner):
                node = inner
            case _:
                return None
    return node


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"
