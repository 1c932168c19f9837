"""The action: each of its scripts runs as a runner runs it, and what it may do is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.shims import ROOT, bash, path_with_tco
from tests.diff.repositories import SPEC, Repo, made
from tests.hosts.server import TOKEN, FakeHost, serving


def steps() -> dict[str, dict[str, Any]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    return {step.get("name", step.get("uses", "")): step for step in action["runs"]["steps"]}


@pytest.fixture
def fake() -> Iterator[FakeHost]:
    with serving() as host:
        yield host


class Runner:
    """What a job of GitHub has: a checkout of a pull request, files for outputs and summary, and inputs."""

    def __init__(self, folder: Path, fake: FakeHost) -> None:
        self.origin = made(folder / "origin")
        self.origin.git("checkout", "--quiet", "-b", "feature")
        self.origin.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
        self.origin.commit()
        self.origin.git("clone", "--quiet", "--branch", "feature", str(self.origin.folder), str(folder / "work"))
        self.work = Repo(folder / "work")
        self.folder = folder
        self.environment = {
            "PATH": path_with_tco(folder),
            "CI": "true",
            "GITHUB_BASE_REF": "main",
            "GITHUB_API_URL": fake.url,
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_RUN_ID": "5",
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "RUNNER_TEMP": str(folder),
        }

    def run(self, name: str, **settings: str) -> tuple[int, dict[str, str], str]:
        """Exit code, outputs and what was printed."""
        (self.folder / "output").write_text("")
        done = bash(steps()[name]["run"], self.work.folder, {**self.environment, **settings})
        lines = (self.folder / "output").read_text().splitlines()
        return done.returncode, dict(line.split("=", 1) for line in lines), done.stdout + done.stderr

    def diff(self, **settings: str) -> tuple[int, dict[str, str], str]:
        empty = dict.fromkeys(("SPECS", "AGAINST", "MAX_INCREASE", "MAX_INCREASE_PCT", "FAIL_ON_FLIP"), "")
        return self.run("diff", **{**empty, **settings})


@pytest.fixture
def runner(tmp_path: Path, fake: FakeHost) -> Runner:
    return Runner(tmp_path, fake)


def test_a_pull_request_gets_a_summary_a_comment_and_a_verdict(runner: Runner, fake: FakeHost) -> None:
    assert runner.run("check", AGAINST="")[:2] == (0, {"code": "0"})
    code, outputs, _ = runner.diff(FAIL_ON_FLIP="true")
    assert (code, outputs) == (0, {"code": "1"})
    assert "**Why it flipped**" in (runner.folder / "summary").read_text()
    settings = {"GITHUB_TOKEN": TOKEN, "BEHAVIOR": "update", "WHEN": "changed", "ID": "default"}
    code, _, said = runner.run("comment", **settings)
    assert (code, len(fake.comments)) == (0, 1), said
    assert "guardrail `fail_on_flip` breached" in fake.bodies()[0]
    assert runner.run("verdict", CHECK="0", DIFF="1")[0] == 1
    assert runner.run("verdict", CHECK="1", DIFF="0")[0] == 1
    assert runner.run("verdict", CHECK="0", DIFF="0")[0] == 0
    assert runner.run("verdict", CHECK="0", DIFF="")[0] == 0, "where nothing is compared"


def test_every_input_reaches_the_command(runner: Runner) -> None:
    assert runner.diff(MAX_INCREASE="100000")[1] == {"code": "0"}
    assert runner.diff(MAX_INCREASE="1")[1] == {"code": "1"}
    assert runner.diff(MAX_INCREASE_PCT="1")[1] == {"code": "1"}
    assert runner.diff(FAIL_ON_FLIP="false")[1] == {"code": "0"}
    assert runner.diff(AGAINST="HEAD", FAIL_ON_FLIP="true")[1] == {"code": "0"}
    assert runner.diff(SPECS="spec.tco\n\n")[1] == {"code": "0"}
    assert runner.diff(SPECS="gone.tco")[1] == {"code": "2"}


@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--exit-code", '"; touch pwned; "']
)
def test_an_input_is_never_part_of_a_script(text: str, runner: Runner) -> None:
    for name in ("SPECS", "AGAINST", "MAX_INCREASE", "MAX_INCREASE_PCT", "FAIL_ON_FLIP"):
        runner.diff(**{name: text})
    runner.run("check", AGAINST=text)
    assert not (runner.work.folder / "pwned").exists()
    assert runner.diff(SPECS="--exit-code")[1] == {"code": "2"}, "a spec that looks like an option is a spec"


def test_a_pull_request_is_checked_by_the_settings_of_its_base(runner: Runner) -> None:
    runner.origin.git("checkout", "--quiet", "main")
    (runner.origin.folder / "tcolang.toml").write_text('fail_on = "warning"\nselect = ["TCO303"]\n')
    runner.origin.commit("strict")
    runner.work.git("fetch", "--quiet", "origin")
    runner.work.git("checkout", "--quiet", "-B", "feature", "origin/main")
    old = "input_price from 2024-01-01 = 4.00 USD"
    runner.work.edit("prices.tco", "input_price = 1.00 USD", old)
    runner.work.commit("old prices")
    assert runner.run("check", AGAINST="")[1] == {"code": "1"}
    (runner.work.folder / "tcolang.toml").write_text('fail_on = "never"\n')
    runner.work.commit("and nobody is to say so")
    assert runner.run("check", AGAINST="")[1] == {"code": "1"}
    assert runner.run("check", AGAINST="HEAD")[1] == {"code": "0"}
    assert runner.run("check", AGAINST="", GITHUB_BASE_REF="")[1] == {"code": "0"}, "on a push"


def test_mistakes_are_annotated_and_fail(runner: Runner) -> None:
    runner.work.write(spec=SPEC.replace("our.cheap", "our.cheep"))
    code, outputs, said = runner.run("check", AGAINST="")
    assert (code, outputs) == (0, {"code": "1"})
    assert "::error" in said and "file=spec.tco" in said
    assert runner.diff()[1] == {"code": "1"}


def test_scripts_hold_no_expressions_and_the_token_is_in_one_step_alone() -> None:
    for name, step in steps().items():
        assert "${{" not in step.get("run", ""), name
        assert ("GITHUB_TOKEN" in step.get("env", {})) is (name == "comment")
        assert "shell" in step or "uses" in step


def test_a_fork_gets_no_comment() -> None:
    condition = " ".join(steps()["comment"]["if"].split())
    assert "github.event.pull_request.head.repo.full_name == github.repository" in condition
    assert "github.event_name == 'pull_request'" in condition


_WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("examples/repository/.github/workflows/*.yml")])


@pytest.mark.parametrize("path", [ROOT / "action.yml", *_WORKFLOWS], ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_and_no_stranger_gets_a_token_that_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action
        assert re.search(r"# v\d+", comment), f"{action} says no version"
    assert "pull_request_target" not in text
