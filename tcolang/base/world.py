"""The one way to the disk: texts inside a project's root, and the folders that ship with the tool."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias

from tcolang.base.limits import Limits
from tcolang.base.record import field, record

Reason: TypeAlias = Literal["missing", "directory", "irregular", "outside", "too_large", "not_text", "unreadable"]


@record
class Unread:
    """Why a file gave no text. `sentence` is for the reader, without its path."""

    reason: Reason
    sentence: str


Reading: TypeAlias = str | Unread


@record
class World:
    """`root` is the project's folder: nothing outside of it is read, whatever its links say."""

    keeps: ClassVar[bool] = False
    """Whether anything is kept from one run to the next."""

    root: Path
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.resolve())

    def kept(self, name: str) -> Any:
        """What an earlier run has put away under a name; None where there is nothing."""
        return None

    def keep(self, name: str, data: Any) -> None:
        """Puts data away, as JSON has it, for later runs."""

    def read(self, relative: str) -> Reading:
        """The text of a file under the root, or why there is none; never raises. A byte-order mark is dropped."""
        try:
            # Every component is resolved: a folder that is a link leads out as well as a file that is one.
            path = Path(os.path.realpath(self.root / relative))
            if not path.is_relative_to(self.root):
                return Unread("outside", "it lies outside of the project, or is a link that leads out of it")
            content = _content(path, self.limits.file_bytes)
        except FileNotFoundError:
            return Unread("missing", "there is no such file")
        except NotADirectoryError:
            return Unread("missing", "there is no such file: a part of its path is not a folder")
        except (OSError, ValueError) as error:
            return Unread("unreadable", f"it cannot be read: {_words(error)}")
        return content if isinstance(content, Unread) else decoded(content)


def decoded(content: bytes) -> Reading:
    """The text of a file's bytes, or why they are none. A byte-order mark is dropped."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unread("not_text", "it is UTF-16: save it as UTF-8")
    zero = content.find(b"\0")
    if zero >= 0:
        return Unread("not_text", f"it is not a text: line {_line(content, zero)} has a zero byte")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind the byte-order mark, which has no newline in it.
        shift = 3 if content.startswith(b"\xef\xbb\xbf") else 0
        at = error.start + shift
        sentence = f"it is not UTF-8: the byte 0x{content[at]:02x} in line {_line(content, at)} belongs to no character"
        return Unread("not_text", sentence)


def standard_directory() -> Path:
    """Where the standard kinds are."""
    return _shipped("std", "specs/std")


def rules_directory() -> Path:
    """Where the rule packs that ship with the tool are."""
    return _shipped("rules", "rules")


def schemas_directory() -> Path:
    """Where the JSON Schemas are."""
    return _shipped("schemas", "specs/schemas")


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    package = Path(__file__).resolve().parent.parent
    places = (package / "_shipped" / in_wheel, package.parent / in_checkout)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation is incomplete: neither {places[0]} nor {places[1]} is there")


def _content(path: Path, limit: int) -> bytes | Unread:
    # Looked at before opening, since opening a device can do something; and after, since it may have been replaced.
    before = _irregular(path.lstat().st_mode)
    if before is not None:
        return before
    # Without O_NONBLOCK a pipe that took the place of the file would be waited for.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb", buffering=0) as stream:
        after = _irregular(os.fstat(stream.fileno()).st_mode)
        return after if after is not None else _at_most(stream.fileno(), limit)


def _irregular(mode: int) -> Unread | None:
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return Unread("directory", "it is a folder, not a file")
    return Unread("irregular", "it is not a regular file but a pipe, a socket, a device or a circle of links")


def _at_most(descriptor: int, limit: int) -> bytes | Unread:
    """Stops one byte above the limit, so that a file which grows while it is read costs no more."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    if left == 0:
        return Unread("too_large", f"it is larger than the limit of {limit:,} bytes (TCO_LIMIT_FILE_BYTES)")
    return b"".join(parts)


def _line(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _words(error: OSError | ValueError) -> str:
    """Without the path, which the caller shows as the user wrote it."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "its name is not one that a file can have"
