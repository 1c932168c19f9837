"""Findings in the format of reviewdog, which comments on pull requests of many hosts."""

from __future__ import annotations

import json
from typing import Any

from tcolang.base.problem import Severity
from tcolang.base.source import SourceFile, Span
from tcolang.cli.finding_format import Finding, FindingFormat, Findings, ends

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def _render(found: Findings) -> str:
    content = {
        "source": {"name": "tcolang"},
        "diagnostics": [_diagnostic(finding) for finding in found.findings],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    help_ = f"\n{diagnostic.help}" if diagnostic.help else ""
    told: dict[str, Any] = {
        "message": f"{diagnostic.message}{help_}",
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.problem.code},
    }
    if diagnostic.span is not None:
        told["location"] = {"path": diagnostic.span.file.path, "range": _range(diagnostic.span)}
    if diagnostic.fix is not None:
        edits = diagnostic.fix.edits
        told["suggestions"] = [{"range": _range(edit.span), "text": edit.text} for edit in edits]
    return told


def _range(span: Span) -> dict[str, Any]:
    line, column, end_line, end_column = ends(span)
    return {"start": _position(span.file, line, column), "end": _position(span.file, end_line, end_column)}


def _position(file: SourceFile, line: int, column: int) -> dict[str, int]:
    """reviewdog counts columns in bytes."""
    before = file.line(line)[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "backslashreplace")) + 1}


RDJSON = FindingFormat("rdjson", "the format of reviewdog", _render)
