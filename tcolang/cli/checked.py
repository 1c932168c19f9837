"""Checks many specs, and shows what is found in terms of the folder in which the command runs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.command import UsageError
from tcolang.cli.opened import Opened, limits_in_force, opened, root_of, stdin_text
from tcolang.cli.paths import spec_files
from tcolang.cli.shown import Shown
from tcolang.pipeline import check

STDIN = "-"


@record
class Checked:
    """`project` is the folder that holds all files, seen from where the command runs."""

    findings: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    project: str


def check_all(paths: Sequence[str], stdin_name: str | None) -> Checked:
    """The specs that are named, those of folders, or standard input. Raises `UsageError` where there are none."""
    findings: list[Diagnostic] = []
    files: list[str] = []
    for spec in _specs(paths, stdin_name):
        shown = Shown(spec.world.root)
        files.append(shown.path(spec.file.path))
        findings += map(shown.diagnostic, check(spec.world, spec.file).diagnostics)
    return Checked(tuple(findings), tuple(files), _project(files))


def _specs(paths: Sequence[str], stdin_name: str | None) -> Iterable[Opened]:
    if STDIN in paths or (stdin_name is not None and not paths):
        if len(paths) > 1:
            raise UsageError("`-` stands alone: there is one standard input")
        return [_stdin(stdin_name or "stdin.tco")]
    if stdin_name is not None:
        raise UsageError("--stdin-filename goes with `-`")
    # All are opened before the first is checked, so that one which is missing is not found out at the end.
    return [opened(path) for path in spec_files(paths or ["."])]


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
