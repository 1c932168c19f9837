"""Entries on disk: small files outside of any project, each put in place at once and recognised by its digest.

The folder of a project is no place for them: with its specs a stranger could bring findings that nobody ever found.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tcolang.base.digest import sha256

VARIABLE = "TCO_CACHE_DIR"
"""Where entries go; set to nothing, there are none."""
EDITIONS = 3
"""Of the tool, of which entries are kept: while it is being changed each change makes one."""
ENTRIES = 100
"""Of one of 256 folders; beyond that the oldest go."""


def cache_home(environment: Mapping[str, str]) -> Path | None:
    """The folder for all versions of the tool; None where there is to be none, or no place for it."""
    stated = environment.get(VARIABLE)
    if stated is not None:
        return Path(stated).absolute() if stated else None
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local, "tcolang", "cache") if local else None
    base = environment.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # noqa: PTH117 (relative ones are to be ignored, says the XDG specification)
        return Path(base, "tcolang")
    home = environment.get("HOME")
    return Path(home, ".cache", "tcolang") if home else None


class Folder:
    """The entries of one edition of the tool. Whatever is wrong with one, or with the disk, it is as if not there."""

    def __init__(self, home: Path, edition: str) -> None:
        self.home = home
        self.place = home / edition
        self.error: OSError | None = None

    def get(self, name: str) -> Any:
        """The data of an entry; None where there is none that is whole."""
        with suppress(OSError, ValueError):
            digest, _, content = self._path(name).read_bytes().partition(b"\n")
            if digest.decode("ascii") == sha256(content):
                return json.loads(content)
        return None

    def put(self, name: str, data: Any) -> None:
        """Puts data in the place of what was there. `error` says the first thing that went wrong."""
        if self.error is not None:
            return
        content = json.dumps(data, separators=(",", ":")).encode("ascii")
        path = self._path(name)
        # Named after the process: another that writes the same entry at the same time has its own.
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            self._make(path.parent)
            temporary.write_bytes(sha256(content).encode("ascii") + b"\n" + content)
            os.replace(temporary, path)  # noqa: PTH105
        except OSError as error:
            self.error = error
            with suppress(OSError):
                temporary.unlink()

    def _path(self, name: str) -> Path:
        return self.place / name[:2] / f"{name[2:]}.json"

    def _make(self, folder: Path) -> None:
        if not self.place.is_dir():
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            _leave_newest([path for path in self.home.iterdir() if path.is_dir()], EDITIONS)
        folder.mkdir(mode=0o700, exist_ok=True)
        _leave_newest(list(folder.iterdir()), ENTRIES)


def _leave_newest(paths: list[Path], count: int) -> None:
    """Another process may do the same at the same time."""
    if len(paths) <= count:
        return
    dated: list[tuple[float, Path]] = []
    for path in paths:
        with suppress(OSError):
            dated.append((path.stat().st_mtime, path))
    for _, path in sorted(dated)[: max(len(dated) - count, 0)]:
        if path.is_dir():
            import shutil  # which loads three ways to compress

            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
