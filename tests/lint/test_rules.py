"""Every lint rule: its bad example has it, its good one has not, and nothing else is wrong with either."""

from __future__ import annotations

import re

import pytest

from tcolang import pipeline
from tcolang.base.problem import Example, Problem, Severity
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile
from tcolang.lint.examples import complete
from tcolang.lint.rule import LintRule
from tcolang.lint.run import rules
from tests.projects import world

RULES = rules()
each = pytest.mark.parametrize("rule", RULES, ids=[f"{rule.code}-{rule.name}" for rule in RULES])


def found(example: Example) -> list[str]:
    """The codes of all that is found in an example, with lint."""
    path, text = example.files[0]
    outcome = pipeline.check(world(dict(example.files)), SourceFile(path, text), lint=True)
    assert not outcome.failed, [(d.problem.code, d.message, d.span and d.span.where) for d in outcome.diagnostics]
    return [finding.problem.code for finding in outcome.diagnostics]


def test_there_are_enough_of_them_and_no_code_or_name_is_that_of_another() -> None:
    problems = collect("tcolang", Problem, key=lambda problem: problem.code)
    codes = [rule.code for rule in RULES] + [problem.code for problem in problems]
    names = [rule.name for rule in RULES] + [problem.name for problem in problems]
    assert len(RULES) >= 40
    assert len(set(codes)) == len(codes) and len(set(names)) == len(names)


def test_nothing_is_found_in_the_complete_example() -> None:
    assert found(complete()) == []


@each
def test_the_bad_example_has_it_alone_and_the_good_one_has_nothing(rule: LintRule) -> None:
    assert set(found(rule.bad)) == {rule.code}
    assert found(rule.good) == []


@each
def test_it_says_why_and_what_to_do(rule: LintRule) -> None:
    assert re.fullmatch("TCO[3-6][0-9]{2}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name)
    assert rule.why.endswith(".") and len(rule.why) > 40
    assert rule.remedy and rule.remedy[0].islower() and not rule.remedy.endswith(".")
    assert rule.severity < Severity.ERROR, "a matter of judgement is no error"
