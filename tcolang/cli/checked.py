"""Checks many specs, mends them where that is asked for, and shows what is found in terms of where the command runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record, replace
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.cache.entry import Found
from tcolang.cli.cache.findings import FindingsCache
from tcolang.cli.command import UsageError
from tcolang.cli.fixes import mend
from tcolang.cli.fresh import check_one, fresh
from tcolang.cli.judged import Judgement, plainly
from tcolang.cli.opened import Opened, limits_in_force, opened_each, root_of, stdin_text
from tcolang.cli.paths import spec_files
from tcolang.cli.shown import Shown

if TYPE_CHECKING:
    from tcolang.pipeline import Progress

STDIN = "-"
_NOT_YET = "only this change says that it is meant, which counts once it is merged"


@record
class Mending:
    """What fixes are applied: none, the safe ones, or all."""

    safe: bool = False
    unsafe: bool = False


@record
class Spec:
    """A spec as it was and as it is now; `path` is where it lies, '' for standard input."""

    path: str
    shown: str
    before: str
    after: str
    fixed: int


@record
class Checked:
    """`project` is the folder that holds all files, seen from where the command runs. `allowed` counts findings that
    are meant, `newly_allowed` those of which only the change says so. Findings are those that are asked for, each with
    how it is judged: once for each spec it was found by. `unread` says of each spec that cannot be read why."""

    findings: Mapping[Diagnostic, tuple[Judgement, ...]]
    specs: tuple[Spec, ...]
    allowed: int
    newly_allowed: int
    project: str
    unread: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(spec.shown for spec in self.specs)


def check_all(
    paths: Sequence[str],
    stdin_name: str | None = None,
    as_of: float | None = None,
    mending: Mending | None = None,
    cache: FindingsCache | None = None,
    judged: Callable[[Path], Judgement] = plainly,
    told: Progress | None = None,
) -> Checked:
    """The specs that are named, those of folders, or standard input; `judged` says how the spec of a path is judged.
    Nothing is written but what `cache` keeps. Raises `UsageError` where there are none."""
    mending = mending or Mending()
    findings: dict[Diagnostic, tuple[Judgement, ...]] = {}
    specs: list[Spec] = []
    allowed: dict[Diagnostic, None] = {}
    newly: dict[Diagnostic, None] = {}
    opened, unread = _specs(paths, stdin_name)
    given = [_Given(path, spec, judged(spec.world.root / spec.file.path)) for path, spec in opened]
    for one in _checked(given, as_of, mending, cache, told):
        spec, judgement = one.given.spec, one.given.judgement
        shown = Shown(spec.world.root)
        counting = list(map(shown.diagnostic, one.found.findings))
        for finding in map(shown.diagnostic, one.found.allowed):
            if judgement.meant(finding, one.found.as_of):
                allowed[finding] = None
            elif judgement.selection.takes(finding):
                newly[finding] = None
                counting.append(replace(finding, help="; ".join(filter(None, (finding.help, _NOT_YET)))))
        for finding in filter(judgement.selection.takes, counting):
            findings[finding] = (*findings.get(finding, ()), judgement)
        path = shown.path(spec.file.path)
        specs.append(Spec(one.given.path, path, spec.file.text, one.file.text, one.fixed))
    project = _project([spec.shown for spec in specs])
    return Checked(findings, tuple(specs), len(allowed), len(newly), project, unread)


@record
class _Given:
    """A spec that is to be checked, and how it is judged."""

    path: str
    spec: Opened
    judgement: Judgement


@record
class _One:
    """A spec as it is now, and what is found in it."""

    given: _Given
    file: SourceFile
    found: Found
    fixed: int = 0


def _checked(
    given: Sequence[_Given], as_of: float | None, mending: Mending, cache: FindingsCache | None, told: Progress | None
) -> Iterator[_One]:
    if mending.safe or mending.unsafe:
        yield from (_mended(one, as_of, mending) for one in given)
        return
    specs = [(one.spec.world, one.spec.file) for one in given]
    known = [cache.known(*spec, as_of) if cache is not None else None for spec in specs]
    missing = [spec for spec, found in zip(specs, known, strict=True) if found is None]
    anew = fresh(missing, as_of, cache)
    done = 0
    for one, found in zip(given, known, strict=True):
        if found is None:
            if told is not None:
                told("checking", done, len(missing))
            found, done = next(anew), done + 1
        yield _One(one, one.spec.file, found)


def _mended(given: _Given, as_of: float | None, mending: Mending) -> _One:
    found = Found((), ())

    def check(file: SourceFile) -> tuple[Diagnostic, ...]:
        nonlocal found
        found = check_one(given.spec.world, file, as_of)
        return tuple(filter(given.judgement.selection.takes, found.findings))

    mended = mend(given.spec.file, check, mending.unsafe)
    return _One(given, mended.file, replace(found, findings=mended.findings), mended.fixed)


def _specs(paths: Sequence[str], stdin_name: str | None) -> tuple[list[tuple[str, Opened]], tuple[str, ...]]:
    if STDIN in paths or (stdin_name is not None and not paths):
        if len(paths) > 1:
            raise UsageError("`-` stands alone: there is one standard input")
        return [("", _stdin(stdin_name or "stdin.tco"))], ()
    if stdin_name is not None:
        raise UsageError("--stdin-filename goes with `-`")
    # All are opened before the first is checked, so that one which is missing is not found out at the end.
    return opened_each(spec_files(paths or ["."]))


def _stdin(name: str) -> Opened:
    limits = limits_in_force()
    root = root_of(name)
    text = stdin_text(limits)
    return Opened(World(root, limits), SourceFile(Path(os.path.relpath(name, root)).as_posix(), text))


def _project(files: list[str]) -> str:
    folders = [Path(file).parent.as_posix() for file in files]
    try:
        return Path(os.path.commonpath(folders)).as_posix()
    except ValueError:
        return "."
