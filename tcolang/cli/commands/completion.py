"""`tco completion`: a script by which a shell completes commands and options."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from tcolang.cli.command import Command


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "fish", "zsh"), help="which shell")


def _run(arguments: Namespace) -> int:
    from tcolang.base.registry import collect
    from tcolang.cli import commands
    from tcolang.cli.completion import SHELLS, words_of

    found = [words_of(command) for command in collect(commands.__name__, Command)]
    sys.stdout.write(SHELLS[arguments.shell](found))
    return 0


COMPLETION = Command(
    "completion",
    "print a script by which a shell completes commands and options",
    _configure,
    _run,
    "tco completion bash > ~/.local/share/bash-completion/completions/tco",
)
