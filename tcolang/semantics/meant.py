"""Findings that an earlier version of a file said are meant, so that a change cannot silence what it causes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import Span
from tcolang.semantics.allowances import REMARK
from tcolang.semantics.program import Allowance
from tcolang.syntax.named import Named

_Place: TypeAlias = tuple[str, ...]
"""A file; a statement of it; or a member of a statement."""


def meant_before(allowances: Iterable[Allowance], as_of: float | None) -> Callable[[Diagnostic], bool]:
    """Whether a finding of now is covered by one of the allowances of then, which ends as it did then. Statements and
    members are known again by their names."""
    named = Named()
    known = {
        (allowance.code, *place)
        for allowance in allowances
        if as_of is None or as_of <= allowance.until
        for place in _covered(allowance, named)
    }

    def meant(finding: Diagnostic) -> bool:
        if finding.span is None:
            return False
        whole = (finding.span.file.path, *named.of(finding.span.file, finding.span.start))
        return any((finding.problem.code, *whole[:count]) in known for count in (1, 2, 3))

    return meant


def _covered(allowance: Allowance, named: Named) -> Iterator[_Place]:
    block = allowance.block
    if block is None:
        yield (allowance.path,)
    elif allowance.span.text.startswith(REMARK):
        for offset in _lines(block):
            yield (allowance.path, *named.of(block.file, offset))
    else:
        yield (allowance.path, named.of(block.file, block.start)[0])


def _lines(span: Span) -> Iterator[int]:
    """The start of a span, and of every further line of it."""
    last = span.file.line_and_column(span.end)[0]
    yield span.start
    yield from span.file.line_starts[span.line : last]
