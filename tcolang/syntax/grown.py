"""Formulas while they grow: a node with its height, and chains that take one more term at a time.

`a + b + c` is one node with three terms. The automaton meets it as (a + b) + c, so a chain stays open until something
else than a term of its own kind takes it up; that costs one step a term, and no depth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from tcolang.base.source import Span
from tcolang.syntax import problems
from tcolang.syntax.nodes import Expression
from tcolang.syntax.place import Place, reject


class Grown(NamedTuple):
    """`height` counts the nodes on the way to the deepest one."""

    node: Expression
    height: int


class Chain:
    """Terms of one kind, as many as were read so far. `node` makes the node from all of them."""

    __slots__ = ("height", "node", "place", "terms")

    def __init__(self, node: Callable[[tuple[Any, ...], Span], Expression], place: Place) -> None:
        self.node = node
        self.terms: list[Any] = []
        self.place = place
        self.height = 1


Growing: TypeAlias = Grown | Chain


def grown(place: Place, node: Expression, *inside: Grown) -> Grown:
    """A node above others; refused where it would be too deep."""
    return Grown(node, _checked(place, 1 + max([child.height for child in inside], default=0)))


def whole(growing: Growing) -> Grown:
    """A chain is closed where something else takes it up."""
    if isinstance(growing, Grown):
        return growing
    return Grown(growing.node(tuple(growing.terms), growing.place.span), growing.height)


def chained(
    place: Place,
    node: Callable[[tuple[Any, ...], Span], Expression],
    left: Growing,
    right: Growing,
    term: Callable[[Expression, bool], Any],
) -> Chain:
    """`left` with one more term. `term` makes one of its node and whether it is the first."""
    chain = left
    if not isinstance(chain, Chain) or chain.node is not node:
        first = whole(left)
        chain = Chain(node, place)
        chain.terms.append(term(first.node, True))
        chain.height = _checked(place, first.height + 1)
    last = whole(right)
    chain.terms.append(term(last.node, False))
    chain.height = max(chain.height, _checked(place, last.height + 1))
    chain.place = place
    limit = place.reading.limits.chain
    if len(chain.terms) > limit:
        remedy = "give a part of it a name of its own: `let part = …`"
        raise reject(problems.CHAIN_LIMIT, f"more than {limit} terms in one chain", last.node.span, help=remedy)
    return chain


def _checked(place: Place, height: int) -> int:
    limit = place.reading.limits.nesting
    if height > limit:
        remedy = "give the inner part a name of its own: `let part = …`"
        raise reject(problems.NESTING_LIMIT, f"a formula of more than {limit} levels", place.span, help=remedy)
    return height
