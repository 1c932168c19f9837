"""A progress bar for long work: on standard error, and only where that is a screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcolang.pipeline import Progress

PATIENCE = 0.5
"""Seconds before a bar appears: what is done sooner needs none."""


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A function to be told what is being done; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    started = monotonic()
    bar = None
    task = None

    def told(what: str, done: int, of: int) -> None:
        nonlocal bar, task
        if bar is None and monotonic() - started > PATIENCE:
            bar = _bar()
            bar.start()
        if bar is not None:
            if task is None:
                task = bar.add_task(what, total=of)
            bar.update(task, description=what, completed=done, total=of)

    try:
        yield told
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import Progress as Bar

    return Bar(console=Console(stderr=True), transient=True)
