"""The blanks between the words of a line: one, or none."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.syntax.pretty.leaf import CALL, SIGN, Leaf

_NONE_BEFORE = frozenset(["COMMA", "RPAR", "RSQB", "DOT", "QMARK", "COLON", CALL])
_NONE_AFTER = frozenset(["LPAR", "LSQB", CALL, "DOT", "QMARK", SIGN])


def flat(leaves: Iterable[Leaf]) -> str:
    """The words on one line, without comments."""
    parts: list[str] = []
    last = None
    for leaf in leaves:
        if last is not None and _apart(last, leaf):
            parts.append(" ")
        parts.append(leaf.text)
        last = leaf
    return "".join(parts)


def _apart(left: Leaf, right: Leaf) -> bool:
    if left.kind in _NONE_AFTER or right.kind in _NONE_BEFORE:
        return False
    return not (left.kind == "NUMBER" and right.kind == "UNIT" and right.text.startswith("%"))
