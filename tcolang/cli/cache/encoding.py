"""Findings as data, and back: what is read again is equal to what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tcolang.base.diagnostics import Diagnostic, Edit, Fix, Label
from tcolang.base.problem import Example, Problem, Severity
from tcolang.base.source import SourceFile, Span


class Encoder:
    """Collects the files that findings point into, and their problems by code."""

    def __init__(self) -> None:
        self.files: dict[SourceFile, int] = {}
        self.problems: dict[str, Problem] = {}

    def findings(self, findings: Iterable[Diagnostic]) -> list[Any]:
        return [self._finding(one) for one in findings]

    def _finding(self, one: Diagnostic) -> list[Any]:
        self.problems[one.problem.code] = one.problem
        labels = [[self._span(label.span), label.message] for label in one.labels]
        span = self._span(one.span) if one.span is not None else None
        return [one.problem.code, one.message, span, one.note, labels, one.help, self._fix(one.fix)]

    def _fix(self, fix: Fix | None) -> list[Any] | None:
        if fix is None:
            return None
        return [[[self._span(edit.span), edit.text] for edit in fix.edits], fix.safe]

    def _span(self, span: Span) -> list[int]:
        return [self.files.setdefault(span.file, len(self.files)), span.start, span.end]


def decoded_findings(
    data: Iterable[Sequence[Any]], files: Sequence[SourceFile], problem: Callable[[str], Problem]
) -> tuple[Diagnostic, ...]:
    """`files` in the order of `Encoder.files`; `problem` finds one by its code."""

    def span(place: Sequence[int]) -> Span:
        return Span(files[place[0]], place[1], place[2])

    def finding(
        code: str,
        message: str,
        place: Sequence[int] | None,
        note: str,
        labels: Sequence[Any],
        help_: str,
        fix: Sequence[Any] | None,
    ) -> Diagnostic:
        edits = tuple(Edit(span(where), text) for where, text in fix[0]) if fix else ()
        return Diagnostic(
            problem(code),
            message,
            span(place) if place is not None else None,
            note,
            tuple(Label(span(where), words) for where, words in labels),
            help_,
            Fix(edits, fix[1]) if fix else None,
        )

    return tuple(finding(*one) for one in data)


def encoded_problem(one: Problem) -> list[Any]:
    return [one.code, one.name, int(one.severity), one.why, one.bad.files, one.good.files]


def decoded_problem(data: Sequence[Any]) -> Problem:
    code, name, severity, why, bad, good = data
    return Problem(code, name, Severity(severity), why, _example(bad), _example(good))


def _example(files: Iterable[Sequence[str]]) -> Example:
    return Example(tuple((path, text) for path, text in files))
