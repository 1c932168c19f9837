"""How tightly operators bind, in a line of tokens: as in grammar.lark, the loosest first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from tcolang.syntax.pretty.leaf import SIGN, Leaf, Node


class Level(IntEnum):
    CONDITIONAL = 0
    OR = 1
    AND = 2
    NOT = 3
    COMPARISON = 4
    RANGE = 5
    FALLBACK = 6
    CONVERSION = 7
    SUM = 8
    PRODUCT = 9
    NEGATION = 10
    POWER = 11
    ATOM = 12


LEVELS = {
    "IF": Level.CONDITIONAL,
    "THEN": Level.CONDITIONAL,
    "ELSE": Level.CONDITIONAL,
    "OR": Level.OR,
    "AND": Level.AND,
    "NOT": Level.NOT,
    "COMPARATOR": Level.COMPARISON,
    "APPROXIMATELY": Level.COMPARISON,
    "WITHIN": Level.COMPARISON,
    "IN": Level.COMPARISON,
    "TO": Level.RANGE,
    "OR_ELSE": Level.FALLBACK,
    "AS": Level.CONVERSION,
    "PLUS": Level.SUM,
    "MINUS": Level.SUM,
    "STAR": Level.PRODUCT,
    "SLASH": Level.PRODUCT,
    SIGN: Level.NEGATION,
    "CIRCUMFLEX": Level.POWER,
}
_ARITHMETIC = frozenset(["PLUS", "MINUS", "STAR", "SLASH", "TO", "CIRCUMFLEX", SIGN])

# What an operand must bind at least as tightly as, to do without parentheses. Chains are one node with many terms,
# so that `(a + b) + c` is another tree than `a + b + c`.
_ON_THE_RIGHT_OF = {
    "IF": Level.OR,
    "OR": Level.AND,
    "AND": Level.NOT,
    "NOT": Level.NOT,
    "COMPARATOR": Level.RANGE,
    "APPROXIMATELY": Level.RANGE,
    "WITHIN": Level.RANGE,
    "TO": Level.FALLBACK,
    "OR_ELSE": Level.CONVERSION,
    "PLUS": Level.PRODUCT,
    "MINUS": Level.PRODUCT,
    "STAR": Level.NEGATION,
    "SLASH": Level.NEGATION,
    SIGN: Level.POWER,
}
_ON_THE_LEFT_OF = {
    "OR": Level.AND,
    "AND": Level.NOT,
    "COMPARATOR": Level.RANGE,
    "APPROXIMATELY": Level.RANGE,
    "WITHIN": Level.RANGE,
    "IN": Level.RANGE,
    "TO": Level.FALLBACK,
    "OR_ELSE": Level.CONVERSION,
    "AS": Level.SUM,
    "PLUS": Level.PRODUCT,
    "MINUS": Level.PRODUCT,
    "STAR": Level.NEGATION,
    "SLASH": Level.NEGATION,
    "CIRCUMFLEX": Level.ATOM,
}


def level(nodes: Sequence[Node]) -> Level:
    """Of the loosest operator that is in no brackets."""
    return min(
        (LEVELS[node.kind] for node in nodes if isinstance(node, Leaf) and node.kind in LEVELS), default=Level.ATOM
    )


def needs_parentheses(inside: Sequence[Node], left: Node | None, right: Node | None) -> bool:
    """Whether the tree would be another one without them, given the words beside them."""
    least = max(_need(left, _ON_THE_RIGHT_OF), _need(right, _ON_THE_LEFT_OF))
    first = inside[0]
    two_signs = isinstance(first, Leaf) and first.kind == SIGN and isinstance(left, Leaf) and left.kind in _ARITHMETIC
    return two_signs or level(inside) < least


def _need(node: Node | None, needs: dict[str, Level]) -> Level:
    return needs.get(node.kind, Level.CONDITIONAL) if isinstance(node, Leaf) else Level.CONDITIONAL
