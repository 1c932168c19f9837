"""The parse tables: up to date, the same on every machine, and taking what Lark's own parser takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lark import Lark, UnexpectedInput
from lark.lexer import PatternRE, PatternStr, TerminalDef

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax import automaton as tables_in_use
from tcolang.syntax.automaton import automaton
from tcolang.syntax.builders import BUILDERS
from tcolang.syntax.layout import layout
from tcolang.syntax.parse import parse_statements
from tcolang.syntax.tables import GRAMMAR, TABLES, WORDS, build, fingerprint, text_of
from tests.syntax.reading import SAMPLES

# Not those on texts: to Lark what stands in braces is a text like any other.
CASES = [path for path in sorted(Path(__file__).with_name("cases").glob("*.tco")) if path.stem != "texts"]


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_tables_are_those_of_the_grammar_under_any_hash_seed(seed: str) -> None:
    program = "from tcolang.syntax.tables import *; print(text_of(build(GRAMMAR.read_text(encoding='utf-8'))), end='')"
    root = Path(__file__).parents[2]
    made = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        cwd=root,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert made.stdout.replace(b"\r\n", b"\n") == TABLES.read_bytes()


def test_tables_are_built_anew_where_the_grammar_has_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changed = tmp_path / "grammar.lark"
    changed.write_text(GRAMMAR.read_text(encoding="utf-8").replace('"correlate"', '"relate"'), encoding="utf-8")
    monkeypatch.setattr(tables_in_use, "GRAMMAR", changed)
    made = automaton.__wrapped__()
    assert "relate" in made.keywords
    assert "relate" not in automaton().keywords


def test_every_rule_has_its_function_and_every_function_its_rule() -> None:
    names = {rule.name for rule in automaton().rules if rule.name}
    assert names == set(BUILDERS)


def test_no_state_reads_words_in_two_ways() -> None:
    assert all(sum(word in row for word in WORDS) <= 1 for row in automaton().rows)


def test_the_fingerprint_is_that_of_the_grammar() -> None:
    assert json.loads(TABLES.read_bytes())["grammar"] == fingerprint(GRAMMAR.read_text(encoding="utf-8"))
    assert text_of(build(GRAMMAR.read_text(encoding="utf-8"))).endswith("}\n")


class _Layout:
    """Newlines inside parentheses are left out; Lark takes such a filter of tokens."""

    always_accept = ("_NL",)

    def process(self, stream: Any) -> Any:
        opened: list[str] = []
        for token in stream:
            if token.type in ("LPAR", "LSQB", "LBRACE"):
                opened.append(token.type)
            elif token.type in ("RPAR", "RSQB", "RBRACE") and opened:
                opened.pop()
            if token.type != "_NL" or not opened or opened[-1] == "LBRACE":
                yield token


def _whole_words(terminal: TerminalDef) -> None:
    """What tokens.py does for keywords, as a pattern."""
    if isinstance(terminal.pattern, PatternStr) and terminal.pattern.value.isalpha():
        value = terminal.pattern.value
        terminal.pattern = PatternRE(rf"{value}(?![A-Za-z0-9_-]|[ \t]*(=(?!=)|\??:)|\.[A-Za-z_])")
        terminal.priority = 1


def _statements() -> list[tuple[str, str]]:
    found = []
    for path in (*SAMPLES, *CASES):
        text = path.read_text(encoding="utf-8")
        file = SourceFile(path.name, text)
        found += [(path.name, text[part.start : part.end]) for part in layout(file).statements]
    return found


def test_lark_itself_takes_the_same_statements() -> None:
    lark = Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        start=["statement", "expression"],
        postlex=_Layout(),
        edit_terminals=_whole_words,
    )
    taken = 0
    for name, text in _statements():
        # What is checked behind the grammar: texts, dates, numbers, ends of ranges, what is glued to units.
        codes = _codes(text) - {f"TCO{number:03}" for number in (6, 7, 8, 9, 12, 13, 14, 15, 18, 23)}
        if codes != _codes(text):
            continue
        try:
            lark.parse(text + "\n", start="statement")
            is_taken = True
        except UnexpectedInput:
            is_taken = False
        assert is_taken == (not codes), (name, text, codes)
        taken += is_taken
    assert taken > 60


def _codes(text: str) -> set[str]:
    file = SourceFile("spec.tco", text)
    outcome = parse_statements(file, layout(file).statements, Limits())
    return {finding.problem.code for finding in outcome.diagnostics}
