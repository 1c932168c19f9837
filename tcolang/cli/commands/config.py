"""`tco config`: which settings are in force, and where they are stated."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("place", nargs="?", default=".", metavar="PATH", help="a spec or folder (default: this folder)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default text")


def _run(arguments: Namespace) -> int:
    from pathlib import Path

    from tcolang.base.display import one_line
    from tcolang.cli.command import UsageError
    from tcolang.cli.configuration import configuration_on_disk
    from tcolang.cli.judged import stated_selection

    place = Path(arguments.place)
    if not place.exists():
        raise UsageError(f"there is no file or folder {arguments.place}")
    found = configuration_on_disk(place if place.is_dir() else place.parent)
    stated_selection(found)  # refuses the name of a rule that there is not
    settings = sorted(found.settings.items())
    if arguments.format == "json":
        from json import dumps

        shown = {name: {"value": setting.value, "where": setting.where} for name, setting in settings}
        sys.stdout.write(dumps({"file": found.file or None, "settings": shown}, indent=2) + "\n")
        return 0
    rows = [(f"{name} = {_written(setting.value)}", setting.where) for name, setting in settings]
    width = max(len(row) for row, _ in rows)
    sys.stdout.write("".join(one_line(f"{row:<{width}}  # {where}") + "\n" for row, where in rows))
    return 0


def _written(value: object) -> str:
    """As TOML has it; what is not set has no value there."""
    from json import dumps

    match value:
        case None:
            return "(not set)"
        case tuple():
            return dumps(list(value))
        case _:
            return dumps(value)


CONFIG = Command(
    "config",
    "show which settings are in force, and where they are stated",
    _configure,
    _run,
    "tco config costs/support.tco",
)
