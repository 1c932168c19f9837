"""`tco init`: a first spec that works, to be filled with figures of one's own."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command, UsageError

NEXT = """\
made {files}

next:
  tco check {spec}
  tco report {spec}
  put your own figures in, and commit: `tco diff` then says what a change does to the decision
"""


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where to (default: this folder)")


def _run(arguments: Namespace) -> int:
    from importlib.resources import files
    from pathlib import Path

    folder = Path(arguments.folder)
    first = {one.name: one.read_text("utf-8") for one in files("tcolang.cli").joinpath("first").iterdir()}
    in_the_way = [name for name in sorted(first) if (folder / name).exists() or (folder / name).is_symlink()]
    if in_the_way:
        raise UsageError(f"{folder / in_the_way[0]} is there already, and nothing is overwritten: name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sorted(first.items()):
        with (folder / name).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    made = ", ".join(str(folder / name) for name in sorted(first))
    spec = next(folder / name for name in sorted(first) if name.endswith(".tco"))
    sys.stderr.write(NEXT.format(files=made, spec=spec))
    return 0


INIT = Command(
    "init",
    "make a first spec that works, with comments",
    _configure,
    _run,
    "tco init costs",
)
