"""`tco comment` from the command line, in a repository, against a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.diff.repositories import Repo, made, tco
from tests.hosts.server import TOKEN, FakeHost, serving

_UNSET = (
    "CI",
    "CI_API_V4_URL",
    "CI_MERGE_REQUEST_IID",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "CI_PIPELINE_ID",
    "CI_PROJECT_ID",
    "GH_TOKEN",
    "GITHUB_API_URL",
    "GITHUB_BASE_REF",
    "GITHUB_GRAPHQL_URL",
    "GITHUB_REF",
    "GITHUB_REPOSITORY",
    "GITHUB_RUN_ID",
    "GITHUB_TOKEN",
    "GITLAB_TOKEN",
)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    one = made(tmp_path / "repo")
    monkeypatch.chdir(one.folder)
    return one


@pytest.fixture
def fake() -> Iterator[FakeHost]:
    with serving() as host:
        yield host


def in_github(monkeypatch: pytest.MonkeyPatch, fake: FakeHost, run: int) -> None:
    settings = {
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_API_URL": fake.url,
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_RUN_ID": str(run),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def in_gitlab(monkeypatch: pytest.MonkeyPatch, fake: FakeHost, run: int) -> None:
    settings = {
        "GITLAB_TOKEN": TOKEN,
        "CI_API_V4_URL": fake.url,
        "CI_PROJECT_ID": "group/project",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_PIPELINE_ID": str(run),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_comment_is_made_updated_and_kept(
    name: str, repo: Repo, fake: FakeHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = in_github if name == "github" else in_gitlab
    enter(monkeypatch, fake, 10)
    said = tco(capsys, "comment", name, "spec.tco")
    assert (said.code, said.out, said.err) == (0, "", "nothing to comment on\n")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    assert tco(capsys, "comment", name, "spec.tco").err == "a comment was made\n"
    written = tco(capsys, "diff", "spec.tco", "--format", f"{name}-comment").out
    assert fake.bodies() == [written.replace("id=default", "id=default run=10")]
    enter(monkeypatch, fake, 12)
    repo.edit("prices.tco", "input_price = 4.00 USD", "input_price = 1.00 USD")
    assert tco(capsys, "comment", name, "spec.tco").err == "the comment was updated\n"
    assert "No change in cost or recommendation" in fake.bodies()[0]
    enter(monkeypatch, fake, 11)
    said = tco(capsys, "comment", name, "spec.tco")
    assert (said.code, said.err) == (0, "a newer run has commented already, so nothing was changed\n")
    assert all(TOKEN not in one.path for one in fake.asked)


def test_a_breached_guardrail_fails_after_the_comment_is_made(
    repo: Repo, fake: FakeHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_github(monkeypatch, fake, 1)
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 1.01 USD")
    said = tco(capsys, "comment", "github", "spec.tco", "--when", "threshold", "--max-increase", "100")
    assert (said.code, said.err) == (0, "nothing to comment on\n")
    said = tco(capsys, "comment", "github", "spec.tco", "--when", "threshold", "--max-increase", "99")
    assert said.code == 1 and said.err.endswith("a comment was made\n")
    assert "guardrail `max_increase` breached" in fake.bodies()[0]


def test_always_comments_always(
    repo: Repo, fake: FakeHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_github(monkeypatch, fake, 1)
    assert tco(capsys, "comment", "github", "spec.tco", "--when", "always", "--id", "a").code == 0
    assert tco(capsys, "comment", "github", "spec.tco", "--when", "always", "--id", "b").code == 0
    assert [body.splitlines()[0] for body in fake.bodies()] == [
        "<!-- tcolang:report id=a run=1 -->",
        "<!-- tcolang:report id=b run=1 -->",
    ]


def test_a_dry_run_needs_no_token_and_uses_no_network(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    said = tco(capsys, "comment", "github", "spec.tco", "--dry-run", "--api-url", "http://127.0.0.1:1")
    assert said.code == 0
    assert said.out == tco(capsys, "diff", "spec.tco", "--format", "github-comment").out
    assert said.err == "dry run: no comment would be made, and one that is there would be updated\n"


def test_what_is_missing_is_said_before_any_work(
    repo: Repo, fake: FakeHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tco(capsys, "comment", "github", "spec.tco")
    assert said.code == 2 and "set GITHUB_TOKEN or GH_TOKEN in the environment" in said.err
    monkeypatch.setenv("GITHUB_TOKEN", "a\nb: c")
    assert tco(capsys, "comment", "github", "spec.tco").code == 2
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    said = tco(capsys, "comment", "github", "spec.tco")
    assert said.code == 2 and "give --repo and --number" in said.err
    monkeypatch.setenv("GITHUB_REF", "refs/heads/main")
    assert tco(capsys, "comment", "github", "spec.tco", "--repo", "o/r").code == 2
    said = tco(capsys, "comment", "github", "--repo", "o/r", "--number", "7", "--api-url", "http://example.com")
    assert said.code == 2 and "no address of an API" in said.err
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    said = tco(capsys, "comment", "github", "spec.tco", "--repo", "o/r", "--number", "7", "--api-url", fake.url)
    assert said.code == 0 and len(fake.comments) == 1


def test_a_host_that_refuses_is_an_error_without_the_token(
    repo: Repo, fake: FakeHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_github(monkeypatch, fake, 1)
    monkeypatch.setenv("GITHUB_TOKEN", "not-the-token")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    said = tco(capsys, "comment", "github", "spec.tco")
    assert said.code == 2 and "answered with 401: Bad credentials" in said.err
    assert "not-the-token" not in said.err + said.out
