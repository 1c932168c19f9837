"""What was found in a spec when it, and all it was checked with, had the contents it has now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.world import Reading, World, rules_directory, standard_directory
from tcolang.cli.cache.edition import edition
from tcolang.cli.cache.encoding import Encoder, decoded_findings, decoded_problem, encoded_problem
from tcolang.cli.cache.folder import Folder, cache_home


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


@record
class Found:
    """What a check found; `allowed` is what is meant."""

    findings: tuple[Diagnostic, ...]
    allowed: tuple[Diagnostic, ...]


def findings_cache(environment: Mapping[str, str]) -> FindingsCache | None:
    """None where nothing is to be kept."""
    home = cache_home(environment)
    return FindingsCache(Folder(home, edition())) if home is not None else None


class FindingsCache:
    """One entry a spec: the findings, with digests of the spec and of every file that was read for it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: dict[str, Problem] = {}
        self.readings: dict[tuple[World, str], Reading] = {}

    @property
    def trouble(self) -> str:
        """Why nothing could be kept; '' where all could."""
        error = self.folder.error
        return "" if error is None else (error.strerror or "it cannot be written").lower()

    def known(self, world: World, file: SourceFile, as_of: float | None) -> Found | None:
        """None where any of it has changed."""
        entry = self.folder.get(_name(world, file, as_of))
        if entry is None or entry["text"] != _digest(file.text):
            return None
        texts = {file.path: file.text}
        for path, digest in entry["reads"].items():
            reading = self._read(world, path)
            if _digest(reading) != digest:
                return None
            if isinstance(reading, str):
                texts.setdefault(path, reading)
        try:
            files = [SourceFile(path, texts[path] if path in texts else _shipped(path)) for path in entry["files"]]
            return Found(
                decoded_findings(entry["findings"], files, self._problem),
                decoded_findings(entry["allowed"], files, self._problem),
            )
        except KeyError:
            return None

    def keep(self, world: Watched, file: SourceFile, as_of: float | None, found: Found) -> None:
        """`world` has seen what was read beside the spec itself."""
        encoder = Encoder()
        findings, allowed = encoder.findings(found.findings), encoder.findings(found.allowed)
        for code, problem in encoder.problems.items():
            if code not in self.problems:
                self.problems[code] = problem
                self.folder.put(_digest(code), encoded_problem(problem))
        entry: dict[str, Any] = {
            "text": _digest(file.text),
            "reads": {path: _digest(reading) for path, reading in sorted(world.seen.items())},
            "files": [one.path for one in encoder.files],
            "findings": findings,
            "allowed": allowed,
        }
        self.folder.put(_name(world, file, as_of), entry)

    def _read(self, world: World, path: str) -> Reading:
        """Once in a run: a catalogue that all specs import is read for the first of them."""
        if (world, path) not in self.readings:
            self.readings[world, path] = world.read(path)
        return self.readings[world, path]

    def _problem(self, code: str) -> Problem:
        """Raises `KeyError` where it has been lost."""
        if code not in self.problems:
            data = self.folder.get(_digest(code))
            if data is None:
                raise KeyError(code)
            self.problems[code] = decoded_problem(data)
        return self.problems[code]


def _name(world: World, file: SourceFile, as_of: float | None) -> str:
    limits: Sequence[int] = [getattr(world.limits, name) for name in world.limits.__match_args__]
    return _digest("\0".join((os.fspath(world.root), file.path, repr(as_of), repr(limits))))


def _digest(reading: Reading) -> str:
    """Of a text, or of why there is none."""
    told = f"text {reading}" if isinstance(reading, str) else f"none {reading.reason} {reading.sentence}"
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _shipped(path: str) -> str:
    """The text of a file that ships with the tool, which is the one it was in this edition of it."""
    folder, _, name = path.partition("/")
    place = {"std": standard_directory, "rules": rules_directory}[folder]() / name
    return place.read_text("utf-8-sig")
