"""`tco diff`: what changed in numbers and in the decision, and why."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command

FORMATS = ("text", "json", "markdown", "github-comment", "gitlab-comment")


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.compared import add_comparison

    add_comparison(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="default text")
    parser.add_argument("--id", default="default", metavar="NAME", help="of the comment (default default)")
    parser.add_argument("--exit-code", action="store_true", help="exit code 1 where anything has changed")


def _run(arguments: Namespace) -> int:
    from tcolang.cli.compared import compared, show_breaches
    from tcolang.diff.output import diff_formats

    found = compared(arguments)
    if found.differences:
        format_ = next(one for one in diff_formats() if one.name == arguments.format)
        sys.stdout.write(format_.render(found.differences, found.breaches, arguments.id))
    show_breaches(found)
    changed = arguments.exit_code and any(difference.changed for difference in found.differences)
    return int(found.failed or bool(found.breaches) or changed)


DIFF = Command(
    "diff",
    "show what changed in numbers and in the decision, and why",
    _configure,
    _run,
    "tco diff support.tco --against main --max-increase-pct 5 --fail-on-flip",
)
