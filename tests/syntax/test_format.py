"""What a file looks like when it is formatted, and that no meaning, comment or spelling of a number is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax import format as formatter
from tcolang.syntax.format import FormatError, format_file
from tests.syntax.reading import SAMPLES, formula, read

LONG = " ".join(["+ a_rather_long_name_of_an_input"] * 5)


def formatted(text: str) -> str:
    outcome = format_file(SourceFile("spec.tco", text), Limits())
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def line(text: str) -> str:
    """One statement, formatted."""
    return formatted(f"tco 1\n{text}\n").removeprefix("tco 1\n").removesuffix("\n")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_of_the_design_are_formatted_already(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("let  x=1", "let x = 1"),
        ("let x = 1_200k USD per  1M   tokens", "let x = 1_200k USD per 1M tokens"),
        ("let x = 2   to 6%/month", "let x = 2 to 6%/month"),
        ("let x = 2 % + 5 %/year", "let x = 2% + 5%/year"),
        ("let x=a*b+c/d-e", "let x = a * b + c / d - e"),
        ("let x = - a ^ - 2", "let x = -a ^ -2"),
        ("let x = -5 to  -1 EUR", "let x = -5 to -1 EUR"),
        ("let x = f ( a,b , at=2026-01 , )", "let x = f(a, b, at = 2026-01)"),
        ("let x = [ 1,2,3, ]", "let x = [1, 2, 3]"),
        ("let x = a??b ?? 0", "let x = a ?? b ?? 0"),
        ("let x = a  as   EUR/month", "let x = a as EUR/month"),
        ("let x = if a<=b then c else d", "let x = if a <= b then c else d"),
        ("let x = a~=b within 3 %", "let x = a ~= b within 3%"),
        ("let x = a in[b,c]", "let x = a in [b, c]"),
        ('let x = "a  b {a+1} # no comment"', 'let x = "a  b {a+1} # no comment"'),
        ("let x :EUR/month=1 EUR/month", "let x: EUR/month = 1 EUR/month"),
        ("kind k:deployment{\n}", "kind k : deployment {\n}"),
        ("kind k {\n  a  ?:  one  of b,c  =  b\n}", "kind k {\n  a?: one of b, c = b\n}"),
        ("kind k {\n  a: list  of GB = [ ]\n}", "kind k {\n  a: list of GB = []\n}"),
        ("unit ticket=6 requests", "unit ticket = 6 requests"),
        ("fx USD from 2026-01-01=0.9 EUR", "fx USD from 2026-01-01 = 0.9 EUR"),
        ("correlate a.b,c=0.5", "correlate a.b, c = 0.5"),
        ('allow TCO302   "why"  until 2027-01-01', 'allow TCO302 "why" until 2027-01-01'),
        (
            "rule r {\nfor each o , w\nunless  l :a<b\nthen prefer o on s  by scale( a,b,c )\n}",
            "rule r {\n  for each o, w\n  unless l: a < b\n  then prefer o on s by scale(a, b, c)\n}",
        ),
        (
            "option o {\nserve w by load {\n      a = 6\n b=rest\n}\n}",
            "option o {\n  serve w by load {\n    a = 6\n    b = rest\n  }\n}",
        ),
    ],
)
def test_one_blank_around_operators_and_two_for_each_level(written: str, expected: str) -> None:
    assert line(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("(a)", "a"),
        ("((a + b))", "a + b"),
        ("(a * b) + c", "a * b + c"),
        ("a + (b * c)", "a + b * c"),
        ("(a + b) * c", "(a + b) * c"),
        ("(a + b) + c", "(a + b) + c"),
        ("a - (b + c)", "a - (b + c)"),
        ("a / (b * c)", "a / (b * c)"),
        ("(a ^ 2) * b", "a ^ 2 * b"),
        ("(a * b) ^ 2", "(a * b) ^ 2"),
        ("-(a * b)", "-(a * b)"),
        ("(-a) ^ 2", "(-a) ^ 2"),
        ("(-a) * b", "-a * b"),
        ("a - (-b)", "a - (-b)"),
        ("a * (2 to 3)", "a * (2 to 3)"),
        ("f((2 to 3), (a + b))", "f(2 to 3, a + b)"),
        ("(a and b) or c", "a and b or c"),
        ("a and (b or c)", "a and (b or c)"),
        ("not (a and b)", "not (a and b)"),
        ("(not a) and b", "not a and b"),
        ("(a < b) == c", "(a < b) == c"),
        ("(a + b) < (c)", "a + b < c"),
        ("(a ?? b) * c", "(a ?? b) * c"),
        ("(a as m) ?? b", "a as m ?? b"),
        ("(a ?? b) as m", "(a ?? b) as m"),
        ("(a + b) as m", "a + b as m"),
        ("a + (if b then c else d)", "a + (if b then c else d)"),
        ("if (a or b) then (if c then d else e) else (f)", "if a or b then if c then d else e else f"),
        ("if (if a then b else c) then d else e", "if (if a then b else c) then d else e"),
    ],
)
def test_parentheses_are_those_that_the_tree_needs(written: str, expected: str) -> None:
    assert line(f"let x = {written}") == f"let x = {expected}"
    assert formula(written) == formula(expected)


def test_every_comment_keeps_its_place() -> None:
    text = """\
