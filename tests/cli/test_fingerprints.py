"""A finding is the same one as long as it is of the same code, in the same file, at the same node."""

from __future__ import annotations

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Problem, Severity, spec
from tcolang.base.source import SourceFile, Span
from tcolang.cli.fingerprints import with_fingerprints

TEXT = """\
tco 1

option api "Title" {
  lead_time = 2 months
  cost fee as other = 5 EUR/month
}

let x: EUR = 1 EUR
"""


def _prints(text: str, *words: str, path: str = "a.tco", code: str = "TCO901") -> list[str]:
    file = SourceFile(path, text)
    problem = Problem(code, "name", Severity.ERROR, "", spec(""), spec(""))
    places = [Span(file, text.index(word), text.index(word) + len(word)) for word in words]
    return [one.fingerprint for one in with_fingerprints(Diagnostic(problem, "m", place) for place in places)]


def test_lines_above_and_values_do_not_count() -> None:
    words = ("2 months", "5 EUR", "1 EUR")
    moved = TEXT.replace("option", "# a comment\n\noption").replace("Title", "Another").replace("let", "\n\nlet")
    assert _prints(TEXT, *words) == _prints(moved, *words)
    assert _prints(TEXT, "2 months") == _prints(TEXT.replace("2 months", "7 months"), "7 months")


def test_code_file_statement_and_member_count() -> None:
    others = [
        *_prints(TEXT, "2 months", "5 EUR", "1 EUR", "option"),
        *_prints(TEXT.replace("option api", "option other"), "2 months"),
        *_prints(TEXT, "2 months", path="b.tco"),
        *_prints(TEXT, "2 months", code="TCO902"),
    ]
    assert len(set(others)) == len(others)


def test_two_at_one_node_are_told_apart_in_order() -> None:
    first, second = _prints(TEXT, "2 months", "months")
    assert first != second
    assert first == _prints(TEXT, "2 months")[0]


def test_a_finding_without_a_place_has_one_too() -> None:
    problem = Problem("TCO901", "name", Severity.ERROR, "", spec(""), spec(""))
    first, second = with_fingerprints([Diagnostic(problem, "m", None)] * 2)
    assert first.fingerprint != second.fingerprint
