from __future__ import annotations

from unicodedata import category, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.frame import concise, full, listing, summary
from tcolang.base.problem import Problem, Severity, spec
from tcolang.base.source import SourceFile, Span


def problem(severity: Severity = Severity.ERROR, why: str = "", code: str = "TCO203") -> Problem:
    return Problem(code, "a-name", severity, why, spec(""), spec(""))


def at(file: SourceFile, words: str) -> Span:
    start = file.text.index(words)
    return Span(file, start, start + len(words))


POOLS = SourceFile("pools.tco", "\n" * 8 + "    cost hardware = 4 * box.price\n")
CATALOG = SourceFile("our/catalog.tco", "\n" * 11 + "  price = 230k EUR\n")


def test_the_documented_form() -> None:
    finding = Diagnostic(
        problem(why="the cost lines of an option are added up month by month"),
        "cost line `hardware` must be money per time",
        at(POOLS, "4 * box.price"),
        "this is money  [EUR]",
        help="`once(…, at = 2026-01)` for a one-off payment, `capex(…, life = 48 months)` for an investment",
    )
    assert full(finding) == (
        "error[TCO203]: cost line `hardware` must be money per time\n"
        " --> pools.tco:9:21\n"
        "  |\n"
        "9 |     cost hardware = 4 * box.price\n"
        "  |                     ^^^^^^^^^^^^^ this is money  [EUR]\n"
        "  = why: the cost lines of an option are added up month by month\n"
        "  = help: `once(…, at = 2026-01)` for a one-off payment, `capex(…, life = 48 months)` for an investment"
    )


def test_labels_stand_below_the_same_line_or_in_a_frame_of_their_own() -> None:
    labels = (Label(at(POOLS, "hardware"), "declared here"), Label(at(CATALOG, "230k EUR"), "its price"))
    finding = Diagnostic(problem(), "wrong", at(POOLS, "box.price"), "here", labels, "one line\nand another")
    assert full(finding) == (
        "error[TCO203]: wrong\n"
        "  --> pools.tco:9:25\n"
        "   |\n"
        " 9 |     cost hardware = 4 * box.price\n"
        "   |                         ^^^^^^^^^ here\n"
        "   |          -------- declared here\n"
        "  ::: our/catalog.tco:12:11\n"
        "   |\n"
        "12 |   price = 230k EUR\n"
        "   |           -------- its price\n"
        "   = help: one line\n"
        "           and another"
    )


def test_a_finding_without_a_place() -> None:
    finding = Diagnostic(problem(Severity.WARNING, why="Because\n   of that."), "two\nlines", None)
    assert full(finding) == "warning[TCO203]: two lines\n  = why: Because of that."
    assert concise(finding) == "warning[TCO203] two lines"


def test_concise() -> None:
    finding = Diagnostic(problem(), "wrong", at(POOLS, "hardware"))
    assert concise(finding) == "pools.tco:9:10: error[TCO203] wrong"


def source_and_carets(text: str, words: str) -> tuple[str, str]:
    file = SourceFile("a.tco", text)
    lines = full(Diagnostic(problem(), "wrong", at(file, words))).splitlines()
    return lines[3].partition(" | ")[2], lines[4].partition("| ")[2]


@pytest.mark.parametrize(
    ("text", "source", "carets"),
    [
        ("\tx = bad", "    x = bad", "        ^^^"),
        ("ab\tx = bad", "ab  x = bad", "        ^^^"),
        ('"日本" bad', '"日本" bad', "       ^^^"),
        ('"e\u0301" bad', '"e\u0301" bad', "    ^^^"),
        ("\x1b[2J bad", "\\u{1b}[2J bad", "          ^^^"),
        ("\u202e bad", "\\u{202e} bad", "         ^^^"),
        ("\u200b\u2028 bad", "\\u{200b}\\u{2028} bad", "                 ^^^"),
    ],
)
def test_carets_stand_under_what_is_shown(text: str, source: str, carets: str) -> None:
    assert source_and_carets(text, "bad") == (source, carets)


def test_wide_characters_get_wide_carets() -> None:
    assert source_and_carets("x 日本 y", "日本") == ("x 日本 y", "  ^^^^")


