"""Findings as JSON: all that is known of them, and what `--baseline` reads."""

from __future__ import annotations

import json
from typing import Any

from tcolang.base.diagnostics import Fix
from tcolang.base.problem import Severity
from tcolang.base.source import Span
from tcolang.cli.finding_format import Finding, FindingFormat, Findings, ends
from tcolang.version import __version__

VERSION = 1


def _render(found: Findings) -> str:
    content = {
        "version": VERSION,
        "tool": {"name": "tcolang", "version": __version__},
        "files": list(found.files),
        "findings": [_finding(one) for one in found.findings],
        "summary": {
            severity.word: sum(one.diagnostic.severity is severity for one in found.findings)
            for severity in sorted(Severity, reverse=True)
        },
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    return {
        "code": diagnostic.problem.code,
        "name": diagnostic.problem.name,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "note": diagnostic.note,
        "help": diagnostic.help,
        "labels": [{"message": label.message, **_place(label.span)} for label in diagnostic.labels],
        "fix": _fix(diagnostic.fix),
        "fingerprint": finding.fingerprint,
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"path": None, "line": None, "column": None, "end_line": None, "end_column": None}
    line, column, end_line, end_column = ends(span)
    return {"path": span.file.path, "line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"safe": fix.safe, "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits]}


JSON = FindingFormat("json", "all that is known, and what --baseline reads", _render)
