"""The parts of a line while it is formatted: words with the comments beside them, and brackets with what is inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from tcolang.base.record import record, replace

OPERAND_ENDS = frozenset(["NAME", "NUMBER", "UNIT", "DATE", "TRUE", "FALSE", "STRING", "LONG_STRING", "RPAR", "RSQB"])
"""Kinds of tokens behind which a minus sign subtracts; behind all others it negates."""
SIGN = "SIGN"
"""A minus sign that negates."""
ROLE_COLON = "ROLE_COLON"
"""The colon of `kind pool : deployment`, which has a blank on both sides."""
CALL = "CALL"
"""A parenthesis that opens the arguments of a function."""


@record
class Leaf:
    """A token, the comments on lines of their own above it, and the one at the end of its line."""

    kind: str
    text: str
    before: tuple[str, ...] = ()
    after: str = ""
    starts_line: bool = False


@record
class Group:
    """Brackets with what is between them."""

    open: Leaf
    inside: tuple[Node, ...]
    close: Leaf


Node: TypeAlias = Leaf | Group

COMMA = Leaf("COMMA", ",")


@record
class Line:
    """A logical line: of a statement, of a member, or of a comment alone (without leaves). `depth` counts braces."""

    depth: int
    leaves: tuple[Leaf, ...]
    comment: str = ""
    blank_before: bool = False


def grouped(leaves: Iterable[Leaf]) -> tuple[Node, ...]:
    """The leaves of a line as a tree of its brackets, which are balanced; braces are leaves."""
    stack: list[tuple[Leaf, list[Node]]] = []
    nodes: list[Node] = []
    for leaf in leaves:
        if leaf.kind in ("LPAR", "LSQB"):
            last = nodes[-1] if nodes else None
            is_call = leaf.kind == "LPAR" and isinstance(last, Leaf) and last.kind == "NAME"
            stack.append((replace(leaf, kind=CALL) if is_call else leaf, nodes))
            nodes = []
        elif leaf.kind in ("RPAR", "RSQB"):
            opened, outer = stack.pop()
            outer.append(Group(opened, tuple(nodes), leaf))
            nodes = outer
        else:
            nodes.append(leaf)
    return tuple(nodes)


def leaves_of(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """All leaves in order, those in brackets and the brackets themselves included."""
    pending = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        if isinstance(node, Leaf):
            yield node
        else:
            pending += [node.close, *reversed(node.inside), node.open]


def has_comments(nodes: Iterable[Node]) -> bool:
    return any(leaf.before or leaf.after for leaf in leaves_of(nodes))
