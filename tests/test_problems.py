"""Every problem: its page, and its two examples, of which one has it and the other has not."""

from __future__ import annotations

import re
from operator import attrgetter

import pytest

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Example, Problem, Severity
from tcolang.base.registry import collect
from tcolang.cli import main
from tcolang.decide.problems import UNTESTED_RULE, VETO_ON_UNKNOWN
from tcolang.engine.problems import TOO_LARGE
from tcolang.pipeline import run_tests_with_coverage, untested_rules
from tests.projects import FEW, all_findings, program_of

PROBLEMS = collect("tcolang", Problem, key=attrgetter("code"))
BY_CODE = {problem.code: problem for problem in PROBLEMS}
each = pytest.mark.parametrize("problem", PROBLEMS, ids=[f"{p.code}-{p.name}" for p in PROBLEMS])


def test_there_are_enough_of_them_and_none_has_the_name_of_another() -> None:
    assert len(PROBLEMS) >= 40
    assert len({problem.name for problem in PROBLEMS}) == len(PROBLEMS)


def _codes(problem: Problem, example: Example) -> set[str]:
    """The workload of many examples does not say how sensitive its data is, which the default pack asks."""
    findings = all_findings(example, samples=10_000 if problem is TOO_LARGE else 2_000)
    if problem is UNTESTED_RULE:
        findings = [*findings, *_covered(example)]
    assert all(finding.help for finding in findings), "a finding says what to do"
    found = {finding.problem.code for finding in findings}
    return found if problem is VETO_ON_UNKNOWN else found - {VETO_ON_UNKNOWN.code}


def _covered(example: Example) -> tuple[Diagnostic, ...]:
    """What looking at the coverage of its tests finds more."""
    program = program_of(example.files[0][1])
    _, covered = run_tests_with_coverage(program, FEW)
    return untested_rules(program, covered)


@each
def test_the_bad_example_has_the_problem_and_no_other_error(problem: Problem) -> None:
    found = _codes(problem, problem.bad)
    assert problem.code in found
    errors = {code for code in found if BY_CODE[code].severity is Severity.ERROR}
    assert errors <= {problem.code}
    if problem.severity is not Severity.ERROR:
        assert found == {problem.code}


@each
def test_the_good_example_has_it_not_and_is_right(problem: Problem) -> None:
    found = _codes(problem, problem.good)
    assert problem.code not in found
    assert not any(BY_CODE[code].severity is Severity.ERROR for code in found), found


@each
def test_its_page_says_why_and_shows_both_examples(problem: Problem, capsys: pytest.CaptureFixture[str]) -> None:
    assert re.fullmatch(r"TCO[0-9]{3}", problem.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.name)
    assert problem.why.strip().endswith(".")
    assert main.run(["explain", problem.code]) == 0
    page, errors = capsys.readouterr()
    assert errors == ""
    assert problem.code in page and problem.name in page
    assert " ".join(problem.why.split()) in " ".join(page.split())
