"""Puts a logical line on one line, or on several inside its brackets where it is too long or has comments in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tcolang.base.record import replace
from tcolang.syntax.pretty.blanks import flat
from tcolang.syntax.pretty.leaf import CALL, COMMA, SIGN, Group, Leaf, Line, Node, grouped, has_comments, leaves_of
from tcolang.syntax.pretty.operators import LEVELS, Level
from tcolang.syntax.pretty.simplify import simplify

WIDTH = 120
"""Columns of a line up to the end of its value. A reason or a note behind it is a text, which cannot be broken."""
INDENT = "  "

_VALUE_BEGINS_BEHIND = frozenset(["EQUAL", "WHEN", "UNLESS", "EXPECT", "BY"])
_VALUE_ENDS_BEFORE = frozenset(["SOURCE", "NOTE", "FLAT", "BECAUSE"])
_NEVER_BROKEN_AT = frozenset(["TO", "AS", "IF", "NOT", SIGN, "CIRCUMFLEX"])


def text_of(line: Line, nesting: int) -> list[str]:
    """The lines of the text. `nesting` is the number of brackets that may be open at once."""
    indent = INDENT * line.depth
    if not line.leaves:
        return [indent + line.comment]
    nodes = simplify(grouped(line.leaves))
    head, value, tail = _parted(nodes)
    if not has_comments(nodes) and _fits(indent + flat(leaves_of((*head, *value)))):
        lines = [indent + flat(leaves_of(nodes))]
    else:
        lines = _broken(head, value, tail, indent, nesting)
    return [*lines[:-1], _with(lines[-1], line.comment)]


def _broken(
    head: tuple[Node, ...], value: tuple[Node, ...], tail: tuple[Node, ...], indent: str, nesting: int
) -> list[str]:
    groups = [node for node in value if isinstance(node, Group)]
    is_chain = len(_split(value)) > 1
    if is_chain and _depth(value) < nesting:
        return _exploded(head, Group(Leaf("LPAR", "("), value, Leaf("RPAR", ")")), tail, indent)
    if not groups:
        return [indent + flat(leaves_of((*head, *value, *tail)))]
    place = value.index(groups[-1])
    return _exploded((*head, *value[:place]), groups[-1], (*value[place + 1 :], *tail), indent)


def _exploded(before: Sequence[Node], group: Group, after: Sequence[Node], indent: str) -> list[str]:
    """The brackets of a group on lines of their own ends, what is inside between them."""
    inner = indent + INDENT
    first = indent + flat(leaves_of((*before, group.open)))
    last = indent + flat(leaves_of((group.close, *after)))
    return [
        _with(first, group.open.after),
        *_body(group, inner),
        *(inner + comment for comment in group.close.before),
        last,
    ]


def _body(group: Group, indent: str) -> list[str]:
    if group.open.kind == "LPAR":
        parts = _split(group.inside)
        return [line for part in parts for line in _piece(part, indent)] if len(parts) > 1 else _piece(parts[0], indent)
    pieces = _items(group.inside)
    if group.open.kind == "LSQB" and all(isinstance(node, Leaf) for node in group.inside):
        return _rows(pieces, indent)
    return [line for piece in pieces for line in _piece(piece, indent)]


def _piece(nodes: Sequence[Node], indent: str) -> list[str]:
    """What stands between two commas or operators, with its comments."""
    above, nodes, beside = _bared(nodes)
    text = indent + flat(leaves_of(nodes))
    inside = [comment for leaf in leaves_of(nodes) for comment in (*leaf.before, leaf.after) if comment]
    parts = _split(nodes)
    if not inside and _fits(text):
        lines = [text]
    elif len(parts) > 1:
        first, *others = parts
        lines = _piece(first, indent)
        lines += [line for part in others for line in _piece(part, indent + INDENT)]
    else:
        lines = _in_its_group(nodes, indent) or [*(indent + comment for comment in inside), text]
    return [*(indent + comment for comment in above), *lines[:-1], _with(lines[-1], beside)]


def _in_its_group(nodes: Sequence[Node], indent: str) -> list[str]:
    """Broken in the last brackets; nothing where there are none, or where comments elsewhere would change places."""
    places = [index for index, node in enumerate(nodes) if isinstance(node, Group)]
    if not places:
        return []
    group = nodes[places[-1]]
    assert isinstance(group, Group)
    before, after = nodes[: places[-1]], nodes[places[-1] + 1 :]
    if has_comments([*before, *after]) or group.open.before or group.close.after:
        return []
    return _exploded(before, group, after, indent)


def _rows(pieces: list[tuple[Node, ...]], indent: str) -> list[str]:
    """A table of plain values keeps its lines, as far as they fit."""
    lines: list[str] = []
    is_open = False
    for piece in pieces:
        first, *_, last = leaves_of(piece)
        written = _piece(piece, indent)
        joined = f"{lines[-1]} {written[0].lstrip()}" if is_open and len(written) == 1 else ""
        if joined and not first.starts_line and _fits(joined):
            lines[-1] = joined
        else:
            lines += written
        is_open = not last.after
    return lines


def _items(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """What commas part, each with the comma behind it; the last of several gets one too."""
    pieces: list[tuple[Node, ...]] = []
    piece: list[Node] = []
    for node in nodes:
        piece.append(node)
        if isinstance(node, Leaf) and node.kind == "COMMA":
            pieces.append(tuple(piece))
            piece = []
    if not piece:
        return pieces
    return [*pieces, (*piece, COMMA)] if pieces else [tuple(piece)]


def _split(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """A formula before each of its loosest operators; one part where it has none."""
    found = [
        (LEVELS[node.kind], index)
        for index, node in enumerate(nodes)
        if index and isinstance(node, Leaf) and node.kind in LEVELS and node.kind not in _NEVER_BROKEN_AT
    ]
    loosest = min((level for level, _ in found), default=Level.ATOM)
    places = [0, *(index for level, index in found if level == loosest), len(nodes)]
    return [tuple(nodes[start:end]) for start, end in pairwise(places)]


def _parted(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...], tuple[Node, ...]]:
    """What stands before the value of a line, the value, and what stands behind it; without a value all is before."""
    begins = [index for index, node in enumerate(nodes) if isinstance(node, Leaf) and node.kind in _VALUE_BEGINS_BEHIND]
    if not begins:
        return nodes, (), ()
    start = begins[0] + 1
    label = nodes[start + 1 : start + 2]
    if label and isinstance(label[0], Leaf) and label[0].kind == "COLON":
        start += 2
    ends = [
        index
        for index, node in enumerate(nodes)
        if index >= start and isinstance(node, Leaf) and node.kind in _VALUE_ENDS_BEFORE
    ]
    end = ends[0] if ends else len(nodes)
    return nodes[:start], nodes[start:end], nodes[end:]


def _bared(nodes: Sequence[Node]) -> tuple[tuple[str, ...], tuple[Node, ...], str]:
    """The comments above a piece, the piece without those at its ends, and the comment beside it."""
    first, last = nodes[0], nodes[-1]
    above = first.before if isinstance(first, Leaf) else first.open.before
    beside = last.after if isinstance(last, Leaf) else last.close.after
    bare = list(nodes)
    bare[0] = (
        replace(first, before=()) if isinstance(first, Leaf) else replace(first, open=replace(first.open, before=()))
    )
    last = bare[-1]
    bare[-1] = replace(last, after="") if isinstance(last, Leaf) else replace(last, close=replace(last.close, after=""))
    return above, tuple(bare), beside


def _depth(nodes: Sequence[Node]) -> int:
    """Of brackets in brackets."""
    deepest = depth = 0
    for leaf in leaves_of(nodes):
        depth += (leaf.kind in ("LPAR", "LSQB", CALL)) - (leaf.kind in ("RPAR", "RSQB"))
        deepest = max(deepest, depth)
    return deepest


def _fits(text: str) -> bool:
    return max(len(line) for line in text.split("\n")) <= WIDTH


def _with(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line
