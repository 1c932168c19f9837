"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tcolang.base.page import markdown_page
from tcolang.base.problem import Problem, Severity
from tcolang.base.source import Span
from tcolang.cli.finding_format import Finding, FindingFormat, Findings, ends
from tcolang.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 5_000
"""Results that GitHub reads of a run."""
ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def _render(found: Findings) -> str:
    kept, left_out = _worst(found.findings)
    problems = {finding.diagnostic.problem.code: finding.diagnostic.problem for finding in kept}
    codes = sorted(problems)
    run = {
        "tool": {
            "driver": {
                "name": "tcolang",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(problems[code]) for code in codes],
            }
        },
        # Findings of another folder are another analysis, which must not close the alerts of this one.
        "automationDetails": {"id": f"tcolang/{'' if found.project == '.' else found.project + '/'}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which `tco check` was run."}}},
        "invocations": [_invocation(left_out, found.unread)],
        "results": [_result(finding, codes.index(finding.diagnostic.problem.code)) for finding in kept],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _worst(findings: tuple[Finding, ...]) -> tuple[list[Finding], int]:
    """As many as are read, the worst of them, by place; and how many are left out."""
    ranked = sorted(range(len(findings)), key=lambda index: (-findings[index].diagnostic.severity, index))[:MOST]
    return [findings[index] for index in sorted(ranked)], len(findings) - len(ranked)


def _rule(problem: Problem) -> dict[str, Any]:
    page = markdown_page(problem)
    return {
        "id": problem.code,
        "name": "".join(word.capitalize() for word in problem.name.split("-")),
        "shortDescription": {"text": problem.name.replace("-", " ")},
        "fullDescription": {"text": problem.why or problem.name},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[problem.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    help_ = f"\n{diagnostic.help}" if diagnostic.help else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.problem.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        # Braces would be placeholders, and brackets links.
        "message": {"text": _plain(f"{diagnostic.message}{help_}")},
        "partialFingerprints": {"tcolang/v1": finding.fingerprint},
    }
    if diagnostic.span is not None:
        result["locations"] = [{"physicalLocation": _physical(diagnostic.span)}]
    related = [
        {"id": number, "message": {"text": _plain(label.message)}, "physicalLocation": _physical(label.span)}
        for number, label in enumerate(diagnostic.labels)
    ]
    if related:
        result["relatedLocations"] = related
    if diagnostic.fix is not None and diagnostic.fix.edits:
        result["fixes"] = [_fix(finding)]
    return result


def _fix(finding: Finding) -> dict[str, Any]:
    fix = finding.diagnostic.fix
    assert fix is not None
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    change = {"artifactLocation": _artifact(fix.edits[0].span), "replacements": replacements}
    words = "A safe fix." if fix.safe else "A fix that may change what is meant."
    return {"description": {"text": words}, "artifactChanges": [change]}


def _physical(span: Span) -> dict[str, Any]:
    return {"artifactLocation": _artifact(span), "region": _region(span)}


def _artifact(span: Span) -> dict[str, Any]:
    return {"uri": quote(span.file.path, errors="backslashreplace"), "uriBaseId": ROOT}


def _region(span: Span) -> dict[str, int]:
    line, column, end_line, end_column = ends(span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _invocation(left_out: int, unread: tuple[str, ...]) -> dict[str, Any]:
    told = [_notification("error", sentence) for sentence in unread]
    if left_out:
        words = f"{left_out} findings of lesser weight are left out: no more than {MOST} are read."
        told.append(_notification("warning", words))
    return {"executionSuccessful": not unread, **({"toolExecutionNotifications": told} if told else {})}


def _notification(level: str, words: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": _plain(words)}}


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}").replace("[", "\\[").replace("]", "\\]")


SARIF = FindingFormat("sarif", "SARIF 2.1.0, for code scanning", _render)
