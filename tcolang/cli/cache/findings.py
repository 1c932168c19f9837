"""What was found in a spec when it, and all it was checked with, had the contents it has now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from tcolang.base.problem import Problem
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.cache.edition import edition
from tcolang.cli.cache.encoding import decoded_problem
from tcolang.cli.cache.entry import Entry, Found, Readings, digest, found_in
from tcolang.cli.cache.folder import Folder, cache_home


def findings_cache(environment: Mapping[str, str]) -> FindingsCache | None:
    """None where nothing is to be kept."""
    home = cache_home(environment)
    return FindingsCache(Folder(home, edition())) if home is not None else None


class FindingsCache:
    """One entry a spec: the findings, with digests of the spec and of every file that was read for it."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: dict[str, Problem] = {}
        self.readings = Readings()

    @property
    def trouble(self) -> str:
        """Why nothing could be kept; '' where all could."""
        error = self.folder.error
        return "" if error is None else (error.strerror or "it cannot be written").lower()

    def known(self, world: World, file: SourceFile, as_of: float | None) -> Found | None:
        """None where any of it has changed."""
        entry = self.folder.get(_name(world, file, as_of))
        if entry is None:
            return None
        try:
            return found_in(entry, file, self.readings.of(world), self._problem)
        except KeyError:
            return None

    def keep(
        self, world: World, file: SourceFile, as_of: float | None, entry: Entry, problems: Mapping[str, Any]
    ) -> None:
        """`problems` are those of the findings, by code."""
        for code, problem in problems.items():
            if code not in self.problems:
                self.problems[code] = decoded_problem(problem)
                self.folder.put(digest(code), problem)
        self.folder.put(_name(world, file, as_of), entry)

    def _problem(self, code: str) -> Problem:
        """Raises `KeyError` where it has been lost."""
        if code not in self.problems:
            data = self.folder.get(digest(code))
            if data is None:
                raise KeyError(code)
            self.problems[code] = decoded_problem(data)
        return self.problems[code]


def _name(world: World, file: SourceFile, as_of: float | None) -> str:
    limits: Sequence[int] = [getattr(world.limits, name) for name in world.limits.__match_args__]
    return digest("\0".join((os.fspath(world.root), file.path, repr(as_of), repr(limits))))
