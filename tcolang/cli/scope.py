"""What `tco diff` and `tco comment` look at: which specs, against which revision."""

from __future__ import annotations

import os
from argparse import BooleanOptionalAction, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tcolang.base.world import World
from tcolang.cli.command import UsageError
from tcolang.cli.configuration import FILE, Configuration, configuration, configuration_on_disk
from tcolang.cli.judged import stated_selection
from tcolang.cli.notes import Notes
from tcolang.cli.opened import limits_in_force

if TYPE_CHECKING:
    from argparse import _ActionsContainer

    from tcolang.diff.git import Repository
    from tcolang.diff.revision import Revision


def specs_to_compare(arguments: Namespace, notes: Notes) -> tuple[str, ...]:
    """Those named, else those that the configuration lists, now or at the base, else all with a decision in this
    folder and below: also one that is gone. Raises `UsageError` where there are none."""
    if arguments.specs:
        return tuple(Path(spec).as_posix() for spec in arguments.specs)
    here = Path()
    stated = configuration_on_disk(here)
    folder = Path(stated.file).parent
    listed = tuple((folder / name).as_posix() for name in stated.value("specs"))
    found = dict.fromkeys((*(listed or _with_decision(here)), *_of_base(arguments, notes)))
    if not found:
        raise UsageError(f"there is no .tco file with a decision here: name one, or list `specs` in {FILE}")
    return tuple(found)


def is_file(against: str | None) -> bool:
    """Whether `--against` names a spec and not a revision."""
    return against is not None and against.endswith(".tco")


def add_merge_base(parser: _ActionsContainer) -> None:
    """The argument that says which commit `--against` is about."""
    parser.add_argument(
        "--merge-base",
        action=BooleanOptionalAction,
        default=None,
        help="compare with where the history parted from the revision, not with the revision (default: in CI)",
    )


def commit_of(repo: Repository, arguments: Namespace) -> str:
    """The commit to compare with. Raises `GitError`."""
    in_ci = os.environ.get("CI", "").lower() in ("true", "1")
    against = (_target() if in_ci else None) or "HEAD" if arguments.against is None else arguments.against
    commit = repo.commit(against)
    by_merge_base = arguments.merge_base if arguments.merge_base is not None else in_ci
    return repo.merge_base(commit, repo.commit("HEAD")) if by_merge_base else commit


def configuration_before(whole: Revision, inside: str, here: Path, notes: Notes) -> Configuration:
    """What was in force in a folder of a revision; where there was a mistake in it, what is in force here: a change may
    mend it. Raises `UsageError`."""
    try:
        found = configuration(whole.read, inside)
        stated_selection(found)
    except UsageError as error:
        notes.tell(as_it_says(whole, error))
        return configuration_on_disk(here)
    return found


def as_it_says(whole: Revision, error: UsageError) -> str:
    """Told where the base cannot judge."""
    return f"this change is judged by what it says itself, for at {whole.commit[:12]} {error}"


def _of_base(arguments: Namespace, notes: Notes) -> tuple[str, ...]:
    """What the base would look at, so that no change takes a spec out of sight: neither by deleting it nor by another
    list."""
    from tcolang.diff.git import GitError, repository
    from tcolang.diff.revision import revision

    if is_file(arguments.against):
        return ()
    here = Path()
    try:
        repo = repository(here, os.environ)
        commit = commit_of(repo, arguments)
        whole = revision(repo, commit, "", limits_in_force())
        inside = repo.folder(here)
        stated = configuration_before(whole, inside.rstrip("/"), here, notes)
        gone = tuple(name for name in repo.gone(commit, inside) if _is_spec(name) and _decides(whole, name))
    except GitError:
        # It is told with the first spec.
        return ()
    listed = stated.value("specs")
    if not listed:
        return (*_with_decision(here), *(_seen(repo, name) for name in gone))
    folder = stated.file.rpartition("/")[0]
    names = tuple(f"{folder}/{name}".lstrip("/") for name in listed)
    return tuple(_seen(repo, name) for name in names if (repo.top / name).exists() or name in gone)


def _seen(repo: Repository, name: str) -> str:
    return Path(os.path.relpath(repo.top / name)).as_posix()


def _is_spec(name: str) -> bool:
    return name.endswith(".tco") and not any(_passed_over(part) for part in name.split("/")[:-1])


def _passed_over(folder: str) -> bool:
    return folder.startswith(".") or folder == "node_modules"


def _decides(world: World, name: str) -> bool:
    text = world.read(name)
    return isinstance(text, str) and any(line.startswith("decision ") for line in text.splitlines())


def _with_decision(folder: Path) -> Iterator[str]:
    world = World(folder, limits_in_force())
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _passed_over(name))
        for name in sorted(names):
            path = (Path(place) / name).as_posix()
            if name.endswith(".tco") and _decides(world, path):
                yield path


def _target() -> str | None:
    """The branch that a pull or merge request is to be merged into, as the hosts tell their CI."""
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        if branch := os.environ.get(name):
            return f"origin/{branch}"
    return None
