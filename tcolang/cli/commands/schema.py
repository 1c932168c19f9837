"""`tco schema`: the JSON Schemas of what the tool reads and writes."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError

SUFFIX = ".schema.json"


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a schema; without one they are listed")


def _run(arguments: Namespace) -> int:
    import json

    from tcolang.base.suggest import there_is_no
    from tcolang.base.world import schemas_directory

    found = {path.name.removesuffix(SUFFIX): path for path in sorted(schemas_directory().glob(f"*{SUFFIX}"))}
    if arguments.name is None:
        width = max(map(len, found))
        for name, path in found.items():
            title = json.loads(path.read_text(encoding="utf-8"))["title"]
            print(f"{name:<{width}}  {title}")
        return 0
    if arguments.name not in found:
        raise UsageError(there_is_no("schema", arguments.name, found))
    sys.stdout.write(found[arguments.name].read_text(encoding="utf-8"))
    return 0


SCHEMA = Command(
    "schema",
    "print the JSON Schema of an output or of the configuration",
    _configure,
    _run,
    "tco schema diff",
)
