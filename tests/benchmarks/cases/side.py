"""Programs that do the same side by side."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose
from typing import Any

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.timing import Taken, TaskError, Worker, in_turn


class Side:
    """Workers on one set of draws, which the first of them, the engine, makes; their times, and whether they agree."""

    def __init__(self, bench: Bench, group: str, seconds: float) -> None:
        self.group = group
        self.seconds = seconds
        self.bench = bench
        self.draws = bench.scratch / "draws.npy"
        self.workers: dict[str, Worker] = {}
        self.failed: dict[str, str] = {}
        self.close: dict[str, float] = {}
        self.results: dict[str, float] = {}
        self.taken: dict[str, list[Taken]] = {}
        self.compiling: dict[str, list[float]] = {}

    def start(self, name: str, close: float, worker: Callable[[], Worker]) -> None:
        self.close[name] = close
        try:
            self.workers[name] = worker()
        except TaskError as why:
            self.failed[name] = str(why)

    def row(
        self, key: str, what: str, one: str, other: str, unit: str, goal: float | None, *, more: bool = False
    ) -> Row:
        if not self.results:
            self._measure()
        why = self.failed.get(one) or self.failed.get(other)
        if why:
            return absent(key, self.group, what, why, goal, more=more)
        seconds = sorted(each.processor for each in self.taken[one])[len(self.taken[one]) // 2]
        values = ratios(self.taken[one], self.taken[other])
        return measured(key, self.group, what, values, unit, goal, more=more, note=f"{seconds:.3g} s")

    def stop(self) -> None:
        for worker in self.workers.values():
            worker.stop()

    def _measure(self) -> None:
        tasks = {name: self._task(name, worker) for name, worker in self.workers.items()}
        self.taken, failed = in_turn(tasks, self.bench.size(7, 2), self.seconds)
        self.failed |= failed

    def _task(self, name: str, worker: Worker) -> Callable[[], Taken]:
        def task() -> Taken:
            taken, result = worker.once()
            if isinstance(result, list):
                result, compiling = result
                self.compiling.setdefault(name, []).append(compiling)
                taken = Taken(taken.processor - compiling, taken.clock - compiling, taken.memory)
            self._agree(name, result)
            return taken

        return task

    def _agree(self, name: str, result: Any) -> None:
        self.results[name] = result
        expected = self.results[next(iter(self.workers))]
        if not isinstance(result, float) or not isclose(result, expected, rel_tol=max(self.close[name], 1e-12)):
            raise TaskError(f"the result is {result}, and that of the first is {expected}")
