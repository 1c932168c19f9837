"""Findings: what a stage has to say about its input, beside its result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from tcolang.base.problem import Problem, Severity
from tcolang.base.record import record
from tcolang.base.source import Span

Value = TypeVar("Value", covariant=True)


@record
class Label:
    """A second place that belongs to a finding, with a few words on why."""

    span: Span
    message: str


@record
class Edit:
    """`text` takes the place of what the span covers; an empty span is a place to insert at."""

    span: Span
    text: str


@record
class Fix:
    """Edits of one file that mend a finding, none of which overlap. A safe one cannot change what is meant."""

    edits: tuple[Edit, ...]
    safe: bool


def replacing(span: Span, text: str, *, safe: bool) -> Fix:
    """The fix that puts a text in place of what a span covers."""
    return Fix((Edit(span, text),), safe)


@record
class Diagnostic:
    """`message` says what; `note` is shown under the caret; `help` is a line one can paste."""

    problem: Problem
    message: str
    span: Span | None
    note: str = ""
    labels: tuple[Label, ...] = ()
    help: str = ""
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        return self.problem.severity


@record
class Outcome(Generic[Value]):
    """What every stage returns: its result, as far as one could be made, and its findings."""

    value: Value
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place and then by code, each once: the order in which they are shown."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=_place))


def fact(diagnostic: Diagnostic) -> tuple[str, str, Span | None]:
    """What it is about: a later stage may find the same again and tell more of it, in its note."""
    return diagnostic.problem.code, diagnostic.message, diagnostic.span


def as_told_last(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each fact once, as the last finding tells it."""
    return tuple({fact(one): one for one in diagnostics}.values())


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span
    if span is None:
        return ("", 0, 0, diagnostic.problem.code, diagnostic.message)
    return (span.file.path, span.start, span.end, diagnostic.problem.code, diagnostic.message)
