"""What a finding is recognised by in the next version of its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.digest import sha256
from tcolang.base.source import Span
from tcolang.cli.finding_format import Finding

if TYPE_CHECKING:
    from tcolang.syntax.named import Named


def with_fingerprints(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """In the same order. Fingerprints are worked out when one is asked for."""
    given = tuple(diagnostics)
    marks = cache(lambda: _marks(given))
    return tuple(Finding(diagnostic, partial(_mark, marks, i)) for i, diagnostic in enumerate(given))


def _mark(marks: Callable[[], Sequence[str]], index: int) -> str:
    return marks()[index]


def _marks(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Findings of one code at one node of a file are told apart by counting."""
    from tcolang.syntax.named import Named

    named = Named()
    seen: Counter[str] = Counter()
    found: list[str] = []
    for diagnostic in diagnostics:
        where = "\0".join((diagnostic.problem.code, *_place(named, diagnostic.span)))
        seen[where] += 1
        digest = sha256(f"{where}\0{seen[where]}".encode("utf-8", "backslashreplace"))
        found.append(digest[:32])
    return found


def _place(named: Named, span: Span | None) -> tuple[str, str, str]:
    return ("", "", "") if span is None else (span.file.path, *named.of(span.file, span.start))
