"""Findings as a JUnit report: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from tcolang.base.frame import full
from tcolang.base.problem import Severity
from tcolang.cli.finding_format import Finding, FindingFormat, Findings
from tcolang.cli.xml import attribute, content


def _render(found: Findings) -> str:
    suites: dict[str, list[Finding]] = {file: [] for file in found.files}
    for finding in found.findings:
        span = finding.diagnostic.span
        suites.setdefault(span.file.path if span is not None else "", []).append(finding)
    failures = sum(map(_is_failure, found.findings))
    tests = sum(max(len(findings), 1) for findings in suites.values())
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuites name="tco check" tests="{tests}" failures="{failures}">',
    ]
    for file in sorted(suites):
        lines += _suite(file, suites[file])
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(file: str, findings: list[Finding]) -> list[str]:
    """A file without findings is a case that passes, so that a report never looks empty."""
    failures = sum(map(_is_failure, findings))
    opening = f'  <testsuite name={attribute(file)} tests="{max(len(findings), 1)}" failures="{failures}">'
    cases = [_case(file, finding) for finding in findings] or [
        f'    <testcase classname={attribute(file)} name="no findings"/>'
    ]
    return [opening, *cases, "  </testsuite>"]


def _case(file: str, finding: Finding) -> str:
    """An error or a warning fails; what is only to be known is output of a case that passes."""
    diagnostic = finding.diagnostic
    problem = diagnostic.problem
    place = f"line {diagnostic.span.line}: " if diagnostic.span is not None else ""
    opening = (
        f"    <testcase classname={attribute(file)} "
        f"name={attribute(f'{place}{problem.code} {problem.name} ({finding.fingerprint[:8]})')}"
    )
    told = content(full(diagnostic))
    if _is_failure(finding):
        kind = f'type="{problem.severity.word}" message={attribute(diagnostic.message)}'
        return f"{opening}>\n      <failure {kind}>{told}</failure>\n    </testcase>"
    return f"{opening}>\n      <system-out>{told}</system-out>\n    </testcase>"


def _is_failure(finding: Finding) -> bool:
    return finding.diagnostic.severity >= Severity.WARNING


JUNIT = FindingFormat("junit", "a JUnit XML report", _render)
