"""A project may have a folder of its own that is called as one of those that ship with the tool."""

from __future__ import annotations

import pytest

from tcolang.base.source import SourceFile, Span
from tcolang.cli.covered import coverage_text
from tcolang.decide.coverage import Coverage, MutantCoverage, RuleCoverage
from tcolang.pipeline import check
from tests.projects import added, world


@pytest.mark.parametrize("folder", ["rules", "std"])
def test_lint_looks_at_it(folder: str) -> None:
    text = added("assume unused: share = 5%\n").replace("use quiet\n\n", "")
    told = [
        [
            (one.problem.code, one.message)
            for one in check(world({path: text}), SourceFile(path, text), lint=True).diagnostics
        ]
        for path in ("spec.tco", f"{folder}/spec.tco")
    ]
    assert told[0] == told[1] != []


@pytest.mark.parametrize("shipped", [False, True])
def test_coverage_lists_its_rules_and_what_no_test_notices_of_them(shipped: bool) -> None:
    span = Span(SourceFile("rules/mine.tco", "tco 1\n", shipped=shipped), 0, 3)
    mutant = MutantCoverage("without the rule", span, (), True)
    rule = RuleCoverage("mine/big", "Big", "avoid", span, (), ("t",), (), (), (mutant,))
    text = coverage_text(Coverage(("t",), (), (rule,), ()))
    assert ("mine/big: without the rule (rules/mine.tco:1)" in text) is not shipped
