"""Findings as a GitLab Code Quality report, which GitLab shows beside a merge request."""

from __future__ import annotations

import json
from typing import Any

from tcolang.base.display import one_line
from tcolang.base.problem import Severity
from tcolang.cli.finding_format import Finding, FindingFormat, Findings, ends

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def _render(found: Findings) -> str:
    somewhere = found.files[0] if found.files else "."
    issues = [_issue(finding, somewhere) for finding in found.findings]
    return json.dumps(issues, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _issue(finding: Finding, somewhere: str) -> dict[str, Any]:
    """A finding without a place is put at the top of the first spec: GitLab drops what has none."""
    diagnostic = finding.diagnostic
    span = diagnostic.span
    line, _, end_line, _ = ends(span) if span is not None else (1, 1, 1, 1)
    help_ = f" ({diagnostic.help})" if diagnostic.help else ""
    return {
        "type": "issue",
        "check_name": f"{diagnostic.problem.code} {diagnostic.problem.name}",
        "description": one_line(f"{diagnostic.message}{help_}"),
        "content": {"body": diagnostic.problem.why},
        "categories": ["Style" if diagnostic.problem.code.startswith("TCO6") else "Bug Risk"],
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": span.file.path if span is not None else somewhere,
            "lines": {"begin": line, "end": end_line},
        },
    }


GITLAB = FindingFormat("gitlab", "a GitLab Code Quality report", _render)
