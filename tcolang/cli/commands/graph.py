"""`tco graph`: what is worked out from what."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("spec", metavar="SPEC", help="a .tco file")
    parser.add_argument("--format", choices=("mermaid", "dot", "json"), default="mermaid", help="default mermaid")
    parser.add_argument("--focus", metavar="NODE", help="only what this value rests on, and what rests on it")


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import there_is_no
    from tcolang.cli.opened import opened, show
    from tcolang.model.graph import drawing
    from tcolang.pipeline import check
    from tcolang.report.graphs import FORMATS

    spec = opened(arguments.spec)
    checked = check(spec.world, spec.file)
    model = checked.value.model
    if checked.failed or model is None:
        show(checked.diagnostics, spec)
        return 1
    if arguments.focus and arguments.focus not in model.index:
        raise UsageError(there_is_no("value", arguments.focus, model.index))
    sys.stdout.write(FORMATS[arguments.format](drawing(model, arguments.focus)))
    return 0


GRAPH = Command(
    "graph",
    "draw what is worked out from what",
    _configure,
    _run,
    "tco graph support.tco --focus api.tco",
)
