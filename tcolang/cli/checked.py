"""Checks many specs, mends them where that is asked for, and shows what is found in terms of where the command runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.cache.findings import FindingsCache, Found, Watched
from tcolang.cli.command import UsageError
from tcolang.cli.fixes import mend
from tcolang.cli.judged import Judgement, plainly
from tcolang.cli.opened import Opened, limits_in_force, opened, root_of, stdin_text
from tcolang.cli.paths import spec_files
from tcolang.cli.selection import Selection
from tcolang.cli.shown import Shown

STDIN = "-"


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
    are meant. Findings are those that are asked for, each with how it is judged: once for each spec it was found by."""

    findings: Mapping[Diagnostic, tuple[Judgement, ...]]
    specs: tuple[Spec, ...]
    allowed: int
    project: str

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
) -> Checked:
    """The specs that are named, those of folders, or standard input; `judged` says how those of a folder are judged.
    Nothing is written but what `cache` keeps. Raises `UsageError` where there are none."""
    mending = mending or Mending()
    findings: dict[Diagnostic, tuple[Judgement, ...]] = {}
    specs: list[Spec] = []
    allowed: dict[Diagnostic, None] = {}
    for path, spec in _specs(paths, stdin_name):
        shown = Shown(spec.world.root)
        judgement = judged(spec.world.root / Path(spec.file.path).parent)
        one = _One(spec.world, judgement.selection, as_of, cache)
        file = spec.file
        if mending.safe or mending.unsafe:
            mended = mend(file, one.check, mending.unsafe)
            file, found, fixed = mended.file, mended.findings, mended.fixed
        else:
            found, fixed = one.check(file), 0
        for finding in map(shown.diagnostic, found):
            findings[finding] = (*findings.get(finding, ()), judgement)
        allowed |= dict.fromkeys(map(shown.diagnostic, one.allowed))
        specs.append(Spec(path, shown.path(file.path), spec.file.text, file.text, fixed))
    return Checked(findings, tuple(specs), len(allowed), _project([spec.shown for spec in specs]))


class _One:
    """Checks one spec, perhaps several times; `allowed` is what was meant at the last time."""

    def __init__(self, world: World, selection: Selection, as_of: float | None, cache: FindingsCache | None) -> None:
        self.world = world
        self.selection = selection
        self.as_of = as_of
        self.cache = cache
        self.allowed: tuple[Diagnostic, ...] = ()

    def check(self, file: SourceFile) -> tuple[Diagnostic, ...]:
        found = self.cache.known(self.world, file, self.as_of) if self.cache is not None else None
        if found is None:
            world = Watched(self.world.root, self.world.limits, {})
            found = _checked(world, file, self.as_of)
            if self.cache is not None:
                self.cache.keep(world, file, self.as_of, found)
        self.allowed = found.allowed
        return tuple(filter(self.selection.takes, found.findings))


def _checked(world: World, file: SourceFile, as_of: float | None) -> Found:
    # All that checks is loaded for the first spec that has to be.
    from tcolang.pipeline import check

    outcome = check(world, file, lint=True, as_of=as_of)
    return Found(outcome.diagnostics, tuple(diagnostic for diagnostic, _ in outcome.value.allowed))


def _specs(paths: Sequence[str], stdin_name: str | None) -> Iterable[tuple[str, Opened]]:
    if STDIN in paths or (stdin_name is not None and not paths):
        if len(paths) > 1:
            raise UsageError("`-` stands alone: there is one standard input")
        return [("", _stdin(stdin_name or "stdin.tco"))]
    if stdin_name is not None:
        raise UsageError("--stdin-filename goes with `-`")
    # All are opened before the first is checked, so that one which is missing is not found out at the end.
    return [(path, opened(path)) for path in spec_files(paths or ["."])]


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
