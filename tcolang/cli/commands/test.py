"""`tco test`: whether what specs expect comes true."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcolang.cli.command import Command

if TYPE_CHECKING:
    from tcolang.cli.opened import Opened
    from tcolang.cli.shown import Shown
    from tcolang.cli.tested import Tested, TestedSpec


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling

    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: this folder)")
    parser.add_argument(
        "--output-format",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="full, github, json, junit; may be given several times",
    )
    parser.add_argument("--junit-xml", metavar="FILE", help="also a JUnit report: --output-format full junit:FILE")
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="which rules held, failed and were unknown, and which changes tests notice",
    )
    add_sampling(parser)


def _run(arguments: Namespace) -> int:
    from tcolang.cli.opened import complain_of, opened_each
    from tcolang.cli.outputs import DEFAULT, outputs_of_tests, write_tests
    from tcolang.cli.paths import spec_files
    from tcolang.cli.shown import Shown
    from tcolang.cli.tested import Tested

    words = arguments.output_format
    if arguments.junit_xml is not None:
        words = [*(words or [DEFAULT]), f"junit:{arguments.junit_xml}"]
    outputs = outputs_of_tests(words)
    # All are opened before the first is evaluated, so that one which is missing is not found out at the end.
    specs, unread = opened_each(spec_files(arguments.paths or ["."]))
    tested = Tested(tuple(_tested(spec, Shown(spec.world.root), arguments) for _, spec in specs))
    write_tests(outputs, tested)
    print(_summary(tested), file=sys.stderr)
    complain_of(unread)
    return 2 if unread else int(tested.failed > 0)


def _tested(spec: Opened, shown: Shown, arguments: Namespace) -> TestedSpec:
    from tcolang.base.problem import Severity
    from tcolang.cli.progress import progress
    from tcolang.cli.tested import TestCase, TestedSpec
    from tcolang.engine.settings import Settings
    from tcolang.pipeline import check, run_tests, run_tests_with_coverage, untested_rules

    path = shown.path(spec.file.path)
    checked = check(spec.world, spec.file)
    program = checked.value.program
    if checked.failed or program is None:
        errors = (d for d in checked.diagnostics if d.severity is Severity.ERROR)
        return TestedSpec(path, (TestCase("it can be evaluated", None, False, tuple(map(shown.diagnostic, errors))),))
    settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
    found = None
    untested: tuple[TestCase, ...] = ()
    with progress() as told:
        if arguments.coverage and program.decision is not None:
            from tcolang.cli.covered import seen_from_here

            results, covered = run_tests_with_coverage(program, settings, told)
            found = seen_from_here(covered, shown)
            lacking = tuple(map(shown.diagnostic, untested_rules(program, covered)))
            title = "each rule holds, fails and is unknown in some test"
            untested = (TestCase(title, shown.span(program.decision.span), True, lacking),) * bool(lacking)
        else:
            results = run_tests(program, settings, told)
    cases = (
        TestCase(one.title, shown.span(one.span), one.passed, tuple(map(shown.diagnostic, one.findings)))
        for one in results
    )
    idle = program.decision is None and bool(program.expectations or program.tests)
    return TestedSpec(path, (*cases, *untested), idle, found)


def _summary(tested: Tested) -> str:
    """Says so where nothing was tested, which is no success to rely on."""
    from tcolang.base.display import no_order, one_line

    count = len(tested.specs)
    where = f"{count} {'spec' if count == 1 else 'specs'}"
    idle = [spec.path for spec in tested.specs if spec.idle]
    lines = [
        f"{no_order(one_line(path))}: no decision, so what it expects is run only with a spec that imports it"
        for path in idle
    ]
    if not tested.cases:
        return "\n".join([*lines, f"no tests in {where}"])
    return "\n".join([*lines, f"{len(tested.cases) - tested.failed} passed, {tested.failed} failed in {where}"])


TEST = Command(
    "test",
    "run the expectations and tests of specs",
    _configure,
    _run,
    "tco test --junit-xml tests.xml support.tco",
)
