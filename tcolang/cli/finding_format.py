"""A way to write findings: the one value that a file in `cli/formats/` declares, and what it is given."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import field, record
from tcolang.base.source import Span


@record
class Finding:
    """`mark` works its fingerprint out, which not every format shows."""

    diagnostic: Diagnostic
    mark: Callable[[], str] = field(compare=False, repr=False)

    @property
    def fingerprint(self) -> str:
        """Stays the same while lines above it come and go: it is made of code, file and node."""
        return self.mark()


@record
class Findings:
    """By place. `files` are the specs that were checked, as they are shown; `project` is the folder that holds them.
    `unread` says of each spec that could not be read why."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    project: str
    unread: tuple[str, ...] = ()


@record
class FindingFormat:
    """`name` is that of the file it stands in."""

    name: str
    summary: str
    render: Callable[[Findings], str]


def ends(span: Span) -> tuple[int, int, int, int]:
    """First line and column, last line, and the column behind the last character; all counted from 1, in characters."""
    return (span.line, span.column, *span.file.line_and_column(span.end))
