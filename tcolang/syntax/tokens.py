"""Reads one token, in the light of what the grammar can take at this point."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tcolang.syntax.automaton import Automaton, matcher
from tcolang.syntax.place import Token

END = "$END"
UNREADABLE = "UNREADABLE"
GLUED_UNIT = "GLUED_UNIT"
GLUED_WORD = "GLUED_WORD"
"""Kinds that the grammar does not know, so that they are an error wherever they stand."""

# Before `=`, `:` and `.` a word is a name, though it is a keyword elsewhere: `cost = 5 EUR`, `list.length`.
_NAMED = re.compile(r"[ \t]*(?:=(?!=)|\??:)|\.[A-Za-z_]")
_OPERATOR = re.compile(r"[-+*/^(0-9A-Za-z_%$]")
_WORD_END = re.compile(r"[0-9A-Za-z_%]")


def read(machine: Automaton, state: int, text: str, start: int, end: int) -> Token:
    """The next token between `start` and `end`; END where there is none."""
    words = machine.words[state]
    match = matcher(words).match(text, start, end)
    if match is None and words != "NAME":
        match = matcher("NAME").match(text, start, end)
    if match is None:
        return _no_token(machine, text, start, end)
    kind = match.lastgroup or ""
    first, last = match.span(kind)
    found = text[first:last]
    if kind == words:
        kind = _word(machine, machine.rows[state], kind, found, text, first, last, end)
    elif kind == "SIGN":
        kind = machine.signs[found]
    return Token(kind, found, first, last)


def _word(
    machine: Automaton, row: Mapping[str, int], kind: str, found: str, text: str, first: int, last: int, end: int
) -> str:
    keyword = machine.keywords.get(found)
    if keyword in row and not _NAMED.match(text, last, end):
        return GLUED_WORD if first and _WORD_END.match(text, first - 1) else str(keyword)
    if kind == "UNIT" and _OPERATOR.match(text, last, end):
        return GLUED_UNIT
    # So that a message can tell a keyword from a name.
    return kind if kind in row or keyword is None else keyword


def _no_token(machine: Automaton, text: str, start: int, end: int) -> Token:
    blanks = "|".join(machine.patterns[name] for name in sorted(machine.ignored))
    skipped = re.compile(f"(?:{blanks})*").match(text, start, end)
    at = skipped.end() if skipped else start
    return Token(END, "", at, at) if at >= end else Token(UNREADABLE, text[at], at, at + 1)
