"""Leaves out parentheses and commas that say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.syntax.pretty.leaf import Group, Leaf, Node, has_comments
from tcolang.syntax.pretty.operators import needs_parentheses


def simplify(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same line without redundant brackets. The parser's limit on nesting bounds the recursion."""
    inner = [node if isinstance(node, Leaf) else _without_comma(node, simplify(node.inside)) for node in nodes]
    result: list[Node] = []
    for index, node in enumerate(inner):
        left = inner[index - 1] if index else None
        right = inner[index + 1] if index + 1 < len(inner) else None
        if isinstance(node, Group) and _is_redundant(node, left, right):
            result += node.inside
        else:
            result.append(node)
    return tuple(result)


def _without_comma(group: Group, inside: tuple[Node, ...]) -> Group:
    last = inside[-1] if inside else None
    if isinstance(last, Leaf) and last.kind == "COMMA" and not has_comments([last]):
        inside = inside[:-1]
    return Group(group.open, inside, group.close)


def _is_redundant(group: Group, left: Node | None, right: Node | None) -> bool:
    """Parentheses with a comment in or beside them stay: the comment needs a place."""
    return group.open.kind == "LPAR" and not has_comments([group]) and not needs_parentheses(group.inside, left, right)
