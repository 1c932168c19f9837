"""How time and memory grow with nodes, futures, months, files and options, over two decades."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.cases.files import write_files
from tests.benchmarks.model import INPUTS
from tests.benchmarks.rows import Line, Row, absent, measured
from tests.benchmarks.timing import TaskError, command

GROUP = "Growth"
AXES = {
    "nodes": (100, 316, 1_000, 3_160, 10_000),
    "samples": (1_000, 3_160, 10_000, 31_600, 100_000),
    "months": (6, 19, 60, 190, 600),
    "options": (2, 6, 20, 63, 200),
    "files": (10, 32, 100, 316, 1_000),
}
_WORDS = {
    "nodes": "formulas: from the text to the result",
    "samples": "futures: evaluation",
    "months": "months: evaluation",
    "options": "options: from the text to the decision",
    "files": "files: `tco check --no-cache`",
}
_TIMES = 3
_BYTES = 8 * (INPUTS + 1)


def measure(bench: Bench) -> tuple[list[Row], list[Line]]:
    rows: list[Row] = []
    lines: list[Line] = []
    for axis, sizes in AXES.items():
        wanted = sizes[:3] if bench.quick else sizes
        try:
            line = _line(bench, axis, wanted)
        except TaskError as why:
            rows.append(absent(f"growth {axis}", GROUP, _WORDS[axis], str(why), 1.3))
            continue
        lines.append(line)
        rows += _rows(line)
    return rows, lines


def _line(bench: Bench, axis: str, sizes: tuple[int, ...]) -> Line:
    """Small sizes several times: the median counts."""
    seconds, memory = [], []
    for size in sizes:
        found = [_once(bench, axis, size)]
        while found[0][0] < 1.0 and len(found) < (1 if bench.quick else _TIMES):
            found.append(_once(bench, axis, size))
        seconds.append(median(each[0] for each in found))
        memory.append(median(each[1] for each in found))
    return Line(axis, sizes, tuple(seconds), tuple(memory))


def _once(bench: Bench, axis: str, size: int) -> tuple[float, float]:
    if axis == "files":
        folder = bench.scratch / f"growth{size}"
        if not folder.exists():
            write_files(folder, size)
        words = [bench.environment.program("tco"), "check", "--no-cache", folder]
        taken = command(words, bench.environment.variables, patience=150.0)
        return taken.processor, float(taken.memory)
    worker = bench.worker("growth", axis, size)
    taken, _ = worker.once()
    before = worker.told["memory"]
    worker.stop()
    return taken.processor, max(0.0, float(taken.memory - before))


def _rows(line: Line) -> list[Row]:
    """What one more costs at the upper end, beside what it costs on the way there from the least size."""
    key, what = f"growth {line.axis}", _WORDS[line.axis]
    span = f"{line.sizes[0]:,} to {line.sizes[-1]:,} {what}"
    upper = slope(line, -2, -1)
    lower = slope(line, 0, -2)
    note = f"{line.seconds[0]:.3g} s to {line.seconds[-1]:.3g} s"
    if lower <= 0.0:
        return [absent(key, GROUP, span, "too short to be measured", 1.3)]
    rows = [measured(key, GROUP, span, [upper / lower], "× the time for one more, at the upper end", 1.3, note=note)]
    if line.axis == "samples":
        more = line.memory[-1] - line.memory[-3]
        each = more / (line.sizes[-1] - line.sizes[-3]) / _BYTES
        what = "memory for one more future"
        rows.append(measured("growth memory", GROUP, what, [each], f"× its inputs and result, {_BYTES} bytes", 2.0))
    return rows


def slope(line: Line, first: int, last: int) -> float:
    """Seconds for one more, between two of the sizes."""
    return (line.seconds[last] - line.seconds[first]) / (line.sizes[last] - line.sizes[first])
