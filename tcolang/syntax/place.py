"""What the making of a node knows: where it stands, in which text, under which limits; and how it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tcolang.base.diagnostics import Diagnostic, Fix, Label
from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.record import record
from tcolang.base.source import SourceFile, Span


class StatementError(Exception):
    """Ends the parsing of one statement; never leaves this package."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@record
class Reading:
    """The text that is parsed, what it may ask for, and the function that makes the value of each rule."""

    file: SourceFile
    limits: Limits
    builders: Mapping[str, Callable[..., Any]]

    def span(self, start: int, end: int) -> Span:
        return Span(self.file, start, end)


class Token(NamedTuple):
    """`kind` is a terminal of the grammar, or what is none: see `tokens`."""

    kind: str
    text: str
    start: int
    end: int


class Place(NamedTuple):
    """The text from the first to the last token of a rule."""

    reading: Reading
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.reading.span(self.start, self.end)

    def span_of(self, token: Token) -> Span:
        return self.reading.span(token.start, token.end)


def reject(
    problem: Problem,
    message: str,
    span: Span,
    *,
    note: str = "",
    labels: tuple[Label, ...] = (),
    help: str = "",
    fix: Fix | None = None,
) -> StatementError:
    return StatementError(Diagnostic(problem, message, span, note, labels, help, fix))