def test_an_empty_span_has_one_caret_even_at_the_end() -> None:
    file = SourceFile("a.tco", "let x =\n")
    lines = full(Diagnostic(problem(), "wrong", Span(file, 7, 7))).splitlines()
    assert lines[4] == "  |        ^"
    last = full(Diagnostic(problem(), "wrong", Span(file, 8, 8))).splitlines()
    assert last[1:] == [" --> a.tco:2:1", "  |", "2 |", "  | ^"]


def test_of_a_span_over_lines_the_first_is_shown() -> None:
    source, carets = source_and_carets("let x = (\r\n  1 +\r\n)\r\n", "(\r\n  1 +\r\n)")
    assert (source, carets) == ("let x = (", "        ^")


@pytest.mark.parametrize("after", [0, 5, 60, 5_000, 500_000])
@pytest.mark.parametrize("before", [0, 5, 60, 5_000, 500_000])
def test_long_lines_are_clipped_around_the_span(before: int, after: int) -> None:
    line = "a" * before + "bad" + "b" * after
    source, carets = source_and_carets(line, "bad")
    start = carets.index("^")
    assert source[start : start + 3] == "bad"
    assert carets == " " * start + "^^^"
    # As much as fits is shown, and a mark stands exactly where something is left out.
    assert len(source) == min(len(line), 110) or 108 <= len(source) <= 110
    assert source.strip("…") in line
    assert source.startswith("…") == (not line.startswith(source.strip("…")))
    assert source.endswith("…") == (not line.endswith(source.strip("…")))


def test_carets_of_a_span_that_is_longer_than_the_window_end_with_it() -> None:
    source, carets = source_and_carets("x" * 50 + "bad" * 1_000, "bad" * 1_000)
    assert len(carets) == len(source) - 1


def shown_width(text: str) -> int:
    return sum(0 if category(c) == "Mn" else 2 if east_asian_width(c) in "WF" else 1 for c in text)


@given(st.text(alphabet="ab \t\x1b\u202e日é\u0301", max_size=300), st.text(alphabet="c日", min_size=1, max_size=20))
def test_whatever_the_line_the_first_caret_is_under_the_span(before: str, words: str) -> None:
    text = f"{before}|{words}|"
    file = SourceFile("a.tco", text)
    start = len(before) + 1
    lines = full(Diagnostic(problem(), "wrong", Span(file, start, start + len(words)))).splitlines()
    source, carets = lines[3][4:], lines[4][4:]
    prefix = source[: source.index(f"|{words}") + 1]
    assert carets == " " * shown_width(prefix) + "^" * shown_width(words)


@given(st.text())
def test_no_control_character_of_a_spec_reaches_the_terminal(text: str) -> None:
    file = SourceFile(text, text)
    place = Span(file, 0, len(text))
    finding = Diagnostic(problem(why=text), text, place, text, (Label(place, text),), text)
    for shown in (full(finding), listing([finding])):
        assert not {category(c) for c in shown.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "\n" not in concise(finding)


def findings(severity: Severity, count: int, line: int) -> list[Diagnostic]:
    file = SourceFile("a.tco", "\n" * 100)
    return [Diagnostic(problem(severity), f"{severity.word} {i}", Span(file, line + i, line + i)) for i in range(count)]


def test_a_listing_is_sorted_and_sums_up() -> None:
    some = [*findings(Severity.ERROR, 2, 10), *findings(Severity.WARNING, 1, 0)]
    shown = listing(reversed(some))
    assert shown.index("warning 0") < shown.index("error 0") < shown.index("error 1")
    assert shown.endswith("\n\n2 errors, 1 warning")
    assert "more" not in shown


@pytest.mark.parametrize(("count", "hidden"), [(19, ""), (20, ""), (21, "… and 1 more"), (45, "… and 25 more")])
def test_twenty_are_shown_with_a_count_of_the_rest(count: int, hidden: str) -> None:
    shown = listing(findings(Severity.ERROR, count, 0))
    assert shown.count("error[TCO203]") == min(count, 20)
    assert hidden in shown
    assert shown.endswith(f"{count} errors")


def test_no_error_hides_behind_warnings() -> None:
    shown = listing([*findings(Severity.WARNING, 30, 0), *findings(Severity.ERROR, 1, 50)])
    assert shown.count("warning[") == 19
    assert shown.index("warning 18") < shown.index("error 0")
    assert shown.endswith("… and 11 more\n\n1 error, 30 warnings")


def test_nothing_to_show() -> None:
    assert listing([]) == ""
    assert summary(findings(Severity.INFO, 2, 0)) == "2 info"
