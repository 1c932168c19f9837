"""Scripts by which shells complete the words after `tco`. All words are in them, so completing starts no Python."""

from __future__ import annotations

import re
from argparse import Action
from collections.abc import Callable, Iterator, Mapping, Sequence

from tcolang.base.record import record
from tcolang.cli.command import Command
from tcolang.cli.dispatch import HELP, VERSION, parser_of

_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")


@record
class Words:
    """What may stand behind a command: its options, what each may be set to, and the choices of what comes first."""

    name: str
    summary: str
    options: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    first: tuple[str, ...]


def words_of(command: Command) -> Words:
    """From its argument parser."""
    actions: Sequence[Action] = parser_of(command)._actions
    named = {option: _choices(action) for action in actions for option in action.option_strings}
    placed = [_choices(action) for action in actions if not action.option_strings]
    values = {option: choices for option, choices in named.items() if choices}
    options = tuple(sorted(option for option in named if option.startswith("--")))
    return Words(command.name, command.summary, options, values, placed[0] if placed else ())


def _choices(action: Action) -> tuple[str, ...]:
    """Those that a shell takes as they are."""
    stated = map(str, action.choices or ())
    return tuple(choice for choice in stated if _PLAIN.fullmatch(choice))


def bash(commands: Sequence[Words]) -> str:
    return f"""\
# bash completion for tco: source it, or put it where bash-completion looks
_tco() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="" found=""
    if [ "$COMP_CWORD" -gt 1 ]; then before="${{COMP_WORDS[COMP_CWORD-1]}}"; fi
    if [ "$COMP_CWORD" -eq 1 ]; then
        found="{_names(commands)}"
    else
        case "${{COMP_WORDS[1]}} $before" in
{"".join(_values(commands, 12))}        esac
        if [ -z "$found" ]; then
            case "${{COMP_WORDS[1]}} $word" in
{"".join(_options(commands, 16))}            esac
        fi
    fi
    COMPREPLY=($(compgen -W "$found" -- "$word"))
}}
complete -o default -F _tco tco
"""


def zsh(commands: Sequence[Words]) -> str:
    return f"""\
#compdef tco
# zsh completion for tco: put it as _tco into a folder of $fpath, or source it
_tco() {{
    local word="${{words[CURRENT]}}" before="${{words[CURRENT-1]}}" found=""
    if [ "$CURRENT" -eq 2 ]; then
        found="{_names(commands)}"
    else
        case "${{words[2]}} $before" in
{"".join(_values(commands, 12))}        esac
        if [ -z "$found" ]; then
            case "${{words[2]}} $word" in
{"".join(_options(commands, 16))}            esac
        fi
    fi
    if [ -n "$found" ]; then compadd -- ${{=found}}; else _files; fi
}}
if [ "${{funcstack[1]}}" = "_tco" ]; then _tco "$@"; else compdef _tco tco; fi
"""


def fish(commands: Sequence[Words]) -> str:
    lines = ["# fish completion for tco: put it as tco.fish into ~/.config/fish/completions"]
    lines += [f"complete -c tco -n __fish_use_subcommand -l {option[2:]}" for option in (HELP[1], VERSION)]
    for one in commands:
        summary = one.summary.replace("\\", "\\\\").replace("'", "\\'")
        lines.append(f"complete -c tco -n __fish_use_subcommand -f -a {one.name} -d '{summary}'")
        seen = f"'__fish_seen_subcommand_from {one.name}'"
        if one.first:
            lines.append(f"complete -c tco -n {seen} -f -a '{' '.join(one.first)}'")
        for option in one.options:
            values = f" -x -a '{' '.join(one.values[option])}'" if option in one.values else ""
            lines.append(f"complete -c tco -n {seen} -l {option.removeprefix('--')}{values}")
    return "\n".join(lines) + "\n"


SHELLS: Mapping[str, Callable[[Sequence[Words]], str]] = {"bash": bash, "fish": fish, "zsh": zsh}


def _names(commands: Sequence[Words]) -> str:
    return " ".join((*(one.name for one in commands), HELP[1], VERSION))


def _values(commands: Sequence[Words], indent: int) -> Iterator[str]:
    """What may follow an option, or the command itself."""
    for one in commands:
        if one.first:
            yield f'{" " * indent}"{one.name} {one.name}") found="{" ".join(one.first)}" ;;\n'
        for option, choices in sorted(one.values.items()):
            yield f'{" " * indent}"{one.name} {option}") found="{" ".join(choices)}" ;;\n'


def _options(commands: Sequence[Words], indent: int) -> Iterator[str]:
    for one in commands:
        yield f'{" " * indent}"{one.name} -"*) found="{" ".join(one.options)}" ;;\n'
