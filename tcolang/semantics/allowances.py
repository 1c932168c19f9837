"""`allow TCO303 "quote pending" until 2026-12-31`, or a comment to that end: findings that are meant, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from tcolang.base.diagnostics import Diagnostic
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


def allowances(tables: Tables, as_of: float | None) -> tuple[Allowance, ...]:
    """At the top of a file for all of it, in a block for that block, in a comment for a line. One that has ended is an
    error."""
    found: list[Allowance] = []
    for file in tables.files.values():
        if file.loaded.origin == "pack":
            continue
        scope = Scope(tables, file, "value")
        for one, end in _all(file.loaded.module, scope):
            if not one.code.startswith(BANDS):
                scope.report(
                    problems.NOT_ALLOWABLE,
                    f"{one.code} cannot be allowed: it is no matter of judgement",
                    one.span,
                    help="mend it; findings of the bands 3xx to 6xx can be allowed",
                )
            elif as_of is not None and one.until < as_of:
                scope.report(
                    problems.EXPIRED,
                    f"this allowance of {one.code} has ended",
                    end,
                    help="remove it, or renew it with a reason that holds today",
                )
            else:
                found.append(one)
    return tuple(found)


def _all(module: items.Module, scope: Scope) -> Iterator[tuple[Allowance, Span]]:
    """Each with the place of its end."""
    path = module.file.path
    for item, block in _stated(module.items):
        span = block.span if block else None
        yield Allowance(item.code, item.reason, months_of(item.until), path, span, item.span), item.until.span
    found, wrong = remarks(module)
    scope.tables.findings += wrong
    for remark in found:
        for code in remark.codes:
            yield Allowance(code, remark.reason, remark.until, path, remark.covers, remark.span), remark.span


def _stated(all_: Iterable[items.Item]) -> Iterator[tuple[items.Allow, items.Block | None]]:
    for item in all_:
        if isinstance(item, items.Allow):
            yield item, None
        elif isinstance(item, items.Block):
            for member in item.members:
                if isinstance(member, items.Allow):
                    yield member, item


def without_allowed(
    findings: Iterable[Diagnostic], stated: Iterable[Allowance]
) -> tuple[tuple[Diagnostic, ...], tuple[Allowed, ...]]:
    """Those that count, and those that are allowed, each with the allowance. Errors always count."""
    stated = tuple(stated)
    counting: list[Diagnostic] = []
    allowed: list[Allowed] = []
    for finding in findings:
        match = next((a for a in stated if _covers(a, finding)), None)
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
