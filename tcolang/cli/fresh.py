"""Checks specs of which nothing is known: a few here, many on all cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.cache.encoding import decoded_problem
from tcolang.cli.cache.entry import Entry, Found, Readings, Watched, entry_of, found_in
from tcolang.cli.cache.findings import FindingsCache

MANY = 24
"""Specs, from which on it takes less time to start other processes than to do without."""

Task: TypeAlias = tuple[str, tuple[int, ...], str, str, float | None]
"""The root of the project, its limits, path and text of the spec, and the date."""


def fresh(
    specs: Sequence[tuple[World, SourceFile]], as_of: float | None, cache: FindingsCache | None
) -> Iterator[Found]:
    """What is found in each, in order; it is kept."""
    if len(specs) < MANY or _cores() == 1:
        for world, file in specs:
            watched = Watched(world.root, world.limits, {})
            found = check_one(watched, file, as_of)
            if cache is not None:
                cache.keep(world, file, as_of, *entry_of(watched, file, found))
            yield found
        return
    readings = Readings()
    for (world, file), (entry, problems) in zip(specs, _on_all_cores(specs, as_of), strict=True):
        if cache is not None:
            cache.keep(world, file, as_of, entry, problems)
        by_code = {code: decoded_problem(problem) for code, problem in problems.items()}
        told = found_in(entry, file, readings.of(world), by_code.__getitem__)
        # None where somebody wrote to a file in between.
        yield told if told is not None else check_one(world, file, as_of)


def check_one(world: World, file: SourceFile, as_of: float | None) -> Found:
    """Everything that can be found in one spec."""
    # All that checks is loaded for the first spec that has to be.
    from tcolang.pipeline import check

    outcome = check(world, file, lint=True, as_of=as_of, findings_only=True)
    program = outcome.value.program
    today = program.decision.as_of if program is not None and program.decision is not None else as_of
    return Found(outcome.diagnostics, tuple(diagnostic for diagnostic, _ in outcome.value.allowed), today)


def _on_all_cores(
    specs: Sequence[tuple[World, SourceFile]], as_of: float | None
) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    from concurrent.futures import ProcessPoolExecutor

    tasks = [_task(world, file, as_of) for world, file in specs]
    with ProcessPoolExecutor(min(_cores(), len(tasks))) as pool:
        try:
            yield from pool.map(_entry, tasks, chunksize=4)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _task(world: World, file: SourceFile, as_of: float | None) -> Task:
    limits = tuple(getattr(world.limits, name) for name in world.limits.__match_args__)
    return os.fspath(world.root), limits, file.path, file.text, as_of


def _entry(task: Task) -> tuple[Entry, Mapping[str, Any]]:
    root, limits, path, text, as_of = task
    world, file = Watched(Path(root), Limits(*limits), {}), SourceFile(path, text)
    return entry_of(world, file, check_one(world, file, as_of))


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
