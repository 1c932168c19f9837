"""`tco test --coverage`: what is printed of the rules, and what stands in the JSON report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tcolang.cli.main import run
from tests.decide.test_coverage import RULES
from tests.projects import BASE, QUIET, added


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / QUIET[0]).write_text(QUIET[1])
    return tmp_path


def test_a_line_for_each_rule_and_what_no_test_notices(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec.tco").write_text(added(RULES))
    assert run(["test", "--samples", "40", "--coverage", "spec.tco"]) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert "rule        held  failed  unknown  conditions  thresholds   changes" in lines
    assert "spec/dear      1       4        0      3 of 5      0 of 2  10 of 16" in lines
    assert "spec/told      4       0        0      0 of 1      0 of 1         -" in lines
    assert "spec: of 3 rules 3 held, 2 failed, 1 unknown in some test; 17 of 23 changes noticed, 73%" in lines
    assert "option more: recommended in 1 test, vetoed in 1" in lines
    assert "spec/dear: `>=` in `p50(option.tco) > 1_500 EUR` (spec.tco:49)" in lines
    assert "not counted, since they fail: one that fails" in lines
    assert run(["test", "--samples", "40", "spec.tco"]) == 1
    assert "changes" not in capsys.readouterr().out


def test_all_of_it_is_in_the_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec.tco").write_text(added(RULES))
    words = ["test", "--samples", "40", "--coverage", "--output-format", "json", "spec.tco"]
    assert run(words) == 1
    out = capsys.readouterr().out
    (spec,) = json.loads(out)["specs"]
    covered = spec["coverage"]
    assert covered["mutants"] == {"made": 23, "killed": 17, "not_tried": 0, "score": 73}
    dear = covered["rules"][0]
    assert (dear["rule"], dear["held"], dear["line"]) == ("spec/dear", ["the dear one is out"], 47)
    assert dear["conditions"][0]["results"] == ["true", "false"] and dear["conditions"][0]["near"] == []
    assert dear["mutants"][0]["killed_by"] == ["the dear one is out"]
    assert run(words) == 1
    assert capsys.readouterr().out == out


def test_a_spec_without_rules_or_tests_has_nothing_to_cover(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec.tco").write_text(BASE)
    assert run(["test", "--samples", "40", "--coverage", "--output-format", "json", "spec.tco"]) == 0
    (spec,) = json.loads(capsys.readouterr().out)["specs"]
    assert spec["coverage"]["rules"] == [] and spec["coverage"]["mutants"]["score"] is None
    assert run(["test", "--samples", "40", "--coverage", "spec.tco"]) == 0


def test_a_rule_without_a_test_of_each_way_is_a_finding_that_can_be_allowed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`dear` held in one test and failed in four, `told` held in all; no test lacks a fact that either reads."""
    for more, count in (("", 1), ('allow TCO573 "as tried by hand" until 2030-01-01\n', 0)):
        (folder / "spec.tco").write_text(added(RULES) + more)
        assert run(["test", "--samples", "40", "--coverage", "spec.tco"]) == 1
        out = "".join(capsys.readouterr())
        assert out.count("no test in which `spec/dear` is unknown") == count
        assert out.count("no test in which `spec/told` fails or is unknown") == count
        assert ("TCO573" in out) is bool(count)
