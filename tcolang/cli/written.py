"""Writing a file so that nobody ever sees half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress


def write_text(path: str, text: str) -> None:
    """Puts a text into a file, in place of what was there, with the same permissions; a link is followed.

    The text is written beside it and then renamed, so that the old one stays whatever goes wrong. Raises `OSError`.
    """
    try:
        _write(os.path.realpath(path), text)
    except OSError as error:
        # Under the name that was asked for, not that of the temporary file.
        raise OSError(error.errno, error.strerror or str(error), path) from None


def _write(target: str, text: str) -> None:
    if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110, PTH113
        # A device or pipe is written to; put in its place, a file would take it away from everybody else.
        with open(target, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123
            stream.write(text)
        return
    folder, name = os.path.split(target)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{name[:40]}.", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(target))  # noqa: PTH101
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _mode(path: str) -> int:
    """That of the file; for a new one what the process gives to new files."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)  # noqa: PTH116
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
