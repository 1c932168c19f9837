"""Files of a revision: read as stored, whatever the repository's configuration or its tree asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tcolang.base.limits import Limits
from tcolang.base.world import Reading, Unread
from tcolang.diff.git import GitError, Repository, repository
from tcolang.diff.revision import revision
from tests.diff.repositories import made


def opened(folder: Path) -> Repository:
    return repository(folder, os.environ)


def read(folder: Path, path: str, prefix: str = "", limits: Limits | None = None, commit: str = "HEAD") -> Reading:
    repo = opened(folder)
    return revision(repo, repo.commit(commit), prefix, limits or Limits()).read(path)


def reason(reading: Reading) -> str:
    assert isinstance(reading, Unread), reading
    return reading.reason


def test_what_was_committed_is_read_and_the_working_tree_is_not_touched(tmp_path: Path) -> None:
    repo = made(tmp_path, {"a.tco": "one\n", "sub/b.tco": "\ufefftwo\n"})
    (tmp_path / "a.tco").write_text("changed\n")
    (tmp_path / "sub" / "b.tco").unlink()
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    assert read(tmp_path, "a.tco") == "one\n"
    assert read(tmp_path, "b.tco", "sub/") == "two\n"
    assert read(tmp_path / "sub", "a.tco") == "one\n"
    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before
    assert "M a.tco" in repo.git("status", "--short")


def test_what_gives_no_text_says_why(tmp_path: Path) -> None:
    made(tmp_path, {"a.tco": "x" * 11, "bad.tco": "a\0b", "sub/b.tco": "two"})
    assert reason(read(tmp_path, "none.tco")) == "missing"
    assert reason(read(tmp_path, "a.tco/none.tco")) == "missing"
    assert reason(read(tmp_path, "sub")) == "directory"
    assert reason(read(tmp_path, "bad.tco")) == "not_text"
    assert reason(read(tmp_path, "a.tco", limits=Limits(file_bytes=10))) == "too_large"
    assert read(tmp_path, "a.tco", limits=Limits(file_bytes=11)) == "x" * 11
    assert reason(read(tmp_path, "../a.tco", "sub/")) == "outside"
    assert reason(read(tmp_path, "../a.tco")) == "outside"
    assert reason(read(tmp_path, "/etc/passwd")) == "outside"
    assert reason(read(tmp_path, "a\0.tco")) == "unreadable"


def test_links_are_followed_within_the_project_and_not_out_of_it(tmp_path: Path) -> None:
    repo = made(tmp_path, {"top.tco": "top", "p/a.tco": "a", "p/deep/b.tco": "b"})
    links = {"near": "a.tco", "folder": "deep", "out": "../top.tco", "far": "/etc/hostname", "round": "round"}
    for name, target in links.items():
        (tmp_path / "p" / name).symlink_to(target)
    repo.commit()
    assert read(tmp_path, "near", "p/") == "a"
    assert read(tmp_path, "folder/b.tco", "p/") == "b"
    assert [reason(read(tmp_path, name, "p/")) for name in ("out", "far", "round")] == [
        "outside",
        "outside",
        "irregular",
    ]


@pytest.mark.parametrize("name", ["-x.tco", "a b.tco", "*.tco", ":(top)x.tco", "é\n.tco", "--output=pwned", "%s.tco"])
def test_hostile_names_are_names(name: str, tmp_path: Path) -> None:
    made(tmp_path, {name: "it", "x.tco": "other"})
    assert read(tmp_path, name) == "it"
    assert not (tmp_path / "pwned").exists()


def test_nothing_that_the_repository_configures_is_run(tmp_path: Path) -> None:
    repo = made(tmp_path / "r", {"a.tco": "it\n", ".gitattributes": "*.tco diff=evil filter=evil\n"})
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "core.fsmonitor", "core.pager"):
        repo.git("config", key, f"touch {tmp_path}/pwned; false")
    assert read(tmp_path / "r", "a.tco") == "it\n"
    one = opened(tmp_path / "r")
    assert one.renames(one.commit("HEAD")) == ()
    assert not (tmp_path / "pwned").exists()


def test_the_environment_of_a_hook_points_nowhere(tmp_path: Path) -> None:
    made(tmp_path / "here", {"a.tco": "here"})
    made(tmp_path / "there", {"a.tco": "there"})
    hostile = {**os.environ, "GIT_DIR": str(tmp_path / "there/.git"), "GIT_WORK_TREE": str(tmp_path / "there")}
    repo = repository(tmp_path / "here", hostile)
    assert revision(repo, repo.commit("HEAD"), "", Limits()).read("a.tco") == "here"


def test_a_linked_working_tree_is_one_too(tmp_path: Path) -> None:
    repo = made(tmp_path / "main", {"a.tco": "one"})
    repo.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    linked = opened(tmp_path / "linked")
    assert linked.top == (tmp_path / "linked").resolve()
    assert read(tmp_path / "linked", "a.tco", commit="main") == "one"


def test_a_renamed_file_is_found(tmp_path: Path) -> None:
    text = "".join(f"line {number}\n" for number in range(40))
    repo = made(tmp_path, {"old.tco": text, "other.tco": "x\n"})
    first = repo.git("rev-parse", "HEAD").strip()
    repo.git("mv", "old.tco", "new.tco")
    (tmp_path / "new.tco").write_text(text + "more\n")
    repo.git("add", "--all")
    assert opened(tmp_path).renames(first) == (("old.tco", "new.tco"),)
    (tmp_path / "fresh.tco").write_text("untracked\n")
    assert opened(tmp_path).unchanged(first) == {"other.tco"}
    (tmp_path / "other.tco").write_text("y\n")
    assert opened(tmp_path).unchanged(first) == frozenset()


@pytest.mark.parametrize("name", ["nowhere", "", " ", "--help", "-x", "HEAD:a.tco", "a\0b", "main..main"])
def test_an_unknown_revision_is_an_error_with_a_remedy(name: str, tmp_path: Path) -> None:
    made(tmp_path, {"a.tco": "one"})
    with pytest.raises(GitError) as error:
        opened(tmp_path).commit(name)
    assert "there is no revision" in str(error.value)
    assert "git log" in error.value.help


def test_a_folder_without_a_repository_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GitError) as error:
        repository(tmp_path, {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert "not a git repository" in str(error.value)
    assert "git init" in error.value.help and "--against old.tco" in error.value.help


def test_without_git_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(GitError) as error:
        repository(tmp_path, {"PATH": str(tmp_path)})
    assert "there is no `git`" in str(error.value)


def test_a_shallow_clone_gets_the_exact_hint(tmp_path: Path) -> None:
    repo = made(tmp_path / "origin", {"a.tco": "one"})
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.edit("a.tco", "one", "two")
    repo.commit()
    url = (tmp_path / "origin").as_uri()
    repo.git("clone", "--quiet", "--depth", "1", "--no-single-branch", url, str(tmp_path / "clone"))
    clone = opened(tmp_path / "clone")
    with pytest.raises(GitError) as parted:
        clone.merge_base(clone.commit("origin/main"), clone.commit("origin/feature"))
    with pytest.raises(GitError) as unknown:
        clone.commit("HEAD~1")
    for error in (parted, unknown):
        assert "`fetch-depth: 0`" in error.value.help
    full = opened(tmp_path / "origin")
    assert full.merge_base(full.commit("main"), full.commit("feature")) == full.commit("main")
