"""The model of many formulas: the engine beside hand-written numpy and C, and beside peers at as many futures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.model import GROWTH, squiggle_source
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.timing import Taken, TaskError, Worker, in_turn

GROUP = "Evaluation"
FORMULAS, MONTHS = 200, 60
NUMPY, FAST = "engine", "engine with [fast]"


@dataclass(frozen=True, slots=True)
class _Peer:
    """`samples` is how many futures it is asked for, in full and quickly; `close` how near its result has to be to the
    engine's, relatively; `goals` how many times as long it should take as the engine, and as the engine with `fast`."""

    name: str
    what: str
    worker: str
    samples: tuple[int, int]
    close: float = 1e-9
    goals: tuple[float | None, float | None] = (4.0, 30.0)


_PEERS = (
    _Peer("@quri/squiggle-lang", "squiggle-lang", "squiggle", (1_000, 50), goals=(100.0, 1000.0)),
    _Peer("squigglepy", "squigglepy, on arrays", "peer_squigglepy", (10_000, 1_000), close=0.02),
    _Peer("pint", "pint around numpy", "peer_pint", (10_000, 1_000)),
    # It computes in 32 bits.
    _Peer("openfisca-core", "openfisca-core", "peer_openfisca", (10_000, 1_000), close=1e-4),
    _Peer("formulas", "`formulas`, Excel in Python", "peer_formulas", (40, 4)),
)


def measure(bench: Bench) -> list[Row]:
    rows = _limits(bench)
    for peer in _PEERS:
        rows += _beside(bench, peer)
    return rows


# Hand-written


def _limits(bench: Bench) -> list[Row]:
    samples = bench.size(100_000, 5_000)
    size = f"{FORMULAS} formulas × {MONTHS} months × {samples:,} futures"
    run = _Run(bench, bench.size(30, 5))
    run.start(NUMPY, 0.0, lambda: bench.worker("engine", "numpy", FORMULAS, MONTHS, samples, run.draws))
    run.start(FAST, 1e-9, lambda: _fast(bench, samples, run))
    run.start("numpy by hand", 1e-9, lambda: bench.worker("hand_numpy", FORMULAS, MONTHS, run.draws))
    run.start("C by hand", 1e-9, lambda: bench.worker("hand_c", FORMULAS, MONTHS, run.draws))
    rows = [
        run.row("evaluation numpy", f"{size}: the engine", NUMPY, "numpy by hand", "× chunked numpy by hand", 1.15),
        run.row("evaluation fast", f"{size}: with `[fast]`", FAST, "C by hand", "× C by hand, one core", 1.25),
    ]
    rows.append(_compiling(run))
    rows.append(run.row("evaluation hand", f"{size}: numpy by hand", "numpy by hand", "C by hand", "× C by hand", None))
    run.stop()
    return rows


def _fast(bench: Bench, samples: int, run: _Run) -> Worker:
    if "fast" not in bench.environment.extras:
        raise TaskError("the project has no extra `fast`")
    return bench.worker("engine", "fast", FORMULAS, MONTHS, samples, run.draws.with_name("again.npy"))


def _compiling(run: _Run) -> Row:
    """The first evaluation in a process takes as much longer as compiling does."""
    key, what = "evaluation compiling", f"{FORMULAS} formulas: compiling them, with `[fast]`"
    if FAST in run.failed:
        return absent(key, GROUP, what, run.failed[FAST], 0.15)
    first = run.workers[FAST].told["first"]
    others = [first - each.processor for each in run.taken[FAST]]
    return measured(key, GROUP, what, others, "s more for the first evaluation", 0.15)


# Peers


def _beside(bench: Bench, peer: _Peer) -> list[Row]:
    samples = bench.size(*peer.samples)
    run = _Run(bench, bench.size(12, 5))
    run.start(NUMPY, 0.0, lambda: bench.worker("engine", "numpy", FORMULAS, MONTHS, samples, run.draws))
    run.start(FAST, 1e-9, lambda: _fast(bench, samples, run))
    run.start(peer.name, peer.close, lambda: _peer(bench, peer, run))
    rows = []
    for engine, goal, of in ((NUMPY, peer.goals[0], "engine"), (FAST, peer.goals[1], "engine with `[fast]`")):
        what = f"{peer.what}, {samples:,} futures"
        rows.append(run.row(f"peer {peer.name} / {engine}", what, peer.name, engine, f"× the {of}", goal, more=True))
    run.stop()
    return rows


def _peer(bench: Bench, peer: _Peer, run: _Run) -> Worker:
    missing = bench.environment.missing.get(peer.name)
    if missing:
        raise TaskError(f"not installed: {missing}")
    if peer.worker != "squiggle":
        return bench.worker(peer.worker, FORMULAS, MONTHS, run.draws)
    source, draws = run.draws.with_name("model.squiggle"), run.draws.with_name("draws.json")
    source.write_text(squiggle_source(FORMULAS), encoding="utf-8")
    draws.write_text(json.dumps(run.workers[NUMPY].told["draws"]), encoding="utf-8")
    node = shutil.which("node") or "node"
    script = Path(__file__).parents[1] / "workers/peer_squiggle.mjs"
    words = [node, script, bench.environment.node, source, draws, str(MONTHS), str(GROWTH)]
    return Worker(words, bench.environment.variables)


class _Run:
    """Workers on one set of draws, which the first of them, the engine, makes; their times, and whether they agree."""

    def __init__(self, bench: Bench, seconds: float) -> None:
        self.seconds = seconds
        self.bench = bench
        self.draws = bench.scratch / "draws.npy"
        self.workers: dict[str, Worker] = {}
        self.failed: dict[str, str] = {}
        self.close: dict[str, float] = {}
        self.results: dict[str, float] = {}
        self.taken: dict[str, list[Taken]] = {}

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
            return absent(key, GROUP, what, why, goal, more=more)
        seconds = sorted(each.processor for each in self.taken[one])[len(self.taken[one]) // 2]
        values = ratios(self.taken[one], self.taken[other])
        return measured(key, GROUP, what, values, unit, goal, more=more, note=f"{seconds:.3g} s")

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
            self._agree(name, result)
            return taken

        return task

    def _agree(self, name: str, result: Any) -> None:
        self.results[name] = result
        expected = self.results[NUMPY]
        if not isinstance(result, float) or not isclose(result, expected, rel_tol=max(self.close[name], 1e-12)):
            raise TaskError(f"the result is {result}, and the engine's is {expected}")
