"""From the words after `tco` to the command that they name: one file of `commands/` is loaded, not all."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Action, ArgumentError, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any, NoReturn

from tcolang.cli import commands
from tcolang.cli.command import Command, UsageError

HELP = ("-h", "--help")
VERSION = "--version"
EXIT_CODES = "exit codes: 0 fine, 1 findings or failed checks, 2 usage, configuration, file or internal error"
KEPT = 1_000_000
"""Objects made and not yet gone, after which Python looks for rubbish. Nearly all that is made stays in use to the end;
looking through it after every 700 objects, which is the default, takes a twentieth of the time of a check."""


def dispatch(words: Sequence[str]) -> int:
    """Runs the command that `words[0]` names with the rest, and returns its exit code."""
    if not words:
        sys.stderr.write(overview())
        return 2
    first, *rest = words
    if first in HELP:
        sys.stdout.write(overview())
        return 0
    if first.startswith("-"):
        return _unknown("option", first, (*HELP, VERSION))
    command = load(first)
    if command is None:
        return _unknown("command", first, names())
    return _run(command, rest)


def names() -> tuple[str, ...]:
    """Every command's name, sorted, without loading any."""
    from tcolang.base.registry import module_names

    return tuple(sorted(name.rstrip("_").replace("_", "-") for name in module_names(commands)))


def load(name: str) -> Command | None:
    """The command of that name, from its file; None where there is none."""
    stem = name.replace("-", "_") + ("_" if iskeyword(name) else "")
    if "_" in name or not stem.isidentifier():
        return None
    path = f"{commands.__name__}.{stem}"
    try:
        module = import_module(path)
    except ModuleNotFoundError as missing:
        if missing.name == path:
            return None
        raise
    (command,) = (value for value in vars(module).values() if isinstance(value, Command))
    return command


def parser_of(command: Command) -> ArgumentParser:
    """The argument parser of one command, with its example under the help."""
    parser = _Parser(
        prog=f"tco {command.name}",
        description=command.summary,
        epilog=f"example:\n  {command.example}\n\n{EXIT_CODES}",
        formatter_class=_Layout,
        allow_abbrev=False,
    )
    command.configure(parser)
    parser.usage = _usage(parser)
    return parser


def overview() -> str:
    """What `tco --help` prints."""
    from tcolang.base.registry import collect

    found = collect(commands.__name__, Command)
    width = max((len(command.name) for command in found), default=0)
    rows = "".join(f"  {command.name:<{width}}  {command.summary}\n" for command in found)
    return (
        "usage: tco COMMAND [arguments]\n\n"
        "Total cost of ownership as code: from a spec to a recommendation.\n\n"
        f"commands:\n{rows}\n"
        "`tco COMMAND --help` explains one; `tco --version` prints the version.\n"
        f"{EXIT_CODES}\n"
    )


def _run(command: Command, words: list[str]) -> int:
    gc.set_threshold(KEPT)
    parser = parser_of(command)
    try:
        arguments = parser.parse_args(words)
        try:
            return command.run(arguments)
        except UsageError as error:
            parser.error(str(error))
    except SystemExit as stop:  # how argparse ends after --help and after an error
        return stop.code if isinstance(stop.code, int) else 2


def _unknown(what: str, word: str, candidates: Iterable[str]) -> int:
    from tcolang.base.display import visible

    print(f"error: there is no {what} `{visible(word)}`", file=sys.stderr)
    print(_help_line(word, candidates, "tco --help"), file=sys.stderr)
    return 2


def _help_line(word: str, candidates: Iterable[str], where: str) -> str:
    from tcolang.base.suggest import did_you_mean

    return f"  = help: {did_you_mean(word, candidates) or f'`{where}` lists what there is'}"


def _usage(parser: ArgumentParser) -> str:
    """On one line, without the options: those stand below. (Python lays it out differently from version to version.)"""
    # argparse keeps the arguments it knows in no public place.
    placed = [_placed(action) for action in parser._actions if not action.option_strings]
    return " ".join((parser.prog, "[options]", *placed))


def _placed(action: Action) -> str:
    choices = f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""
    name = str(action.metavar or choices or action.dest)
    match action.nargs:
        case "?":
            return f"[{name}]"
        case "*":
            return f"[{name} ...]"
        case "+":
            return f"{name} [{name} ...]"
        case _:
            return name


def _width() -> int:
    """Of a line of help. argparse would find the same by `shutil`, which loads three ways to compress."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns) - 2
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns - 2  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 78


class _Layout(RawDescriptionHelpFormatter):
    """`-o, --output FILE` in every version of Python."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, **{"width": _width(), **settings})

    def _format_action_invocation(self, action: Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        taken = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {taken}"


class _Parser(ArgumentParser):
    """An argument parser whose errors look like findings and suggest what was meant."""

    def _check_value(self, action: Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            from tcolang.base.suggest import there_is_no

            raise ArgumentError(action, there_is_no("choice", str(value), map(str, action.choices)))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        from tcolang.base.display import visible

        print(f"error: {visible(message)}", file=sys.stderr)
        _, unrecognized, words = message.partition("unrecognized arguments: ")
        word = words.partition(" ")[0].partition("=")[0]
        # argparse keeps the options it knows in no public place.
        options = self._option_string_actions if unrecognized and word.startswith("-") else ()
        print(_help_line(word, options, f"{self.prog} --help"), file=sys.stderr)
        self.exit(2)
