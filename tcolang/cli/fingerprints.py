"""What a finding is recognised by in the next version of its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from hashlib import sha256

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import SourceFile, Span
from tcolang.cli.finding_format import Finding

_HEAD_END = re.compile(r"\s*(?:[=:{#]|\bbecause\b).*", re.DOTALL)


def with_fingerprints(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """In the same order. Fingerprints are worked out when one is asked for."""
    given = tuple(diagnostics)
    marks = cache(lambda: _marks(given))
    return tuple(Finding(diagnostic, partial(_mark, marks, i)) for i, diagnostic in enumerate(given))


def _mark(marks: Callable[[], Sequence[str]], index: int) -> str:
    return marks()[index]


def _marks(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Findings of one code at one node of a file are told apart by counting."""
    nodes = _Nodes()
    seen: Counter[str] = Counter()
    found: list[str] = []
    for diagnostic in diagnostics:
        where = "\0".join((diagnostic.problem.code, *nodes.of(diagnostic.span)))
        seen[where] += 1
        digest = sha256(f"{where}\0{seen[where]}".encode("utf-8", "backslashreplace")).hexdigest()
        found.append(digest[:32])
    return found


class _Nodes:
    """Names the statement and the member that a place is in; the statements of a file are looked for once."""

    def __init__(self) -> None:
        self.starts: dict[SourceFile, list[int]] = {}

    def of(self, span: Span | None) -> tuple[str, str, str]:
        if span is None:
            return ("", "", "")
        file = span.file
        index = bisect_right(self._starts(file), span.start) - 1
        if index < 0:
            return (file.path, "", "")
        statement = _head(file, self.starts[file][index])
        member = _head(file, file.line_starts[span.line - 1])
        return (file.path, statement, "" if member == statement else member)

    def _starts(self, file: SourceFile) -> list[int]:
        from tcolang.syntax.layout import first_word, layout

        if file not in self.starts:
            self.starts[file] = [first_word(file.text, one) for one in layout(file).statements]
        return self.starts[file]


def _head(file: SourceFile, start: int) -> str:
    """The words of a line before its title and its value: `option hybrid`, `let price`."""
    line = file.line(file.line_and_column(start)[0])
    words = _HEAD_END.sub("", line).split()
    named = " ".join(words).partition('"')[0].split()
    # A test has a title for its name.
    return " ".join(named if len(named) > 1 else words)
