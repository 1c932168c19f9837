"""Whole commands beside `python -c pass` and beside tools that check files of the same length."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from shutil import rmtree

from tests.benchmarks import written
from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.rows import Row, absent, measured, ratios
from tests.benchmarks.timing import Taken, command, in_turn

GROUP = "Start-up"
PASS = "× python -c pass"
SUPPORT = "examples/support-assistant/support.tco"


def measure(bench: Bench) -> list[Row]:
    taken, failed = in_turn(_tasks(bench), bench.size(15, 3), bench.size(40, 15))
    return _rows(taken, failed, dict(bench.environment.missing))


def _tasks(bench: Bench) -> dict[str, Callable[[], Taken]]:
    files = {"tco": written.spec(1), "yaml": written.yaml(1), "py": written.python(1), "sql": written.sql(1)}
    place = bench.scratch / "startup"
    place.mkdir()
    for suffix, text in files.items():
        (place / f"figures.{suffix}").write_text(text, encoding="utf-8")
    program, variables = bench.environment.program, bench.environment.variables
    black = {**variables, "BLACK_CACHE_DIR": str(place / "black")}

    def black_anew() -> Taken:
        rmtree(place / "black", ignore_errors=True)
        return command([program("black"), "--check", "--quiet", place / "figures.py"], black)

    tasks: dict[str, Callable[[], Taken]] = {
        "python -c pass": partial(command, [bench.environment.python, "-c", "pass"], variables),
        "tco --version": partial(command, [program("tco"), "--version"], variables),
        "tco check, cached": partial(command, [program("tco"), "check", place / "figures.tco"], variables),
        "tco check, not cached": partial(
            command, [program("tco"), "check", "--no-cache", place / "figures.tco"], variables
        ),
        "tco report": partial(command, [program("tco"), "report", SUPPORT], variables),
        "yamllint": partial(command, [program("yamllint"), place / "figures.yaml"], variables),
        "black": black_anew,
        "sqlfluff": partial(
            command, [program("sqlfluff"), "lint", "--dialect", "ansi", place / "figures.sql"], variables
        ),
        "ruff": partial(
            command, [program("ruff"), "check", "--isolated", "--no-cache", place / "figures.py"], variables
        ),
    }
    return {name: task for name, task in tasks.items() if name not in bench.environment.missing}


def _rows(taken: dict[str, list[Taken]], failed: dict[str, str], missing: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    for name, what, other, unit, goal in _ROWS:
        key = f"startup {name} / {other}"
        why = failed.get(name) or failed.get(other) or missing.get(name) or missing.get(other)
        if why:
            rows.append(absent(key, GROUP, what, why, goal))
        else:
            rows.append(measured(key, GROUP, what, ratios(taken[name], taken[other]), unit, goal))
    return rows


_ROWS: tuple[tuple[str, str, str, str, float | None], ...] = (
    ("tco --version", "`tco --version`", "python -c pass", PASS, 2.5),
    ("tco check, cached", "`tco check` of 150 lines, unchanged since the last time", "python -c pass", PASS, 3.0),
    ("tco check, not cached", "`tco check` of 150 lines, `--no-cache`", "python -c pass", PASS, 8.0),
    ("tco report", "`tco report` of the support example, 10,000 futures, 36 months", "python -c pass", PASS, 60.0),
    ("ruff", "`ruff check` of 150 lines of Python", "python -c pass", PASS, None),
    ("yamllint", "`yamllint` of 150 lines of YAML", "python -c pass", PASS, None),
    ("black", "`black --check` of 150 lines of Python", "python -c pass", PASS, None),
    ("sqlfluff", "`sqlfluff lint` of 150 lines of SQL", "python -c pass", PASS, None),
    ("tco check, cached", "`tco check`, unchanged", "yamllint", "× yamllint", 0.5),
    ("tco check, not cached", "`tco check --no-cache`", "black", "× black", 1.0),
    ("tco check, not cached", "`tco check --no-cache`", "sqlfluff", "× sqlfluff", 0.25),
)
