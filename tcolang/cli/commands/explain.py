"""`tco explain`: where a number comes from, or what a code means."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling, whole

    parser.add_argument("what", metavar="SPEC|CODE", help="a .tco file, or the code of a finding such as TCO203")
    parser.add_argument(
        "node", nargs="?", metavar="NODE", help="a value: `api.tco`, `chat.requests`, `api.small.output`"
    )
    parser.add_argument("--depth", type=whole, default=4, metavar="N", help="levels of the tree (default 4)")
    parser.add_argument("--scenario", default="", metavar="NAME", help="as it is in a scenario of the spec")
    add_sampling(parser)


def _run(arguments: Namespace) -> int:
    if re.fullmatch(r"(?i)tco[0-9]{3}", arguments.what) and arguments.node is None:
        return _code(arguments.what.upper())
    if arguments.node is None:
        raise UsageError("name a value of the spec as well, such as `api.tco`")
    return _node(arguments)


def _code(code: str) -> int:
    from tcolang.base.suggest import did_you_mean
    from tcolang.cli.codes import problems
    from tcolang.report.explain import explain_problem

    known = problems()
    if code not in known:
        raise UsageError(f"there is no code {code}; {did_you_mean(code, known) or 'codes run from TCO001'}")
    sys.stdout.write(explain_problem(known[code]))
    return 0


def _node(arguments: Namespace) -> int:
    from tcolang.base.suggest import did_you_mean, there_is_no
    from tcolang.cli.opened import opened, show
    from tcolang.engine.settings import Settings
    from tcolang.pipeline import check, explanation

    spec = opened(arguments.what)
    checked = check(spec.world, spec.file)
    program = checked.value.program
    if checked.failed or program is None:
        show(checked.diagnostics, spec)
        return 1
    if program.decision is None:
        raise UsageError(f"{arguments.what} has no decision, so nothing in it has a value yet")
    if arguments.scenario and arguments.scenario not in program.scenarios:
        raise UsageError(there_is_no("scenario", arguments.scenario, program.scenarios))
    settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
    told = explanation(program, settings, arguments.node, arguments.depth, arguments.scenario)
    if isinstance(told.value, tuple):
        hint = did_you_mean(arguments.node, told.value)
        raise UsageError(f"there is no value `{arguments.node}`; {hint or 'try the name of an option with `.tco`'}")
    if told.value is None:
        show(told.diagnostics, spec)
        return 1
    sys.stdout.write(told.value)
    return 0


EXPLAIN = Command(
    "explain",
    "show where a number comes from, as a tree, or what a code means",
    _configure,
    _run,
    "tco explain support.tco api.tco",
)
