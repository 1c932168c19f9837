"""Files as a whole: samples, recovery, limits, examples of every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile
from tcolang.syntax import nodes
from tcolang.syntax.forms import MEMBER, MEMBERS, STATEMENTS, form
from tcolang.syntax.items import Let
from tcolang.syntax.parse import parse_expression
from tests.syntax.reading import SAMPLES, codes, read

PROBLEMS = collect("tcolang.syntax", Problem, key=lambda problem: problem.code)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_parse_without_findings(path: Path) -> None:
    outcome = read(path.read_text(encoding="utf-8"))
    assert not outcome.diagnostics
    top = [line for line in path.read_text(encoding="utf-8").split("\n") if line[:1].isalpha()]
    assert len(outcome.value.items) == len(top) - 1


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_examples_show_their_problem_and_its_remedy(problem: Problem) -> None:
    (_, bad), *_ = problem.bad.files
    (_, good), *_ = problem.good.files
    findings = read(bad).diagnostics
    assert [finding.problem for finding in findings] == [problem]
    assert findings[0].help
    assert codes(good) == []


@pytest.mark.parametrize("word", [*STATEMENTS, ""])
def test_the_form_that_is_shown_for_a_statement_can_be_pasted(word: str) -> None:
    line = form(word, within=False)
    inside = {"rule": f"  {MEMBERS['then']}\n", "test": f"  {MEMBERS['expect']}\n"}.get(word, "")
    closing = f"\n{inside}}}" if line.endswith("{") else ""
    assert read(f"tco 1\n\n{line}{closing}\n").diagnostics == ()


@pytest.mark.parametrize("word", [*MEMBERS, ""])
def test_and_that_of_a_line_in_a_block(word: str) -> None:
    begins = {
        "test": ("expect", "given", "under"),
        "rule": ("because", "for", "then", "unless", "when", "yields"),
        "kind": ("require", "should"),
    }
    block = next((block for block, words in begins.items() if word in words), "")
    assert read(f"tco 1\n\n{form(block, within=False)}\n  {form(word, within=True)}\n}}\n").diagnostics == ()


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("import prices as our as", "import prices.gpu as gpu"),
        ("fx USD = 0.9 EUR", STATEMENTS["fx"]),
        ("option a {\n  cost x other = 1 EUR\n}", MEMBERS["cost"]),
        ("option a {\n  price 5 EUR\n}", MEMBER),
        ('rule a "A" {\n  when option.family api\n}', MEMBERS["when"]),
    ],
)
def test_a_line_of_another_form_is_told_its_own(text: str, help_: str) -> None:
    (found,) = read(f"tco 1\n\n{text}\n").diagnostics
    assert help_ in found.help


def test_codes_and_names_are_each_given_once() -> None:
    assert [problem.code for problem in PROBLEMS] == [f"TCO{number:03}" for number in range(1, len(PROBLEMS) + 1)]
    assert len({problem.name for problem in PROBLEMS}) == len(PROBLEMS)


def test_three_broken_statements_give_three_findings_and_the_others_survive() -> None:
    text = "tco 1\nlet a = 1 +\nlet b = 2\noption c {\n  x = (1\n}\nlet d = 4\nlet e = [1\nlet f = 6\n"
    outcome = read(text)
    assert [finding.span.line for finding in outcome.diagnostics if finding.span] == [2, 5, 8]
    assert [item.name.text for item in outcome.value.items if isinstance(item, Let)] == ["b", "d", "f"]


def test_findings_of_a_file_that_is_no_spec_come_to_an_end() -> None:
    assert len(codes("tco 1\n" + "let\n" * 5_000)) == 101


@pytest.mark.parametrize("text", ["", " \n\t\n", "# only a comment\n", "\n# one\n\n# two"])
def test_an_empty_file_says_what_a_spec_is(text: str) -> None:
    (finding,) = read(text).diagnostics
    assert finding.problem.name == "empty-file"
    assert "tco 1" in finding.help


@pytest.mark.parametrize("text", ["tco 2\nfoo bar", "tco 1.0\nlet x = 1", "## Doc\ntco 99\n"])
def test_a_file_of_another_edition_is_not_read(text: str) -> None:
    outcome = read(text)
    assert [finding.problem.name for finding in outcome.diagnostics] == ["unknown-edition"]
    assert outcome.value.items == ()


def test_characters_that_cannot_be_seen_are_refused_in_comments_too() -> None:
    for character in "\u202e\u2066\x1b\x07\u2028\x85":
        assert codes(f"tco 1\n# a{character}b\nlet x = 1\n") == ["TCO016"]
        assert codes(f'tco 1\nlet x = "a{character}b"\n') == ["TCO016"]
    assert codes("tco 1\rlet x = 1\n") == ["TCO016"]
    assert codes("\ufefftco 1\nlet x = 1\n") == []


@pytest.mark.parametrize(
    ("operator", "kind"),
    [
        ("+", nodes.Sum),
        ("-", nodes.Sum),
        ("*", nodes.Product),
        ("/", nodes.Product),
        ("and", nodes.And),
        ("or", nodes.Or),
    ],
)
def test_a_chain_of_ten_thousand_terms_is_one_node(operator: str, kind: type) -> None:
    outcome = read("tco 1\nlet x = " + f" {operator} ".join(["a"] * 10_000) + "\n")
    assert not outcome.diagnostics
    (item,) = outcome.value.items
    assert isinstance(item, Let)
    assert type(item.value) is kind
    node = item.value
    parts = (
        node.items if isinstance(node, nodes.And | nodes.Or) else getattr(node, "terms", getattr(node, "factors", ()))
    )
    assert len(parts) == 10_000


@pytest.mark.parametrize("limit", [3, 64])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_limits_are_reached_but_not_exceeded(limit: int, over: int) -> None:
    limits = Limits(nesting=limit, chain=limit)
    count = limit + over
    # A call is one level above its argument, and a name is one.
    nested = "f(" * (count - 1) + "x" + ")" * (count - 1)
    assert codes(f"tco 1\nlet x = {nested}\n", limits) == ["TCO021"] * (over > 0)
    negated = "- " * (count - 1) + "x"
    assert codes(f"tco 1\nlet x = {negated}\n", limits) == ["TCO021"] * (over > 0)
    brackets = "(" * count + "x" + ")" * count
    assert codes(f"tco 1\nlet x = {brackets}\n", limits) == ["TCO021"] * (over > 0)
    chain = " + ".join(["x"] * count)
    assert codes(f"tco 1\nlet x = {chain}\n", limits) == ["TCO022"] * (over > 0)
    short, small = Limits(number_characters=limit), Limits(exponent=limit)
    assert codes(f"tco 1\nlet x = {'1' * count}\n", short) == ["TCO023"] * (over > 0)
    for sign in "-", "+":
        assert codes(f"tco 1\nlet x = 1e{sign}{count}\n", small) == ["TCO023"] * (over > 0)


def test_depth_counts_through_texts_and_alternatives() -> None:
    limits = Limits(nesting=5)
    deep = "if a then b else " * 5 + "c"
    assert codes(f"tco 1\nlet x = {deep}\n", limits) == ["TCO021"]
    assert codes('tco 1\nlet x = f(f(f("{f(a)}")))\n', limits) == ["TCO021"]
    assert codes('tco 1\nlet x = f(f(f("{a}")))\n', limits) == []


def test_a_formula_is_parsed_alone_between_two_places() -> None:
    file = SourceFile("--set", "price=5 EUR +\n 2 EUR")
    outcome = parse_expression(file, 6, len(file.text), Limits())
    assert not outcome.diagnostics
    assert isinstance(outcome.value, nodes.Sum)
    assert outcome.value.span.text == "5 EUR +\n 2 EUR"
    wrong = parse_expression(file, 6, 13, Limits())
    assert wrong.value is None
    assert [(finding.problem.name, finding.span.start) for finding in wrong.diagnostics if finding.span] == [
        ("unexpected-token", 13)
    ]


@pytest.mark.parametrize(
    ("line", "message", "note", "help"),
    [
        ("let x 5", "the number `5` cannot stand here", "expected `=` or `:`", ""),
        ("let x = ", "the end of the line cannot stand here", "expected a value", "parentheses"),
        ("foo bar", "the end of the line", "expected a text in quotes, `extends` or `{`", ""),
        ("asume x = 5", "`=` cannot", "", "did you mean `assume`?"),
        ("let x = 5 USD per hour", "`hour` cannot", "expected a number", "write `/hour`"),
        ("let x = 1.50 USD/1M-tokens", "`/1M-tokens` is glued", "", "write `USD per 1M tokens`"),
        ("let x = 5 EUR/m^2", "`^2` is glued to the unit `EUR/m`", "", "`EUR/m-m`"),
        ("let x = 5 EUR/GPU/hour", "`/hour` is glued", "", "write `EUR/GPU-hour`"),
        ("let x = 230k to 280k EUR * 2", "is not a number", "", "write `(230k to 280k EUR) * 2`"),
        ("let x = 2 * 5 to 7", "`2 * 5` is not a number", "", "write `2 * (5 to 7)`"),
        ("let x = y to z", "`y` is not a number", "", "normal(p5 = y, p95 = z)"),
        ("let x = 1,200", "`,` cannot", "", "write `1_200`"),
        ("let x = .5", "`.` cannot", "", "write `0.5`"),
        ("let x = 0.2 USD per 1K tokens", "`K` is not a magnitude", "", "write `1k tokens`"),
        ("let x = 5 million EUR", "`million` is not a magnitude", "", "write `5M EUR`"),
        ("let x = “a”", "left double quotation mark", "", 'type `"`'),
        ("let x =\u00a05", "no-break space", "", "type a plain blank"),
        ("let x = $2.50k", "`$` is not", "", "write `2.50k USD`"),
        ('allow TCO30 "x" until 2026-01', "`TCO30` cannot", "expected a code such as TCO302", ""),
        ("}", "`}` cannot", "expected a statement", "there is no `{`"),
        ("let x: = 5", "`=` cannot", "expected a type", "write `=` alone"),
    ],
)
def test_findings_say_what_was_found_what_could_stand_there_and_what_to_write(
    line: str, message: str, note: str, help: str
) -> None:
    (finding,) = read(f"tco 1\n{line}\n").diagnostics
    assert message in finding.message
    assert note in finding.note
    assert help in finding.help
