"""Findings that are meant: said in a comment or with `allow`, with a reason and an end; and what is wrong with that."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import SourceFile
from tcolang.lint.examples import COMPLETE
from tests.projects import world

OLD = "  input_price from 2024-01-01 = 0.40 USD per 1M tokens source quotes"
PRICE = "  input_price = 0.40 USD per 1M tokens source quotes"
REMARK = '# tco: ignore[TCO303] reason="fixed by contract" until=2027-12-31'


def _checked(text: str, as_of: float | None = None) -> tuple[list[tuple[str, int]], list[tuple[str, str]]]:
    """Code and line of each finding, and code and reason of what is allowed."""
    outcome = pipeline.check(world({"spec.tco": text}), SourceFile("spec.tco", text), lint=True, as_of=as_of)
    found = [(one.problem.code, one.span.line if one.span else 0) for one in outcome.diagnostics]
    return found, [(one.problem.code, allowance.reason) for one, allowance in outcome.value.allowed]


def _priced(line: str) -> str:
    assert PRICE in COMPLETE
    return COMPLETE.replace(PRICE, line)


def test_a_comment_beside_a_line_or_above_it_silences_it() -> None:
    assert [code for code, _ in _checked(_priced(OLD))[0]] == ["TCO303"]
    for line in (f"{OLD}  {REMARK}", f"  {REMARK}\n{OLD}", f"  {REMARK}\n  # another comment\n\n{OLD}"):
        assert _checked(_priced(line)) == ([], [("TCO303", "fixed by contract")])


def test_a_comment_within_a_long_formula_silences_the_whole_of_it() -> None:
    formula = f"  input_price from 2024-01-01 = (\n    0.20 USD per 1M tokens\n    * 2  {REMARK}\n  ) source quotes"
    assert _checked(_priced(formula)) == ([], [("TCO303", "fixed by contract")])


def test_it_silences_no_other_line_and_no_other_code() -> None:
    other = OLD.replace("input_price", "cached_price")
    found, allowed = _checked(_priced(f"{OLD}  {REMARK}\n{other}"))
    assert [code for code, _ in found] == ["TCO303"] and len(allowed) == 1
    found, allowed = _checked(_priced(f"{OLD}  {REMARK.replace('303', '340')}"))
    assert [code for code, _ in found] == ["TCO303", "TCO607"] and not allowed


def test_several_codes_in_one_comment() -> None:
    line = OLD.replace(" source quotes", "")
    remark = REMARK.replace("TCO303", "TCO303, TCO340")
    assert _checked(_priced(f"{line}  {remark}")) == (
        [],
        [("TCO303", "fixed by contract"), ("TCO340", "fixed by contract")],
    )


@pytest.mark.parametrize(
    "remark",
    [
        "# tco: ignore",
        "# tco:ignore",
        "# TCO: ignore because we like it",
        "# tco: ignore[]",
        "# tco: ignore[TCO303]",
        '# tco: ignore[TCO303] reason="x"',
        "# tco: ignore[TCO303] until=2027-12-31",
        '# tco: ignore[TCO303] reason="" until=2027-12-31',
        '# tco: ignore[TCO303] reason="x" until=2027-13',
        '# tco: ignore[TCO303] reason="x" until=soon',
        '# tco: ignore[TCO3] reason="x" until=2027-12',
        '# tco: ignore[stale] reason="x" until=2027-12',
        '# tco: ignore[TCO303] reason="x" until=2027-12-31 and more',
    ],
)
def test_a_blanket_or_crooked_comment_is_refused_and_silences_nothing(remark: str) -> None:
    text = _priced(f"{OLD}  {remark}")
    line = text.splitlines().index(f"{OLD}  {remark}") + 1
    assert _checked(text) == ([("TCO569", line)], [])


@pytest.mark.parametrize("comment", ["# tco: total", "# see tco: ignore", "# tco: ignored[TCO303]", "# ignore[TCO303]"])
def test_other_comments_are_comments(comment: str) -> None:
    assert [code for code, _ in _checked(_priced(f"{PRICE}  {comment}"))[0]] == []


def test_what_is_wrong_cannot_be_silenced() -> None:
    remark = REMARK.replace("TCO303", "TCO203")
    assert [code for code, _ in _checked(_priced(f"{PRICE}  {remark}"))[0]] == ["TCO550"]


def test_an_error_in_a_band_of_judgement_counts_all_the_same() -> None:
    line = "  input_price from 2027-01-01 = 0.40 USD per 1M tokens source quotes"
    found, _ = _checked(_priced(f"{line}  {REMARK.replace('303', '301')}"))
    assert "TCO301" in [code for code, _ in found]


def test_one_that_has_ended_is_an_error_by_the_date_of_the_decision() -> None:
    past = REMARK.replace("2027-12-31", "2025-12-31")
    assert "TCO548" in [code for code, _ in _checked(_priced(f"{OLD}  {past}"))[0]]
    still = REMARK.replace("2027-12-31", "2026-01")
    assert [code for code, _ in _checked(_priced(f"{OLD}  {still}"))[0]] == []


def test_a_file_without_a_decision_is_judged_by_the_date_that_is_given() -> None:
    text = 'tco 1\n\nallow TCO340 "illustrative" until 2026-06\n\nlet x = 1\n'
    assert _checked(text)[0] == []
    assert _checked(text, as_of=2026 * 12 + 5)[0] == []
    assert _checked(text, as_of=2026 * 12 + 6)[0] == [("TCO548", 3)]


def test_what_is_not_used_is_found_and_its_removal_is_a_safe_fix() -> None:
    for line, left in (
        (f"{PRICE}  {REMARK}", PRICE),
        (f"  {REMARK}\n{PRICE}", PRICE),
    ):
        text = _priced(line)
        (finding,) = _findings(text)
        assert finding.problem.code == "TCO607" and finding.fix is not None and finding.fix.safe
        assert _fixed(text, finding) == _priced(left)


def test_an_unused_allow_is_found_but_not_one_for_what_only_an_evaluation_finds() -> None:
    allow = 'allow TCO303 "fixed" until 2027-01-01\n'
    assert [finding.problem.code for finding in _findings(f"{COMPLETE}\n{allow}")] == ["TCO607"]
    assert _fixed(f"{COMPLETE}\n{allow}", _findings(f"{COMPLETE}\n{allow}")[0]) == f"{COMPLETE}\n"
    assert _findings(f"{COMPLETE}\n{allow.replace('TCO303', 'TCO504')}") == ()


def test_one_that_has_ended_can_be_removed_safely() -> None:
    text = _priced(f"{PRICE}  {REMARK.replace('2027', '2025')}")
    (finding,) = _findings(text)
    assert finding.problem.code == "TCO548" and finding.fix is not None and finding.fix.safe
    assert _fixed(text, finding) == COMPLETE
    alone = 'tco 1\n\nallow TCO340 "illustrative" until 2026-06\n\nlet x = 1\n'
    (finding,) = pipeline.check(
        world({"spec.tco": alone}), SourceFile("spec.tco", alone), lint=True, as_of=2026 * 12 + 8
    ).diagnostics
    assert _fixed(alone, finding) == "tco 1\n\n\nlet x = 1\n"


@pytest.mark.parametrize(
    ("codes", "left"),
    [("TCO303, TCO340", "TCO303"), ("TCO340,TCO303", "TCO303"), ("TCO340, TCO303, TCO341", "TCO303, TCO341")],
)
def test_of_several_codes_only_the_one_that_is_not_needed_goes(codes: str, left: str) -> None:
    text = _priced(f"{OLD}  {REMARK.replace('TCO303', codes)}")
    finding = next(one for one in _findings(text) if "no TCO340" in one.message)
    assert _fixed(text, finding) == _priced(f"{OLD}  {REMARK.replace('TCO303', left)}")


def _findings(text: str) -> tuple[Diagnostic, ...]:
    return pipeline.check(world({"spec.tco": text}), SourceFile("spec.tco", text), lint=True).diagnostics


def _fixed(text: str, finding: Diagnostic) -> str:
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    return text[: edit.span.start] + edit.text + text[edit.span.end :]
