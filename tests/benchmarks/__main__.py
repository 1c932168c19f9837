"""`make bench`: everything side by side in one run, as a table, as JSON, as a page and as a picture.

`--quick` takes small sizes and few rounds, to see that it works; its figures mean little and are written nowhere unless
`--write` says so. `--only NAME` runs some of the cases. The exit code is 1 where results that should agree do not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.cases import deciding, evaluation, files, growth, rules, startup
from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.drawing import drawing
from tests.benchmarks.environment import prepare
from tests.benchmarks.machine import this_machine, today
from tests.benchmarks.page import excerpt, page, table
from tests.benchmarks.rows import Line, Results, Row, absent, read, write
from tests.benchmarks.timing import ROOT, TaskError

RESULTS = Path(__file__).with_name("results.json")
PAGE = ROOT / "docs/benchmarks.md"
README = ROOT / "README.md"
PICTURE = ROOT / "docs/growth.svg"
_CASES: dict[str, Callable[[Bench], list[Row]]] = {
    "startup": startup.measure,
    "files": files.measure,
    "evaluation": evaluation.measure,
    "rules": rules.measure,
    "deciding": deciding.measure,
}


def main(arguments: Namespace) -> int:
    if arguments.page:
        _publish(read(RESULTS))
        return 0
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="tcolang-bench-") as scratch:
        bench = Bench(prepare(Path(scratch)), Path(scratch), arguments.quick)
        began = time.perf_counter()
        rows, lines = _measured(bench, arguments.only)
    environment = bench.environment
    where = this_machine(arguments.machine)
    results = Results(
        arguments.date or today(), bench.quick, round(time.perf_counter() - began), where,
        dict(environment.present), dict(environment.missing), tuple(rows), tuple(lines),
    )  # fmt: skip
    sys.stdout.write(table(results))
    if arguments.write or not (arguments.quick or arguments.only):
        write(results, RESULTS)
        _publish(results)
    return int(any("of the first is" in row.note or "other rules" in row.note for row in rows))


def _measured(bench: Bench, only: list[str]) -> tuple[list[Row], list[Line]]:
    rows: list[Row] = []
    for name, case in _CASES.items():
        if not only or name in only:
            _say(f"measuring {name}")
            try:
                rows += case(bench)
            except TaskError as why:
                rows.append(absent(name, name.capitalize(), "all of it", str(why)))
    lines: list[Line] = []
    if not only or "growth" in only:
        _say("measuring growth")
        more, lines = growth.measure(bench)
        rows += more
    return rows, lines


def _publish(results: Results) -> None:
    PAGE.write_text(page(results), encoding="utf-8", newline="\n")
    before, mark, rest = README.read_text(encoding="utf-8").partition("<!-- benchmarks -->\n")
    _, end, after = rest.partition("<!-- end of benchmarks -->\n")
    if mark and end:
        README.write_text(f"{before}{mark}{excerpt(results)}{end}{after}", encoding="utf-8", newline="\n")
    if results.growth:
        PICTURE.write_text(drawing(results.growth), encoding="utf-8", newline="\n")


def _say(text: str) -> None:
    sys.stderr.write(f"== {time.strftime('%H:%M:%S')} {text}\n")


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description="Measures the goals of speed, beside peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes, few rounds")
    parser.add_argument("--only", action="append", default=[], choices=[*_CASES, "growth"], help="some of the cases")
    parser.add_argument(
        "--write", action="store_true", help="write the results and the page of a part or a quick run too"
    )
    parser.add_argument(
        "--page", action="store_true", help="only write the page and the picture from the results there are"
    )
    parser.add_argument("--machine", default="", help="what the page is to say of the machine")
    parser.add_argument("--date", default="", help="what the page is to give as date (default: today)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(_arguments()))
