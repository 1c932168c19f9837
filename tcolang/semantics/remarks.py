"""`# tco: ignore[TCO303] reason="quote pending" until=2026-12-31`: findings of one line that are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.semantics.check import days_in
from tcolang.semantics.problems import remarks as problems
from tcolang.syntax import items
from tcolang.syntax.items import Comment, Module

FORM = '# tco: ignore[TCO303] reason="quote pending" until=2026-12-31'

_MEANT = re.compile(r"\s*tco:\s*ignore(?![A-Za-z0-9_-])(?P<rest>.*)", re.IGNORECASE)
_FORM = re.compile(r'\[(?P<codes>[^\]]*)\]\s+reason="(?P<reason>[^"]+)"\s+until=(?P<until>[0-9-]+)\s*')
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@record
class Remark:
    """`until` is a date as in `DateType`; `covers` is the statement, member or line that it speaks of."""

    codes: tuple[str, ...]
    reason: str
    until: float
    covers: Span
    span: Span


def remarks(module: Module) -> tuple[tuple[Remark, ...], tuple[Diagnostic, ...]]:
    """Those of a file, and what is wrong with others that are meant to be one."""
    meant = [(comment, match) for comment in module.comments if (match := _MEANT.match(comment.text))]
    if not meant:
        return (), ()
    lines = [(span.line, span.file.line_and_column(span.end)[0], span) for span in _leaves(module.items)]
    found: list[Remark] = []
    wrong: list[Diagnostic] = []
    for comment, match in meant:
        made = _read(match["rest"])
        if isinstance(made, str):
            help_ = f"write it as `{FORM}`"
            wrong.append(Diagnostic(problems.BAD_REMARK, made, comment.span, help=help_))
        else:
            codes, reason, until = made
            found.append(Remark(codes, reason, until, _covered(comment, lines), comment.span))
    return tuple(found), tuple(wrong)


def _read(rest: str) -> tuple[tuple[str, ...], str, float] | str:
    """Codes, reason and date; or what is wrong."""
    if not rest.lstrip().startswith("["):
        return "this does not say which findings are meant"
    match = _FORM.fullmatch(rest.strip())
    if match is None:
        return "this silences nothing: it needs codes, a reason and a date, in this order"
    codes = tuple(code.strip() for code in match["codes"].split(","))
    for code in codes:
        if not re.fullmatch("TCO[0-9]{3}", code):
            return f"`{code}` is not the code of a finding" if code else "this does not say which findings are meant"
    until = months(match["until"])
    return f"`{match['until']}` is not a date" if until is None else (codes, match["reason"], until)


def months(text: str) -> float | None:
    """A date as in `DateType`; None where the text is none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    day = int(match[3] or 1)
    if not (year and 1 <= month <= 12 and 1 <= day <= days_in(year, month)):
        return None
    return year * 12 + month - 1 + (day - 1) / days_in(year, month)


def _covered(comment: Comment, lines: Iterable[tuple[int, int, Span]]) -> Span:
    """What stands beside the comment or, where it stands alone, below it; a statement or member as a whole."""
    file = comment.span.file
    line = comment.span.line
    while line < len(file.line_starts) and _is_remark(file.line(line)):
        line += 1
    inside = next((span for first, last, span in lines if first <= line <= last), None)
    if inside is not None:
        return inside
    start = file.line_starts[line - 1]
    return Span(file, start, start + len(file.line(line)))


def _is_remark(line: str) -> bool:
    text = line.strip()
    return not text or text.startswith("#")


def _leaves(all_: Iterable[items.Item]) -> Iterator[Span]:
    """The statements and members that hold no others."""
    pending: list[items.Item | items.Member | items.KindMember | items.RuleLine | items.TestLine] = []
    pending += reversed(list(all_))
    while pending:
        item = pending.pop()
        match item:
            case items.Kind() | items.Block() | items.Nested():
                pending += reversed(item.members)
            case items.Rule() | items.Test():
                pending += reversed(item.lines)
            case _:
                yield item.span
