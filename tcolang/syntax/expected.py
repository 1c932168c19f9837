"""What the grammar could take at a point, and how to say so in plain words."""

from __future__ import annotations

from tcolang.syntax.automaton import Automaton

_WORDS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "UNIT": "a unit",
    "STRING": "a text in quotes",
    "LONG_STRING": "a text in quotes",
    "DATE": "a date such as 2026-01",
    "CODE": "a code such as TCO302",
    "COMPARATOR": "a comparison",
    "_NL": "the end of the line",
    "$END": "the end",
}
# Said as one: a group stands for its members where all of the first set are possible.
_GROUPS = (
    (
        {"ASSUME", "IMPORT", "KIND"},
        "a statement such as `let`, `option` or `workload`",
        "ALLOW ASSUME CHOICE CORRELATE EXPECT FX IMPORT KIND LET NAME OVERRIDE PACK RULE TCO TEST UNIT_KEYWORD USE "
        "WITHOUT",
    ),
    (
        {"NUMBER", "STRING", "LPAR"},
        "a value",
        "NUMBER STRING LONG_STRING LPAR LSQB NAME DATE TRUE FALSE MINUS IF NOT",
    ),
    (
        {"PLUS", "STAR"},
        "an operator",
        "PLUS MINUS STAR SLASH CIRCUMFLEX COMPARATOR APPROXIMATELY OR_ELSE TO AS AND OR IN DOT LPAR UNIT PER",
    ),
    ({"UNIT", "ONE", "LIST"}, "a type, such as `money/hour` or `one of a, b`", "UNIT A ONE ORDERED LIST"),
    ({"SOURCE", "NOTE", "FLAT"}, "`source`, `note` or `flat`", "SOURCE NOTE FLAT"),
    ({"WHEN", "THEN", "UNLESS"}, "a line of a rule, such as `when` or `then`", "FOR WHEN UNLESS YIELDS THEN BECAUSE"),
)
_ORDER = ("EQUAL", "COLON", "NAME", "UNIT", "NUMBER", "STRING", "DATE")
_AT_MOST = 6


def acceptable(machine: Automaton, states: tuple[int, ...]) -> frozenset[str]:
    """The terminals with which the automaton would go on."""
    candidates = [name for name in machine.rows[states[-1]] if name.isupper()]
    return frozenset(name for name in candidates if _goes_on(machine, states, name))


def in_words(accepted: frozenset[str]) -> str:
    """`a value, a name or the end of the line`"""
    left = set(accepted) - {"DOC", "QMARK"}
    said = []
    for needed, phrase, members in _GROUPS:
        if needed <= left:
            said.append(phrase)
            left -= set(members.split())
    ordered = sorted(left, key=lambda name: (name in ("_NL", "$END"), _rank(name), name))
    said += dict.fromkeys(_WORDS.get(name) or f"`{_SIGNS.get(name, name.lower())}`" for name in ordered)
    if len(said) > _AT_MOST:
        return ", ".join(said[:_AT_MOST]) + " …"
    return " or ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


_SIGNS = {
    "APPROXIMATELY": "~=",
    "CIRCUMFLEX": "^",
    "COLON": ":",
    "COMMA": ",",
    "DOT": ".",
    "EQUAL": "=",
    "LBRACE": "{",
    "LPAR": "(",
    "LSQB": "[",
    "MINUS": "-",
    "OR_ELSE": "??",
    "PLUS": "+",
    "QMARK": "?",
    "RBRACE": "}",
    "RPAR": ")",
    "RSQB": "]",
    "SLASH": "/",
    "STAR": "*",
    "UNIT_KEYWORD": "unit",
}


def _goes_on(machine: Automaton, states: tuple[int, ...], kind: str) -> bool:
    """A row may have a reduction that leads nowhere: rows are merged from many contexts."""
    stack = list(states)
    finals = {final for _, final in machine.starts.values()}
    while True:
        action = machine.rows[stack[-1]].get(kind)
        if action is None or action >= 0:
            return action is not None
        rule = machine.rules[-1 - action]
        del stack[-rule.size :]
        stack.append(machine.rows[stack[-1]][rule.origin])
        if stack[-1] in finals:
            return kind == "$END"
