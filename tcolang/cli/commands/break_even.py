"""`tco break-even`: where two options cost the same, over the volume or any other input."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.opened import add_sampling
    from tcolang.engine.settings import FEW

    parser.add_argument("spec", metavar="SPEC", help="a .tco file with a decision")
    parser.add_argument("first", metavar="FIRST", help="an option")
    parser.add_argument("second", metavar="SECOND", help="another option")
    parser.add_argument(
        "--over", default="", metavar="PATH", help="the input to move: `box.price` (default: all volumes)"
    )
    parser.add_argument("--from", dest="low", type=_factor, default=1 / 64, metavar="F", help="from F times its value")
    parser.add_argument("--to", dest="high", type=_factor, default=64.0, metavar="F", help="to F times its value")
    parser.add_argument("--scenario", default="", metavar="NAME", help="as it is in a scenario of the spec")
    add_sampling(parser, FEW)


def _factor(text: str) -> float:
    try:
        value = float(text) if text.isascii() else 0.0
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise ArgumentTypeError(f"a factor above zero is needed, not {text!r}")
    return value


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import there_is_no
    from tcolang.cli.opened import opened, show
    from tcolang.engine.settings import Settings
    from tcolang.engine.within import NotReachableError
    from tcolang.pipeline import break_even_over, check
    from tcolang.report.crossings import crossings

    spec = opened(arguments.spec)
    checked = check(spec.world, spec.file)
    program, model = checked.value.program, checked.value.model
    if checked.failed or program is None or model is None:
        show(checked.diagnostics, spec)
        return 1
    for name in (arguments.first, arguments.second):
        if name not in program.options:
            raise UsageError(there_is_no("option", name, program.options))
    sorts = ("input", "assumption", "default", "rate")
    stated = [node.key for node in model.nodes if node.sort in sorts and not node.key.startswith("(")]
    if arguments.first == arguments.second:
        raise UsageError(f"`{arguments.first}` is compared with itself: name two options")
    if arguments.over and arguments.over not in stated:
        raise UsageError(there_is_no("input", arguments.over, stated))
    if arguments.scenario and arguments.scenario not in program.scenarios:
        raise UsageError(there_is_no("scenario", arguments.scenario, program.scenarios))
    if arguments.low >= arguments.high:
        raise UsageError("--from is below --to")
    settings = Settings(arguments.samples, arguments.seed, spec.world.limits)
    try:
        found = break_even_over(
            program, settings, arguments.first, arguments.second, arguments.over, (arguments.low, arguments.high),
            arguments.scenario,
        )  # fmt: skip
    except NotReachableError as error:
        raise UsageError(str(error)) from None
    if found.value is None:
        show(found.diagnostics, spec)
        return 1
    print(crossings(found.value), end="")
    return 0


BREAK_EVEN = Command(
    "break-even",
    "find where two options cost the same, over volume, a price or any input",
    _configure,
    _run,
    "tco break-even support.tco rented api --over catalog.burst.price",
)
