"""Characters that a spec cannot have, and what to type instead."""

from __future__ import annotations

import re

from tcolang.base.diagnostics import Diagnostic, replacing
from tcolang.base.source import SourceFile, Span
from tcolang.syntax import problems

# Refused in comments and texts as well: controls, marks that turn the direction of writing, line ends of other kinds,
# halves of characters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_LOOK_ALIKES = {
    **dict.fromkeys("“”„‟«»″\uff02", '"'),
    **dict.fromkeys("−–—\u2010\u2011\u2012―\uff0d", "-"),
    **dict.fromkeys("×·∙•⋅\uff0a", "*"),
    **dict.fromkeys("÷\u2215\u2044\uff0f", "/"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~=",
    "\uff1d": "=",
    "\uff0b": "+",
    "²": "^ 2",
    "³": "^ 3",
    "\uff0c": ",",
    "\uff05": "%",
    "\uff08": "(",
    "\uff09": ")",
}
_INSTEAD = {
    "'": 'a text stands in double quotes: `"…"`',
    "‘": 'a text stands in double quotes: `"…"`',
    "’": 'a text stands in double quotes: `"…"`',
    ";": "a new line ends a statement",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not x`, or `x != y`",
    "%": "a percent sign stands after a number: `35%`",
    "@": "names are joined by dots: `our.gpu_box`",
    "\\": "a line goes on inside parentheses",
    "~": "write `x ~= y within z` to compare approximately",
    "…": "for a range write `a to b`",
    "\u200b": "delete it: it cannot be seen",
    "\u200c": "delete it: it cannot be seen",
    "\u200d": "delete it: it cannot be seen",
    "\u2060": "delete it: it cannot be seen",
    "\ufeff": "delete it: it cannot be seen",
    "\0": "a spec is a text in UTF-8: is this another kind of file?",
    "\r": "lines end with a line feed, or a carriage return and a line feed",
}


def hidden(file: SourceFile, start: int, end: int) -> Diagnostic | None:
    """The first character between two places that is refused wherever it stands."""
    match = _HIDDEN.search(file.text, start, end)
    return unreadable(Span(file, match.start(), match.end()), "") if match else None


def unreadable(span: Span, rest: str) -> Diagnostic:
    """A character that begins no token; `rest` is what follows it on its line."""
    character = span.text
    if character == "\0":
        return Diagnostic(problems.BINARY_FILE, "a zero byte", span, help=_INSTEAD[character])
    if character == '"':
        remedy = 'close it with `"`; a text of several lines stands between `"""` and `"""`'
        return Diagnostic(problems.UNCLOSED_TEXT, "this text is not closed", span, help=remedy)
    if character in _CURRENCIES:
        return _currency(span, rest)
    plain = _LOOK_ALIKES.get(character)
    # One quote replaced leaves the other, which is then a part of the text.
    fix = replacing(span, plain, safe=True) if plain is not None and plain not in ('"', "^ 2", "^ 3") else None
    return Diagnostic(problems.INVALID_CHARACTER, _named(character), span, help=_instead(character), fix=fix)


def _currency(span: Span, rest: str) -> Diagnostic:
    code = _CURRENCIES[span.text]
    amount = re.match(r" ?([0-9][0-9_.]*[kMBT]?)", rest)
    remedy = f"write `{amount[1] if amount else 5} {code}`"
    if span.text == "$":
        remedy += ", or CAD, AUD … for the dollar that is meant"
    whole = Span(span.file, span.start, span.end + (amount.end() if amount else 0))
    fix = replacing(whole, f"{amount[1]} {code}", safe=False) if amount else None
    return Diagnostic(
        problems.CURRENCY_SIGN, f"`{span.text}` is not the name of a currency", span, help=remedy, fix=fix
    )


def _named(character: str) -> str:
    if 0x20 < ord(character) < 0x7F:
        return f"`{character}` means nothing here"
    # A table of all names, which no correct spec needs.
    import unicodedata

    name = unicodedata.name(character, "a control character").lower()
    shown = f"`{character}` (U+{ord(character):04X}, {name})"
    return f"{shown if character.isprintable() else shown.split(' ', 1)[1].strip('()')} cannot stand here"


def _instead(character: str) -> str:
    if character in _INSTEAD:
        return _INSTEAD[character]
    plain = _LOOK_ALIKES.get(character)
    if plain is not None:
        return "type a plain blank" if plain == " " else f"type `{plain}`"
    if character.isalnum():
        return "names are made of the letters a to z and A to Z, digits and `_`; texts and comments may have any letter"
    return "delete it; texts and comments may have it" if character.isprintable() else "delete it"
