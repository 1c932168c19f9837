"""Many files, a long one, and a long formula: `tco check` beside Lark on the same grammar, and beside reading them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks import written
from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.timing import Taken, command, in_turn

GROUP = "Checking files"
CHANGED = 10
_PATIENCE = 150.0


def measure(bench: Bench) -> list[Row]:
    count = bench.size(1_000, 40)
    folder = bench.scratch / "files"
    write_files(folder, count)
    taken, failed = in_turn(_tasks(bench, folder), bench.size(3, 1), bench.size(60, 15), warm=False)
    rows = [
        _row(name, what.format(f"{count:,}"), taken, failed, other, unit, goal, clock)
        for name, what, other, unit, goal, clock in _ROWS
    ]
    return [*rows, *_long(bench)]


def write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"spec{number:05}.tco").write_text(written.spec(number), encoding="utf-8")


def _tasks(bench: Bench, folder: Path) -> dict[str, Callable[[], Taken]]:
    python, variables = bench.environment.python, bench.environment.variables
    check = [bench.environment.program("tco"), "check"]
    version = 0

    def changed() -> Taken:
        nonlocal version
        version += 1
        for number in range(CHANGED):
            text = written.spec(1_000_000 * version + number)
            (folder / f"spec{number:05}.tco").write_text(text, encoding="utf-8")
        return command([*check, folder], variables, patience=_PATIENCE)

    # What is kept of the files is put there first.
    command([*check, folder], variables, patience=_PATIENCE)
    return {
        "lark": partial(command, [python, "-m", "tests.benchmarks.workers.lark_files", folder], variables),
        "read": partial(command, [python, "-m", "tests.benchmarks.workers.read_files", folder], variables),
        "cold": partial(command, [*check, "--no-cache", folder], variables, patience=_PATIENCE),
        "changed": changed,
        "cached": partial(command, [*check, folder], variables),
    }


_ROWS: tuple[tuple[str, str, str, str, float, bool], ...] = (
    ("cold", "{} files of 150 lines, `--no-cache`, all cores", "lark", "× Lark on one core", 0.55, True),
    ("cached", "{} files, all unchanged", "read", "× reading and hashing them", 10.0, False),
    ("changed", f"{{}} files, {CHANGED} changed", "cached", "× all unchanged", 1.5, False),
)


def _row(
    name: str, what: str, taken: dict[str, list[Taken]], failed: dict[str, str], other: str, unit: str, goal: float,
    clock: bool,
) -> Row:  # fmt: skip
    key = f"files {name}"
    why = failed.get(name) or failed.get(other)
    if why:
        return absent(key, GROUP, what, why, goal)
    seconds = sorted(each.clock for each in taken[name])[len(taken[name]) // 2]
    return measured(
        key, GROUP, what, ratios(taken[name], taken[other], clock), unit, goal, note=f"{seconds:.2f} s on the clock"
    )


def _long(bench: Bench) -> list[Row]:
    lines, terms = bench.size(20_000, 2_000), bench.size(10_000, 1_000)
    place = bench.scratch / "long"
    place.mkdir()
    (place / "file.tco").write_text(written.spec(1, lines), encoding="utf-8")
    (place / "formula.tco").write_text(written.long_formula(terms), encoding="utf-8")
    variables, lark = bench.environment.variables, "tests.benchmarks.workers.lark_files"
    tasks: dict[str, Callable[[], Taken]] = {}
    for name in ("file", "formula"):
        file = place / f"{name}.tco"
        tasks[name] = partial(command, [bench.environment.program("tco"), "check", "--no-cache", file], variables)
        tasks[f"{name} lark"] = partial(command, [bench.environment.python, "-m", lark, file], variables)
    taken, failed = in_turn(tasks, bench.size(3, 1), bench.size(20, 5), warm=False)
    rows: list[Row] = []
    for name, what in (("file", f"one file of {lines:,} lines"), ("formula", f"one formula of {terms:,} terms")):
        why = failed.get(name) or failed.get(f"{name} lark")
        if why:
            rows.append(absent(f"files {name}", GROUP, what, why))
            continue
        values = ratios(taken[name], taken[f"{name} lark"])
        seconds = sorted(each.processor for each in taken[name])[len(taken[name]) // 2]
        rows.append(measured(f"files {name}", GROUP, what, values, "× Lark", note=f"{seconds:.2f} s"))
    return rows
