"""`tco kinds`: what components there are, and what each states and costs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a kind (default: a list of all)")
    parser.add_argument("--spec", metavar="SPEC", help="a .tco file whose kinds are meant as well")


def _run(arguments: Namespace) -> int:
    from tcolang.base.suggest import there_is_no
    from tcolang.cli.kinds import kinds, page, row

    own = None
    if arguments.spec is not None:
        from tcolang.cli.opened import opened

        own = opened(arguments.spec).file
    found = {kind.name.text: kind for kind in kinds(own)}
    if arguments.name is None:
        width = max(map(len, found))
        sys.stdout.write("".join(row(kind, width) for kind in found.values()))
        return 0
    if arguments.name not in found:
        raise UsageError(there_is_no("kind", arguments.name, found))
    sys.stdout.write(page(found[arguments.name]))
    return 0


KINDS = Command(
    "kinds",
    "list the kinds of components, or what one of them states and costs",
    _configure,
    _run,
    "tco kinds hosted_model",
)
