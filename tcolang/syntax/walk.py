"""Walking over a formula without recursion."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, assert_never

from tcolang.syntax import nodes
from tcolang.syntax.nodes import Expression

T = TypeVar("T")


def children(node: Expression) -> tuple[Expression, ...]:
    """The formulas directly inside, in the order of writing. The function of a call is a name, not a formula."""
    match node:
        case nodes.Quantity() | nodes.Path() | nodes.Date() | nodes.Truth():
            return ()
        case nodes.Call():
            return tuple(argument.value for argument in node.arguments)
        case nodes.Text():
            return tuple(part for part in node.parts if not isinstance(part, str))
        case nodes.ListOf() | nodes.And() | nodes.Or():
            return node.items
        case nodes.Coalesce():
            return node.choices
        case nodes.Sum():
            return tuple(term for _, term in node.terms)
        case nodes.Product():
            return tuple(factor for _, factor in node.factors)
        case nodes.Negation() | nodes.Conversion() | nodes.Not():
            return (node.value,)
        case nodes.Power():
            return (node.base,)
        case nodes.Interval():
            return (node.low, node.high)
        case nodes.Comparison():
            return (node.left, node.right)
        case nodes.Approximation():
            return (node.left, node.right, node.within)
        case nodes.Membership():
            return (node.value, node.items)
        case nodes.Conditional():
            return (node.condition, node.then, node.otherwise)
        case _:
            assert_never(node)


def fold(expression: Expression, visit: Callable[[Expression, tuple[T, ...]], T]) -> T:
    """`visit` is called once a node, innermost first, with what it returned for the children."""
    results: list[T] = []
    pending: list[tuple[Expression, int]] = [(expression, -1)]
    while pending:
        node, count = pending.pop()
        if count < 0:
            inside = children(node)
            pending.append((node, len(inside)))
            pending += [(child, -1) for child in reversed(inside)]
            continue
        given = tuple(results[len(results) - count :])
        del results[len(results) - count :]
        results.append(visit(node, given))
    return results[0]
