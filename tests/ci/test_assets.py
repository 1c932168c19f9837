"""What teams copy: hooks, templates and the example repository work as they stand, and agree with the tool."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tcolang.version import __version__
from tests.ci.shims import ROOT, bash, path_with_tco
from tests.diff.repositories import FILES, Repo, made

EXAMPLE = ROOT / "examples" / "repository"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# pre-commit itself


def hooks(*words: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *words],
        cwd=folder,
        env={**environment, "PATH": path_with_tco(home), "PRE_COMMIT_HOME": str(home / "store"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """With the hooks of the manifest, which run the tool under test in place of one that would be downloaded."""
    local = [{**hook, "language": "system"} for hook in loaded(ROOT / ".pre-commit-hooks.yaml")]
    config = yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})
    return made(tmp_path / "repo", {**FILES, ".pre-commit-config.yaml": config})


def test_the_manifest_of_hooks_is_valid_for_pre_commit(tmp_path: Path) -> None:
    done = hooks("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), folder=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    done = hooks("validate-config", str(EXAMPLE / ".pre-commit-config.yaml"), folder=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hooks_pass_clean_specs(repo: Repo, tmp_path: Path) -> None:
    done = hooks("run", "--all-files", folder=repo.folder, home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(".")[0] for line in done.stdout.splitlines()] == ["tco check", "tco fmt"]


def test_hooks_find_mistakes_and_mend_the_layout(repo: Repo, tmp_path: Path) -> None:
    repo.edit("spec.tco", "    our.cheap = 100%", "  our.cheap =    100%")
    repo.edit("prices.tco", "input_price = 2.00 USD per 1M tokens", "input_price = 2.00 USD per 1M requests")
    repo.git("add", "--all")
    done = hooks("run", folder=repo.folder, home=tmp_path)
    assert done.returncode == 1
    assert "error[TCO2" in done.stdout and "files were modified by this hook" in done.stdout
    assert "    our.cheap = 100%\n" in (repo.folder / "spec.tco").read_text(encoding="utf-8")


def test_tests_of_specs_run_before_a_push(repo: Repo, tmp_path: Path) -> None:
    with (repo.folder / "spec.tco").open("a") as spec:
        spec.write('\ntest "no" {\n  expect mean(small.tco) > mean(large.tco)\n}\n')
    repo.git("add", "--all")
    assert hooks("run", "--hook-stage", "pre-push", "--all-files", folder=repo.folder, home=tmp_path).returncode == 1


# GitLab


def test_the_template_of_gitlab_checks_and_compares(tmp_path: Path) -> None:
    template = loaded(ROOT / "docs" / "ci" / "gitlab.yml")
    repo = made(tmp_path / "repo")
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.git("update-ref", "refs/remotes/origin/main", "main")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    repo.commit()
    environment = {
        "PATH": path_with_tco(tmp_path),
        "CI": "true",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "GITLAB_TOKEN": "",
    }
    check = bash("\n".join(template["tco-check"]["script"]), repo.folder, environment)
    assert check.returncode == 0, check.stdout + check.stderr
    report = repo.folder / template["tco-check"]["artifacts"]["reports"]["codequality"]
    assert isinstance(json.loads(report.read_text()), list)
    test = bash("\n".join(template["tco-test"]["script"]), repo.folder, environment)
    assert test.returncode == 0, test.stdout + test.stderr
    assert ET.parse(repo.folder / template["tco-test"]["artifacts"]["reports"]["junit"]).getroot().tag == "testsuites"
    diff = bash("\n".join(template["tco-diff"]["script"]), repo.folder, environment)
    assert diff.returncode == 0 and "Why it flipped: from small to large" in diff.stdout, diff.stderr


def test_the_template_is_pinned_and_fetches_the_history() -> None:
    common = loaded(ROOT / "docs" / "ci" / "gitlab.yml")[".tcolang"]
    assert common["variables"]["TCOLANG_VERSION"] == __version__
    assert common["variables"]["GIT_DEPTH"] == "0"
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", common["image"])


# Versions


def _constraints(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line) for line in lines)
    return dict(line.split("==") for line in lines)


def _needed(name: str, found: dict[str, Requirement]) -> dict[str, Requirement]:
    """All that a distribution needs, and what that needs."""
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        key = requirement.name.lower().replace("_", "-")
        if key not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found[key] = requirement
            _needed(requirement.name, found)
    return found


def test_the_constraints_pin_everything_that_is_installed() -> None:
    pinned = _constraints(ROOT / "docs" / "ci" / "constraints.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed: dict[str, Requirement] = {}
    for text in project["dependencies"]:
        requirement = Requirement(text)
        needed[requirement.name] = requirement
        _needed(requirement.name, needed)
    # Needed by older Pythons than the one that runs this.
    assert set(needed) <= set(pinned) <= set(needed) | {"typing-extensions"}
    for name, requirement in needed.items():
        assert requirement.specifier.contains(pinned[name]), (name, str(requirement))


# The example repository


def test_the_example_repository_is_what_init_makes_with_the_versions_of_ci() -> None:
    first = files("tcolang.cli").joinpath("first")
    for name in ("assistant.tco", "tcolang.toml"):
        assert (EXAMPLE / name).read_text("utf-8") == first.joinpath(name).read_text("utf-8")
    assert (EXAMPLE / "constraints.txt").read_bytes() == (ROOT / "docs" / "ci" / "constraints.txt").read_bytes()
    assert f"tcolang=={__version__}" in (EXAMPLE / "requirements.txt").read_text().splitlines()


def test_the_commands_of_its_workflow_run_in_it(tmp_path: Path) -> None:
    copied = {
        path.relative_to(EXAMPLE).as_posix(): path.read_text("utf-8") for path in EXAMPLE.rglob("*") if path.is_file()
    }
    repo = made(tmp_path / "repo", copied)
    repo.git("update-ref", "refs/remotes/origin/main", "main")
    (job,) = loaded(EXAMPLE / ".github" / "workflows" / "cost.yml")["jobs"].values()
    scripts = [step["run"] for step in job["steps"] if step.get("run", "").startswith("tco ")]
    assert len(scripts) == 5
    environment = {
        "PATH": path_with_tco(tmp_path),
        "CI": "true",
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    for script in scripts[:-1]:
        done = bash(script, repo.folder, environment)
        assert done.returncode == 0, (script, done.stdout, done.stderr)
    assert "No change in cost or recommendation" in (tmp_path / "summary").read_text()
    done = bash(f"{scripts[-1]} --dry-run", repo.folder, environment)
    assert done.returncode == 0, done.stderr
