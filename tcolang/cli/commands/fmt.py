"""`tco fmt`: writes specs in the one way in which they are written."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcolang.base.record import record
from tcolang.cli.command import Command, UsageError

if TYPE_CHECKING:
    from tcolang.base.diagnostics import Diagnostic
    from tcolang.base.limits import Limits
    from tcolang.base.source import SourceFile
    from tcolang.cli.opened import Opened

STDIN = "-"


@record
class _Formatted:
    """`after` is None where the file does not parse or the formatter failed; `failure` says how it failed."""

    path: str
    before: str
    after: str | None
    findings: tuple[Diagnostic, ...]
    failure: str


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: this folder); - for standard input"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file would change")
    parser.add_argument("--diff", action="store_true", help="write nothing; show what would change, and exit with 1")


def _run(arguments: Namespace) -> int:
    from tcolang.cli.differences import difference
    from tcolang.cli.opened import complain_of
    from tcolang.cli.written import write_text

    paths = arguments.paths or ["."]
    if STDIN in paths and len(paths) > 1:
        raise UsageError("`-` stands alone: there is one standard input")
    is_stdin = paths == [STDIN]
    results, unread = ([_formatted("<stdin>", *_stdin())], ()) if is_stdin else _files(paths)
    for result in results:
        _complain(result)
    complain_of(unread)
    changed = [one for one in results if one.after is not None and one.after != one.before]
    if arguments.diff:
        sys.stdout.write("".join(difference(one.path, one.before, one.after or "") for one in changed))
    elif is_stdin and not arguments.check:
        sys.stdout.write(results[0].after or "")
        changed = []
    elif not arguments.check:
        for one in changed:
            write_text(one.path, one.after or "")
    only_looks = arguments.diff or arguments.check
    if not is_stdin or only_looks:
        print(_summary(results, changed, only_looks), file=sys.stderr)
    if unread or any(one.failure for one in results):
        return 2
    return int((only_looks and bool(changed)) or any(one.after is None for one in results))


def _files(paths: list[str]) -> tuple[list[_Formatted], tuple[str, ...]]:
    """All are read before the first is written, so that a missing one changes nothing; and why some cannot be read."""
    from tcolang.cli.opened import opened_each
    from tcolang.cli.paths import spec_files

    specs, unread = opened_each(spec_files(paths))
    return [_formatted(path, _as_seen(spec), spec.world.limits) for path, spec in specs], unread


def _as_seen(spec: Opened) -> SourceFile:
    """With its place as seen from where the command runs."""
    from tcolang.base.source import SourceFile
    from tcolang.cli.shown import Shown

    return SourceFile(Shown(spec.world.root).path(spec.file.path), spec.file.text)


def _stdin() -> tuple[SourceFile, Limits]:
    from tcolang.base.source import SourceFile
    from tcolang.cli.opened import limits_in_force, stdin_text

    limits = limits_in_force()
    return SourceFile("<stdin>", stdin_text(limits)), limits


def _formatted(path: str, file: SourceFile, limits: Limits) -> _Formatted:
    from tcolang.syntax.format import FormatError, format_file

    try:
        outcome = format_file(file, limits)
    except FormatError as error:
        return _Formatted(path, file.text, None, (), str(error))
    return _Formatted(path, file.text, outcome.value, outcome.diagnostics if outcome.value is None else (), "")


def _complain(result: _Formatted) -> None:
    from tcolang.base.display import visible
    from tcolang.cli.opened import show

    path = visible(result.path)
    if result.failure:
        print(
            f"internal error: {path} was left as it is, since formatting would change it: {result.failure} "
            "(please report it)",
            file=sys.stderr,
        )
    elif result.after is None:
        show(result.findings)
        print(f"error: {path} does not parse and was left as it is", file=sys.stderr)


def _summary(results: list[_Formatted], changed: list[_Formatted], only_looks: bool) -> str:
    from tcolang.base.display import visible

    verb = "would be formatted" if only_looks else "formatted"
    same = sum(1 for one in results if one.after == one.before)
    broken = sum(1 for one in results if one.after is None)
    parts = [
        f"{_files_of(count)} {what}"
        for count, what in ((len(changed), verb), (same, "already formatted"), (broken, "left alone"))
        if count
    ]
    return "".join(f"{verb}: {visible(one.path)}\n" for one in changed) + ", ".join(parts)


def _files_of(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"


FMT = Command(
    "fmt",
    "write specs in the one way in which they are written",
    _configure,
    _run,
    "tco fmt --check .",
)
