"""Where findings go, and in which form: `--output-format sarif:findings.sarif`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from tcolang.base.record import record
from tcolang.base.suggest import did_you_mean
from tcolang.cli import formats
from tcolang.cli.command import UsageError
from tcolang.cli.finding_format import FindingFormat, Findings

DEFAULT = "full"


@record
class Output:
    """`path` is '' for standard output."""

    format: FindingFormat
    path: str


def format_names() -> tuple[str, ...]:
    """Every format's name, sorted, without loading any."""
    return tuple(sorted(module.name for module in iter_modules(formats.__path__)))


def outputs_of(words: Sequence[str]) -> tuple[Output, ...]:
    """What `--output-format` was given. Raises `UsageError` for an unknown format, or two for one place."""
    outputs = tuple(_output(word) for word in words or [DEFAULT])
    places = [output.path for output in outputs]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        where = twice or "standard output"
        raise UsageError(f"two output formats for {where}: give one a file, as in `--output-format json:FILE`")
    return outputs


def write(outputs: Sequence[Output], found: Findings) -> None:
    from tcolang.cli.written import write_text

    for output in outputs:
        text = output.format.render(found)
        if output.path:
            write_text(output.path, text)
        else:
            sys.stdout.write(text)


def _output(word: str) -> Output:
    name, colon, path = word.partition(":")
    names = format_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
        raise UsageError(f"there is no output format `{name}`; {hint}")
    if colon and not path:
        raise UsageError(f"`--output-format {word}` names no file after the colon")
    module = import_module(f"{formats.__name__}.{name}")
    (found,) = (value for value in vars(module).values() if isinstance(value, FindingFormat))
    return Output(found, path)
