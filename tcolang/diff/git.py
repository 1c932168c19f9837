"""Revisions of a git repository, read without touching its working tree, its index or a network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcolang.base.record import record

# Nothing that a repository's own configuration names is run: no monitor, no hook, no transport.
_SETTINGS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "core.quotePath=false", "protocol.allow=never")
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
    "LANGUAGE": "",
}
_SECONDS = 120


class GitError(Exception):
    """Something that only its user can mend; `help` says how."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@record
class Repository:
    """`top` is the folder of its working tree, which may be a linked one."""

    top: Path
    environment: Mapping[str, str]

    def folder(self, place: Path) -> str:
        """A folder within the working tree as git names it: '' for the top, else with a `/` at its end."""
        relative = Path(os.path.realpath(place)).relative_to(self.top).as_posix()
        return "" if relative == "." else f"{relative}/"

    def commit(self, revision: str) -> str:
        """The commit that a branch, tag or other expression names. Raises `GitError`."""
        name = revision.strip()
        if name and not name.startswith("-") and "\0" not in name:
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
            found = self._run(*asked)
            if found.returncode == 0:
                return found.stdout.decode("ascii", "replace").strip()
        if not self._run("for-each-ref", "--count=1").stdout and self._run("rev-parse", "HEAD").returncode != 0:
            raise GitError("this repository has no commit yet, so there is nothing to compare with", "commit first")
        remedy = self._deepen("`git log` lists commits and `git branch --all` branches; fetch it if it is elsewhere")
        raise GitError(f"there is no revision `{revision}` in this repository", remedy)

    def merge_base(self, one: str, other: str) -> str:
        """The best common ancestor of two commits. Raises `GitError` where the history does not reach back to it."""
        found = self._run("merge-base", "--end-of-options", one, other)
        lines = found.stdout.decode("ascii", "replace").split()
        if found.returncode == 0 and lines:
            return lines[0]
        raise GitError(
            f"`{one[:12]}` and `{other[:12]}` have no common ancestor here",
            self._deepen("compare with a revision of the same history, or pass --no-merge-base"),
        )

    def entries(self, commit: str, path: str) -> Iterator[tuple[str, str, str]]:
        """Mode, object and name of what is at a path; of a folder's content where the path ends with `/`."""
        where = ("--", path) if path else ("--",)
        listed = self._run("ls-tree", "-z", "--full-tree", commit, *where)
        if listed.returncode != 0:
            raise GitError(f"git cannot list `{commit[:12]}`: {_said(listed.stderr)}", self._deepen("check the clone"))
        for line in listed.stdout.split(b"\0"):
            if line:
                head, _, name = line.partition(b"\t")
                mode, _, identity = head.decode("ascii").split(" ", 2)
                yield mode, identity, name.decode("utf-8", "surrogateescape")

    def size(self, identity: str) -> int:
        found = self._run("cat-file", "-s", identity)
        if found.returncode != 0:
            raise GitError(f"git has no object {identity[:12]}", self._deepen("fetch it: `git fetch --refetch`"))
        return int(found.stdout)

    def content(self, identity: str) -> bytes:
        """The bytes of a file as they are stored, without filters or drivers."""
        found = self._run("cat-file", "blob", identity)
        if found.returncode != 0:
            raise GitError(f"git has no object {identity[:12]}", self._deepen("fetch it: `git fetch --refetch`"))
        return found.stdout

    def renames(self, commit: str) -> tuple[tuple[str, str], ...]:
        """The name at a commit, and the one it has now, of files that have been renamed since, up to the working
        tree."""
        options = ("--find-renames", "--name-status", "-z", "--diff-filter=R", "--no-ext-diff", "--no-textconv")
        listed = self._run("diff", *options, "--ignore-submodules=all", commit, "--")
        words = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
        return tuple(zip(words[1::3], words[2::3], strict=False))

    def unchanged(self, commit: str) -> frozenset[str]:
        """The names of files that are as they were at a commit, up to the working tree."""
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit)
        options = ("--no-renames", "--name-only", "-z", "--no-ext-diff", "--no-textconv")
        changed = self._run("diff", *options, "--ignore-submodules=all", commit, "--")
        if listed.returncode != 0 or changed.returncode != 0:
            return frozenset()
        names = (set(done.stdout.decode("utf-8", "surrogateescape").split("\0")) for done in (listed, changed))
        return frozenset(next(names) - next(names))

    def gone(self, commit: str, folder: str) -> tuple[str, ...]:
        """The names at a commit of files of a folder that are no longer there, under any name, up to the working
        tree. Raises `GitError`."""
        options = ("--find-renames", "--name-only", "-z", "--diff-filter=D", "--no-ext-diff", "--no-textconv")
        listed = self._run("diff", *options, "--ignore-submodules=all", commit, "--")
        if listed.returncode != 0:
            raise GitError(f"git cannot compare with `{commit[:12]}`: {_said(listed.stderr)}", "check the clone")
        names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
        return tuple(name for name in names if name and name.startswith(folder))

    def _deepen(self, otherwise: str) -> str:
        shallow = self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        if not shallow:
            return otherwise
        return (
            "this clone is shallow: set `fetch-depth: 0` for actions/checkout (GitLab: `GIT_DEPTH: 0`), "
            "or run `git fetch --unshallow`"
        )

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return _git(self.top, words, self.environment)


def repository(place: Path, environment: Mapping[str, str]) -> Repository:
    """The one that a folder lies in. Raises `GitError`."""
    clean = {name: value for name, value in environment.items() if not name.startswith("GIT_")} | _ENVIRONMENT
    found = _git(place, ("rev-parse", "--show-toplevel"), clean)
    top = found.stdout.decode("utf-8", "surrogateescape").rstrip("\r\n")
    if found.returncode == 0 and top:
        return Repository(Path(os.path.realpath(top)), clean)
    said = _said(found.stderr)
    if "dubious ownership" in said:
        raise GitError(
            "git does not trust this repository, because somebody else owns it",
            "run `git config --global --add safe.directory` with its folder",
        )
    if "not a git repository" in said or "must be run in a work tree" in said:
        raise GitError(
            "this is not a git repository, so there is no revision to compare with",
            "run `git init`, or compare with a file: `--against old.tco`",
        )
    raise GitError(f"git cannot read this repository: {said}", "check it with `git status`")


def _git(place: Path, words: tuple[str, ...], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    try:
        return subprocess.run(
            ["git", "--no-pager", *settings, *words],
            cwd=place,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise GitError("there is no `git` on this machine", "install it, or compare with a file") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {_SECONDS} seconds", "check the repository with `git fsck`") from None


def _said(stderr: bytes) -> str:
    """The last line of what git had to say."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it gave no reason"
