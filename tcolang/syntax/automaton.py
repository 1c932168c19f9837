"""The parse tables, ready to run: read from tables.json, or built anew where grammar.lark has changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

from tcolang.base.record import record
from tcolang.syntax.tables import GRAMMAR, TABLES, WORDS, build, fingerprint

Slot: TypeAlias = int | tuple[int] | None
"""One argument of a rule's function: a child, the items of a list (in a tuple), an optional part that is not there."""


@record
class Rule:
    """`name` is that of the function that makes its value; where it is empty the children go up as a list.

    `passes` says that there is one child, which is the value: `a` as a sum of one term. `pick` takes the arguments out
    of the children where each argument is a child, and there are several.
    """

    origin: str
    name: str
    size: int
    shape: tuple[Slot, ...]
    passes: bool
    pick: Callable[[list[Any]], tuple[Any, ...]] | None


@record
class Automaton:
    """An LALR(1) automaton. A row maps a terminal to the next state, or to `-1 - rule`; and a nonterminal to a state.

    `words` holds for each state how it reads words: as NAME, UNIT or CODE.
    """

    rows: tuple[Mapping[str, int], ...]
    rules: tuple[Rule, ...]
    words: tuple[str, ...]
    starts: Mapping[str, tuple[int, int]]
    keywords: Mapping[str, str]
    signs: Mapping[str, str]
    patterns: Mapping[str, str]
    ignored: frozenset[str]


@cache
def automaton() -> Automaton:
    tables = json.loads(TABLES.read_bytes()) if TABLES.exists() else {"grammar": None}
    grammar = GRAMMAR.read_text(encoding="utf-8")
    return _automaton(tables if tables["grammar"] == fingerprint(grammar) else build(grammar))


@cache
def matcher(words: str) -> re.Pattern[str]:
    """Matches one token with the blanks before it, none of which is given back; the last group is its kind, or SIGN."""
    machine = automaton()
    others = {*WORDS, *machine.ignored} - {words}
    blanks = "|".join(machine.patterns[name] for name in sorted(machine.ignored))
    kinds = [f"(?P<{name}>{pattern})" for name, pattern in machine.patterns.items() if name not in others]
    signs = "|".join(re.escape(sign) for sign in machine.signs)
    return re.compile(f"(?:{blanks})*+(?:{'|'.join(kinds)}|(?P<SIGN>{signs}))")


def _automaton(tables: Mapping[str, Any]) -> Automaton:
    rows = tuple(tables["rows"][number] for number in tables["states"])
    return Automaton(
        rows,
        tuple(_rule(*rule) for rule in tables["rules"]),
        tuple(next((word for word in WORDS if word in row), "NAME") for row in rows),
        {name: (start, end) for name, (start, end) in tables["starts"].items()},
        tables["keywords"],
        tables["signs"],
        dict(tables["patterns"]),
        frozenset(tables["ignored"]),
    )


def _rule(origin: str, name: str, size: int, shape: list[int | list[int] | None]) -> Rule:
    slots: tuple[Slot, ...] = tuple((slot[0],) if isinstance(slot, list) else slot for slot in shape)
    children = [slot for slot in slots if isinstance(slot, int)]
    pick = itemgetter(*children) if name and len(children) == len(slots) > 1 else None
    return Rule(origin, name, size, slots, not name and not origin.startswith("_") and size == 1, pick)
