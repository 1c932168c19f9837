"""What the findings of a check depend on beside the project: this very version of the tool."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tcolang.base.digest import sha256
from tcolang.base.world import rules_directory, standard_directory
from tcolang.version import __version__


def edition() -> str:
    """Another one where a file of the tool, of the standard kinds or of the packs is not the one it was.

    Files are told by their size and the time of their last change, since reading all of them takes longer than a check.
    """
    package = Path(__file__).resolve().parents[2]
    facts = [__version__, sys.version]
    for folder in (package, standard_directory(), rules_directory()):
        facts += _files(os.fspath(folder))
    return sha256("\0".join(facts).encode("utf-8", "backslashreplace"))[:32]


def _files(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"
