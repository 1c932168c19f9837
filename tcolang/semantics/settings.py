"""Overrides given on the command line: `--set path=value`. They are written and checked like those of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Diagnostic, Outcome
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.base.source import COMMAND_LINE, SourceFile
from tcolang.semantics.load import Project
from tcolang.syntax import items
from tcolang.syntax.parse import parse

_OPENING = ("tco 1", "", "scenario settings {")
_HELP = "a setting is a path and a value: `--set 'chat.requests=2M requests/month'`"


def with_settings(project: Outcome[Project], settings: Sequence[str], name: str, limits: Limits) -> Outcome[Project]:
    """The project with a scenario called `name` that holds the settings; with findings where they are no overrides."""
    if not settings:
        return project
    lines = tuple(map(_line, settings))
    parsed = parse(_scenario(lines), limits)
    blocks = [item for item in parsed.value.items if isinstance(item, items.Block)]
    added = tuple(replace(block, name=replace(block.name, text=name)) for block in blocks)
    main = project.value.main
    module = replace(main.module, items=(*main.module.items, *added))
    files = (replace(main, module=module), *project.value.files[1:])
    return Outcome(replace(project.value, files=files), (*project.diagnostics, *_told(parsed.diagnostics, lines)))


def _scenario(lines: Sequence[str]) -> SourceFile:
    """Its lines are those of the settings."""
    text = "".join(f"{line}\n" for line in (*_OPENING, *lines, "}"))
    return SourceFile(COMMAND_LINE, text, unwritten=len(_OPENING))


def _told(findings: Sequence[Diagnostic], lines: Sequence[str]) -> Iterator[Diagnostic]:
    """What is wrong with the form of settings; where brackets do not match, that is no matter of the scenario."""
    for finding in findings:
        places = [*([finding.span] if finding.span else []), *(label.span for label in finding.labels)]
        own = [span for span in places if 1 <= span.line <= len(lines)]
        if own and len(own) < len(places):
            yield Diagnostic(finding.problem, "a bracket in this setting has no counterpart", own[0], help=_HELP)
        elif own:
            yield replace(finding, help=finding.help or _HELP)


def _line(setting: str) -> str:
    """`tickets=base * 3` as a line; newlines would make two of it."""
    path, _, value = setting.replace("\n", " ").partition("=")
    return f"{path.strip()} = {value.strip()}"
