"""`tco check --fix`: applies the edits that findings carry, round after round, until none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tcolang.base.diagnostics import Diagnostic, Edit
from tcolang.base.record import record
from tcolang.base.source import SourceFile

ROUNDS = 20
"""One finding can hide another, which shows when it is mended. A file that needs more is looked at by somebody."""

Check = Callable[[SourceFile], Sequence[Diagnostic]]


@record
class Mended:
    """`findings` are those that are left."""

    file: SourceFile
    fixed: int
    findings: tuple[Diagnostic, ...]


def mend(file: SourceFile, check: Check, unsafe: bool) -> Mended:
    """The file with what can be mended in it. Findings in other files are left alone.

    A round that leaves more mistakes of syntax than it found is taken back: no fix may spoil a file. (Of other mistakes
    there may be more: they show once the names are right.)
    """
    findings = tuple(check(file))
    fixed = 0
    for _ in range(ROUNDS):
        edits, count = _edits(findings, file, unsafe)
        if not edits:
            break
        changed = SourceFile(file.path, _applied(file.text, edits))
        after = tuple(check(changed))
        if changed.text == file.text or _unread(after) > _unread(findings):
            break
        file, findings, fixed = changed, after, fixed + count
    return Mended(file, fixed, findings)


def fixable(findings: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many have a safe fix, and how many one that may change what is meant."""
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    return sum(fix.safe for fix in fixes), sum(not fix.safe for fix in fixes)


def _edits(findings: Iterable[Diagnostic], file: SourceFile, unsafe: bool) -> tuple[list[Edit], int]:
    """Those of one round, by place, none of which touches another; and of how many findings."""
    chosen: list[Edit] = []
    count = 0
    for finding in findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe) or any(edit.span.file != file for edit in fix.edits):
            continue
        if any(_touch(edit, other) for edit in fix.edits for other in chosen):
            continue
        chosen += fix.edits
        count += 1
    return sorted(chosen, key=lambda edit: edit.span.start), count


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _applied(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += [text[position : edit.span.start], edit.text]
        position = edit.span.end
    return "".join([*parts, text[position:]])


def _unread(findings: Iterable[Diagnostic]) -> int:
    return sum(finding.problem.code.startswith("TCO0") for finding in findings)
