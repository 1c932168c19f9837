"""What a decision rests on, and the best assignment of many workloads."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.timing import Taken, TaskError, Worker, in_turn

GROUP = "Sensitivity and optimum"
NEAR = 0.02
"""How near a share of the variance has to be to what it is known to be."""


def measure(bench: Bench) -> list[Row]:
    return [*_knowing(bench), *_optimal(bench)]


def _knowing(bench: Bench) -> list[Row]:
    inputs, samples = 30, bench.size(100_000, 5_000)
    what = f"first-order indices and EVPPI of {inputs} inputs × {samples:,} futures"
    try:
        worker, least = bench.worker("knowing", inputs, samples), bench.worker("knowing", inputs, samples, "least")
    except TaskError as why:
        return [absent("knowing", GROUP, what, str(why), 0.6)]
    tasks = {"knowing": _near(worker), "least": lambda: least.once()[0]}
    taken, failed = in_turn(tasks, bench.size(7, 2), bench.size(20, 5))
    for each in (worker, least):
        each.stop()
    if failed:
        return [absent("knowing", GROUP, what, next(iter(failed.values())), 0.6)]
    times = ratios(taken["knowing"], taken["least"])
    return [
        measured("knowing", GROUP, what, [each.processor for each in taken["knowing"]], "s", 0.6),
        measured("knowing least", GROUP, "the same, beside sorting each input", times, "× sorting"),
    ]


def _near(worker: Worker) -> Callable[[], Taken]:
    def task() -> Taken:
        taken, distance = worker.once()
        if distance > NEAR:
            raise TaskError(f"a share is {distance:.3f} off")
        return taken

    return task


def _optimal(bench: Bench) -> list[Row]:
    rows: list[Row] = []
    for workloads, goal, seconds in ((bench.size(100, 10), 1.0, 20), (bench.size(1_000, 30), 5.0, 30)):
        key = f"optimal {'small' if goal == 1.0 else 'large'}"
        what = f"optimal hybrid of {workloads:,} workloads × 10 deployments, gap 1e-3"
        try:
            worker = bench.worker("optimal", workloads, patience=120.0)
        except TaskError as why:
            rows.append(absent(key, GROUP, what, str(why), goal))
            continue
        taken, failed = in_turn({key: _solved(worker)}, bench.size(3, 1), bench.size(seconds, 5), warm=False)
        worker.stop()
        if failed:
            rows.append(absent(key, GROUP, what, failed[key], goal))
        else:
            rows.append(measured(key, GROUP, what, [each.processor for each in taken[key]], "s", goal))
    return rows


def _solved(worker: Worker) -> Callable[[], Taken]:
    def task() -> Taken:
        taken, found = worker.once()
        if not found["solved"]:
            raise TaskError(f"not solved: {found['method']}, gap {found['gap']:.2g}")
        return taken

    return task
