"""All codes are found where they are looked for, and every one has a page, which the reference holds."""

from __future__ import annotations

from operator import attrgetter

import pytest

from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.cli.codes import described, page, problems
from tcolang.cli.main import run
from tcolang.cli.reference import FOLDER, reference


def test_no_problem_of_the_package_no_lint_rule_and_no_check_of_packs_is_left_out() -> None:
    declared = {problem.code for problem in collect("tcolang", Problem, key=attrgetter("code"))}
    assert set(problems()) == declared | {rule.code for rule in described()}


def test_the_reference_is_what_the_code_says() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written == reference(), "run `python -m tcolang.cli.reference`"


def test_every_link_of_the_index_leads_to_a_headline() -> None:
    pages = reference()
    for code, problem in problems().items():
        links = [name for name, text in pages.items() if f"\n## {code} {problem.name}\n" in text]
        assert len(links) == 1
        assert f"]({links[0]}#{code.lower()}-{problem.name})" in pages["README.md"]


@pytest.mark.parametrize("name", ["TCO342", "tco342", "stale-source"])
def test_a_page_is_printed_by_code_and_by_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", name]) == 0
    out = capsys.readouterr().out
    assert out == page(problems()["TCO342"])
    assert out.startswith("# TCO342 stale-source\n") and "To mend it, look again" in out
    assert "-  checked = 2024-06-01\n+  checked = 2025-12-01" in out


def test_a_short_example_is_shown_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "TCO006"]) == 0
    assert "This is reported:\n\n```tco\ntco 1" in capsys.readouterr().out


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in lines] == list(problems())
    assert "TCO342  warning  stale-source" in lines


def test_an_unknown_rule_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "stale-sources"]) == 2
    assert "did you mean `stale-source`?" in capsys.readouterr().err


def test_a_code_of_a_lint_rule_can_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "TCO342"]) == 0
    assert "stale-source" in capsys.readouterr().out
