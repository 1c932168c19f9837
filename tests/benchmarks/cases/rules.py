"""A decision by twenty rules, with the record of each, beside rule engines on the same rules and facts."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.rulebook import CASES, FIELDS, RULES, answers
from tests.benchmarks.timing import Taken, TaskError, Worker, in_turn

GROUP = "Rules"
_ENGINES = {
    "tco": ("tco", f"{RULES} rules judged, with the full record"),
    "zen": ("zen-engine", "zen-engine, with trace"),
    "tco_written": ("tco", f"{RULES} rules judged, and the record written out as JSON, with every reason"),
    "zen_written": ("zen-engine", "zen-engine, and its trace as JSON"),
    "rule_engine": ("rule-engine", "rule-engine, no record"),
    "regopy": ("regopy", "regopy, no record"),
}


FAULTS = [["TCO553", "inside"], ["TCO551", "never"]]
"""What was planted in the pack that is looked at."""


def measure(bench: Bench) -> list[Row]:
    return [*_judged(bench), _linted(bench)]


def _linted(bench: Bench) -> Row:
    what = f"static checks of a pack of {RULES} rules over {FIELDS} facts"
    try:
        worker = bench.worker("linted")
    except TaskError as why:
        return absent("rules linted", GROUP, what, str(why), 0.5)
    taken, failed = in_turn({"linted": lambda: _faults(worker)}, bench.size(9, 2), bench.size(20, 5))
    worker.stop()
    if failed:
        return absent("rules linted", GROUP, what, failed["linted"], 0.5)
    return measured("rules linted", GROUP, what, [one.processor for one in taken["linted"]], "s", 0.5)


def _faults(worker: Worker) -> Taken:
    taken, found = worker.once()
    if [one for one in found if one in FAULTS] != FAULTS:
        raise TaskError("the faults that were planted are not found")
    return taken


def _judged(bench: Bench) -> list[Row]:
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
    rows.append(_ratio("rules ahead", "zen-engine with trace, in ratio to ours", "", taken, failed, 1.0))
    rows.append(_ratio("rules written", "the same, both written out as JSON", "_written", taken, failed, None))
    return rows


def _ratio(
    key: str, what: str, end: str, taken: dict[str, list[Taken]], failed: dict[str, str], goal: float | None
) -> Row:
    theirs, ours = f"zen{end}", f"tco{end}"
    why = failed.get(theirs) or failed.get(ours)
    if why:
        return absent(key, GROUP, what, why, goal, more=True)
    return measured(key, GROUP, what, ratios(taken[theirs], taken[ours]), "× ours", goal, more=True)
