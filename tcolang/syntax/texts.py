"""What stands between quotes: escapes, and formulas in braces."""

from __future__ import annotations

import re

from tcolang.syntax import problems
from tcolang.syntax.grown import Grown, grown
from tcolang.syntax.nodes import Expression, Text
from tcolang.syntax.place import Place, Token, reject
from tcolang.syntax.run import run

_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_PIECE = re.compile(r"\\(?P<escape>.)|\{\{|\}\}|(?P<brace>[{}])|\r\n|[^\\{}\r]+|\r", re.DOTALL)
_PLAIN_PIECE = re.compile(r"\\(?P<escape>.)|\r\n|[^\\\r]+|\r", re.DOTALL)


def plain(place: Place, token: Token) -> str:
    """A title, a note, a reason: braces mean nothing in it."""
    start, end = _body(token)
    pieces = _PLAIN_PIECE.finditer(place.reading.file.text, start, end)
    return "".join(_characters(place, piece) for piece in pieces)


def interpolated(place: Place, token: Token) -> Grown:
    """A text as a formula, one level above the deepest formula in its braces."""
    start, end = _body(token)
    source = place.reading.file.text
    parts: list[str | Expression] = []
    inside: list[Grown] = []
    written = ""
    while start < end:
        piece = _PIECE.match(source, start, end)
        assert piece is not None
        start = piece.end()
        if piece["brace"] is None:
            written += _characters(place, piece)
            continue
        formula, start = _formula(place, piece, end)
        parts += [written, formula.node] if written else [formula.node]
        inside.append(formula)
        written = ""
    if written:
        parts.append(written)
    return grown(place, Text(tuple(parts), place.span_of(token)), *inside)


def _body(token: Token) -> tuple[int, int]:
    quotes = 3 if token.kind == "LONG_STRING" else 1
    return token.start + quotes, token.end - quotes


def _characters(place: Place, piece: re.Match[str]) -> str:
    if piece["escape"] is None:
        return {"{{": "{", "}}": "}", "\r\n": "\n"}.get(piece[0], piece[0])
    character = _ESCAPES.get(piece["escape"])
    if character is None:
        braces = piece["escape"] in "{}"
        raise reject(
            problems.TEXT_ESCAPE,
            f"`{piece[0]}` means nothing in a text",
            place.reading.span(piece.start(), piece.end()),
            help=f"a brace is written `{piece['escape'] * 2}`" if braces else "a backslash is written `\\\\`",
        )
    return character


def _formula(place: Place, brace: re.Match[str], end: int) -> tuple[Grown, int]:
    """That in the braces that open here, and the place behind them."""
    source, start = place.reading.file.text, brace.end()
    close = source.find("}", start, end)
    reopened = source.find("{", start, end)
    span = place.reading.span(brace.start(), start)
    if brace[0] == "}":
        raise reject(problems.INTERPOLATION, "`}` closes nothing in this text", span, help="a brace is written `}}`")
    if close < 0 or 0 <= reopened < close:
        remedy = "close it, as in `{price}`; a brace that is meant as such is written `{{`"
        raise reject(problems.INTERPOLATION, "`{` is not closed in this text", span, help=remedy)
    if not source[start:close].strip():
        span = place.reading.span(brace.start(), close + 1)
        remedy = "put a formula into them, as in `{price}`, or write `{{}}` for the braces themselves"
        raise reject(problems.INTERPOLATION, "there is nothing in these braces", span, help=remedy)
    formula: Grown = run("expression", place.reading, start, close)
    return formula, close + 1
