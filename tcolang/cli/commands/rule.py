"""`tco rule`: the page of a code, or a list of all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="a code or a name (default: a list of all)")


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import did_you_mean
    from tcolang.cli.codes import page, problems

    every = problems()
    if arguments.name is None:
        width = max(len(problem.name) for problem in every.values())
        for code, problem in every.items():
            sys.stdout.write(f"{code}  {problem.severity.word:<7}  {problem.name:<{width}}".rstrip() + "\n")
        return 0
    by_name = {problem.name: problem for problem in every.values()}
    found = every.get(arguments.name.upper()) or by_name.get(arguments.name)
    if found is None:
        hint = did_you_mean(arguments.name, (*every, *by_name)) or "`tco rule` lists all"
        raise UsageError(f"there is no rule `{arguments.name}`; {hint}")
    sys.stdout.write(page(found))
    return 0


RULE = Command(
    "rule",
    "print the page of a code: why it is reported, how to mend it, with examples",
    _configure,
    _run,
    "tco rule stale-source",
)
