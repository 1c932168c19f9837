"""Makes the parse tables of grammar.lark, as data: `python -m tcolang.syntax.tables` writes tables.json.

Lark analyses the grammar and is not needed to parse with the result, so importing it (five times as long as Python
takes to start) and building (some 150 ms) fall on whoever changes the grammar. The result depends on nothing else:
states are numbered in the order in which they are reached.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLES = Path(__file__).with_name("tables.json")
STARTS = ("statement", "expression")
WORDS = ("NAME", "UNIT", "CODE")
"""Terminals that read words in their own way; no state accepts two of them."""


def build(grammar: str) -> dict[str, Any]:
    """The tables as plain lists and dicts, see `automaton`; raises Lark's error where the grammar has a conflict."""
    import lark
    from lark.grammar import Rule
    from lark.lexer import Lexer, TerminalDef

    class NoLexer(Lexer):
        """Tokens are read by tokens.py, and Lark's own strict lexer asks for one more package."""

        def __init__(self, _: Any) -> None: ...

        def lex(self, *_: Any) -> Iterator[Any]:
            return iter(())

    parser = lark.Lark(grammar, parser="lalr", lexer=NoLexer, strict=True, start=list(STARTS), maybe_placeholders=True)
    serialized, memo = parser.memo_serialize([TerminalDef, Rule])
    table, lexer = serialized["parser"]["parser"], serialized["parser"]["lexer_conf"]
    rules = [reference["@"] for reference in serialized["rules"]]
    numbers = {reference: number for number, reference in enumerate(rules)}
    starts, states = _states(table, numbers)
    return {
        "grammar": fingerprint(grammar),
        "lark": lark.__version__,
        "starts": starts,
        "rules": [_rule(memo[reference]) for reference in rules],
        "ignored": sorted(lexer["ignore"]),
        **_terminals([memo[reference["@"]] for reference in lexer["terminals"]]),
        **states,
    }


def fingerprint(grammar: str) -> int:
    """Tells a changed grammar; it is not there to resist anyone."""
    return zlib.crc32(grammar.encode())


def text_of(tables: Mapping[str, Any]) -> str:
    """One line an entry, so that a change of the grammar can be reviewed."""
    lines = [f'"{key}": {_spread(value)}' for key, value in tables.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _spread(value: Any) -> str:
    if isinstance(value, list) and not all(isinstance(item, int) for item in value):
        return "[\n" + ",\n".join(json.dumps(item, separators=(",", ":")) for item in value) + "\n]"
    return json.dumps(value, separators=(",", ":"))


def _terminals(terminals: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Keywords, signs and patterns: a word is looked up among the first, the rest is matched, the longest first."""
    keywords, signs, patterns = {}, {}, []
    for terminal in terminals:
        name, pattern = terminal["name"], terminal["pattern"]
        if pattern["__type__"] == "PatternRE":
            patterns.append([-terminal["priority"], name, pattern["value"]])
        elif re.fullmatch("[a-z]+", pattern["value"]):
            keywords[pattern["value"]] = name
        else:
            signs[pattern["value"]] = name
    patterns.sort()
    return {
        "keywords": dict(sorted(keywords.items())),
        "signs": dict(sorted(signs.items(), key=lambda sign: (-len(sign[0]), sign[0]))),
        "patterns": [[name, value] for _, name, value in patterns],
    }


def _rule(rule: Mapping[str, Any]) -> list[Any]:
    """`[origin, name of its function, number of symbols, shape]`, where the name is empty if children pass through."""
    options, origin = rule["options"], str(rule["origin"]["name"])
    shape = _shape(rule["expansion"], options["empty_indices"])
    passes = origin.startswith("_") or (options["expand1"] and not rule["alias"] and len(shape) == 1)
    return [origin, "" if passes else rule["alias"] or origin, len(rule["expansion"]), shape]


def _shape(expansion: list[Mapping[str, Any]], absent: list[bool]) -> list[int | list[int] | None]:
    """What a rule's function is given: a number is a child, null an optional part left out, `[n]` a list's items."""
    shape: list[int | list[int] | None] = []
    symbols = iter(enumerate(expansion))
    for is_absent in absent or [False] * len(expansion):
        if is_absent:
            shape.append(None)
            continue
        index, symbol = next(symbols)
        if not symbol.get("filter_out"):
            is_list = symbol["__type__"] == "NonTerminal" and symbol["name"].startswith("_")
            shape.append([index] if is_list else index)
    return shape


def _states(table: Mapping[str, Any], numbers: Mapping[int, int]) -> tuple[dict[str, list[int]], dict[str, Any]]:
    """Renumbered from the starts; rows say `state` for a shift or a jump and `-1 - rule` for a reduction."""
    names = table["tokens"]
    rows: dict[int, dict[str, int]] = {}
    order: dict[int, int] = {table["start_states"][start]: number for number, start in enumerate(STARTS)}
    queue = list(order)
    for state in queue:
        actions = sorted((names[symbol], action) for symbol, action in table["states"][state].items())
        row = rows[state] = {}
        for name, (reduces, target) in actions:
            if not reduces and target not in order:
                order[target] = len(order)
                queue.append(target)
            row[name] = -1 - numbers[target["@"]] if reduces else order[target]
    starts = {name: [order[table["start_states"][name]], order[table["end_states"][name]]] for name in STARTS}
    texts = [json.dumps(rows[state]) for state in queue]
    distinct = list(dict.fromkeys(texts))
    places = {text: number for number, text in enumerate(distinct)}
    return starts, {"rows": [json.loads(text) for text in distinct], "states": [places[text] for text in texts]}


if __name__ == "__main__":
    TABLES.write_text(text_of(build(GRAMMAR.read_text(encoding="utf-8"))), encoding="utf-8", newline="\n")
