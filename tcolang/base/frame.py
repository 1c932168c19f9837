"""Findings as text for people: message, code frame, rule and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcolang.base.diagnostics import Diagnostic, in_order
from tcolang.base.display import clipped, no_order, one_line, visible
from tcolang.base.problem import Severity
from tcolang.base.source import Span

_WIDEST = 110


def full(diagnostic: Diagnostic) -> str:
    """The form with a code frame; lines without trailing blanks, no newline at the end."""
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    gutter = max((len(str(span.line)) for span in spans if span is not None), default=1)
    lines = [_headline(diagnostic), *_frames(diagnostic, gutter)]
    if diagnostic.problem.why:
        lines.append(f"{'':{gutter}} = why: {one_line(diagnostic.problem.why)}")
    if diagnostic.help:
        first, *rest = diagnostic.help.splitlines()
        lines.append(f"{'':{gutter}} = help: {visible(first)}")
        lines.extend(f"{'':{gutter}}         {no_order(visible(line))}" for line in rest)
    return "\n".join(line.rstrip() for line in lines)


def concise(diagnostic: Diagnostic) -> str:
    """One line: `file:line:col: error[TCO203] message`."""
    problem = diagnostic.problem
    place = f"{_place(diagnostic.span)}: " if diagnostic.span is not None else ""
    return no_order(f"{place}{problem.severity.word}[{problem.code}] {one_line(diagnostic.message)}")


def listing(diagnostics: Iterable[Diagnostic], most: int = 20) -> str:
    """The findings by place, a count of those beyond `most`, and a line that sums up; '' where there is none.

    Where there are more than `most`, the worst are shown, so that no error hides behind warnings.
    """
    ordered = in_order(diagnostics)
    if not ordered:
        return ""
    worst = sorted(range(len(ordered)), key=lambda index: (-ordered[index].severity, index))[:most]
    parts = [full(ordered[index]) for index in sorted(worst)]
    hidden = len(ordered) - len(worst)
    if hidden:
        parts.append(f"… and {hidden} more")
    return "\n\n".join([*parts, summary(ordered)])


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; '' where there is none."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = ((severity, severities.count(severity)) for severity in sorted(Severity, reverse=True))
    return ", ".join(f"{count} {_counted(severity, count)}" for severity, count in counts if count)


def _counted(severity: Severity, count: int) -> str:
    return severity.word if count == 1 or severity is Severity.INFO else f"{severity.word}s"


def _headline(diagnostic: Diagnostic) -> str:
    problem = diagnostic.problem
    return f"{problem.severity.word}[{problem.code}]: {one_line(diagnostic.message)}"


def _place(span: Span) -> str:
    return f"{visible(span.file.path)}:{span.line}:{span.column}"


def _frames(diagnostic: Diagnostic, gutter: int) -> Iterator[str]:
    """The place of the finding with carets, then each label: below the same line, or with a frame of its own."""
    shown: Span | None = None
    marks = [(label.span, "-", label.message) for label in diagnostic.labels]
    if diagnostic.span is not None:
        marks.insert(0, (diagnostic.span, "^", diagnostic.note))
    for span, mark, words in marks:
        if shown is None or not _same_line(shown, span):
            yield f"{'':{gutter}}{'-->' if mark == '^' else ':::'} {_place(span)}"
            yield f"{'':{gutter}} |"
            yield f"{span.line:>{gutter}} | {_source_line(span)[0]}"
        yield f"{'':{gutter}} | {_underline(span, mark)} {one_line(words)}"
        shown = span


def _same_line(one: Span, other: Span) -> bool:
    # A clipped line shows another part for each span.
    whole = one.file == other.file and one.line == other.line
    return whole and _source_line(one)[0] == _source_line(other)[0]


def _underline(span: Span, mark: str) -> str:
    _, before, width = _source_line(span)
    return " " * before + mark * max(width, 1)


def _source_line(span: Span) -> tuple[str, int, int]:
    """The first line of a span as shown, and the columns before and under the span."""
    column = span.column - 1
    line = span.file.line(span.line)
    return clipped(line, min(column, len(line)), min(column + span.end - span.start, len(line)), _WIDEST)
