"""Findings as workflow commands, which GitHub shows as annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.display import visible
from tcolang.base.frame import summary
from tcolang.base.problem import Severity
from tcolang.cli.finding_format import FindingFormat, Findings, ends

MOST = 10
"""Annotations of a level that GitHub shows for a step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _render(found: Findings) -> str:
    diagnostics = [finding.diagnostic for finding in found.findings]
    return "".join(f"{line}\n" for line in _lines(diagnostics))


def _lines(diagnostics: list[Diagnostic]) -> Iterator[str]:
    """The worst first; what does not fit is counted in a last line, for which the notices leave room."""
    hidden: list[Diagnostic] = []
    for severity in sorted(Severity, reverse=True):
        here = [diagnostic for diagnostic in diagnostics if diagnostic.severity is severity]
        most = MOST - 1 if severity is Severity.INFO else MOST
        yield from map(_command, here[:most])
        hidden += here[most:]
    if hidden:
        yield f"::notice title=tcolang::{_data(f'and {summary(hidden)} more: `tco check` shows all')}"


def _command(diagnostic: Diagnostic) -> str:
    problem = diagnostic.problem
    properties = {"title": f"{problem.code} {problem.name}"}
    if diagnostic.span is not None:
        line, column, end_line, end_column = ends(diagnostic.span)
        properties |= {"file": diagnostic.span.file.path, "line": str(line), "endLine": str(end_line)}
        if line == end_line:
            # GitHub counts the last column in.
            properties |= {"col": str(column), "endColumn": str(max(end_column - 1, column))}
    words = [diagnostic.message, *([f"why: {problem.why}"] if problem.why else [])]
    words += [f"help: {diagnostic.help}"] if diagnostic.help else []
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = chr(10).join(visible(line) for word in words for line in word.split(chr(10)))
    return f"::{_COMMANDS[diagnostic.severity]} {stated}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A log obeys what a terminal does, so that a name with such characters is shown and not found."""
    return _data("\n".join(map(visible, text.split("\n")))).replace(":", "%3A").replace(",", "%2C")


GITHUB = FindingFormat("github", "annotations of a GitHub workflow", _render)
