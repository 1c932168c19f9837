"""`tco sensitivity`: how far each figure has to move until another option comes out best."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling

    parser.add_argument("spec", metavar="SPEC", help="a .tco file with a decision")
    parser.add_argument("--scenario", default="", metavar="NAME", help="as it is in a scenario of the spec")
    add_sampling(parser)


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import there_is_no
    from tcolang.cli.opened import opened, show
    from tcolang.engine.settings import Settings
    from tcolang.pipeline import check, sensitivity
    from tcolang.report.sensitivity import sensitivity as shown

    spec = opened(arguments.spec)
    checked = check(spec.world, spec.file)
    program = checked.value.program
    if checked.failed or program is None or checked.value.model is None:
        show(checked.diagnostics, spec)
        return 1
    if program.decision is None:
        raise UsageError(f"{arguments.spec} has no decision, so there is no answer that a figure could change")
    if arguments.scenario and arguments.scenario not in program.scenarios:
        raise UsageError(there_is_no("scenario", arguments.scenario, program.scenarios))
    settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
    found = sensitivity(program, settings, arguments.scenario)
    if found.value is None:
        show(found.diagnostics, spec)
        return 1
    print(shown(found.value), end="")
    return 0


SENSITIVITY = Command(
    "sensitivity",
    "move every figure until another option comes out best",
    _configure,
    _run,
    "tco sensitivity support.tco",
)
