"""A decision by twenty rules, with the record of each, beside rule engines on the same rules and facts."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.rulebook import CASES, RULES, answers
from tests.benchmarks.timing import Taken, TaskError, Worker, in_turn

GROUP = "Rules"
_ENGINES = {
    "tco": ("tco", f"{RULES} rules judged, with the full record"),
    "zen": ("zen-engine", "zen-engine, with trace"),
    "rule_engine": ("rule-engine", "rule-engine, no record"),
    "regopy": ("regopy", "regopy, no record"),
}


def measure(bench: Bench) -> list[Row]:
    workers: dict[str, Worker] = {}
    failed: dict[str, str] = {}
    for name, (package, _) in _ENGINES.items():
        missing = bench.environment.missing.get(package)
        try:
            if missing:
                raise TaskError(f"not installed: {missing}")
            workers[name] = bench.worker("rules", name)
        except TaskError as why:
            failed[name] = str(why)
    tasks = {name: _task(worker) for name, worker in workers.items()}
    taken, later = in_turn(tasks, bench.size(9, 2), bench.size(20, 5))
    for worker in workers.values():
        worker.stop()
    return list(_rows(bench, workers, taken, {**failed, **later}))


def _task(worker: Worker) -> Callable[[], Taken]:
    expected = [answers(case) for case in range(CASES)]

    def task() -> Taken:
        taken, result = worker.once()
        if result != expected:
            raise TaskError("other rules hold than should")
        return taken

    return task


def _rows(bench: Bench, workers: dict[str, Worker], taken: dict[str, list[Taken]], failed: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    for name, (_, what) in _ENGINES.items():
        goal = 20.0 if name == "tco" else None
        if name in failed:
            rows.append(absent(f"rules {name}", GROUP, what, failed[name], goal))
            continue
        times = workers[name].told["decisions"]
        each = [one.processor / times * 1e6 for one in taken[name]]
        rows.append(measured(f"rules {name}", GROUP, what, each, "µs a decision", goal))
    key, what = "rules ahead", "zen-engine with trace, in ratio to ours"
    why = failed.get("zen") or failed.get("tco")
    if why:
        return [*rows, absent(key, GROUP, what, why, 1.0, more=True)]
    values = ratios(taken["zen"], taken["tco"])
    return [*rows, measured(key, GROUP, what, values, "× ours", 1.0, more=True)]
