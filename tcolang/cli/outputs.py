"""Where results go, and in which form: `--output-format sarif:findings.sarif`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from tcolang.base.record import record
from tcolang.base.registry import module_names
from tcolang.base.suggest import there_is_no
from tcolang.cli import formats
from tcolang.cli.command import UsageError
from tcolang.cli.finding_format import FindingFormat, Findings
from tcolang.cli.tested import Tested, TestFormat

DEFAULT = "full"

Format = TypeVar("Format", FindingFormat, TestFormat)


@record
class Place:
    """The name of a format and the file that it goes to, '' for standard output."""

    name: str
    path: str


@record
class Output:
    """A form of findings; `path` is '' for standard output."""

    format: FindingFormat
    path: str


@record
class TestOutput:
    """A form of test results; `path` is '' for standard output."""

    format: TestFormat
    path: str


def format_names(package: ModuleType = formats) -> tuple[str, ...]:
    """Every format's name, sorted, without loading any."""
    return module_names(package)


def outputs_of(words: Sequence[str]) -> tuple[Output, ...]:
    """What `--output-format` was given. Raises `UsageError` for an unknown format, or two for one place."""
    return tuple(Output(_load(formats, one.name, FindingFormat), one.path) for one in _places(words, formats))


def outputs_of_tests(words: Sequence[str]) -> tuple[TestOutput, ...]:
    """The same for `tco test`."""
    from tcolang.cli import test_formats

    places = _places(words, test_formats)
    return tuple(TestOutput(_load(test_formats, one.name, TestFormat), one.path) for one in places)


def write(outputs: Sequence[Output], found: Findings) -> None:
    """Raises `OSError`."""
    for output in outputs:
        _put(output.format.render(found), output.path)


def write_tests(outputs: Sequence[TestOutput], tested: Tested) -> None:
    """Raises `OSError`."""
    for output in outputs:
        _put(output.format.render(tested), output.path)


def _places(words: Sequence[str], package: ModuleType) -> tuple[Place, ...]:
    found = tuple(_place(word, package) for word in words or [DEFAULT])
    paths = [place.path for place in found]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        where = twice or "standard output"
        raise UsageError(f"two output formats for {where}: give one a file, as in `--output-format json:FILE`")
    return found


def _place(word: str, package: ModuleType) -> Place:
    name, colon, path = word.partition(":")
    names = format_names(package)
    if name not in names:
        raise UsageError(there_is_no("output format", name, names))
    if colon and not path:
        raise UsageError(f"`--output-format {word}` names no file after the colon")
    return Place(name, path)


def _load(package: ModuleType, name: str, type_: type[Format]) -> Format:
    module = import_module(f"{package.__name__}.{name}")
    (found,) = (value for value in vars(module).values() if isinstance(value, type_))
    return found


def _put(text: str, path: str) -> None:
    if not path:
        sys.stdout.write(text)
        return
    from tcolang.cli.written import write_text

    write_text(path, text)