# first
## of the file
tco 1  # edition
# between


# before the kind
## what it is
# and more on it
kind k {  # opening

  # inside
  ## documentation
  a: EUR  # beside

  # before the end
}  # behind
# last
"""
    expected = text.replace("# between\n\n\n", "# between\n\n").replace("# opening\n\n", "# opening\n")
    assert formatted(text) == expected


def test_comments_within_a_formula_break_its_line_and_stay() -> None:
    text = """\
let x = f(  # opening
  # above a
  a,# beside a
  b + # inside
  c
  , # behind the comma
  # before the end
)
"""
    assert (
        line(text)
        == """\
let x = f(  # opening
  # above a
  a,  # beside a
  b
    # inside
    + c,  # behind the comma
  # before the end
)"""
    )


def test_a_comment_keeps_the_parentheses_it_is_in() -> None:
    assert line("let x = (a + b # why\n)") == "let x = (\n  a\n  + b  # why\n)"


def test_blank_lines_group_and_are_never_two() -> None:
    text = "\n\ntco 1\n\n\n\nkind k {\n\n  a: EUR\n\n\n  b: EUR\n\n}\n\n\n"
    assert formatted(text) == "tco 1\n\nkind k {\n  a: EUR\n\n  b: EUR\n}\n"


def test_a_long_formula_is_broken_before_its_loosest_operators() -> None:
    long = "a_rather_long_name_of_an_input"
    assert line(f"let x = {long} * {long} + {long} + {long}") == (
        f"let x = (\n  {long} * {long}\n  + {long}\n  + {long}\n)"
    )
    assert line(f"let x = if {long} < {long} then {long} else {long}") == (
        f"let x = (\n  if {long} < {long}\n  then {long}\n  else {long}\n)"
    )


def test_a_long_call_has_an_argument_on_each_line() -> None:
    long = "a_rather_long_name_of_an_input"
    assert line(f"let x = f({long}, {long}, {long}, at = {long})") == (
        f"let x = f(\n  {long},\n  {long},\n  {long},\n  at = {long},\n)"
    )
    assert line(f"let x = total({long} * {long} + {long} + {long})") == (
        f"let x = total(\n  {long} * {long}\n    + {long}\n    + {long}\n)"
    )
    assert line(f"let x = total({long} + {long}) * 2 as EUR") == f"let x = total({long} + {long}) * 2 as EUR"


def test_a_text_behind_the_value_does_not_make_the_line_too_long() -> None:
    reason = "because " + '"' + "x" * 200 + '"'
    assert line(f"expect f(a) < b {reason}") == f"expect f(a) < b {reason}"


def test_a_line_that_fits_is_joined_and_one_of_121_columns_is_not() -> None:
    head = "let x = f(a, "
    fits = "b" * (120 - len(head) - 1)
    assert line(f"let x = f(\na,\n{fits})") == f"{head}{fits})"
    assert line(f"let x = f(a, {fits}b)") == f"let x = f(\n  a,\n  {fits}b,\n)"


def test_a_table_of_numbers_keeps_its_rows() -> None:
    row = ", ".join(["0.25"] * 12)
    text = f"let x = [\n  {row},\n  {row},\n  {row},\n]"
    assert line(text) == text
    joined = f"let x = [{row}, {row}, {row}]"
    assert max(len(one) for one in line(joined).splitlines()) <= 120
    assert len(line(joined).splitlines()) == 4


def test_windows_line_ends_stay_and_a_text_over_several_lines_too() -> None:
    text = 'tco 1\r\nlet  x = """a\r\n  b"""\r\n'
    assert formatted(text) == 'tco 1\r\nlet x = """a\r\n  b"""\r\n'


def test_a_file_that_does_not_parse_has_no_format() -> None:
    outcome = format_file(SourceFile("spec.tco", "tco 1\nlet x = (\n"), Limits())
    assert outcome.value is None
    assert [finding.problem.code[:4] for finding in outcome.diagnostics] == ["TCO0"]


@pytest.mark.parametrize("wrong", ["tco 1\nlet x = 2\n", "tco 1\nlet x = 1\n", "tco 1\nlet x = 1 # kept\n", "let"])
def test_a_result_that_differs_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "_formatted", lambda file, limits: wrong)
    with pytest.raises(FormatError):
        format_file(SourceFile("spec.tco", "tco 1\nlet x = 1 # kept\n# kept as well\n"), Limits())


def test_a_result_that_never_settles_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formatter, "_formatted", lambda file, limits: f"{file.text} ")
    with pytest.raises(FormatError, match="again"):
        format_file(SourceFile("spec.tco", "tco 1\nlet x = 1\n"), Limits())


def test_ten_thousand_terms_and_sixty_brackets() -> None:
    chain = " + ".join(["a"] * 10_000)
    assert len(line(f"let x = {chain}").splitlines()) == 10_002
    nested = "(" * 60 + "a" + " + b)" * 60
    assert formula(line(f"let x = {nested}").removeprefix("let x = ")) == formula(nested)


def test_no_parentheses_are_added_where_the_limit_has_no_room_for_them() -> None:
    long = "a_rather_long_name_of_an_input"
    nested = "f(" * 4 + long + ")" * 4 + f" + {long} + {long} + {long} + {long}"
    text = f"tco 1\nlet x = {nested}\n"
    assert format_file(SourceFile("spec.tco", text), Limits(nesting=6)).value is not None
    outcome = format_file(SourceFile("spec.tco", text), Limits(nesting=7))
    assert outcome.value is not None


# Formulas of all shapes, with blanks, ends of lines, comments and parentheses wherever they may stand.

_OPERATORS = ["+", "-", "*", "/", "??", "and", "or", "<", "==", "to"]
_ATOMS = ["a", "1_200.50k EUR", "35%", "2026-01", '"t {a} # x"', "true", "0.40 USD per 1M tokens", "x.y"]


def _formulas() -> st.SearchStrategy[str]:
    atoms = st.sampled_from(_ATOMS)
    gaps = st.sampled_from(["", " ", "  ", "\n", " # c1\n", "\n # c2\n # c3\n"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        operators = st.sampled_from(_OPERATORS)
        return st.one_of(
            st.builds(lambda x, g, h: f"({g}{x}{h})", inner, gaps, gaps),
            st.builds(lambda x, o, g, y: f"({x} {o}{g or ' '}{y})", inner, operators, gaps, inner),
            st.builds(lambda x, o, y: f"{x} {o} {y}", inner, operators, inner),
            st.builds(lambda x, g, y, h: f"f({x},{g}at ={y}{h})", inner, gaps, inner, gaps),
            st.builds(lambda x, g, y: f"[{g}{x} ,{y},{g}]", inner, gaps, inner),
            st.builds(lambda x, g: f"(- {g}{x})", inner, gaps),
            st.builds(lambda x: f"(not ({x}))", inner),
            st.builds(lambda x: f"(({x}) as EUR)", inner),
            st.builds(lambda x, g, y, z: f"(if {x}{g or ' '}then {y} else {z})", inner, gaps, inner, inner),
        )

    return st.recursive(atoms, larger, max_leaves=12)


@given(_formulas(), st.sampled_from(["", " # end", ' note "n"']))
def test_whatever_parses_keeps_its_meaning_and_its_comments(text: str, end: str) -> None:
    source = f"tco 1\nlet x = {text}{end}\n"
    outcome = format_file(SourceFile("spec.tco", source), Limits())
    assert (outcome.value is None) == read(source).failed
    if outcome.value is not None:
        assert outcome.value.count("#") == source.count("#")


@given(
    st.sampled_from([path.read_text(encoding="utf-8") for path in SAMPLES]),
    st.lists(st.tuples(st.integers(0, 6000), st.sampled_from(["\n", "  ", "# c\n", " # c\n", "\n\n\n"])), max_size=6),
)
def test_samples_with_blanks_and_comments_put_in(text: str, edits: list[tuple[int, str]]) -> None:
    for place, piece in edits:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start:]
    outcome = format_file(SourceFile("spec.tco", text), Limits())
    assert (outcome.value is None) == read(text).failed
