"""`tco test`: whether what specs expect comes true."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling

    parser.add_argument("specs", nargs="+", metavar="SPEC", help="a .tco file with a decision")
    add_sampling(parser)


def _run(arguments: Namespace) -> int:
    from tcolang.base.display import one_line
    from tcolang.cli.opened import opened, show
    from tcolang.cli.progress import progress
    from tcolang.engine.settings import Settings
    from tcolang.pipeline import check, run_tests

    passed, failed = 0, 0
    for path in arguments.specs:
        spec = opened(path)
        checked = check(spec.world, spec.file)
        if checked.failed or checked.value.program is None:
            show(checked.diagnostics)
            failed += 1
            continue
        settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
        with progress() as told:
            results = run_tests(checked.value.program, settings, told)
        for result in results:
            print(f"{'ok  ' if result.passed else 'FAIL'} {one_line(result.title)} ({result.where})")
            passed, failed = passed + result.passed, failed + (not result.passed)
            sys.stdout.flush()
            if not result.passed:
                show(result.findings)
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


TEST = Command(
    "test",
    "run the expectations and tests of specs",
    _configure,
    _run,
    "tco test support.tco",
)
