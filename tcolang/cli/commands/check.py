"""`tco check`: everything that can be found in specs without evaluating them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.base.problem import Severity
from tcolang.cli.command import Command


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("specs", nargs="+", metavar="SPEC", help="a .tco file")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="error",
        help="the least finding for which the exit code is 1 (default error)",
    )
    parser.add_argument("--output-format", choices=("full", "concise"), default="full", help="how findings are shown")


def _run(arguments: Namespace) -> int:
    from tcolang.base.diagnostics import Diagnostic, in_order
    from tcolang.base.frame import concise, listing
    from tcolang.cli.opened import opened
    from tcolang.pipeline import check

    found: list[Diagnostic] = []
    for path in arguments.specs:
        spec = opened(path)
        found += check(spec.world, spec.file).diagnostics
    findings = in_order(found)
    if arguments.output_format == "concise":
        sys.stdout.write("".join(f"{concise(finding)}\n" for finding in findings))
    elif findings:
        sys.stdout.write(listing(findings).rstrip("\n") + "\n")
    worst = max((finding.severity for finding in findings), default=None)
    if worst is None:
        print(
            f"{len(arguments.specs)} {'spec' if len(arguments.specs) == 1 else 'specs'} checked: no findings",
            file=sys.stderr,
        )
    bar = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO}.get(arguments.fail_on)
    return int(worst is not None and bar is not None and worst >= bar)


CHECK = Command(
    "check",
    "find mistakes in specs: syntax, names, units, structure, rules",
    _configure,
    _run,
    "tco check support.tco",
)
