"""A command of `tco`: the one value that a file in `cli/commands/` declares."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from tcolang.base.record import record


@record
class Command:
    """`break-even` lies in `commands/break_even.py`; a name that is a Python keyword has `_` after it (`import_.py`).

    `configure` adds arguments and imports nothing heavy, since `tco --help` loads every command.
    `run` returns the exit code: 0 fine, 1 findings, 2 usage, configuration or file error.
    """

    name: str
    summary: str
    configure: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
    example: str


class UsageError(Exception):
    """Raised by `run` for arguments that parse but make no sense together: shown with the usage, exit code 2."""
