"""`tco report`: evaluate a spec, decide, and say why."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcolang.cli.command import Command, UsageError

if TYPE_CHECKING:
    from tcolang.base.diagnostics import Diagnostic


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling

    parser.add_argument("spec", metavar="SPEC", help="a .tco file with a decision")
    parser.add_argument(
        "--format", help="markdown, json, terminal or trace (default: terminal on a screen, markdown otherwise)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write the report to FILE instead of standard output")
    parser.add_argument("--scenario", default="", metavar="NAME", help="report on a scenario of the spec")
    parser.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="override an input; may be given several times"
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="say as well what would change the answer, what to measure first, and what sharing changed (takes longer)",
    )
    add_sampling(parser)


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import there_is_no
    from tcolang.cli.opened import opened, show
    from tcolang.cli.progress import progress
    from tcolang.cli.written import write_text
    from tcolang.pipeline import check, results

    spec = opened(arguments.spec)
    checked = check(spec.world, spec.file, arguments.set)
    program = checked.value.program
    if checked.failed or program is None:
        show(checked.diagnostics, spec)
        return 2 if any(_on_command_line(finding) for finding in checked.diagnostics) else 1
    if program.decision is None:
        raise UsageError(f"{arguments.spec} has no decision, so there is nothing to report: `tco check` looks at it")
    if arguments.scenario and arguments.scenario not in program.scenarios:
        raise UsageError(there_is_no("scenario", arguments.scenario, program.scenarios))

    from tcolang.engine.settings import Settings

    settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
    with progress() as told:
        made = results(
            program, settings, arguments.scenario, progress=told, thorough=arguments.thorough, built=checked.value.built
        )
    if made.value is None:
        show(made.diagnostics, spec)
        return 1
    text = _rendered(made.value, arguments)
    if arguments.output:
        write_text(arguments.output, text)
    else:
        sys.stdout.write(text)
    failed = made.failed
    if failed:
        show((finding for finding in made.diagnostics if finding.severity.word == "error"), spec)
    return int(failed)


def _on_command_line(finding: Diagnostic) -> bool:
    """Whether it is a mistake in a `--set`."""
    from tcolang.base.source import COMMAND_LINE

    return finding.severity.word == "error" and finding.span is not None and finding.span.file.path == COMMAND_LINE


def _rendered(made, arguments: Namespace) -> str:  # type: ignore[no-untyped-def]
    import os
    import shutil

    from tcolang.base.suggest import there_is_no
    from tcolang.report.output import Style, output_formats

    screen = sys.stdout.isatty() and not arguments.output
    name = arguments.format or ("terminal" if screen else "markdown")
    formats = {known.name: known for known in output_formats()}
    if name not in formats:
        raise UsageError(there_is_no("format", name, formats))
    colour = screen and "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size().columns if screen else 80
    return formats[name].render(made, Style(colour, width))


REPORT = Command(
    "report",
    "evaluate a spec and recommend, with reasons",
    _configure,
    _run,
    "tco report support.tco -o report.md",
)
