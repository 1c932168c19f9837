"""The files of a revision, read as those of a folder are."""

from __future__ import annotations

from pathlib import Path
from posixpath import join, normpath

from tcolang.base.limits import Limits
from tcolang.base.record import record
from tcolang.base.world import Reading, Unread, World, decoded
from tcolang.diff.git import GitError, Repository

_LINKS = 40
_LINK, _FOLDER, _SUBMODULE = "120000", "040000", "160000"


@record
class Revision(World):
    """A project's folder as it is at a commit; nothing outside of it is read.

    `prefix` is its name within the repository: '' or with a `/` at its end.
    """

    root: Path
    limits: Limits
    repository: Repository
    commit: str
    prefix: str

    def read(self, relative: str) -> Reading:
        """As `World.read`."""
        try:
            return self._read(normpath(join(self.prefix, relative)), 0)
        except GitError as error:
            return Unread("unreadable", f"it cannot be read: {error}")

    def _read(self, path: str, links: int) -> Reading:
        if links > _LINKS:
            return Unread("irregular", "it is a circle of links")
        if "\0" in path:
            return Unread("unreadable", "it cannot be read: its name is not one that a file can have")
        if path.startswith(("/", "../")) or not path.startswith(self.prefix):
            return Unread("outside", "it lies outside of the project, or is a link that leads out of it")
        parts = path.split("/")
        for count in range(len(parts), 0, -1):
            here = "/".join(parts[:count])
            entry = next(self.repository.entries(self.commit, here), None)
            if entry is None:
                continue
            mode, identity, _ = entry
            if mode == _LINK:
                target = self.repository.content(identity).decode("utf-8", "replace")
                return self._read(normpath(join(here, "..", target, *parts[count:])), links + 1)
            if count < len(parts):
                break
            return self._file(mode, identity)
        return Unread("missing", "there is no such file")

    def _file(self, mode: str, identity: str) -> Reading:
        if mode == _FOLDER:
            return Unread("directory", "it is a folder, not a file")
        if mode == _SUBMODULE:
            return Unread("directory", "it is a submodule, not a file")
        limit = self.limits.file_bytes
        if self.repository.size(identity) > limit:
            return Unread("too_large", f"it is larger than the limit of {limit:,} bytes (TCO_LIMIT_FILE_BYTES)")
        return decoded(self.repository.content(identity))


def revision(repository: Repository, commit: str, prefix: str, limits: Limits) -> Revision:
    return Revision(repository.top, limits, repository, commit, prefix)
