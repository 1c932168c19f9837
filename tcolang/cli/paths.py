"""The files that a command is given: as they are named, or all specs of a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tcolang.base.display import visible
from tcolang.cli.command import UsageError

SUFFIX = ".tco"


def spec_files(paths: Iterable[str]) -> tuple[str, ...]:
    """Each file once, in the order given; those of a folder by name. Raises `UsageError` where one finds nothing.

    A folder is searched for `*.tco` without following links and without its folders that begin with a dot.
    """
    found: dict[str, str] = {}
    for path in paths:
        files = [path] if not Path(path).is_dir() else list(_inside(path))
        if not files:
            raise UsageError(f"no {SUFFIX} file in the folder {visible(path)}")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return tuple(found.values())


def _inside(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = os.path.join(place, name)  # noqa: PTH118 (as the user wrote it)
            if name.endswith(SUFFIX) and not name.startswith(".") and Path(file).is_file():
                yield os.path.normpath(file)


def _refuse(error: OSError) -> None:
    raise UsageError(
        f"cannot read the folder {visible(str(error.filename))}: {(error.strerror or 'unreadable').lower()}"
    ) from None
