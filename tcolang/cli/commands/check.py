"""`tco check`: everything that can be found in specs without evaluating them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcolang.cli.command import Command

if TYPE_CHECKING:
    from tcolang.base.diagnostics import Diagnostic
    from tcolang.cli.finding_format import Finding

_BARS = {"error": 3, "warning": 2, "info": 1, "never": 4}


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: this folder); - for standard input"
    )
    parser.add_argument("--select", action="append", default=[], metavar="RULES", help="only these: codes, TCO4, names")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these")
    parser.add_argument(
        "--fail-on",
        choices=tuple(_BARS),
        default="error",
        help="the least finding for which the exit code is 1 (default error)",
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings as well")
    parser.add_argument("--baseline", metavar="FILE", help="leave out findings of a JSON report written before")
    parser.add_argument(
        "--output-format",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="full, concise, json, sarif, github, gitlab, junit, rdjson; may be given several times",
    )
    parser.add_argument("--stdin-filename", metavar="FILE", help="what standard input is the text of")


def _run(arguments: Namespace) -> int:
    from tcolang.base.diagnostics import in_order
    from tcolang.cli.baseline import beyond, read_baseline
    from tcolang.cli.checked import check_all
    from tcolang.cli.finding_format import Findings
    from tcolang.cli.fingerprints import with_fingerprints
    from tcolang.cli.opened import limits_in_force
    from tcolang.cli.outputs import outputs_of, write
    from tcolang.cli.selection import selection_of

    outputs = outputs_of(arguments.output_format)
    selection = selection_of(arguments.select, arguments.ignore)
    known = read_baseline(arguments.baseline, limits_in_force()) if arguments.baseline else frozenset()
    checked = check_all(arguments.paths, arguments.stdin_filename)
    findings = with_fingerprints(one for one in in_order(checked.findings) if selection.takes(one))
    new = beyond(findings, known)
    write(outputs, Findings(new, checked.files, checked.project))
    print(_summary(len(checked.files), new, len(findings) - len(new)), file=sys.stderr)
    return _code(arguments, [finding.diagnostic for finding in new])


def _code(arguments: Namespace, findings: list[Diagnostic]) -> int:
    bar = min(_BARS[arguments.fail_on], _BARS["warning"] if arguments.strict else _BARS["never"])
    return int(any(finding.severity >= bar for finding in findings))


def _summary(files: int, new: tuple[Finding, ...], known: int) -> str:
    from tcolang.base.frame import summary

    parts = [
        f"{files} {'spec' if files == 1 else 'specs'} checked",
        summary(finding.diagnostic for finding in new) or "no findings",
    ]
    known_before = f"; {known} known from the baseline" if known else ""
    return f"{': '.join(parts)}{known_before}"


CHECK = Command(
    "check",
    "find mistakes in specs: syntax, names, units, structure, rules",
    _configure,
    _run,
    "tco check support.tco",
)
