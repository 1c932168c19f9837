"""`allow TCO303 "quote pending" until 2026-12-31`, or a comment to that end: findings that are meant, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from tcolang.base.diagnostics import Diagnostic, Fix, Outcome, replacing
from tcolang.base.problem import Severity
from tcolang.base.source import Span
from tcolang.semantics.check import months_of
from tcolang.semantics.problems import rules as problems
from tcolang.semantics.program import Allowance
from tcolang.semantics.remarks import remarks
from tcolang.semantics.scope import Scope, Tables
from tcolang.syntax import items

Allowed: TypeAlias = tuple[Diagnostic, Allowance]
"""A finding that is meant, and what says so."""
BANDS = ("TCO3", "TCO4", "TCO5", "TCO6")
REMARK = "#"
"""What an allowance begins with that is a comment."""


def allowances(tables: Tables, as_of: float | None) -> tuple[Allowance, ...]:
    """At the top of a file for all of it, in a block for that block, in a comment for a line. One that has ended is an
    error."""
    found: list[Allowance] = []
    for file in tables.files.values():
        if file.loaded.origin == "pack":
            continue
        scope = Scope(tables, file, "value")
        said = stated(file.loaded.module)
        tables.findings += said.diagnostics
        for one, end in said.value:
            if not one.code.startswith(BANDS):
                scope.report(
                    problems.NOT_ALLOWABLE,
                    f"{one.code} cannot be allowed: it is no matter of judgement",
                    one.span,
                    help="mend it; findings of the bands 3xx to 6xx can be allowed",
                )
            elif as_of is not None and one.until < as_of:
                tables.findings.append(ended(one, end))
            else:
                found.append(one)
    return tuple(found)


def stated(module: items.Module) -> Outcome[tuple[tuple[Allowance, Span], ...]]:
    """All of a file, each with the place of its end, whether they count or not."""
    path = module.file.path
    found: list[tuple[Allowance, Span]] = []
    for item, block in _items(module.items):
        span = block.span if block else None
        end = months_of(item.until)
        found.append((Allowance(item.code, item.reason, end, path, span, item.span), item.until.span))
    comments, wrong = remarks(module)
    for remark in comments:
        for code in remark.codes:
            allowance = Allowance(code, remark.reason, remark.until, path, remark.covers, remark.span)
            found.append((allowance, remark.span))
    return Outcome(tuple(found), wrong)


def ended(allowance: Allowance, end: Span) -> Diagnostic:
    """The finding that it has."""
    return Diagnostic(
        problems.EXPIRED,
        f"this allowance of {allowance.code} has ended",
        end,
        help="remove it, or renew it with a reason that holds today",
        fix=removal(allowance),
    )


def removal(allowance: Allowance) -> Fix:
    """Of a comment that allows several codes only the one; of others the line, where nothing else stands on it."""
    file, start, end = allowance.span.file, allowance.span.start, allowance.span.end
    if (code := _one_of_several(allowance)) is not None:
        return replacing(code, "", safe=True)
    text = file.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last + 1
    if not text[first:start].strip() and not text[end:last].strip():
        return replacing(Span(file, first, last), "", safe=True)
    while start > first and text[start - 1] in " \t":
        start -= 1
    return replacing(Span(file, start, end), "", safe=True)


def _one_of_several(allowance: Allowance) -> Span | None:
    """A code in the list of a comment, with the comma that goes with it."""
    text = allowance.span.text
    opening, closing = text.find("["), text.find("]")
    if not text.startswith(REMARK) or "," not in text[opening:closing]:
        return None
    at = text.index(allowance.code, opening)
    after = at + len(allowance.code)
    comma = text.find(",", after, closing)
    if comma >= 0:
        after = comma + 1
        while text[after] == " ":
            after += 1
    else:
        at = text.rindex(",", opening, at)
    return Span(allowance.span.file, allowance.span.start + at, allowance.span.start + after)


def _items(all_: Iterable[items.Item]) -> Iterator[tuple[items.Allow, items.Block | None]]:
    for item in all_:
        if isinstance(item, items.Allow):
            yield item, None
        elif isinstance(item, items.Block):
            for member in item.members:
                if isinstance(member, items.Allow):
                    yield member, item


def without_allowed(
    findings: Iterable[Diagnostic], allowing: Iterable[Allowance]
) -> tuple[tuple[Diagnostic, ...], tuple[Allowed, ...]]:
    """Those that count, and those that are allowed, each with the allowance. Errors always count."""
    allowing = tuple(allowing)
    counting: list[Diagnostic] = []
    allowed: list[Allowed] = []
    for finding in findings:
        match = next((a for a in allowing if _covers(a, finding)), None)
        if match is None or finding.severity is Severity.ERROR:
            counting.append(finding)
        else:
            allowed.append((finding, match))
    return tuple(counting), tuple(allowed)


def _covers(allowance: Allowance, finding: Diagnostic) -> bool:
    span = finding.span
    if span is None or finding.problem.code != allowance.code or span.file.path != allowance.path:
        return False
    block = allowance.block
    return block is None or block.start <= span.start < block.end
