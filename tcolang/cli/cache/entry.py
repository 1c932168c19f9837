"""What was found in one spec, as data: what is kept on disk, and what one process tells another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.digest import sha256
from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.world import Reading, World, rules_directory, standard_directory
from tcolang.cli.cache.encoding import Encoder, decoded_findings, encoded_problem

Entry: TypeAlias = dict[str, Any]
"""`text` and `reads` hold digests of the spec and of what was read for it; `files` are those that findings are in."""


@record
class Found:
    """What a check found; `allowed` is what is meant. `as_of` is the date by which all is judged, if there is one."""

    findings: tuple[Diagnostic, ...]
    allowed: tuple[Diagnostic, ...]
    as_of: float | None = None


@record
class Watched(World):
    """A project's folder, and in `seen` what was read of it."""

    root: Path
    limits: Limits
    seen: dict[str, Reading]

    def read(self, relative: str) -> Reading:
        """As `World.read`."""
        self.seen[relative] = World.read(self, relative)
        return self.seen[relative]


class Readings:
    """Files of projects, each read once: a catalogue that all specs import is read for the first of them."""

    def __init__(self) -> None:
        self.known: dict[tuple[World, str], Reading] = {}

    def of(self, world: World) -> Callable[[str], Reading]:
        return partial(self._read, world)

    def _read(self, world: World, path: str) -> Reading:
        if (world, path) not in self.known:
            self.known[world, path] = world.read(path)
        return self.known[world, path]


def entry_of(world: Watched, file: SourceFile, found: Found) -> tuple[Entry, Mapping[str, Any]]:
    """With the problems of its findings, by code."""
    encoder = Encoder()
    findings, allowed = encoder.findings(found.findings), encoder.findings(found.allowed)
    entry = {
        "text": digest(file.text),
        "reads": {path: digest(reading) for path, reading in sorted(world.seen.items())},
        "files": [one.path for one in encoder.files],
        "findings": findings,
        "allowed": allowed,
        "as_of": found.as_of,
    }
    return entry, {code: encoded_problem(problem) for code, problem in encoder.problems.items()}


def found_in(
    entry: Entry, file: SourceFile, read: Callable[[str], Reading], problem: Callable[[str], Problem]
) -> Found | None:
    """None where the spec, or a file that was read for it, is not what it was. Raises what `problem` raises."""
    if entry["text"] != digest(file.text):
        return None
    texts = {file.path: file.text}
    for path, known in entry["reads"].items():
        reading = read(path)
        if digest(reading) != known:
            return None
        if isinstance(reading, str):
            texts.setdefault(path, reading)
    files = [
        SourceFile(path, texts[path]) if path in texts else SourceFile(path, _shipped(path), shipped=True)
        for path in entry["files"]
    ]
    findings, allowed = (decoded_findings(entry[name], files, problem) for name in ("findings", "allowed"))
    return Found(findings, allowed, entry["as_of"])


def digest(reading: Reading) -> str:
    """Of a text, or of why there is none."""
    told = f"text {reading}" if isinstance(reading, str) else f"none {reading.reason} {reading.sentence}"
    return sha256(told.encode("utf-8", "surrogatepass"))


def _shipped(path: str) -> str:
    """The text of a file that ships with the tool, which is the one it was in this edition of it."""
    folder, _, name = path.partition("/")
    place = {"std": standard_directory, "rules": rules_directory}[folder]() / name
    return place.read_text("utf-8-sig")
