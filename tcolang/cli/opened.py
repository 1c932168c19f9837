"""What commands have in common: the spec they are given, its project, and how findings are shown."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.display import one_line
from tcolang.base.limits import Limits, LimitsError, from_environment
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.suggest import did_you_mean
from tcolang.base.world import Unread, World
from tcolang.cli.cache.world import project_world
from tcolang.cli.command import UsageError

MARKER = "tcolang.toml"
"""A file of this name marks the folder from which imports are looked up."""


@record
class Opened:
    world: World
    file: SourceFile


class UnreadableError(UsageError):
    """A spec that is there and cannot be read: no reason to keep silent about the others."""


def opened_each(paths: Iterable[str]) -> tuple[list[tuple[str, Opened]], tuple[str, ...]]:
    """The specs by path, and a sentence for each that is there and cannot be read. Raises `UsageError` where one is
    missing, before anything is done with the others, and where none can be read."""
    specs: list[tuple[str, Opened]] = []
    unread: list[str] = []
    for path in paths:
        try:
            specs.append((path, opened(path)))
        except UnreadableError as error:
            unread.append(str(error))
    if unread and not specs:
        raise UsageError("; ".join(unread))
    return specs, tuple(unread)


def complain_of(unread: Iterable[str]) -> None:
    """On standard error."""
    for sentence in unread:
        print(f"error: {sentence}", file=sys.stderr)


def opened(path: str) -> Opened:
    """The spec and its project: the nearest folder above it with a tcolang.toml, or its own. Raises `UsageError`, which
    is an `UnreadableError` where the spec is there."""
    limits = limits_in_force()
    place = Path(path)
    root = root_of(path)
    world = project_world(root, limits, os.environ)
    try:
        name = Path(os.path.abspath(place)).relative_to(root).as_posix()  # noqa: PTH100
    except ValueError:
        name = place.name
    reading = world.read(name)
    if isinstance(reading, Unread):
        refusal = UsageError if reading.reason in ("missing", "directory") else UnreadableError
        raise refusal(f"cannot read {one_line(path)}: {reading.sentence}{_remedy(place, reading)}")
    return Opened(world, SourceFile(name, reading))


def _remedy(place: Path, reading: Unread) -> str:
    """A spec of the folder that may be meant."""
    folder = place if reading.reason == "directory" else place.parent
    if reading.reason not in ("missing", "directory") or not folder.is_dir():
        return ""
    if place.is_symlink() and reading.reason == "missing":
        return f"; the link leads to {one_line(str(place.readlink()))}"
    specs = sorted(one_line(path.name) for path in islice(folder.iterdir(), 1000) if path.suffix == ".tco")
    if reading.reason == "directory":
        return f"; name a spec in it: {', '.join(specs[:3])}" if specs else "; it holds no specs"
    hint = did_you_mean(place.name, specs)
    return f"; {hint}" if hint else ""


def root_of(path: str) -> Path:
    """The folder of the project that a spec belongs to."""
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 (resolve would follow a link to the spec)
    return next((f for f in (folder, *folder.parents) if (f / MARKER).is_file()), folder)


def limits_in_force() -> Limits:
    try:
        return from_environment(os.environ)
    except LimitsError as error:
        raise UsageError(str(error)) from None


def stdin_text(limits: Limits) -> str:
    """Raises `UsageError` where it is too long or no text."""
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise UsageError(f"standard input is larger than the limit of {limits.file_bytes:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("standard input is not UTF-8") from None


def show(findings: Iterable[Diagnostic], spec: Opened | None = None) -> None:
    """On standard error, in full; with places of the spec's project as they are seen from where the command runs."""
    from tcolang.base.frame import listing
    from tcolang.cli.shown import Shown

    shown = tuple(findings if spec is None else map(Shown(spec.world.root).diagnostic, findings))
    if shown:
        sys.stderr.write(listing(shown).rstrip("\n") + "\n")


def add_sampling(parser: ArgumentParser, samples: int = 10_000) -> None:
    """The arguments of commands that evaluate; `samples` is how many futures they draw unless told."""
    how_many = f"futures to draw (default {samples})"
    parser.add_argument("--samples", type=whole, default=samples, metavar="N", help=how_many)
    parser.add_argument("--seed", type=whole, default=1, metavar="N", help="of the random draws (default 1)")


def whole(text: str) -> int:
    """A whole number above zero, in ASCII digits."""
    digits = text.replace("_", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18 and int(digits) > 0):
        raise ArgumentTypeError(f"a whole number above zero is needed, of 18 digits at most, not {text!r}")
    return int(digits)
